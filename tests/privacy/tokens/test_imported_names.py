"""Names that come in files are found as those that people enter."""

from casework.missing.names import matching_names
from tests.casework.imports.imported import a_csv, bring, counts, run_of

KNOWN = {"record_id": "n-1", "sex": "female", "last_contact_from": "2025-06-03"}


def found(database, viewer, words, at):
    with database.transaction(viewer) as session:
        return len(matching_names(session, viewer, [words], at=at))


def test_an_imported_name_is_found_and_a_changed_one_replaces_it(database, bruno, noon):
    first = a_csv(KNOWN | {"given_names": "Yoselin", "surname_1": "Zelaya"})
    changed = a_csv(KNOWN | {"given_names": "Brenda", "surname_1": "Urbizo"})

    run = bring(database, bruno, first, profile="plain-missing")
    assert found(database, bruno, "joselin selaya", noon) == 1
    bring(database, bruno, changed, profile="plain-missing")

    assert sum(counts(run_of(database, run.id)).values()) == 1
    assert found(database, bruno, "Brenda Urbizo", noon) == 1
    assert found(database, bruno, "Yoselin Zelaya", noon) == 0
