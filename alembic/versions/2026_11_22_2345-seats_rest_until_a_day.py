"""a seat can rest until a day, and so can somebody who is away

Why: a pause had no end, so that whoever came back had to remember it; the pair went late
meanwhile, and the week counted the opinion as promised. Why somebody is away is not asked.
Loses data on the way down: yes, until when somebody or their seats rest
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0063"
branch_labels = None
depends_on = None

# Counted as the keeper: which seats rest is told to nobody who may not know of them.
RESTING = """
    CREATE FUNCTION opinions_that_rest(today date) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
        asks text := viewer_role();
        asks_for text := viewer_purpose();
        own bigint := viewer_institution();
        answer bigint;
    BEGIN
        PERFORM set_config('reunir.role', 'engine', true),
                set_config('reunir.purpose', 'keep', true);
        SELECT count(*) INTO answer
        FROM review_seat AS seat
        JOIN LATERAL (
            SELECT change, until_on FROM review_seat_change AS changed
            WHERE changed.seat_id = seat.id ORDER BY changed.id DESC LIMIT 1
        ) AS last ON last.change = 'paused' AND (last.until_on IS NULL OR last.until_on > today)
        WHERE seat.institution_id = own AND seat.place IN ('first', 'second')
          AND NOT EXISTS (SELECT FROM review AS later WHERE later.follows_id = seat.review_id)
          AND NOT EXISTS (SELECT FROM review_outcome AS reached
                          WHERE reached.review_id = seat.review_id);
        PERFORM set_config('reunir.role', asks, true),
                set_config('reunir.purpose', asks_for, true);
        RETURN answer;
    END $$
"""


def upgrade() -> None:
    op.add_column("review_seat_change", sa.Column("until_on", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_review_seat_change_only_a_pause_ends"),
        "review_seat_change",
        "until_on IS NULL OR change = 'paused'",
    )
    op.add_column("review_hours", sa.Column("away_until", sa.Date(), nullable=True))
    op.execute(RESTING)


def downgrade() -> None:
    op.execute("DROP FUNCTION opinions_that_rest(date)")
    op.drop_column("review_hours", "away_until")
    op.drop_column("review_seat_change", "until_on")
