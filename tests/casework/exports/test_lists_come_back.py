"""A list that is handed out as a table comes in elsewhere: the same, and kept from the same."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from casework.codes import ArticleItem, BodySite, Colour, MarkType, Side
from casework.exports.actions import hand_out
from casework.exports.rows import Row, as_csv, as_json, lines_of
from casework.listed_columns import COLUMNS_OF
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    PersonName,
)
from casework.record_codes import SearchStatus
from casework.web.described import teller_for
from privacy.model import Reveals
from tests.builders import a_missing_person
from tests.casework.exports.test_exports import wanted
from tests.casework.exports.test_whole_records import a_file
from tests.casework.exports.test_whole_records import as_json as whole_json
from tests.casework.imports.imported import bring, counts, rules_of_run, stored
from tests.conftest import on_a_copy

EVERYTHING = ("circumstances", "identity", "antemortem")
SAME = (
    *("sex", "age_min", "age_max", "nationalities", "last_contact_from", "place", "lat"),
    *("stature_cm_min", "mother_name", "search_status", "country_restrictions"),
)
NAMED_OTHERWISE = {"nationality": "nationalities"}
PARTS = {
    "clothing": MissingPersonArticle,
    "belongings": MissingPersonArticle,
    "marks": MissingPersonMark,
    **dict.fromkeys(("given_names", "surname_1", "surname_2", "other_names"), PersonName),
}


def a_person(session, owner, *groups, **stated):
    usual = {
        "given_names": "Ana",
        "surname_1": "Zulmabela",
        "mother_name": "-Rosa, la madre",
        "search_status": SearchStatus.ACTIVE_LINES,
        "marks": [
            MissingPersonMark(
                kind=MarkType.TATTOO, site=BodySite.FOREARM, side=Side.LEFT, words="rosa: azul"
            ),
            MissingPersonMark(kind=MarkType.SCAR, words="larga"),
        ],
        "articles": [
            MissingPersonArticle(worn=True, item=ArticleItem.JEANS, colour=Colour.BLUE),
            MissingPersonArticle(worn=False, item=ArticleItem.OTHER, words="un rosario"),
        ],
        "country_restrictions": ["NI", "VE"],
    }
    grants = [(each, "search", "forensic") for each in groups]
    return a_missing_person(session, owner, grants=grants, **(usual | stated))


def a_list(database, viewer, recipient, at):
    with database.transaction(viewer) as session:
        copy = hand_out(session, viewer, wanted(recipient), at=at)
        return as_csv(copy.rows, copy.number, f"Ejemplar {copy.number}, para otra", made_at=at)


def marks_of(marks):
    return [(e.kind, e.site, e.side, e.words) for e in marks]


def articles_of(articles):
    return [(e.worn, e.item, e.colour, e.words) for e in articles]


def test_a_list_is_read_elsewhere_without_losing_whom_it_is_kept_from(
    database, server, template_database, lidia, bruno, noon
):
    with database.transaction(lidia) as session:
        person = a_person(session, lidia, *EVERYTHING)
        before = {name: getattr(person, name) for name in SAME}
        names = [(each.kind, each.full) for each in person.names]
        marks, articles = marks_of(person.marks), articles_of(person.articles)
        record_id = person.record_id
    file = a_list(database, lidia, bruno.institution_id, noon)

    with on_a_copy(server, template_database, "lists_elsewhere") as elsewhere:
        first = bring(elsewhere, bruno, file, "lista.csv")
        assert (first.profile, counts(first)) == ("reunir-list", {"accepted": 1})
        assert counts(bring(elsewhere, bruno, file, "lista.csv")) == {"unchanged": 1}
        (copy,) = stored(elsewhere, MissingPerson)
        assert {name: getattr(copy, name) for name in SAME} == before
        assert (copy.origin_record_id, copy.origin_source_name) == (record_id, "reunir")
        assert copy.source_date == noon
        held = stored(elsewhere, MissingPersonMark), stored(elsewhere, MissingPersonArticle)
        assert (marks_of(held[0]), articles_of(held[1])) == (marks, articles)
        (name,) = stored(elsewhere, PersonName)
        assert [(name.kind, name.full)] == names


def test_an_older_list_and_one_with_fewer_groups_change_nothing_back(
    database, server, template_database, lidia, bruno, noon
):
    with database.transaction(lidia) as session:
        person = a_person(session, lidia, *EVERYTHING, search_status=SearchStatus.OPEN)
        reference = person.reference
    older = a_list(database, lidia, bruno.institution_id, noon - timedelta(days=3))
    with database.transaction(lidia) as session:
        session.query(MissingPerson).filter_by(reference=reference).one().place = "Tecún Umán"
    newer = a_list(database, lidia, bruno.institution_id, noon - timedelta(days=1))
    (_mark, header, row) = csv.reader(io.StringIO(newer.decode("utf-8-sig")))
    fewer = dict(zip(header, row, strict=True)) | {
        "groups": "circumstance",
        "made_at": noon.isoformat(),
        **dict.fromkeys((*COLUMNS_OF["identity"], *COLUMNS_OF["body"]), ""),
    }
    made = io.StringIO()
    writer = csv.DictWriter(made, header)
    writer.writeheader()
    writer.writerow(fewer)

    with on_a_copy(server, template_database, "older_lists") as elsewhere:
        bring(elsewhere, bruno, newer, "nueva.csv")
        late = bring(elsewhere, bruno, older, "vieja.csv")
        assert (counts(late), rules_of_run(elsewhere, late)) == (
            {"quarantined": 1},
            ["older_row"],
        )
        assert counts(bring(elsewhere, bruno, made.getvalue().encode())) == {"unchanged": 1}
        (copy,) = stored(elsewhere, MissingPerson)
        assert (copy.place, copy.mother_name) == ("Tecún Umán", "-Rosa, la madre")


def test_a_row_of_a_list_changes_no_whole_record_and_no_record_of_our_own(
    database, lidia, bruno, noon
):
    brings_in = replace(bruno, institution_id=lidia.institution_id)
    whole = a_file(database, lidia, noon)
    bring(database, brings_in, whole_json(whole), "entero.json")
    with database.transaction(lidia) as session:
        own = a_person(session, lidia, *EVERYTHING).record_id
    file = a_list(database, lidia, bruno.institution_id, noon).decode("utf-8-sig")

    ours = bring(database, brings_in, file.encode(), "propia.csv")
    held = bring(database, brings_in, file.replace(own, "registro.ejemplo/1").encode())

    assert rules_of_run(database, ours) == ["record_is_ours"]
    assert rules_of_run(database, held) == ["held_whole"]


def test_every_column_of_a_list_stands_under_the_group_of_its_own_column():
    for group, names in COLUMNS_OF.items():
        for name in names:
            table = PARTS.get(name, MissingPerson).__table__
            column = NAMED_OTHERWISE.get(name, name)
            columns = (
                [table.c[column]]
                if column in table.c
                else [each for each in table.c if each.info["reveals"] is not Reveals.NOTHING]
            )
            assert {each.info["reveals"].value for each in columns} == {group}, name


@pytest.mark.parametrize("groups", [(), ("circumstance",)])
def test_whom_a_record_is_kept_from_leaves_with_whatever_leaves(groups, noon):
    row = Row("MP-1", {}, is_invented=True, record_id="x/1", groups=groups, kept_from=["NI"])

    table = as_csv([row], "A", "m", made_at=noon).decode("utf-8-sig")
    (told,) = list(csv.DictReader(io.StringIO(table.partition("\n")[2])))
    assert told["kept_from"] == "NI"
    assert '"NI"' in as_json([row], "A", "m", made_at=noon).decode()
    assert ("Se guarda de", "Nicaragua") in list(lines_of(row, teller_for("es")))
