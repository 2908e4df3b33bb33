"""pairs that the engine and somebody else found

Why: somebody who opened a pair by hand that the engine proposed already lost what they wrote,
and a later run ended the pair. Now the pair is theirs too and stays open; the reason says
that the engine proposed it that day, so that it counts among the engine's. A pair that ended
with a consent and is opened again has a reason of each time.
Loses data on the way down: yes, of a pair opened more than once all but the last reason
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0062"
branch_labels = None
depends_on = None

ONE_OF_EACH = "uq_pair_by_hand_case_id_remains_id"


def upgrade() -> None:
    op.add_column(
        "pair_by_hand",
        sa.Column("was_proposed", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.drop_constraint(op.f(ONE_OF_EACH), "pair_by_hand", type_="unique")


def downgrade() -> None:
    # The walls hold for the owner too, who would find no row to remove.
    op.execute("ALTER TABLE pair_by_hand NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "DELETE FROM pair_by_hand AS before USING pair_by_hand AS later"
        " WHERE before.case_id = later.case_id AND before.remains_id = later.remains_id"
        " AND before.id < later.id"
    )
    op.execute("ALTER TABLE pair_by_hand FORCE ROW LEVEL SECURITY")
    op.create_unique_constraint(op.f(ONE_OF_EACH), "pair_by_hand", ["case_id", "remains_id"])
    op.drop_column("pair_by_hand", "was_proposed")
