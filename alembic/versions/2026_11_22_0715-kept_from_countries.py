"""kept from countries

Why: a family names states that may neither see a record nor have it compared with one of
theirs, for instance the one that the person fled. The database itself hides the record from
every institution of such a country but the one that keeps it, ends proposals beside records of
that country the moment it is named, and shows nobody one that a run wrote meanwhile.
Loses data on the way down: yes, which countries a record is kept from
Safe while the previous release is still running: yes, it names no country
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

# An empty list has no dimensions.
KEPT_FROM = "array_ndims(country_restrictions) IS NOT NULL"
TABLES = ("missing_person", "remains", "living_person")
INSTITUTION = "(SELECT viewer_institution())"
ENGINE = "(SELECT viewer_engine())"
# Asked of the few rows that name a country; as a function, it is planned in no list.
OPEN_TO_COUNTRY = (
    "country_restrictions = '{}'"
    " OR viewer_is_not_kept_away(owner_institution_id, country_restrictions)"
)
IS_NOT_KEPT_AWAY = """
    CREATE FUNCTION viewer_is_not_kept_away(keeper bigint, countries varchar[])
    RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
        RETURN viewer_engine() <> '' OR keeper = viewer_institution()
            OR NOT viewer_country() = ANY (countries);
    END $$
"""
# Of a pair: `person` and `found` are its two records.
APART = """(
    person.owner_institution_id <> found.owner_institution_id
    AND (found.owner_country = ANY (person.country_restrictions)
         OR person.owner_country = ANY (found.country_restrictions))
)"""
CONSENTED = "search_consent IN ('granted', 'public_interest')"
MAY_MEET = f"person.{CONSENTED} AND person.search_until > now() AND found.{CONSENTED}"
# The rule of 0013. Each side is asked under its own policies: what the viewer may not read is
# not in there. Now both records of a pairing are looked up at once: a list ends after a
# thousand, and to gather every record of the registry for it takes longer.
READS_PAIRINGS = """
    CASE
        WHEN (SELECT viewer_engine()) = 'matcher' THEN true
        WHEN (SELECT viewer_examines()) THEN {}
        ELSE false
    END
"""
NOT_APART = READS_PAIRINGS.format(f"""
    EXISTS (
        SELECT FROM missing_person AS person, remains AS found
        WHERE person.id = missing_person_id AND found.id = remains_id
            AND {MAY_MEET} AND NOT {APART} OFFSET 0
    )
""")
BEFORE = READS_PAIRINGS.format(f"""
    EXISTS (SELECT FROM missing_person AS person
            WHERE person.id = missing_person_id AND {CONSENTED} AND search_until > now())
    AND EXISTS (SELECT FROM remains AS found WHERE found.id = remains_id AND {CONSENTED})
""")  # noqa: S608 - ours

# As in 0012: whoever may not be searched any more.
CLOSED = {
    "missing_person": """
        search_consent NOT IN ('granted', 'public_interest')
        OR search_until IS NULL OR search_until <= now()
        OR restricted_at IS NOT NULL OR erased_at IS NOT NULL
        OR search_status NOT IN ('open', 'active_lines', 'suspended')
    """,
    "remains": """
        search_consent NOT IN ('granted', 'public_interest')
        OR restricted_at IS NOT NULL OR erased_at IS NOT NULL
        OR identification_status IN ('identified', 'identified_unclaimed', 'repatriated')
    """,
}
COLUMN = {"missing_person": "missing_person_id", "remains": "remains_id"}
OTHER = {"missing_person": "remains_id", "remains": "missing_person_id"}


def removes(table: str, *, ends_apart: bool) -> str:
    """Say the function of 0012 again; with `ends_apart` it ends pairs kept apart as well."""
    column, other, closed = COLUMN[table], OTHER[table], CLOSED[table]
    asked = f"{closed} OR {KEPT_FROM}" if ends_apart else closed
    ended = f"""
                    SELECT id FROM pairing
                    WHERE {column} IN (SELECT id FROM changed WHERE {closed})
    """  # noqa: S608 - ours
    if ends_apart:
        ended = f"""SELECT id FROM pairing WHERE id IN (
            {ended}
            UNION ALL
            SELECT beside.id FROM pairing AS beside
            JOIN missing_person AS person ON person.id = beside.missing_person_id
            JOIN remains AS found ON found.id = beside.remains_id
            WHERE beside.{column} IN (SELECT id FROM changed WHERE {KEPT_FROM}) AND {APART})
        """  # noqa: S608 - ours
    return f"""
        CREATE OR REPLACE FUNCTION note_changed_{table}() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        DECLARE
            asks text := viewer_role();
            asks_for text := viewer_purpose();
        BEGIN
            INSERT INTO weighing_due ({column}) SELECT id FROM changed;
            IF NOT FOUND THEN
                RETURN NULL;
            END IF;
            PERFORM pg_notify('weighing_due', '');
            IF TG_OP = 'UPDATE' AND EXISTS (SELECT FROM changed WHERE {asked}) THEN
                PERFORM set_config('reunir.role', 'engine', true),
                        set_config('reunir.purpose', 'search', true);
                -- A withdrawal never waits for a run that is just writing. What that one holds
                -- goes when the note above is heard; without a consent nobody is shown it.
                -- Whoever held them in a list is weighed again: somebody else moves up.
                WITH free AS MATERIALIZED (
                    {ended}
                    FOR UPDATE SKIP LOCKED
                ), gone AS (
                    DELETE FROM pairing USING free WHERE pairing.id = free.id
                    RETURNING pairing.{other}, pairing.state
                )
                INSERT INTO weighing_due ({other})
                SELECT {other} FROM gone WHERE state = 'proposed';
                PERFORM set_config('reunir.role', asks, true),
                        set_config('reunir.purpose', asks_for, true);
            END IF;
            RETURN NULL;
        END $$
    """  # noqa: S608 - ours


# As in 0032, but for what is kept apart.
TOLD = """
    SELECT pairing.id, 'remains', found.id,
           CASE WHEN pairing.log10_lr >= 4 THEN 'strong'
                WHEN pairing.log10_lr >= 2 THEN 'moderate' ELSE 'weak' END,
           person.owner_institution_id
    FROM missing_person AS person
