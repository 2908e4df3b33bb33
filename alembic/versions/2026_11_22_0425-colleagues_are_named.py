"""colleagues are named

Why: who wrote something down is told to the colleagues of that person, but the rule on accounts
shows each only their own, so everybody else's name stayed blank: in the history of a record, in
the log of contacts with a family, in the chain of custody of a sample. A whole row would show
more than a name: how that person signs in, and the hash of their password.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

from alembic import op

revision = "0031"
down_revision = "0021"
branch_labels = None
depends_on = None

# Asked as the door. Who watches over accounts reads all of them anyway.
NAMES = """
    CREATE FUNCTION account_names(wanted bigint[])
    RETURNS TABLE (account_id bigint, display_name text)
    LANGUAGE plpgsql AS $$
    DECLARE
        asks text := viewer_role();
        own bigint := viewer_institution();
    BEGIN
        PERFORM set_config('reunir.role', 'door', true);
        RETURN QUERY
            SELECT account.id, account.display_name::text FROM account
            WHERE account.id = ANY (wanted)
              AND (account.institution_id = own
                   OR asks IN ('administrator', 'data_protection_officer'));
        PERFORM set_config('reunir.role', asks, true);
    END $$
"""


def upgrade() -> None:
    op.execute(NAMES)


def downgrade() -> None:
    op.execute("DROP FUNCTION account_names(bigint[])")
