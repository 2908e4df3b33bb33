"""issued documents

Why: whoever was handed a paper could not tell whether it came from here, whether it is still
what was printed, or whether it was called back. Each printing keeps two fingerprints and no
record: at the door, where nobody is signed in, a number or a file is held against them.
Loses data on the way down: yes, what documents can be verified by
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0047"
branch_labels = None
depends_on = None

APP = "reunir_app"
TABLE = "issued_document"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
DOOR = "(SELECT viewer_role()) = 'door'"
INSTITUTION = "(SELECT viewer_institution())"
OWN = f"institution_id = {INSTITUTION}"
ACCOUNT = "(SELECT viewer_account())"
KINDS = (
    "missing_person_file",
    "remains_file",
    "comparison",
    "dna_result",
    "chain_of_custody",
    "copy_of_records",
    "access_answer",
)


def upgrade() -> None:
    _make_table()
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {TABLE} FOR SELECT USING ({DOOR} OR {KEEPER} OR {OWN})")
    op.execute(
        f"CREATE POLICY adds ON {TABLE} FOR INSERT"
        f" WITH CHECK ({KEEPER} OR ({OWN} AND issued_by = {ACCOUNT}))"
    )
    op.execute(f"CREATE POLICY removes ON {TABLE} FOR DELETE USING ({KEEPER})")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON {TABLE} TO {APP}")
    _call_back()


def downgrade() -> None:
    op.execute("DROP TRIGGER call_back_document ON released_copy")
    op.execute("DROP FUNCTION call_back_document()")
    op.drop_table(TABLE)


def _call_back() -> None:
    """Mark a document when a copy is called back, as the keeper: whoever calls back may not."""
    op.execute(f"CREATE POLICY alters ON {TABLE} FOR UPDATE USING ({KEEPER})")
    op.execute(f"GRANT UPDATE (called_back_at) ON {TABLE} TO {APP}")
    op.execute("""
        CREATE FUNCTION call_back_document() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            asks text := viewer_role();
            asks_for text := viewer_purpose();
        BEGIN
            PERFORM set_config('reunir.role', 'engine', true),
                    set_config('reunir.purpose', 'keep', true);
            UPDATE issued_document SET called_back_at = NEW.recalled_at
            WHERE copy = NEW.copy AND called_back_at IS NULL;
            PERFORM set_config('reunir.role', asks, true),
                    set_config('reunir.purpose', asks_for, true);
            RETURN NULL;
        END $$
    """)
    op.execute(
        "CREATE TRIGGER call_back_document AFTER UPDATE OF recalled_at ON released_copy"
        " FOR EACH ROW WHEN (NEW.recalled_at IS NOT NULL)"
        " EXECUTE FUNCTION call_back_document()"
    )


def _make_table() -> None:
    kinds = ", ".join(f"'{each}'" for each in KINDS)
    op.create_table(
        TABLE,
        sa.Column("copy", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("said_sha256", sa.String(length=64), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=64), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=False),
        sa.Column("called_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f(f"ck_{TABLE}_kind_code")),
        sa.CheckConstraint(
            "language IN ('es', 'en', 'pt', 'fr', 'ht')", name=op.f(f"ck_{TABLE}_language_code")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f(f"fk_{TABLE}_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["account.id"], name=op.f(f"fk_{TABLE}_issued_by")
        ),
        sa.PrimaryKeyConstraint("copy", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("sha256", "institution_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column], unique=False)
