"""rights of people and retention

Why: people may ask what is held of them, have it corrected, restricted or erased; records do
not stay for ever; and what left the house can be called back. A restricted record is seen by
its own institution alone, an erased one is a tombstone: a restrictive policy says so, whatever
the other policies allow.
Loses data on the way down: yes
Safe while the previous release is still running: yes
"""

# ruff: noqa: E501 - one statement per table, written by alembic from the models

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

APP = "reunir_app"
ROLE = "(SELECT viewer_role())"
INSTITUTION = "(SELECT viewer_institution())"
ACCOUNT = "(SELECT viewer_account())"
KEEPER = f"({ROLE} = 'engine' AND (SELECT viewer_purpose()) = 'keep')"
OVERSEER = f"{ROLE} = 'data_protection_officer'"
OWN = f"owner_institution_id = {INSTITUTION}"
CARES = f"({ROLE} IN ('liaison_officer', 'forensic_coordinator') AND {OWN})"
# Of what hangs on a record: a liaison never learns of remains, not even of their institution.
CARES_FOR_IT = f"""
    (({ROLE} = 'forensic_coordinator' OR ({ROLE} = 'liaison_officer' AND remains_id IS NULL))
     AND {OWN})
"""

OPEN_TO_OTHERS = f"""
    (restricted_at IS NULL AND erased_at IS NULL)
    OR {KEEPER}
    OR (erased_at IS NULL AND {CARES})
"""
PAPER_OF_OWN = (
    f"{ROLE} IN ('liaison_officer', 'forensic_coordinator') AND EXISTS (SELECT FROM"
    f" missing_person AS whole WHERE whole.id = missing_person_id AND whole.{OWN})"
)
PART_OF_REQUEST = "EXISTS (SELECT FROM rights_request AS whole WHERE whole.id = request_id)"
ASKS_OR_OWNS = f"{OVERSEER} OR {KEEPER} OR {OWN}"
ASKS = f"{OVERSEER} OR {KEEPER} OR {CARES_FOR_IT}"

# table: (who reads a row, who adds one, who alters one, who removes one, rights)
TABLES = {
    "rights_request": (
        ASKS,
        ASKS,
        ASKS,
        "false",
        "SELECT, INSERT, UPDATE (state, decided_by, confirmed_by)",
    ),
    "rights_step": (
        PART_OF_REQUEST,
        f"account_id = {ACCOUNT} AND {PART_OF_REQUEST}",
        KEEPER,
        "false",
        "SELECT, INSERT",
    ),
    "released_copy": (
        f"{ASKS_OR_OWNS} OR {INSTITUTION} IN (made_by_institution_id, recipient_institution_id)",
        f"made_by = {ACCOUNT}",
        ASKS_OR_OWNS,
        "false",
        "SELECT, INSERT, UPDATE (recalled_at)",
    ),
    "signed_paper": (
        f"{KEEPER} OR ({PAPER_OF_OWN})",
        PAPER_OF_OWN,
        KEEPER,
        KEEPER,
        # Emptied when the key of its case is destroyed; never changed otherwise.
        "SELECT, INSERT, UPDATE (content), DELETE",
    ),
    "retention_notice": (ASKS, KEEPER, "false", "false", "SELECT, INSERT"),
    "retention_hold": (
        ASKS,
        f"placed_by = {ACCOUNT} AND ({ASKS})",
        ASKS,
        "false",
        "SELECT, INSERT, UPDATE (lift_asked_at, lift_asked_by, lifted_at, lifted_by)",
    ),
    "retention_round": (
        f"{OVERSEER} OR {KEEPER}",
        f"{OVERSEER} OR {KEEPER}",
        "false",
        "false",
        "SELECT, INSERT",
    ),
}
# What somebody wrote in their own words beside a record goes when the record is erased; the
# keeper alone rewrites it, and nothing but these words.
WORDS = {
    "consent": "assessment",
    "protection_request": "grounds",
    "released_copy": "reason",
    "retention_hold": "reason",
    "rights_step": "reason",
}
GUARD_WORDS = f"""
    CREATE FUNCTION guard_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT ({KEEPER}) THEN
            RAISE EXCEPTION 'what was written beside a record changes only when it is erased'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
"""
RECORDS = ("missing_person", "remains")
VERSIONS = ("missing_person_version", "remains_version")


def upgrade() -> None:
    _close_records_on_request()
    _make_tables()
    for table, (reads, adds, alters, removes, rights) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        op.execute(
            f"CREATE POLICY alters ON {table} FOR UPDATE USING ({alters}) WITH CHECK ({alters})"
        )
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({removes})")
        op.execute(f"GRANT {rights} ON {table} TO {APP}")
    _guard_words()
    for table in VERSIONS:
        # What a record said before goes when its person is erased, and at no other time.
        op.execute(
            f"CREATE POLICY only_on_erasure ON {table} AS RESTRICTIVE FOR DELETE USING ({KEEPER})"
        )
        op.execute(f"GRANT DELETE ON {table} TO {APP}")


