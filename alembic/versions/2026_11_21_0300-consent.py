"""the ledger of consents

Why: what a family agreed to decides who sees what, in the database too. The ledger takes
new entries only; the summary on the file is computed from it, whoever writes the file. The
policies on people and their parts now ask the ledger: one row, one group, one recipient.
Loses data on the way down: yes, the ledger, relatives, requests and notices
Safe while the previous release is still running: no, it would take every file for unasked
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APP = "reunir_app"
RECIPIENT = (
    r"^(forensic(:[A-Z]{2})?|institution:[1-9][0-9]{0,17}|consulate:[A-Z]{2}"
    r"|laboratory:[a-z0-9][a-z0-9.-]{0,60}|node:[a-z0-9][a-z0-9.-]{0,60})$"
)

READ_BESIDE = [
    *("valid_from", "expires", "owner_institution_id", "protected", "decision"),
    "closed_to",
]

ROLE = "(SELECT viewer_role())"
PURPOSE = "(SELECT viewer_purpose())"
COUNTRY = "(SELECT viewer_country())"
INSTITUTION = "(SELECT viewer_institution())"
# PostgreSQL reads `= ANY (SELECT …)` as a set of rows; the cast makes it one array.
REACHED = "ANY ((SELECT viewer_recipients())::text[])"
# What the same giver refused afterwards to somebody whom the viewer is one of.
REFUSED = "closed_to && (SELECT viewer_recipients())::text[]"

# Whoever is here for a purpose that is none of their duty's reads no case.
WORKS = "(SELECT viewer_works())"
SURE = "(SELECT viewer_is_sure())"
STEPPED_UP = "(SELECT viewer_stepped_up())"
FORENSIC = f"({WORKS} AND {ROLE} IN ('forensic_examiner', 'forensic_coordinator'))"
MATCHER = f"({ROLE} = 'engine' AND {PURPOSE} = 'search')"
KEEPER = f"({ROLE} = 'engine' AND {PURPOSE} = 'keep')"
CONSULAR = f"({WORKS} AND {ROLE} = 'consular_officer')"
DATA_PROTECTION = f"{ROLE} = 'data_protection_officer'"
CASE_ROLES = (
    f"({WORKS} AND {ROLE} IN ('liaison_officer', 'forensic_examiner', 'forensic_coordinator'))"
)
# Those who answer for a file of their institution: they talk with the family.
ANSWER_FOR_IT = f"({WORKS} AND {ROLE} IN ('liaison_officer', 'forensic_coordinator'))"
OWN = f"owner_institution_id = {INSTITUTION}"
SEARCHED_REMAINS = "search_consent IN ('granted', 'public_interest')"
SEARCHED_PERSON = f"{SEARCHED_REMAINS} AND search_until > now()"
LIVE = (
    "decision = 'granted' AND withdrawn_at IS NULL AND valid_from <= now() AND expires > now()"
)
LOOKS_FOR = "('search', 'identify')"


def granted(category: str, purposes: str, case: str = "missing_person.id") -> str:
    """Say in SQL that a live grant of `category` reaches the viewer."""
    return (
        f"EXISTS (SELECT FROM consent AS given WHERE given.missing_person_id = {case}"
        f" AND given.data_category = '{category}' AND given.purpose IN {purposes}"
        f" AND given.recipient = {REACHED} AND NOT (given.{REFUSED})"
        " AND given.decision = 'granted' AND given.withdrawn_at IS NULL"
        " AND given.valid_from <= now() AND given.expires > now())"
    )


def to_consulate(category: str) -> str:
    """Give the same for a consulate, which needs the grant for its very purpose."""
    return granted(category, f"({PURPOSE})")


SEES_MISSING = f"""
    {KEEPER}
    OR ({MATCHER} AND {SEARCHED_PERSON})
    OR ({CASE_ROLES} AND {OWN})
    OR ({FORENSIC} AND {granted("circumstances", LOOKS_FOR)})
    OR ({CONSULAR} AND NOT protected
        AND {COUNTRY} = ANY (nationalities) AND {to_consulate("circumstances")})
