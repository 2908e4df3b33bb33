"""What the reference page says of each question and of what is kept elsewhere is so."""

import pytest

from casework import models
from casework.dataset.catalogue import fields_of
from casework.dataset.elsewhere import ELSEWHERE
from casework.dataset.found import FILTERS, NAMED, FoundBy, found_by
from casework.dataset.shape import Kind, RecordKind
from casework.finding.texts import NAMES_OF_RELATIVES, TEXTS
from casework.missing.model import MissingPersonStatement
from casework.remains.model import Remains, RemainsStatement
from privacy.model import Base
from tests.casework.statements.samples import an_answer
from tests.casework.walking import get_paths

STATEMENTS = {
    RecordKind.MISSING_PERSON: MissingPersonStatement,
    RecordKind.REMAINS: RemainsStatement,
}
# Of remains, a place is found by the words in its column: no more than everybody may read.
COLUMN = {(RecordKind.REMAINS, "place"): TEXTS[Remains].fields["place"]}
WORD, NUMBER = "zanahorias", "50412345678"
TYPED = {
    Kind.TEXT: f"{WORD} {NUMBER}",
    Kind.WORDS: f"{WORD} {NUMBER}",
    Kind.PLACE: {"country": "MX", "place": f"{WORD} {NUMBER}"},
}


def with_words(field):
    """An answer to a question in which a word and a number stand wherever one can be typed."""
    if field.kind is Kind.ENTRIES:
        return {part.key: with_words(part) for part in field.parts}
    return TYPED.get(field.kind) or an_answer(field)


def way_of(field, record):
    """By what the tokens of an answer let its record be found: words, numbers, or nothing."""
    read = TEXTS[STATEMENTS[record]].fields.get(field.reveals.value)
    path = f"{field.key}/{ENTRIES.get(field.key, 'aaaa11')}"
    told = {path if field.kind is Kind.ENTRIES else field.key: {"value": with_words(field)}}
    traits = {trait for _, trait in read(told)} if read else set()
    if column := COLUMN.get((record, field.key)):
        assert not traits
        traits = {trait for _, trait in column(with_words(field)["place"])}
    if any(trait.startswith("word:") for trait in traits):
        return FoundBy.WORDS
    return FoundBy.NUMBERS if traits else FoundBy.NOT


ENTRIES = {"teeth": "11", "bones": "femur_l", "dna_family": "p00001"}


@pytest.mark.parametrize("record", STATEMENTS)
def test_a_record_is_found_by_an_answer_as_the_page_says(record):
    by_text = {FoundBy.WORDS, FoundBy.NUMBERS, FoundBy.NOT}
    said = {key: found_by(field, record) for key, field in fields_of(record).items()}

    differing = {
        key: (way, way_of(fields_of(record)[key], record))
        for key, way in said.items()
        if way in by_text and way_of(fields_of(record)[key], record) is not way
    }
    assert differing == {}
    assert NAMES_OF_RELATIVES | {"names"} == NAMED
    assert {FoundBy.WORDS, FoundBy.NUMBERS, FoundBy.NOT} <= set(said.values())


@pytest.mark.parametrize("record", RecordKind)
def test_every_filter_is_a_question(record):
    assert FILTERS[record] <= fields_of(record).keys()


def lacking(kept, tables):
    """Columns that are said to keep something and are not there."""
    for name in kept:
        table, _, column = name.partition(".")
        if table not in tables or (column and column not in tables[table].columns):
            yield name


def test_what_is_kept_elsewhere_has_its_columns_and_its_pages(built_app):
    assert models
    tables = Base.metadata.tables
    pages = set(get_paths(built_app))

    assert [name for each in ELSEWHERE for name in lacking(each.kept, tables)] == []
    said = " ".join(f"{each.entered} {each.found}" for each in ELSEWHERE)
    told = [word.strip("`,;") for word in said.split()]
    assert [page for page in told if page.startswith("/") and page not in pages] == []
    # a column that is none is noticed
    assert list(lacking(["remains.nothing", "nowhere"], tables)) == [
        "remains.nothing",
        "nowhere",
    ]
