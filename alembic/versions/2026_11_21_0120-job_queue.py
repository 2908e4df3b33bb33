"""job queue

Why: long work (imports, matching) runs beside the pages, in the same database, so that a deed
and the job it asks for are committed together. The tables are those of the library
`procrastinate`, in a schema of their own; a later release of the library that changes them
gets a migration here that first looks whether the change is already in.
Loses data on the way down: yes, jobs that wait
Safe while the previous release is still running: yes
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APP = "reunir_app"


def upgrade() -> None:
    op.execute("CREATE SCHEMA queue")
    op.execute("SET LOCAL search_path TO queue")
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    op.execute("SET LOCAL search_path TO public")
    op.execute(f"GRANT USAGE ON SCHEMA queue TO {APP}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA queue TO {APP}")
    op.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA queue TO {APP}")
    op.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA queue TO {APP}")


def downgrade() -> None:
    op.execute("DROP SCHEMA queue CASCADE")
