"""Two records of one kind on paper: reports of one person, remains as the same or as parts."""

import sqlalchemy as sa

from casework.documents.verifying import Verdict, verify
from casework.links.actions import say_of_two
from casework.links.kinds import PEOPLE
from casework.links.model import Saying
from casework.links.queries import Asking
from casework.remains.model import Remains
from casework.remains.statements import REMAINS
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.saying import Said, Sitting, say
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import DOOR
from tests.builders import a_missing_person, remains_found

TWINS = {"given_names": "María Elena", "surname_1": "Zavaleta", "surname_2": "Quiroz"}
WHOLE = {"status": "present"}


def words_in(sheet, words_of):
    return " ".join(map(words_of, sheet.pages))


def test_two_reports_are_compared_without_saying_where_anybody_is(
    database, lidia, gloria, amal, dora, signed_in, read_pdf, words_of, noon
):
    with database.transaction(lidia) as session:
        hers = a_missing_person(session, lidia, **TWINS).reference
    with database.transaction(gloria) as session:
        his = a_missing_person(session, gloria, **TWINS, place="Ciudad Hidalgo").reference
    with database.transaction(amal) as session:
        one, other = (PEOPLE.get(session, amal, each, at=noon) for each in (hers, his))
        asking = Asking(session, amal, PEOPLE, noon)
        say_of_two(asking, one, other, Saying.NOT_KNOWN, reason="Falta hablar con la tía.")
    path = f"/missing/{hers}/links/{his}/report.pdf"

    page = signed_in("amal").get(f"/missing/{hers}/links").text
    sheet = read_pdf(signed_in("amal").get(path))
    words = words_in(sheet, words_of)
    itself = signed_in("amal").get(f"/missing/{hers}/links/{hers}/report.pdf").status_code
    hidden = signed_in("lidia").get(path).status_code

    assert f"/links/{his}/report.pdf" in page
    assert "Clase de comparación: EQUL, dos reportes" in words
    assert "Los dos reportes hablan de la misma persona." in words
    assert "Nombres y documentos coincide" in words
    assert "Ciudad Hidalgo" in words
    assert "no dicen lo mismo" in words
    assert "Falta hablar con la tía." in words
    assert "se la presume viva" in words
    assert "huesos" not in words
    assert sheet.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert (itself, hidden) == (422, 404)  # whoever may read one of the two reads neither
    with database.transaction(dora) as session:
        line = session.scalars(sa.select(Entry).where(Entry.deed == Deed.LINK_PRINTED)).one()
        assert {line.about, *line.concerning} == {hers, his}
    with database.transaction(DOOR) as session:
        assert verify(session, line.details["copy"], "", at=noon).verdict is Verdict.ISSUED


def test_two_findings_say_which_bones_each_holds_and_name_nobody(
    database, bruno, signed_in, read_pdf, words_of, noon
):
    with database.transaction(bruno) as session:
        found = [remains_found(session, bruno).reference for _ in range(2)]

    def seen(reference, *bones):
        with database.transaction(bruno) as session:
            about = session.scalars(
                sa.select(Remains).where(Remains.reference == reference)
            ).one()
            hand = AtHand(session, bruno, about, REMAINS, noon)
            told = {f"bones/{each}": Said(WHOLE) for each in bones}
            say(hand, told, Sitting(Method.EXAMINATION, "Perita Inventada"))

    def printed(compared_as):
        path = f"/remains/{found[0]}/links/{found[1]}/report.pdf?compared_as={compared_as}"
        return words_in(read_pdf(signed_in("bruno").get(path)), words_of)

    seen(found[0], "femur_l", "mandible")
    unlisted = printed("FRAG")
    seen(found[1], "femur_r")
    apart = printed("FRAG")
    seen(found[1], "femur_l")
    repeated = printed("FRAG")
    same = printed("EQUL")

    assert "FRAG, dos hallazgos que pueden ser partes de una misma persona" in apart
    assert "Sin la lista de huesos de los dos hallazgos" in unlisted
    assert "cabeza: presente: mandíbula" in apart
    assert "Ningún hueso entero se repite." in apart
    assert "los huesos son de al menos 2 personas. Se repite: fémur, lado izquierdo" in repeated
    assert "EQUL, los mismos restos" in same
    assert "Se repite" not in same
    assert "dos personas que murieron juntas los comparten" in same
    assert "No nombra a nadie." in same
