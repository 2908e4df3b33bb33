"""the action log as a tree

Why: each line is numbered without a gap in the order of commits and hashed by the database
itself, so that signed roots of the RFC 6962 tree prove that no line was edited, cut or
rewritten. The application adds a line and can choose neither its place nor its hash. A line
commits to its payload (about, details, concerning) by a salted hash: it can be erased.
Loses data on the way down: yes
Safe while the previous release is still running: no
"""

# ruff: noqa: S608 - what is pasted together stands in this file

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Any number that nothing else locks; held from the first line of a transaction to its end.
ORDER_OF_COMMITS = 4_960_962
MICROSECONDS = "floor(extract(epoch FROM {}) * 1000000)::bigint"
PAYLOAD = "jsonb_build_array({0}about, {0}details, to_jsonb({0}concerning))::text"
ENTRY = (
    "jsonb_build_array({0}position, {0}id::text, "
    + MICROSECONDS.format("{0}at")
    + ", "
    + MICROSECONDS.format("{0}written_at")
    + ", {0}account_id, {0}role, {0}institution_id, {0}deed, {0}purpose,"
    " encode({0}payload_hash, 'hex'))::text"
)
SALT = "uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())"
HASH_PAYLOAD = "sha256({0}salt || convert_to(" + PAYLOAD + ", 'UTF8'))"
HASH_LEAF = "sha256('\\x00'::bytea || convert_to(" + ENTRY + ", 'UTF8'))"
READS = "viewer_role() = 'data_protection_officer'"
# The engine reads the log for one purpose only: to verify it and to sign its root.
READS_OR_VERIFIES = (
    "(SELECT viewer_role()) = 'data_protection_officer' OR"
    " ((SELECT viewer_role()) = 'engine' AND (SELECT viewer_purpose()) = 'oversight')"
)


def upgrade() -> None:
    op.execute("ALTER TABLE action_log ALTER COLUMN position DROP IDENTITY")
    op.add_column("action_log", sa.Column("written_at", sa.DateTime(timezone=True)))
    op.add_column("action_log", sa.Column("concerning", postgresql.ARRAY(sa.Text())))
    for name in ("salt", "payload_hash", "leaf_hash"):
        op.add_column("action_log", sa.Column(name, sa.LargeBinary()))
    _number_what_is_there()
    for name in ("written_at", "payload_hash", "leaf_hash"):
        op.alter_column("action_log", name, nullable=False)
    op.create_index(
        "ix_action_log_concerning", "action_log", ["concerning"], postgresql_using="gin"
    )
    op.execute(
        "CREATE FUNCTION number_action_log_line() RETURNS trigger LANGUAGE plpgsql"
        " SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN"
        # Whoever comes later waits here until this transaction is over: the next number is
        # then that of a line which everybody can see, and an undone deed leaves no gap.
        f" PERFORM pg_advisory_xact_lock({ORDER_OF_COMMITS});"
        " NEW.position := coalesce((SELECT max(position) FROM public.action_log), 0) + 1;"
        " NEW.written_at := clock_timestamp();"
        f" NEW.salt := {SALT};"
        f" NEW.payload_hash := {HASH_PAYLOAD.format('NEW.')};"
        f" NEW.leaf_hash := {HASH_LEAF.format('NEW.')};"
        " RETURN NEW; END $$"
    )
    op.execute("REVOKE ALL ON FUNCTION number_action_log_line() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER number_line BEFORE INSERT ON action_log"
        " FOR EACH ROW EXECUTE FUNCTION number_action_log_line()"
    )
    op.execute("ALTER TABLE action_log ENABLE ALWAYS TRIGGER number_line")
    # The function runs as the owner, whom FORCE binds too: it must see the last number.
    op.execute("CREATE POLICY numbers ON action_log FOR SELECT TO CURRENT_USER USING (true)")
    op.execute(f"ALTER POLICY reads ON action_log USING ({READS_OR_VERIFIES})")


def downgrade() -> None:
    op.execute("DROP TRIGGER number_line ON action_log")
    op.execute("DROP FUNCTION number_action_log_line()")
    op.execute("DROP POLICY numbers ON action_log")
    op.execute(f"ALTER POLICY reads ON action_log USING ({READS})")
    op.drop_index("ix_action_log_concerning", table_name="action_log")
    for name in ("leaf_hash", "payload_hash", "salt", "concerning", "written_at"):
        op.drop_column("action_log", name)
    op.execute("ALTER TABLE action_log ALTER position ADD GENERATED ALWAYS AS IDENTITY")
    op.execute("ALTER TABLE action_log NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "SELECT setval(pg_get_serial_sequence('action_log', 'position'),"
        " coalesce(max(position), 0) + 1, false) FROM action_log"
    )
    op.execute("ALTER TABLE action_log FORCE ROW LEVEL SECURITY")


def _number_what_is_there() -> None:
    """Take the lines of an earlier release into the tree, in the order they were written."""
    op.execute("ALTER TABLE action_log NO FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE action_log DROP CONSTRAINT uq_action_log_position")
    op.execute(
        "UPDATE action_log SET position = ordered.number, written_at = now(),"
        f" concerning = '{{}}', salt = {SALT}"
        " FROM (SELECT id, row_number() OVER (ORDER BY position) AS number FROM action_log)"
        " AS ordered WHERE ordered.id = action_log.id"
    )
    op.execute(f"UPDATE action_log SET payload_hash = {HASH_PAYLOAD.format('')}")
    op.execute(f"UPDATE action_log SET leaf_hash = {HASH_LEAF.format('')}")
    op.create_unique_constraint("uq_action_log_position", "action_log", ["position"])
    op.execute("ALTER TABLE action_log FORCE ROW LEVEL SECURITY")
