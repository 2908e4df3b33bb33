"""nobody is written down as named but by a decision

Why: the gate was held where decisions are written, and the two records say themselves that
somebody was named: an account of the institution that keeps a record could have written it
there past every page. A walk of random deeds did.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

from alembic import op

revision = "0058"
down_revision = "0055"
branch_labels = None
depends_on = None

# As in migration 0048: whoever writes may not read every decision, and is told nothing of them.
HELD = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asks text := current_setting('reunir.role', true);
    asks_for text := current_setting('reunir.purpose', true);
    held boolean;
BEGIN
    PERFORM set_config('reunir.role', 'engine', true),
            set_config('reunir.purpose', 'keep', true);
    SELECT {held} INTO held;
    PERFORM set_config('reunir.role', coalesce(asks, ''), true),
            set_config('reunir.purpose', coalesce(asks_for, ''), true);
    IF held THEN
        RAISE check_violation USING MESSAGE = '{message}', CONSTRAINT = '{constraint}';
    END IF;
    RETURN NEW;
END $$
"""
UNRELEASED = """
    EXISTS (
        SELECT FROM decision AS d
        WHERE d.case_id = NEW.id AND d.outcome = 'identification' AND decision_stands(d.id)
          AND NOT EXISTS (SELECT FROM decision_release AS r WHERE r.decision_id = d.id)
    )
"""
NOT_RELEASED = """
    NOT EXISTS (
        SELECT FROM decision AS d JOIN decision_release AS r ON r.decision_id = d.id
        WHERE d.case_id = NEW.id AND d.outcome = 'identification' AND decision_is_locked(d.id)
    )
"""
NOT_DECIDED = """
    NOT EXISTS (
        SELECT FROM decision AS d
        WHERE d.remains_id = NEW.id AND d.outcome = 'identification'
          AND decision_is_locked(d.id)
    )
"""
EMBARGO = {
    "name": "embargo_holds",
    "message": "an identification of theirs is not released",
    "constraint": "missing_person_embargo",
}
NAMED = {
    "name": "named_by_decision",
    "held": NOT_DECIDED,
    "message": "no identification of these remains stands",
    "constraint": "remains_named_by_decision",
}
TRIGGER = """
CREATE TRIGGER named_by_decision BEFORE UPDATE OF identification_status ON remains
FOR EACH ROW WHEN (
    NEW.identification_status IN ('identified', 'identified_unclaimed', 'repatriated')
    AND OLD.identification_status
        NOT IN ('identified', 'identified_unclaimed', 'repatriated')
) EXECUTE FUNCTION named_by_decision()
"""


def upgrade() -> None:
    op.execute(HELD.format(**EMBARGO, held=f"{UNRELEASED} OR {NOT_RELEASED}"))
    op.execute(HELD.format(**NAMED))
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER named_by_decision ON remains")
    op.execute("DROP FUNCTION named_by_decision()")
    op.execute(HELD.format(**EMBARGO, held=UNRELEASED))
