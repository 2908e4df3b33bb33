"""one search over everything

Why: words in descriptions, numbers of papers and telephones are sealed, and a place is only
found by reading every record. Their blind tokens can be searched by whoever may open what they
were made of. What somebody looks for again and again is kept for them alone, sealed.
Loses data on the way down: yes, kept searches; tokens are made again by `reunir index-words`
Safe while the previous release is still running: yes, but what it writes is not found by words
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0024"
branch_labels = None
depends_on = None

APP = "reunir_app"
ROLE = "(SELECT viewer_role())"
ENGINE = "(SELECT viewer_engine())"
KEEPER = f"{ENGINE} = 'keeper'"
OWNS = "(SELECT viewer_owns())"
OWN = f"whole.owner_institution_id = {OWNS}"
SURE = "(SELECT viewer_is_sure())"
REACHED = "ANY ((SELECT viewer_reached())::text[])"
REFUSED = "closed_to && (SELECT viewer_reached())::text[]"
LOOKS_FOR = "ANY ((SELECT viewer_looks_for())::text[])"
OWN_ACCOUNT = "account_id = (SELECT viewer_account())"
GROUPS = "('nothing', 'circumstance', 'identity', 'contact', 'body', 'dna')"


def granted(category: str) -> str:
    """Say in SQL, as 0010 does, that a live grant of `category` reaches the viewer."""
    return (
        "EXISTS (SELECT FROM consent AS given WHERE given.missing_person_id = whole.id"
        f" AND given.data_category = '{category}' AND given.purpose = {LOOKS_FOR}"
        f" AND given.recipient = {REACHED} AND NOT (given.{REFUSED})"
        " AND given.decision = 'granted' AND given.withdrawn_at IS NULL"
        " AND given.valid_from <= now() AND given.expires > now() OFFSET 0)"
    )


# As for what the tokens were made of: parts of a file (0010), names (0010), contacts (0015).
NAMED = f"{SURE} AND (NOT whole.protected OR (SELECT viewer_stepped_up()))"
OPEN = f"""CASE reveals
    WHEN 'circumstance' THEN {OWN} OR {granted("circumstances")}
    WHEN 'body' THEN {OWN} OR {granted("antemortem")}
    WHEN 'identity' THEN {NAMED} AND ({OWN} OR {granted("identity")})
    WHEN 'contact' THEN {NAMED} AND {OWN}
    ELSE false END"""
OF_MISSING = "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id AND ({}))"
OF_REMAINS = "EXISTS (SELECT FROM remains AS whole WHERE whole.id = case_id AND ({}))"
WRITES_MISSING = f"{ROLE} IN ('liaison_officer', 'forensic_coordinator')"
WRITES_REMAINS = f"{ROLE} IN ('forensic_examiner', 'forensic_coordinator')"
# table: (of what, who reads, who adds what they write)
WORDS = {
    "missing_person_word": (
        "missing_person",
        f"{KEEPER} OR {OF_MISSING.format(OPEN)}",
        f"{KEEPER} OR ({WRITES_MISSING} AND {OF_MISSING.format(OWN)})",
    ),
    "remains_word": (
        "remains",
        f"{KEEPER} OR {OF_REMAINS.format('true')}",
        f"{KEEPER} OR ({WRITES_REMAINS} AND {OF_REMAINS.format(OWN)})",
    ),
}


def upgrade() -> None:
    for table, (whole, reads, writes) in WORDS.items():
        _make_words(table, whole)
        # A token is added, and removed with its record; never altered.
        _guard(table, reads=reads, adds=writes, removes=KEEPER)
        op.execute(f"GRANT SELECT, INSERT, DELETE ON {table} TO {APP}")
    _make_kept_searches()
    _guard("saved_search", reads=OWN_ACCOUNT, adds=OWN_ACCOUNT, removes=OWN_ACCOUNT)
    op.execute(f"GRANT SELECT, INSERT, DELETE ON saved_search TO {APP}")


def downgrade() -> None:
    op.drop_table("saved_search")
    for table in reversed(WORDS):
        op.drop_table(table)


def _guard(table: str, *, reads: str, adds: str, removes: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
    op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
    op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING (false)")
    op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({removes})")


def _make_words(table: str, whole: str) -> None:
    op.create_table(
        table,
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("reveals", sa.String(64), nullable=False),
        sa.CheckConstraint(f"reveals IN {GROUPS}", name=op.f(f"ck_{table}_reveals_code")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            [f"{whole}.id"],
            name=op.f(f"fk_{table}_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token", "case_id", "reveals", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_case_id"), table, ["case_id"])


def _make_kept_searches() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_saved_search_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    op.create_index(op.f("ix_saved_search_account_id"), "saved_search", ["account_id"])
