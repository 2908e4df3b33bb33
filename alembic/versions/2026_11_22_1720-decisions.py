"""what an identification rests on, decisions, and taking them back

Why: a proposal ended nowhere. Now what the gate asks for is put on record item by item, a
decision is proposed and signed by the keepers of both records, and ends only by a row that
says why. The database refuses an identification that lacks what the gate asks for, whoever
writes it; and while it is not released nobody writes on the missing person's record that they
were named.
Loses data on the way down: yes, decisions and what they rest on
Safe while the previous release is still running: no, it has no words for the new notices
"""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0051"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
FORENSIC = "(SELECT viewer_role()) IN ('forensic_examiner', 'forensic_coordinator')"
COORDINATES = "(SELECT viewer_role()) = 'forensic_coordinator'"
FOR_FAMILIES = "(SELECT viewer_role()) = 'liaison_officer'"
SURE = "(SELECT viewer_is_sure())"
PROVED = "(SELECT viewer_stepped_up())"
ACCOUNT = "(SELECT viewer_account())"
INSTITUTION = "(SELECT viewer_institution())"
# Each side is asked under its own policies: what the viewer may not read is not in there.
SEES_PERSON = "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id)"
SEES_BOTH = (
    f"{SEES_PERSON} AND EXISTS (SELECT FROM remains AS whole WHERE whole.id = remains_id)"
)
READS = f"{FORENSIC} AND {SURE} AND {SEES_BOTH}"
KEEPS = {
    "person": "EXISTS (SELECT FROM missing_person AS kept WHERE kept.id = case_id"
    f" AND kept.owner_institution_id = {INSTITUTION})",
    "remains": "EXISTS (SELECT FROM remains AS kept WHERE kept.id = remains_id"
    f" AND kept.owner_institution_id = {INSTITUTION})",
}
KEEPS_ONE = f"({KEEPS['person']} OR {KEEPS['remains']})"
OWN = f"entered_by = {ACCOUNT} AND institution_id = {INSTITUTION} AND {KEEPS_ONE}"
SIGNS = (
    f"{OWN} AND {COORDINATES} AND {PROVED}"
    f" AND (signed_for = 'remains' OR {KEEPS['person']})"
    f" AND (signed_for = 'person' OR {KEEPS['remains']})"
)
# Table: what it lets be added, and the sealed columns that the keeper may empty.
TABLES = {
    "gate_entry": (f"{READS} AND {OWN}", "told"),
    "decision": (f"{READS} AND {OWN} AND {PROVED}", "told"),
    "decision_signature": (f"{READS} AND {SIGNS}", "reason"),
    "decision_end": (f"{READS} AND {OWN} AND {PROVED}", "reason"),
    "decision_release": (f"{READS} AND {OWN} AND {COORDINATES} AND {PROVED}", "told"),
}
KINDS = (
    "primary_report",
    "board_exception",
    "resolved_discrepancy",
    "legal_act",
    "completeness",
    "notification_plan",
)
METHODS = (
    "dna",
    "dental",
    "prints",
    "implant",
    "anthropology",
    "date_or_place",
    "located_alive",
    "other",
)
NEW_KINDS = ("decision_waits", "decision_ended", "identification_released")

