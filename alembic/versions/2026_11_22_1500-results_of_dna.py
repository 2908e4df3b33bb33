"""results of dna

Why: what a laboratory, or reunir itself, says by DNA of one missing person and one set of
remains stood in free entries of one of the two records, without a prior and beside no other
evidence. Now it is a row of the pair, added and never changed, sealed with the family's key.
It is read by forensic duties alone, who just proved to be there and may read both records.
Loses data on the way down: yes, results of DNA
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0043"
branch_labels = None
depends_on = None

APP = "reunir_app"
TABLE = "dna_result"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
FORENSIC = "(SELECT viewer_role()) IN ('forensic_examiner', 'forensic_coordinator')"
PROVED = "(SELECT viewer_is_sure()) AND (SELECT viewer_stepped_up())"
ACCOUNT = "(SELECT viewer_account())"
# Each side is asked under its own policies: what the viewer may not read is not in there.
SEES_BOTH = (
    "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id)"
    " AND EXISTS (SELECT FROM remains AS whole WHERE whole.id = remains_id)"
)
READS = f"{FORENSIC} AND {PROVED} AND {SEES_BOTH}"


def upgrade() -> None:
    _make_table()
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {TABLE} FOR SELECT USING ({KEEPER} OR ({READS}))")
    op.execute(
        f"CREATE POLICY adds ON {TABLE} FOR INSERT"
        f" WITH CHECK ({KEEPER} OR (entered_by = {ACCOUNT} AND {READS}))"
    )
    # Never changed: a later one replaces it. The keeper may empty and remove it.
    op.execute(f"CREATE POLICY alters ON {TABLE} FOR UPDATE USING ({KEEPER})")
    op.execute(f"CREATE POLICY removes ON {TABLE} FOR DELETE USING ({KEEPER})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (told), DELETE ON {TABLE} TO {APP}")


def downgrade() -> None:
    op.drop_table(TABLE)


def _make_table() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("remains_id", sa.BigInteger(), nullable=False),
        sa.Column("computed", sa.String(length=64), nullable=False),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.LargeBinary(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "computed IN ('laboratory', 'registry')", name=op.f("ck_dna_result_computed_code")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["missing_person.id"],
            name=op.f("fk_dna_result_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["remains_id"],
            ["remains.id"],
            name=op.f("fk_dna_result_remains_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_dna_result_entered_by")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["dna_result.id"],
            name=op.f("fk_dna_result_replaces_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dna_result")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_dna_result_replaces_id")),
        sa.UniqueConstraint("seal_id", name=op.f("uq_dna_result_seal_id")),
    )
    for column in ("case_id", "remains_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column], unique=False)
