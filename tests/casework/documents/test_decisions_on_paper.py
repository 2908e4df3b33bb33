"""Reports of decisions and minutes: what they say, who may print them, and until when."""

from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from casework.documents.model import DocumentKind, IssuedDocument
from casework.documents.verifying import Verdict, verify
from casework.identifications.model import DecisionOutcome, GateKind, HandedOver
from casework.identifications.queries import get_decision
from casework.identifications.signing import end
from casework.review.actions import give_opinion
from casework.review.boards import cast_vote, close_board, convene_board, name_members
from casework.review.model import Conclusion
from casework.review.model import Verdict as Seen
from casework.review.said import Vote
from casework.review.seats import take_seat
from privacy.permissions import DOOR, KEEPER
from tests.casework.identifications.conftest import (  # noqa: F401 - used as fixtures
    REASON,
    at_gate,
    identifier,
    pair,
    staff,
)


@pytest.fixture
def printed(signed_in, words_of):
    """Print as somebody, and give the words of all pages, or the status that refused it."""
    browsers = {}

    def printed(name, path):
        if name not in browsers:
            browsers.clear()
            browsers[name] = signed_in(name, purpose="identify")
        answer = browsers[name].get(path)
        if answer.status_code != 200:
            return answer.status_code
        return " ".join(map(words_of, PdfReader(BytesIO(answer.content)).pages))

    return printed


def identified(at_gate):  # noqa: F811
    at_gate.is_whole()
    at_gate.enter(
        at_gate.bruno, GateKind.LEGAL_ACT, authority="Juzgado inventado", day="2026-03-09"
    )
    number = at_gate.proposes(at_gate.bruno, DecisionOutcome.IDENTIFICATION)
    return number, f"/decisions/{number}/report.pdf"


def last_verdict(database, kind, noon):
    with database.transaction(KEEPER) as session:
        wanted = sa.select(IssuedDocument).where(IssuedDocument.kind == kind)
        copy = session.scalars(wanted.order_by(IssuedDocument.issued_at)).all()[-1].copy
    with database.transaction(DOOR) as session:
        told = verify(session, copy, "", at=noon)
    # Its number alone, which a liaison officer may read, tells of no decision.
    assert told.kind is None
    return told.verdict


def ends(database, viewer, number, noon):
    with database.transaction(viewer) as session:
        decided = get_decision(session, viewer, number, at=noon)
        end(
            session,
            viewer,
            decided,
            reason="Error de rótulo.",
            handed_over=HandedOver.NO,
            at=noon,
        )


def test_an_identification_is_printed_when_both_signed_and_called_back_when_it_ends(
    at_gate,  # noqa: F811
    printed,
    database,
    noon,
):
    number, path = identified(at_gate)
    at_gate.signs(at_gate.bruno, number)
    too_soon = printed("bruno", path)
    at_gate.signs(at_gate.gloria, number)
    words = printed("bruno", path)
    family = {name: printed(name, path) for name in ("lidia", "carlos", "ana", "dora")}
    valid = last_verdict(database, DocumentKind.IDENTIFICATION_REPORT, noon)
    ends(database, at_gate.bruno, number, noon)
    after = printed("bruno", path)
    called = last_verdict(database, DocumentKind.IDENTIFICATION_REPORT, noon)

    assert (too_soon, after) == (409, 409)
    assert set(family.values()) == {403}
    assert f"Los restos {at_gate.of.remains} son de la persona desaparecida" in words
    assert "Reservado: todavía no se liberó." in words
    for said in ("OD-1", "Juzgado inventado", "cráneo y torso", "Dictamen 1", "Dictamen 2"):
        assert said in words
    assert "Apoya que sean la misma persona. Se miró todo lo que hay." in words
    assert "De dónde sale:" in words
    assert "9 de marzo de 2026" in words  # the day of the legal act, as people write it
    assert "apoyo extremadamente fuerte" in words  # the scale is written out
    assert words.count(REASON) >= 3  # why it was proposed, and of both signatures
    assert "Oficina inventada" not in words  # the plan is for whoever speaks with the family
    assert (valid, called) == (Verdict.ISSUED, Verdict.CALLED_BACK)


