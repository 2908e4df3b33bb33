"""a service signs for a person whose keeper has no coordinators

Why: an identification takes the signature of both keepers, and a family organisation, a
humanitarian organisation or a consulate has nobody who signs. Now it asks a forensic service
that the family named to sign for that one record; the service accepts; either ends it. The
database asks who may sign each time: whoever was not asked, has not accepted, was ended or is
no longer agreed to by the family is refused. See ADR 0055.
Remains that are named and unclaimed count as named where a decision is signed.
Loses data on the way down: yes, which services were asked to sign
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0061"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
FORENSIC = "(SELECT viewer_role()) IN ('forensic_examiner', 'forensic_coordinator')"
COORDINATES = "(SELECT viewer_role()) = 'forensic_coordinator'"
SURE = "(SELECT viewer_is_sure())"
PROVED = "(SELECT viewer_stepped_up())"
ACCOUNT = "(SELECT viewer_account())"
INSTITUTION = "(SELECT viewer_institution())"
SEES_BOTH = (
    "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id)"
    " AND EXISTS (SELECT FROM remains AS whole WHERE whole.id = remains_id)"
)
KEEPS_PERSON = (
    "EXISTS (SELECT FROM missing_person AS kept WHERE kept.id = case_id"
    f" AND kept.owner_institution_id = {INSTITUTION})"
)
KEEPS_REMAINS = (
    "EXISTS (SELECT FROM remains AS kept WHERE kept.id = remains_id"
    f" AND kept.owner_institution_id = {INSTITUTION})"
)
# Who keeps a record needs nobody; only then is it asked whether somebody signs for its keeper.
ACTS = f"signs_for_person(case_id) = {INSTITUTION}"
KINDS = ("record", "sample", "document", "visit", "notification", "referral", "transfer")
NEW_KIND = "signing"


def adds(person: str) -> dict[str, str]:
    """Say who adds a row beside a decision; `person`: who counts as the person's side."""
    own = (
        f"{FORENSIC} AND {SURE} AND {SEES_BOTH} AND entered_by = {ACCOUNT}"
        f" AND institution_id = {INSTITUTION} AND {PROVED} AND ({person} OR {KEEPS_REMAINS})"
    )
    return {
        "decision_signature": (
            f"{own} AND {COORDINATES} AND (signed_for = 'remains' OR {person})"
            f" AND (signed_for = 'person' OR {KEEPS_REMAINS})"
        ),
        "decision_end": own,
        "decision_release": f"{own} AND {COORDINATES}",
    }


NOW = adds(f"({KEEPS_PERSON} OR {ACTS})")
BEFORE = adds(KEEPS_PERSON)

