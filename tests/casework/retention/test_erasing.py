"""Erasing: of a person nothing is left that says anything, wherever it stood."""

import pytest
import sqlalchemy as sa

from casework.codes import ArticleItem, MarkType
from casework.errors import NotFound
from casework.missing.model import MissingPerson, MissingPersonArticle, MissingPersonMark
from casework.missing.queries import get_missing_person
from casework.retention import erasing
from casework.retention.erasing import STAY, blanks_of, erase, parts_of
from casework.retention.restoring import erase_again
from privacy.model import Base, Reveals
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found

CANARY = "Zulmabela"


@pytest.fixture
def told_in_full(database, lidia):
    """Somebody of whom every text column says the canary, with marks and articles."""
    texts = {
        column.name: CANARY
        for column in MissingPerson.__table__.columns
        if isinstance(column.type, sa.Text | sa.String)
        and not isinstance(column.type, sa.Enum)
        and column.info["reveals"] is not Reveals.NOTHING
        and (getattr(column.type, "length", None) or 99) > len(CANARY)
    }
    with database.transaction(lidia) as session:
        return a_missing_person(
            session,
            lidia,
            given_names=CANARY,
            marks=[MissingPersonMark(kind=MarkType.SCAR, words=CANARY)],
            articles=[MissingPersonArticle(worn=True, item=ArticleItem.SHIRT, words=CANARY)],
            carried={"documents": CANARY},
            content={"given_names": CANARY},
            answers={"marks": "unknown"},
            **texts,
        )


@pytest.fixture
def rows_about(server, database):
    """Read every row that points at a record as a login that no policy hides anything from."""
    name = database.engine.url.database
    engine = sa.create_engine(server.url("postgres", name))

    def read(record):
        own = record.__table__
        with engine.connect() as connection:
            return [
                (table, connection.execute(sa.select(table).where(column == record.id)).all())
                for table, column in [(own, own.c.id), *parts_of(own)]
            ]

    yield read
    engine.dispose()


def what_says_something(rows_by_table):
    """Name each revealing column, of any table, that is not blank."""
    return [
        f"{table.name}.{column.name}"
        for table, rows in rows_by_table
        if table.name not in STAY
        for row in rows
        for column in table.columns
        if column.info["reveals"] is not Reveals.NOTHING
        and not says_nothing(table, column, row._mapping[column.name])  # noqa: SLF001
    ]


def says_nothing(table, column, value):
    """A row of a part is gone altogether; of a record, each column is as if never filled."""
    is_record = table.name in {"missing_person", "remains", "relative"}
    return is_record and value == blanks_of(table)[column.name]


def test_before_it_is_erased_a_record_says_a_lot(told_in_full, rows_about):
    said = what_says_something(rows_about(told_in_full))

    assert {"missing_person.place", "missing_person_mark.words"} <= set(said)


def test_r52_of_an_erased_person_no_column_of_any_table_says_anything(
    database, told_in_full, rows_about, noon
):
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, told_in_full.id)
        erase(session, KEEPER, person, basis="test", at=noon)

    assert what_says_something(rows_about(told_in_full)) == []
    assert CANARY not in repr([rows for _, rows in rows_about(told_in_full)])


def test_a_table_that_erasing_forgot_would_be_noticed(
    database, told_in_full, rows_about, noon, monkeypatch
):
    whole = list(parts_of(MissingPerson.__table__))
    monkeypatch.setattr(
        erasing,
        "parts_of",
        lambda _: [each for each in whole if each[0].name != "missing_person_mark"],
    )
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, told_in_full.id)
        erase(session, KEEPER, person, basis="test", at=noon)

    assert "missing_person_mark.words" in what_says_something(rows_about(told_in_full))


def test_a_tombstone_keeps_the_reference_and_whose_it_was(database, told_in_full, noon):
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, told_in_full.id)
        erase(session, KEEPER, person, basis="test", at=noon)
    with database.transaction(KEEPER) as session:
        left = session.get_one(MissingPerson, told_in_full.id)

        assert left.reference == told_in_full.reference
        assert left.owner_institution_id == told_in_full.owner_institution_id
        assert (left.erased_at, left.protected) == (noon, True)


@pytest.mark.parametrize("who", ["lidia", "bruno", "amal", "carlos", "dora"])
def test_nobody_opens_a_tombstone(database, told_in_full, viewers, noon, who):
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, told_in_full.id)
        erase(session, KEEPER, person, basis="test", at=noon)

    with database.transaction(viewers[who]) as session:
        seen = session.scalar(
            sa.select(sa.func.count())
            .select_from(MissingPerson)
            .where(MissingPerson.id == told_in_full.id)
        )
        with pytest.raises(NotFound):
            get_missing_person(session, viewers[who], told_in_full.reference, at=noon)
    assert seen == 0


def test_remains_are_erased_alike(database, bruno, rows_about, noon):
    with database.transaction(bruno) as session:
        remains = remains_found(session, bruno, place=CANARY)
    with database.transaction(KEEPER) as session:
        erase(
            session, KEEPER, session.get_one(type(remains), remains.id), basis="test", at=noon
        )

    assert what_says_something(rows_about(remains)) == []


def test_every_table_that_stays_says_why():
    assert all(STAY.values())
    assert set(STAY) - {"data_key"} <= set(Base.metadata.tables)


def test_whoever_a_restored_back_up_brings_back_is_erased_again(
    database, told_in_full, rows_about, server, noon
):
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, told_in_full.id)
        erase(session, KEEPER, person, basis="test", at=noon)
    as_it_was = {"place": CANARY, "erased_at": None}
    engine = sa.create_engine(server.url("postgres", database.engine.url.database))
    with engine.connect() as connection, connection.begin():
        connection.execute(sa.update(MissingPerson).values(as_it_was))
    engine.dispose()
    assert "missing_person.place" in what_says_something(rows_about(told_in_full))

    with database.transaction(KEEPER) as session:
        again = erase_again(session, at=noon)

    assert again == [told_in_full.reference]
    assert what_says_something(rows_about(told_in_full)) == []
