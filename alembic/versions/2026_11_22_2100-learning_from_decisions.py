"""learning from decisions

Why: what was decided of a pair was never held against what had been said of it. What stood on
its proposal that day is kept beside the decision, for the next run weighs it anew; reports say
what all decisions together would change, and two people adopt one, or nobody does.
Loses data on the way down: yes, reports, who adopted them, and what was said before decisions
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0053"
branch_labels = None
depends_on = None

APP = "reunir_app"
ENGINE = "(SELECT viewer_engine()) IN ('keeper', 'matcher')"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
READS = (
    "(SELECT viewer_role())"
    " IN ('forensic_examiner', 'forensic_coordinator', 'data_protection_officer')"
)
COORDINATES = "(SELECT viewer_role()) = 'forensic_coordinator'"
ACCOUNT = "(SELECT viewer_account())"
INSTITUTION = "(SELECT viewer_institution())"

REMEMBER = """
CREATE FUNCTION remember_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asks text := viewer_role();
    asks_for text := viewer_purpose();
BEGIN
    PERFORM set_config('reunir.role', 'engine', true),
            set_config('reunir.purpose', 'search', true);
    INSERT INTO decided_proposal
        (decision_id, model_version, rank_for_missing, posterior, log10_lr, weights)
    SELECT NEW.id, COALESCE(run.model_version, ''), said.rank_for_missing, said.posterior,
           said.log10_lr, said.weights
    FROM pairing AS said JOIN matching_run AS run ON run.id = said.matching_run_id
    WHERE said.missing_person_id = NEW.case_id AND said.remains_id = NEW.remains_id;
    PERFORM set_config('reunir.role', asks, true),
            set_config('reunir.purpose', asks_for, true);
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    _make_decided_proposal()
    _make_weight_set()
    _make_weight_set_signature()
    for table in ("decided_proposal", "weight_set", "weight_set_signature"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON decided_proposal FOR SELECT USING ({ENGINE})")
    op.execute(f"CREATE POLICY adds ON decided_proposal FOR INSERT WITH CHECK ({ENGINE})")
    op.execute(f"CREATE POLICY removes ON decided_proposal FOR DELETE USING ({KEEPER})")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON decided_proposal TO {APP}")
    asks = f"{COORDINATES} AND requested_by = {ACCOUNT} AND report IS NULL AND factors IS NULL"
    op.execute(f"CREATE POLICY reads ON weight_set FOR SELECT USING ({READS} OR {ENGINE})")
    op.execute(f"CREATE POLICY adds ON weight_set FOR INSERT WITH CHECK ({asks})")
    op.execute(f"CREATE POLICY alters ON weight_set FOR UPDATE USING ({ENGINE})")
    op.execute(f"GRANT SELECT, INSERT ON weight_set TO {APP}")
    op.execute(f"GRANT UPDATE (state, made_at, factors, report) ON weight_set TO {APP}")
    signs = f"{COORDINATES} AND account_id = {ACCOUNT} AND institution_id = {INSTITUTION}"
    signed = "weight_set_signature"
    op.execute(f"CREATE POLICY reads ON {signed} FOR SELECT USING ({READS} OR {ENGINE})")
    op.execute(f"CREATE POLICY adds ON {signed} FOR INSERT WITH CHECK ({signs})")
    op.execute(f"GRANT SELECT, INSERT ON {signed} TO {APP}")
    # Nobody may: neither is granted, and the second wall says so of every table.
    for table, deed in (
        ("decided_proposal", "alters"),
        ("weight_set", "removes"),
        (signed, "alters"),
        (signed, "removes"),
    ):
        command = {"alters": "UPDATE", "removes": "DELETE"}[deed]
        op.execute(f"CREATE POLICY {deed} ON {table} FOR {command} USING (false)")
    op.execute(REMEMBER)
    op.execute(
        "CREATE TRIGGER remember_proposal AFTER INSERT ON decision"
        " FOR EACH ROW EXECUTE FUNCTION remember_proposal()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER remember_proposal ON decision")
    op.execute("DROP FUNCTION remember_proposal()")
    for table in ("weight_set_signature", "weight_set", "decided_proposal"):
        op.drop_table(table)


def _make_decided_proposal() -> None:
    table = "decided_proposal"
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("decision_id", sa.BigInteger(), nullable=False),
        sa.Column("model_version", sa.String(length=40), nullable=False),
        sa.Column("rank_for_missing", sa.Integer(), nullable=False),
        sa.Column("posterior", sa.Double(), nullable=False),
        sa.Column("log10_lr", sa.Double(), nullable=False),
        sa.Column("weights", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f(f"fk_{table}_decision_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_decision_id"), table, ["decision_id"], unique=False)


def _make_weight_set() -> None:
    table = "weight_set"
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("factors", sa.dialects.postgresql.JSONB(), nullable=True),
        sa.Column("report", sa.dialects.postgresql.JSONB(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waits', 'made', 'failed')", name=op.f(f"ck_{table}_state_code")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["account.id"], name=op.f(f"fk_{table}_requested_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _make_weight_set_signature() -> None:
    table = "weight_set_signature"
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("weight_set_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step IN ('adopts', 'takes_back')", name=op.f(f"ck_{table}_step_code")
        ),
        sa.ForeignKeyConstraint(
            ["weight_set_id"], ["weight_set.id"], name=op.f(f"fk_{table}_weight_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f(f"fk_{table}_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "weight_set_id",
            "account_id",
            "step",
            name=op.f(f"uq_{table}_weight_set_id_account_id_step"),
        ),
    )
