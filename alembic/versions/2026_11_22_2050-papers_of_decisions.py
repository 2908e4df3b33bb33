"""papers of decisions

Why: reports of a decision and minutes of a board are documents of their own kind; and a
report of a decision that was taken back must not go on being shown: its copies are called back
the moment the decision ends, whoever ends it.
Loses data on the way down: yes, what documents of the new kinds can be verified by
Safe while the previous release is still running: yes
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0052"
branch_labels = None
depends_on = None

TABLE = "issued_document"
NAME = f"ck_{TABLE}_kind_code"
ADDED = (
    "identification_report",
    "exclusion_report",
    "board_minutes",
)


def upgrade() -> None:
    _allow((*_standing(), *ADDED))
    _call_back()


def downgrade() -> None:
    op.execute("DROP TRIGGER call_back_reports ON decision_end")
    op.execute("DROP FUNCTION call_back_reports()")
    op.execute("SELECT set_config('reunir.role', 'engine', true)")
    op.execute("SELECT set_config('reunir.purpose', 'keep', true)")
    added = ", ".join(f"'{each}'" for each in ADDED)
    op.execute(f"DELETE FROM {TABLE} WHERE kind IN ({added})")  # noqa: S608 - ours
    _allow(tuple(each for each in _standing() if each not in ADDED))


def _standing() -> tuple[str, ...]:
    """Read which kinds there are: other migrations of these days add some as well."""
    said = op.get_bind().scalar(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
        {"name": NAME},
    )
    return tuple(dict.fromkeys(re.findall(r"'(\w+)'", str(said))))


def _allow(kinds: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(NAME), TABLE, type_="check")
    op.create_check_constraint(op.f(NAME), TABLE, f"kind IN {kinds}")


def _call_back() -> None:
    """Call back what was printed of a decision, as the keeper, when it ends.

    One decision of a pair stands at a time, so that every report of it still out is of the one
    that ends. A letter and a consular note name the missing person alone: they are called
    back with the identification that was released, and with no other decision.
    """
    op.execute("""
        CREATE FUNCTION call_back_reports() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            asks text := viewer_role();
            asks_for text := viewer_purpose();
        BEGIN
            PERFORM set_config('reunir.role', 'engine', true),
                    set_config('reunir.purpose', 'keep', true);
            UPDATE released_copy SET recalled_at = NEW.entered_at
            WHERE recalled_at IS NULL AND copy IN (
                SELECT d.copy FROM issued_document d
                JOIN released_copy p ON p.copy = d.copy AND p.missing_person_id = NEW.case_id
                WHERE (d.kind IN ('family_letter', 'consular_note')
                       AND EXISTS (SELECT FROM decision_release t
                                   WHERE t.decision_id = NEW.decision_id))
                   OR (d.kind IN ('identification_report', 'exclusion_report')
                       AND EXISTS (SELECT FROM released_copy r
                                   WHERE r.copy = d.copy AND r.remains_id = NEW.remains_id))
            );
            PERFORM set_config('reunir.role', asks, true),
                    set_config('reunir.purpose', asks_for, true);
            RETURN NULL;
        END $$
    """)
    op.execute(
        "CREATE TRIGGER call_back_reports AFTER INSERT ON decision_end"
        " FOR EACH ROW EXECUTE FUNCTION call_back_reports()"
    )
