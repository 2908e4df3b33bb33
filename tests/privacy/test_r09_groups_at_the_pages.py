"""r09, at the pages: each group of a file opens by itself, over HTTP and for every duty.

The table says by hand, without the policies, what is open of another institution's file when
exactly one group was granted besides the circumstances. A canary word of each group is then
looked for in the page, the API, the list and the search.
"""

from itertools import product

import pytest

from casework.missing import presenters
from casework.openings import Openings
from casework.web.pieces import Fact
from privacy.model import Reveals
from privacy.permissions import KEEPER, Purpose
from tests.casework.canaries import CANARIES, EVERY_GROUP, REFERENCE, a_canary

CIRCUMSTANCE, IDENTITY = Reveals.CIRCUMSTANCE, Reveals.IDENTITY
CONTACT, BODY = Reveals.CONTACT, Reveals.BODY
SEARCH, IDENTIFY, NOTIFY = Purpose.SEARCH, Purpose.IDENTIFY, Purpose.NOTIFY

# (who, for what, granted to whom for what) → the groups that a grant of theirs opens.
OPENS = {
    ("amal", SEARCH, "forensic", "search"): {CIRCUMSTANCE, IDENTITY, BODY},
    ("amal", IDENTIFY, "forensic", "search"): {CIRCUMSTANCE, IDENTITY, BODY},
    ("gloria", SEARCH, "forensic:GT", "identify"): {CIRCUMSTANCE, IDENTITY, BODY},
    ("gloria", SEARCH, "forensic:MX", "search"): set(),
    ("bruno", SEARCH, "forensic", "notify"): set(),
    ("carlos", SEARCH, "consulate:HN", "search"): set(EVERY_GROUP),
    ("carlos", NOTIFY, "consulate:HN", "search"): set(),
    ("carlos", NOTIFY, "consulate:HN", "notify"): set(EVERY_GROUP),
    ("cora", SEARCH, "consulate:HN", "search"): set(),
}
GRANTED = (CIRCUMSTANCE, IDENTITY, CONTACT, BODY)
CASES = {
    f"MP-{number:04}-2222": (*key, group)
    for number, (key, group) in enumerate(product(OPENS, GRANTED))
}


def test_r09_a_grant_opens_its_own_group_and_no_other(database, lidia, signed_in):
    with database.transaction(KEEPER) as session:
        for reference, (_, _, whom, granted_for, group) in CASES.items():
            a_canary(
                session,
                lidia,
                reference=reference,
                origin_record_id=f"Origennario {reference}",
                protected=False,
                nationalities=["HN"],
                grants=[(each, granted_for, whom) for each in {CIRCUMSTANCE, group}],
            )

    shown = {
        reference: shown_to(signed_in(name, purpose=purpose), reference)
        for reference, (name, purpose, *_) in CASES.items()
    }

    assert shown == {reference: expected(*case) for reference, case in CASES.items()}


def expected(name, purpose, whom, granted_for, group):
    opened = OPENS[name, purpose, whom, granted_for]
    return {CIRCUMSTANCE, group} & opened if opened else set()


@pytest.mark.parametrize(("purpose", "opened"), [(NOTIFY, {CONTACT}), (SEARCH, set())])
def test_r09_a_coordinator_reads_contacts_only_to_notify(
    database, lidia, signed_in, purpose, opened
):
    grants = [(CIRCUMSTANCE, "search", "forensic"), (CONTACT, "notify", "forensic")]
    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, protected=False, grants=grants)

    assert shown_to(signed_in("bruno", purpose=purpose)) == {CIRCUMSTANCE} | opened


def test_r09_an_examiner_never_reads_another_institutions_contacts(database, lidia, signed_in):
    grants = [(each, each_for, "forensic") for each in GRANTED for each_for in ALL_PURPOSES]
    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, protected=False, grants=grants)

    for purpose in (SEARCH, IDENTIFY):
        shown = shown_to(signed_in("amal", purpose=purpose))
        assert shown == {CIRCUMSTANCE, IDENTITY, BODY}


def test_r09_the_owner_reads_every_group(database, lidia, signed_in):
    with database.transaction(KEEPER) as session:
        a_canary(session, lidia)

    assert shown_to(signed_in("lidia")) == set(GRANTED)


def test_r09_a_group_that_leaked_would_be_noticed(database, lidia, signed_in, monkeypatch):
    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, protected=False, grants=[(CIRCUMSTANCE, "search", "forensic")])

    # The planted fault: a card of circumstances that tells who brought the report.
    def careless(person, _teller):
        return (Fact("Lugar", person.place), Fact("Reportó", person.reporter_relationship))

    monkeypatch.setattr(presenters, "_contact", careless)

    assert shown_to(signed_in("amal")) == {CIRCUMSTANCE, CONTACT}


def test_r09_a_page_that_takes_all_groups_for_open_finds_them_sealed(
    database, lidia, signed_in, monkeypatch
):
    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, protected=False, grants=[(CIRCUMSTANCE, "search", "forensic")])

    # The planted fault is one wall less; the seals are the next.
    monkeypatch.setattr(Openings, "shows", lambda *_: True)
    answer = signed_in("amal").get(f"/missing/{REFERENCE}")

    assert answer.status_code == 503
    assert not [word for words in CANARIES.values() for word in words if word in answer.text]


def test_r09_what_is_closed_reads_the_same_whether_it_is_recorded(database, lidia, signed_in):
    grants = [(CIRCUMSTANCE, "search", "forensic")]
    empty = {
        "names": [],
        "mother_name": "",
        "father_name": "",
        "birth_place": "",
        "birth_from": None,
        "birth_to": None,
        "origin_record_id": None,
        "reporter_relationship": "",
        "reporting_institution": "",
        "carried": {},
        "marks": [],
        "stature_cm_min": None,
        "stature_cm_max": None,
        "age_min": None,
        "age_max": None,
        "nationalities": [],
        "answers": {"hair": "refused", "age": "unknown"},
    }
    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, reference="MP-FFFF-2222", grants=grants)
        a_canary(session, lidia, reference="MP-BBBB-2222", grants=grants, **empty)
    browser = signed_in("amal")

    for address in ("/missing/{}", "/api/v1/missing/{}", "/missing?q={}"):
        full, blank = (
            browser.get(address.format(reference)).text.replace(reference, "")
            for reference in ("MP-FFFF-2222", "MP-BBBB-2222")
        )
        assert full == blank


def shown_to(browser, reference=REFERENCE):
    """Name the groups of which any word stands in the file, the API, the list or a search."""
    texts = [
        browser.get(f"/missing/{reference}").text,
        browser.get(f"/api/v1/missing/{reference}").text,
        browser.get("/missing", params={"q": reference}).text,
        browser.get("/api/v1/missing", params={"q": reference}).text,
    ]
    shown = {
        group
        for group, words in CANARIES.items()
        if any(word in text for word in words for text in texts)
    }
    named = browser.get("/api/v1/missing", params={"q": "nombrenario", "size": 50}).text
    assert (IDENTITY in shown) == (reference in named)
    return shown


ALL_PURPOSES = ("search", "identify", "notify", "justice")
