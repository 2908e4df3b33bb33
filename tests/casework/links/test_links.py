"""Records of one person are linked with a reason, never merged, and hint at nothing hidden."""

import re

import pytest
import sqlalchemy as sa

from casework.codes import Completeness
from casework.errors import InvalidInput
from casework.links.actions import say_of_two
from casework.links.kinds import PEOPLE, REMAINS
from casework.links.model import MissingPersonLink, RemainsLink, Saying
from casework.links.queries import Asking, joined_with, standing_of
from casework.retention.erasing import erase
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found, withdraw_all

REASON = "La tía mostró el mismo documento de identidad."
TWINS = {"given_names": "María Elena", "surname_1": "Zavaleta", "surname_2": "Quiroz"}


@pytest.fixture
def two_reports(database, lidia, gloria):
    """A mother told one institution and a brother another; forensic staff may read both."""
    with database.transaction(lidia) as session:
        hers = a_missing_person(session, lidia, **TWINS).reference
    with database.transaction(gloria) as session:
        his = a_missing_person(
            session,
            gloria,
            **(TWINS | {"given_names": "Maria Helena", "surname_2": ""}),
            place="Ciudad Hidalgo",
        ).reference
    return hers, his


def asking(session, viewer, at, kind=PEOPLE):
    return Asking(session, viewer, kind, at)


def link(database, viewer, pair, at, saying=Saying.SAME_PERSON, kind=PEOPLE):
    with database.transaction(viewer) as session:
        one, other = (kind.get(session, viewer, each, at=at) for each in pair)
        say_of_two(asking(session, viewer, at, kind), one, other, saying, reason=REASON)


def standing_for(database, viewer, reference, at, kind=PEOPLE):
    with database.transaction(viewer) as session:
        about = kind.get(session, viewer, reference, at=at)
        found = standing_of(asking(session, viewer, at, kind), about)
        return [[word.saying for word in each.words] for each in found]


def together_for(database, viewer, reference, at):
    with database.transaction(viewer) as session:
        about = PEOPLE.get(session, viewer, reference, at=at)
        return {each.reference for each in joined_with(asking(session, viewer, at), about)}


def test_a_link_changes_neither_report(database, amal, two_reports, noon):
    def all_of_both():
        with database.transaction(KEEPER) as session:
            table = sa.text("SELECT to_jsonb(p) FROM missing_person p ORDER BY id")
            return session.scalars(table).all()

    before = all_of_both()

    link(database, amal, two_reports, noon)

    assert all_of_both() == before
    assert together_for(database, amal, two_reports[0], noon) == set(two_reports)


def test_r13_whoever_may_read_one_report_only_learns_nothing_of_the_link(
    database, amal, lidia, signed_in, two_reports, noon
):
    hers, his = two_reports
    path = f"/missing/{hers}"
    lidias = signed_in("lidia")
    before = [lidias.get(path + part).text for part in ("/links", "/together", "/links/beside")]

    link(database, amal, two_reports, noon)

    after = [lidias.get(path + part).text for part in ("/links", "/together", "/links/beside")]
    assert after == before
    assert his not in "".join(after)
    assert lidias.get(f"/api/v1{path}/links").json() == []
    with database.transaction(lidia) as session:
        count = sa.select(sa.func.count()).select_from(MissingPersonLink.__table__)
        assert session.scalar(count) == 0


def test_r13_a_link_to_a_hidden_report_is_refused_as_one_to_none(signed_in, two_reports):
    hers, his = two_reports
    lidias = signed_in("lidia")
    page = lidias.get(f"/missing/{hers}/links").text
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]

    def answered(other):
        typed = {"form_token": token, "other": other, "saying": "same_person", "reason": REASON}
        answer = lidias.post(f"/missing/{hers}/links", data=typed)
        return answer.status_code, answer.text.replace(other, "…")

    assert answered(his) == answered("MP-ZZZZ-9999")
    assert answered(his)[0] == 422


def test_a_report_whose_consent_ends_leaves_the_link_of_its_other_readers(
    database, lidia, amal, two_reports, noon
):
    link(database, amal, two_reports, noon)

    with database.transaction(KEEPER) as session:
        withdraw_all(session, PEOPLE.get(session, KEEPER, two_reports[1], at=noon))

    readers = [amal, lidia]
    assert [standing_for(database, each, two_reports[0], noon) for each in readers] == [[], []]


def test_two_institutions_that_disagree_are_both_heard_and_each_takes_back_only_its_own(
    database, amal, gloria, two_reports, noon
):
    link(database, amal, two_reports, noon)
    link(database, gloria, two_reports, noon, Saying.NOT_THE_SAME)

    heard = standing_for(database, amal, two_reports[0], noon)
    link(database, gloria, two_reports, noon, Saying.TAKEN_BACK)

    assert heard == [[Saying.NOT_THE_SAME, Saying.SAME_PERSON]]
    assert standing_for(database, amal, two_reports[1], noon) == [[Saying.SAME_PERSON]]


def test_what_was_said_can_be_neither_changed_nor_removed(database, amal, two_reports, noon):
    link(database, amal, two_reports, noon)
    table = MissingPersonLink.__table__

    with database.transaction(amal) as session:
        gone = session.execute(sa.delete(table))
        changed = session.execute(sa.update(table).values(saying=Saying.NOT_KNOWN))

    assert (gone.rowcount, changed.rowcount) == (0, 0)
    assert standing_for(database, amal, two_reports[0], noon) == [[Saying.SAME_PERSON]]


