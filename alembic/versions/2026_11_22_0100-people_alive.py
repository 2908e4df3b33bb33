"""people alive

Why: people who cannot say who they are, or who stand on a list of a hospital, a place of
detention or a shelter, are records of their own: whom a family looks for may be alive. Only
their own institution sees them, and another forensic service, to identify, whom they agreed to
being searched for. Requests, retention and copies learn of a third kind of record.
Loses data on the way down: yes, every record of somebody alive
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0027"
branch_labels = None
depends_on = None

APP = "reunir_app"
ENGINE = "(SELECT viewer_engine())"
KEEPER = f"{ENGINE} = 'keeper'"
OWNS = "(SELECT viewer_owns())"
ROLE = "(SELECT viewer_role())"
PURPOSE = "(SELECT viewer_purpose())"
OWN = f"owner_institution_id = {OWNS} AND {PURPOSE} <> 'justice'"
# Their own yes, and nobody else's: what is done for somebody's life stays where they lie.
AGREED = (
    f"(SELECT viewer_works()) AND {PURPOSE} = 'identify' AND search_consent = 'granted'"
    f" AND {ROLE} IN ('forensic_examiner', 'forensic_coordinator')"
)
WRITERS = f"{ROLE} IN ('liaison_officer', 'forensic_coordinator')"
READS = f"({OWN}) OR ({AGREED}) OR {KEEPER}"
WRITES = f"{KEEPER} OR ({WRITERS} AND {OWN})"
# As 0010 says it of missing persons and of remains.
NOT_CLOSED = f"""
    (restricted_at IS NULL AND erased_at IS NULL)
    OR (erased_at IS NULL AND owner_institution_id = (SELECT viewer_answers_for()))
    OR {KEEPER}
