"""pairs opened by hand

Why: a search by DNA, a system of fingerprints or whoever looks at bones may find a pair that
the engine did not propose, and then no result, review or decision could stand beside it. Now
somebody who reads both records, and whose institution keeps one, opens it and says why; the
row says who found it, and a later run neither ends it nor counts it among its own.
Loses data on the way down: yes, who opened which pair and why; they are no longer proposed
Safe while the previous release is still running: yes, but it cannot read such a pair
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0059"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
FORENSIC = "(SELECT viewer_role()) IN ('forensic_examiner', 'forensic_coordinator')"
SURE = "(SELECT viewer_is_sure())"
ACCOUNT = "(SELECT viewer_account())"
INSTITUTION = "(SELECT viewer_institution())"
SEES_PERSON = "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id)"
SEES_REMAINS = "EXISTS (SELECT FROM remains AS whole WHERE whole.id = remains_id)"
READS = f"{FORENSIC} AND {SURE} AND {SEES_PERSON} AND {SEES_REMAINS}"
KEEPS = f"kept.owner_institution_id = {INSTITUTION})"
KEEPS_PERSON = "EXISTS (SELECT FROM missing_person AS kept WHERE kept.id = case_id AND " + KEEPS
KEEPS_REMAINS = "EXISTS (SELECT FROM remains AS kept WHERE kept.id = remains_id AND " + KEEPS
KEEPS_ONE = f"({KEEPS_PERSON} OR {KEEPS_REMAINS})"
ADDS = f"entered_by = {ACCOUNT} AND institution_id = {INSTITUTION} AND {KEEPS_ONE}"
FOUND_BY = ("dna", "prints", "partner", "examiner", "other")
STATES = ("proposed", "no_longer_proposed")
# What knows of proposals that one side may not read: of a pair opened by hand as of any.
PROPOSED, STANDING = "{}.state = 'proposed'", "{}.state IN ('proposed', 'by_hand')"
FUNCTIONS = {
    "blinded_pairings(bigint, bigint)": "pairing",
    "unblinding_is_asked()": "proposed",
}


def upgrade() -> None:
    _allow((*STATES, "by_hand"))
    op.add_column("pairing", _code("found_by", nullable=True))
    op.create_check_constraint(
        op.f("ck_pairing_found_by_code"), "pairing", f"found_by IN {FOUND_BY}"
    )
    _make_table()
    for function, row in FUNCTIONS.items():
        _say_again(function, PROPOSED.format(row), STANDING.format(row))


def downgrade() -> None:
    for function, row in FUNCTIONS.items():
        _say_again(function, STANDING.format(row), PROPOSED.format(row))
    op.drop_table("pair_by_hand")
    # The walls hold for the owner too, who would find no row to change.
    op.execute("ALTER TABLE pairing NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE pairing SET state = 'no_longer_proposed' WHERE state = 'by_hand'")
    op.execute("ALTER TABLE pairing FORCE ROW LEVEL SECURITY")
    op.drop_column("pairing", "found_by")
    _allow(STATES)


def _allow(states: tuple[str, ...]) -> None:
    asked = (
        "SELECT conname FROM pg_constraint WHERE conrelid = 'pairing'::regclass"
        " AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%no_longer_proposed%'"
    )
    name = op.f(op.get_bind().scalar(sa.text(asked.replace("::", "\\:\\:"))))
    op.drop_constraint(name, "pairing", type_="check")
    op.create_check_constraint(name, "pairing", f"state IN {states}")


def _say_again(function: str, before: str, after: str) -> None:
    """Make a function anew with another condition; without it there, nothing would hold."""
    asked = sa.text("SELECT pg_get_functiondef(CAST(:name AS regprocedure))")
    said = op.get_bind().scalar(asked, {"name": function})
    if before not in said:
        raise RuntimeError(function)
    op.execute(sa.text(said.replace(before, after).replace(":", "\\:")))


def _code(name: str, *, nullable: bool) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=64), nullable=nullable)


def _make_table() -> None:
    op.create_table(
        "pair_by_hand",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("remains_id", sa.BigInteger(), nullable=False),
        _code("found_by", nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            f"found_by IN {FOUND_BY}", name=op.f("ck_pair_by_hand_found_by_code")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{to}.id"],
                name=op.f(f"fk_pair_by_hand_{column}"),
                ondelete="CASCADE" if goes else None,
            )
            for column, to, goes in (
                ("case_id", "missing_person", True),
                ("remains_id", "remains", True),
                ("entered_by", "account", False),
                ("institution_id", "institution", False),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_by_hand")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_pair_by_hand_seal_id")),
        sa.UniqueConstraint(
            "case_id", "remains_id", name=op.f("uq_pair_by_hand_case_id_remains_id")
        ),
    )
    for column in ("case_id", "remains_id"):
        op.create_index(op.f(f"ix_pair_by_hand_{column}"), "pair_by_hand", [column])
    op.execute("ALTER TABLE pair_by_hand ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE pair_by_hand FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON pair_by_hand FOR SELECT USING ({KEEPER} OR ({READS}))")
    op.execute(
        "CREATE POLICY adds ON pair_by_hand FOR INSERT"
        f" WITH CHECK ({KEEPER} OR ({READS} AND {ADDS}))"
    )
    op.execute(f"CREATE POLICY alters ON pair_by_hand FOR UPDATE USING ({KEEPER})")
    op.execute(f"CREATE POLICY removes ON pair_by_hand FOR DELETE USING ({KEEPER})")
    # The keeper empties what is erased; nobody changes why a pair was opened.
    op.execute(f"GRANT SELECT, INSERT, UPDATE (reason), DELETE ON pair_by_hand TO {APP}")
