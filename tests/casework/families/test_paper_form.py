"""The form of consent on paper: five languages, the same items, and nobody's name on it."""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader

from casework.documents.paper import usual_paper
from casework.documents.pdf import make_pdf
from casework.documents.presenters import Printing
from casework.documents.verifying import Verdict, verify
from casework.families.items import ITEMS, Question
from casework.families.paper_form import FormLanguage, form_html, style, wording_hash, words_of
from casework.retention.erasing import erase
from privacy.permissions import DOOR
from tests.builders import a_missing_person

REFERENCE = "MP-7K3Q-D9XT"
PRINTING = Printing(
    at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    person="Lidia Inventada",
    duty="enlace",
    institution="Comité",
    purpose="buscar",
    copy="0A1B2C3D4E5F",
    version="1",
    is_invented=True,
    address="registro.example/verify",
)


def text_of(pdf):
    return " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages
    )


def printed(language):
    html = form_html(language, PRINTING, reference=REFERENCE)
    return make_pdf(html, paper=usual_paper("HN"), own_style=style())


def shape_of(words):
    """Give what stands in a file of words, without the words."""
    return {
        name: sorted(each) if isinstance(each, dict) else len(each)
        for name, each in words.items()
        if not isinstance(each, str)
    } | dict.fromkeys(name for name, each in words.items() if isinstance(each, str))


@pytest.mark.parametrize("language", FormLanguage)
def test_the_form_says_the_same_in_every_language(language):
    assert shape_of(words_of(language)) == shape_of(words_of(FormLanguage.ES))
    assert set(words_of(language)["items"]) == {each.value for each in Question}
    assert all(str(each).strip() for each in words_of(language).values())


def test_a_missing_point_would_be_noticed():
    planted = dict(words_of(FormLanguage.HT))
    planted["never"] = planted["never"][:-1]

    assert shape_of(planted) != shape_of(words_of(FormLanguage.ES))


@pytest.mark.parametrize("language", FormLanguage)
def test_a_sheet_is_one_leaf_tagged_and_in_its_language(language):
    pdf = PdfReader(BytesIO(printed(language)))

    assert len(pdf.pages) == 2
    assert pdf.trailer["/Root"]["/Lang"] == language.value
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("language", FormLanguage)
def test_a_sheet_carries_every_point_the_fingerprint_and_the_reference(language):
    text = text_of(printed(language)).replace("- ", "-")
    words = words_of(language)

    for question in Question:
        first = words["items"][question.value][0].split()[0]
        assert first in text
    assert wording_hash(language) in text
    assert REFERENCE in text
    assert text.count("☐") >= 2 * len(ITEMS)
    assert "☑" not in text


def test_a_sheet_is_known_at_the_door_and_called_back_with_its_file(
    database, lidia, signed_in, noon
):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
        reference = person.reference
    pdf = signed_in("lidia").get(f"/missing/{reference}/consents/form.pdf?language=ht").content

    def looked_up():
        with database.transaction(DOOR) as session:
            return verify(session, "", sha256(pdf).hexdigest(), at=noon)

    before = looked_up()
    with database.transaction(lidia) as session:
        erase(session, lidia, session.merge(person), basis="test", at=noon)

    assert (before.verdict, before.language) == (Verdict.UNCHANGED, "ht")
    assert before.copy in text_of(pdf)
    assert looked_up().verdict is Verdict.CALLED_BACK


def test_each_point_can_be_answered_and_means_something():
    assert set(ITEMS) == set(Question)
    assert all(asked.pairs for asked in ITEMS.values())