ASKS = """
    asks text := current_setting('reunir.role', true);
    asks_for text := current_setting('reunir.purpose', true);
"""
GO_ON = """
    PERFORM set_config('reunir.role', 'engine', true),
            set_config('reunir.purpose', 'keep', true);
"""
AS_BEFORE = """
    PERFORM set_config('reunir.role', coalesce(asks, ''), true),
            set_config('reunir.purpose', coalesce(asks_for, ''), true);
"""
FUNCTIONS = f"""
-- Whether somebody of the family agreed, naming that institution, and nobody closed it since.
-- Asked as the keeper.
CREATE FUNCTION signing_agreed(a_person bigint, a_service bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT count(DISTINCT given.data_category) = 2
       AND NOT unblinding_closed(a_person, a_service, 'circumstances')
       AND NOT unblinding_closed(a_person, a_service, 'identity')
       AND NOT EXISTS (
           SELECT FROM missing_person AS p, institution AS i
           WHERE p.id = a_person AND i.id = a_service
             AND (p.restricted_at IS NOT NULL OR i.country = ANY (p.country_restrictions)))
    FROM consent AS given
    WHERE given.missing_person_id = a_person AND given.recipient = 'institution:' || a_service
      AND given.legal_basis = 'consent' AND given.decision = 'granted'
      AND given.purpose = 'search' AND given.data_category IN ('circumstances', 'identity')
      AND given.withdrawn_at IS NULL AND given.valid_from <= now() AND given.expires > now()
$$;

CREATE FUNCTION signing_stands_at(a_request bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT m.step FROM office_message AS m
    WHERE m.case_id = a_request AND m.step IS NOT NULL ORDER BY m.id DESC LIMIT 1
$$;

-- The service that signs for a missing person's keeper; NULL where none does. Who asks may be
-- neither of the two, so it is looked up as the keeper; a number is all that comes out.
CREATE FUNCTION signs_for_person(a_case bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE {ASKS}
    found bigint;
BEGIN
    {GO_ON}
    SELECT asked.to_institution_id INTO found
    FROM office_request AS asked JOIN missing_person AS p ON p.id = asked.missing_person_id
    WHERE asked.missing_person_id = a_case AND asked.kind = 'signing'
      AND asked.from_institution_id = p.owner_institution_id
      AND signing_stands_at(asked.id) = 'accepted'
      AND signing_agreed(a_case, asked.to_institution_id)
    ORDER BY asked.id DESC LIMIT 1;
    {AS_BEFORE}
    RETURN found;
END $$;

CREATE FUNCTION signing_is_asked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE {ASKS}
    allowed boolean;
    agreed boolean;
    under_way boolean;
BEGIN
    {GO_ON}
    PERFORM pg_advisory_xact_lock(hashtextextended('signing', NEW.missing_person_id));
    SELECT count(*) = 1 INTO allowed
    FROM missing_person AS p
    JOIN institution AS keeper ON keeper.id = p.owner_institution_id
    JOIN institution AS service ON service.id = NEW.to_institution_id
    WHERE p.id = NEW.missing_person_id AND keeper.id = NEW.from_institution_id
      AND keeper.kind NOT IN ('forensic_service', 'prosecutor')
      AND service.kind IN ('forensic_service', 'prosecutor');
    agreed := signing_agreed(NEW.missing_person_id, NEW.to_institution_id);
    SELECT EXISTS (
        SELECT FROM office_request AS other
        WHERE other.missing_person_id = NEW.missing_person_id AND other.kind = 'signing'
          AND other.from_institution_id = NEW.from_institution_id
          AND coalesce(signing_stands_at(other.id), 'open') IN ('open', 'accepted')
    ) INTO under_way;
    {AS_BEFORE}
    IF NOT allowed OR NOT viewer_stepped_up()
       OR viewer_role() <> 'liaison_officer' THEN
        RAISE check_violation USING MESSAGE = 'this is not theirs to ask',
            CONSTRAINT = 'signing_by_keeper';
    END IF;
    IF NOT agreed THEN
        RAISE check_violation USING MESSAGE = 'the family did not agree to that service',
            CONSTRAINT = 'signing_agreed';
    END IF;
    IF under_way THEN
        RAISE check_violation USING MESSAGE = 'another service is asked, or signs',
            CONSTRAINT = 'signing_one_at_a_time';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION signing_is_answered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE {ASKS}
    asked office_request;
    stands text;
    agreed boolean;
BEGIN
    {GO_ON}
    SELECT * INTO asked FROM office_request WHERE id = NEW.case_id;
    PERFORM pg_advisory_xact_lock(hashtextextended('signing', asked.missing_person_id));
    stands := coalesce(signing_stands_at(NEW.case_id), 'open');
    agreed := asked.kind <> 'signing'
        OR signing_agreed(asked.missing_person_id, asked.to_institution_id);
    {AS_BEFORE}
    IF asked.kind <> 'signing' THEN
        RETURN NEW;
    END IF;
    -- Taking it on, and giving it up, is the service's coordinators'; ending it, the keeper's.
    IF NOT (CASE NEW.step
        WHEN 'accepted' THEN stands = 'open' AND viewer_stepped_up()
            AND viewer_role() = 'forensic_coordinator'
            AND NEW.institution_id = asked.to_institution_id
        WHEN 'declined' THEN stands IN ('open', 'accepted')
            AND viewer_role() = 'forensic_coordinator'
            AND NEW.institution_id = asked.to_institution_id
        WHEN 'withdrawn' THEN stands IN ('open', 'accepted')
            AND NEW.institution_id = asked.from_institution_id
        ELSE false END)
    THEN
        RAISE check_violation USING MESSAGE = 'this is not theirs to say, or not any more',
            CONSTRAINT = 'signing_by_coordinators';
    END IF;
    IF NEW.step = 'accepted' AND NOT agreed THEN
        RAISE check_violation USING MESSAGE = 'the family does not agree to it any more',
            CONSTRAINT = 'signing_agreed';
    END IF;
    RETURN NEW;
END $$;
"""  # noqa: S608 - ours
TRIGGERS = {
    "office_request": (
        "CREATE TRIGGER signing_asked BEFORE INSERT ON office_request FOR EACH ROW"
        " WHEN (NEW.kind = 'signing') EXECUTE FUNCTION signing_is_asked()"
    ),
    "office_message": (
        "CREATE TRIGGER signing_answered BEFORE INSERT ON office_message FOR EACH ROW"
        " WHEN (NEW.step IS NOT NULL) EXECUTE FUNCTION signing_is_answered()"
    ),
}
MADE = (
    "signing_is_answered()",
    "signing_is_asked()",
    "signs_for_person(bigint)",
    "signing_stands_at(bigint)",
    "signing_agreed(bigint, bigint)",
)
# As in migration 0048, but for what stands in between.
SIGNED = """
CREATE OR REPLACE FUNCTION decision_may_be_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    about decision;
    lacks text[];
    one_keeper boolean;
    of_person bigint;
    of_remains bigint;
BEGIN
    SELECT * INTO about FROM decision WHERE id = NEW.decision_id;
    PERFORM pg_advisory_xact_lock(hashtextextended('decision', about.remains_id));
    SELECT p.owner_institution_id, r.owner_institution_id INTO of_person, of_remains
    FROM missing_person AS p, remains AS r
    WHERE p.id = about.case_id AND r.id = about.remains_id;
    one_keeper := of_person = of_remains;
    IF about.case_id <> NEW.case_id OR about.remains_id <> NEW.remains_id
       OR (NEW.signed_for = 'both') IS DISTINCT FROM one_keeper THEN
        RAISE check_violation USING MESSAGE = 'signed for records that are kept otherwise',
            CONSTRAINT = 'decision_signed_for';
    END IF;
    {by_whom}
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
              AND r.identification_status IN ({named})
        ) THEN
            RAISE check_violation USING MESSAGE = 'these remains are named already',
                CONSTRAINT = 'decision_named_already';
        END IF;
    END IF;
    RETURN NEW;
END $$
"""
BY_WHOM = """
    IF NEW.signed_for = 'person' AND NEW.institution_id <> of_person
       AND NEW.institution_id IS DISTINCT FROM signs_for_person(about.case_id)
       OR NEW.signed_for <> 'person' AND NEW.institution_id <> of_remains THEN
        RAISE check_violation USING MESSAGE = 'signed for a keeper who did not ask for it',
            CONSTRAINT = 'decision_signed_for_keeper';
    END IF;
    NEW.for_institution_id := CASE
        WHEN NEW.signed_for = 'person' AND NEW.institution_id <> of_person THEN of_person END;
    -- One service may keep the remains and sign for the person: two of its people, not one.
    IF EXISTS (
        SELECT FROM decision_signature AS other
        WHERE other.decision_id = about.id AND other.entered_by = NEW.entered_by
    ) THEN
        RAISE check_violation USING MESSAGE = 'two signatures are of two people',
            CONSTRAINT = 'decision_signed_by_another';
    END IF;
"""
NAMED = "'identified', 'identified_unclaimed', 'repatriated'"


