"""a form that is sent twice is done once

Why: without a script a double click wrote a group, a sample, a grave, a site or a rights
request twice. Of each form that was sent the number is kept, which says nothing of it, and
where it led; whoever sent it alone reads that.
Loses data on the way down: yes, which forms were sent in the last two days
Safe while the previous release is still running: yes, its forms can be sent twice
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0040"
branch_labels = None
depends_on = None

APP = "reunir_app"
TABLE = "sent_sheet"
OWN = "account_id = (SELECT viewer_account())"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("number", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("led_to", sa.String(500), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sent_sheet_account_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sent_sheet")),
    )
    op.create_index(op.f("ix_sent_sheet_account_id"), TABLE, ["account_id"])
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {TABLE} FOR SELECT USING ({OWN})")
    op.execute(f"CREATE POLICY adds ON {TABLE} FOR INSERT WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY alters ON {TABLE} FOR UPDATE USING (false)")
    op.execute(f"CREATE POLICY removes ON {TABLE} FOR DELETE USING ({OWN})")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON {TABLE} TO {APP}")


def downgrade() -> None:
    op.drop_table(TABLE)
