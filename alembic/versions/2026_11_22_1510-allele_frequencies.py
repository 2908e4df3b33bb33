"""allele frequencies

Why: how much DNA weighs depends on how frequent alleles are in a population. Tables were a file
beside a program; now they are kept with their source, so that a result names the table it rests
on. They name nobody, and are added and never changed.
Loses data on the way down: yes, the tables
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0044"
down_revision = "0041"
branch_labels = None
depends_on = None

APP = "reunir_app"
TABLE = "frequency_table"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
FORENSIC = "(SELECT viewer_role()) IN ('forensic_examiner', 'forensic_coordinator')"
ACCOUNT = "(SELECT viewer_account())"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("population", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("people_typed", sa.Integer(), nullable=True),
        sa.Column("loci", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_frequency_table_entered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frequency_table")),
        sa.UniqueConstraint("name", name=op.f("uq_frequency_table_name")),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {TABLE} FOR SELECT USING ({KEEPER} OR {FORENSIC})")
    op.execute(
        f"CREATE POLICY adds ON {TABLE} FOR INSERT"
        f" WITH CHECK ({KEEPER} OR ({FORENSIC} AND entered_by = {ACCOUNT}))"
    )
    # Never changed: a result names the table it rests on.
    op.execute(f"CREATE POLICY alters ON {TABLE} FOR UPDATE USING (false)")
    op.execute(f"CREATE POLICY removes ON {TABLE} FOR DELETE USING (false)")
    op.execute(f"GRANT SELECT, INSERT ON {TABLE} TO {APP}")


def downgrade() -> None:
    op.drop_table(TABLE)
