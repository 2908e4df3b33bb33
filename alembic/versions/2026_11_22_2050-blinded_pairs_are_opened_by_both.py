"""blinded pairs are opened by both keepers

Why: whoever keeps one side of a blinded proposal learned that it exists, and could only write a
letter. Now they ask, and the pair opens when a coordinator of each keeping institution agrees.
What opens it is entries in the ledger of consents, for one institution, to identify, until a
day: every wall that asks the ledger holds as before. The database enters them itself, once it
has seen both agreements and that nobody of the family closed it; it takes them back with a
refusal, a withdrawal, a family's no or a new keeper. See ADR 0052.
Loses data on the way down: yes, what institutions asked and answered; what is open stays so
until its day
Safe while the previous release is still running: no, it has no words for the new notices
"""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0054"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
ROLE = "(SELECT viewer_role())"
FORENSIC = (
    f"((SELECT viewer_works()) AND {ROLE} IN ('forensic_examiner', 'forensic_coordinator'))"
)
COORDINATES = f"((SELECT viewer_works()) AND {ROLE} = 'forensic_coordinator')"
DATA_PROTECTION = f"{ROLE} = 'data_protection_officer'"
SURE = "(SELECT viewer_is_sure())"
PROVED = "(SELECT viewer_stepped_up())"
ACCOUNT = "(SELECT viewer_account())"
INSTITUTION = "(SELECT viewer_institution())"
OF_BOTH = f"{INSTITUTION} IN (person_institution_id, remains_institution_id)"
# Of the other's answer one learns once the pair is open, or closed for good: until then there
# is no telling whether it waits, or has said what cannot take effect. Of a withdrawal never: a
# family that closed it must look the same.
SEES_ANSWER = f"""
    {DATA_PROTECTION} OR ({FORENSIC} AND EXISTS (
        SELECT FROM unblinding AS whole WHERE whole.id = unblinding_id
        AND (institution_id = {INSTITUTION} OR (said <> 'withdrawn'
             AND (whole.opened_at IS NOT NULL OR whole.ended_at IS NOT NULL)))))
"""
ASKS_ITSELF = (
    f"{FORENSIC} AND {SURE} AND asked_by = {ACCOUNT} AND asking_institution_id = {INSTITUTION}"
)
ANSWERS_ITSELF = (
    f"{COORDINATES} AND {PROVED} AND answered_by = {ACCOUNT} AND institution_id = {INSTITUTION}"
)
# table: (who reads a row, who adds one, rights)
TABLES = {
    "unblinding": (
        f"{DATA_PROTECTION} OR ({FORENSIC} AND {OF_BOTH})",
        ASKS_ITSELF,
        "SELECT, INSERT, UPDATE (words, opened_at, open_until, ended_at, ended_how), DELETE",
    ),
    "unblinding_answer": (
        SEES_ANSWER,
        ANSWERS_ITSELF,
        "SELECT, INSERT, UPDATE (words, assessment), DELETE",
    ),
}
ANSWERS = ("agreed", "declined", "withdrawn")
ENDINGS = ("declined", "withdrawn", "unanswered", "lapsed")
BANDS = ("strong", "moderate", "weak")
NEW_KINDS = ("opening_asked", "opening_answered")

