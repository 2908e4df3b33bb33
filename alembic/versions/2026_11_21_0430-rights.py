"""rights of people and retention

Why: filled by the work on issue 3.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
