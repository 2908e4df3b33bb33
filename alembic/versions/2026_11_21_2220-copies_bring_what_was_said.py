"""copies bring what was said

Why: a whole record of another registry comes with its statements, and the keeper, who stores
what an institution hands in, has to add them. Nobody else gains anything.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEEPER = "(SELECT viewer_engine()) = 'keeper'"
OWN = "whole.owner_institution_id = (SELECT viewer_owns())"
IN_OWN_NAME = "entered_by = (SELECT viewer_account())"
ROLE = "(SELECT viewer_role())"
# As 0014 wrote them: table, its record, who writes such records.
TABLES = (
    ("missing_person_statement", "missing_person", "'liaison_officer', 'forensic_coordinator'"),
    ("remains_statement", "remains", "'forensic_examiner', 'forensic_coordinator'"),
)


def upgrade() -> None:
    for table, record, roles in TABLES:
        adds = f"{KEEPER} OR ({_writers(record, roles)})"
        op.execute(f"ALTER POLICY adds ON {table} WITH CHECK ({adds})")


def downgrade() -> None:
    for table, record, roles in TABLES:
        op.execute(f"ALTER POLICY adds ON {table} WITH CHECK ({_writers(record, roles)})")


def _writers(record: str, roles: str) -> str:
    of_own = f"EXISTS (SELECT FROM {record} AS whole WHERE whole.id = case_id AND ({OWN}))"
    return f"{ROLE} IN ({roles}) AND {IN_OWN_NAME} AND {of_own}"
