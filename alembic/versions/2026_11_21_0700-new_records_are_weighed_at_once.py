"""new records are weighed at once

Why: whoever is entered or changed waits to be weighed from the moment it is saved, whichever
way it came in; and nobody who may not be searched any more stays in a proposal for a moment
longer. Both are done by the database itself, in the transaction of the deed, so that no path
can forget it.
Loses data on the way down: yes (who waits to be weighed; the next whole run weighs them)
Safe while the previous release is still running: yes
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

APP = "reunir_app"
MATCHER = "(SELECT viewer_engine()) = 'matcher'"
ANYONE = "(SELECT viewer_role()) <> ''"

# Whoever may not be searched any more: as `casework.candidates.rules` and the ledger say.
CLOSED = {
    "missing_person": """
        search_consent NOT IN ('granted', 'public_interest')
        OR search_until IS NULL OR search_until <= now()
        OR restricted_at IS NOT NULL OR erased_at IS NOT NULL
        OR search_status NOT IN ('open', 'active_lines', 'suspended')
    """,
    "remains": """
        search_consent NOT IN ('granted', 'public_interest')
        OR restricted_at IS NOT NULL OR erased_at IS NOT NULL
        OR identification_status IN ('identified', 'identified_unclaimed', 'repatriated')
    """,
}
PARTS = {
    "missing_person": ("missing_person_name", "missing_person_mark", "missing_person_article"),
    "remains": ("remains_mark", "remains_article"),
}
COLUMN = {"missing_person": "missing_person_id", "remains": "remains_id"}
OTHER = {"missing_person": "remains_id", "remains": "missing_person_id"}


def removes(table: str) -> str:
    """Say the function that lets a changed record wait, and ends its pairings if it is closed.

    Nobody deletes proposals, neither whoever withdraws a consent nor the application; the
    database does, as the owner of the table and in the matcher's name, those of the records
    just changed and no others.
    """
    column, other = COLUMN[table], OTHER[table]
    return f"""
        CREATE FUNCTION note_changed_{table}() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        DECLARE
            asks text := viewer_role();
            asks_for text := viewer_purpose();
        BEGIN
            INSERT INTO weighing_due ({column}) SELECT id FROM changed;
            IF NOT FOUND THEN
                RETURN NULL;
            END IF;
            PERFORM pg_notify('weighing_due', '');
            IF TG_OP = 'UPDATE' AND EXISTS (SELECT FROM changed WHERE {CLOSED[table]}) THEN
                PERFORM set_config('reunir.role', 'engine', true),
                        set_config('reunir.purpose', 'search', true);
                -- A withdrawal never waits for a run that is just writing. What that one holds
                -- goes when the note above is heard; without a consent nobody is shown it.
                -- Whoever held them in a list is weighed again: somebody else moves up.
                WITH free AS MATERIALIZED (
                    SELECT id FROM pairing
                    WHERE {column} IN (SELECT id FROM changed WHERE {CLOSED[table]})
                    FOR UPDATE SKIP LOCKED
                ), gone AS (
                    DELETE FROM pairing USING free WHERE pairing.id = free.id
                    RETURNING pairing.{other}, pairing.state
                )
                INSERT INTO weighing_due ({other})
                SELECT {other} FROM gone WHERE state = 'proposed';
                PERFORM set_config('reunir.role', asks, true),
                        set_config('reunir.purpose', asks_for, true);
            END IF;
            RETURN NULL;
        END $$
    """  # noqa: S608 - ours


def notes(table: str) -> str:
    """Say the function that lets a record wait when a mark, an article or a name of it is."""
    return f"""
        CREATE FUNCTION note_changed_part_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO weighing_due ({COLUMN[table]}) SELECT DISTINCT case_id FROM changed;
            IF FOUND THEN
                PERFORM pg_notify('weighing_due', '');
            END IF;
            RETURN NULL;
        END $$
    """  # noqa: S608 - ours


def upgrade() -> None:
    make_weighing_due()
    for table, parts in PARTS.items():
        op.execute(removes(table))
        op.execute(f"REVOKE ALL ON FUNCTION note_changed_{table}() FROM PUBLIC")
        op.execute(notes(table))
        for event in ("INSERT", "UPDATE"):
            watch(table, event, f"note_changed_{table}")
        for part in parts:
            for event in ("INSERT", "UPDATE", "DELETE"):
                watch(part, event, f"note_changed_part_of_{table}")


def make_weighing_due() -> None:
    op.create_table(
        "weighing_due",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("missing_person_id", sa.BigInteger(), nullable=True),
        sa.Column("remains_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waits",
                "weighed",
                "gap",
                "set_aside",
                name="weighingstate",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            server_default="waits",
            nullable=False,
        ),
        sa.CheckConstraint(
            "num_nonnulls(missing_person_id, remains_id) = 1",
            name=op.f("ck_weighing_due_one_of_two"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weighing_due")),
    )
    op.execute("ALTER TABLE weighing_due ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE weighing_due FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON weighing_due FOR SELECT USING ({MATCHER})")
    op.execute(f"CREATE POLICY adds ON weighing_due FOR INSERT WITH CHECK ({ANYONE})")
    # Where an operator mends a row by hand nobody is named; the function adds as its owner.
    op.execute(
        "CREATE POLICY owner_adds ON weighing_due FOR INSERT TO CURRENT_USER WITH CHECK (true)"
    )
    op.execute(
        f"CREATE POLICY alters ON weighing_due FOR UPDATE USING ({MATCHER})"
        f" WITH CHECK ({MATCHER})"
    )
    op.execute(f"CREATE POLICY removes ON weighing_due FOR DELETE USING ({MATCHER})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON weighing_due TO {APP}")


def watch(table: str, event: str, function: str) -> None:
    """Call a function once a statement, with the rows that it left, or took away."""
    rows = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE TRIGGER notes_{event.lower()} AFTER {event} ON {table}"
        f" REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT"
        f" EXECUTE FUNCTION {function}()"
    )


def downgrade() -> None:
    for table, parts in PARTS.items():
        for event in ("insert", "update"):
            op.execute(f"DROP TRIGGER notes_{event} ON {table}")
        for part in parts:
            for event in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER notes_{event} ON {part}")
        op.execute(f"DROP FUNCTION note_changed_{table}()")
        op.execute(f"DROP FUNCTION note_changed_part_of_{table}()")
    op.drop_table("weighing_due")