def downgrade() -> None:
    for table in VERSIONS:
        op.execute(f"REVOKE DELETE ON {table} FROM {APP}")
        op.execute(f"DROP POLICY only_on_erasure ON {table}")
    for table in reversed(TABLES):
        op.drop_table(table)
    for table in WORDS.keys() - TABLES:
        op.execute(f"DROP TRIGGER guards_words ON {table}")
        op.execute(f"REVOKE UPDATE ({WORDS[table]}) ON {table} FROM {APP}")
    alter_request(OVERSEER)
    op.execute("DROP FUNCTION guard_words()")
    for table in RECORDS:
        op.execute(f"DROP POLICY not_closed ON {table}")
        op.drop_column(table, "erased_at")
        op.drop_column(table, "restricted_at")


def _guard_words() -> None:
    op.execute(GUARD_WORDS)
    for table, column in WORDS.items():
        op.execute(f"GRANT UPDATE ({column}) ON {table} TO {APP}")
        op.execute(
            f"CREATE TRIGGER guards_words BEFORE UPDATE OF {column} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION guard_words()"
        )
    alter_request(f"{OVERSEER} OR {KEEPER}")


def alter_request(alters: str) -> None:
    """Say who alters a request to lift a protection."""
    op.execute(
        f"ALTER POLICY alters ON protection_request USING ({alters}) WITH CHECK ({alters})"
    )


def _close_records_on_request() -> None:
    for table in RECORDS:
        for name in ("restricted_at", "erased_at"):
            op.add_column(table, sa.Column(name, sa.DateTime(timezone=True)))
        op.execute(
            f"CREATE POLICY not_closed ON {table} AS RESTRICTIVE FOR SELECT"
            f" USING ({OPEN_TO_OTHERS})"
        )


