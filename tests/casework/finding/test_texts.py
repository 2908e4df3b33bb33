"""What becomes a token: words of what describes, numbers alone of what names or reaches."""

import pytest

from casework.dataset.catalogue import fields_of
from casework.dataset.shape import Kind, RecordKind
from casework.families.model import Relative
from casework.finding.asked import read_asked
from casework.finding.texts import TEXTS, WRITTEN_OUT, traits_in
from casework.missing.model import MissingPerson, MissingPersonMark, MissingPersonStatement
from casework.statements.columns import StatementColumns
from privacy.model import Reveals
from privacy.tokens.words import number_traits, whole_number, word_traits

STORY = "Marisol Inventada, 9876-5432, calavera@ejemplo.invalid"
NAMES_OR_REACHES = {Reveals.IDENTITY, Reveals.CONTACT}


def every_text():
    """Read a story in each field that records are found by, in the form the field has."""
    for model, texts in TEXTS.items():
        for name, read in texts.fields.items():
            told = STORY
            if name == "carried":
                told = {"phones": STORY, "id_numbers": STORY, "given_names": STORY}
            elif issubclass(model, StatementColumns):
                kind = next(each for each in RecordKind if model.record_table == each.value)
                words = (Kind.TEXT, Kind.WORDS)
                fields = [f for f in fields_of(kind).values() if f.reveals == name]
                told = {f.key: {"value": STORY} for f in fields if f.kind in words}
            yield model, name, set(read(told))


def words_of_names(texts):
    return {
        f"{model.__tablename__}.{name}: {trait}"
        for model, name, traits in texts
        for group, trait in traits
        if group in NAMES_OR_REACHES and trait.startswith("word:")
    }


def test_r23_of_what_names_or_reaches_somebody_only_numbers_have_tokens():
    planted = [(MissingPerson, "mother_name", {(Reveals.IDENTITY, "word:marisol")})]

    assert words_of_names(planted)
    assert words_of_names(every_text()) == set()


def test_r23_no_frequent_part_of_a_name_is_taken_from_a_sealed_story():
    read = TEXTS[MissingPersonStatement].fields["circumstance"]
    field = next(
        f.key
        for f in fields_of(RecordKind.MISSING_PERSON).values()
        if f.kind in {Kind.TEXT, Kind.WORDS} and f.reveals is Reveals.CIRCUMSTANCE
    )

    told = {
        trait for _, trait in read({field: {"value": "Viajaba con José Hernández en lancha"}})
    }

    assert "word:lanxa" in told
    assert not told & {*word_traits("José Hernández")}


def test_r23_a_relatives_name_has_tokens_of_two_parts_and_of_rare_ones_alone():
    read = TEXTS[Relative].fields["name"]

    traits = {trait for group, trait in read("María Hernández Inventada")}

    assert "kin:both:ernandes+maria" in traits
    assert [each for each in traits if ":one:" in each] == ["kin:one:inbentada"]
    assert {group for group, _ in read("María Hernández")} == {Reveals.CONTACT}


def test_r23_codes_have_no_tokens():
    few = {"sex", "nationalities", "kind", "site", "side", "hair", "eyes", "item", "colour"}

    assert {name for texts in TEXTS.values() for name in texts.fields} & few == set()
    mark = {"kind": "tattoo", "words": "un ancla"}
    assert traits_in(TEXTS[MissingPersonMark], mark.get, ["words"]) == {
        (Reveals.BODY, "word:ankla")
    }


def test_r23_of_codes_only_what_others_write_out_has_tokens():
    mark = {"value": {"kind": "tattoo", "site": "arm", "motifs": ["skull"]}}
    read = TEXTS[MissingPersonStatement].fields["body"]

    assert {"motif", "pattern"} == WRITTEN_OUT
    assert set(read({"marks/3f2a91bc": mark})) == {(Reveals.BODY, "code:motif.skull")}


def test_what_was_mended_within_a_sitting_is_not_read_again():
    read = TEXTS[MissingPersonStatement].fields["circumstance"]
    told = {"value": {"place": "Turquesa"}, "earlier": [{"place": "Malaquita"}]}

    assert {trait for _, trait in read({"last_contact_place": told})} <= {"word:turkesa"}


@pytest.mark.parametrize("spaced", ["+504 9876-5432", "98765432", "(504) 98 76 54 32"])
def test_a_telephone_is_one_however_it_is_spaced_and_with_or_without_its_country(spaced):
    assert "end:98765432" in set(number_traits(spaced))


def test_a_number_with_letters_is_one_with_and_without_its_signs():
    assert set(whole_number("PM-2021/034")) == set(whole_number("pm2021034"))
    assert "number:AB123456" in set(number_traits("pasaporte AB-123456 vencido"))
    assert list(whole_number("-")) == []


def test_what_is_typed_is_taken_apart():
    asked = read_asked("mp 7k3q d9xt Gonzales, de la Cruz 2021 X 123456 7K3Q")

    assert asked.references == ("MP-7K3Q-D9XT",)
    assert asked.year == 2021
    assert [need.typed for need in asked.needs] == ["X 123456", "7K3Q", "Gonzales", "Cruz"]
    assert "part:7K3Q" in asked.needs[1].traits
    assert read_asked("¿?").needs == ()
