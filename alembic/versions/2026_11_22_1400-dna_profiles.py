"""profiles of DNA

Why: what a laboratory read of a sample stayed with it, and was known here as words only, so no
likelihood ratio could be computed from the registry. A profile is a row of its own with one
sealed text, added and never changed: another row says anew what was wrong. Forensic staff of
the institution that keeps the record read it, and nobody else.
Loses data on the way down: yes, the profiles
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
ROLE = "(SELECT viewer_role())"
ACCOUNT = "(SELECT viewer_account())"
SURE = "(SELECT viewer_is_sure())"
FORENSIC = "('forensic_examiner', 'forensic_coordinator')"
KINDS = ("str", "y_str", "x_str", "mtdna")
EXTENTS = ("whole", "partial", "nothing")
SOURCES = ("by_hand", "csv", "codis_cmf", "genemapper", "familias")
SIDES = ("missing_person", "remains")


def upgrade() -> None:
    for whole in SIDES:
        table = f"{whole}_profile"
        _make(table, whole)
        own = (
            f"EXISTS (SELECT FROM {whole} AS whole WHERE whole.id = case_id"
            " AND whole.owner_institution_id = (SELECT viewer_owns()))"
        )
        mine = f"{ROLE} IN {FORENSIC} AND {SURE} AND {own}"
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({KEEPER} OR ({mine}))")
        op.execute(
            f"CREATE POLICY adds ON {table} FOR INSERT"
            f" WITH CHECK ({KEEPER} OR (entered_by = {ACCOUNT} AND {mine}))"
        )
        # What came from the laboratory is never changed; a later row says it anew.
        op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING ({KEEPER})")
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER})")
        op.execute(
            f"GRANT SELECT, INSERT, UPDATE (genotypes, details), DELETE ON {table} TO {APP}"
        )


def downgrade() -> None:
    for whole in SIDES:
        op.drop_table(f"{whole}_profile")


def _codes(name: str, kind: str, codes: tuple[str, ...]) -> sa.Column[str]:
    listed = sa.Enum(*codes, name=kind, native_enum=False, create_constraint=False, length=64)
    return sa.Column(name, listed, nullable=False)


def _make(table: str, whole: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("sample_id", sa.BigInteger(), nullable=False),
        _codes("marker_kind", "markerkind", KINDS),
        sa.Column("analysed_on", sa.Date(), nullable=True),
        sa.Column("loci_count", sa.Integer(), nullable=False),
        _codes("extent", "extent", EXTENTS),
        _codes("source", "profilesource", SOURCES),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("genotypes", sa.LargeBinary(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        *_ties(table, whole),
    )
    for column in ("case_id", "sample_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _ties(table: str, whole: str) -> list[sa.schema.SchemaItem]:
    sample = f"{whole}_sample"
    return [
        sa.CheckConstraint(
            f"marker_kind IN {KINDS}", name=op.f(f"ck_{table}_marker_kind_code")
        ),
        sa.CheckConstraint(f"extent IN {EXTENTS}", name=op.f(f"ck_{table}_extent_code")),
        sa.CheckConstraint(f"source IN {SOURCES}", name=op.f(f"ck_{table}_source_code")),
        sa.CheckConstraint(
            "(extent = 'nothing') = (loci_count = 0)",
            name=op.f(f"ck_{table}_nothing_has_no_loci"),
        ),
        sa.CheckConstraint(
            "extent <> 'nothing' OR replaces_id IS NOT NULL",
            name=op.f(f"ck_{table}_nothing_replaces_another"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], [f"{whole}.id"], name=op.f(f"fk_{table}_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sample_id", "case_id"],
            [f"{sample}.id", f"{sample}.case_id"],
            name=f"fk_{table}_sample",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id", "case_id"],
            [f"{table}.id", f"{table}.case_id"],
            name=f"fk_{table}_replaces",
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f(f"fk_{table}_entered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("id", "case_id", name=f"uq_{table}_case"),
        sa.UniqueConstraint("reference", name=op.f(f"uq_{table}_reference")),
        sa.UniqueConstraint("replaces_id", name=op.f(f"uq_{table}_replaces_id")),
        sa.UniqueConstraint("seal_id", name=op.f(f"uq_{table}_seal_id")),
    ]
