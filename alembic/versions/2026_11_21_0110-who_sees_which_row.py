"""who sees which row

Why: the second wall. Whatever a query asks for, PostgreSQL gives the application's role only
rows that the policies below allow to the viewer whom the transaction names. No viewer, no
rows. The application's role owns nothing, so it cannot lift them.
Loses data on the way down: no
Safe while the previous release is still running: yes
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APP = "reunir_app"

FUNCTIONS = {
    "viewer_role": ("text", "coalesce(current_setting('reunir.role', true), '')"),
    "viewer_purpose": ("text", "coalesce(current_setting('reunir.purpose', true), '')"),
    "viewer_country": ("text", "coalesce(current_setting('reunir.country', true), '')"),
    "viewer_institution": (
        "bigint",
        "nullif(current_setting('reunir.institution', true), '')::bigint",
    ),
    "viewer_account": ("bigint", "nullif(current_setting('reunir.account', true), '')::bigint"),
}

# Asked as a sub-select, so that PostgreSQL answers it once for a query and not for each row.
ROLE = "(SELECT viewer_role())"
PURPOSE = "(SELECT viewer_purpose())"
COUNTRY = "(SELECT viewer_country())"
INSTITUTION = "(SELECT viewer_institution())"
ACCOUNT = "(SELECT viewer_account())"

ANYONE = f"{ROLE} <> ''"
FORENSIC = f"{ROLE} IN ('forensic_examiner', 'forensic_coordinator')"
MATCHER = f"({ROLE} = 'engine' AND {PURPOSE} = 'search')"
KEEPER = f"({ROLE} = 'engine' AND {PURPOSE} = 'keep')"
OWN_ACCOUNT = f"id = {ACCOUNT}"
OWN = f"owner_institution_id = {INSTITUTION}"
MAY_BE_SEARCHED = "search_consent IN ('granted', 'public_interest')"
READS_INCIDENTS = (
    f"{ROLE} IN ('liaison_officer', 'forensic_examiner', 'forensic_coordinator',"
    " 'consular_officer', 'analyst', 'engine')"
)
IMPORTS = f"{ROLE} IN ('forensic_coordinator', 'analyst')"

SEES_MISSING = f"""
    {KEEPER}
    OR ({MATCHER} AND {MAY_BE_SEARCHED})
    OR ({FORENSIC} AND ({OWN} OR {MAY_BE_SEARCHED}))
    OR ({ROLE} = 'liaison_officer' AND {OWN})
    OR ({ROLE} = 'consular_officer' AND NOT protected
        AND search_consent = 'granted' AND {COUNTRY} = ANY (nationalities))
"""
KEEPS_MISSING = f"""
    {KEEPER}
    OR ({ROLE} IN ('liaison_officer', 'forensic_coordinator') AND {OWN})
"""
SEES_REMAINS = f"""
    {KEEPER}
    OR ({MATCHER} AND {MAY_BE_SEARCHED})
    OR ({FORENSIC} AND ({OWN} OR {MAY_BE_SEARCHED}))