def test_an_exclusion_says_how_on_what_and_that_it_may_reopen(
    at_gate,  # noqa: F811
    printed,
    database,
    noon,
):
    at_gate.is_examined(Conclusion.EXCLUDES, stature=Seen.UNEXPLAINABLE)
    number = at_gate.excludes(at_gate.bruno)
    for each in (at_gate.bruno, at_gate.gloria):
        at_gate.signs(each, number)

    words = printed("gloria", f"/decisions/{number}/report.pdf")
    ends(database, at_gate.gloria, number, noon)

    assert "antropología" in words
    assert "concluyente" in words
    assert "Sexo, Estatura" in words
    assert "Puede reabrirse." in words
    assert "difiere, sin explicación Se explica en el acta." in words
    assert "la persona sigue desaparecida, se la presume viva" in words
    called = last_verdict(database, DocumentKind.EXCLUSION_REPORT, noon)
    assert called is Verdict.CALLED_BACK


def test_a_premature_decision_says_on_paper_what_lacks_and_who_could_bring_it(
    at_gate,  # noqa: F811
    printed,
    database,
    noon,
):
    at_gate.is_examined(Conclusion.INSUFFICIENT)
    number = at_gate.proposes(at_gate.bruno, DecisionOutcome.PREMATURE)
    for each in (at_gate.bruno, at_gate.gloria):
        at_gate.signs(each, number)

    words = printed("gloria", f"/decisions/{number}/report.pdf")
    ends(database, at_gate.gloria, number, noon)

    assert "Todavía no se puede decidir si los restos" in words
    assert "No es una identificación ni una exclusión." in words
    assert "Un informe firmado de huellas, dientes, ADN o el número de un implante." in words
    assert "La autoridad legal del lugar donde están los restos." in words
    assert "y que la revisión concluya que son la misma persona." in words
    assert "Una explicación escrita de cada diferencia" not in words  # that did not lack
    called = last_verdict(database, DocumentKind.PREMATURE_REPORT, noon)
    assert called is Verdict.CALLED_BACK


def test_a_comparison_report_holds_both_opinions_and_never_the_first_alone(
    at_gate,  # noqa: F811
    printed,
):
    at, path = at_gate.of, f"/pairings/{at_gate.id}/sheet.pdf"
    for each in (at_gate.berta, at_gate.elena):
        at.does(each, take_seat)
    at.does(at_gate.berta, give_opinion, at.says(at_gate.berta))
    before = [printed("bruno", path)]
    at.does(at_gate.elena, give_opinion, at.says(at_gate.elena, stature=Seen.EXPLAINABLE))
    after = printed("bruno", path)

    assert not any("Dictamen" in each or "Se miró todo" in each for each in before)
    assert "Clase de comparación: IDEN" in after
    assert "Dictamen 2" in after
    assert "difiere, y se explica Se explica en el acta." in after
    assert "Conclusión: apoya que sean la misma persona." in after


def test_minutes_wait_for_the_end_of_the_board_and_keep_dissent_as_it_was_said(
    at_gate,  # noqa: F811
    printed,
):
    of, path = at_gate.of, f"/pairings/{at_gate.id}/board/minutes.pdf"
    none = printed("bruno", path)
    at_gate.is_examined(Conclusion.INSUFFICIENT)
    members = [at_gate.bruno.account_id, at_gate.berta.account_id]
    of.does(at_gate.bruno, convene_board, members=members, question="¿Basta lo que hay?")
    of.does(at_gate.gloria, name_members, members=[at_gate.elena.account_id])
    of.does(at_gate.bruno, cast_vote, Vote(Conclusion.SUPPORTS, "Basta."))
    of.does(at_gate.berta, cast_vote, Vote(Conclusion.SUPPORTS, "También."))
    open_still = printed("bruno", path)
    of.does(at_gate.elena, cast_vote, Vote(Conclusion.EXCLUDES, "La talla no cabe."))
    of.does(at_gate.bruno, close_board, minutes="Se miró la talla.\nElena disintió.")
    words = printed("bruno", path)

    assert (none, open_still) == (404, 409)
    assert printed("lidia", path) == 403
    assert "Resultado: apoya que sean la misma persona." in words
    assert "Disiente" in words
    assert "La talla no cabe." in words
    assert "Elena disintió." in words
    assert "apoya que sean la misma persona: 2; excluye que sean la misma persona: 1" in words
