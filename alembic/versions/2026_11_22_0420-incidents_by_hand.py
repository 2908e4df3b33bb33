"""incidents entered and corrected by hand

Why: an incident could only be imported; an institution that learns of one first could not say
so. What an institution entered it keeps and corrects, with a reason, and what was said before
stays as a version. What a source's file brought is still corrected by its source alone.
Loses data on the way down: yes, who keeps an incident and why it was corrected
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0031"
branch_labels = None
depends_on = None

ROLE = "(SELECT viewer_role())"
KEEPER = f"({ROLE} = 'engine' AND (SELECT viewer_purpose()) = 'keep')"
IMPORTS = f"{ROLE} IN ('forensic_coordinator', 'analyst')"
RECORDS = f"{ROLE} IN ('liaison_officer', 'forensic_coordinator', 'analyst')"
OWN = "institution_id = (SELECT viewer_institution())"
IN_OWN_NAME = "entered_by = (SELECT viewer_account())"
OF_A_SOURCE = f"({IMPORTS} AND institution_id IS NULL)"
BY_HAND = f"({RECORDS} AND {OWN} AND {IN_OWN_NAME})"
OF_OWN = f"EXISTS (SELECT FROM incident AS whole WHERE whole.id = case_id AND whole.{OWN})"
CORRECTS = f"({RECORDS} AND changed_by = (SELECT viewer_account()) AND {OF_OWN})"
OF_SOURCE = (
    "EXISTS (SELECT FROM incident AS whole"
    " WHERE whole.id = case_id AND whole.institution_id IS NULL)"
)


def upgrade() -> None:
    op.add_column("incident", sa.Column("institution_id", sa.BigInteger(), nullable=True))
    op.add_column("incident", sa.Column("entered_by", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_incident_institution_id"),
        "incident",
        "institution",
        ["institution_id"],
        ["id"],
    )
    op.add_column(
        "incident_version", sa.Column("reason", sa.Text(), nullable=False, server_default="")
    )
    op.alter_column("incident_version", "reason", server_default=None)
    op.add_column("incident_version", sa.Column("changed_by", sa.BigInteger(), nullable=True))
    _replace("incident", f"{KEEPER} OR {OF_A_SOURCE} OR {BY_HAND}")
    op.execute("DROP POLICY alters ON incident")
    op.execute(
        "CREATE POLICY alters ON incident FOR UPDATE"
        f" USING ({KEEPER} OR {OF_A_SOURCE} OR ({RECORDS} AND {OWN}))"
        f" WITH CHECK ({KEEPER} OR {OF_A_SOURCE} OR {BY_HAND})"
    )
    _replace("incident_version", f"{KEEPER} OR ({IMPORTS} AND {OF_SOURCE}) OR {CORRECTS}")


def downgrade() -> None:
    for table in ("incident", "incident_version"):
        _replace(table, f"{KEEPER} OR {IMPORTS}")
    op.execute("DROP POLICY alters ON incident")
    op.execute(
        "CREATE POLICY alters ON incident FOR UPDATE"
        f" USING ({KEEPER} OR {IMPORTS}) WITH CHECK ({KEEPER} OR {IMPORTS})"
    )
    op.drop_column("incident_version", "changed_by")
    op.drop_column("incident_version", "reason")
    op.drop_constraint(op.f("fk_incident_institution_id"), "incident", type_="foreignkey")
    op.drop_column("incident", "entered_by")
    op.drop_column("incident", "institution_id")


def _replace(table: str, adds: str) -> None:
    op.execute(f"DROP POLICY adds ON {table}")
    op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
