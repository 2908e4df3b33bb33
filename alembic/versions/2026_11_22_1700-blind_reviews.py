"""blind reviews of proposals

Why: a proposal was looked at by whoever opened it, and what they thought of it stood nowhere.
Now two people look at a pair, each without the other, and the database holds them apart: an
opinion is read, and counted, by its author alone until both have been given, coordinators and
their programs included. Who sits beside whom is told to those who do not sit. Where the two
differ a third person reads both, or a board votes; what came of it is a row of its own.
Loses data on the way down: yes, reviews, opinions and votes
Safe while the previous release is still running: no, its pages have no words for the notices
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

APP = "reunir_app"
KEEPER = "(SELECT viewer_engine()) = 'keeper'"
WORKS = (
    "(SELECT viewer_role()) IN ('forensic_examiner', 'forensic_coordinator')"
    " AND (SELECT viewer_works())"
)
COORDINATES = f"(SELECT viewer_role()) = 'forensic_coordinator' AND {WORKS}"
ACCOUNT = "(SELECT viewer_account())"
INSTITUTION = "(SELECT viewer_institution())"

NOTICES = ("review_waits", "review_spoken")
NOTICES_BEFORE = (
    "request_received",
    "request_answered",
    "promise_overdue",
    "proposal_released",
    "import_finished",
    "act_planned",
    "may_be_sought",
)

# Asked as the keeper: of rows that the viewer may not read, one yes or no is told.
AS_KEEPER = """
    CREATE FUNCTION {name}({takes}) RETURNS {gives} LANGUAGE plpgsql AS $$
    DECLARE
        asks text := viewer_role();
        asks_for text := viewer_purpose();
        me bigint := viewer_account();
        own bigint := viewer_institution();
        answer {gives};
    BEGIN
        PERFORM set_config('reunir.role', 'engine', true),
                set_config('reunir.purpose', 'keep', true);
        answer := ({asked});
        PERFORM set_config('reunir.role', asks, true),
                set_config('reunir.purpose', asks_for, true);
        RETURN answer;
    END $$
