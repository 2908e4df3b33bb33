"""people alive are proposed to whoever keeps their record

Why: whom a family looks for may be alive. What the engine finds of a missing person and of
somebody alive stands in a table of its own, read by whoever keeps the record of the living
alone; what they say to their family learning of it stands beside it and is never changed. The
family's side learns only that somebody agreed, through one function that tells nothing else.
A refusal ends the proposal for good; whoever may not be searched any more is in none at once.
Loses data on the way down: yes, the proposals and what people alive said to them
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0038"
branch_labels = None
depends_on = None

APP = "reunir_app"
ENGINE = "(SELECT viewer_engine())"
KEEPER = f"{ENGINE} = 'keeper'"
MATCHER = f"{ENGINE} = 'matcher'"
OWNS = "(SELECT viewer_owns())"
ROLE = "(SELECT viewer_role())"
PURPOSE = "(SELECT viewer_purpose())"
ACCOUNT = "(SELECT viewer_account())"
KEEPS = f"{ROLE} IN ('liaison_officer', 'forensic_coordinator') AND {PURPOSE} <> 'justice'"
OWN = f"owner_institution_id = {OWNS} AND {PURPOSE} <> 'justice'"
ENGINES = f"{ENGINE} IN ('matcher', 'keeper')"

# As 0034 has it: one of the two is to be kept from the country of the other's keeper.
KEPT_FROM = "array_ndims(country_restrictions) IS NOT NULL"
APART = """(
    person.owner_institution_id <> alive.owner_institution_id
    AND (alive.owner_country = ANY (person.country_restrictions)
         OR person.owner_country = ANY (alive.country_restrictions))
)"""
# Their own yes, and nobody else's. Python says again what is said here of both sides.
ALIVE_SOUGHT = (
    "alive.search_consent = 'granted' AND alive.living_status = 'open'"
    " AND alive.restricted_at IS NULL AND alive.erased_at IS NULL"
)
SEARCHED = (
    "person.search_consent IN ('granted', 'public_interest') AND person.search_until > now()"
)
# Each side is asked under its own policies: what the viewer may not read is not in there. Both
# records of a proposal are looked up at once: never every pair there could be.
SEES_BOTH = f"""
    EXISTS (SELECT FROM missing_person AS person, living_person AS alive
            WHERE person.id = missing_person_id AND alive.id = living_person_id
              AND alive.{OWN} AND {ALIVE_SOUGHT} AND {SEARCHED} AND NOT {APART} OFFSET 0)
"""
READS = f"CASE WHEN {ENGINES} THEN true WHEN {KEEPS} THEN {SEES_BOTH} ELSE false END"

OF_OWN = f"EXISTS (SELECT FROM living_person AS whole WHERE whole.id = case_id AND whole.{OWN})"
OF_ANY = "EXISTS (SELECT FROM living_person AS whole WHERE whole.id = case_id)"
KEPT = f"{KEEPER} OR ((SELECT viewer_is_sure()) AND {OF_OWN})"
DECIDES = f"({KEEPER} AND {OF_ANY}) OR ({KEEPS} AND decided_by = {ACCOUNT} AND {OF_OWN})"

TABLES = {
    "living_pairing": (READS, MATCHER, MATCHER, ENGINES, "SELECT, INSERT, UPDATE, DELETE"),
    # Added to and never changed; gone with either record.
    "living_pairing_decision": (
        KEPT,
        DECIDES,
        KEEPER,
        KEEPER,
        "SELECT, INSERT, UPDATE (reason), DELETE",
    ),
}

# The matcher, or the keeper, goes on in the name of whoever does the deed.
ASKS = """
        asks text := viewer_role();
        asks_for text := viewer_purpose();
"""
GO_ON_AS = """
            PERFORM set_config('reunir.role', 'engine', true),
                    set_config('reunir.purpose', '{}', true);
"""
AS_BEFORE = """
            PERFORM set_config('reunir.role', asks, true),
                    set_config('reunir.purpose', asks_for, true);
