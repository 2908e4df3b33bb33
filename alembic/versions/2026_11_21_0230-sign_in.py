"""second factors, invitations, throttling

Why: nobody reads about anybody's identity by a password alone, nobody lets themselves in, and
guessing is slow. The account's row guards itself: a duty is changed by an administrator who is
somebody else, a password by the door alone.
Loses data on the way down: yes, passkeys and secrets of codes, invitations, providers
Safe while the previous release is still running: no, it cannot open sessions
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APP = "reunir_app"
PURPOSES = ("search", "identify", "notify", "statistics", "justice", "oversight", "keep")
ROLE = "(SELECT viewer_role())"
ACCOUNT = "(SELECT viewer_account())"
DOOR = f"{ROLE} = 'door'"
OWN = f"{DOOR} OR account_id = {ACCOUNT}"
ADMINISTERS = f"{ROLE} = 'administrator'"
CONFIRMS = f"{ROLE} IN ('administrator', 'data_protection_officer')"
ASKS = f"({ADMINISTERS} AND coalesce(asked_by, 0) = {ACCOUNT})"
ANYTHING = "SELECT, INSERT, UPDATE, DELETE"

# table: (who reads a row, who adds one, who changes or removes one, what may be done at all)
TABLES = {
    "passkey": (OWN, OWN, OWN, ANYTHING),
    "code_secret": (OWN, OWN, OWN, ANYTHING),
    "ceremony": (OWN, OWN, OWN, ANYTHING),
    "known_device": (OWN, DOOR, OWN, ANYTHING),
    "sign_in_attempts": (DOOR, DOOR, DOOR, ANYTHING),
    "invitation": (
        f"{DOOR} OR {CONFIRMS}",
        ASKS,
        f"{DOOR} OR {CONFIRMS}",
        "SELECT, INSERT, UPDATE",
    ),
    "identity_provider": (
        f"{DOOR} OR {ADMINISTERS}",
        ADMINISTERS,
        ADMINISTERS,
        ANYTHING,
    ),
}
GUARD = """
    CREATE FUNCTION guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (NEW.role, NEW.institution_id, NEW.disabled_at)
            IS DISTINCT FROM (OLD.role, OLD.institution_id, OLD.disabled_at)
            AND (viewer_role() <> 'administrator' OR OLD.id = viewer_account())
        THEN
            RAISE insufficient_privilege
                USING MESSAGE = 'a duty is changed by an administrator who is somebody else';
        END IF;
        IF (NEW.password_hash, NEW.provider_subject)
            IS DISTINCT FROM (OLD.password_hash, OLD.provider_subject)
            AND viewer_role() <> 'door'
        THEN
            RAISE insufficient_privilege
                USING MESSAGE = 'what lets somebody in is changed at the door';
        END IF;
        -- Another duty is let in anew, by two people.
        IF NEW.role <> OLD.role THEN
            NEW.password_hash := NULL;
            NEW.provider_subject := NULL;
        END IF;
        RETURN NEW;
    END $$
