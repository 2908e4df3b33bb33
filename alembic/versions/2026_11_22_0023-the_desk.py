"""the desk

Why: a consulate asks a forensic service for a sample by telephone and nobody knows when it is
due. What one institution asks of another, and what the two write about it, are rows that are
added and never changed, seen by the two as long as they may see the record it is about.
Loses data on the way down: yes, what offices asked and wrote
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0018"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
ROLE = "(SELECT viewer_role())"
INSTITUTION = "(SELECT viewer_institution())"
ACCOUNT = "(SELECT viewer_account())"
DESKS = (
    f"{ROLE} IN ('liaison_officer', 'forensic_examiner', 'forensic_coordinator',"
    " 'consular_officer') AND (SELECT viewer_works())"
)
# The record's own rules decide here as well: who no longer sees it sees no request about it.
RECORD_IS_SEEN = (
    "(missing_person_id IS NULL OR EXISTS (SELECT FROM missing_person AS whole"
    " WHERE whole.id = missing_person_id OFFSET 0))"
    " AND (remains_id IS NULL OR EXISTS (SELECT FROM remains AS whole"
    " WHERE whole.id = remains_id OFFSET 0))"
)
SEES = (
    f"{DESKS} AND {INSTITUTION} IN (from_institution_id, to_institution_id)"
    f" AND {RECORD_IS_SEEN}"
)
SENDS = (
    f"{DESKS} AND from_institution_id = {INSTITUTION} AND sent_by = {ACCOUNT}"
    f" AND {RECORD_IS_SEEN}"
)
REQUEST_IS_SEEN = (
    "EXISTS (SELECT FROM office_request AS whole WHERE whole.id = case_id OFFSET 0)"
)


def in_own_name(who: str) -> str:
    """Say that somebody adds a row to a request that they see, in their own name."""
    return f"institution_id = {INSTITUTION} AND {who} = {ACCOUNT} AND {REQUEST_IS_SEEN}"


# table: (who reads a row, who adds one, rights); nothing is changed but by erasing, and but
# for whom a request is to once its file has another keeper.
TABLES = {
    "office_request": (
        SEES,
        SENDS,
        "SELECT, INSERT, UPDATE (words, to_institution_id), DELETE",
    ),
    "office_message": (
        REQUEST_IS_SEEN,
        in_own_name("written_by"),
        "SELECT, INSERT, UPDATE (words), DELETE",
    ),
    "office_reading": (REQUEST_IS_SEEN, in_own_name("read_by"), "SELECT, INSERT, DELETE"),
}
KINDS = ("record", "sample", "document", "visit", "notification", "referral", "transfer")
STEPS = ("open", "accepted", "answered", "declined", "withdrawn")
# Beside those of migration 0007: a request has a key of its own.
KEYS = {
    "reads_of_requests": (
        "FOR SELECT USING (EXISTS (SELECT FROM office_request AS whole"
        " WHERE whole.seal_id = case_seal_id))"
    ),
    "adds_of_requests": f"FOR INSERT WITH CHECK ({ROLE} = 'consular_officer')",
}

# What goes along with a file that another institution takes over; the keeper moves it.
GO_ALONG = {
    "status_code": "institution_id",
    "rights_request": "owner_institution_id",
    "released_copy": "owner_institution_id",
    "retention_notice": "owner_institution_id",
    "retention_hold": "owner_institution_id",
}


def upgrade() -> None:
    _make_tables()
    for table, (reads, adds, rights) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({KEEPER} OR ({reads}))")
        op.execute(
            f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({KEEPER} OR ({adds}))"
        )
        op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING ({KEEPER})")
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER})")
        op.execute(f"GRANT {rights} ON {table} TO {APP}")
    for name, rule in KEYS.items():
        op.execute(f"CREATE POLICY {name} ON data_key {rule}")
    for table, column in GO_ALONG.items():
        op.execute(f"GRANT UPDATE ({column}) ON {table} TO {APP}")
    op.execute(f"CREATE POLICY goes_along ON retention_notice FOR UPDATE USING ({KEEPER})")


def downgrade() -> None:
    op.execute("DROP POLICY goes_along ON retention_notice")
    for table, column in GO_ALONG.items():
        op.execute(f"REVOKE UPDATE ({column}) ON {table} FROM {APP}")
    for name in KEYS:
        op.execute(f"DROP POLICY {name} ON data_key")
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "office_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=True),
        sa.Column("remains_id", sa.BigInteger(), nullable=True),
        sa.Column("from_institution_id", sa.BigInteger(), nullable=False),
        sa.Column("to_institution_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", _codes(KINDS, "requestkind"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(missing_person_id, remains_id) <= 1",
            name=op.f("ck_office_request_about_one_record"),
        ),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_office_request_kind_code")),
        *_keys("office_request", missing_person_id="missing_person", remains_id="remains"),
        *_keys(
            "office_request",
            ondelete=None,
            from_institution_id="institution",
            to_institution_id="institution",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_request")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_office_request_seal_id")),
    )
    op.create_table(
        "office_message",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("step", _codes(STEPS, "step"), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(f"step IN {STEPS}", name=op.f("ck_office_message_step_code")),
        *_keys("office_message", case_id="office_request"),
        *_keys("office_message", ondelete=None, institution_id="institution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_message")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_office_message_seal_id")),
    )
    op.create_table(
        "office_reading",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("up_to", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.BigInteger(), nullable=False),
        *_keys("office_reading", case_id="office_request"),
        *_keys("office_reading", ondelete=None, institution_id="institution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_reading")),
    )
    for table, columns in {
        "office_request": (
            "missing_person_id",
            "remains_id",
            "from_institution_id",
            "to_institution_id",
        ),
        "office_message": ("case_id",),
        "office_reading": ("case_id",),
    }.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _codes(codes: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=False, length=64)


def _keys(
    table: str, *, ondelete: str | None = "CASCADE", **columns: str
) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column],
            [f"{whole}.id"],
            name=op.f(f"fk_{table}_{column}"),
            ondelete=ondelete,
        )
        for column, whole in columns.items()
    ]