def upgrade() -> None:
    _allow((*KINDS, NEW_KIND))
    key = sa.ForeignKey("institution.id", name=op.f("fk_decision_signature_for_institution_id"))
    column = sa.Column("for_institution_id", sa.BigInteger(), key, nullable=True)
    op.add_column("decision_signature", column)
    op.execute(FUNCTIONS)
    for trigger in TRIGGERS.values():
        op.execute(trigger)
    op.execute(SIGNED.format(by_whom=BY_WHOM, named=NAMED))
    _let_add(NOW)


def downgrade() -> None:
    _let_add(BEFORE)
    op.execute(SIGNED.format(by_whom="", named="'identified', 'repatriated'"))
    op.drop_column("decision_signature", "for_institution_id")
    op.execute("DROP TRIGGER signing_asked ON office_request")
    op.execute("DROP TRIGGER signing_answered ON office_message")
    for function in MADE:
        op.execute(f"DROP FUNCTION {function}")
    op.execute("ALTER TABLE office_request NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM office_request WHERE kind = 'signing'")
    op.execute("ALTER TABLE office_request FORCE ROW LEVEL SECURITY")
    _allow(KINDS)


def _let_add(rules: dict[str, str]) -> None:
    for table, rule in rules.items():
        op.execute(f"DROP POLICY adds ON {table}")
        op.execute(
            f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({KEEPER} OR ({rule}))"
        )


def _allow(kinds: tuple[str, ...]) -> None:
    name = op.f("ck_office_request_kind_code")
    op.drop_constraint(name, "office_request", type_="check")
    op.create_check_constraint(name, "office_request", f"kind IN {kinds}")
