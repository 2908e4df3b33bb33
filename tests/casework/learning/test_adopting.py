"""From a decision to weights that two people adopted, and back."""

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.adopted import SetState, WeightSet
from casework.candidates.model import FoundBy, MatchingRun, PairByHand
from casework.candidates.running import run_matching
from casework.errors import Conflict, InvalidInput
from casework.identifications.model import (
    Decision,
    DecisionOutcome,
    ExclusionMethod,
    ExclusionStrength,
)
from casework.learning.actions import adopt, request_report, take_back
from casework.learning.queries import all_decided
from casework.learning.running import make_report
from casework.missing.model import MissingPerson
from matching.model_file import load_model
from privacy.errors import NotPermitted
from privacy.permissions import KEEPER, MATCHER

WHY = "El cabello pesaba de más en lo decidido."


@pytest.fixture
def report(database, viewers, noon):
    """Give a report that says that hair should count half."""

    def made(factors):
        with database.transaction(viewers["bruno"]) as session:
            number = request_report(session, viewers["bruno"], at=noon).id
        make_report(database, number, noon)
        with database.transaction(KEEPER) as session:
            session.get_one(WeightSet, number).factors = factors
        return number

    return made


@pytest.fixture
def runs(database, viewers, noon):
    """Compare everybody, and give the version of the model that did."""

    def run():
        with database.transaction(viewers["bruno"]) as session:
            run_id = request_matching(session, viewers["bruno"], at=noon).id
        run_matching(database, run_id, lambda: noon)
        with database.transaction(MATCHER) as session:
            return session.get_one(MatchingRun, run_id).model_version

    return run


def test_what_was_said_is_kept_when_a_decision_is_proposed_and_teaches_once_locked(
    at_gate, database
):
    at_gate.is_examined()
    number = at_gate.proposes(
        at_gate.bruno,
        DecisionOutcome.EXCLUSION,
        method=ExclusionMethod.DNA,
        strength=ExclusionStrength.CONCLUSIVE,
        facts=("sex",),
    )
    with database.transaction(KEEPER) as session:
        assert session.scalar(sa.select(Decision.id)) == number
        assert all_decided(session) == []
    for signer in (at_gate.bruno, at_gate.gloria):
        at_gate.signs(signer, number)

    with database.transaction(KEEPER) as session:
        (pair,) = all_decided(session)
        assert (pair.number, pair.is_true, pair.teaches) == (number, False, True)
        assert pair.said.rank_for_missing == 1
        assert pair.said.weights
    # What somebody opened by hand does not teach, unless the engine had proposed it as well.
    for had_proposed in (True, False):
        with database.transaction(KEEPER) as session:
            decision = session.get_one(Decision, number)
            session.add(
                PairByHand(
                    case=session.get_one(MissingPerson, decision.case_id),
                    remains_id=decision.remains_id,
                    found_by=FoundBy.DNA,
                    was_proposed=had_proposed,
                    reason=WHY,
                    entered_at=decision.entered_at,
                    entered_by=at_gate.bruno.account_id,
                    institution_id=at_gate.bruno.institution_id,
                )
            )
            session.flush()
            assert bool(all_decided(session)) is had_proposed


@pytest.mark.usefixtures("at_gate")
def test_two_people_adopt_the_next_run_says_so_and_one_takes_it_back(
    database, viewers, noon, report, runs
):
    number = report({"hair": [0.5, 0.5]})
    plain = load_model(None).version
    bruno, gloria = viewers["bruno"], viewers["gloria"]

    def does(deed, viewer, reason=WHY):
        with database.transaction(viewer) as session:
            deed(session, viewer, number, reason=reason, at=noon)

    with pytest.raises(Conflict):
        does(take_back, bruno)
    with pytest.raises(InvalidInput):
        does(adopt, bruno, " ")
    does(adopt, bruno)
    with pytest.raises(Conflict):
        does(adopt, bruno)
    assert runs() == plain  # one signature changes nothing

    does(adopt, gloria)
    assert runs() == f"{plain}+{number}"

    does(take_back, gloria)
    assert runs() == plain
    with pytest.raises(Conflict):
        does(adopt, bruno)


def test_an_examiner_neither_asks_nor_signs(database, viewers, noon, report):
    number = report({"hair": [0.5, 0.5]})
    amal = viewers["amal"]

    for deed in (
        lambda session: request_report(session, amal, at=noon),
        lambda session: adopt(session, amal, number, reason=WHY, at=noon),
        lambda session: take_back(session, amal, number, reason=WHY, at=noon),
    ):
        with database.transaction(amal) as session, pytest.raises(NotPermitted):
            deed(session)


def test_a_report_that_changes_nothing_or_is_not_made_cannot_be_adopted(
    database, viewers, noon, report
):
    bruno = viewers["bruno"]
    number = report({})
    with database.transaction(bruno) as session, pytest.raises(Conflict):
        adopt(session, bruno, number, reason=WHY, at=noon)
    with database.transaction(bruno) as session:
        waits = request_report(session, bruno, at=noon).id
    with database.transaction(bruno) as session, pytest.raises(Conflict):
        request_report(session, bruno, at=noon)
    with database.transaction(bruno) as session, pytest.raises(Conflict):
        adopt(session, bruno, waits, reason=WHY, at=noon)


def test_a_report_is_made_once_and_one_that_falls_says_so(database, viewers, noon, monkeypatch):
    bruno = viewers["bruno"]
    with database.transaction(bruno) as session:
        number = request_report(session, bruno, at=noon).id
    monkeypatch.setattr("casework.learning.running.report_of", None)
    make_report(database, number, noon)
    make_report(database, number, noon)

    with database.transaction(KEEPER) as session:
        assert session.get_one(WeightSet, number).state == SetState.FAILED


def test_the_page_tells_what_is_asked_made_and_signed(signed_in, report):
    number = report({"hair": [0.5, 0.5]})
    page = f"/engine/learning/{number}"
    form = f'action="{page}/signature"'

    assert signed_in("lidia").get(page).status_code == 403
    assert form not in signed_in("amal").get(page).text
    bruno = signed_in("bruno")
    assert "/engine/learning" in bruno.get("/engine").text
    assert bruno.get("/engine/learning/999999").status_code == 404
    shown = bruno.get(page).text
    assert form in shown

    def sends(to, **said):
        token = bruno.get(page).text.split('name="form_token" value="')[1].split('"')[0]
        sent = {"form_token": token, **said}
        return bruno.post(to, data=sent, follow_redirects=False)

    assert sends(f"{page}/signature", reason=" ").status_code == 422
    assert sends(f"{page}/signature", reason=WHY).status_code == 303
    assert WHY in bruno.get(page).text
    assert sends(f"{page}/withdrawal", reason=WHY).status_code == 303
    assert form not in bruno.get(page).text
    assert sends("/engine/learning/99999/signature", reason=WHY).status_code == 404
    assert sends("/engine/learning").status_code == 303
    assert sends("/engine/learning").status_code == 422