"""
BESIDE = """
    ON pairing.missing_person_id = person.id
    JOIN remains AS found ON found.id = pairing.remains_id
"""
REACHED = "ANY ((SELECT viewer_recipients())::text[])"
REFUSED = "closed_to && (SELECT viewer_recipients())::text[]"
GRANTED = (
    "EXISTS (SELECT FROM consent AS given WHERE given.missing_person_id = person.id"
    " AND given.data_category = 'circumstances' AND given.purpose IN ('search', 'identify')"
    f" AND given.recipient = {REACHED} AND NOT (given.{REFUSED})"
    " AND given.decision = 'granted' AND given.withdrawn_at IS NULL"
    " AND given.valid_from <= now() AND given.expires > now())"
)
LIKELIEST = 2_000


def blinded(*, hides_apart: bool) -> str:
    """Say the function of 0032 again; with `hides_apart` it leaves out pairs kept apart."""
    closed = f"""
        pairing.state = 'proposed'
          AND found.owner_institution_id = {INSTITUTION}
          AND person.owner_institution_id <> {INSTITUTION}
          AND (asks_for = 'justice' OR NOT {GRANTED})
          {f"AND NOT {APART}" if hides_apart else ""}
    """
    return f"""
    CREATE OR REPLACE FUNCTION
        blinded_pairings(most bigint DEFAULT NULL, wanted bigint DEFAULT NULL)
    RETURNS TABLE (pairing_id bigint, side text, case_id bigint, band text,
                   other_institution_id bigint)
    LANGUAGE plpgsql
    SET plan_cache_mode = force_custom_plan
    AS $$
    DECLARE
        asks text := viewer_role();
        asks_for text := viewer_purpose();
    BEGIN
        IF NOT ((SELECT viewer_works())
                AND asks IN ('forensic_examiner', 'forensic_coordinator')) THEN
            RETURN;
        END IF;
        PERFORM set_config('reunir.role', 'engine', true),
                set_config('reunir.purpose', 'search', true);
        IF wanted IS NOT NULL THEN
            RETURN QUERY {TOLD} JOIN pairing {BESIDE} WHERE pairing.id = wanted AND {closed};
        ELSIF most IS NULL THEN
            RETURN QUERY {TOLD} JOIN pairing {BESIDE} WHERE {closed};
        ELSE
            RETURN QUERY {TOLD}
                JOIN (SELECT * FROM pairing AS best WHERE best.state = 'proposed'
                      ORDER BY best.posterior DESC, best.log10_lr DESC, best.id DESC
                      LIMIT {LIKELIEST}) AS pairing {BESIDE}
                WHERE {closed} LIMIT most;
            RETURN QUERY {TOLD} JOIN pairing {BESIDE} WHERE {closed} LIMIT most;
        END IF;
        PERFORM set_config('reunir.role', asks, true),
                set_config('reunir.purpose', asks_for, true);
    END $$
    """  # noqa: S608 - ours


def upgrade() -> None:
    op.execute(IS_NOT_KEPT_AWAY)
    for table in TABLES:
        op.add_column(
            table,
            sa.Column(
                "country_restrictions",
                sa.ARRAY(sa.String(length=2)),
                server_default="{}",
                nullable=False,
            ),
        )
        op.execute(
            f"CREATE POLICY not_of_a_country_kept_from ON {table} AS RESTRICTIVE FOR SELECT"
            f" USING ({OPEN_TO_COUNTRY})"
        )
    op.execute(f"ALTER POLICY reads ON pairing USING ({NOT_APART})")
    for table in COLUMN:
        op.execute(removes(table, ends_apart=True))
    op.execute(blinded(hides_apart=True))


def downgrade() -> None:
    op.execute(blinded(hides_apart=False))
    for table in COLUMN:
        op.execute(removes(table, ends_apart=False))
    op.execute(f"ALTER POLICY reads ON pairing USING ({BEFORE})")
    for table in reversed(TABLES):
        op.execute(f"DROP POLICY not_of_a_country_kept_from ON {table}")
        op.drop_column(table, "country_restrictions")
    op.execute("DROP FUNCTION viewer_is_not_kept_away(bigint, varchar[])")