"""
SEES_REMAINS = f"""
    {KEEPER}
    OR ({MATCHER} AND {SEARCHED_REMAINS})
    OR ({FORENSIC} AND ({OWN} OR {SEARCHED_REMAINS}))
"""
SEES_REMAINS_VERSION = f"""
    EXISTS (SELECT FROM remains AS whole WHERE whole.id = case_id AND (
        {KEEPER}
        OR ({FORENSIC} AND {SURE} AND (whole.{OWN} OR {PURPOSE} = 'identify'))
    ))
"""
# A name asks for a second factor; the name of a protected person, to have shown oneself anew.
NAMED = f"{SURE} AND (NOT whole.protected OR {STEPPED_UP})"


def part_of_missing(category: str, *, engine: bool = False, also: str = "true") -> str:
    """Open a part of a file to whom its group is open; the file itself comes first."""
    case = "whole.id"
    return f"""
    EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id AND (
        {KEEPER}
        OR ({MATCHER} AND {"true" if engine else "false"})
        OR ({also} AND (
            ({CASE_ROLES} AND whole.{OWN})
            OR ({FORENSIC} AND {granted(category, LOOKS_FOR, case)})
            OR ({CONSULAR} AND {granted(category, f"({PURPOSE})", case)})
        ))
    ))
    """


PARTS = {
    "missing_person_name": part_of_missing("identity", also=NAMED),
    "missing_person_version": part_of_missing("identity", also=NAMED),
    "missing_person_mark": part_of_missing("antemortem", engine=True),
    "missing_person_article": part_of_missing("circumstances", engine=True),
}
# Each side is asked under its own policies: what the viewer may not read is not in there.
SEES_PAIRING = f"""
    {MATCHER} OR ({FORENSIC}
        AND missing_person_id IN (SELECT id FROM missing_person WHERE {SEARCHED_PERSON})
        AND remains_id IN (SELECT id FROM remains WHERE {SEARCHED_REMAINS}))
"""  # noqa: S608 - ours

WHOLE = "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = missing_person_id AND"
# A giver's contact opens by that giver's own grant, never by another's.
OWN_CONTACT_GRANT = (
    "EXISTS (SELECT FROM consent AS given WHERE given.giver_id = relative.id"
    " AND given.data_category = 'contact' AND given.purpose = 'notify'"
    f" AND given.recipient = {REACHED} AND NOT (given.{REFUSED})"
    " AND given.decision = 'granted'"
    " AND given.withdrawn_at IS NULL AND given.valid_from <= now() AND given.expires > now())"
)
MAY_NOTIFY = f"{ROLE} IN ('forensic_coordinator', 'consular_officer') AND {PURPOSE} = 'notify'"
SEES_RELATIVE = f"""
    {WHOLE} ({KEEPER} OR ({SURE} AND (({CASE_ROLES} AND whole.{OWN})
             OR ({MAY_NOTIFY} AND {OWN_CONTACT_GRANT})))))
"""
OWN_FILE = f"{WHOLE} ({KEEPER} OR ({ANSWER_FOR_IT} AND whole.{OWN})))"

SEES_CONSENT = f"""
    {KEEPER}
    OR ({MATCHER} AND purpose IN {LOOKS_FOR})
    OR {DATA_PROTECTION}
    OR ({CASE_ROLES} AND {OWN})
    OR ({FORENSIC} AND decision = 'granted' AND recipient = {REACHED} AND NOT ({REFUSED}))
    OR ({CONSULAR} AND decision = 'granted' AND recipient = {REACHED} AND NOT ({REFUSED})
        AND NOT protected)
"""
KEEPS_CONSENT = f"{KEEPER} OR ({ANSWER_FOR_IT} AND {OWN})"

SEES_NOTICE = f"""
    {KEEPER} OR {DATA_PROTECTION} OR (({CASE_ROLES} OR {CONSULAR})
        AND {INSTITUTION} IN (institution_id, sender_institution_id))
