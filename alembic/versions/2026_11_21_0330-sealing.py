"""sealed fields

Why: filled by the work on issue 3.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