"""


def upgrade() -> None:
    _widen_sessions()
    _widen_accounts()
    _make_tables()
    for table, (reads, adds, changes, rights) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        op.execute(
            f"CREATE POLICY alters ON {table} FOR UPDATE"
            f" USING ({changes}) WITH CHECK ({changes})"
        )
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({changes})")
        op.execute(f"GRANT {rights} ON {table} TO {APP}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DROP TRIGGER guard_account ON account")
    op.execute("DROP FUNCTION guard_account()")
    op.execute(
        f"ALTER POLICY alters ON account USING ({ADMINISTERS}) WITH CHECK ({ADMINISTERS})"
    )
    op.drop_constraint(
        op.f("uq_account_institution_id_provider_subject"), "account", type_="unique"
    )
    op.drop_column("account", "provider_subject")
    # The owner is guarded too; whoever has no password yet gets one that opens nothing.
    op.execute("ALTER TABLE account NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE account SET password_hash = '' WHERE password_hash IS NULL")
    op.execute("ALTER TABLE account FORCE ROW LEVEL SECURITY")
    op.alter_column("account", "password_hash", nullable=False)
    op.drop_column("account", "epoch")
    for action in ("reads", "alters"):
        _set_policy("sign_in_session", action, DOOR)
    for name in ("epoch", "purpose", "stepped_up_at", "second_factor_at"):
        op.drop_column("sign_in_session", name)


def _widen_sessions() -> None:
    # A default fills the rows that are there; whoever adds one says it.
    for added in (
        sa.Column("second_factor_at", sa.DateTime(timezone=True)),
        sa.Column("stepped_up_at", sa.DateTime(timezone=True)),
        sa.Column("purpose", sa.String(64), nullable=False, server_default="search"),
        sa.Column("epoch", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("sign_in_session", added)
    for name in ("purpose", "epoch"):
        op.alter_column("sign_in_session", name, server_default=None)
    op.create_check_constraint(
        op.f("ck_sign_in_session_purpose_code"),
        "sign_in_session",
        sa.column("purpose").in_(PURPOSES),
    )
    # Everybody sees and ends their own.
    for action in ("reads", "alters"):
        _set_policy("sign_in_session", action, OWN)


def _widen_accounts() -> None:
    op.add_column(
        "account", sa.Column("epoch", sa.Integer(), nullable=False, server_default="0")
    )
    op.alter_column("account", "epoch", server_default=None)
    op.alter_column("account", "password_hash", nullable=True)
    op.add_column("account", sa.Column("provider_subject", sa.String(255)))
    op.create_unique_constraint(
        op.f("uq_account_institution_id_provider_subject"),
        "account",
        ["institution_id", "provider_subject"],
    )
    _set_policy("account", "alters", f"{ADMINISTERS} OR {DOOR}")
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER guard_account BEFORE UPDATE ON account"
        " FOR EACH ROW EXECUTE FUNCTION guard_account()"
    )


def _set_policy(table: str, action: str, rule: str) -> None:
    check = f" WITH CHECK ({rule})" if action == "alters" else ""
    op.execute(f"ALTER POLICY {action} ON {table} USING ({rule}){check}")


def _instant(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _account(table: str, *, nullable: bool = False) -> tuple[sa.Column, sa.Constraint]:
    return (
        sa.Column("account_id", sa.BigInteger(), nullable=nullable),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id")
        ),
    )


def _make_tables() -> None:
    op.create_table(
        "passkey",
        sa.Column("credential_id", sa.LargeBinary(1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        _instant("made_at"),
        _instant("used_at", nullable=True),
        *_account("passkey"),
        sa.PrimaryKeyConstraint("credential_id", name=op.f("pk_passkey")),
    )
    op.create_table(
        "code_secret",
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        _instant("confirmed_at", nullable=True),
        *_account("code_secret"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_code_secret")),
    )
    op.create_table(
        "ceremony",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        _instant("began_at"),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        *_account("ceremony", nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_ceremony")),
        sa.CheckConstraint(
            sa.column("kind").in_(("passkey_made", "passkey_proof", "provider")),
            name=op.f("ck_ceremony_kind_code"),
        ),
    )
    op.create_table(
        "known_device",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        _instant("seen_at"),
        *_account("known_device"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_known_device")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("bucket", sa.String(80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        _instant("last_at"),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_sign_in_attempts")),
    )
    _make_invitations_and_providers()
    for table, name in (
        ("passkey", "account_id"),
        ("ceremony", "account_id"),
        ("ceremony", "began_at"),
        ("known_device", "account_id"),
        ("sign_in_attempts", "last_at"),
        ("invitation", "account_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def _make_invitations_and_providers() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("is_recovery", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(32)),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.BigInteger()),
        _instant("asked_at"),
        sa.Column("confirmed_by", sa.BigInteger()),
        _instant("confirmed_at", nullable=True),
        _instant("closed_at", nullable=True),
        *_account("invitation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        sa.CheckConstraint(
            "confirmed_by <> asked_by", name=op.f("ck_invitation_confirmed_by_another")
        ),
        sa.CheckConstraint(
            "account_id <> asked_by AND account_id <> confirmed_by",
            name=op.f("ck_invitation_not_for_oneself"),
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (code_hash IS NULL)",
            name=op.f("ck_invitation_confirmed_wholly"),
        ),
    )
    op.create_table(
        "identity_provider",
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("client_id", sa.String(200), nullable=False),
        sa.Column("client_secret", sa.LargeBinary(), nullable=False),
        sa.Column("second_factors", postgresql.ARRAY(sa.String(120)), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", name=op.f("pk_identity_provider")),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_identity_provider_institution_id"),
        ),
    )
