"""A model is read whole or refused by the name of what is wrong."""

import hashlib
import tomllib
from importlib.resources import files

import pytest

from matching.codes import Condition
from matching.errors import UnknownModel, UnreadableModel
from matching.evidence.weight import Kind
from matching.model_file import DEFAULT_MODEL, GRADES, load_model, read_model, shipped_models

# The newest that stands on its own; the default is laid over it.
CONTENT = files("matching.models").joinpath("missing-remains-2026.3.toml").read_bytes()
NEWEST = files("matching.models").joinpath("missing-remains-2026.3.toml").read_text()


def changed(before, after):
    assert before.encode() in CONTENT
    return CONTENT.replace(before.encode(), after.encode(), 1)


def tables_with_numbers(table, path=""):
    for name, value in table.items():
        if isinstance(value, dict):
            yield from tables_with_numbers(value, f"{path}.{name}")
    if any(isinstance(value, int | float | list) for value in table.values()):
        yield path, table


@pytest.mark.parametrize("name", shipped_models())
def test_every_shipped_model_is_whole_and_named_as_its_file(name):
    model = load_model(name)

    assert f"{model.name}-{model.version}" == name


def test_without_a_name_the_model_of_the_search_is_loaded():
    assert load_model() == load_model(DEFAULT_MODEL)
    assert DEFAULT_MODEL in shipped_models()


def test_a_model_weighs_the_kinds_whose_tables_it_has():
    older, newer = load_model("missing-remains-2026.2"), load_model("missing-remains-2026.3")

    assert older.kinds == tuple(Kind)[: len(older.kinds)]
    assert (older.kinds[-1], older.teeth) == (Kind.CLOTHING, None)
    of_others = (Kind.BIRTH, Kind.RECOVERY, Kind.OUTSIDE)
    assert newer.kinds == tuple(kind for kind in Kind if kind not in of_others)


def test_what_came_with_a_later_model_has_a_default_in_an_older_one():
    older, newer = load_model("missing-remains-2026.2"), load_model("missing-remains-2026.3")

    assert (older.time.slip_days, older.time.climate) == (0, {})
    assert newer.time.slip_days > 0
    assert {"desert", "jungle", "sea"} == set(newer.time.climate)


def test_the_hash_of_the_file_is_the_identity_of_the_numbers():
    model = load_model("missing-remains-2026.3")
    assert model.hash == hashlib.sha256(CONTENT).hexdigest()
    assert read_model(CONTENT + b"\n").hash != model.hash


@pytest.mark.parametrize("name", shipped_models())
def test_every_number_has_a_source_and_a_grade(name):
    content = files("matching.models").joinpath(f"{name}.toml").read_text()
    for path, table in tables_with_numbers(tomllib.loads(content)):
        assert len(table["source"]) > 10, path
        assert table["grade"] in GRADES, path


def test_every_condition_has_an_interval():
    assert set(load_model().time.interval) == {*Condition, "unknown"}


def test_an_unknown_name_is_refused_with_those_that_are_shipped():
    with pytest.raises(UnknownModel, match=DEFAULT_MODEL):
        load_model("missing-remains-1999.1")


def test_a_name_cannot_leave_the_folder_of_models():
    with pytest.raises(UnknownModel):
        load_model("../errors")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (changed("wrong_report = 0.005\n", ""), "sex.wrong_report"),
        (changed("wrong_report = 0.005", "wrong_report = 5"), "sex.wrong_report.*outside"),
        (changed("wrong_report = 0.005", 'wrong_report = "few"'), "sex.wrong_report.*number"),
        (changed("wrong_report = 0.005", "wrong_report = true"), "sex.wrong_report.*number"),
        (changed("wrong_report = 0.005", "wrong_report = nan"), "sex.wrong_report.*number"),
        (changed("wrong_report =", "extra = 1\nwrong_report ="), "sex.extra"),
        (changed('grade = "own"\n', ""), "prior.*source"),
        (changed('grade = "own"', 'grade = "guess"'), "prior.*source"),
        (changed("[time.interval.6]", "[time.interval.9]"), "time.interval.6"),
        (changed("[sex.accuracy.skull]", "[sex.accuracy.feet]"), "sex.accuracy.skull"),
        (changed('version = "2026.3"\n', ""), "version"),
        (changed("[prior]", "[belief]"), "belief"),
        (changed("bands = [", "bands = [ 3,"), r"age.population.bands\[0\].*table"),
        (b"\xff\xfe", "UTF-8"),
        (b"name = ", "TOML"),
    ],
)
def test_a_model_that_is_not_whole_is_refused_by_name(content, word):
    with pytest.raises(UnreadableModel, match=word):
        read_model(content)


BASED = """name = "x"
version = "1"
kind = "missing-living"
based_on = "missing-remains-2026.3"

[sex]
wrong_report = 0.25
source = "a test of models"
grade = "own"
"""


def test_a_model_may_be_based_on_another_and_change_some_numbers():
    base, model = load_model("missing-remains-2026.3"), read_model(BASED.encode())

    assert (model.sex.wrong_report, model.sex.accuracy) == (0.25, base.sex.accuracy)
    assert (model.name, model.teeth) == ("x", base.teeth)


def test_the_identity_of_a_model_holds_that_of_its_base():
    assert (
        read_model(BASED.encode()).hash == hashlib.sha256((NEWEST + BASED).encode()).hexdigest()
    )


def test_a_base_that_has_a_base_itself_is_refused_by_name():
    chained = BASED.replace("missing-remains-2026.3", "remains-remains-2026.2")

    with pytest.raises(UnreadableModel, match=r"itself based on “missing-remains-2026\.3”"):
        read_model(chained.encode())


def test_a_base_that_is_not_shipped_is_refused():
    with pytest.raises(UnknownModel, match=r"2026\.3"):
        read_model(BASED.replace("remains-2026.3", "remains-1999.1").encode())


def test_a_missing_table_is_refused_by_name():
    start = CONTENT.index(b"[prior]")
    end = CONTENT.index(b"# ----", start)

    with pytest.raises(UnreadableModel, match="prior"):
        read_model(CONTENT[:start] + CONTENT[end:])


@pytest.mark.parametrize(
    "code",
    [
        "teeth.becomes.decayed",
        "build.frequency.slim",
        "handedness.frequency.left",
        "blood_group.frequency.b_negative",
    ],
)
def test_a_kind_without_a_number_for_a_code_is_refused_by_name(code):
    table, _, word = code.rpartition(".")
    line = f"\n{word} ="
    start = NEWEST.index(f"[{code}]") if f"[{code}]" in NEWEST else NEWEST.index(f"[{table}]")
    without = NEWEST[:start] + (
        NEWEST[start:].replace(f"[{code}]", f"[{table}.x]", 1)
        if f"[{code}]" in NEWEST
        else NEWEST[start:].replace(line, "\nx =", 1)
    )

    with pytest.raises(UnreadableModel, match=code):
        read_model(without.encode())


def test_a_ceiling_beyond_what_the_search_can_bound_is_refused():
    with pytest.raises(UnreadableModel, match=r"marks\.ceiling"):
        read_model(changed("ceiling = 6.0", "ceiling = 9.0"))


def test_what_older_models_do_without_is_bounded_where_it_is_said():
    newest = files("matching.models").joinpath("missing-remains-2026.4.toml").read_text()

    assert load_model("missing-remains-2026.3").prior.doubt_log10 is None
    with pytest.raises(UnreadableModel, match=r"prior\.doubt_log10"):
        read_model(newest.replace("doubt_log10 = 0.5", "doubt_log10 = -1").encode())