"""
# A seat that nobody handed over.
HELD = """NOT EXISTS (SELECT FROM review_seat_change AS changed
              WHERE changed.seat_id = seat.id AND changed.change = 'handed_over')"""
FUNCTIONS = {
    # Both first seats have spoken, in seats that are still theirs.
    ("review_is_spoken", "wanted bigint", "boolean"): f"""
        SELECT count(DISTINCT seat.place) = 2
        FROM opinion JOIN review_seat AS seat ON seat.id = opinion.seat_id
        WHERE seat.review_id = wanted AND seat.place IN ('first', 'second') AND {HELD}
    """,  # noqa: S608 - ours
    # The accounts of both, once both have spoken: an identification rests on two people.
    ("examiners_of_review", "wanted bigint", "bigint[]"): f"""
        SELECT CASE WHEN count(DISTINCT seat.place) = 2
                    THEN array_agg(DISTINCT seat.account_id) ELSE ARRAY[]::bigint[] END
        FROM opinion JOIN review_seat AS seat ON seat.id = opinion.seat_id
        WHERE seat.review_id = wanted AND seat.place IN ('first', 'second') AND {HELD}
    """,  # noqa: S608 - ours
    # Whoever asks holds one of the two seats, and is told nothing of the other.
    ("review_is_mine", "wanted bigint", "boolean"): f"""
        SELECT EXISTS (SELECT FROM review_seat AS seat WHERE seat.review_id = wanted
            AND seat.account_id = me AND seat.place IN ('first', 'second') AND {HELD})
    """,  # noqa: S608 - ours
    # The institution of whoever asks keeps one of the two records.
    ("review_is_of_ours", "wanted bigint", "boolean"): """
        SELECT EXISTS (SELECT FROM review
            JOIN missing_person AS person ON person.id = review.case_id
            JOIN remains AS found ON found.id = review.remains_id
            WHERE review.id = wanted
              AND own IN (person.owner_institution_id, found.owner_institution_id))
    """,
    # Which of the two seats is free, the first first; nothing where neither is.
    ("review_free_place", "wanted bigint", "text"): f"""
        SELECT min(place) FROM unnest(ARRAY['first', 'second']) AS place
        WHERE NOT EXISTS (SELECT FROM review_seat AS seat WHERE seat.review_id = wanted
            AND seat.place = place.place AND {HELD})
    """,  # noqa: S608 - ours
    # Nobody handed it over. Asked so, for a rule on changes may not read changes.
    ("review_seat_is_held", "wanted bigint", "boolean"): f"""
        SELECT EXISTS (SELECT FROM review_seat AS seat WHERE seat.id = wanted AND {HELD})
    """,  # noqa: S608 - ours
    # Whose seat a new one at this place takes up: the last that was handed over.
    ("review_last_seat", "wanted bigint, wanted_place text", "bigint"): """
        SELECT max(seat.id) FROM review_seat AS seat
        WHERE seat.review_id = wanted AND seat.place = wanted_place
    """,
    # At least three, and of each institution that keeps one of the two records.
    ("board_is_whole", "wanted bigint", "boolean"): """
        SELECT count(*) >= 3
            AND bool_or(member.institution_id = person.owner_institution_id)
            AND bool_or(member.institution_id = found.owner_institution_id)
        FROM board_member AS member
        JOIN review ON review.id = member.review_id
        JOIN missing_person AS person ON person.id = review.case_id
        JOIN remains AS found ON found.id = review.remains_id
        WHERE member.review_id = wanted
    """,
    # Somebody has voted: who sits in it does not change any more.
    ("board_has_begun", "wanted bigint", "boolean"): """
        SELECT EXISTS (SELECT FROM board_vote WHERE board_vote.review_id = wanted)
            OR EXISTS (SELECT FROM board_minutes WHERE board_minutes.review_id = wanted)
    """,
    # All have voted, or it is closed: its votes are open to those who may read the pair.
    ("board_is_open", "wanted bigint", "boolean"): """
        SELECT EXISTS (SELECT FROM board_minutes WHERE board_minutes.review_id = wanted)
            OR (EXISTS (SELECT FROM board_vote WHERE board_vote.review_id = wanted)
                AND NOT EXISTS (SELECT FROM board_member AS member
                    WHERE member.review_id = wanted AND NOT EXISTS (
                        SELECT FROM board_vote WHERE board_vote.member_id = member.id)))
    """,
}
# Colleagues with a duty that looks at pairs. Asked as the door, as their names are (0031).
COLLEAGUES = """
    CREATE FUNCTION forensic_colleagues()
    RETURNS TABLE (account_id bigint, display_name text, duty text)
    LANGUAGE plpgsql AS $$
    DECLARE
        asks text := viewer_role();
        own bigint := viewer_institution();
    BEGIN
        PERFORM set_config('reunir.role', 'door', true);
        RETURN QUERY
            SELECT account.id, account.display_name::text, account.role::text FROM account
            WHERE account.institution_id = own AND NOT account.is_program
              AND account.disabled_at IS NULL
              AND account.role IN ('forensic_examiner', 'forensic_coordinator');
        PERFORM set_config('reunir.role', asks, true);
    END $$