"""
SENDS_NOTICE = f"{KEEPER} OR ({ANSWER_FOR_IT} AND sender_institution_id = {INSTITUTION})"
TICKS_NOTICE = f"{KEEPER} OR ({CASE_ROLES} OR {CONSULAR}) AND institution_id = {INSTITUTION}"

# table: (reads, adds, alters, what the application may do at all)
NEW = {
    "relative": (SEES_RELATIVE, OWN_FILE, OWN_FILE, "SELECT, INSERT, UPDATE"),
    "consent": (
        SEES_CONSENT,
        KEEPS_CONSENT,
        KEEPS_CONSENT,
        "SELECT, INSERT, UPDATE (withdrawn_at, closed_to)",
    ),
    "protection_request": (
        f"{DATA_PROTECTION} OR {OWN_FILE}",
        f"state = 'requested' AND {OWN_FILE}",
        DATA_PROTECTION,
        "SELECT, INSERT, UPDATE (state, decided_at, decided_by, reason)",
    ),
    "notice": (
        SEES_NOTICE,
        SENDS_NOTICE,
        TICKS_NOTICE,
        "SELECT, INSERT, UPDATE (read_at, read_by)",
    ),
}

# table: the policy that reads it, from here on
REPLACED = {
    "missing_person": SEES_MISSING,
    "remains": SEES_REMAINS,
    "remains_version": SEES_REMAINS_VERSION,
    "pairing": SEES_PAIRING,
    **PARTS,
}

RECIPIENTS = """
    CREATE FUNCTION viewer_recipients() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT string_to_array(coalesce(current_setting('reunir.recipients', true), ''), ',')
    $$
"""

# The duties and their purposes, as `privacy.permissions.PURPOSES` lists them.
VIEWER_WORKS = """
    CREATE FUNCTION viewer_works() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT (viewer_role(), viewer_purpose()) IN (
            ('liaison_officer', 'search'), ('liaison_officer', 'notify'),
            ('forensic_examiner', 'search'), ('forensic_examiner', 'identify'),
            ('forensic_coordinator', 'search'), ('forensic_coordinator', 'identify'),
            ('forensic_coordinator', 'notify'), ('forensic_coordinator', 'justice'),
            ('consular_officer', 'search'), ('consular_officer', 'notify')
        )
    $$
"""
VIEWER_IS_SURE = """
    CREATE FUNCTION viewer_is_sure() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT coalesce(current_setting('reunir.second_factor', true), '') = 'yes'
    $$
"""
VIEWER_STEPPED_UP = """
    CREATE FUNCTION viewer_stepped_up() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT coalesce(current_setting('reunir.stepped_up', true), '') = 'yes'
    $$
"""
SUMMARY = """
    CREATE FUNCTION sum_up_consents() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        by_giver boolean;
    BEGIN
        NEW.search_consent := 'not_asked';
        NEW.search_until := NULL;
        IF TG_OP = 'INSERT' THEN
            RETURN NEW;
        END IF;
        SELECT max(expires), bool_or(giver_id IS NOT NULL) INTO NEW.search_until, by_giver
        FROM consent
        WHERE missing_person_id = NEW.id AND purpose = 'search'
          AND data_category IN ('circumstances', 'antemortem')
          AND decision = 'granted' AND withdrawn_at IS NULL
          AND valid_from <= now() AND expires > now();
        IF NEW.search_until IS NOT NULL THEN
            NEW.search_consent :=
                CASE WHEN by_giver THEN 'granted' ELSE 'public_interest' END;
        ELSIF EXISTS (
            SELECT FROM consent
            WHERE missing_person_id = NEW.id AND purpose = 'search'
              AND data_category IN ('circumstances', 'antemortem')
              AND decision IN ('refused', 'withdrawn')
        ) THEN
            NEW.search_consent := 'refused';
        END IF;
        RETURN NEW;
    END $$
