"""notifications

Why: somebody who waits for an answer looks for it by opening every page. A row says that
something waits for some duties of an institution or for one account, and where; never of whom.
Whoever wants is written to, at an address that is sealed as the door's other secrets are.
Loses data on the way down: yes, what was told and how people want to be told
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0020"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
ROLE = "(SELECT viewer_role())"
ACCOUNT = "(SELECT viewer_account())"
# The door writes mails: it knows accounts, and no case.
DOOR = f"{ROLE} = 'door'"
FOR_THEM = (
    f"account_id = {ACCOUNT} OR (institution_id = (SELECT viewer_institution())"
    f" AND {ROLE} = ANY (roles))"
)
OWN = f"account_id = {ACCOUNT}"
KINDS = (
    "request_received",
    "request_answered",
    "promise_overdue",
    "proposal_released",
    "import_finished",
    "act_planned",
)
OFTEN = ("never", "day", "hour")
LANGUAGES = ("es", "en", "pt", "fr", "ht")

# table: (who reads a row, who adds one, who alters one, who removes one, rights)
TABLES = {
    "notification": (
        f"{DOOR} OR {KEEPER} OR {FOR_THEM}",
        # Whoever does something tells others that it was done.
        f"{ROLE} NOT IN ('', 'door')",
        "false",
        KEEPER,
        "SELECT, INSERT, DELETE",
    ),
    "notification_seen": (f"{DOOR} OR {OWN}", OWN, "false", KEEPER, "SELECT, INSERT, DELETE"),
    "mail_choice": (
        f"{DOOR} OR {OWN}",
        f"{DOOR} OR {OWN}",
        f"{DOOR} OR {OWN}",
        "false",
        "SELECT, INSERT, UPDATE",
    ),
}


def upgrade() -> None:
    _make_tables()
    for table, (reads, adds, alters, removes, rights) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({adds})")
        op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING ({alters})")
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({removes})")
        op.execute(f"GRANT {rights} ON {table} TO {APP}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "notification",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", _codes(KINDS, "notificationkind"), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=True),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("path", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_notification_kind_code")),
        sa.CheckConstraint(
            "num_nonnulls(institution_id, account_id) = 1",
            name=op.f("ck_notification_for_one_or_the_other"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_notification_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_notification_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("key", name=op.f("uq_notification_key")),
    )
    for column in ("institution_id", "account_id", "made_at"):
        op.create_index(op.f(f"ix_notification_{column}"), "notification", [column])
    op.create_table(
        "notification_seen",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("notification_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_notification_seen_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notification.id"],
            name=op.f("fk_notification_seen_notification_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "account_id", "notification_id", name=op.f("pk_notification_seen")
        ),
    )
    op.create_index(
        op.f("ix_notification_seen_notification_id"), "notification_seen", ["notification_id"]
    )
    op.create_table(
        "mail_choice",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("how_often", _codes(OFTEN, "howoften"), nullable=False),
        sa.Column("language", _codes(LANGUAGES, "spoken"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_up_to", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(f"how_often IN {OFTEN}", name=op.f("ck_mail_choice_how_often_code")),
        sa.CheckConstraint(
            f"language IN {LANGUAGES}", name=op.f("ck_mail_choice_language_code")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_mail_choice_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_mail_choice")),
    )


def _codes(codes: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=False, length=64)