"""
IS_COLLEAGUE = (
    "account_id IN (SELECT colleague.account_id FROM forensic_colleagues() AS colleague)"
)


def of_this(table: str) -> str:
    """Say that the review may be read, and is the one whose record the row names."""
    return (
        f"EXISTS (SELECT FROM review AS whole WHERE whole.id = {table}.review_id"
        f" AND whole.case_id = {table}.case_id)"
    )


def still_held(table: str) -> str:
    """Say that the row's seat is the viewer's own and was not handed over."""
    return (
        f"EXISTS (SELECT FROM review_seat AS seat WHERE seat.id = {table}.seat_id"
        f" AND seat.review_id = {table}.review_id AND seat.account_id = {ACCOUNT} AND {HELD})"
    )


# Each side is asked under its own policies: what the viewer may not read is not in there.
SEES_BOTH = (
    "EXISTS (SELECT FROM missing_person AS whole WHERE whole.id = case_id)"
    " AND EXISTS (SELECT FROM remains AS whole WHERE whole.id = remains_id)"
)
SPOKEN = "review_is_spoken(review_id)"
MANAGES = f"({COORDINATES} AND review_is_of_ours(review_id) AND NOT review_is_mine(review_id))"
OWN_ROW = f"account_id = {ACCOUNT}"

SITS_DOWN = f"""
    seated_by = {ACCOUNT} AND institution_id = {INSTITUTION} AND {IS_COLLEAGUE}
    AND (({OWN_ROW} AND NOT review_is_mine(review_id)) OR {MANAGES})
    AND ((place = 'third' AND {SPOKEN} AND review_is_of_ours(review_id))
         OR place = review_free_place(review_id))
"""
CHANGES_SEAT = f"""
    changed_by = {ACCOUNT} AND review_seat_is_held(seat_id) AND EXISTS (
        SELECT FROM review_seat AS seat
        WHERE seat.id = seat_id AND seat.review_id = review_seat_change.review_id
          AND (seat.account_id = {ACCOUNT}
               OR ({MANAGES} AND seat.institution_id = {INSTITUTION}))
          AND (seat.place = 'third' OR NOT {SPOKEN}))
"""
CONVENES = (
    f"convened_by = {ACCOUNT} AND {COORDINATES} AND {SPOKEN} AND review_is_of_ours(review_id)"
)
NAMES = f"""
    named_by = {ACCOUNT} AND {COORDINATES} AND institution_id = {INSTITUTION}
    AND {IS_COLLEAGUE} AND review_is_of_ours(review_id)
    AND EXISTS (SELECT FROM review_board AS board
                WHERE board.review_id = board_member.review_id)
    AND NOT board_has_begun(review_id)
"""
VOTES = f"""
    {OWN_ROW} AND board_is_whole(review_id)
    AND EXISTS (SELECT FROM board_member AS member WHERE member.id = member_id
                AND member.review_id = board_vote.review_id AND member.account_id = {ACCOUNT})
    AND NOT EXISTS (SELECT FROM board_minutes AS closed
                    WHERE closed.review_id = board_vote.review_id)