"""
SUM_UP_ADDED = """
    CREATE FUNCTION sum_up_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE missing_person SET search_until = NULL
        WHERE id IN (SELECT missing_person_id FROM added
                     WHERE purpose = 'search'
                       AND data_category IN ('circumstances', 'antemortem'));
        RETURN NULL;
    END $$
"""
SUM_UP_WITHDRAWN = """
    CREATE FUNCTION sum_up_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE missing_person SET search_until = NULL WHERE id = NEW.missing_person_id;
        RETURN NULL;
    END $$
"""
# A no closes what the same giver had granted before, as far as both reach: a viewer whom the
# grant and the refusal name, in whatever words, is not reached by it any more.
CLOSE_REFUSED = """
    CREATE FUNCTION close_what_is_refused() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE consent SET closed_to = consent.closed_to || told.recipients
        FROM (SELECT missing_person_id, giver_id, data_category, purpose, min(id) AS first,
                     array_agg(DISTINCT recipient::text) AS recipients
              FROM added WHERE decision = 'refused'
              GROUP BY missing_person_id, giver_id, data_category, purpose) AS told
        WHERE consent.missing_person_id = told.missing_person_id
          AND consent.giver_id IS NOT DISTINCT FROM told.giver_id
          AND consent.data_category = told.data_category
          AND consent.purpose = told.purpose
          AND consent.decision = 'granted' AND consent.withdrawn_at IS NULL
          AND consent.id < told.first;
        RETURN NULL;
    END $$
"""
GUARD_CLOSING = """
    CREATE FUNCTION guard_closing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT NEW.closed_to @> OLD.closed_to THEN
            RAISE EXCEPTION 'what was refused is opened by a new consent only'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
"""
GUARD_WITHDRAWAL = """
    CREATE FUNCTION guard_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.withdrawn_at IS NOT NULL
           OR NOT EXISTS (SELECT FROM consent AS entry
                          WHERE entry.ends_id = OLD.id AND entry.decision = 'withdrawn') THEN
            RAISE EXCEPTION 'a consent ends once, by an entry of its own'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
"""
GUARD_PROTECTION = """
    CREATE FUNCTION guard_protection() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT NEW.protected AND (TG_OP = 'INSERT' OR OLD.protected)
           AND NOT (viewer_role() = 'engine' AND viewer_purpose() = 'keep') THEN
            RAISE EXCEPTION 'a protection is lifted by an approved request only'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
"""
# The officer who approves cannot open the file; the database lifts the protection for them,
# in the keeper's name and only on the way from "requested" to "approved".
LIFT_PROTECTION = """
    CREATE FUNCTION lift_protection() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        asks text := viewer_role();
        asks_for text := viewer_purpose();
    BEGIN
        PERFORM set_config('reunir.role', 'engine', true),
                set_config('reunir.purpose', 'keep', true);
        UPDATE missing_person SET protected = false WHERE id = NEW.missing_person_id;
        PERFORM set_config('reunir.role', asks, true),
                set_config('reunir.purpose', asks_for, true);
        RETURN NULL;
    END $$
