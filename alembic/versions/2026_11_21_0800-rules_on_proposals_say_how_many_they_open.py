"""rules on proposals say how many they open

Why: PostgreSQL took the rules on remains and on pairings for ones that open next to nothing,
for it cannot know who asks, and looked up both records of each of 100,000 pairings to count
them: ten seconds for a queue. The rules say the same here as a choice between who asks, which
it takes for half. One pairing is judged by its own two records, and a list by all at once.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ENGINE = "(SELECT viewer_engine())"
EXAMINES = "(SELECT viewer_examines())"
CONSENTED = "search_consent IN ('granted', 'public_interest')"

# No body in SQL, for the reason that 0010 gives.
VIEWER_EXAMINES = """
    CREATE FUNCTION viewer_examines() RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
        RETURN viewer_works()
            AND viewer_role() IN ('forensic_examiner', 'forensic_coordinator');
    END $$
"""
READS = {
    "remains": f"""
        CASE {ENGINE}
            WHEN 'keeper' THEN true
            WHEN 'matcher' THEN {CONSENTED}
            ELSE {EXAMINES} AND (owner_institution_id = (SELECT viewer_owns()) OR {CONSENTED})
        END
    """,
    # Each side is asked under its own policies: what the viewer may not read is not in there.
    "pairing": f"""
        CASE
            WHEN {ENGINE} = 'matcher' THEN true
            WHEN {EXAMINES} THEN
                EXISTS (SELECT FROM missing_person AS person WHERE person.id = missing_person_id
                        AND {CONSENTED} AND search_until > now())
                AND EXISTS (SELECT FROM remains AS found WHERE found.id = remains_id
                            AND {CONSENTED})
            ELSE false
        END
    """,  # noqa: S608 - ours
}

# The rules of 0006, for the way down.
ROLE = "(SELECT viewer_role())"
PURPOSE = "(SELECT viewer_purpose())"
FORENSIC = (
    f"((SELECT viewer_works()) AND {ROLE} IN ('forensic_examiner', 'forensic_coordinator'))"
)
MATCHER = f"({ROLE} = 'engine' AND {PURPOSE} = 'search')"
BEFORE = {
    "remains": f"""
        ({ROLE} = 'engine' AND {PURPOSE} = 'keep')
        OR ({MATCHER} AND {CONSENTED})
        OR ({FORENSIC}
            AND (owner_institution_id = (SELECT viewer_institution()) OR {CONSENTED}))
    """,
    "pairing": f"""
        {MATCHER} OR ({FORENSIC}
            AND missing_person_id IN
                (SELECT id FROM missing_person WHERE {CONSENTED} AND search_until > now())
            AND remains_id IN (SELECT id FROM remains WHERE {CONSENTED}))
    """,  # noqa: S608 - ours
}


def upgrade() -> None:
    op.execute(VIEWER_EXAMINES)
    for table, rule in READS.items():
        op.execute(f"ALTER POLICY reads ON {table} USING ({rule})")


def downgrade() -> None:
    for table, rule in BEFORE.items():
        op.execute(f"ALTER POLICY reads ON {table} USING ({rule})")
    op.execute("DROP FUNCTION viewer_examines()")
