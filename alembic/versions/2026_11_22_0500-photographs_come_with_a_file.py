"""photographs come with a file

Why: a whole record of another registry brings photographs, and whoever reads the file in is the
keeper: nobody's account adds them, and their own rule let only people add.
Loses data on the way down: yes, photographs that a file brought
Safe while the previous release is still running: yes
"""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ACCOUNT = "(SELECT viewer_account())"
ROLE = "(SELECT viewer_role())"
OWNS = "(SELECT viewer_owns())"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
# table: (of what, who keeps)
TABLES = {
    "missing_person_photo": ("missing_person", "('liaison_officer', 'forensic_coordinator')"),
    "remains_photo": ("remains", "('forensic_examiner', 'forensic_coordinator')"),
}


def upgrade() -> None:
    for table, (whole, roles) in TABLES.items():
        op.execute(f"ALTER TABLE {table} ALTER COLUMN added_by DROP NOT NULL")
        op.execute(f"DROP POLICY adds ON {table}")
        op.execute(
            f"CREATE POLICY adds ON {table} FOR INSERT"
            f" WITH CHECK ({KEEPER} OR ({_own(whole, roles)}))"
        )


def downgrade() -> None:
    for table, (whole, roles) in TABLES.items():
        # The rules hide every row from whoever migrates: nobody asks in a person's name.
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"DELETE FROM {table} WHERE added_by IS NULL")  # noqa: S608 - ours
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} ALTER COLUMN added_by SET NOT NULL")
        op.execute(f"DROP POLICY adds ON {table}")
        op.execute(
            f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({_own(whole, roles)})"
        )


def _own(whole: str, roles: str) -> str:
    return (
        f"added_by = {ACCOUNT} AND {ROLE} IN {roles} AND EXISTS (SELECT FROM {whole} AS whole"
        f" WHERE whole.id = case_id AND whole.owner_institution_id = {OWNS})"
    )