"""
# All that an institution learns of a proposal on its own remains when the other side is closed
# to it. Asked as the engine, for a hidden row cannot be counted by whom it is hidden from;
# what the viewer reads in full is left out. Bands: the verbal scale of ENFSI's guideline for
# evaluative reporting (2015), its upper and lower steps joined.
BLINDED = f"""
    CREATE FUNCTION blinded_pairings()
    RETURNS TABLE (pairing_id bigint, side text, case_id bigint, band text,
                   other_institution_id bigint)
    LANGUAGE plpgsql AS $$
    DECLARE
        asks text := viewer_role();
        asks_for text := viewer_purpose();
    BEGIN
        IF NOT {FORENSIC} THEN
            RETURN;
        END IF;
        PERFORM set_config('reunir.role', 'engine', true),
                set_config('reunir.purpose', 'search', true);
        RETURN QUERY
            SELECT pairing.id, 'remains', found.id,
                   CASE WHEN pairing.log10_lr >= 4 THEN 'strong'
                        WHEN pairing.log10_lr >= 2 THEN 'moderate' ELSE 'weak' END,
                   missing_person.owner_institution_id
            FROM missing_person
            JOIN pairing ON pairing.missing_person_id = missing_person.id
            JOIN remains AS found ON found.id = pairing.remains_id
            WHERE pairing.state = 'proposed'
              AND found.owner_institution_id = {INSTITUTION}
              AND missing_person.owner_institution_id <> {INSTITUTION}
              AND (asks_for = 'justice' OR NOT {granted("circumstances", LOOKS_FOR)});
        PERFORM set_config('reunir.role', asks, true),
                set_config('reunir.purpose', asks_for, true);
    END $$