"""  # noqa: S608 - ours
CLOSES = (
    f"closed_by = {ACCOUNT} AND {COORDINATES} AND review_is_of_ours(review_id)"
    " AND board_is_whole(review_id)"
)

# table: (who reads a row, who adds one), beside the keeper and besides what all ask
RULES = {
    "review_seat": (f"{OWN_ROW} OR {SPOKEN} OR {MANAGES}", SITS_DOWN),
    # Whoever sees the seat sees what became of it.
    "review_seat_change": (
        "EXISTS (SELECT FROM review_seat AS seat WHERE seat.id = seat_id)",
        CHANGES_SEAT,
    ),
    "opinion": (f"{OWN_ROW} OR {SPOKEN}", f"{OWN_ROW} AND {still_held('opinion')}"),
    "opinion_draft": (OWN_ROW, f"{OWN_ROW} AND {still_held('opinion_draft')}"),
    "review_board": ("true", CONVENES),
    "board_member": ("true", NAMES),
    "board_vote": (f"{OWN_ROW} OR board_is_open(review_id)", VOTES),
    "board_minutes": ("true", CLOSES),
    "review_outcome": ("true", f"reached_by = {ACCOUNT} AND {SPOKEN}"),
}
# What the keeper empties, and its author alone writes anew.
SEALED = {
    "review": ("why_again",),
    "opinion": ("said", "said_of_identity", "said_of_dna"),
    "opinion_draft": ("said", "said_of_identity", "said_of_dna"),
    "review_board": ("question",),
    "board_vote": ("said",),
    "board_minutes": ("minutes",),
}


def upgrade() -> None:
    _make_reviews()
    _make_seats()
    _make_opinions()
    _make_boards()
    for (name, takes, gives), asked in FUNCTIONS.items():
        op.execute(AS_KEEPER.format(name=name, takes=takes, gives=gives, asked=asked))
    op.execute(COLLEAGUES)
    _wall(
        "review",
        f"{WORKS} AND {SEES_BOTH}",
        f"begun_by = {ACCOUNT} AND {WORKS} AND {SEES_BOTH}",
    )
    for table, (reads, adds) in RULES.items():
        sees = f"{WORKS} AND {of_this(table)}"
        _wall(table, f"{sees} AND ({reads})", f"{sees} AND {adds}")
    _let_a_draft_change()
    _allow((*NOTICES_BEFORE, *NOTICES))


def downgrade() -> None:
    op.execute("ALTER TABLE notification NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM notification WHERE kind IN {NOTICES}")  # noqa: S608 - ours
    op.execute("ALTER TABLE notification FORCE ROW LEVEL SECURITY")
    _allow(NOTICES_BEFORE)
    for table in RULES:
        op.execute(f"DROP POLICY reads ON {table}")
        op.execute(f"DROP POLICY adds ON {table}")
    for name, takes, _ in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}({_types(takes)})")
    op.execute("DROP FUNCTION forensic_colleagues()")
    for table in (*reversed(RULES), "review"):
        op.drop_table(table)


def _types(takes: str) -> str:
    return ", ".join(each.split()[1] for each in takes.split(", "))


def _wall(table: str, reads: str, adds: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({KEEPER} OR ({reads}))")
    op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({KEEPER} OR ({adds}))")
    op.execute(f"CREATE POLICY alters ON {table} FOR UPDATE USING ({KEEPER})")
    op.execute(f"CREATE POLICY removes ON {table} FOR DELETE USING ({KEEPER})")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON {table} TO {APP}")
    if table in SEALED:
        op.execute(f"GRANT UPDATE ({', '.join(SEALED[table])}) ON {table} TO {APP}")


def _let_a_draft_change() -> None:
    for name in ("alters", "removes"):
        op.execute(f"ALTER POLICY {name} ON opinion_draft USING ({KEEPER} OR {OWN_ROW})")
    op.execute(f"GRANT UPDATE (kept_at) ON opinion_draft TO {APP}")


def _allow(kinds: tuple[str, ...]) -> None:
    name = op.f("ck_notification_kind_code")
    op.drop_constraint(name, "notification", type_="check")
    op.create_check_constraint(name, "notification", f"kind IN {kinds}")


def _key(
    table: str, column: str, to: str, *, cascades: bool = False
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{to}.id"],
        name=op.f(f"fk_{table}_{column}"),
        ondelete="CASCADE" if cascades else None,
    )


def _codes(table: str, column: str, *codes: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN {codes}", name=op.f(f"ck_{table}_{column}_code"))


def _once(table: str, *columns: str, nulls_too: bool = False) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(
        *columns,
        name=op.f(f"uq_{table}_{'_'.join(columns)}"),
        postgresql_nulls_not_distinct=nulls_too or None,
    )


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _whole(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _code(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=64), nullable=nullable)


def _numbered() -> sa.Column[object]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _make(
    table: str, *parts: sa.Column[object] | sa.Constraint, is_whole: bool = False
) -> None:
    """Make a table of a review: numbered, about a case, sealed where it has sealed columns."""
    about = [_whole("case_id")] if is_whole else [_whole("review_id"), _whole("case_id")]
    sealed = [
        sa.Column(name, sa.LargeBinary(), nullable=True) for name in SEALED.get(table, ())
    ]
    bound = [sa.Column("seal_id", sa.Uuid(), nullable=False), _once(table, "seal_id")]
    op.create_table(
        table,
        _numbered(),
        *(each for each in parts if isinstance(each, sa.Column)),
        *about,
        *sealed,
        *(bound if sealed else ()),
        *(each for each in parts if isinstance(each, sa.Constraint)),
        _key(table, "case_id", "missing_person", cascades=True),
        *(() if is_whole else (_key(table, "review_id", "review", cascades=True),)),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("case_id",) if is_whole else ("case_id", "review_id"):
        _index(table, column)


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _make_reviews() -> None:
    table = "review"
    _make(
        table,
        _whole("remains_id"),
        sa.Column("said_fingerprint", sa.String(length=64), nullable=False),
        _whole("follows_id", nullable=True),
        _instant("begun_at"),
        _whole("begun_by"),
        _key(table, "remains_id", "remains", cascades=True),
        _key(table, "follows_id", "review", cascades=True),
        _key(table, "begun_by", "account"),
        _once(table, "follows_id"),
        _once(table, "case_id", "remains_id", "follows_id", nulls_too=True),
        is_whole=True,
    )
    _index(table, "remains_id")
    table = "review_outcome"
    _make(
        table,
        _code("decided_by"),
        _code("conclusion", nullable=True),
        sa.Column("unexplained", sa.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("is_exception", sa.Boolean(), nullable=False),
        _instant("reached_at"),
        _whole("reached_by"),
        _codes(table, "decided_by", "examiners", "third", "board"),
        _codes(table, "conclusion", "supports", "excludes", "insufficient"),
        _key(table, "reached_by", "account"),
        _once(table, "review_id", "decided_by"),
    )


def _make_seats() -> None:
    table = "review_seat"
    _make(
        table,
        _code("place"),
        _whole("succeeds_id", nullable=True),
        _whole("account_id"),
        _whole("institution_id"),
        sa.Column("due_on", sa.Date(), nullable=False),
        _instant("seated_at"),
        _whole("seated_by"),
        _codes(table, "place", "first", "second", "third"),
        _key(table, "succeeds_id", "review_seat", cascades=True),
        _key(table, "account_id", "account"),
        _key(table, "institution_id", "institution"),
        _key(table, "seated_by", "account"),
        _once(table, "succeeds_id"),
        _once(table, "review_id", "account_id"),
        _once(table, "review_id", "place", "succeeds_id", nulls_too=True),
    )
    _index(table, "account_id")
    table = "review_seat_change"
    _make(
        table,
        _whole("seat_id"),
        _code("change"),
        _instant("changed_at"),
        _whole("changed_by"),
        _codes(table, "change", "paused", "resumed", "handed_over"),
        _key(table, "seat_id", "review_seat", cascades=True),
        _key(table, "changed_by", "account"),
    )
    _index(table, "seat_id")


def _make_opinions() -> None:
    for table, when in (("opinion", "given_at"), ("opinion_draft", "kept_at")):
        _make(
            table,
            _whole("seat_id"),
            _whole("account_id"),
            _instant(when),
            _key(table, "seat_id", "review_seat", cascades=True),
            _key(table, "account_id", "account"),
            _once(table, "seat_id"),
        )
        _index(table, "account_id")


def _make_boards() -> None:
    for table, when, who in (
        ("review_board", "convened_at", "convened_by"),
        ("board_minutes", "closed_at", "closed_by"),
    ):
        _make(
            table,
            _instant(when),
            _whole(who),
            _key(table, who, "account"),
            _once(table, "review_id"),
        )
    table = "board_member"
    _make(
        table,
        _whole("account_id"),
        _whole("institution_id"),
        _instant("named_at"),
        _whole("named_by"),
        _key(table, "account_id", "account"),
        _key(table, "institution_id", "institution"),
        _key(table, "named_by", "account"),
        _once(table, "review_id", "account_id"),
    )
    _index(table, "account_id")
    table = "board_vote"
    _make(
        table,
        _whole("member_id"),
        _whole("account_id"),
        _instant("voted_at"),
        _key(table, "member_id", "board_member", cascades=True),
        _key(table, "account_id", "account"),
        _once(table, "member_id"),
    )
    _index(table, "account_id")