APART = """(
    found.owner_country = ANY (person.country_restrictions)
    OR person.owner_country = ANY (found.country_restrictions)
)"""
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
FUNCTIONS = f"""
CREATE FUNCTION unblinding_reach(an_institution bigint) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY['institution:' || i.id, 'forensic', 'forensic:' || i.country]
    FROM institution AS i WHERE i.id = an_institution
$$;

-- Whether somebody of the family closed a kind of data to an institution, in whatever words,
-- and has not opened it to them since. Asked as the keeper.
CREATE FUNCTION unblinding_closed(a_person bigint, to_whom bigint, a_category text)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM consent AS said
        WHERE said.missing_person_id = a_person AND said.giver_id IS NOT NULL
          AND said.decision IN ('refused', 'withdrawn')
          AND said.purpose IN ('search', 'identify') AND said.data_category = a_category
          AND said.recipient = ANY (unblinding_reach(to_whom))
          AND NOT EXISTS (
              SELECT FROM consent AS since
              WHERE since.missing_person_id = a_person AND since.giver_id = said.giver_id
                AND since.data_category = a_category AND since.id > said.id
                AND since.purpose IN ('search', 'identify')
                AND since.recipient = ANY (unblinding_reach(to_whom))
                AND since.decision = 'granted' AND since.withdrawn_at IS NULL
                AND since.expires > now()
                AND NOT since.closed_to && unblinding_reach(to_whom)))
$$;

-- Takes back what an opening entered in the ledger: all of it, or one kind of data.
CREATE FUNCTION unblinding_take_back(a_number bigint, a_category text = NULL)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    entry consent;
BEGIN
    FOR entry IN
        SELECT * FROM consent AS given
        WHERE given.form_version = 'unblinding:' || a_number AND given.giver_id IS NULL
          AND given.decision = 'granted' AND given.withdrawn_at IS NULL
          AND (a_category IS NULL OR given.data_category = a_category)
    LOOP
        INSERT INTO consent (
            missing_person_id, owner_institution_id, protected, decision, data_category,
            purpose, recipient, legal_basis, assessment, valid_from, ends_id, form_version,
            language, interpreter, recorded_at, recorded_by)
        VALUES (
            entry.missing_person_id, entry.owner_institution_id, entry.protected, 'withdrawn',
            entry.data_category, entry.purpose, entry.recipient, entry.legal_basis,
            entry.assessment, greatest(now(), entry.valid_from), entry.id, entry.form_version,
            entry.language, entry.interpreter, greatest(now(), entry.valid_from),
            entry.recorded_by);
        UPDATE consent SET withdrawn_at = greatest(now(), entry.valid_from)
        WHERE id = entry.id;
    END LOOP;
END $$;

CREATE FUNCTION unblinding_end(a_number bigint, how text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM unblinding_take_back(a_number);
    UPDATE unblinding SET ended_at = now(), ended_how = how WHERE id = a_number;
END $$;

-- Enters in the ledger what opens the pair, if both keepers agreed and nothing forbids it; what
-- forbids it leaves all as it was, and whoever asked learns of nothing.
CREATE FUNCTION unblinding_open(a_number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    asked unblinding;
    person missing_person;
    yes unblinding_answer;
    agreed integer;
    agreed_at timestamptz;
    last_day date;
BEGIN
    SELECT * INTO asked FROM unblinding WHERE id = a_number;
    SELECT count(*), min(newest.until), max(newest.answered_at)
    INTO agreed, last_day, agreed_at FROM (
        SELECT DISTINCT ON (institution_id) until, answered_at FROM unblinding_answer
        WHERE unblinding_id = a_number AND said = 'agreed'
          AND institution_id IN (asked.person_institution_id, asked.remains_institution_id)
        ORDER BY institution_id, id DESC
    ) AS newest;
    SELECT * INTO yes FROM unblinding_answer
    WHERE unblinding_id = a_number AND said = 'agreed'
      AND institution_id = asked.person_institution_id
    ORDER BY id DESC LIMIT 1;
    SELECT * INTO person FROM missing_person WHERE id = asked.missing_person_id;
    IF agreed < 2 OR last_day < now()::date OR unblinding_forbidden(a_number) THEN
        RETURN;
    END IF;
    PERFORM unblinding_take_back(a_number);
    INSERT INTO consent (
        missing_person_id, owner_institution_id, protected, decision, data_category, purpose,
        recipient, legal_basis, assessment, valid_from, expires, form_version, language,
        interpreter, recorded_at, recorded_by)
    SELECT person.id, person.owner_institution_id, person.protected, 'granted', category,
           'identify', 'institution:' || asked.remains_institution_id, 'public_interest',
           yes.assessment, least(agreed_at, now()),
           (last_day + 1)::timestamp AT TIME ZONE 'UTC',
           'unblinding:' || a_number, '', false, now(), yes.answered_by
    FROM unnest(ARRAY['circumstances', 'identity', 'antemortem', 'dna']) AS category
    WHERE NOT unblinding_closed(person.id, asked.remains_institution_id, category);
    UPDATE unblinding SET opened_at = coalesce(opened_at, now()), open_until = last_day
    WHERE id = a_number;
END $$;

-- A family's no, a country that a record is kept from, a record that was closed or handed over.
CREATE FUNCTION unblinding_forbidden(a_number bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (
        SELECT FROM unblinding AS asked
        JOIN missing_person AS person ON person.id = asked.missing_person_id
        JOIN remains AS found ON found.id = asked.case_id
        WHERE asked.id = a_number
          AND person.owner_institution_id = asked.person_institution_id
          AND found.owner_institution_id = asked.remains_institution_id
          AND person.restricted_at IS NULL AND person.erased_at IS NULL
          AND found.restricted_at IS NULL AND found.erased_at IS NULL
          AND NOT {APART}
          AND NOT unblinding_closed(
              person.id, asked.remains_institution_id, 'circumstances'))
$$;

CREATE FUNCTION unblinding_is_asked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE {ASKS}
    own bigint := viewer_institution();
    pair record;
BEGIN
    {GO_ON_AS.format("search")}
    SELECT person.id AS person_id, person.owner_institution_id AS person_keeper,
           found.id AS found_id, found.owner_institution_id AS found_keeper,
           CASE WHEN proposed.log10_lr >= 4 THEN 'strong'
                WHEN proposed.log10_lr >= 2 THEN 'moderate' ELSE 'weak' END AS band,
           EXISTS (
               SELECT FROM consent AS given WHERE given.missing_person_id = person.id
                 AND given.data_category = 'circumstances'
                 AND given.purpose IN ('search', 'identify') AND given.decision = 'granted'
                 AND given.withdrawn_at IS NULL AND given.valid_from <= now()
                 AND given.expires > now()
                 AND given.recipient = ANY (unblinding_reach(found.owner_institution_id))
                 AND NOT given.closed_to && unblinding_reach(found.owner_institution_id)
           ) AS is_open
    INTO pair
    FROM pairing AS proposed
    JOIN missing_person AS person ON person.id = proposed.missing_person_id
    JOIN remains AS found ON found.id = proposed.remains_id
    WHERE proposed.id = NEW.pairing_id AND proposed.state = 'proposed'
      AND person.owner_institution_id <> found.owner_institution_id
      AND own IN (person.owner_institution_id, found.owner_institution_id)
      AND NOT {APART};
    {AS_BEFORE}
    IF pair IS NULL OR NEW.case_id <> pair.found_id THEN
        RAISE check_violation USING MESSAGE = 'there is no such proposal of theirs',
            CONSTRAINT = 'unblinding_of_a_pair';
    END IF;
    IF pair.is_open THEN
        RAISE check_violation USING MESSAGE = 'both may read it already',
            CONSTRAINT = 'unblinding_is_open';
    END IF;
    NEW.missing_person_id := pair.person_id;
    NEW.person_institution_id := pair.person_keeper;
    NEW.remains_institution_id := pair.found_keeper;
    NEW.band := pair.band;
    NEW.opened_at := NULL; NEW.open_until := NULL; NEW.ended_at := NULL; NEW.ended_how := NULL;
    PERFORM pg_advisory_xact_lock(hashtextextended('unblinding', pair.found_id));
    {GO_ON_AS.format("keep")}
    -- What nobody answered in time, and what was open until a day that is past, is over.
    UPDATE unblinding SET ended_at = now(),
        ended_how = CASE WHEN opened_at IS NULL THEN 'unanswered' ELSE 'lapsed' END
    WHERE missing_person_id = pair.person_id AND case_id = pair.found_id AND ended_at IS NULL
      AND coalesce(open_until, answer_by) < least(NEW.asked_at, now())::date;
    {AS_BEFORE}
    RETURN NEW;
END $$;

CREATE FUNCTION unblinding_is_answered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE {ASKS}
    own bigint := viewer_institution();
    asked unblinding;
    forbidden boolean;
BEGIN
    {GO_ON_AS.format("keep")}
    SELECT * INTO asked FROM unblinding WHERE id = NEW.unblinding_id;
    PERFORM pg_advisory_xact_lock(hashtextextended('unblinding', asked.case_id));
    SELECT * INTO asked FROM unblinding WHERE id = NEW.unblinding_id;
    forbidden := own = asked.person_institution_id AND unblinding_forbidden(asked.id);
    {AS_BEFORE}
    IF asked IS NULL OR NEW.case_id <> asked.case_id OR NEW.institution_id <> own
       OR own NOT IN (asked.person_institution_id, asked.remains_institution_id) THEN
        RAISE check_violation USING MESSAGE = 'this is not theirs to answer',
            CONSTRAINT = 'unblinding_of_a_pair';
    END IF;
    IF asked.ended_at IS NOT NULL
       OR asked.opened_at IS NULL
          AND asked.answer_by < least(NEW.answered_at, now())::date THEN
        RAISE check_violation USING MESSAGE = 'it is over', CONSTRAINT = 'unblinding_is_over';
    END IF;
    IF NEW.said = 'agreed' AND (
        NEW.until IS NULL OR NEW.until < now()::date
        OR NEW.until > greatest(NEW.answered_at, now())::date + 366
    ) THEN
        RAISE check_violation USING MESSAGE = 'an opening ends, within a year',
            CONSTRAINT = 'unblinding_until';
    END IF;
    IF NEW.said = 'agreed' AND own = asked.person_institution_id THEN
        IF length(trim(NEW.assessment)) < 20 THEN
            RAISE check_violation USING MESSAGE = 'an interest is assessed in writing',
                CONSTRAINT = 'unblinding_assessed';
        END IF;
        -- Said to whoever keeps the family's file, and to nobody else.
        IF forbidden THEN
            RAISE check_violation USING MESSAGE = 'the family, or the law, closed it',
                CONSTRAINT = 'unblinding_forbidden';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION unblinding_takes_effect() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE {ASKS}
BEGIN
    {GO_ON_AS.format("keep")}
    IF NEW.said = 'agreed' AND EXISTS (
        SELECT FROM unblinding AS asked WHERE asked.id = NEW.unblinding_id
          AND asked.opened_at IS NOT NULL AND asked.open_until >= now()::date
    ) AND NOT EXISTS (
        SELECT FROM consent AS given WHERE given.giver_id IS NULL
          AND given.form_version = 'unblinding:' || NEW.unblinding_id
          AND given.decision = 'granted' AND given.withdrawn_at IS NULL
    ) THEN
        -- What somebody took back by hand since, after an objection, is not entered again.
        PERFORM unblinding_end(NEW.unblinding_id, 'withdrawn');
    ELSIF NEW.said = 'agreed' THEN
        PERFORM unblinding_open(NEW.unblinding_id);
    ELSE
        PERFORM unblinding_end(NEW.unblinding_id, NEW.said);
    END IF;
    {AS_BEFORE}
    RETURN NULL;
END $$;

CREATE FUNCTION unblinding_follows_the_family() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE {ASKS}
    asked unblinding;
BEGIN
    {GO_ON_AS.format("keep")}
    FOR asked IN
        SELECT * FROM unblinding AS shown
        WHERE shown.missing_person_id = NEW.missing_person_id
          AND shown.opened_at IS NOT NULL AND shown.ended_at IS NULL
          AND shown.open_until >= now()::date
          AND NEW.recipient = ANY (unblinding_reach(shown.remains_institution_id))
    LOOP
        IF NEW.data_category = 'circumstances' THEN
            PERFORM unblinding_end(asked.id, 'withdrawn');
        ELSE
            PERFORM unblinding_take_back(asked.id, NEW.data_category);
        END IF;
    END LOOP;
    {AS_BEFORE}
    RETURN NULL;
END $$;

CREATE FUNCTION unblinding_follows_the_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE {ASKS}
    asked unblinding;
BEGIN
    {GO_ON_AS.format("keep")}
    FOR asked IN
        SELECT * FROM unblinding AS under_way WHERE under_way.ended_at IS NULL
          AND CASE TG_TABLE_NAME WHEN 'remains' THEN under_way.case_id = NEW.id
                                 ELSE under_way.missing_person_id = NEW.id END
    LOOP
        -- Another keeper has agreed to nothing. What was only asked of a record that is kept
        -- from a country stays as it was: unanswered, as any other.
        IF NEW.owner_institution_id <> OLD.owner_institution_id
           OR asked.opened_at IS NOT NULL AND unblinding_forbidden(asked.id) THEN
            PERFORM unblinding_end(asked.id, 'withdrawn');
        END IF;
    END LOOP;
    {AS_BEFORE}
    RETURN NULL;
END $$;

CREATE FUNCTION unblinding_is_removed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE {ASKS}
BEGIN
    {GO_ON_AS.format("keep")}
    PERFORM unblinding_take_back(OLD.id);
    {AS_BEFORE}
    RETURN OLD;
END $$;
"""  # noqa: S608 - ours
# table: its triggers, by name
TRIGGERS = {
    "unblinding": {
        "unblinding_asked": "BEFORE INSERT {} EXECUTE FUNCTION unblinding_is_asked()",
        "unblinding_removed": "BEFORE DELETE {} EXECUTE FUNCTION unblinding_is_removed()",
    },
    "unblinding_answer": {
        "unblinding_answered": "BEFORE INSERT {} EXECUTE FUNCTION unblinding_is_answered()",
        "unblinding_effect": "AFTER INSERT {} EXECUTE FUNCTION unblinding_takes_effect()",
    },
    "consent": {
        "unblinding_family": """
            AFTER INSERT {}
            WHEN (NEW.decision IN ('refused', 'withdrawn') AND NEW.giver_id IS NOT NULL
                  AND NEW.purpose IN ('search', 'identify'))
            EXECUTE FUNCTION unblinding_follows_the_family()
        """,
    },
    **{
        table: {
            "unblinding_record": """
                AFTER UPDATE {}
                WHEN (OLD.owner_institution_id <> NEW.owner_institution_id
                      OR OLD.country_restrictions <> NEW.country_restrictions
                      OR OLD.restricted_at IS DISTINCT FROM NEW.restricted_at)
                EXECUTE FUNCTION unblinding_follows_the_record()
            """,
        }
        for table in ("missing_person", "remains")
    },
}
MADE = (
    "unblinding_is_removed()",
    "unblinding_follows_the_record()",
    "unblinding_follows_the_family()",
    "unblinding_takes_effect()",
    "unblinding_is_answered()",
    "unblinding_is_asked()",
    "unblinding_forbidden(bigint)",
    "unblinding_open(bigint)",
    "unblinding_end(bigint, text)",
    "unblinding_take_back(bigint, text)",
    "unblinding_closed(bigint, bigint, text)",
    "unblinding_reach(bigint)",
)


