"""sealed fields

Why: names, contacts, free text about a person and the rows of files are kept sealed, each
case with a key of its own that only a key outside the database unwraps. Whoever takes the
database, a dump of it or its disk reads none of them.
Loses data on the way down: yes, what is sealed cannot be opened by the database
Safe while the previous release is still running: no, it would write in clear
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APP = "reunir_app"
ROLE = "(SELECT viewer_role())"
KEEPER = f"({ROLE} = 'engine' AND (SELECT viewer_purpose()) = 'keep')"
SEALERS = (
    f"{ROLE} IN ('engine', 'liaison_officer', 'forensic_examiner', 'forensic_coordinator',"
    " 'analyst', 'data_protection_officer')"
)
# The roots of the keys for blind tokens and for what the door keeps: of no case.
ROOTS = "('00000000-0000-4000-8000-746f6b656e73', '00000000-0000-4000-8000-0000646f6f72')"
OF_NO_CASE = f"({ROLE} <> '' AND case_seal_id IN {ROOTS})"
# Whoever may see the case may fetch its wrapped key, which opens nothing by itself.
SEES_KEY = f"""
    {ROLE} = 'engine' OR {OF_NO_CASE}
    OR EXISTS (SELECT FROM missing_person AS whole WHERE whole.seal_id = case_seal_id)
    OR EXISTS (SELECT FROM remains AS whole WHERE whole.seal_id = case_seal_id)
    OR EXISTS (SELECT FROM import_run AS whole WHERE whole.seal_id = case_seal_id)
"""  # noqa: S608 - ours
OWN_COUNT = "account_id = (SELECT viewer_account())"
OWN_OLD_COUNT = f"{OWN_COUNT} AND opened_at <= now() - interval '1 hour'"

TEXT, JSON, BYTES = sa.Text(), postgresql.JSONB(), sa.LargeBinary()
# Column → what it was, and what stood in an empty one.
SEALED = {
    "missing_person": {
        "reporting_institution": (TEXT, "''"),
        "mother_name": (TEXT, "''"),
        "father_name": (TEXT, "''"),
        "birth_place": (TEXT, "''"),
        "content": (JSON, "'{}'"),
        "carried": (JSON, "'{}'"),
    },
    "missing_person_name": {
        "given_names": (TEXT, "''"),
        "surname_1": (TEXT, "''"),
        "surname_2": (TEXT, "''"),
    },
    "missing_person_mark": {"words": (TEXT, "''")},
    "missing_person_version": {"content": (JSON, "'{}'")},
    "relative": {"name": (TEXT, "''"), "contact": (TEXT, "''")},
    "remains": {"content": (JSON, "'{}'"), "carried": (JSON, "'{}'")},
    "remains_mark": {"words": (TEXT, "''")},
    "remains_version": {"content": (JSON, "'{}'")},
    "import_run": {},
    "import_file": {"content": (BYTES, "''")},
    "import_problem": {"found": (TEXT, "''")},
    "quarantined_row": {"original": (JSON, "'[]'")},
}
# Tables that were only added to: an erased case's sealed columns there are emptied as well.
EMPTIED_BY_ERASURE = {
    "missing_person_version": "content",
    "remains_version": "content",
    "import_file": "content",
    "import_problem": "found",
    "quarantined_row": "original",
}


def upgrade() -> None:
    for table, columns in SEALED.items():
        refuse_to_lose(table, columns)
        fresh = "uuid NOT NULL DEFAULT gen_random_uuid()"
        op.execute(f"ALTER TABLE {table} ADD COLUMN seal_id {fresh}")
        op.execute(f"ALTER TABLE {table} ALTER COLUMN seal_id DROP DEFAULT")
        op.create_unique_constraint(f"uq_{table}_seal_id", table, ["seal_id"])
        for column in columns:
            op.drop_column(table, column)
            op.add_column(table, sa.Column(column, sa.LargeBinary(), nullable=True))
    for table, column in EMPTIED_BY_ERASURE.items():
        op.execute(f"GRANT UPDATE ({column}) ON {table} TO {APP}")
    make_tables()
    guard("data_key", SEES_KEY, f"{SEALERS} OR {OF_NO_CASE}", KEEPER)
    guard("counted_opening", OWN_COUNT, OWN_COUNT, "false", removes=OWN_OLD_COUNT)
    # Never altered, and taken away only when the hour that it counts for has passed.
    op.execute(f"REVOKE UPDATE ON counted_opening FROM {APP}")
    op.execute(f"GRANT DELETE ON counted_opening TO {APP}")


def downgrade() -> None:
    op.drop_table("counted_opening")
    op.drop_table("data_key")
    for table, column in EMPTIED_BY_ERASURE.items():
        op.execute(f"REVOKE UPDATE ({column}) ON {table} FROM {APP}")
    for table, columns in SEALED.items():
        op.drop_constraint(f"uq_{table}_seal_id", table)
        op.drop_column(table, "seal_id")
        for column, (kind, empty) in columns.items():
            op.drop_column(table, column)
            op.add_column(
                table, sa.Column(column, kind, nullable=False, server_default=sa.text(empty))
            )
            op.alter_column(table, column, server_default=None)


def refuse_to_lose(table: str, columns: dict[str, tuple[object, str]]) -> None:
    """Stop before clear text is dropped: the database cannot seal it by itself."""
    # Guarded from its owner as well, the table would look empty.
    op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    for column, (_, empty) in columns.items():
        holds = f"SELECT FROM {table} AS kept WHERE kept.{column} <> {empty}"
        op.execute(
            f"DO $$ BEGIN IF EXISTS ({holds}) THEN"
            f" RAISE EXCEPTION '{table}.{column} holds clear text that this migration would"
            " drop: export the records with the release before and import them again';"
            " END IF; END $$"
        )
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def make_tables() -> None:
    op.create_table(
        "data_key",
        sa.Column("case_seal_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("kek_version", sa.Integer(), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("case_seal_id", name="pk_data_key"),
        sa.CheckConstraint(
            "(length(wrapped) = 0) = (destroyed_at IS NOT NULL)", name="ck_data_key_destroyed"
        ),
    )
    op.create_index("ix_data_key_kek_version", "data_key", ["kek_version"])
    op.create_table(
        "counted_opening",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("case_seal_id", sa.Uuid(), nullable=False),
        sa.Column("fields", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "account_id", "case_seal_id", "fields", "opened_at", name="pk_counted_opening"
        ),
        sa.CheckConstraint(
            "fields IN ('nothing', 'circumstance', 'identity', 'contact', 'body', 'dna')",
            name="ck_counted_opening_fields_code",
        ),
    )


def guard(table: str, reads: str, adds: str, alters: str, *, removes: str = "false") -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
    op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
    op.execute(
        f"CREATE POLICY alters ON {table} FOR UPDATE USING ({alters}) WITH CHECK ({alters})"
    )
    op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({removes})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO {APP}")