"""  # noqa: S608 - ours
FUNCTIONS = {
    "viewer_recipients": RECIPIENTS,
    "viewer_works": VIEWER_WORKS,
    "viewer_is_sure": VIEWER_IS_SURE,
    "viewer_stepped_up": VIEWER_STEPPED_UP,
    "sum_up_consents": SUMMARY,
    "sum_up_added": SUM_UP_ADDED,
    "sum_up_withdrawn": SUM_UP_WITHDRAWN,
    "close_what_is_refused": CLOSE_REFUSED,
    "guard_closing": GUARD_CLOSING,
    "guard_withdrawal": GUARD_WITHDRAWAL,
    "guard_protection": GUARD_PROTECTION,
    "lift_protection": LIFT_PROTECTION,
    "blinded_pairings": BLINDED,
}
IS_SUMMED_UP = "NEW.purpose = 'search' AND NEW.data_category IN ('circumstances', 'antemortem')"
APPROVES = "OLD.state = 'requested' AND NEW.state = 'approved'"
WITH_WHAT_CAME_IN = "REFERENCING NEW TABLE AS added FOR EACH STATEMENT"
TRIGGERS = {
    "sums_up": (
        "missing_person",
        "BEFORE INSERT OR UPDATE OF search_consent, search_until",
        "FOR EACH ROW EXECUTE FUNCTION sum_up_consents()",
    ),
    "guards_protection": (
        "missing_person",
        "BEFORE INSERT OR UPDATE OF protected",
        "FOR EACH ROW EXECUTE FUNCTION guard_protection()",
    ),
    "sums_up_added": (
        "consent",
        "AFTER INSERT",
        "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sum_up_added()",
    ),
    "closes_refused": (
        "consent",
        "AFTER INSERT",
        f"{WITH_WHAT_CAME_IN} EXECUTE FUNCTION close_what_is_refused()",
    ),
    "guards_closing": (
        "consent",
        "BEFORE UPDATE OF closed_to",
        "FOR EACH ROW EXECUTE FUNCTION guard_closing()",
    ),
    "guards_withdrawal": (
        "consent",
        "BEFORE UPDATE OF withdrawn_at",
        "FOR EACH ROW EXECUTE FUNCTION guard_withdrawal()",
    ),
    "sums_up_withdrawn": (
        "consent",
        "AFTER UPDATE OF withdrawn_at",
        f"FOR EACH ROW WHEN ({IS_SUMMED_UP}) EXECUTE FUNCTION sum_up_withdrawn()",
    ),
    "lifts_protection": (
        "protection_request",
        "AFTER UPDATE OF state",
        f"FOR EACH ROW WHEN ({APPROVES}) EXECUTE FUNCTION lift_protection()",
    ),
}

# The policies of 0002 and what they say, for the way down.
_SEARCHED = "search_consent IN ('granted', 'public_interest')"
_FORENSIC = f"{ROLE} IN ('forensic_examiner', 'forensic_coordinator')"
_PART = "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id)"
BEFORE = {
    "remains": f"""
        {KEEPER}
        OR ({MATCHER} AND {_SEARCHED})
        OR ({_FORENSIC} AND ({OWN} OR {_SEARCHED}))
    """,
    "remains_version": "EXISTS (SELECT FROM remains AS whole WHERE whole.id = case_id)",
    "missing_person": f"""
        {KEEPER}
        OR ({MATCHER} AND {_SEARCHED})
        OR ({_FORENSIC} AND ({OWN} OR {_SEARCHED}))
        OR ({ROLE} = 'liaison_officer' AND {OWN})
        OR ({ROLE} = 'consular_officer' AND NOT protected
            AND search_consent = 'granted' AND {COUNTRY} = ANY (nationalities))
    """,
    "pairing": f"""
        {MATCHER} OR ({_FORENSIC}
            AND missing_person_id IN (SELECT id FROM missing_person WHERE {_SEARCHED})
            AND remains_id IN (SELECT id FROM remains WHERE {_SEARCHED}))
    """,  # noqa: S608 - ours
    **dict.fromkeys(PARTS, _PART),
}


def upgrade() -> None:
    op.add_column(
        "missing_person",
        sa.Column("search_until", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_unique_constraint(
        "uq_missing_person_consented",
        "missing_person",
        ["id", "owner_institution_id", "protected"],
    )
    make_relative()
    make_consent()
    make_protection_request()
    make_notice()
    for statement in FUNCTIONS.values():
        op.execute(statement)
    for table, policies in NEW.items():
        guard(table, policies)
    for table, reads in REPLACED.items():
        op.execute(f"ALTER POLICY reads ON {table} USING ({reads})")
    # What was entered before the ledger has no entry in it: nobody was asked item by item.
    op.execute("UPDATE missing_person SET search_consent = 'not_asked'")
    for name, (table, when, what) in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {when} ON {table} {what}")


def downgrade() -> None:
    for name, (table, _when, _what) in TRIGGERS.items():
        op.execute(f"DROP TRIGGER {name} ON {table}")
    for table, reads in BEFORE.items():
        op.execute(f"ALTER POLICY reads ON {table} USING ({reads})")
    for table in NEW:
        op.execute(f"DROP POLICY reads ON {table}")
    for table in ("consent", "relative", "protection_request", "notice"):
        op.drop_table(table)
    op.drop_constraint("uq_missing_person_consented", "missing_person", type_="unique")
    op.drop_column("missing_person", "search_until")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION IF EXISTS {name}()")


def guard(table: str, policies: tuple[str, str, str, str]) -> None:
    """Close a new table to everybody but whom its policies name."""
    reads, adds, alters, rights = policies
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
    op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
    op.execute(
        f"CREATE POLICY alters ON {table} FOR UPDATE USING ({alters}) WITH CHECK ({alters})"
    )
    op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING (false)")
    op.execute(f"GRANT {rights} ON {table} TO {APP}")


def make_relative() -> None:
    op.create_table(
        "relative",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kinship",
            sa.Enum(
                "mother",
                "father",
                "child",
                "sibling",
                "spouse",
                "other_kin",
                "friend",
                "self",
                "unknown",
                name="kinship",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_relative_missing_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relative")),
        sa.UniqueConstraint("id", "missing_person_id", name="uq_relative_case"),
    )
    op.create_index(
        op.f("ix_relative_missing_person_id"), "relative", ["missing_person_id"], unique=False
    )


def make_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_institution_id", sa.BigInteger(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("giver_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "granted",
                "refused",
                "withdrawn",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "data_category",
            sa.Enum(
                "contact",
                "identity",
                "antemortem",
                "photo",
                "dna",
                "circumstances",
                name="datacategory",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column(
            "purpose",
            sa.Enum(
                "search",
                "identify",
                "notify",
                "statistics",
                "justice",
                name="consentpurpose",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column(
            "legal_basis",
            sa.Enum(
                "consent",
                "vital_interest",
                "public_interest",
                name="legalbasis",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "closed_to", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("ends_id", sa.BigInteger(), nullable=True),
        sa.Column("form_version", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("evidence_hash", sa.String(length=64), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(decision = 'granted') = (expires IS NOT NULL)",
            name=op.f("ck_consent_every_grant_ends"),
        ),
        sa.CheckConstraint(
            "(decision = 'withdrawn') = (ends_id IS NOT NULL)",
            name=op.f("ck_consent_withdrawal_ends_a_grant"),
        ),
        sa.CheckConstraint(
            "(giver_id IS NOT NULL) = (legal_basis = 'consent')",
            name=op.f("ck_consent_basis_fits_the_giver"),
        ),
        sa.CheckConstraint(
            "decision = 'granted' OR withdrawn_at IS NULL",
            name=op.f("ck_consent_only_grants_are_withdrawn"),
        ),
        sa.CheckConstraint(
            "legal_basis = 'consent' OR length(trim(assessment)) >= 20",
            name=op.f("ck_consent_interest_is_assessed"),
        ),
        sa.CheckConstraint(
            f"recipient ~ '{RECIPIENT}'", name=op.f("ck_consent_recipient_is_known")
        ),
        sa.CheckConstraint(
            "expires > valid_from", name=op.f("ck_consent_ends_after_it_begins")
        ),
        sa.CheckConstraint(
            "valid_from <= recorded_at", name=op.f("ck_consent_never_granted_ahead")
        ),
        sa.CheckConstraint(
            "withdrawn_at >= valid_from", name=op.f("ck_consent_withdrawn_after_given")
        ),
        sa.ForeignKeyConstraint(["ends_id"], ["consent.id"], name="fk_consent_ends"),
        sa.ForeignKeyConstraint(
            ["giver_id", "missing_person_id"],
            ["relative.id", "relative.missing_person_id"],
            name="fk_consent_giver",
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id", "owner_institution_id", "protected"],
            [
                "missing_person.id",
                "missing_person.owner_institution_id",
                "missing_person.protected",
            ],
            name="fk_consent_missing_person",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("ends_id", name=op.f("uq_consent_ends_id")),
    )
    op.create_index(op.f("ix_consent_giver_id"), "consent", ["giver_id"], unique=False)
    op.create_index(
        op.f("ix_consent_missing_person_id"), "consent", ["missing_person_id"], unique=False
    )
    op.create_index(
        "ix_consent_of_case",
        "consent",
        ["missing_person_id", "data_category", "purpose", "recipient"],
        unique=False,
        postgresql_include=READ_BESIDE,
        postgresql_where=sa.text("decision = 'granted' AND withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_consent_to_recipient",
        "consent",
        ["recipient", "data_category", "purpose", "missing_person_id"],
        unique=False,
        postgresql_include=READ_BESIDE,
        postgresql_where=sa.text("decision = 'granted' AND withdrawn_at IS NULL"),
    )


def make_protection_request() -> None:
    op.create_table(
        "protection_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "approved",
                "refused",
                name="liftstate",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'requested') = (decided_at IS NULL)"
            " AND (decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_protection_request_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "decided_by <> requested_by",
            name=op.f("ck_protection_request_decided_by_a_second_person"),
        ),
        sa.CheckConstraint(
            "length(trim(grounds)) >= 20",
            name=op.f("ck_protection_request_grounds_are_written"),
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_protection_request_missing_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_request")),
    )
    op.create_index(
        op.f("ix_protection_request_missing_person_id"),
        "protection_request",
        ["missing_person_id"],
        unique=False,
    )
    op.create_index(
        "uq_protection_request_open",
        "protection_request",
        ["missing_person_id"],
        unique=True,
        postgresql_where=sa.text("state = 'requested'"),
    )


def make_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("sender_institution_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "consent_withdrawn",
                "recall_copies",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("copies", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_notice_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["sender_institution_id"],
            ["institution.id"],
            name=op.f("fk_notice_sender_institution_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_unread", "notice", ["institution_id", "read_at"], unique=False)
