"""searching sealed names

Why: a sealed name cannot be searched. Its blind tokens can, by whoever may open the name; the
policies here are those of the names themselves.
Loses data on the way down: yes, the tokens; names kept since are not found until entered again
Safe while the previous release is still running: yes, but the names it keeps are not found
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

APP = "reunir_app"
ROLE = "(SELECT viewer_role())"
PURPOSE = "(SELECT viewer_purpose())"
INSTITUTION = "(SELECT viewer_institution())"
KEEPER = f"({ROLE} = 'engine' AND {PURPOSE} = 'keep')"
REACHED = "ANY ((SELECT viewer_recipients())::text[])"
REFUSED = "closed_to && (SELECT viewer_recipients())::text[]"
# As for the names themselves (0006): a purpose of one's duty, a second factor, and for a
# protected person's name to have shown oneself anew.
WORKS = "(SELECT viewer_works())"
NAMED = "(SELECT viewer_is_sure()) AND (NOT whole.protected OR (SELECT viewer_stepped_up()))"
CASE_ROLES = (
    f"({WORKS} AND {ROLE} IN ('liaison_officer', 'forensic_examiner', 'forensic_coordinator'))"
)
FORENSIC = f"({WORKS} AND {ROLE} IN ('forensic_examiner', 'forensic_coordinator'))"
CONSULAR = f"({WORKS} AND {ROLE} = 'consular_officer')"


def granted(purposes: str) -> str:
    """Say in SQL that a live grant of the name reaches the viewer."""
    return (
        "EXISTS (SELECT FROM consent AS given WHERE given.missing_person_id = whole.id"
        f" AND given.data_category = 'identity' AND given.purpose IN {purposes}"
        f" AND given.recipient = {REACHED} AND NOT (given.{REFUSED})"
        " AND given.decision = 'granted' AND given.withdrawn_at IS NULL"
        " AND given.valid_from <= now() AND given.expires > now())"
    )


# The engine weighs no names and reads none of their tokens; it only keeps them.
READS = f"""
    {KEEPER} OR EXISTS (
        SELECT FROM missing_person AS whole WHERE whole.id = case_id AND {NAMED} AND (
            ({CASE_ROLES} AND whole.owner_institution_id = {INSTITUTION})
            OR ({FORENSIC} AND {granted("('search', 'identify')")})
            OR ({CONSULAR} AND {granted(f"({PURPOSE})")})
    ))
"""
WRITES = f"""
    {KEEPER} OR ({ROLE} IN ('liaison_officer', 'forensic_coordinator') AND EXISTS (
        SELECT FROM missing_person AS whole
        WHERE whole.id = case_id AND whole.owner_institution_id = {INSTITUTION}
    ))
"""


def upgrade() -> None:
    op.create_table(
        "name_token",
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["missing_person.id"],
            name=op.f("fk_name_token_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token", "case_id", name=op.f("pk_name_token")),
    )
    op.create_index(op.f("ix_name_token_case_id"), "name_token", ["case_id"])
    op.execute("ALTER TABLE name_token ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE name_token FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON name_token FOR SELECT USING ({READS})")
    op.execute(f"CREATE POLICY adds ON name_token FOR INSERT WITH CHECK ({WRITES})")
    op.execute(
        f"CREATE POLICY alters ON name_token FOR UPDATE USING ({WRITES}) WITH CHECK ({WRITES})"
    )
    op.execute(f"CREATE POLICY removes ON name_token FOR DELETE USING ({WRITES})")
    # A token is added or removed, never altered.
    op.execute(f"GRANT SELECT, INSERT, DELETE ON name_token TO {APP}")


def downgrade() -> None:
    op.drop_table("name_token")
