"""what was kept nowhere

Why: whether an incident is counted by the Missing Migrants Project, whether it is known who was
there, and who holds a list of the survivors had no place; nor had what becomes of one record if
nobody says that it is still needed, and when its source wrote it down, without which an older
file changed a newer record back. What came from the project's own files it counts.
Loses data on the way down: yes, all of this
Safe while the previous release is still running: yes; it never wrote a source's date
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0036"
branch_labels = None
depends_on = None

RECORDS = ("missing_person", "remains", "living_person")
STAGES = ("review", "reminder", "restricted", "erased")


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    op.add_column("incident", sa.Column("mmp_eligible", sa.Boolean(), nullable=True))
    op.add_column(
        "incident",
        sa.Column(
            "population",
            _codes("population", "open", "closed", "unknown"),
            server_default="unknown",
            nullable=False,
        ),
    )
    op.add_column("incident", sa.Column("survivors_list_ref", sa.Text(), nullable=True))
    op.add_column(
        "incident", sa.Column("source_date", sa.DateTime(timezone=True), nullable=True)
    )
    _past_the_wall(
        "incident", "UPDATE incident SET mmp_eligible = true WHERE source_scheme = 'iom-mmp'"
    )
    for table in RECORDS:
        op.add_column(
            table,
            sa.Column(
                "expiry_action",
                _codes("expiry_action", "by_rule", "restrict"),
                server_default="by_rule",
                nullable=False,
            ),
        )
        op.alter_column(
            table,
            "source_date",
            type_=sa.DateTime(timezone=True),
            postgresql_using="source_date::timestamp AT TIME ZONE 'UTC'",
        )
    op.add_column("import_run", sa.Column("source_date", sa.Date(), nullable=True))
    _stages(STAGES)


def downgrade() -> None:
    # What the clock restricted stays restricted; that it was the clock is forgotten.
    _past_the_wall(
        "retention_notice", "DELETE FROM retention_notice WHERE stage = 'restricted'"
    )
    _stages(tuple(each for each in STAGES if each != "restricted"))
    op.drop_column("import_run", "source_date")
    for table in reversed(RECORDS):
        op.alter_column(
            table,
            "source_date",
            type_=sa.Date(),
            postgresql_using="(source_date AT TIME ZONE 'UTC')::date",
        )
        op.drop_column(table, "expiry_action")
    for column in ("source_date", "survivors_list_ref", "population", "mmp_eligible"):
        op.drop_column("incident", column)


def _past_the_wall(table: str, statement: str) -> None:
    op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(statement)
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _stages(stages: tuple[str, ...]) -> None:
    told = ", ".join(f"'{each}'" for each in stages)
    name = op.f("ck_retention_notice_stage_code")
    op.drop_constraint(name, "retention_notice", type_="check")
    op.create_check_constraint(name, "retention_notice", f"stage IN ({told})")
