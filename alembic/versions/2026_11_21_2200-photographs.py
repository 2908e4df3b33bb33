"""photographs

Why: a photograph of a missing person, or of remains, is kept with its record: cropped, bare of
its history, sealed by what its kind reveals. Of a missing person others see one only with a
consent for photographs; whose record it is may crop it further or take it away.
Loses data on the way down: yes, the photographs
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

APP = "reunir_app"
OWNS = "(SELECT viewer_owns())"
ACCOUNT = "(SELECT viewer_account())"
ROLE = "(SELECT viewer_role())"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
REACHED = "ANY ((SELECT viewer_reached())::text[])"
REFUSED = "closed_to && (SELECT viewer_reached())::text[]"
LOOKS_FOR = "ANY ((SELECT viewer_looks_for())::text[])"
# A consent for photographs, apart from those that open the groups of the file.
GRANTED = f"""
    EXISTS (
        SELECT FROM consent AS given
        WHERE given.missing_person_id = whole.id AND given.data_category = 'photo'
          AND consent_id IS NOT NULL AND given.giver_id IS NOT DISTINCT FROM consent_giver_id
          AND given.purpose = {LOOKS_FOR} AND given.recipient = {REACHED}
          AND NOT (given.{REFUSED})
          AND given.decision = 'granted' AND given.withdrawn_at IS NULL
          AND given.valid_from <= now() AND given.expires > now() OFFSET 0
    )
"""  # noqa: S608 - ours
# The file itself comes first: what its own rules hide has no photographs either.
OF_MISSING = "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id AND ({}))"
OF_REMAINS = "EXISTS (SELECT FROM remains AS whole WHERE whole.id = case_id AND ({}))"
OWN = f"whole.owner_institution_id = {OWNS}"
# table: (of what, who reads, who keeps)
TABLES = {
    "missing_person_photo": (
        "missing_person",
        OF_MISSING.format(f"{KEEPER} OR {OWN} OR {GRANTED}"),
        f"{ROLE} IN ('liaison_officer', 'forensic_coordinator') AND {OF_MISSING.format(OWN)}",
    ),
    "remains_photo": (
        "remains",
        OF_REMAINS.format("true"),
        f"{ROLE} IN ('forensic_examiner', 'forensic_coordinator') AND {OF_REMAINS.format(OWN)}",
    ),
}
KINDS = (
    *("face", "smile", "full_body", "tattoo", "feature", "effect", "document", "scene"),
    *("x_ray", "odontogram", "facial_reconstruction"),
)
PEOPLE = ("alone", "with_others", "nobody")


def upgrade() -> None:
    _make_table(
        "missing_person_photo",
        sa.Column("consent_id", sa.BigInteger(), nullable=True),
        sa.Column("consent_giver_id", sa.BigInteger(), nullable=True),
    )
    _make_table("remains_photo")
    for table, (_, reads, keeps) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(
            f"CREATE POLICY adds ON {table} FOR INSERT"
            f" WITH CHECK (added_by = {ACCOUNT} AND {keeps})"
        )
        op.execute(
            f"CREATE POLICY alters ON {table} FOR UPDATE"
            f" USING ({KEEPER} OR ({keeps})) WITH CHECK ({KEEPER} OR ({keeps}))"
        )
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER} OR ({keeps}))")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _codes(name: str, codes: tuple[str, ...]) -> sa.Column[str]:
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=False, length=64)
    return sa.Column(name, kind, nullable=False)


def _make_table(table: str, *more: sa.Column[int]) -> None:
    whole = TABLES[table][0]
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        _codes("kind", KINDS),
        _codes("people_shown", PEOPLE),
        sa.Column("taken_from", sa.Date(), nullable=True),
        sa.Column("taken_to", sa.Date(), nullable=True),
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.Column("publishable", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        *more,
        *(
            sa.Column(f"{group}{size}", sa.LargeBinary(), nullable=True)
            for size in ("", "_small")
            for group in ("circumstance", "identity", "body")
        ),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f(f"ck_{table}_kind_code")),
        sa.CheckConstraint(
            f"people_shown IN {PEOPLE}", name=op.f(f"ck_{table}_people_shown_code")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], [f"{whole}.id"], name=op.f(f"fk_{table}_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f(f"fk_{table}_added_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("seal_id", name=op.f(f"uq_{table}_seal_id")),
    )
    op.create_index(op.f(f"ix_{table}_case_id"), table, ["case_id"], unique=False)
