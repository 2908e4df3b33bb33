"""The form of consent on paper: five languages, the same items, and nobody's name on it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from casework.families.items import ITEMS, Question
from casework.families.paper_form import FormLanguage, print_form, wording_hash, words_of

REFERENCE = "MP-7K3Q-D9XT"


def text_of(pdf):
    return " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages
    )


def printed(language):
    return print_form(
        language, reference=REFERENCE, country="HN", institution="Comité", invented=True
    ).pdf


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


def test_each_point_can_be_answered_and_means_something():
    assert set(ITEMS) == set(Question)
    assert all(asked.pairs for asked in ITEMS.values())
