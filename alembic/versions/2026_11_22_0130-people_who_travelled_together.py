"""people who travelled together

Why: who was in a boat, a truck or a party on foot, and what became of them, was only told
report by report. A membership is part of its record and seen by whoever may read that record;
a group is seen by its institution and by whoever may read one of its members.
Loses data on the way down: yes, groups and memberships
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0025"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
READERS = "('liaison_officer', 'forensic_examiner', 'forensic_coordinator')"
IS_READER = f"(SELECT viewer_role()) IN {READERS}"
IN_OWN_NAME = (
    "entered_by = (SELECT viewer_account()) AND institution_id = (SELECT viewer_institution())"
)
KINDS = (
    *("boat", "raft", "ship", "truck", "bus", "car", "train", "on_foot", "aeroplane"),
    "other",
)
TOLD_BY = (
    *("survivor", "relative", "witness", "authority", "document", "press"),
    "other",
)
ABOARD = ("travelled", "not_with", "not_known")
OUTCOMES = ("arrived", "returned", "dead", "missing", "unknown")
MEMBERS = {"missing_person_member": "missing_person", "remains_member": "remains"}
OWN_GROUP = "institution_id = (SELECT viewer_institution())"
GROUP_IS_SEEN = "EXISTS (SELECT FROM travel_group AS whole WHERE whole.id = group_id OFFSET 0)"


def upgrade() -> None:
    _make_group()
    _make_facts()
    for table, whole in MEMBERS.items():
        _make_members(table, whole)
    for table in ("travel_group", "travel_group_fact", *MEMBERS):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        # What was said is never changed. A keeper empties what an erased case leaves.
        op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING ({KEEPER})")
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}")
    for table, whole in MEMBERS.items():
        seen = (
            f"{IS_READER} AND"
            f" EXISTS (SELECT FROM {whole} AS whole WHERE whole.id = case_id OFFSET 0)"
        )
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({KEEPER} OR ({seen}))")
        # Nobody can name a group that they were not shown: its number is drawn at random.
        op.execute(
            f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({IN_OWN_NAME} AND {seen})"
        )
    holds_some = " OR ".join(
        f"EXISTS (SELECT FROM {table} AS member WHERE member.group_id = travel_group.id)"
        for table in MEMBERS
    )
    op.execute(
        "CREATE POLICY reads ON travel_group FOR SELECT"
        f" USING ({KEEPER} OR ({IS_READER} AND ({OWN_GROUP} OR {holds_some})))"
    )
    op.execute(
        "CREATE POLICY adds ON travel_group FOR INSERT"
        f" WITH CHECK ({IN_OWN_NAME} AND {IS_READER})"
    )
    op.execute(
        "CREATE POLICY reads ON travel_group_fact FOR SELECT"
        f" USING ({KEEPER} OR {GROUP_IS_SEEN})"
    )
    op.execute(
        "CREATE POLICY adds ON travel_group_fact FOR INSERT"
        f" WITH CHECK ({IN_OWN_NAME} AND {GROUP_IS_SEEN})"
    )


def downgrade() -> None:
    op.execute("DROP POLICY reads ON travel_group")
    for table in (*MEMBERS, "travel_group_fact", "travel_group"):
        op.drop_table(table)


def _codes(name: str, codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=False, length=64)


def _is_one_of(table: str, column: str, codes: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN {codes}", name=op.f(f"ck_{table}_{column}_code"))


def _by_whom(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f(f"fk_{table}_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _of_group(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["group_id"],
        ["travel_group.id"],
        name=op.f(f"fk_{table}_group_id"),
        ondelete="CASCADE",
    )


def _make_group() -> None:
    op.create_table(
        "travel_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        *_by_whom("travel_group"),
        sa.UniqueConstraint("reference", name=op.f("uq_travel_group_reference")),
    )


def _make_facts() -> None:
    table = "travel_group_fact"
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _codes("groupkind", KINDS), nullable=False),
        sa.Column("vessel", sa.String(length=120), nullable=False),
        sa.Column("registration", sa.String(length=60), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("departed_from", sa.Date(), nullable=True),
        sa.Column("departed_to", sa.Date(), nullable=True),
        sa.Column("aboard_min", sa.Integer(), nullable=True),
        sa.Column("aboard_max", sa.Integer(), nullable=True),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("told_by", _codes("toldby", TOLD_BY), nullable=False),
        *_by_whom(table),
        _is_one_of(table, "kind", KINDS),
        _is_one_of(table, "told_by", TOLD_BY),
        sa.CheckConstraint(
            "departed_to >= departed_from", name=op.f(f"ck_{table}_days_in_order")
        ),
        sa.CheckConstraint(
            "aboard_max >= aboard_min", name=op.f(f"ck_{table}_aboard_in_order")
        ),
        _of_group(table),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incident.id"],
            name=op.f(f"fk_{table}_incident_id"),
            ondelete="SET NULL",
        ),
    )
    op.create_index(op.f(f"ix_{table}_group_id"), table, ["group_id"], unique=False)


def _make_members(table: str, whole: str) -> None:
    of_people = (
        (
            sa.Column("entry", sa.String(length=20), nullable=False),
            sa.Column("outcome", _codes("outcome", OUTCOMES), nullable=False),
            sa.Column("words", sa.LargeBinary(), nullable=True),
            _is_one_of(table, "outcome", OUTCOMES),
        )
        if whole == "missing_person"
        else ()
    )
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("aboard", _codes("aboard", ABOARD), nullable=False),
        sa.Column("told_by", _codes("toldby", TOLD_BY), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        *of_people,
        *_by_whom(table),
        _is_one_of(table, "aboard", ABOARD),
        _is_one_of(table, "told_by", TOLD_BY),
        _of_group(table),
        sa.ForeignKeyConstraint(
            ["case_id"], [f"{whole}.id"], name=op.f(f"fk_{table}_case_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("seal_id", name=op.f(f"uq_{table}_seal_id")),
    )
    for column in ("case_id", "group_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
