"""lists of a large registry

Why: a file of 130,000 people is entered at one instant, so its list was sorted anew for each
page: the newest are now read off an index with their number. And of the pairings whose other
side is closed all were gathered, hundreds of thousands, to count them or to show one: now as
many are gathered as are asked for, or one. What the function gives of each stays what it was.
Loses data on the way down: no
Safe while the previous release is still running: yes, its question means all of them
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0029"
branch_labels = None
depends_on = None

NEWEST = ("missing_person", "remains", "living_person")
ROLE = "(SELECT viewer_role())"
PURPOSE = "(SELECT viewer_purpose())"
WORKS = "(SELECT viewer_works())"
INSTITUTION = "(SELECT viewer_institution())"
REACHED = "ANY ((SELECT viewer_recipients())::text[])"
REFUSED = "closed_to && (SELECT viewer_recipients())::text[]"
FORENSIC = f"({WORKS} AND {ROLE} IN ('forensic_examiner', 'forensic_coordinator'))"
# Of the proposals that are most probable so many are looked through for closed ones.
LIKELIEST = 2_000

# As in 0006, word by word: what is closed, and what is told of it.
TOLD = """
    SELECT pairing.id, 'remains', found.id,
           CASE WHEN pairing.log10_lr >= 4 THEN 'strong'
                WHEN pairing.log10_lr >= 2 THEN 'moderate' ELSE 'weak' END,
           missing_person.owner_institution_id
    FROM missing_person
"""
BESIDE = """
    ON pairing.missing_person_id = missing_person.id
    JOIN remains AS found ON found.id = pairing.remains_id
"""
GRANTED = (
    "EXISTS (SELECT FROM consent AS given WHERE given.missing_person_id = missing_person.id"
    " AND given.data_category = 'circumstances' AND given.purpose IN ('search', 'identify')"
    f" AND given.recipient = {REACHED} AND NOT (given.{REFUSED})"
    " AND given.decision = 'granted' AND given.withdrawn_at IS NULL"
    " AND given.valid_from <= now() AND given.expires > now())"
)
CLOSED = f"""
    pairing.state = 'proposed'
      AND found.owner_institution_id = {INSTITUTION}
      AND missing_person.owner_institution_id <> {INSTITUTION}
      AND (asks_for = 'justice' OR NOT {GRANTED})
"""
AS_ENGINE = """
        PERFORM set_config('reunir.role', 'engine', true),
                set_config('reunir.purpose', 'search', true);
"""
AS_BEFORE = """
        PERFORM set_config('reunir.role', asks, true),
                set_config('reunir.purpose', asks_for, true);
"""
COLUMNS = """
    RETURNS TABLE (pairing_id bigint, side text, case_id bigint, band text,
                   other_institution_id bigint)
    LANGUAGE plpgsql
"""
DECLARED = f"""
    DECLARE
        asks text := viewer_role();
        asks_for text := viewer_purpose();
    BEGIN
        IF NOT {FORENSIC} THEN
            RETURN;
        END IF;
"""
# One of them; or as many as are asked for, those among the most probable first.
BOUNDED = f"""
    CREATE FUNCTION blinded_pairings(most bigint DEFAULT NULL, wanted bigint DEFAULT NULL)
    {COLUMNS}
    SET plan_cache_mode = force_custom_plan
    AS $$
    {DECLARED}
    {AS_ENGINE}
        IF wanted IS NOT NULL THEN
            RETURN QUERY {TOLD} JOIN pairing {BESIDE} WHERE pairing.id = wanted AND {CLOSED};
        ELSIF most IS NULL THEN
            RETURN QUERY {TOLD} JOIN pairing {BESIDE} WHERE {CLOSED};
        ELSE
            RETURN QUERY {TOLD}
                JOIN (SELECT * FROM pairing AS best WHERE best.state = 'proposed'
                      ORDER BY best.posterior DESC, best.log10_lr DESC, best.id DESC
                      LIMIT {LIKELIEST}) AS pairing {BESIDE}
                WHERE {CLOSED} LIMIT most;
            RETURN QUERY {TOLD} JOIN pairing {BESIDE} WHERE {CLOSED} LIMIT most;
        END IF;
    {AS_BEFORE}
    END $$
"""  # noqa: S608 - ours
WHOLE = f"""
    CREATE FUNCTION blinded_pairings()
    {COLUMNS}
    AS $$
    {DECLARED}
    {AS_ENGINE}
        RETURN QUERY {TOLD} JOIN pairing {BESIDE} WHERE {CLOSED};
    {AS_BEFORE}
    END $$
"""


def upgrade() -> None:
    for table in NEWEST:
        op.create_index(f"ix_{table}_newest", table, [sa.text("entered_at DESC"), "id"])
    op.execute("DROP FUNCTION blinded_pairings()")
    op.execute(BOUNDED)


def downgrade() -> None:
    op.execute("DROP FUNCTION blinded_pairings(bigint, bigint)")
    op.execute(WHOLE)
    for table in reversed(NEWEST):
        op.drop_index(f"ix_{table}_newest", table_name=table)
