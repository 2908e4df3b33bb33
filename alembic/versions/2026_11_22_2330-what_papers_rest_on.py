"""what papers rest on

Why: when an identification was taken back every letter of that person was called back, that of
another identification which stands as well; and a form of consent or a slip with a code could
not be held against the registry. What a paper rests on is kept beside it, where only the keeper
reads: that a decision exists is not for everybody who reads the register of copies.
Loses data on the way down: yes, what documents of the new kinds can be verified by
Safe while the previous release is still running: yes
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0056"
branch_labels = None
depends_on = None

APP = "reunir_app"
TABLE = "document_basis"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
OWN = (
    "EXISTS (SELECT FROM issued_document d WHERE d.copy = document_basis.copy"
    " AND d.institution_id = (SELECT viewer_institution())"
    " AND d.issued_by = (SELECT viewer_account()))"
)
DOCUMENT = "issued_document"
NAME = f"ck_{DOCUMENT}_kind_code"
ADDED = ("consent_form", "status_slip", "premature_report")

# A paper from before this migration says not what it rests on: it goes with its pair.
OF_DECISION = """
    WHERE recalled_at IS NULL AND (
        copy IN (SELECT b.copy FROM document_basis b WHERE b.decision_id = NEW.decision_id)
        OR (copy IN (BEFORE)
            AND NOT EXISTS (SELECT FROM document_basis b WHERE b.copy = released_copy.copy)))
"""
OF_PAIR = "WHERE recalled_at IS NULL AND copy IN (BEFORE)"
BEFORE = """
    SELECT d.copy FROM issued_document d
    JOIN released_copy p ON p.copy = d.copy AND p.missing_person_id = NEW.case_id
    WHERE (d.kind IN ('family_letter', 'consular_note')
           AND EXISTS (SELECT FROM decision_release t
                       WHERE t.decision_id = NEW.decision_id))
       OR (d.kind IN ('identification_report', 'exclusion_report')
           AND EXISTS (SELECT FROM released_copy r
                       WHERE r.copy = d.copy AND r.remains_id = NEW.remains_id))
"""


def upgrade() -> None:
    _allow((*_standing(), *ADDED))
    _make_table()
    _call_back_reports(OF_DECISION)
    op.execute(_as_keeper("call_back_slip", _slips("NEW", "NEW.revoked_at"), gives="NULL"))
    op.execute(
        "CREATE TRIGGER call_back_slip AFTER UPDATE OF revoked_at ON status_code"
        " FOR EACH ROW WHEN (NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION call_back_slip()"
    )
    ended = _slips("OLD", "coalesce(OLD.revoked_at, now())")
    op.execute(_as_keeper("call_back_erased_slip", ended, gives="OLD"))
    op.execute(
        "CREATE TRIGGER call_back_erased_slip BEFORE DELETE ON status_code"
        " FOR EACH ROW EXECUTE FUNCTION call_back_erased_slip()"
    )


def downgrade() -> None:
    for name in ("call_back_slip", "call_back_erased_slip"):
        op.execute(f"DROP TRIGGER {name} ON status_code")
        op.execute(f"DROP FUNCTION {name}()")
    _call_back_reports(OF_PAIR)
    op.drop_table(TABLE)
    op.execute("SELECT set_config('reunir.role', 'engine', true)")
    op.execute("SELECT set_config('reunir.purpose', 'keep', true)")
    added = ", ".join(f"'{each}'" for each in ADDED)
    op.execute(f"DELETE FROM {DOCUMENT} WHERE kind IN ({added})")  # noqa: S608 - ours
    _allow(tuple(each for each in _standing() if each not in ADDED))


def _standing() -> tuple[str, ...]:
    """Read which kinds there are: other migrations add some as well."""
    said = op.get_bind().scalar(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
        {"name": NAME},
    )
    return tuple(dict.fromkeys(re.findall(r"'(\w+)'", str(said))))


def _allow(kinds: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(NAME), DOCUMENT, type_="check")
    op.create_check_constraint(op.f(NAME), DOCUMENT, f"kind IN {kinds}")


def _make_table() -> None:
    op.create_table(
        TABLE,
        sa.Column("copy", sa.String(length=20), nullable=False),
        sa.Column("decision_id", sa.BigInteger(), nullable=True),
        sa.Column("status_code_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(decision_id, status_code_id) = 1", name=op.f(f"ck_{TABLE}_one_thing")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_{TABLE}_{column}"), ondelete="CASCADE"
            )
            for column, target in (
                ("copy", "issued_document.copy"),
                ("decision_id", "decision.id"),
                ("status_code_id", "status_code.id"),
            )
        ),
        sa.PrimaryKeyConstraint("copy", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("decision_id", "status_code_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column], unique=False)
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {TABLE} FOR SELECT USING ({KEEPER})")
    op.execute(f"CREATE POLICY adds ON {TABLE} FOR INSERT WITH CHECK ({KEEPER} OR {OWN})")
    op.execute(f"CREATE POLICY removes ON {TABLE} FOR DELETE USING ({KEEPER})")
    op.execute(f"CREATE POLICY alters ON {TABLE} FOR UPDATE USING (false)")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON {TABLE} TO {APP}")


def _call_back_reports(which: str) -> None:
    """Call back what was printed of a decision, when it ends, whoever ends it."""
    where = which.replace("BEFORE", BEFORE)
    called = f"UPDATE released_copy SET recalled_at = NEW.entered_at {where}"  # noqa: S608 - ours
    op.execute(_as_keeper("call_back_reports", called, gives="NULL"))


def _slips(row: str, when: str) -> str:
    """Call back the slips of a code; a slip names no record, so no copy of one goes with it."""
    return (
        f"UPDATE issued_document SET called_back_at = {when} WHERE called_back_at IS NULL"  # noqa: S608 - ours
        f" AND copy IN (SELECT b.copy FROM document_basis b WHERE b.status_code_id = {row}.id)"
    )


def _as_keeper(name: str, does: str, *, gives: str) -> str:
    """Write a trigger that does what its caller may not, and gives back who called."""
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            asks text := viewer_role();
            asks_for text := viewer_purpose();
        BEGIN
            PERFORM set_config('reunir.role', 'engine', true),
                    set_config('reunir.purpose', 'keep', true);
            {does};
            PERFORM set_config('reunir.role', asks, true),
                    set_config('reunir.purpose', asks_for, true);
            RETURN {gives};
        END $$
    """
