"""what is agreed is searched from the moment it is recorded

Why: whether a person may be searched is summed up as a yes is recorded, and left out one whose
beginning lay behind the start of the database's transaction: with the database on a machine
whose clock is a moment behind, a family said yes and nobody searched, until something else of
that file changed. A yes never begins after it was recorded (a CHECK), so its beginning needs
no second look.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

SUMMARY = """
    CREATE OR REPLACE FUNCTION sum_up_consents() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        by_giver boolean;
    BEGIN
        NEW.search_consent := 'not_asked';
        NEW.search_until := NULL;
        IF TG_OP = 'INSERT' THEN
            RETURN NEW;
        END IF;
        SELECT max(expires), bool_or(giver_id IS NOT NULL) INTO NEW.search_until, by_giver
        FROM consent
        WHERE missing_person_id = NEW.id AND purpose = 'search'
          AND data_category IN ('circumstances', 'antemortem')
          AND decision = 'granted' AND withdrawn_at IS NULL
          AND {begun}expires > now();
        IF NEW.search_until IS NOT NULL THEN
            NEW.search_consent :=
                CASE WHEN by_giver THEN 'granted' ELSE 'public_interest' END;
        ELSIF EXISTS (
            SELECT FROM consent
            WHERE missing_person_id = NEW.id AND purpose = 'search'
              AND data_category IN ('circumstances', 'antemortem')
              AND decision IN ('refused', 'withdrawn')
        ) THEN
            NEW.search_consent := 'refused';
        END IF;
        RETURN NEW;
    END $$
"""


def upgrade() -> None:
    op.execute(SUMMARY.format(begun=""))


def downgrade() -> None:
    op.execute(SUMMARY.format(begun="valid_from <= now() AND "))
