"""what was said, by whom

Why: nothing that somebody said of a record is overwritten. A statement keeps what was said at
one sitting, sealed by what it reveals; whoever wrote it may add to it until it is finished,
and nobody changes it after that.
Loses data on the way down: yes, the statements; what was said last stays in the records
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

APP = "reunir_app"
ENGINE = "(SELECT viewer_engine())"
OWNS = "(SELECT viewer_owns())"
ACCOUNT = "(SELECT viewer_account())"
ROLE = "(SELECT viewer_role())"
KEEPER = f"{ENGINE} = 'keeper'"
REACHED = "ANY ((SELECT viewer_reached())::text[])"
REFUSED = "closed_to && (SELECT viewer_reached())::text[]"
LOOKS_FOR = "ANY ((SELECT viewer_looks_for())::text[])"
# As 0010 says of the parts of a file that are circumstances.
GRANTED = (
    "EXISTS (SELECT FROM consent AS given WHERE given.missing_person_id = whole.id"
    f" AND given.data_category = 'circumstances' AND given.purpose = {LOOKS_FOR}"
    f" AND given.recipient = {REACHED} AND NOT (given.{REFUSED})"
    " AND given.decision = 'granted' AND given.withdrawn_at IS NULL"
    " AND given.valid_from <= now() AND given.expires > now() OFFSET 0)"
)
# The file itself comes first: what its own rules hide has no statements either.
OF_MISSING = "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id AND ({}))"
OF_REMAINS = "EXISTS (SELECT FROM remains AS whole WHERE whole.id = case_id AND ({}))"
OWN = f"whole.owner_institution_id = {OWNS}"
WRITERS_OF_MISSING = f"{ROLE} IN ('liaison_officer', 'forensic_coordinator')"
WRITERS_OF_REMAINS = f"{ROLE} IN ('forensic_examiner', 'forensic_coordinator')"
IN_OWN_NAME = f"entered_by = {ACCOUNT}"

METHODS = ("interview", "document", "examination", "laboratory", "import", "correction")
# table: (of what, who reads, who writes)
TABLES = {
    "missing_person_statement": (
        "missing_person",
        OF_MISSING.format(f"{KEEPER} OR {OWN} OR {GRANTED}"),
        f"{WRITERS_OF_MISSING} AND {IN_OWN_NAME} AND {OF_MISSING.format(OWN)}",
    ),
    "remains_statement": (
        "remains",
        OF_REMAINS.format("true"),
        f"{WRITERS_OF_REMAINS} AND {IN_OWN_NAME} AND {OF_REMAINS.format(OWN)}",
    ),
}


def upgrade() -> None:
    _make_table(
        "missing_person_statement",
        sa.Column("said_by", sa.LargeBinary(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
    )
    _make_table("remains_statement", sa.Column("said_by", sa.Text(), nullable=False))
    for table, (_, reads, writes) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({writes})")
        # A keeper empties what an erased case leaves; nobody else touches what is finished.
        op.execute(
            f"CREATE POLICY alters ON {table} FOR UPDATE"
            f" USING ({KEEPER} OR (finished_at IS NULL AND {IN_OWN_NAME}))"
            f" WITH CHECK ({KEEPER} OR ({writes}))"
        )
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_table(table: str, *said: sa.Column[object]) -> None:
    whole = TABLES[table][0]
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                *METHODS,
                name="method",
                native_enum=False,
                create_constraint=False,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_version", sa.String(length=20), nullable=False),
        *(
            sa.Column(name, sa.LargeBinary(), nullable=True)
            for name in ("circumstance", "identity", "body", "dna")
        ),
        *said,
        sa.CheckConstraint(f"method IN {METHODS}", name=op.f(f"ck_{table}_method_code")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            [f"{whole}.id"],
            name=op.f(f"fk_{table}_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("seal_id", name=op.f(f"uq_{table}_seal_id")),
    )
    op.create_index(op.f(f"ix_{table}_case_id"), table, ["case_id"], unique=False)
