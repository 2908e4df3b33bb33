"""whoever keeps the record of somebody alive is told that somebody may be looking for them

Why: a proposal of somebody alive was seen only by whoever happened to look; a hospital lets
people go. A notice says that there is somebody to ask, and nothing of whom or by whom.
Loses data on the way down: yes, the notices of that kind
Safe while the previous release is still running: no, its pages have no words for the notice
"""

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

NEW = "may_be_sought"
BEFORE = (
    "request_received",
    "request_answered",
    "promise_overdue",
    "proposal_released",
    "import_finished",
    "act_planned",
)


def upgrade() -> None:
    _allow((*BEFORE, NEW))


def downgrade() -> None:
    op.execute("ALTER TABLE notification NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM notification WHERE kind = 'may_be_sought'")
    op.execute("ALTER TABLE notification FORCE ROW LEVEL SECURITY")
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    name = op.f("ck_notification_kind_code")
    op.drop_constraint(name, "notification", type_="check")
    op.create_check_constraint(name, "notification", f"kind IN {kinds}")
