"""whatever is done at the gate of a pair is done one deed at a time

Why: a decision took turns with other decisions of the same remains, and an item of the gate, a
release and a taking back did not: an item could be withdrawn in the moment in which the last
signature found it there, and a release could be written beside the recall.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

from alembic import op

revision = "0059"
down_revision = "0060"
branch_labels = None
depends_on = None

# The lock is the one of decision_may_be_proposed and decision_may_be_signed (migration 0048).
# "before_" comes first by name: what looks whether a row may be looks after it waited.
ONE_AT_A_TIME = """
CREATE FUNCTION one_deed_at_a_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('decision', NEW.remains_id));
    RETURN NEW;
END $$
"""
TABLES = ("gate_entry", "decision_end", "decision_release")


def upgrade() -> None:
    op.execute(ONE_AT_A_TIME)
    for each in TABLES:
        op.execute(
            f"CREATE TRIGGER before_all_else BEFORE INSERT ON {each}"
            " FOR EACH ROW EXECUTE FUNCTION one_deed_at_a_time()"
        )


def downgrade() -> None:
    for each in TABLES:
        op.execute(f"DROP TRIGGER before_all_else ON {each}")
    op.execute("DROP FUNCTION one_deed_at_a_time()")