def upgrade() -> None:
    _make_tables()
    op.execute(FUNCTIONS)
    for table, triggers in TRIGGERS.items():
        for name, said in triggers.items():
            op.execute(f"CREATE TRIGGER {name} {said.format(f'ON {table} FOR EACH ROW')}")
    for table, (reads, adds, rights) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({KEEPER} OR ({reads}))")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING ({KEEPER})")
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER})")
        op.execute(f"GRANT {rights} ON {table} TO {APP}")
    _allow((*_kinds(), *NEW_KINDS))


def downgrade() -> None:
    op.execute("ALTER TABLE notification NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM notification WHERE kind IN {NEW_KINDS}")  # noqa: S608 - ours
    op.execute("ALTER TABLE notification FORCE ROW LEVEL SECURITY")
    _allow(tuple(kind for kind in _kinds() if kind not in NEW_KINDS))
    for table, triggers in TRIGGERS.items():
        for name in triggers:
            op.execute(f"DROP TRIGGER {name} ON {table}")
    op.drop_table("unblinding_answer")
    op.execute("DROP TABLE unblinding CASCADE")
    for function in MADE:
        op.execute(f"DROP FUNCTION {function}")


def _kinds() -> tuple[str, ...]:
    """Read which notices there are: other migrations of these days add some as well."""
    said = op.get_bind().scalar(
        sa.text(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conname = 'ck_notification_kind_code'"
        )
    )
    return tuple(re.findall(r"'([a-z_]+)'", said))