"""
KEEPS_REMAINS = f"{KEEPER} OR ({FORENSIC} AND {OWN})"
PART_OF_MISSING = "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id)"
# Seeing another institution's record gives no right to write into it.
MAY_WRITE_PART = f"({KEEPER} OR whole.owner_institution_id = {INSTITUTION})"
WRITES_PART_OF_MISSING = (
    f"({KEEPER} OR {ROLE} IN ('liaison_officer', 'forensic_coordinator')) AND EXISTS"
    f" (SELECT FROM missing_person AS whole WHERE whole.id = case_id AND {MAY_WRITE_PART})"
)
WRITES_PART_OF_REMAINS = (
    f"({KEEPER} OR {FORENSIC}) AND EXISTS"
    f" (SELECT FROM remains AS whole WHERE whole.id = case_id AND {MAY_WRITE_PART})"
)
PART_OF_REMAINS = "EXISTS (SELECT FROM remains AS whole WHERE whole.id = case_id)"
# A record that may not be searched stands in no proposal, not even for its own institution.
PEOPLE_SEARCHED = f"(SELECT id FROM missing_person WHERE {MAY_BE_SEARCHED})"  # noqa: S608 - ours
REMAINS_SEARCHED = f"(SELECT id FROM remains WHERE {MAY_BE_SEARCHED})"  # noqa: S608 - ours
BOTH_MAY_BE_SEARCHED = (
    f"missing_person_id IN {PEOPLE_SEARCHED} AND remains_id IN {REMAINS_SEARCHED}"
)
# The engine sees all of its own proposals, so that it can withdraw what it may no longer weigh.
SEES_PAIRING = f"{MATCHER} OR ({FORENSIC} AND {BOTH_MAY_BE_SEARCHED})"
# An analyst brings in incidents only, and reads no file of people, not even a colleague's.
OPEN_PROFILE = f"({ROLE} = 'forensic_coordinator' OR profile IN ('iom', 'plain-incidents'))"
OWN_RUN = (
    f"{ROLE} = 'engine' OR ({IMPORTS} AND institution_id = {INSTITUTION} AND {OPEN_PROFILE})"
)
PART_OF_RUN = "EXISTS (SELECT FROM import_run AS run WHERE run.id = import_run_id)"

# table: (who reads a row, who writes one, what the application may do at all)
TABLES = {
    "institution": (
        ANYONE,
        f"{ROLE} = 'administrator'",
        "SELECT, INSERT, UPDATE",
    ),
    "account": (
        f"{ROLE} IN ('door', 'administrator', 'data_protection_officer') OR " + OWN_ACCOUNT,
        f"{ROLE} = 'administrator'",
        "SELECT, INSERT, UPDATE",
    ),
    "sign_in_session": (
        f"{ROLE} = 'door'",
        f"{ROLE} = 'door'",
        "SELECT, INSERT, UPDATE",
    ),
    "action_log": (
        f"{ROLE} = 'data_protection_officer'",
        # Nobody writes the log in somebody else's name.
        f"{ROLE} IN ('door', 'engine') OR account_id = {ACCOUNT}",
        "SELECT, INSERT",
    ),
    "incident": (READS_INCIDENTS, f"{KEEPER} OR {IMPORTS}", "SELECT, INSERT, UPDATE"),
    "incident_version": (READS_INCIDENTS, f"{KEEPER} OR {IMPORTS}", "SELECT, INSERT"),
    "missing_person": (SEES_MISSING, KEEPS_MISSING, "SELECT, INSERT, UPDATE"),
    "missing_person_name": (
        PART_OF_MISSING,
        WRITES_PART_OF_MISSING,
        "SELECT, INSERT, UPDATE, DELETE",
    ),
    "missing_person_mark": (
        PART_OF_MISSING,
        WRITES_PART_OF_MISSING,
        "SELECT, INSERT, UPDATE, DELETE",
    ),
    "missing_person_article": (
        PART_OF_MISSING,
        WRITES_PART_OF_MISSING,
        "SELECT, INSERT, UPDATE, DELETE",
    ),
    "missing_person_version": (PART_OF_MISSING, WRITES_PART_OF_MISSING, "SELECT, INSERT"),
    "remains": (SEES_REMAINS, KEEPS_REMAINS, "SELECT, INSERT, UPDATE"),
    "remains_mark": (PART_OF_REMAINS, WRITES_PART_OF_REMAINS, "SELECT, INSERT, UPDATE, DELETE"),
    "remains_article": (
        PART_OF_REMAINS,
        WRITES_PART_OF_REMAINS,
        "SELECT, INSERT, UPDATE, DELETE",
    ),
    "remains_version": (PART_OF_REMAINS, WRITES_PART_OF_REMAINS, "SELECT, INSERT"),
    "import_run": (OWN_RUN, OWN_RUN, "SELECT, INSERT, UPDATE"),
    "import_file": (PART_OF_RUN, PART_OF_RUN, "SELECT, INSERT, DELETE"),
    "import_problem": (PART_OF_RUN, PART_OF_RUN, "SELECT, INSERT"),
    "quarantined_row": (PART_OF_RUN, PART_OF_RUN, "SELECT, INSERT"),
    "matching_run": (
        f"{FORENSIC} OR {ROLE} = 'engine'",
        f"{ROLE} IN ('forensic_coordinator', 'engine')",
        "SELECT, INSERT, UPDATE",
    ),
    "pairing": (SEES_PAIRING, MATCHER, "SELECT, INSERT, UPDATE"),
}


def upgrade() -> None:
    make_role()
    for name, (kind, body) in FUNCTIONS.items():
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS {kind} LANGUAGE sql STABLE PARALLEL SAFE"
            f" AS $$ SELECT {body} $$"
        )
    for table, (reads, writes, rights) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({writes})")
        op.execute(
            f"CREATE POLICY alters ON {table} FOR UPDATE USING ({writes}) WITH CHECK ({writes})"
        )
        op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({writes})")
        op.execute(f"GRANT {rights} ON {table} TO {APP}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"REVOKE ALL ON {table} FROM {APP}")
        for policy in ("removes", "alters", "adds", "reads"):
            op.execute(f"DROP POLICY {policy} ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}()")


def make_role() -> None:
    """Make the application's role where nobody has, and let this login step into it."""
    op.execute(
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') THEN"
        f" CREATE ROLE {APP} NOLOGIN; END IF; END $$"
    )
    op.execute(f"GRANT USAGE ON SCHEMA public TO {APP}")
