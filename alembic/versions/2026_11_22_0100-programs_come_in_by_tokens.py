"""programs come in by tokens

Why: an institution's own program reads and writes over the API without a person's session: by a
token that is kept as a hash, asked by one and confirmed by another, with one duty and less.
Loses data on the way down: yes, the tokens; accounts of programs stay, and nothing opens them
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0022"
branch_labels = None
depends_on = None

APP = "reunir_app"
ROLE = "(SELECT viewer_role())"
ACCOUNT = "(SELECT viewer_account())"
DOOR = f"{ROLE} = 'door'"
CONFIRMS = f"{ROLE} IN ('administrator', 'data_protection_officer')"
READS = f"{DOOR} OR {CONFIRMS}"
ASKS = f"{ROLE} = 'administrator' AND asked_by = {ACCOUNT} AND confirmed_at IS NULL"
# Nobody confirms what they asked for, and nobody in another's name.
ALTERS = f"{DOOR} OR ({CONFIRMS} AND (confirmed_by IS NULL OR asked_by <> confirmed_by))"


def upgrade() -> None:
    # A default fills the rows that are there; whoever adds one says it.
    op.add_column(
        "account",
        sa.Column("is_program", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("account", "is_program", server_default=None)
    _make_table()
    op.execute("ALTER TABLE api_token ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE api_token FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON api_token FOR SELECT USING ({READS})")
    op.execute(f"CREATE POLICY adds ON api_token FOR INSERT WITH CHECK ({ASKS})")
    op.execute(
        f"CREATE POLICY alters ON api_token FOR UPDATE USING ({READS}) WITH CHECK ({ALTERS})"
    )
    op.execute("CREATE POLICY removes ON api_token FOR DELETE USING (false)")
    # What a token opens, and for whom, is never changed: another one is asked for.
    op.execute(f"GRANT SELECT, INSERT ON api_token TO {APP}")
    changes = "confirmed_by, confirmed_at, used_at, revoked_at"
    op.execute(f"GRANT UPDATE ({changes}) ON api_token TO {APP}")


def downgrade() -> None:
    op.drop_table("api_token")
    op.drop_column("account", "is_program")


def _instant(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _make_table() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("scope", postgresql.ARRAY(sa.String(64)), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        _instant("asked_at", nullable=False),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        _instant("confirmed_at"),
        _instant("ends_at"),
        _instant("used_at"),
        _instant("revoked_at"),
        sa.CheckConstraint(
            "confirmed_by <> asked_by", name=op.f("ck_api_token_confirmed_by_another")
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)",
            name=op.f("ck_api_token_confirmed_wholly"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_api_token_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("account_id", name=op.f("uq_api_token_account_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
