"""how many hours a week people have for looking at proposals

Why: the queue said how probable each proposal is and not how many of them anybody can look at.
Each says their own hours, or their coordinator does; what was said before is kept.
Loses data on the way down: yes, the hours
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0048"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
WORKS = (
    "(SELECT viewer_role()) IN ('forensic_examiner', 'forensic_coordinator')"
    " AND (SELECT viewer_works())"
)
OURS = "institution_id = (SELECT viewer_institution())"
SAYS = """
    entered_by = (SELECT viewer_account())
    AND (account_id = entered_by OR (SELECT viewer_role()) = 'forensic_coordinator')
    AND account_id IN (SELECT colleague.account_id FROM forensic_colleagues() AS colleague)
"""


def upgrade() -> None:
    op.create_table(
        "review_hours",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "hours >= 0 AND hours <= 60", name=op.f("ck_review_hours_hours_of_a_week")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{to}.id"], name=op.f(f"fk_review_hours_{column}")
            )
            for column, to in (
                ("account_id", "account"),
                ("institution_id", "institution"),
                ("entered_by", "account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_hours")),
    )
    op.create_index(
        "ix_review_hours_latest", "review_hours", ["institution_id", "account_id", "id"]
    )
    op.create_index(op.f("ix_review_hours_account_id"), "review_hours", ["account_id"])
    op.execute("ALTER TABLE review_hours ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE review_hours FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY reads ON review_hours FOR SELECT USING"
        f" ({KEEPER} OR ({WORKS} AND {OURS}))"
    )
    op.execute(
        "CREATE POLICY adds ON review_hours FOR INSERT"
        f" WITH CHECK ({KEEPER} OR ({WORKS} AND {OURS} AND {SAYS}))"
    )
    op.execute(f"CREATE POLICY alters ON review_hours FOR UPDATE USING ({KEEPER})")
    op.execute(f"CREATE POLICY removes ON review_hours FOR DELETE USING ({KEEPER})")
    # Never changed: what somebody says next is a row of its own.
    op.execute(f"GRANT SELECT, INSERT ON review_hours TO {APP}")


def downgrade() -> None:
    op.drop_table("review_hours")
