"""acts that cannot be undone, and families not found, as columns

Why: a burial that is planned has to come first on lists, and remains with a name and no family
need a page where a missing report can be found for them. Both were said in sealed statements
only, which no list can be ordered by. What was said before stands in its statement; the columns
follow with the next word on it.
Loses data on the way down: no, the statements keep it
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("irreversible_act_planned", "family_search"):
        op.add_column(
            "remains", sa.Column(name, sa.String(40), server_default="", nullable=False)
        )
        op.alter_column("remains", name, server_default=None)
    op.add_column("remains", sa.Column("irreversible_act_planned_from", sa.Date()))
    op.add_column("remains", sa.Column("named_but_unclaimed", sa.Boolean()))
    op.create_index(
        "ix_remains_planned_act",
        "remains",
        ["irreversible_act_planned_from"],
        postgresql_where=sa.text("irreversible_act_planned <> ''"),
    )
    op.create_index(
        "ix_remains_unclaimed",
        "remains",
        ["id"],
        postgresql_where=sa.text("named_but_unclaimed"),
    )


def downgrade() -> None:
    op.drop_index("ix_remains_unclaimed", "remains")
    op.drop_index("ix_remains_planned_act", "remains")
    for name in (
        "named_but_unclaimed",
        "irreversible_act_planned_from",
        "family_search",
        "irreversible_act_planned",
    ):
        op.drop_column("remains", name)
