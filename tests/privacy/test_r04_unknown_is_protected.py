"""r04: while nobody knows whether asylum was sought, the person is protected."""

import sqlalchemy as sa

from casework.missing.model import MissingPerson
from privacy.permissions import KEEPER
from tests.casework.canaries import REFERENCE, a_canary, to_all

GRANTS = to_all("consulate:HN", "search", "notify")


def seen_by_the_consulate(signed_in):
    browser = signed_in("carlos")
    return (
        browser.get(f"/missing/{REFERENCE}").status_code,
        browser.get("/api/v1/missing").json()["total"],
    )


def test_r04_who_is_entered_without_a_word_about_it_is_hidden_from_the_consulate(
    database, lidia, signed_in
):
    with database.transaction(KEEPER) as session:
        person = a_canary(session, lidia, grants=GRANTS)

        assert person.protected

    assert seen_by_the_consulate(signed_in) == (404, 0)


def test_r04_who_is_known_not_to_need_it_would_be_seen(database, lidia, signed_in):
    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, protected=False, grants=GRANTS)

    assert seen_by_the_consulate(signed_in) == (200, 1)


def test_r04_the_column_can_say_neither_nothing_nor_unknown():
    column = sa.inspect(MissingPerson).columns["protected"]

    assert not column.nullable
    assert column.default.arg is True
