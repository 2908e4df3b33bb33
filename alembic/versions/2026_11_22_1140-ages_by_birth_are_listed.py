"""lists by age know the ages that a birth makes

Why: where only the day of birth was told, the list says the age that it makes, and sorted by
age it put those people last, as if nobody knew. The two indexes that lists are read off hold
the age that was told, else the computed one; whoever may not read the birth is not told it.
Loses data on the way down: no
Safe while the previous release is still running: yes, its lists by age are slow meanwhile
"""

from alembic import op

revision = "0039"
down_revision = "0037"
branch_labels = None
depends_on = None

TOLD = "age_min"
# As `casework.missing.model.LISTED_AGE`, in the database's own words.
LISTED = (
    "COALESCE(age_min, date_part('year'::text, age(last_contact_from::timestamp without time"
    " zone, birth_to::timestamp without time zone)))"
)


def upgrade() -> None:
    _index(LISTED)


def downgrade() -> None:
    _index(TOLD)


def _index(age: str) -> None:
    for name, way in (("youngest", ""), ("oldest", " DESC NULLS LAST")):
        op.execute(f"DROP INDEX ix_missing_person_{name}")
        op.execute(f"CREATE INDEX ix_missing_person_{name} ON missing_person ({age}{way}, id)")
