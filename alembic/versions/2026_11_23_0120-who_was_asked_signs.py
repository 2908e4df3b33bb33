"""a service signs for the keeper who asked it, and for nobody who keeps the file later

Why: a file that is handed over takes no service along (ADR 0055). One that was handed back
revived the service that signed before, and one that was handed on through a service turned a
request of the first keeper into one to the next. Now nobody signs who was asked before the file
last changed hands, nor an office that is no forensic service or prosecutor any more.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

# As in migration 0060, but for what stands in between.
SIGNS = """
CREATE OR REPLACE FUNCTION signs_for_person(a_case bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    asks text := current_setting('reunir.role', true);
    asks_for text := current_setting('reunir.purpose', true);
    found bigint;
BEGIN
    PERFORM set_config('reunir.role', 'engine', true),
            set_config('reunir.purpose', 'keep', true);
    SELECT asked.to_institution_id INTO found
    FROM office_request AS asked JOIN missing_person AS p ON p.id = asked.missing_person_id
    WHERE asked.missing_person_id = a_case AND asked.kind = 'signing'
      AND asked.from_institution_id = p.owner_institution_id
      AND signing_stands_at(asked.id) = 'accepted'
      AND signing_agreed(a_case, asked.to_institution_id)
      {still}
    ORDER BY asked.id DESC LIMIT 1;
    PERFORM set_config('reunir.role', coalesce(asks, ''), true),
            set_config('reunir.purpose', coalesce(asks_for, ''), true);
    RETURN found;
END $$
"""
# Of what the database numbered the order is sure; whether a request that was accepted later
# was asked before the file changed hands, the hours say.
STILL = """
      AND EXISTS (
          SELECT FROM institution AS service WHERE service.id = asked.to_institution_id
            AND service.kind IN ('forensic_service', 'prosecutor'))
      AND NOT EXISTS (
          SELECT FROM office_request AS handed JOIN office_message AS taken
            ON taken.case_id = handed.id AND taken.step = 'accepted'
          WHERE handed.missing_person_id = a_case AND handed.kind = 'transfer'
            AND (taken.written_at > asked.sent_at OR taken.id > (
                SELECT max(said.id) FROM office_message AS said
                WHERE said.case_id = asked.id AND said.step = 'accepted')))
"""


def upgrade() -> None:
    op.execute(SIGNS.format(still=STILL))


def downgrade() -> None:
    op.execute(SIGNS.format(still=""))
