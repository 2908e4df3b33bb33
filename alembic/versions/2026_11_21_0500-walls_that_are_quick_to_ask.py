"""walls that are quick to ask

Why: PostgreSQL took longer to plan a list than to answer it. Each setting of the viewer was a
subquery of its own, a hundred in one list and four hundred where names hang on it, planned
anew each time. The rules on people, their parts and the ledger say the same here with a tenth
of them. Lists by date and by age get the indexes that give their first page at once.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# No body in SQL: PostgreSQL would write it into every query that asks, and plan it there.
QUICK = "LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN RETURN {}; END $$"
INLINED = "LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT {} $$"

# What 0002 and 0006 told of the viewer, told as before.
TOLD = {
    "viewer_role": ("text", "coalesce(current_setting('reunir.role', true), '')"),
    "viewer_purpose": ("text", "coalesce(current_setting('reunir.purpose', true), '')"),
    "viewer_country": ("text", "coalesce(current_setting('reunir.country', true), '')"),
    "viewer_institution": (
        "bigint",
        "nullif(current_setting('reunir.institution', true), '')::bigint",
    ),
    "viewer_account": ("bigint", "nullif(current_setting('reunir.account', true), '')::bigint"),
    "viewer_recipients": (
        "text[]",
        "string_to_array(coalesce(current_setting('reunir.recipients', true), ''), ',')",
    ),
    "viewer_works": (
        "boolean",
        """(viewer_role(), viewer_purpose()) IN (
            ('liaison_officer', 'search'), ('liaison_officer', 'notify'),
            ('forensic_examiner', 'search'), ('forensic_examiner', 'identify'),
            ('forensic_coordinator', 'search'), ('forensic_coordinator', 'identify'),
            ('forensic_coordinator', 'notify'), ('forensic_coordinator', 'justice'),
            ('consular_officer', 'search'), ('consular_officer', 'notify')
        )""",
    ),
    "viewer_is_sure": (
        "boolean",
        "coalesce(current_setting('reunir.second_factor', true), '') = 'yes'",
    ),
    "viewer_stepped_up": (
        "boolean",
        "coalesce(current_setting('reunir.stepped_up', true), '') = 'yes'",
    ),
}

IS_FORENSIC = "viewer_role() IN ('forensic_examiner', 'forensic_coordinator')"
IS_LIAISON = "viewer_role() = 'liaison_officer'"
IS_CONSULAR = "viewer_role() = 'consular_officer'"
IS_KEEPER = "viewer_role() = 'engine' AND viewer_purpose() = 'keep'"
IS_MATCHER = "viewer_role() = 'engine' AND viewer_purpose() = 'search'"
# What several of these say together. NULL is equal to nothing, nor is any of an empty array.
JOINED = {
    # Which part of the machine asks, if it is one.
    "viewer_engine": (
        "text",
        f"CASE WHEN {IS_KEEPER} THEN 'keeper' WHEN {IS_MATCHER} THEN 'matcher' ELSE '' END",
    ),
    # Whose files are the viewer's own to work with.
    "viewer_owns": (
        "bigint",
        (
            f"CASE WHEN viewer_works() AND ({IS_FORENSIC} OR {IS_LIAISON})"
            " THEN viewer_institution() END"
        ),
    ),
    # Whose files the viewer answers for to the families, closed ones too.
    "viewer_answers_for": (
        "bigint",
        (
            f"CASE WHEN {IS_LIAISON} OR viewer_role() = 'forensic_coordinator'"
            " THEN viewer_institution() END"
        ),
    ),
    # The state whose nationals the viewer looks after.
    "viewer_consulate": (
        "text",
        f"CASE WHEN viewer_works() AND {IS_CONSULAR} THEN viewer_country() END",
    ),
    # To whom a grant opens something to the viewer, and given for what.
    "viewer_reached": (
        "text[]",
        (
            f"CASE WHEN viewer_works() AND ({IS_FORENSIC} OR {IS_CONSULAR})"
            " THEN viewer_recipients() ELSE '{}' END"
        ),
    ),
    "viewer_looks_for": (
        "text[]",
        (
            f"CASE WHEN {IS_CONSULAR} THEN ARRAY[viewer_purpose()]"
            # What was granted for the search opens nothing for justice.
            f" WHEN {IS_FORENSIC} AND viewer_purpose() <> 'justice'"
            " THEN ARRAY['search', 'identify'] ELSE '{}' END"
        ),
    ),
    # How much of the ledger is read by whoever neither keeps files nor is granted any.
    "viewer_reads_ledger": (
        "text",
        (
            f"CASE WHEN {IS_KEEPER} OR viewer_role() = 'data_protection_officer' THEN 'whole'"
            f" WHEN {IS_MATCHER} THEN 'searches' ELSE '' END"
        ),
    ),
}

ENGINE = "(SELECT viewer_engine())"
OWNS = "(SELECT viewer_owns())"
CONSULATE = "(SELECT viewer_consulate())"
# PostgreSQL reads `= ANY (SELECT …)` as a set of rows; the cast makes it one array.
REACHED = "ANY ((SELECT viewer_reached())::text[])"
# What the same giver refused afterwards to somebody whom the viewer is one of.
REFUSED = "closed_to && (SELECT viewer_reached())::text[]"
LOOKS_FOR = "ANY ((SELECT viewer_looks_for())::text[])"
SEARCHED = "search_consent IN ('granted', 'public_interest') AND search_until > now()"
# A name asks for a second factor; the name of a protected person, to have shown oneself anew.
NAMED = "(SELECT viewer_is_sure()) AND (NOT whole.protected OR (SELECT viewer_stepped_up()))"


def granted(category: str, case: str) -> str:
    """Say in SQL that a live grant of `category` reaches the viewer for what they do here.

    With OFFSET the ledger is asked case by case. Without, PostgreSQL reads it whole for a
    list of fifty, for it does not know how few rows a list takes.
    """
    return (
        f"EXISTS (SELECT FROM consent AS given WHERE given.missing_person_id = {case}"
        f" AND given.data_category = '{category}' AND given.purpose = {LOOKS_FOR}"
        f" AND given.recipient = {REACHED} AND NOT (given.{REFUSED})"
        " AND given.decision = 'granted' AND given.withdrawn_at IS NULL"
        " AND given.valid_from <= now() AND given.expires > now() OFFSET 0)"
    )


SEES_MISSING = f"""
    owner_institution_id = {OWNS} OR CASE {ENGINE}
        WHEN 'keeper' THEN true
        WHEN 'matcher' THEN {SEARCHED}
        ELSE ({CONSULATE} IS NULL OR (NOT protected AND {CONSULATE} = ANY (nationalities)))
            AND {granted("circumstances", "missing_person.id")}
    END
