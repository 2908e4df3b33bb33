"""words of each country

Why: each country says its own word for a code, and whoever holds the duty for it proposes,
accepts and takes back such words. Each step is a row; none is changed.
Loses data on the way down: yes, the words entered since
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
STATES = ("proposed", "accepted", "declined", "withdrawn")
PROPOSE = (
    "('liaison_officer', 'forensic_examiner', 'forensic_coordinator', 'consular_officer',"
    " 'analyst')"
)
IN_OWN_NAME = (
    "entered_by = (SELECT viewer_account()) AND institution_id = (SELECT viewer_institution())"
)
MAY_SAY = (
    f"{IN_OWN_NAME} AND (SELECT viewer_role()) IN {PROPOSE}"
    " AND (state = 'proposed' OR (SELECT viewer_role()) = 'forensic_coordinator')"
)


def upgrade() -> None:
    op.create_table(
        "term",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("list_key", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES,
                name="termstate",
                native_enum=False,
                create_constraint=False,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"state IN {STATES}", name=op.f("ck_term_state_code")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_term_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
    )
    op.create_index(op.f("ix_term_key"), "term", ["key"], unique=False)
    op.execute("ALTER TABLE term ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE term FORCE ROW LEVEL SECURITY")
    # Words of a list are nobody's secret: whoever is signed in reads them.
    op.execute(
        "CREATE POLICY reads ON term FOR SELECT"
        f" USING ({KEEPER} OR (SELECT viewer_account()) > 0)"
    )
    op.execute(f"CREATE POLICY adds ON term FOR INSERT WITH CHECK ({MAY_SAY})")
    # What was said of a word is its history: nobody changes or removes it.
    op.execute("CREATE POLICY alters ON term FOR UPDATE USING (false)")
    op.execute("CREATE POLICY removes ON term FOR DELETE USING (false)")
    op.execute(f"GRANT SELECT, INSERT ON term TO {APP}")


def downgrade() -> None:
    op.drop_table("term")
