"""One place commits, and hand-written SQL stands in few files that a reviewer knows."""

import ast

from tests.architecture.the_code import PACKAGES, Source, is_below, sources

COMMITS = (
    "casework/database.py",
    "casework/jobs/tasks.py",  # ends the transaction that took a lock on the session; no deed
    "casework/scrubbing/copying.py",  # writes another database, and no deed of this one
    "privacy/sealing/quota.py",  # records a refusal that undoing the request must not hide
)
WRITES_SQL = (
    "casework/database.py",  # asks whether there is a registry at all
    "casework/operations.py",  # asks the server about itself, for `reunir doctor`
    "casework/key_commands.py",  # holds the table of keys still while it is looked through
    "casework/families/model.py",  # the condition of an index
    "privacy/consent/model.py",  # the same
    "privacy/consent/asking.py",  # a nought, which keeps the planner from taking a query apart
    "casework/missing/model.py",  # the order of an index: what says nothing comes last
    "casework/remains/model.py",  # the same
    "casework/living/model.py",  # the same
)


def committers(found):
    for source in found:
        if is_below(source.path, *COMMITS):
            continue
        if any(
            name.rsplit(".", 1)[-1] in {"commit", "begin", "begin_nested"}
            for name, _ in source.calls()
        ):
            yield source.path


def sql_writers(found):
    """Uses of SQL as text: `sa.text(…)`, `text(…)` of SQLAlchemy, `exec_driver_sql`."""
    for source in found:
        if is_below(source.path, *WRITES_SQL):
            continue
        from_library = (
            "from sqlalchemy import" in source.text or "from sqlalchemy." in source.text
        )
        for name, _ in source.calls():
            if name in {"sa.text", "sqlalchemy.text", "sa.literal_column"} or (
                name == "text" and from_library
            ):
                yield source.path
            if name.endswith(".exec_driver_sql"):
                yield source.path


def sql_from_pieces(found):
    """Even where SQL may be text, it is one constant: nothing is ever pasted into it."""
    for source in found:
        for name, call in source.calls():
            if (
                name in {"sa.text", "text"}
                and "sqlalchemy" in source.text
                and not all(isinstance(each, ast.Constant) for each in call.args)
            ):
                yield source.path


def test_planted_commits_and_sql_are_caught():
    commit = Source("casework/missing/actions.py", "session.commit()")
    sql = Source("casework/missing/queries.py", "import sqlalchemy as sa\nsa.text('SELECT 1')")
    pasted = Source(
        "casework/database.py", "import sqlalchemy as sa\nsa.text(f'SELECT * FROM {name}')"
    )

    assert list(committers([commit])) == ["casework/missing/actions.py"]
    assert list(sql_writers([sql])) == ["casework/missing/queries.py"]
    assert list(sql_from_pieces([pasted])) == ["casework/database.py"]


def test_only_the_database_module_commits():
    assert list(committers(sources("casework", "privacy"))) == []


def test_sql_is_written_by_hand_in_named_modules_only():
    assert list(sql_writers(sources(*PACKAGES))) == []


def test_no_sql_is_pasted_together():
    assert list(sql_from_pieces(sources(*PACKAGES))) == []