def _allow(kinds: tuple[str, ...]) -> None:
    name = op.f("ck_notification_kind_code")
    op.drop_constraint(name, "notification", type_="check")
    op.create_check_constraint(name, "notification", f"kind IN {kinds}")


def _make_tables() -> None:
    op.create_table(
        "unblinding",
        *_begins("unblinding"),
        sa.Column("pairing_id", sa.BigInteger(), nullable=False),
        _link("unblinding", "missing_person_id", "missing_person"),
        _link("unblinding", "person_institution_id", "institution"),
        _link("unblinding", "remains_institution_id", "institution"),
        _link("unblinding", "asking_institution_id", "institution"),
        _link("unblinding", "asked_by", "account"),
        _code("unblinding", "band", BANDS),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_until", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _code("unblinding", "ended_how", ENDINGS, nullable=True),
        sa.CheckConstraint(
            "(opened_at IS NULL) = (open_until IS NULL)"
            " AND (ended_at IS NULL) = (ended_how IS NULL)",
            name=op.f("ck_unblinding_open_until_a_day"),
        ),
    )
    for column in (
        "case_id",
        "missing_person_id",
        "person_institution_id",
        "remains_institution_id",
        "pairing_id",
    ):
        op.create_index(op.f(f"ix_unblinding_{column}"), "unblinding", [column], unique=False)
    # Of two who ask at once the second is told that it is asked.
    op.create_index(
        "uq_unblinding_under_way",
        "unblinding",
        ["missing_person_id", "case_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "unblinding_answer",
        *_begins("unblinding_answer"),
        _link("unblinding_answer", "unblinding_id", "unblinding"),
        _link("unblinding_answer", "institution_id", "institution"),
        _link("unblinding_answer", "answered_by", "account"),
        _code("unblinding_answer", "said", ANSWERS),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
    )
    for column in ("case_id", "unblinding_id"):
        name = op.f(f"ix_unblinding_answer_{column}")
        op.create_index(name, "unblinding_answer", [column], unique=False)


def _begins(table: str) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    """Make what both have: a number, and words sealed with the key of the remains."""
    return (
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        _link(table, "case_id", "remains"),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("seal_id", name=op.f(f"uq_{table}_seal_id")),
    )


def _link(table: str, column: str, other: str) -> sa.Column[int]:
    goes = None if other in {"account", "institution"} else "CASCADE"
    key = sa.ForeignKey(f"{other}.id", name=op.f(f"fk_{table}_{column}"), ondelete=goes)
    return sa.Column(column, sa.BigInteger(), key, nullable=False)


def _code(
    table: str, column: str, codes: tuple[str, ...], *, nullable: bool = False
) -> sa.Column[str]:
    among = sa.CheckConstraint(f"{column} IN {codes}", name=op.f(f"ck_{table}_{column}_code"))
    return sa.Column(column, sa.String(length=64), among, nullable=nullable)
