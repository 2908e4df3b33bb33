"""What changed between versions, against the files themselves."""

from matching.model_file import DEFAULT_MODEL, load_model, shipped_models
from matching.model_history import history_of


def test_the_newest_version_stands_first_and_names_the_one_before_it():
    history = history_of("missing-remains")

    versions = [each.version for each in history]
    assert versions == sorted(versions, reverse=True)
    assert [each.after for each in history] == [*(each.name for each in history[1:]), ""]
    assert DEFAULT_MODEL in {each.name for each in history}


def test_every_change_has_its_source_or_stands_in_a_table_of_tables():
    for edition in history_of("missing-remains"):
        assert all(each.grade in {"R", "M", "own", ""} for each in edition.changed)
        assert all(each.source for each in edition.changed if each.grade)


def test_a_table_that_is_new_is_told_from_one_that_changed():
    changed = {each.path: each for each in of("missing-remains-2026.3").changed}

    assert changed["teeth"].is_new
    assert not changed["time"].is_new
    assert "sex" not in changed


def test_the_first_version_changes_every_number():
    first = history_of("missing-remains")[-1]

    assert sum(each.numbers for each in first.changed) == first.numbers
    assert first.lost == ()


def test_an_edition_is_the_model_that_is_loaded_by_its_name():
    for edition in history_of("missing-living"):
        assert edition.hash == load_model(edition.name).hash
        assert edition.kinds == tuple(load_model(edition.name).kinds)


def test_a_kind_of_pairing_without_a_model_has_no_history():
    assert history_of("a-kind-nobody-weighs") == ()


def test_no_shipped_model_is_without_history():
    kinds = {load_model(name).kind for name in shipped_models()}

    listed = {each.name for kind in kinds for each in history_of(kind)}
    assert listed == set(shipped_models())


def of(name):
    return next(each for each in history_of(load_model(name).kind) if each.name == name)
