"""sites where people are found or lie, and their graves

Why: cemeteries, graves, morgues and places of recovery stood only as words in each record, so
that nobody could say who lies in one place. A site is seen by whoever works with remains or
with families; where exactly it lies, its notes and what stands on a grave open to its own
institution alone, and so does the key by which they are sealed. Remains keep, for lists, the
references that their statements name; of those found at a site, or lying in one, the columns
hold the district alone, and the exact place stands in what was said, sealed.
Loses data on the way down: yes, sites and graves; rounded columns stay rounded
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0034"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
ROLE = "(SELECT viewer_role())"
OWN = "institution_id = (SELECT viewer_institution())"
IN_OWN_NAME = "entered_by = (SELECT viewer_account())"
READS = (
    f"{ROLE} IN ('liaison_officer', 'forensic_examiner', 'forensic_coordinator')"
    " AND (SELECT viewer_works())"
)
RECORDS = f"{ROLE} IN ('forensic_examiner', 'forensic_coordinator')"
SITE_IS_SEEN = "EXISTS (SELECT FROM site AS whole WHERE whole.id = case_id OFFSET 0)"
SITE_IS_OWN = f"EXISTS (SELECT FROM site AS whole WHERE whole.id = case_id AND whole.{OWN})"
# table: (who reads a row, who adds one, rights); nothing is changed but by erasing.
TABLES = {
    "site": (READS, f"{RECORDS} AND {OWN} AND {IN_OWN_NAME}", "SELECT, INSERT, DELETE"),
    "site_fact": (
        SITE_IS_SEEN,
        f"{RECORDS} AND {IN_OWN_NAME} AND {SITE_IS_OWN}",
        "SELECT, INSERT, UPDATE (exact), DELETE",
    ),
    "site_grave": (
        SITE_IS_SEEN,
        f"{RECORDS} AND {IN_OWN_NAME} AND {SITE_IS_OWN}",
        "SELECT, INSERT, UPDATE (marker), DELETE",
    ),
}
KINDS = (
    *("cemetery", "common_grave", "clandestine_grave", "morgue", "hospital"),
    *("route_point", "other"),
)
STATES = ("open", "exhumed", "protected", "destroyed", "unknown")
GRAVE_KINDS = ("grave", "niche", "vault", "ossuary", "common_grave", "other")
OF_REMAINS = ("grave_sites", "custody_sites")
COARSE = (
    "(found_site = '' AND cardinality(grave_sites) = 0) OR (place = '' AND (lat IS NULL"
    " OR (lat = round(lat::numeric, 1) AND lon = round(lon::numeric, 1)"
    " AND coalesce(radius_km, 0) >= 15)))"
)


def upgrade() -> None:
    _make_tables()
    for table, (reads, adds, rights) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({KEEPER} OR ({reads}))")
        op.execute(
            f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({KEEPER} OR ({adds}))"
        )
        op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING ({KEEPER})")
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER})")
        op.execute(f"GRANT {rights} ON {table} TO {APP}")
    op.execute(
        "CREATE POLICY reads_of_sites ON data_key FOR SELECT USING (EXISTS"  # noqa: S608 - ours
        f" (SELECT FROM site AS whole WHERE whole.seal_id = case_seal_id AND whole.{OWN}))"
    )
    op.add_column(
        "remains", sa.Column("found_site", sa.Text(), nullable=False, server_default="")
    )
    for name in OF_REMAINS:
        array = sa.Column(
            name, sa.ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'")
        )
        op.add_column("remains", array)
    for name in ("found_site", *OF_REMAINS):
        op.alter_column("remains", name, server_default=None)
    op.create_check_constraint(op.f("ck_remains_coarse_at_a_site"), "remains", COARSE)
    op.create_index(op.f("ix_remains_found_site"), "remains", ["found_site"], unique=False)
    for name in OF_REMAINS:
        op.create_index(
            f"ix_remains_{name}", "remains", [name], unique=False, postgresql_using="gin"
        )


def downgrade() -> None:
    for name in OF_REMAINS:
        op.drop_index(f"ix_remains_{name}", table_name="remains")
    op.drop_index(op.f("ix_remains_found_site"), table_name="remains")
    op.drop_constraint(op.f("ck_remains_coarse_at_a_site"), "remains")
    for name in ("found_site", *OF_REMAINS):
        op.drop_column("remains", name)
    op.execute("DROP POLICY reads_of_sites ON data_key")
    for table in reversed(TABLES):
        op.drop_table(table)


def _codes(name: str, codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=False, length=64)


def _is_one_of(table: str, column: str, codes: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN {codes}", name=op.f(f"ck_{table}_{column}_code"))


def _row(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("seal_id", name=op.f(f"uq_{table}_seal_id")),
    )


def _of_site(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        *_row(table),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("state", _codes("sitestate", STATES), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["site.id"], name=op.f(f"fk_{table}_case_id"), ondelete="CASCADE"
        ),
        _is_one_of(table, "state", STATES),
    )


def _make_tables() -> None:
    op.create_table(
        "site",
        *_row("site"),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_site_institution_id")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_site_reference")),
    )
    op.create_table(
        "site_fact",
        *_of_site("site_fact"),
        sa.Column("kind", _codes("sitekind", KINDS), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kept_by", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("admin1", sa.String(length=120), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("exact", sa.LargeBinary(), nullable=True),
        _is_one_of("site_fact", "kind", KINDS),
        sa.CheckConstraint(
            "(lat IS NULL) = (lon IS NULL)", name=op.f("ck_site_fact_whole_point")
        ),
    )
    op.create_table(
        "site_grave",
        *_of_site("site_grave"),
        sa.Column("kind", _codes("gravekind", GRAVE_KINDS), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("section", sa.String(length=80), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("plan", sa.String(length=120), nullable=False),
        sa.Column("marker", sa.LargeBinary(), nullable=True),
        _is_one_of("site_grave", "kind", GRAVE_KINDS),
    )
    for table in ("site_fact", "site_grave"):
        op.create_index(op.f(f"ix_{table}_case_id"), table, ["case_id"], unique=False)
    op.create_index(op.f("ix_site_grave_reference"), "site_grave", ["reference"], unique=False)