def _make_tables() -> None:
    op.create_table(
        "rights_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "access",
                "rectification",
                "restriction",
                "erasure",
                "objection",
                name="requestkind",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column(
            "asker",
            sa.Enum(
                "person",
                "relative",
                "representative",
                name="asker",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("relative_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "identity_proof",
            sa.Enum(
                "document_seen",
                "known_to_institution",
                "video_call",
                "power_of_attorney",
                name="identityproof",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "proposed",
                "granted",
                "refused",
                "carried_out",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=True),
        sa.Column("remains_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_institution_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "confirmed_by <> decided_by", name=op.f("ck_rights_request_confirmed_by_another")
        ),
        sa.CheckConstraint(
            "kind <> 'access' OR state IN ('received', 'refused') OR decided_by <> recorded_by",
            name=op.f("ck_rights_request_granted_by_another"),
        ),
        sa.CheckConstraint(
            "due_on >= received_on", name=op.f("ck_rights_request_due_after_received")
        ),
        sa.CheckConstraint(
            "num_nonnulls(missing_person_id, remains_id) = 1",
            name=op.f("ck_rights_request_one_record"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["account.id"], name=op.f("fk_rights_request_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_rights_request_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_rights_request_missing_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_institution_id"],
            ["institution.id"],
            name=op.f("fk_rights_request_owner_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_rights_request_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_rights_request_remains_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
        sa.UniqueConstraint("reference", name=op.f("uq_rights_request_reference")),
    )
    op.create_index(op.f("ix_rights_request_about"), "rights_request", ["about"], unique=False)
    op.create_index(
        op.f("ix_rights_request_due_on"), "rights_request", ["due_on"], unique=False
    )
    op.create_index(op.f("ix_rights_request_kind"), "rights_request", ["kind"], unique=False)
    op.create_index(
        op.f("ix_rights_request_missing_person_id"),
        "rights_request",
        ["missing_person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rights_request_owner_institution_id"),
        "rights_request",
        ["owner_institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rights_request_relative_id"), "rights_request", ["relative_id"], unique=False
    )
    op.create_index(
        op.f("ix_rights_request_remains_id"), "rights_request", ["remains_id"], unique=False
    )
    op.create_index(op.f("ix_rights_request_state"), "rights_request", ["state"], unique=False)
    op.create_table(
        "rights_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "received",
                "granted",
                "refused",
                "proposed",
                "returned",
                "confirmed",
                "report_made",
                "corrected",
                "restricted",
                "released",
                "stopped",
                "erased",
                "answered",
                name="stepkind",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_rights_step_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["rights_request.id"], name=op.f("fk_rights_step_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_step")),
    )
    op.create_index(
        op.f("ix_rights_step_request_id"), "rights_step", ["request_id"], unique=False
    )
    op.create_table(
        "released_copy",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("copy", sa.String(length=20), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=True),
        sa.Column("remains_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_institution_id", sa.BigInteger(), nullable=False),
        sa.Column("groups", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "pdf",
                "csv",
                "json",
                name="form",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_by_institution_id", sa.BigInteger(), nullable=False),
        sa.Column("recipient_institution_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(missing_person_id, remains_id) = 1",
            name=op.f("ck_released_copy_one_record"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_released_copy_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_institution_id"],
            ["institution.id"],
            name=op.f("fk_released_copy_made_by_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_released_copy_missing_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_institution_id"],
            ["institution.id"],
            name=op.f("fk_released_copy_owner_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_institution_id"],
            ["institution.id"],
            name=op.f("fk_released_copy_recipient_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_released_copy_remains_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_copy")),
        sa.UniqueConstraint(
            "copy",
            "missing_person_id",
            "remains_id",
            name=op.f("uq_released_copy_copy_missing_person_id_remains_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_released_copy_copy"), "released_copy", ["copy"], unique=False)
    op.create_index(
        op.f("ix_released_copy_made_at"), "released_copy", ["made_at"], unique=False
    )
    op.create_index(
        op.f("ix_released_copy_made_by_institution_id"),
        "released_copy",
        ["made_by_institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_released_copy_missing_person_id"),
        "released_copy",
        ["missing_person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_released_copy_owner_institution_id"),
        "released_copy",
        ["owner_institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_released_copy_recipient_institution_id"),
        "released_copy",
        ["recipient_institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_released_copy_remains_id"), "released_copy", ["remains_id"], unique=False
    )
    op.create_table(
        "signed_paper",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=False),
        sa.Column("relative_id", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "image/jpeg",
                "image/png",
                "image/webp",
                "application/pdf",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_signed_paper_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_signed_paper_missing_person_id"),
        ),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_paper")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_signed_paper_seal_id")),
        sa.UniqueConstraint(
            "missing_person_id", "sha256", name=op.f("uq_signed_paper_missing_person_id_sha256")
        ),
    )
    op.create_index(
        op.f("ix_signed_paper_missing_person_id"),
        "signed_paper",
        ["missing_person_id"],
        unique=False,
    )
    op.create_index(op.f("ix_signed_paper_sha256"), "signed_paper", ["sha256"], unique=False)
    op.create_table(
        "retention_notice",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "review",
                "reminder",
                "erased",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=True),
        sa.Column("remains_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_institution_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(missing_person_id, remains_id) = 1",
            name=op.f("ck_retention_notice_one_record"),
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_retention_notice_missing_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_institution_id"],
            ["institution.id"],
            name=op.f("fk_retention_notice_owner_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_retention_notice_remains_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_notice")),
        sa.UniqueConstraint(
            "missing_person_id",
            "remains_id",
            "stage",
            "due_on",
            name=op.f("uq_retention_notice_missing_person_id_remains_id_stage_due_on"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(
        op.f("ix_retention_notice_missing_person_id"),
        "retention_notice",
        ["missing_person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_retention_notice_owner_institution_id"),
        "retention_notice",
        ["owner_institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_retention_notice_reference"), "retention_notice", ["reference"], unique=False
    )
    op.create_index(
        op.f("ix_retention_notice_remains_id"), "retention_notice", ["remains_id"], unique=False
    )
    op.create_table(
        "retention_hold",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by", sa.BigInteger(), nullable=False),
        sa.Column("lift_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lift_asked_by", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.BigInteger(), nullable=True),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=True),
        sa.Column("remains_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_institution_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "lifted_by <> lift_asked_by", name=op.f("ck_retention_hold_lifted_by_another")
        ),
        sa.CheckConstraint(
            "lifted_by IS NULL OR lift_asked_by IS NOT NULL",
            name=op.f("ck_retention_hold_lifted_when_asked"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(missing_person_id, remains_id) = 1",
            name=op.f("ck_retention_hold_one_record"),
        ),
        sa.ForeignKeyConstraint(
            ["lift_asked_by"], ["account.id"], name=op.f("fk_retention_hold_lift_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by"], ["account.id"], name=op.f("fk_retention_hold_lifted_by")
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_retention_hold_missing_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_institution_id"],
            ["institution.id"],
            name=op.f("fk_retention_hold_owner_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["placed_by"], ["account.id"], name=op.f("fk_retention_hold_placed_by")
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"], ["remains.id"], name=op.f("fk_retention_hold_remains_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_hold")),
    )
    op.create_index(
        op.f("ix_retention_hold_missing_person_id"),
        "retention_hold",
        ["missing_person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_retention_hold_owner_institution_id"),
        "retention_hold",
        ["owner_institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_retention_hold_reference"), "retention_hold", ["reference"], unique=False
    )
    op.create_index(
        op.f("ix_retention_hold_remains_id"), "retention_hold", ["remains_id"], unique=False
    )
    op.create_table(
        "retention_round",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "done",
                "clock_doubted",
                "clock_confirmed",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("noted", sa.Integer(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["account.id"], name=op.f("fk_retention_round_confirmed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_round")),
    )
    op.create_index(op.f("ix_retention_round_at"), "retention_round", ["at"], unique=False)