"""
# Held while proposals are written and while a refusal ends one: neither misses the other.
ALONE = "PERFORM pg_advisory_xact_lock(hashtextextended('living_pairing', 0));"

CLOSED = {
    "missing_person": """
        search_consent NOT IN ('granted', 'public_interest')
        OR search_until IS NULL OR search_until <= now()
        OR restricted_at IS NOT NULL OR erased_at IS NOT NULL
        OR search_status NOT IN ('open', 'active_lines', 'suspended')
    """,
    "living_person": f"NOT ({ALIVE_SOUGHT})".replace("alive.", ""),
}


def ends(table: str) -> str:
    """Say the function that ends the proposals of records that have just been closed.

    A withdrawal never waits for whoever is just writing: such rows are passed over, nobody is
    shown them, and whoever wrote them takes them out again.
    """
    return f"""
        CREATE FUNCTION end_living_pairings_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE {ASKS}
        BEGIN
            IF EXISTS (SELECT FROM changed WHERE {CLOSED[table]} OR {KEPT_FROM}) THEN
                {GO_ON_AS.format("search")}
                DELETE FROM living_pairing WHERE id IN (
                    SELECT id FROM living_pairing WHERE id IN (
                        SELECT id FROM living_pairing
                        WHERE {table}_id IN (SELECT id FROM changed WHERE {CLOSED[table]})
                        UNION ALL
                        SELECT beside.id FROM living_pairing AS beside
                        JOIN missing_person AS person ON person.id = beside.missing_person_id
                        JOIN living_person AS alive ON alive.id = beside.living_person_id
                        WHERE beside.{table}_id IN
                            (SELECT id FROM changed WHERE {KEPT_FROM}) AND {APART})
                    FOR UPDATE SKIP LOCKED
                );
                {AS_BEFORE}
            END IF;
            RETURN NULL;
        END $$
    """  # noqa: S608 - ours


REFUSED = f"""
    CREATE FUNCTION end_refused_living_pairing() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE {ASKS}
    BEGIN
        IF NEW.decision = 'refused' THEN
            {ALONE}
            {GO_ON_AS.format("search")}
            DELETE FROM living_pairing
            WHERE living_person_id = NEW.case_id AND missing_person_id = NEW.missing_person_id;
            {AS_BEFORE}
        END IF;
        RETURN NULL;
    END $$
"""  # noqa: S608 - ours
# What was refused once is not proposed again, whatever the engine finds.
NOT_AGAIN = f"""
    CREATE FUNCTION leave_out_refused_living_pairing() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE {ASKS}
        refused boolean;
    BEGIN
        {GO_ON_AS.format("keep")}
        refused := EXISTS (
            SELECT FROM living_pairing_decision AS said WHERE said.decision = 'refused'
            AND said.case_id = NEW.living_person_id
            AND said.missing_person_id = NEW.missing_person_id);
        {AS_BEFORE}
        RETURN CASE WHEN refused THEN NULL ELSE NEW END;
    END $$
"""
# Said last, of one pair; a refusal said at any time closes it, whatever was said later.
AGREED = """
    (SELECT said.decision = 'agreed' FROM living_pairing_decision AS said
     WHERE said.case_id = alive.id AND said.missing_person_id = person.id
     ORDER BY said.id DESC LIMIT 1)
    AND NOT EXISTS (SELECT FROM living_pairing_decision AS no WHERE no.decision = 'refused'
                    AND no.case_id = alive.id AND no.missing_person_id = person.id)