FUNCTIONS = """
CREATE FUNCTION gate_holds(a_case bigint, some_remains bigint, a_kind text, what text = NULL)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM gate_entry AS e
        WHERE e.case_id = a_case AND e.remains_id = some_remains AND e.kind = a_kind
          AND (what IS NULL OR e.about = what) AND NOT e.is_withdrawn
          AND NOT EXISTS (
              SELECT FROM gate_entry AS later
              WHERE later.case_id = a_case AND later.remains_id = some_remains
                AND later.kind = e.kind AND later.about = e.about AND later.id > e.id))
$$;

CREATE FUNCTION decision_stands(a_decision bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT FROM decision_end WHERE decision_id = a_decision)
       AND NOT EXISTS (
           SELECT FROM decision_signature WHERE decision_id = a_decision AND NOT accepted)
$$;

CREATE FUNCTION decision_is_locked(a_decision bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT decision_stands(a_decision) AND (
        SELECT count(*) FILTER (WHERE signed_for = 'both') = 1
            OR count(*) FILTER (WHERE signed_for IN ('person', 'remains')) = 2
        FROM decision_signature WHERE decision_id = a_decision AND accepted)
$$;

-- What the gate lacks, as far as rows can say it: nothing that a score could stand for.
CREATE FUNCTION gate_lacks(a_case bigint, some_remains bigint, a_review bigint)
RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    came record;
    lacks text[] := '{}';
BEGIN
    SELECT o.conclusion, o.unexplained, o.is_exception INTO came
    FROM review_outcome AS o JOIN review AS r ON r.id = o.review_id
    WHERE r.id = a_review AND r.case_id = a_case AND r.remains_id = some_remains
      AND NOT EXISTS (SELECT FROM review AS n WHERE n.follows_id = r.id)
    ORDER BY o.id DESC LIMIT 1;
    IF came IS NULL OR came.conclusion IS DISTINCT FROM 'supports'
       OR cardinality(examiners_of_review(a_review)) <> 2 THEN
        lacks := lacks || 'examiners'::text;
    END IF;
    IF NOT gate_holds(a_case, some_remains, 'primary_report') AND NOT coalesce(
        came.is_exception AND gate_holds(a_case, some_remains, 'board_exception'), false
    ) THEN
        lacks := lacks || 'primary_report'::text;
    END IF;
    IF EXISTS (
        SELECT FROM unnest(came.unexplained) AS kind
        WHERE NOT gate_holds(a_case, some_remains, 'resolved_discrepancy', kind)
    ) THEN
        lacks := lacks || 'discrepancy'::text;
    END IF;
    IF NOT gate_holds(a_case, some_remains, 'legal_act') THEN
        lacks := lacks || 'legal_act'::text;
    END IF;
    IF NOT gate_holds(a_case, some_remains, 'completeness') THEN
        lacks := lacks || 'completeness'::text;
    END IF;
    IF NOT gate_holds(a_case, some_remains, 'notification_plan') THEN
        lacks := lacks || 'notification_plan'::text;
    END IF;
    RETURN lacks;
END $$;

CREATE FUNCTION decision_may_be_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lacks text[];
BEGIN
    -- Of two who decide of the same remains at once the second sees what the first wrote.
    PERFORM pg_advisory_xact_lock(hashtextextended('decision', NEW.remains_id));
    IF EXISTS (
        SELECT FROM decision AS d
        WHERE d.case_id = NEW.case_id AND d.remains_id = NEW.remains_id
          AND decision_stands(d.id)
          AND NOT (d.outcome = 'premature' AND decision_is_locked(d.id))
    ) THEN
        RAISE check_violation USING MESSAGE = 'a decision of this pair stands',
            CONSTRAINT = 'decision_one_at_a_time';
    END IF;
    IF NEW.outcome <> 'identification' THEN
        RETURN NEW;
    END IF;
    lacks := gate_lacks(NEW.case_id, NEW.remains_id, NEW.review_id);
    IF cardinality(lacks) > 0 THEN
        RAISE check_violation
            USING MESSAGE = 'the gate lacks: ' || array_to_string(lacks, ', '),
            CONSTRAINT = 'decision_gate';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION decision_may_be_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    about decision;
    lacks text[];
    one_keeper boolean;
BEGIN
    SELECT * INTO about FROM decision WHERE id = NEW.decision_id;
    PERFORM pg_advisory_xact_lock(hashtextextended('decision', about.remains_id));
    SELECT p.owner_institution_id = r.owner_institution_id INTO one_keeper
    FROM missing_person AS p, remains AS r
    WHERE p.id = about.case_id AND r.id = about.remains_id;
    IF about.case_id <> NEW.case_id OR about.remains_id <> NEW.remains_id
       OR (NEW.signed_for = 'both') IS DISTINCT FROM one_keeper THEN
        RAISE check_violation USING MESSAGE = 'signed for records that are kept otherwise',
            CONSTRAINT = 'decision_signed_for';
    END IF;
    IF NOT decision_stands(about.id) THEN
        RAISE check_violation USING MESSAGE = 'this decision stands no more',
            CONSTRAINT = 'decision_stands';
    END IF;
    IF NEW.signed_for = 'both' AND NEW.entered_by = about.entered_by THEN
        RAISE check_violation USING MESSAGE = 'nobody signs alone what they propose',
            CONSTRAINT = 'decision_signed_by_another';
    END IF;
    IF NEW.entered_by = ANY (examiners_of_review(about.review_id)) THEN
        RAISE check_violation USING MESSAGE = 'an examiner of the pair does not sign',
            CONSTRAINT = 'decision_signed_by_another';
    END IF;
    IF about.outcome = 'identification' AND NEW.accepted THEN
        lacks := gate_lacks(about.case_id, about.remains_id, about.review_id);
        IF cardinality(lacks) > 0 THEN
            RAISE check_violation
                USING MESSAGE = 'the gate lacks: ' || array_to_string(lacks, ', '),
                CONSTRAINT = 'decision_gate';
        END IF;
        IF EXISTS (
            SELECT FROM remains AS r WHERE r.id = about.remains_id
              AND r.identification_status IN ('identified', 'repatriated')
        ) THEN
            RAISE check_violation USING MESSAGE = 'these remains are named already',
                CONSTRAINT = 'decision_named_already';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION decision_may_be_released() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decision AS d WHERE d.id = NEW.decision_id AND d.case_id = NEW.case_id
          AND d.remains_id = NEW.remains_id AND d.outcome = 'identification'
          AND decision_is_locked(d.id)
    ) THEN
        RAISE check_violation USING MESSAGE = 'only a locked identification is released',
            CONSTRAINT = 'decision_release_of_locked';
    END IF;
    RETURN NEW;
END $$;

-- The family's side reads the status of its own record: what is not released must not be there.
CREATE FUNCTION embargo_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asks text := current_setting('reunir.role', true);
    asks_for text := current_setting('reunir.purpose', true);
    held boolean;
BEGIN
    PERFORM set_config('reunir.role', 'engine', true),
            set_config('reunir.purpose', 'keep', true);
    SELECT EXISTS (
        SELECT FROM decision AS d
        WHERE d.case_id = NEW.id AND d.outcome = 'identification' AND decision_stands(d.id)
          AND NOT EXISTS (SELECT FROM decision_release AS r WHERE r.decision_id = d.id)
    ) INTO held;
    PERFORM set_config('reunir.role', coalesce(asks, ''), true),
            set_config('reunir.purpose', coalesce(asks_for, ''), true);
    IF held THEN
        RAISE check_violation USING MESSAGE = 'an identification of theirs is not released',
            CONSTRAINT = 'missing_person_embargo';
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGERS = (
    """
    CREATE TRIGGER may_be_proposed BEFORE INSERT ON decision
    FOR EACH ROW EXECUTE FUNCTION decision_may_be_proposed()
    """,
    """
    CREATE TRIGGER may_be_signed BEFORE INSERT ON decision_signature
    FOR EACH ROW EXECUTE FUNCTION decision_may_be_signed()
    """,
    """
    CREATE TRIGGER may_be_released BEFORE INSERT ON decision_release
    FOR EACH ROW EXECUTE FUNCTION decision_may_be_released()
    """,
    """
    CREATE TRIGGER embargo_holds BEFORE UPDATE OF search_status ON missing_person
    FOR EACH ROW WHEN (
        NEW.search_status = 'identified_deceased' AND OLD.search_status <> NEW.search_status
    ) EXECUTE FUNCTION embargo_holds()
    """,
)
MADE = (
    "embargo_holds()",
    "decision_may_be_released()",
    "decision_may_be_signed()",
    "decision_may_be_proposed()",
    "gate_lacks(bigint, bigint, bigint)",
    "decision_is_locked(bigint)",
    "decision_stands(bigint)",
    "gate_holds(bigint, bigint, text, text)",
)


def upgrade() -> None:
    _make_tables()
    op.execute(FUNCTIONS)
    for trigger in TRIGGERS:
        op.execute(trigger)
    for table, (adds, sealed) in TABLES.items():
        reads = READS
        if table == "decision_release":
            reads = f"({READS}) OR ({FOR_FAMILIES} AND {SURE} AND {SEES_PERSON})"
        _wall(table, reads, adds)
        # Never changed: a later row says what became of it. The keeper may empty and remove it.
        op.execute(f"GRANT SELECT, INSERT, UPDATE ({sealed}), DELETE ON {table} TO {APP}")
    of_decision = "EXISTS (SELECT FROM decision AS whole WHERE whole.id = decision_id)"
    proposes = (
        f"EXISTS (SELECT FROM decision AS whole WHERE whole.id = decision_id"
        f" AND whole.entered_by = {ACCOUNT})"
    )
    _wall("excluded_fact", f"{FORENSIC} AND {of_decision}", f"{FORENSIC} AND {proposes}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON excluded_fact TO {APP}")
    # The queue reads it beside each pairing, whose two records it asks for already.
    _wall("excluded_pair", FORENSIC, "false")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON excluded_pair TO {APP}")
    _allow((*_kinds(), *NEW_KINDS))


def downgrade() -> None:
    op.execute("ALTER TABLE notification NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM notification WHERE kind IN {NEW_KINDS}")  # noqa: S608 - ours
    op.execute("ALTER TABLE notification FORCE ROW LEVEL SECURITY")
    _allow(tuple(kind for kind in _kinds() if kind not in NEW_KINDS))
    op.execute("DROP TRIGGER embargo_holds ON missing_person")
    for table in ("excluded_pair", "excluded_fact"):
        op.drop_table(table)
    for table in reversed(TABLES):
        # Its triggers and policies go with it.
        op.execute(f"DROP TABLE {table} CASCADE")
    for function in MADE:
        op.execute(f"DROP FUNCTION {function}")


def _kinds() -> tuple[str, ...]:
    """Read which notices there are: another migration of these days adds some as well."""
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


def _wall(table: str, reads: str, adds: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({KEEPER} OR ({reads}))")
    op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({KEEPER} OR ({adds}))")
    op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING ({KEEPER})")
    op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER})")


def _make_tables() -> None:
    _make(
        "gate_entry",
        _code("gate_entry", "kind", KINDS),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sealed="told",
    )
    _make(
        "decision",
        _code("decision", "outcome", ("premature", "exclusion", "identification")),
        _code("decision", "method", METHODS, nullable=True),
        _code("decision", "strength", ("conclusive", "provisional"), nullable=True),
        _link("decision", "review_id", "review", nullable=True),
        sa.CheckConstraint(
            "(outcome = 'exclusion') = (method IS NOT NULL)"
            " AND (method IS NULL) = (strength IS NULL)",
            name=op.f("ck_decision_exclusion_says_how"),
        ),
        sealed="told",
    )
    _make(
        "decision_signature",
        _code("decision_signature", "signed_for", ("person", "remains", "both")),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        _link("decision_signature", "decision_id", "decision"),
        sa.UniqueConstraint(
            "decision_id",
            "signed_for",
            name=op.f("uq_decision_signature_decision_id_signed_for"),
        ),
        sealed="reason",
    )
    _make(
        "decision_end",
        _code("decision_end", "cause", ("withdrawn", "recalled", "fact_changed")),
        _code("decision_end", "handed_over", ("no", "partly", "yes", "unknown"), nullable=True),
        sa.Column("changed", sa.ARRAY(sa.Text()), nullable=False),
        _link("decision_end", "decision_id", "decision"),
        sa.UniqueConstraint("decision_id", name=op.f("uq_decision_end_decision_id")),
        sa.CheckConstraint(
            "(cause = 'fact_changed') = (entered_by IS NULL)",
            name=op.f("ck_decision_end_a_person_or_the_worker"),
        ),
        sealed="reason",
        by_worker=True,
    )
    _make(
        "decision_release",
        _link("decision_release", "decision_id", "decision"),
        sa.UniqueConstraint("decision_id", name=op.f("uq_decision_release_decision_id")),
        sealed="told",
    )
    for table in ("decision_signature", "decision_end", "decision_release"):
        op.create_index(op.f(f"ix_{table}_decision_id"), table, ["decision_id"], unique=False)
    op.create_table(
        "excluded_fact",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        _link("excluded_fact", "decision_id", "decision"),
        sa.PrimaryKeyConstraint("decision_id", "kind", name=op.f("pk_excluded_fact")),
    )
    op.create_table(
        "excluded_pair",
        _link("excluded_pair", "decision_id", "decision"),
        _link("excluded_pair", "missing_person_id", "missing_person"),
        _link("excluded_pair", "remains_id", "remains"),
        _link("excluded_pair", "institution_id", "institution", nullable=True),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_excluded_pair")),
    )
    op.create_index(
        "ix_excluded_pair_pair", "excluded_pair", ["missing_person_id", "remains_id"]
    )
    op.create_index(op.f("ix_excluded_pair_remains_id"), "excluded_pair", ["remains_id"])


def _make(table: str, *columns: Any, sealed: str, by_worker: bool = False) -> None:
    """Make a table of rows about a pair, with who entered each and its seal."""
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        *columns,
        sa.Column(sealed, sa.LargeBinary(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        _link(table, "entered_by", "account", nullable=by_worker),
        _link(table, "case_id", "missing_person"),
        _link(table, "remains_id", "remains"),
        _link(table, "institution_id", "institution"),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("seal_id", name=op.f(f"uq_{table}_seal_id")),
    )
    for column in ("case_id", "remains_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _link(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[int]:
    goes = None if other in {"account", "institution"} else "CASCADE"
    key = sa.ForeignKey(f"{other}.id", name=op.f(f"fk_{table}_{column}"), ondelete=goes)
    return sa.Column(column, sa.BigInteger(), key, nullable=nullable)


def _code(
    table: str, column: str, codes: tuple[str, ...], *, nullable: bool = False
) -> sa.Column[str]:
    among = sa.CheckConstraint(f"{column} IN {codes}", name=op.f(f"ck_{table}_{column}_code"))
    return sa.Column(column, sa.String(length=64), among, nullable=nullable)
