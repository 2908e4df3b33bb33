"""links between records

Why: two relatives and four registries may describe one person. What somebody says of two
records, with the reason, stands beside them; neither record changes, and nothing is merged.
Loses data on the way down: yes, what was said of two records
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
SAYINGS = (
    "same_person",
    "same_remains",
    "parts_of_one",
    "not_the_same",
    "not_known",
    "taken_back",
)
READERS = "('liaison_officer', 'forensic_examiner', 'forensic_coordinator')"
IN_OWN_NAME = (
    "entered_by = (SELECT viewer_account()) AND institution_id = (SELECT viewer_institution())"
)
# table: (of what, which sayings it holds)
TABLES = {
    "missing_person_link": ("missing_person", ("same_person",)),
    "remains_link": ("remains", ("same_remains", "parts_of_one")),
}


def both_are_seen(whole: str) -> str:
    """Say that both records are there for the viewer: their own rules decide, here as well."""
    sides = (
        f"EXISTS (SELECT FROM {whole} AS whole WHERE whole.id = {side} OFFSET 0)"
        for side in ("case_id", "other_id")
    )
    return f"(SELECT viewer_role()) IN {READERS} AND " + " AND ".join(sides)


def upgrade() -> None:
    for table, (whole, joins) in TABLES.items():
        _make_table(table, whole, joins)
        seen = both_are_seen(whole)
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({KEEPER} OR ({seen}))")
        op.execute(
            f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({IN_OWN_NAME} AND {seen})"
        )
        # What was said is never changed; who thinks otherwise says so in a row of its own.
        # A keeper empties what an erased case leaves, and removes it.
        op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING ({KEEPER})")
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_table(table: str, whole: str, joins: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "saying",
            sa.Enum(
                *SAYINGS,
                name="saying",
                native_enum=False,
                create_constraint=False,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"saying IN {SAYINGS}", name=op.f(f"ck_{table}_saying_code")),
        sa.CheckConstraint("case_id < other_id", name=op.f(f"ck_{table}_two_in_order")),
        sa.CheckConstraint(
            f"saying IN {(*joins, *SAYINGS[3:])}", name=op.f(f"ck_{table}_of_its_kind")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            [f"{whole}.id"],
            name=op.f(f"fk_{table}_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            [f"{whole}.id"],
            name=op.f(f"fk_{table}_other_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f(f"fk_{table}_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("seal_id", name=op.f(f"uq_{table}_seal_id")),
    )
    for column in ("case_id", "other_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
