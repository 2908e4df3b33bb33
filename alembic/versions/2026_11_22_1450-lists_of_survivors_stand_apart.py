"""who holds a list of survivors stands apart, for the institution that wrote it

Why: it leads to people who may be hiding. It stood in the row of the incident and in its
versions, which everybody who works with incidents reads, and only the application left it out.
Loses data on the way down: yes, a list told of a version that is not there; we write none
Safe while the previous release is still running: no, it looks for the column
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

APP = "reunir_app"
TABLE = "survivors_list"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
ROLE = "(SELECT viewer_role())"
OWN = "institution_id = (SELECT viewer_institution())"
WORKS_WITH_THEM = (
    f"{ROLE} IN ('liaison_officer', 'forensic_examiner', 'forensic_coordinator',"
    " 'consular_officer', 'analyst')"
)
# As the migration of 04:20 has it of incidents entered by hand.
RECORDS = f"{ROLE} IN ('liaison_officer', 'forensic_coordinator', 'analyst')"
OF_OWN = f"EXISTS (SELECT FROM incident AS whole WHERE whole.id = incident_id AND whole.{OWN})"
READS = f"{KEEPER} OR ({WORKS_WITH_THEM} AND {OWN})"
ADDS = f"{KEEPER} OR ({RECORDS} AND {OWN} AND {OF_OWN})"
WALLED = ("incident", "incident_version", TABLE)

NOW_TO_TABLE = """
    INSERT INTO survivors_list (incident_id, version, institution_id, words)
    SELECT id, version, institution_id, survivors_list_ref FROM incident
    WHERE survivors_list_ref <> '' AND institution_id IS NOT NULL
"""
EARLIER_TO_TABLE = """
    INSERT INTO survivors_list (incident_id, version, institution_id, words)
    SELECT told.case_id, told.version, incident.institution_id,
           told.content ->> 'survivors_list_ref'
    FROM incident_version AS told JOIN incident ON incident.id = told.case_id
    WHERE told.content ->> 'survivors_list_ref' <> '' AND institution_id IS NOT NULL
"""
LEAVE_OUT = "UPDATE incident_version SET content = content - 'survivors_list_ref'"
NOW_BACK = """
    UPDATE incident SET survivors_list_ref = words FROM survivors_list AS told
    WHERE told.incident_id = incident.id AND told.version = incident.version
"""
EARLIER_BACK = """
    UPDATE incident_version AS past
    SET content = past.content || jsonb_build_object('survivors_list_ref', told.words)
    FROM survivors_list AS told
    WHERE told.incident_id = past.case_id AND told.version = past.version
"""


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incident.id"],
            name=op.f("fk_survivors_list_incident_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_survivors_list_institution_id"),
        ),
        sa.PrimaryKeyConstraint("incident_id", "version", name=op.f("pk_survivors_list")),
    )
    _past_the_walls(NOW_TO_TABLE, EARLIER_TO_TABLE, LEAVE_OUT)
    op.drop_column("incident", "survivors_list_ref")
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {TABLE} FOR SELECT USING ({READS})")
    op.execute(f"CREATE POLICY adds ON {TABLE} FOR INSERT WITH CHECK ({ADDS})")
    op.execute(f"CREATE POLICY alters ON {TABLE} FOR UPDATE USING (false)")
    op.execute(f"CREATE POLICY removes ON {TABLE} FOR DELETE USING ({KEEPER})")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON {TABLE} TO {APP}")


def downgrade() -> None:
    op.add_column("incident", sa.Column("survivors_list_ref", sa.Text(), nullable=True))
    _past_the_walls(NOW_BACK, EARLIER_BACK)
    op.drop_table(TABLE)


def _past_the_walls(*statements: str) -> None:
    """Let the owner of the tables move what no policy would show it."""
    for table in WALLED:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    for each in statements:
        op.execute(each)
    for table in WALLED:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