def test_nobody_links_a_report_they_may_not_read_even_in_sql(
    database, lidia, two_reports, noon
):
    with database.transaction(KEEPER) as session:
        ids = sorted(PEOPLE.get(session, KEEPER, each, at=noon).id for each in two_reports)
    row = {
        "case_id": ids[0],
        "other_id": ids[1],
        "saying": Saying.SAME_PERSON,
        "entered_by": lidia.account_id,
        "institution_id": lidia.institution_id,
        "entered_at": noon,
    }

    with (
        pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
        database.transaction(lidia) as session,
    ):
        session.execute(sa.insert(MissingPersonLink).values(**row))


def test_a_link_needs_a_reason_and_two_records(database, amal, two_reports, noon):
    for pair, reason in ((two_reports, " "), (two_reports[:1] * 2, REASON)):
        with database.transaction(amal) as session:
            one, other = (PEOPLE.get(session, amal, each, at=noon) for each in pair)
            with pytest.raises(InvalidInput):
                say_of_two(
                    asking(session, amal, noon), one, other, Saying.SAME_PERSON, reason=reason
                )


def test_the_link_and_its_reason_go_with_either_report(
    database, amal, gloria, two_reports, noon
):
    link(database, amal, two_reports, noon)

    with database.transaction(gloria) as session:
        erased = PEOPLE.get(session, gloria, two_reports[1], at=noon)
        erase(session, gloria, erased, basis="law", at=noon)

    with database.transaction(KEEPER) as session:
        count = sa.select(sa.func.count()).select_from(MissingPersonLink.__table__)
        assert session.scalar(count) == 0


def test_the_log_says_who_linked_which_two(database, amal, dora, two_reports, noon):
    link(database, amal, two_reports, noon)

    with database.transaction(dora) as session:
        (said,) = session.scalars(
            sa.select(Entry).where(Entry.deed == Deed.LINK_SAID).order_by(Entry.position)
        ).all()
    assert set(two_reports) == {said.about, *said.concerning}
    assert REASON not in str(said.details)


def test_another_report_of_the_same_person_is_proposed_until_somebody_says_what_it_is(
    database, amal, signed_in, two_reports, noon
):
    hers, his = two_reports
    amals = signed_in("amal")

    proposed = amals.get(f"/missing/{hers}/links/beside").text
    page = amals.get(f"/missing/{hers}/links").text
    link(database, amal, two_reports, noon, Saying.NOT_THE_SAME)

    assert his in proposed
    assert "Nombres y documentos" in page
    assert his not in amals.get(f"/missing/{hers}/links/beside").text
    assert "no es la misma persona" in amals.get(f"/missing/{hers}/links").text


def test_a_namesake_of_one_surname_is_not_proposed(database, lidia, signed_in, two_reports):
    with database.transaction(lidia) as session:
        other = a_missing_person(
            session, lidia, given_names="Rosa", surname_1="Zavaleta", surname_2="Ixcoy"
        ).reference

    assert other not in signed_in("amal").get(f"/missing/{two_reports[0]}/links").text


def test_linked_reports_are_laid_together_with_owner_and_contradictions(
    database, amal, signed_in, two_reports, noon
):
    link(database, amal, two_reports, noon)

    page = signed_in("amal").get(f"/missing/{two_reports[0]}/together").text

    assert all(each in page for each in two_reports)
    assert "Ciudad Hidalgo" in page
    assert "no dicen lo mismo" in page


def test_the_form_keeps_what_is_said_with_its_reason(signed_in, two_reports):
    hers, his = two_reports
    amals = signed_in("amal")
    page = amals.get(f"/missing/{hers}/links").text
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]

    amals.post(
        f"/missing/{hers}/links",
        data={"form_token": token, "other": his, "saying": "same_person", "reason": REASON},
    )

    assert REASON in amals.get(f"/missing/{his}/links").text
    (told,) = amals.get(f"/api/v1/missing/{his}/links").json()
    assert (told["other"], told["saying"], told["reason"]) == (hers, "same_person", REASON)


def test_parts_of_one_person_found_apart_are_proposed_and_linked(
    database, bruno, signed_in, noon
):
    with database.transaction(bruno) as session:
        parts = [remains_found(session, bruno).reference for _ in range(2)]

    proposed = signed_in("bruno").get(f"/remains/{parts[0]}/links").text
    link(database, bruno, parts, noon, Saying.PARTS_OF_ONE, REMAINS)

    assert parts[1] in proposed
    assert standing_for(database, bruno, parts[1], noon, REMAINS) == [[Saying.PARTS_OF_ONE]]


def test_two_whole_people_whom_one_institution_found_together_are_not_proposed(
    database, bruno, signed_in
):
    with database.transaction(bruno) as session:
        one, other = (
            remains_found(
                session, bruno, completeness=Completeness.COMPLETE, post_mortem_number=number
            ).reference
            for number in ("A-1", "A-2")
        )

    assert other not in signed_in("bruno").get(f"/remains/{one}/links").text


def test_two_reports_are_never_called_parts(database, two_reports, amal, noon):
    with pytest.raises(InvalidInput):
        link(database, amal, two_reports, noon, Saying.PARTS_OF_ONE)
    with database.transaction(KEEPER) as session:
        assert (
            session.scalar(sa.select(sa.func.count()).select_from(RemainsLink.__table__)) == 0
        )