"""
SEES_CONSENT = f"""
    owner_institution_id = {OWNS} OR CASE (SELECT viewer_reads_ledger())
        WHEN 'whole' THEN true
        WHEN 'searches' THEN purpose IN ('search', 'identify')
        ELSE decision = 'granted' AND recipient = {REACHED} AND NOT ({REFUSED})
            AND (NOT protected OR {CONSULATE} IS NULL)
    END
"""
NOT_CLOSED = f"""
    (restricted_at IS NULL AND erased_at IS NULL)
    OR (erased_at IS NULL AND owner_institution_id = (SELECT viewer_answers_for()))
    OR {ENGINE} = 'keeper'
"""


def part_of_missing(category: str, *, engines: str = "('keeper')", also: str = "true") -> str:
    """Open a part of a file to whom its group is open; the file itself comes first."""
    return f"""
    EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id AND (
        {ENGINE} IN {engines}
        OR ({also} AND (whole.owner_institution_id = {OWNS} OR {granted(category, "whole.id")}))
    ))
    """


BOTH_ENGINES = "('keeper', 'matcher')"
READS = {
    "consent": SEES_CONSENT,
    "missing_person": SEES_MISSING,
    "missing_person_name": part_of_missing("identity", also=NAMED),
    "missing_person_version": part_of_missing("identity", also=NAMED),
    "missing_person_mark": part_of_missing("antemortem", engines=BOTH_ENGINES),
    "missing_person_article": part_of_missing("circumstances", engines=BOTH_ENGINES),
    # The tokens of a name are seen by whoever sees the name.
    "name_token": f"{ENGINE} = 'keeper' OR ({part_of_missing('identity', also=NAMED)})",
}

# Both ways of each: what says nothing comes last, whichever way a list goes.
INDEXES = {
    "ix_missing_person_latest_contact": (
        "missing_person",
        ("last_contact_from DESC NULLS LAST", "id"),
    ),
    "ix_missing_person_youngest": ("missing_person", ("age_min", "id")),
    "ix_missing_person_oldest": ("missing_person", ("age_min DESC NULLS LAST", "id")),
    "ix_remains_latest_found": ("remains", ("found_from DESC NULLS LAST", "id")),
    "ix_remains_youngest": ("remains", ("age_min", "id")),
    "ix_remains_oldest": ("remains", ("age_min DESC NULLS LAST", "id")),
}


def upgrade() -> None:
    for name, (kind, value) in (TOLD | JOINED).items():
        op.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS {kind} {QUICK.format(value)}")
    for table, rule in READS.items():
        op.execute(f"ALTER POLICY reads ON {table} USING ({rule})")
    for table in ("missing_person", "remains"):
        op.execute(f"ALTER POLICY not_closed ON {table} USING ({NOT_CLOSED})")
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, [sa.text(each) for each in columns])


def downgrade() -> None:
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
    for table in ("missing_person", "remains"):
        op.execute(f"ALTER POLICY not_closed ON {table} USING ({BEFORE_NOT_CLOSED})")
    for table, rule in BEFORE.items():
        op.execute(f"ALTER POLICY reads ON {table} USING ({rule})")
    for name in JOINED:
        op.execute(f"DROP FUNCTION {name}()")
    for name, (kind, value) in TOLD.items():
        op.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS {kind} {INLINED.format(value)}"
        )


# The rules of 0006, 0008 and 0009, for the way down.
ROLE = "(SELECT viewer_role())"
PURPOSE = "(SELECT viewer_purpose())"
INSTITUTION = "(SELECT viewer_institution())"
WORKS = "(SELECT viewer_works())"
FORENSIC = f"({WORKS} AND {ROLE} IN ('forensic_examiner', 'forensic_coordinator'))"
MATCHER = f"({ROLE} = 'engine' AND {PURPOSE} = 'search')"
KEEPER = f"({ROLE} = 'engine' AND {PURPOSE} = 'keep')"
CONSULAR = f"({WORKS} AND {ROLE} = 'consular_officer')"
CASE_ROLES = (
    f"({WORKS} AND {ROLE} IN ('liaison_officer', 'forensic_examiner', 'forensic_coordinator'))"
)
OWN = f"owner_institution_id = {INSTITUTION}"
LOOKED_FOR = "('search', 'identify')"
RECIPIENTS = "ANY ((SELECT viewer_recipients())::text[])"
REFUSED_BEFORE = "closed_to && (SELECT viewer_recipients())::text[]"


def granted_before(category: str, purposes: str, case: str) -> str:
    """Say as 0006 did that a live grant reaches the viewer."""
    return (
        f"EXISTS (SELECT FROM consent AS given WHERE given.missing_person_id = {case}"
        f" AND given.data_category = '{category}' AND given.purpose IN {purposes}"
        f" AND given.recipient = {RECIPIENTS} AND NOT (given.{REFUSED_BEFORE})"
        " AND given.decision = 'granted' AND given.withdrawn_at IS NULL"
        " AND given.valid_from <= now() AND given.expires > now())"
    )


def part_before(category: str, *, engine: str = "false", also: str = "true") -> str:
    """Open a part as 0006 did."""
    return f"""
    EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id AND (
        {KEEPER} OR ({MATCHER} AND {engine})
        OR ({also} AND (
            ({CASE_ROLES} AND whole.{OWN})
            OR ({FORENSIC} AND {granted_before(category, LOOKED_FOR, "whole.id")})
            OR ({CONSULAR} AND {granted_before(category, f"({PURPOSE})", "whole.id")})
        ))
    ))
    """


BEFORE = {
    "consent": f"""
        {KEEPER} OR ({MATCHER} AND purpose IN ('search', 'identify'))
        OR {ROLE} = 'data_protection_officer' OR ({CASE_ROLES} AND {OWN})
        OR ({FORENSIC} AND decision = 'granted' AND recipient = {RECIPIENTS}
            AND NOT ({REFUSED_BEFORE}))
        OR ({CONSULAR} AND decision = 'granted' AND recipient = {RECIPIENTS}
            AND NOT ({REFUSED_BEFORE}) AND NOT protected)
    """,
    "missing_person": f"""
        {KEEPER} OR ({MATCHER} AND {SEARCHED}) OR ({CASE_ROLES} AND {OWN})
        OR ({FORENSIC} AND {granted_before("circumstances", LOOKED_FOR, "missing_person.id")})
        OR ({CONSULAR} AND NOT protected
            AND (SELECT viewer_country()) = ANY (nationalities)
            AND {granted_before("circumstances", f"({PURPOSE})", "missing_person.id")})
    """,
    "missing_person_name": part_before("identity", also=NAMED),
    "missing_person_version": part_before("identity", also=NAMED),
    "missing_person_mark": part_before("antemortem", engine="true"),
    "missing_person_article": part_before("circumstances", engine="true"),
    "name_token": f"{KEEPER} OR ({part_before('identity', also=NAMED)})",
}
BEFORE_NOT_CLOSED = f"""
    (restricted_at IS NULL AND erased_at IS NULL) OR {KEEPER}
    OR (erased_at IS NULL
        AND {ROLE} IN ('liaison_officer', 'forensic_coordinator') AND {OWN})
"""
