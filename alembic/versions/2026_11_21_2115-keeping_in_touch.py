"""keeping in touch with families

Why: a family was reached by one line of text, and nothing of what was said or promised to it
was kept. How to reach a relative, what was agreed, and what was said are rows that are added
and never changed. A code for a relative stands in a table of its own, which is all that the
door reads: no file is open there.
Loses data on the way down: yes, ways to reach families, what was promised, and their codes
Safe while the previous release is still running: yes
"""

# ruff: noqa: E501 - one statement per table, written by alembic from the models

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
DOOR = "(SELECT viewer_role()) = 'door'"
# Closed files too: a family whose file is restricted is still owed its calls.
OWN = "(SELECT viewer_answers_for())"
OWN_FILE = (
    "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = missing_person_id"
    f" AND whole.owner_institution_id = {OWN})"
)
READS = f"{KEEPER} OR ((SELECT viewer_is_sure()) AND {OWN_FILE})"
ADDS = f"{KEEPER} OR {OWN_FILE}"
CODE_OF_OWN = f"{KEEPER} OR {OWN_FILE}"
NEVER_CHANGED = (READS, ADDS, KEEPER, KEEPER)

# table: ((who reads a row, who adds one, who alters one, who removes one), rights)
TABLES = {
    # Emptied when the key of its case is destroyed; never changed otherwise.
    "contact_point": (
        NEVER_CHANGED,
        "SELECT, INSERT, UPDATE (value, whose, safe_hours, who_may_answer, do_not_say), DELETE",
    ),
    "contact_agreement": (NEVER_CHANGED, "SELECT, INSERT, UPDATE (security_concern), DELETE"),
    "contact_entry": (
        NEVER_CHANGED,
        "SELECT, INSERT, UPDATE (spoke_with, said, promised), DELETE",
    ),
    "status_code": (
        (f"{DOOR} OR {CODE_OF_OWN}", CODE_OF_OWN, CODE_OF_OWN, KEEPER),
        "SELECT, INSERT, UPDATE (next_contact_on, message_waits, revoked_at, revoked_by), DELETE",
    ),
    "public_line": (
        (
            f"{DOOR} OR {KEEPER} OR institution_id = {OWN}",
            f"institution_id = {OWN}",
            f"institution_id = {OWN}",
            "false",
        ),
        "SELECT, INSERT, UPDATE (line, hours, changed_at, changed_by)",
    ),
}


def upgrade() -> None:
    _make_tables()
    for table, ((reads, adds, alters, removes), rights) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        op.execute(
            f"CREATE POLICY alters ON {table} FOR UPDATE USING ({alters}) WITH CHECK ({alters})"
        )
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({removes})")
        op.execute(f"GRANT {rights} ON {table} TO {APP}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "public_line",
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_public_line_institution_id")
        ),
        sa.PrimaryKeyConstraint("institution_id", name=op.f("pk_public_line")),
    )
    op.create_table(
        "contact_agreement",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=False),
        sa.Column("relative_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "phone",
                "whatsapp",
                "email",
                "address",
                "social",
                "third_party",
                "in_person",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column("interval_days", sa.SmallInteger(), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("needs_interpreter", sa.Boolean(), nullable=False),
        sa.Column(
            "literacy",
            sa.Enum(
                "reads",
                "does_not_read",
                "not_asked",
                name="literacy",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("clock_of", sa.String(length=2), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("security_concern", sa.LargeBinary(), nullable=True),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "interval_days BETWEEN 1 AND 366",
            name=op.f("ck_contact_agreement_interval_is_kept"),
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_contact_agreement_missing_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["relative_id", "missing_person_id"],
            ["relative.id", "relative.missing_person_id"],
            name=op.f("fk_contact_agreement_relative_id_missing_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_agreement")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_contact_agreement_seal_id")),
    )
    op.create_index(
        op.f("ix_contact_agreement_missing_person_id"),
        "contact_agreement",
        ["missing_person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contact_agreement_relative_id"),
        "contact_agreement",
        ["relative_id"],
        unique=False,
    )
    op.create_table(
        "contact_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=False),
        sa.Column("relative_id", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "to_family",
                "from_family",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "phone",
                "whatsapp",
                "email",
                "address",
                "social",
                "third_party",
                "in_person",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "content_class",
            sa.Enum(
                "routine_update",
                "request_for_data",
                "candidate",
                "identification",
                "exclusion_of_rumour",
                "complaint",
                name="contentclass",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "spoke",
                "message_left",
                "no_answer",
                "somebody_else",
                "wrong_number",
                "not_safe",
                "wants_no_contact",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("promised_by", sa.Date(), nullable=True),
        sa.Column("keeps", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("spoke_with", sa.LargeBinary(), nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=True),
        sa.Column("promised", sa.LargeBinary(), nullable=True),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "content_class <> 'candidate'", name=op.f("ck_contact_entry_no_candidate_is_told")
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_contact_entry_missing_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["relative_id", "missing_person_id"],
            ["relative.id", "relative.missing_person_id"],
            name=op.f("fk_contact_entry_relative_id_missing_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_entry")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_contact_entry_seal_id")),
    )
    op.create_index(
        op.f("ix_contact_entry_missing_person_id"),
        "contact_entry",
        ["missing_person_id"],
        unique=False,
    )
    op.create_index(
        "ix_contact_entry_promised",
        "contact_entry",
        ["promised_by"],
        unique=False,
        postgresql_where=sa.text("promised_by IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_contact_entry_relative_id"), "contact_entry", ["relative_id"], unique=False
    )
    op.create_table(
        "contact_point",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=False),
        sa.Column("relative_id", sa.BigInteger(), nullable=False),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "phone",
                "whatsapp",
                "email",
                "address",
                "social",
                "third_party",
                "in_person",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "safe_to_call",
            sa.Enum(
                "yes",
                "no",
                "not_asked",
                name="safe",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "may_leave_message",
            sa.Enum(
                "yes",
                "no",
                "not_asked",
                name="safe",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("is_ended", sa.Boolean(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.Column("whose", sa.LargeBinary(), nullable=True),
        sa.Column("safe_hours", sa.LargeBinary(), nullable=True),
        sa.Column("who_may_answer", sa.LargeBinary(), nullable=True),
        sa.Column("do_not_say", sa.LargeBinary(), nullable=True),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_contact_point_missing_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["relative_id", "missing_person_id"],
            ["relative.id", "relative.missing_person_id"],
            name=op.f("fk_contact_point_relative_id_missing_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["contact_point.id"], name=op.f("fk_contact_point_replaces_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_contact_point_replaces_id")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_contact_point_seal_id")),
    )
    op.create_index(
        op.f("ix_contact_point_missing_person_id"),
        "contact_point",
        ["missing_person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contact_point_relative_id"), "contact_point", ["relative_id"], unique=False
    )
    op.create_table(
        "status_code",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=False),
        sa.Column("relative_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column(
            "language",
            sa.Enum(
                "es",
                "en",
                "pt",
                "fr",
                "ht",
                name="spoken",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("next_contact_on", sa.Date(), nullable=True),
        sa.Column("message_waits", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_status_code_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_status_code_missing_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["relative_id", "missing_person_id"],
            ["relative.id", "relative.missing_person_id"],
            name=op.f("fk_status_code_relative_id_missing_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_status_code_code_hash")),
    )
    op.create_index(
        op.f("ix_status_code_missing_person_id"),
        "status_code",
        ["missing_person_id"],
        unique=False,
    )
    op.create_index(
        "uq_status_code_live",
        "status_code",
        ["relative_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
