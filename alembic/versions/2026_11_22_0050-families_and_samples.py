"""families and samples

Why: who descends from whom in a family, and which samples were taken by whose leave and went
through whose hands, stood in free entries of a record. Now a family is drawn as a tree, each
drawing a row of its own; a sample is a row, and what happened to it are rows that are added
and never changed. Another institution reads none of them.
Loses data on the way down: yes, family trees, samples and their custody
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
ROLE = "(SELECT viewer_role())"
ACCOUNT = "(SELECT viewer_account())"
SURE = "(SELECT viewer_is_sure())"
FORENSIC = "('forensic_examiner', 'forensic_coordinator')"
WORKERS = "('liaison_officer', 'forensic_examiner', 'forensic_coordinator')"
FAMILIES = "('liaison_officer', 'forensic_coordinator')"
KINDS = (
    *("reference_relative", "self_reference", "bone", "tooth", "tissue", "blood_card", "swab"),
    "hair",
)
STATES = (
    *("collected", "sent", "in_analysis", "profile_obtained", "partial_profile", "no_profile"),
    "destroyed",
)
HAPPENINGS = ("handed_over", "state", "serves_also")


def own(whole: str) -> str:
    """Say that the record is one's own institution's; its own rules decide here as well."""
    return (
        f"EXISTS (SELECT FROM {whole} AS whole WHERE whole.id = case_id"
        " AND whole.owner_institution_id = (SELECT viewer_owns()))"
    )


# table: (of what, who reads, who adds, what a keeper may empty)
TABLES = {
    "pedigree": ("missing_person", WORKERS, FAMILIES, "structure, names"),
    "missing_person_sample": ("missing_person", WORKERS, WORKERS, "details"),
    "missing_person_sample_entry": ("missing_person", WORKERS, WORKERS, "details"),
    "remains_sample": ("remains", FORENSIC, FORENSIC, "details"),
    "remains_sample_entry": ("remains", FORENSIC, FORENSIC, "details"),
}


def upgrade() -> None:
    _make_pedigree()
    for side in ("missing_person", "remains"):
        _make_samples(f"{side}_sample", side)
        _make_entries(f"{side}_sample", side)
    for table, (whole, readers, writers, emptied) in TABLES.items():
        by = "drawn_by" if table == "pedigree" else "entered_by"
        mine = f"{SURE} AND {own(whole)}"
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY reads ON {table} FOR SELECT"
            f" USING ({KEEPER} OR ({ROLE} IN {readers} AND {mine}))"
        )
        op.execute(
            f"CREATE POLICY adds ON {table} FOR INSERT"
            f" WITH CHECK ({KEEPER} OR ({by} = {ACCOUNT} AND {ROLE} IN {writers} AND {mine}))"
        )
        # What was drawn and what happened is never changed; a correction is a further row.
        op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING ({KEEPER})")
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE ({emptied}), DELETE ON {table} TO {APP}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _codes(name: str, codes: tuple[str, ...], *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=False, length=64)
    return sa.Column(name, kind, nullable=nullable)


def _of_a_case(table: str, whole: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], [f"{whole}.id"], name=op.f(f"fk_{table}_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("seal_id", name=op.f(f"uq_{table}_seal_id")),
    ]


def _entered(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f(f"fk_{table}_entered_by")
        ),
    ]


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _make_pedigree() -> None:
    op.create_table(
        "pedigree",
        *_of_a_case("pedigree", "missing_person"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("structure", sa.LargeBinary(), nullable=True),
        sa.Column("names", sa.LargeBinary(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("case_id", "version", name="uq_pedigree_version"),
    )
    _index("pedigree", "case_id")


def _make_samples(table: str, whole: str) -> None:
    of_families: list[sa.schema.SchemaItem] = [
        sa.Column("relative_id", sa.BigInteger(), nullable=True),
        sa.Column("consent_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["relative_id", "case_id"],
            ["relative.id", "relative.missing_person_id"],
            name="fk_missing_person_sample_donor",
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f(f"fk_{table}_consent_id")
        ),
        sa.CheckConstraint(
            "(kind = 'reference_relative') = (relative_id IS NOT NULL)",
            name=op.f(f"ck_{table}_a_relative_is_the_donor"),
        ),
    ]
    op.create_table(
        table,
        *_of_a_case(table, whole),
        sa.Column("reference", sa.String(length=40), nullable=False),
        _codes("kind", KINDS),
        sa.Column("taken_on", sa.Date(), nullable=True),
        *_entered(table),
        *(of_families if whole == "missing_person" else []),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f(f"ck_{table}_kind_code")),
        sa.UniqueConstraint("id", "case_id", name=f"uq_{table}_case"),
        sa.UniqueConstraint("reference", name=op.f(f"uq_{table}_reference")),
    )
    _index(table, "case_id", *(["relative_id"] if whole == "missing_person" else []))


def _make_entries(sample: str, whole: str) -> None:
    table = f"{sample}_entry"
    of_families: list[sa.schema.SchemaItem] = [
        sa.Column("other_case_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["other_case_id"],
            ["missing_person.id"],
            name=op.f(f"fk_{table}_other_case_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "(happening = 'serves_also') = (other_case_id IS NOT NULL)",
            name=op.f(f"ck_{table}_another_file_is_named"),
        ),
    ]
    op.create_table(
        table,
        *_of_a_case(table, whole),
        sa.Column("sample_id", sa.BigInteger(), nullable=False),
        _codes("happening", HAPPENINGS),
        sa.Column("happened_on", sa.Date(), nullable=False),
        _codes("state", STATES, nullable=True),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        *_entered(table),
        *(of_families if whole == "missing_person" else []),
        sa.CheckConstraint(
            f"happening IN {HAPPENINGS}", name=op.f(f"ck_{table}_happening_code")
        ),
        sa.CheckConstraint(f"state IN {STATES}", name=op.f(f"ck_{table}_state_code")),
        sa.ForeignKeyConstraint(
            ["sample_id", "case_id"],
            [f"{sample}.id", f"{sample}.case_id"],
            name=f"fk_{sample}_entry_sample",
            ondelete="CASCADE",
        ),
    )
    _index(
        table, "case_id", "sample_id", *(["other_case_id"] if whole == "missing_person" else [])
    )