"""
# The file itself comes first: what its own rules hide has no parts either.
WHOLE = "EXISTS (SELECT FROM living_person AS whole WHERE whole.id = case_id AND ({}))"
PART = WHOLE.format("true")
OF_OWN = WHOLE.format(f"whole.{OWN}")
NAMED = f"({KEEPER} OR (SELECT viewer_is_sure())) AND {PART}"
# Where somebody is, and why nobody could ask them: never another institution's to read.
KEPT = f"{KEEPER} OR ((SELECT viewer_is_sure()) AND {OF_OWN})"
WRITES_PART = f"({KEEPER} AND {PART}) OR ({WRITERS} AND {OF_OWN})"
ACCOUNT = "(SELECT viewer_account())"
SAYS = f"({KEEPER} AND {PART}) OR ({WRITERS} AND entered_by = {ACCOUNT} AND {OF_OWN})"
DECIDES = f"({KEEPER} AND {PART}) OR ({WRITERS} AND decided_by = {ACCOUNT} AND {OF_OWN})"
GOES_ON = f"{KEEPER} OR (finished_at IS NULL AND entered_by = {ACCOUNT})"
# table: (who reads, who adds, who alters what, who removes, what the application may do at all)
TABLES = {
    "living_person": (READS, WRITES, WRITES, "false", "SELECT, INSERT, UPDATE"),
    "living_person_name": (
        NAMED,
        WRITES_PART,
        WRITES_PART,
        WRITES_PART,
        "SELECT, INSERT, UPDATE, DELETE",
    ),
    "living_person_mark": (
        PART,
        WRITES_PART,
        WRITES_PART,
        WRITES_PART,
        "SELECT, INSERT, UPDATE, DELETE",
    ),
    "living_person_article": (
        PART,
        WRITES_PART,
        WRITES_PART,
        WRITES_PART,
        "SELECT, INSERT, UPDATE, DELETE",
    ),
    "living_person_version": (
        KEPT,
        WRITES_PART,
        KEEPER,
        KEEPER,
        # Emptied when the key of its case is destroyed; never changed otherwise.
        "SELECT, INSERT, UPDATE (content), DELETE",
    ),
    "living_person_statement": (
        PART,
        SAYS,
        GOES_ON,
        KEEPER,
        "SELECT, INSERT, UPDATE, DELETE",
    ),
    # Added to and never changed; gone with the record.
    "living_person_decision": (
        KEPT,
        DECIDES,
        KEEPER,
        KEEPER,
        "SELECT, INSERT, UPDATE (reason), DELETE",
    ),
}
# What hangs on one record of any kind: table → the rest of its key, what it was called.
OF_LIVING = "living_person_id IS NOT NULL"
OF_ONE_RECORD = ("rights_request", "retention_hold", "retention_notice", "released_copy")
KEYS = {
    "retention_notice": (
        "uq_retention_notice_record_stage_due_on",
        "uq_retention_notice_missing_person_id_remains_id_stage_due_on",
        ("missing_person_id", "remains_id", "{}", "stage", "due_on"),
    ),
    "released_copy": (
        "uq_released_copy_copy_record",
        "uq_released_copy_copy_missing_person_id_remains_id",
        ("copy", "missing_person_id", "remains_id", "{}"),
    ),
}


def upgrade() -> None:
    _make_record()
    _make_parts()
    for table, (reads, adds, alters, removes, rights) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        # A statement is altered while it is open, and finished by being altered.
        after = SAYS if alters is GOES_ON else alters
        op.execute(
            f"CREATE POLICY alters ON {table} FOR UPDATE USING ({alters}) WITH CHECK ({after})"
        )
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({removes})")
        op.execute(f"GRANT {rights} ON {table} TO {APP}")
    op.execute(
        "CREATE POLICY not_closed ON living_person AS RESTRICTIVE FOR SELECT"
        f" USING ({NOT_CLOSED})"
    )
    # Whoever may see the case may fetch its wrapped key, which opens nothing by itself.
    op.execute(
        "CREATE POLICY reads_of_living ON data_key FOR SELECT USING (EXISTS"
        " (SELECT FROM living_person AS whole WHERE whole.seal_id = case_seal_id))"
    )
    for table in OF_ONE_RECORD:
        _add_kind(table)


def downgrade() -> None:
    op.execute("DROP POLICY reads_of_living ON data_key")
    for table in OF_ONE_RECORD:
        _take_kind_away(table)
    for table in reversed(TABLES):
        op.drop_table(table)


def _add_kind(table: str) -> None:
    """Let a row be about somebody alive, and about nobody else then."""
    op.add_column(table, sa.Column("living_person_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f(f"fk_{table}_living_person_id"),
        table,
        "living_person",
        ["living_person_id"],
        ["id"],
    )
    op.create_index(op.f(f"ix_{table}_living_person_id"), table, ["living_person_id"])
    _check(table, "missing_person_id, remains_id, living_person_id")
    if table in KEYS:
        name, before, columns = KEYS[table]
        op.drop_constraint(op.f(before), table, type_="unique")
        op.create_unique_constraint(
            name,
            table,
            [each.format("living_person_id") for each in columns],
            postgresql_nulls_not_distinct=True,
        )


def _take_kind_away(table: str) -> None:
    if table == "rights_request":
        _empty("rights_step", f"request_id IN (SELECT id FROM {table} WHERE {OF_LIVING})")  # noqa: S608 - ours
    _empty(table, OF_LIVING)
    _check(table, "missing_person_id, remains_id")
    if table in KEYS:
        name, before, columns = KEYS[table]
        op.drop_constraint(name, table, type_="unique")
        op.create_unique_constraint(
            op.f(before),
            table,
            [each for each in columns if each != "{}"],
            postgresql_nulls_not_distinct=True,
        )
    op.drop_column(table, "living_person_id")


def _empty(table: str, which: str) -> None:
    op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM {table} WHERE {which}")  # noqa: S608 - ours
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _check(table: str, numbers: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_one_record"), table, type_="check")
    op.create_check_constraint(
        op.f(f"ck_{table}_one_record"), table, f"num_nonnulls({numbers}) = 1"
    )


def _make_record() -> None:
    op.create_table(
        "living_person",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column(
            "living_status",
            sa.Enum(
                "open",
                "known",
                "left",
                "died",
                "withdrawn",
                name="livingstatus",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "where_seen",
            sa.Enum(
                "hospital",
                "detention",
                "shelter",
                "child_protection",
                "rescued",
                "street",
                "elsewhere",
                "unknown",
                name="whereseen",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("found_from", sa.Date(), nullable=True),
        sa.Column("found_to", sa.Date(), nullable=True),
        sa.Column(
            "communication",
            sa.Enum(
                "says_who",
                "in_unknown_language",
                "confused",
                "too_young",
                "cannot_speak",
                "unconscious",
                "does_not_want",
                "unknown",
                name="communication",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "sex",
            sa.Enum(
                "female",
                "male",
                "intersex",
                "unknown",
                name="sex",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "stature_basis",
            sa.Enum(
                "document",
                "measured",
                "family",
                "self",
                "unknown",
                name="staturebasis",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("birth_from", sa.Date(), nullable=True),
        sa.Column("birth_to", sa.Date(), nullable=True),
        sa.Column("host", sa.LargeBinary(), nullable=True),
        sa.Column("whereabouts", sa.LargeBinary(), nullable=True),
        sa.Column("list_name", sa.LargeBinary(), nullable=True),
        sa.Column("list_number", sa.LargeBinary(), nullable=True),
        sa.Column("mother_name", sa.LargeBinary(), nullable=True),
        sa.Column("father_name", sa.LargeBinary(), nullable=True),
        sa.Column("birth_place", sa.LargeBinary(), nullable=True),
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("owner_country", sa.String(length=2), nullable=False),
        sa.Column(
            "originality",
            sa.Enum(
                "original",
                "copy",
                name="originality",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("origin_record_id", sa.Text(), nullable=True),
        sa.Column("origin_source_name", sa.String(length=200), nullable=True),
        sa.Column("source_date", sa.Date(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_version", sa.String(length=20), nullable=False),
        sa.Column("dataset_version", sa.String(length=20), nullable=False),
        sa.Column("review_due_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column(
            "search_consent",
            sa.Enum(
                "granted",
                "refused",
                "not_asked",
                "public_interest",
                "vital_interest",
                name="searchconsent",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("import_run_id", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("owner_institution_id", sa.BigInteger(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("age_min", sa.Double(), nullable=True),
        sa.Column("age_max", sa.Double(), nullable=True),
        sa.Column("stature_cm_min", sa.Double(), nullable=True),
        sa.Column("stature_cm_max", sa.Double(), nullable=True),
        sa.Column("weight_kg_min", sa.Double(), nullable=True),
        sa.Column("weight_kg_max", sa.Double(), nullable=True),
        sa.Column(
            "hair",
            sa.Enum(
                "black",
                "dark_brown",
                "brown",
                "light_brown",
                "blond",
                "sandy",
                "red",
                "grey",
                "white",
                "bald",
                "dyed",
                "other",
                name="haircolour",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column(
            "eyes",
            sa.Enum(
                "black",
                "dark_brown",
                "brown",
                "light_brown",
                "hazel",
                "green",
                "blue",
                "grey",
                "two_colours",
                "other",
                name="eyecolour",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column(
            "build",
            sa.Enum(
                "very_thin",
                "slim",
                "medium",
                "muscular",
                "heavy",
                "very_heavy",
                name="build",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column(
            "handedness",
            sa.Enum(
                "right",
                "left",
                "both",
                name="handedness",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column(
            "blood_group",
            sa.Enum(
                "o",
                "o_positive",
                "o_negative",
                "a",
                "a_positive",
                "a_negative",
                "b",
                "b_positive",
                "b_negative",
                "ab",
                "ab_positive",
                "ab_negative",
                name="bloodgroup",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column("nationalities", postgresql.ARRAY(sa.String(length=10)), nullable=False),
        sa.Column(
            "marks_answer",
            sa.Enum(
                "recorded",
                "not_recorded",
                "unknown",
                "refused",
                "absent",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "clothing_answer",
            sa.Enum(
                "recorded",
                "not_recorded",
                "unknown",
                "refused",
                "absent",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "belongings_answer",
            sa.Enum(
                "recorded",
                "not_recorded",
                "unknown",
                "refused",
                "absent",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=False),
        sa.Column("group_key", sa.Text(), nullable=False),
        sa.Column("incident_key", sa.Text(), nullable=False),
        sa.Column("carried", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("age_max >= age_min", name=op.f("ck_living_person_age_in_order")),
        sa.CheckConstraint(
            "birth_to >= birth_from", name=op.f("ck_living_person_birth_in_order")
        ),
        sa.CheckConstraint(
            "found_to >= found_from", name=op.f("ck_living_person_found_in_order")
        ),
        sa.CheckConstraint(
            "stature_cm_max >= stature_cm_min",
            name=op.f("ck_living_person_stature_cm_in_order"),
        ),
        sa.CheckConstraint(
            "weight_kg_max >= weight_kg_min", name=op.f("ck_living_person_weight_kg_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["owner_institution_id"],
            ["institution.id"],
            name=op.f("fk_living_person_owner_institution_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living_person")),
        sa.UniqueConstraint(
            "owner_institution_id",
            "origin_source_name",
            "origin_record_id",
            name="uq_living_person_origin",
        ),
        sa.UniqueConstraint("record_id", name=op.f("uq_living_person_record_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_living_person_reference")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_living_person_seal_id")),
    )
    op.create_index(
        op.f("ix_living_person_changed_at"), "living_person", ["changed_at"], unique=False
    )
    op.create_index(
        op.f("ix_living_person_country"), "living_person", ["country"], unique=False
    )
    op.create_index(
        op.f("ix_living_person_entered_at"), "living_person", ["entered_at"], unique=False
    )
    op.create_index(
        op.f("ix_living_person_found_from"), "living_person", ["found_from"], unique=False
    )
    op.create_index(
        op.f("ix_living_person_group_key"), "living_person", ["group_key"], unique=False
    )
    op.create_index(
        op.f("ix_living_person_incident_key"), "living_person", ["incident_key"], unique=False
    )
    op.create_index(
        op.f("ix_living_person_invented"), "living_person", ["invented"], unique=False
    )
    op.create_index(
        op.f("ix_living_person_living_status"), "living_person", ["living_status"], unique=False
    )
    op.create_index(
        op.f("ix_living_person_origin_record_id"),
        "living_person",
        ["origin_record_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_living_person_owner_country"), "living_person", ["owner_country"], unique=False
    )
    op.create_index(
        op.f("ix_living_person_owner_institution_id"),
        "living_person",
        ["owner_institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_living_person_search_consent"),
        "living_person",
        ["search_consent"],
        unique=False,
    )
    op.create_index(op.f("ix_living_person_sex"), "living_person", ["sex"], unique=False)


def _make_parts() -> None:
    op.create_table(
        "living_person_article",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("worn", sa.Boolean(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "shirt",
                "t_shirt",
                "polo_shirt",
                "blouse",
                "tank_top",
                "sweater",
                "sweatshirt",
                "jacket",
                "coat",
                "vest",
                "suit",
                "dress",
                "skirt",
                "trousers",
                "jeans",
                "shorts",
                "sweatpants",
                "leggings",
                "uniform",
                "pyjamas",
                "swimwear",
                "rainwear",
                "life_jacket",
                "underpants",
                "undershirt",
                "bra",
                "socks",
                "tights",
                "belt",
                "shoes",
                "sneakers",
                "boots",
                "sandals",
                "slippers",
                "cap",
                "hat",
                "scarf",
                "bandana",
                "gloves",
                "tie",
                "glasses",
                "sunglasses",
                "contact_lenses",
                "watch",
                "ring",
                "wedding_ring",
                "chain",
                "necklace",
                "pendant",
                "bracelet",
                "earring",
                "rosary",
                "religious_image",
                "amulet",
                "backpack",
                "bag",
                "handbag",
                "wallet",
                "phone",
                "sim_card",
                "document",
                "paper_note",
                "photograph",
                "book",
                "money",
                "keys",
                "medicine",
                "water_bottle",
                "food",
                "blanket",
                "knife",
                "lighter",
                "cosmetics",
                "toy",
                "other",
                name="articleitem",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "colour",
            sa.Enum(
                "black",
                "white",
                "grey",
                "brown",
                "beige",
                "red",
                "dark_red",
                "pink",
                "orange",
                "yellow",
                "green",
                "dark_green",
                "turquoise",
                "blue",
                "dark_blue",
                "light_blue",
                "purple",
                "gold",
                "silver",
                "camouflage",
                "several",
                "transparent",
                "other",
                name="colour",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["living_person.id"],
            name=op.f("fk_living_person_article_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living_person_article")),
    )
    op.create_index(
        op.f("ix_living_person_article_case_id"),
        "living_person_article",
        ["case_id"],
        unique=False,
    )
    op.create_table(
        "living_person_decision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "granted",
                "refused",
                "not_asked",
                "public_interest",
                "vital_interest",
                name="searchconsent",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["living_person.id"],
            name=op.f("fk_living_person_decision_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living_person_decision")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_living_person_decision_seal_id")),
    )
    op.create_index(
        op.f("ix_living_person_decision_case_id"),
        "living_person_decision",
        ["case_id"],
        unique=False,
    )
    op.create_table(
        "living_person_mark",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "tattoo",
                "scar",
                "surgical_scar",
                "mole",
                "birthmark",
                "piercing",
                "amputation",
                "deformity",
                "old_fracture",
                "burn",
                "missing_tooth_visible",
                "circumcision",
                "prosthesis",
                "nails",
                "skin_condition",
                "other",
                name="marktype",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "site",
            sa.Enum(
                "head",
                "scalp",
                "face",
                "forehead",
                "temple",
                "eyebrow",
                "eyelid",
                "eye",
                "ear",
                "earlobe",
                "nose",
                "nostril",
                "cheek",
                "lip",
                "mouth",
                "tongue",
                "tooth",
                "chin",
                "jaw",
                "neck",
                "nape",
                "throat",
                "collarbone",
                "shoulder",
                "shoulder_blade",
                "armpit",
                "arm",
                "upper_arm",
                "elbow",
                "forearm",
                "wrist",
                "hand",
                "palm",
                "thumb",
                "index_finger",
                "middle_finger",
                "ring_finger",
                "little_finger",
                "finger",
                "fingernail",
                "chest",
                "breast",
                "ribs",
                "abdomen",
                "navel",
                "side",
                "upper_back",
                "lower_back",
                "back",
                "hip",
                "buttock",
                "groin",
                "genitals",
                "leg",
                "thigh",
                "knee",
                "shin",
                "calf",
                "ankle",
                "foot",
                "heel",
                "sole",
                "big_toe",
                "toe",
                "toenail",
                "whole_body",
                name="bodysite",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column(
            "side",
            sa.Enum(
                "left",
                "right",
                "middle",
                "both",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["living_person.id"],
            name=op.f("fk_living_person_mark_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living_person_mark")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_living_person_mark_seal_id")),
    )
    op.create_index(
        op.f("ix_living_person_mark_case_id"), "living_person_mark", ["case_id"], unique=False
    )
    op.create_table(
        "living_person_name",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "legal",
                "used",
                "nickname",
                "travelling",
                "other",
                name="namekind",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("given_names", sa.LargeBinary(), nullable=True),
        sa.Column("surname_1", sa.LargeBinary(), nullable=True),
        sa.Column("surname_2", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["living_person.id"],
            name=op.f("fk_living_person_name_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living_person_name")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_living_person_name_seal_id")),
    )
    op.create_index(
        op.f("ix_living_person_name_case_id"), "living_person_name", ["case_id"], unique=False
    )
    op.create_table(
        "living_person_statement",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("said_by", sa.LargeBinary(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column(
            "method",
            sa.Enum(
                "interview",
                "document",
                "examination",
                "laboratory",
                "import",
                "correction",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_version", sa.String(length=20), nullable=False),
        sa.Column("circumstance", sa.LargeBinary(), nullable=True),
        sa.Column("identity", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("dna", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["living_person.id"],
            name=op.f("fk_living_person_statement_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living_person_statement")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_living_person_statement_seal_id")),
    )
    op.create_index(
        op.f("ix_living_person_statement_case_id"),
        "living_person_statement",
        ["case_id"],
        unique=False,
    )
    op.create_table(
        "living_person_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("import_run_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["living_person.id"],
            name=op.f("fk_living_person_version_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living_person_version")),
        sa.UniqueConstraint(
            "case_id", "version", name=op.f("uq_living_person_version_case_id_version")
        ),
        sa.UniqueConstraint("seal_id", name=op.f("uq_living_person_version_seal_id")),
    )
    op.create_index(
        op.f("ix_living_person_version_case_id"),
        "living_person_version",
        ["case_id"],
        unique=False,
    )