"""
REACHED = "ANY ((SELECT viewer_recipients())::text[])"
REFUSED_TO = "closed_to && (SELECT viewer_recipients())::text[]"
# As in 0032: a live grant that opens the file of another institution to the forensic side.
GRANTED = (
    "EXISTS (SELECT FROM consent AS given WHERE given.missing_person_id = person.id"
    " AND given.data_category = 'circumstances' AND given.purpose IN ('search', 'identify')"
    f" AND given.recipient = {REACHED} AND NOT (given.{REFUSED_TO})"
    " AND given.decision = 'granted' AND given.withdrawn_at IS NULL"
    " AND given.valid_from <= now() AND given.expires > now())"
)
WORKS_HERE = f"(SELECT viewer_works()) AND {KEEPS}"
# Of a proposal whose missing person is closed to who keeps the living: that it is there, in one
# of three words, and whose it is only once the person agreed that their family learns. Of one
# person alive or of all, and no more than are asked for: the most probable.
BLINDED = f"""
    CREATE FUNCTION
        blinded_living_pairings(of_living bigint DEFAULT NULL, most bigint DEFAULT NULL)
    RETURNS TABLE (pairing_id bigint, living_id bigint, missing_id bigint, band text,
                   told_institution_id bigint)
    LANGUAGE plpgsql
    SET plan_cache_mode = force_custom_plan
    AS $$
    DECLARE {ASKS}
        own bigint[];
    BEGIN
        IF NOT ({WORKS_HERE}) THEN
            RETURN;
        END IF;
        {GO_ON_AS.format("keep")}
        -- Gathered first, so that it is planned for as many as they are: none, few, or most.
        own := ARRAY(
            SELECT alive.id FROM living_person AS alive
            WHERE (of_living IS NULL OR alive.id = of_living) AND {ALIVE_SOUGHT}
              AND alive.owner_institution_id = (SELECT viewer_institution()));
        RETURN QUERY
            SELECT pair.id, alive.id, person.id,
                   CASE WHEN pair.log10_lr >= 4 THEN 'strong'
                        WHEN pair.log10_lr >= 2 THEN 'moderate' ELSE 'weak' END,
                   CASE WHEN {AGREED} THEN person.owner_institution_id END
            FROM living_pairing AS pair
            JOIN living_person AS alive ON alive.id = pair.living_person_id
            JOIN missing_person AS person ON person.id = pair.missing_person_id
            WHERE pair.living_person_id = ANY (own)
              AND person.owner_institution_id <> (SELECT viewer_institution())
              AND {SEARCHED} AND (asks = 'liaison_officer' OR NOT {GRANTED})
              AND NOT {APART}
            ORDER BY pair.posterior DESC, pair.log10_lr DESC, pair.id DESC LIMIT most;
        {AS_BEFORE}
    END $$
"""  # noqa: S608 - ours
# To whoever answers for a family: who keeps the record of somebody who wants them to know.
TOLD = f"""
    CREATE FUNCTION agreed_living(of_person bigint)
    RETURNS TABLE (institution_id bigint, agreed_at timestamptz)
    LANGUAGE plpgsql AS $$
    DECLARE {ASKS}
    BEGIN
        IF NOT ({WORKS_HERE}) THEN
            RETURN;
        END IF;
        {GO_ON_AS.format("keep")}
        RETURN QUERY
            SELECT alive.owner_institution_id,
                   (SELECT max(said.decided_at) FROM living_pairing_decision AS said
                    WHERE said.case_id = alive.id AND said.missing_person_id = person.id)
            FROM missing_person AS person
            JOIN living_person AS alive ON alive.id IN (
                SELECT said.case_id FROM living_pairing_decision AS said
                WHERE said.missing_person_id = person.id)
            WHERE person.id = of_person
              AND person.owner_institution_id = (SELECT viewer_institution())
              AND {SEARCHED}
              AND person.restricted_at IS NULL AND person.erased_at IS NULL
              AND alive.search_consent = 'granted'
              AND alive.restricted_at IS NULL AND alive.erased_at IS NULL
              AND {AGREED} AND NOT {APART}
            ORDER BY 2, 1;
        {AS_BEFORE}
    END $$
