"""names are held against papers that were found

Why: a name, a number or a telephone found with remains is weighed against those of whoever may
be searched for. The part of the machine that weighs reads the names of those, and of nobody
else; what it found common in the registry, without anybody's words, is kept with its run.
Loses data on the way down: yes, what was common in each run; the next one counts it anew
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ENGINE = "(SELECT viewer_engine())"
OWNS = "(SELECT viewer_owns())"
REACHED = "ANY ((SELECT viewer_reached())::text[])"
REFUSED = "closed_to && (SELECT viewer_reached())::text[]"
LOOKS_FOR = "ANY ((SELECT viewer_looks_for())::text[])"
NAMED = "(SELECT viewer_is_sure()) AND (NOT whole.protected OR (SELECT viewer_stepped_up()))"
GRANTED = (
    "EXISTS (SELECT FROM consent AS given WHERE given.missing_person_id = whole.id"
    f" AND given.data_category = 'identity' AND given.purpose = {LOOKS_FOR}"
    f" AND given.recipient = {REACHED} AND NOT (given.{REFUSED})"
    " AND given.decision = 'granted' AND given.withdrawn_at IS NULL"
    " AND given.valid_from <= now() AND given.expires > now() OFFSET 0)"
)


def opened_to(engines: str) -> str:
    """Open a name to whom the identity is open; the file itself comes first, as in 0010.

    The matcher finds the file only of whoever may be searched for, so no other name either.
    """
    return f"""
    EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id AND (
        {ENGINE} IN {engines}
        OR ({NAMED} AND (whole.owner_institution_id = {OWNS} OR {GRANTED}))
    ))
    """


def upgrade() -> None:
    rule = opened_to("('keeper', 'matcher')")
    op.execute(f"ALTER POLICY reads ON missing_person_name USING ({rule})")
    op.add_column("matching_run", sa.Column("commonness", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("matching_run", "commonness")
    rule = opened_to("('keeper')")
    op.execute(f"ALTER POLICY reads ON missing_person_name USING ({rule})")
