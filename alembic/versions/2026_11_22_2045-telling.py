"""telling the family, and what follows: steps that people entered after a release

Why: an identification was released and then nothing was written down of who was told, when,
by whom, and whether the remains came home. Each step is a row that is never changed, entered
by somebody of the institution that keeps the missing person's record. The database takes none
before a release, takes nobody's but a person's, and after a recall none that goes on with it.
Loses data on the way down: yes, all that was entered of families who were told
Safe while the previous release is still running: no, it has no words for the new notices
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0058"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
FAMILY_SIDE = (
    "(SELECT viewer_role()) IN ('liaison_officer', 'consular_officer', 'forensic_coordinator')"
    " AND (SELECT viewer_is_sure())"
    " AND EXISTS (SELECT FROM missing_person AS kept WHERE kept.id = case_id"
    " AND kept.owner_institution_id = (SELECT viewer_institution()))"
)
OWN = (
    "entered_by = (SELECT viewer_account()) AND institution_id = (SELECT viewer_institution())"
)
FORENSIC = (
    "(SELECT viewer_role()) IN ('forensic_examiner', 'forensic_coordinator')"
    " AND (SELECT viewer_is_sure())"
    " AND EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id)"
    " AND EXISTS (SELECT FROM remains AS whole WHERE whole.id = remains_id)"
)
FOR_FAMILIES = (
    "(SELECT viewer_role()) = 'liaison_officer' AND (SELECT viewer_is_sure())"
    " AND EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id)"
)
KINDS = (
    *("talk_planned", "told", "not_reached", "asked_to_wait", "support_offered"),
    *("return_planned", "papers_ready", "left", "arrived", "received"),
    *("belonging_returned", "belonging_kept"),
    *("call_agreed", "call_held", "call_not_held"),
    *("wants_no_contact", "wants_contact", "wants_other_opinion", "opinion_answered"),
    *("recall_told", "letter", "note"),
)
NEW_DOCUMENTS = ("family_letter", "consular_note")
NEW_KINDS = ("telling_due", "release_recalled", "other_opinion_wished", "named_act")

# Asked as the keeper: whoever speaks with families reads neither decisions nor their ends.
FUNCTION = """
CREATE FUNCTION telling_may_be_entered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asks text := current_setting('reunir.role', true);
    asks_for text := current_setting('reunir.purpose', true);
    is_released boolean;
    is_recalled boolean;
BEGIN
    PERFORM set_config('reunir.role', 'engine', true),
            set_config('reunir.purpose', 'keep', true);
    SELECT EXISTS (
        SELECT FROM decision_release AS r WHERE r.decision_id = NEW.decision_id
          AND r.case_id = NEW.case_id AND r.remains_id = NEW.remains_id
    ), EXISTS (SELECT FROM decision_end AS e WHERE e.decision_id = NEW.decision_id)
    INTO is_released, is_recalled;
    PERFORM set_config('reunir.role', coalesce(asks, ''), true),
            set_config('reunir.purpose', coalesce(asks_for, ''), true);
    IF NOT is_released THEN
        RAISE check_violation USING MESSAGE = 'nothing is told before a release',
            CONSTRAINT = 'telling_after_release';
    END IF;
    IF is_recalled AND NEW.kind IN (
        'told', 'return_planned', 'papers_ready', 'left', 'letter', 'note'
    ) THEN
        RAISE check_violation USING MESSAGE = 'this identification was taken back',
            CONSTRAINT = 'telling_of_recalled';
    END IF;
    IF NEW.kind = 'recall_told' AND NOT is_recalled THEN
        RAISE check_violation USING MESSAGE = 'this identification was not taken back',
            CONSTRAINT = 'telling_of_recalled';
    END IF;
    IF NEW.closes_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM telling_step AS s WHERE s.id = NEW.closes_id
          AND s.decision_id = NEW.decision_id AND s.due_on IS NOT NULL
    ) THEN
        RAISE check_violation USING MESSAGE = 'it answers no step of this person',
            CONSTRAINT = 'telling_closes';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER may_be_entered BEFORE INSERT ON telling_step
FOR EACH ROW EXECUTE FUNCTION telling_may_be_entered()
"""


def upgrade() -> None:
    _make_table()
    op.execute(FUNCTION)
    op.execute(TRIGGER)
    op.execute("ALTER TABLE telling_step ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE telling_step FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY reads ON telling_step FOR SELECT USING ({KEEPER} OR ({FAMILY_SIDE}))"
    )
    # No machine enters a step: a family is told by people.
    op.execute(
        f"CREATE POLICY adds ON telling_step FOR INSERT WITH CHECK ({FAMILY_SIDE} AND {OWN})"
    )
    op.execute(f"CREATE POLICY alters ON telling_step FOR UPDATE USING ({KEEPER})")
    op.execute(f"CREATE POLICY removes ON telling_step FOR DELETE USING ({KEEPER})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (told), DELETE ON telling_step TO {APP}")
    # Also consular staff and coordinators of the person's keeper read what was released.
    _let_read(f"({FORENSIC}) OR ({FAMILY_SIDE})")
    _allow("notification", (*_kinds("notification"), *NEW_KINDS))
    _allow("issued_document", (*_kinds("issued_document"), *NEW_DOCUMENTS))


def downgrade() -> None:
    for table, kinds in (("notification", NEW_KINDS), ("issued_document", NEW_DOCUMENTS)):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"DELETE FROM {table} WHERE kind IN {kinds}")  # noqa: S608 - ours
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        _allow(table, tuple(kind for kind in _kinds(table) if kind not in kinds))
    _let_read(f"({FORENSIC}) OR ({FOR_FAMILIES})")
    op.drop_table("telling_step")
    op.execute("DROP FUNCTION telling_may_be_entered()")


def _let_read(who: str) -> None:
    op.execute(f"ALTER POLICY reads ON decision_release USING ({KEEPER} OR ({who}))")


def _make_table() -> None:
    op.create_table(
        "telling_step",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "kind",
            sa.String(length=64),
            sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_telling_step_kind_code")),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        _link("decision_id", "decision"),
        _link("closes_id", "telling_step", nullable=True),
        sa.Column("told", sa.LargeBinary(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        _link("entered_by", "account"),
        _link("case_id", "missing_person"),
        _link("remains_id", "remains"),
        _link("institution_id", "institution"),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling_step")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_telling_step_seal_id")),
        # Of two who enter what became of the same step, the second is told.
        sa.UniqueConstraint("closes_id", name=op.f("uq_telling_step_closes_id")),
    )
    for column in ("case_id", "remains_id", "decision_id"):
        op.create_index(op.f(f"ix_telling_step_{column}"), "telling_step", [column])


def _link(column: str, other: str, *, nullable: bool = False) -> sa.Column[int]:
    goes = None if other in {"account", "institution"} else "CASCADE"
    key = sa.ForeignKey(f"{other}.id", name=op.f(f"fk_telling_step_{column}"), ondelete=goes)
    return sa.Column(column, sa.BigInteger(), key, nullable=nullable)


def _kinds(table: str) -> tuple[str, ...]:
    """Read which kinds there are: other migrations of these days add some as well."""
    asked = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name")
    said = op.get_bind().scalar(asked, {"name": f"ck_{table}_kind_code"})
    return tuple(re.findall(r"'([a-z_]+)'", said))


def _allow(table: str, kinds: tuple[str, ...]) -> None:
    name = op.f(f"ck_{table}_kind_code")
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, f"kind IN {tuple(dict.fromkeys(kinds))}")
