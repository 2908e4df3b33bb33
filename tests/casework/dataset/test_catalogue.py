"""The minimum data set is declared once, and says the same as the columns and the engine."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from babel import Locale
from babel.core import get_global

from casework.dataset.catalogue import (
    GROUPS,
    TOOTH_NUMBERS,
    code_lists,
    field_at,
    fields_of,
    groups_of,
)
from casework.dataset.code_lists.languages import LANGUAGE
from casework.dataset.errors import UnknownField
from casework.dataset.reference_page import reference_page
from casework.dataset.shape import CodeList, Field, Kind, Level, RecordKind
from casework.living.model import (
    LivingPerson,
    LivingPersonArticle,
    LivingPersonMark,
    LivingPersonName,
)
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    PersonName,
)
from casework.remains.model import Remains, RemainsArticle, RemainsMark
from casework.web.languages import OFFERED, translations_for
from matching.tables.cells import TEETH
from privacy.model import Reveals

PAGE = Path(__file__).parents[3] / "docs/reference/minimum-data-set.md"
TABLES = {
    RecordKind.MISSING_PERSON: MissingPerson,
    RecordKind.REMAINS: Remains,
    RecordKind.LIVING_PERSON: LivingPerson,
}
PARTS = {
    (RecordKind.MISSING_PERSON, "names"): PersonName,
    (RecordKind.MISSING_PERSON, "marks"): MissingPersonMark,
    (RecordKind.MISSING_PERSON, "articles"): MissingPersonArticle,
    (RecordKind.REMAINS, "marks"): RemainsMark,
    (RecordKind.REMAINS, "articles"): RemainsArticle,
    (RecordKind.LIVING_PERSON, "names"): LivingPersonName,
    (RecordKind.LIVING_PERSON, "marks"): LivingPersonMark,
    (RecordKind.LIVING_PERSON, "articles"): LivingPersonArticle,
}
# Of the envelope, or why a question has no answer, or words kept as a file brought them.
NOT_ASKED = {
    *("protected", "source_date", "content", "carried", "answers"),
    *("marks_answer", "clothing_answer", "belongings_answer"),
    # For lists: the sites that `site_ref`, `grave` and `custody` name.
    *("found_site", "grave_sites", "custody_sites"),
}
PLACE = {"country", "admin1", "place", "lat", "lon", "radius_km"}
# Visibility V3 of the data set, of a report: for named people of the owner's institution.
OF_THE_OWNER = {
    *("reporter_name", "reporter_other_names", "intermediary", "reporter_place"),
    *("security_concern", "gender_identity", "gender_expression", "suspected_act"),
    *("last_contact_with", "phone_number_used", "content_summary", "state_contact"),
    *("companions", "facilitator", "phones", "social_accounts", "money_transfers"),
    *("institutions_visited", "parentage_note", "reserved_marks"),
}
STAYS = {"facilitator", "prints", "reserved_marks"}
APART = {
    *("gender_identity", "gender_expression", "suspected_act", "security_concern"),
    *("pregnant", "reporter_biological", "reserved_marks", "facilitator", "parentage_note"),
}
# What Babel names otherwise in Spanish than the people themselves do.
OWN_NAMES = {"quc", "kon"}


def every_field(record):
    """Each field of a kind of record, and each part of its entries."""
    for field in fields_of(record).values():
        yield field
        yield from field.parts


def said_twice(fields):
    """Keys that two questions of one record bear, or two parts of one entry."""
    keys = [field.key for field in fields]
    inner = [f"{f.key}/{key}" for f in fields if f.parts for key in said_twice(f.parts)]
    return sorted({key for key in keys if keys.count(key) > 1}) + inner


def misshapen(field):
    """Say what a declaration lacks, or has beside its kind."""
    needs = {
        "codes": field.kind in {Kind.CODE, Kind.CODES},
        "parts": field.kind is Kind.ENTRIES,
        "bounds": field.kind is Kind.NUMBERS,
    }
    yield from (
        name for name, is_needed in needs.items() if bool(getattr(field, name)) != is_needed
    )
    if not re.fullmatch(r"[a-z][a-z0-9_]*", field.key) or not field.label:
        yield "name"
    for part in field.parts:
        is_same = (part.reveals, part.leaves) == (field.reveals, field.leaves)
        # A part of one kind of record only would be asked of the other as well.
        if not is_same or part.parts or not part.of >= field.of:
            yield f"part {part.key}"


def asked_columns(model):
    """The columns of a table that hold an answer, by the key of their question."""
    for column in model.__table__.columns:
        if column.info["reveals"] is Reveals.NOTHING or column.name in NOT_ASKED:
            continue
        is_range = column.name.endswith(("_from", "_to", "_min", "_max"))
        key = column.name.rsplit("_", 1)[0] if is_range else column.name
        yield ("place" if key in PLACE and hasattr(model, "lat") else key), column


# What is decided by people together, and never said on a form.
DECIDED = {"identification_status", "identified_deceased", "linked_duplicate"}


def differing(model, fields):
    """Columns that no field declares, or that reveal or allow something else than it says."""
    for key, column in asked_columns(model):
        field = fields.get(key)
        held = column.type.enums if isinstance(column.type, sa.Enum) else []
        codes = [code for code in held if code not in DECIDED]
        if key in DECIDED:
            continue
        if field is None:
            yield f"{key}: not declared"
        elif field.reveals is not column.info["reveals"]:
            yield f"{key}: reveals"
        elif codes and list(field.codes.words) != codes:
            yield f"{key}: codes"


def misnamed(words):
    """Languages that Babel knows by another name than our list gives their code."""
    aliases, names = get_global("language_aliases"), Locale.parse("es").languages
    for code, said in words.items():
        known = names.get(aliases.get(code, code), said)
        if code not in OWN_NAMES and _letters(known)[:4] != _letters(said)[:4]:
            yield code


def _letters(text):
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in plain if letter.isalpha())


def on_immigration_status(fields):
    return [
        field.key
        for field in fields
        if re.search("immigration|migration_status|legal_status", field.key)
        or re.search("(estatus|estado|situación) migratori", field.label)
    ]


def test_planted_mistakes_are_caught():
    hair = field_at(RecordKind.MISSING_PERSON, "hair")
    marks = field_at(RecordKind.MISSING_PERSON, "marks")
    open_marks = replace(marks, reveals=Reveals.CIRCUMSTANCE)
    for_remains = replace(marks, parts=(replace(hair, of=frozenset({RecordKind.REMAINS})),))
    status = replace(hair, key="immigration_status")
    bald = replace(hair, codes=CodeList("hair_colour", {"none": "sin"}), reveals=Reveals.DNA)

    assert said_twice([hair, hair, replace(marks, parts=(hair, hair))]) == [
        "hair",
        "marks/hair",
    ]
    assert list(misshapen(replace(hair, codes=None))) == ["codes"]
    assert list(misshapen(replace(hair, key="Hair"))) == ["name"]
    assert len(list(misshapen(open_marks))) == len(marks.parts)
    assert list(misshapen(for_remains)) == ["part hair"]
    assert on_immigration_status([hair, status]) == ["immigration_status"]
    assert "hair: reveals" in differing(MissingPerson, {"hair": bald})
    assert "hair: codes" in differing(
        MissingPerson, {"hair": replace(bald, reveals=Reveals.BODY)}
    )
    assert "eyes: not declared" in differing(MissingPerson, {"hair": hair})
    assert list(misnamed({"nav": "náhuatl", "spa": "español"})) == ["nav"]


def test_all_its_groups_are_declared_but_those_kept_elsewhere():
    assert sorted(group.number for group in GROUPS) == [1, 1, 2, *range(4, 21), 22]
    assert groups_of(RecordKind.REMAINS)[0].number == 15
    assert not {2, 4, 5, 6} & {group.number for group in groups_of(RecordKind.REMAINS)}


@pytest.mark.parametrize("record", RecordKind)
def test_no_two_questions_of_a_record_bear_one_name(record):
    asked = [field for group in GROUPS for field in group.of(record)]

    assert said_twice(asked) == []


@pytest.mark.parametrize("record", RecordKind)
def test_every_question_is_whole(record):
    assert {f.key: list(misshapen(f)) for f in every_field(record) if any(misshapen(f))} == {}


@pytest.mark.parametrize("record", RecordKind)
def test_every_typed_column_is_a_question_with_its_name_its_codes_and_what_it_reveals(record):
    assert list(differing(TABLES[record], fields_of(record))) == []


@pytest.mark.parametrize(("record", "key"), PARTS)
def test_the_columns_of_names_marks_and_articles_are_parts_of_their_entries(record, key):
    field = fields_of(record)[key]
    parts = {part.key: part for part in field.parts}

    assert list(differing(PARTS[record, key], parts)) == []


@pytest.mark.parametrize("record", RecordKind)
def test_whatever_a_question_reveals_somebody_may_open(record):
    can_be_opened = {Reveals.CIRCUMSTANCE, *TABLES[record].opened_by}

    assert {field.reveals for field in every_field(record)} <= can_be_opened


def test_what_only_the_owner_may_see_is_kept_with_what_leads_to_a_family():
    fields = fields_of(RecordKind.MISSING_PERSON)

    assert {fields[key].reveals for key in OF_THE_OWNER} == {Reveals.CONTACT}
    assert {key for key in fields if not fields[key].leaves} == STAYS


def test_where_somebody_alive_is_never_leaves():
    fields = fields_of(RecordKind.LIVING_PERSON)
    where = {"host", "whereabouts", "list_name", "list_number", "told_by"}

    assert {key for key in where if fields[key].leaves} == set()
    assert {fields[key].reveals for key in where} == {Reveals.CONTACT}


def test_of_the_living_nothing_is_taken_down_that_a_search_does_not_need():
    fields = fields_of(RecordKind.LIVING_PERSON)

    assert (
        fields.keys() & {"prints", "print_searches", "dna_profiles", "photos", "habits"}
        == set()
    )


def test_what_shames_or_endangers_is_asked_apart():
    fields = fields_of(RecordKind.MISSING_PERSON)

    assert {key for key in APART if not fields[key].asked_apart} == set()


def test_nobody_is_asked_about_anybodys_immigration_status():
    assert [on_immigration_status(every_field(record)) for record in RecordKind] == [[], [], []]


def test_a_report_needs_nothing_that_the_family_may_not_know():
    needed = {
        key
        for key, field in fields_of(RecordKind.MISSING_PERSON).items()
        if field.level is Level.MANDATORY
    }

    assert needed == {"presumption", "search_status"}  # both have a value from the start


@pytest.mark.parametrize("language", OFFERED)
def test_no_two_codes_of_a_list_are_said_alike(language):
    gettext = translations_for(language).gettext
    said = {
        codes.key: [gettext(words) for words in codes.words.values()] for codes in code_lists()
    }

    assert {key: words for key, words in said.items() if len(set(words)) < len(words)} == {}


def test_a_list_is_the_same_wherever_it_is_spoken():
    spoken = {
        id(each.codes): each.codes.key
        for record in RecordKind
        for each in every_field(record)
        if each.codes
    }

    assert sorted(spoken.values()) == [codes.key for codes in code_lists()]
    assert all(all(codes.words.values()) for codes in code_lists())


def test_languages_bear_the_codes_of_iso_639_3():
    assert all(re.fullmatch("[a-z]{3}", code) for code in LANGUAGE.words)
    assert list(misnamed(LANGUAGE.words)) == []


def test_teeth_are_numbered_as_the_engine_charts_them():
    assert {int(number) for number in TOOTH_NUMBERS} == TEETH


@pytest.mark.parametrize(
    ("record", "path", "key"),
    [
        (RecordKind.MISSING_PERSON, "hair", "hair"),
        (RecordKind.MISSING_PERSON, "marks/3f2a", "marks"),
        (RecordKind.REMAINS, "teeth/85", "teeth"),
    ],
)
def test_a_path_leads_to_its_field(record, path, key):
    assert field_at(record, path).key == key


@pytest.mark.parametrize(
    ("record", "path"),
    [
        (RecordKind.MISSING_PERSON, "found"),
        (RecordKind.REMAINS, "reporter_name"),
        (RecordKind.MISSING_PERSON, "hair/3f2a"),
        (RecordKind.MISSING_PERSON, "marks/3F2A"),
        (RecordKind.MISSING_PERSON, "marks/"),
        (RecordKind.MISSING_PERSON, "marks/3f2a/site"),
        (RecordKind.REMAINS, "teeth/19"),
        (RecordKind.REMAINS, ""),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(record, path):
    with pytest.raises(UnknownField):
        field_at(record, path)


def test_a_mark_is_asked_the_same_of_both_sides():
    sides = [fields_of(record)["marks"] for record in RecordKind]

    assert sides[0] is sides[1]
    assert isinstance(sides[0], Field)


def test_the_reference_page_says_what_is_declared():
    written = PAGE.read_text("utf-8")

    assert written == reference_page() + "\n", "make it again: see its first lines"