"""  # noqa: S608 - ours
# What the matcher is shown of the living: whoever agreed, and nothing of where they are.
MATCHED = f"({MATCHER} AND {ALIVE_SOUGHT})".replace("alive.", "")
# As 0021 has them.
AGREED_TO_OTHERS = (
    f"(SELECT viewer_works()) AND {PURPOSE} = 'identify' AND search_consent = 'granted'"
    f" AND {ROLE} IN ('forensic_examiner', 'forensic_coordinator')"
)
READS_ALIVE = f"({OWN}) OR ({AGREED_TO_OTHERS}) OR {KEEPER}"
NAMED = f"({{}} OR (SELECT viewer_is_sure())) AND {OF_ANY}"


def upgrade() -> None:
    _make_pairing()
    _make_decision()
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
    for function in (REFUSED, NOT_AGAIN, BLINDED, TOLD):
        op.execute(function)
    op.execute(
        "CREATE TRIGGER ends_refused AFTER INSERT ON living_pairing_decision"
        " FOR EACH ROW EXECUTE FUNCTION end_refused_living_pairing()"
    )
    op.execute(
        "CREATE TRIGGER leaves_out_refused BEFORE INSERT ON living_pairing"
        " FOR EACH ROW EXECUTE FUNCTION leave_out_refused_living_pairing()"
    )
    for table in CLOSED:
        op.execute(ends(table))
        op.execute(
            f"CREATE TRIGGER ends_living_pairings AFTER UPDATE ON {table}"
            " REFERENCING NEW TABLE AS changed FOR EACH STATEMENT"
            f" EXECUTE FUNCTION end_living_pairings_of_{table}()"
        )
    op.execute(f"ALTER POLICY reads ON living_person USING ({READS_ALIVE} OR {MATCHED})")
    op.execute(f"ALTER POLICY reads ON living_person_name USING ({NAMED.format(ENGINES)})")


def downgrade() -> None:
    op.execute(f"ALTER POLICY reads ON living_person_name USING ({NAMED.format(KEEPER)})")
    op.execute(f"ALTER POLICY reads ON living_person USING ({READS_ALIVE})")
    for table in CLOSED:
        op.execute(f"DROP TRIGGER ends_living_pairings ON {table}")
        op.execute(f"DROP FUNCTION end_living_pairings_of_{table}()")
    op.execute("DROP FUNCTION agreed_living(bigint)")
    op.execute("DROP FUNCTION blinded_living_pairings(bigint, bigint)")
    op.drop_table("living_pairing_decision")
    op.drop_table("living_pairing")
    op.execute("DROP FUNCTION end_refused_living_pairing()")
    op.execute("DROP FUNCTION leave_out_refused_living_pairing()")


def _make_pairing() -> None:
    op.create_table(
        "living_pairing",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=False),
        sa.Column("living_person_id", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("log10_lr", sa.Double(), nullable=False),
        sa.Column("posterior", sa.Double(), nullable=False),
        sa.Column("prior", sa.Double(), nullable=False),
        sa.Column("weights", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("first_proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weighed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "posterior >= 0 AND posterior <= 1",
            name=op.f("ck_living_pairing_posterior_in_range"),
        ),
        sa.ForeignKeyConstraint(
            ["living_person_id"],
            ["living_person.id"],
            name=op.f("fk_living_pairing_living_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_living_pairing_missing_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living_pairing")),
        sa.UniqueConstraint(
            "missing_person_id",
            "living_person_id",
            name=op.f("uq_living_pairing_missing_person_id_living_person_id"),
        ),
    )
    op.create_index(
        op.f("ix_living_pairing_living_person_id"), "living_pairing", ["living_person_id"]
    )
    best = ["posterior", "log10_lr", "id"]
    op.create_index("ix_living_pairing_best", "living_pairing", best)


def _make_decision() -> None:
    op.create_table(
        "living_pairing_decision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "asked",
                "agreed",
                "refused",
                "cannot_decide",
                name="familyanswer",
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
            name=op.f("fk_living_pairing_decision_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["missing_person_id"],
            ["missing_person.id"],
            name=op.f("fk_living_pairing_decision_missing_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living_pairing_decision")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_living_pairing_decision_seal_id")),
    )
    for column in ("case_id", "missing_person_id"):
        op.create_index(
            op.f(f"ix_living_pairing_decision_{column}"), "living_pairing_decision", [column]
        )
