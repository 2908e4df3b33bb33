"""r54: a query of a guarded record starts at the door, or stands in a module named here.

The door asks the policies; the net in `privacy/net.py` catches an ORM query that forgot it.
What neither sees, Core selects of a table and SQL as text, is forbidden outside the places
below, each with the reason why it may.
"""

import ast

import pytest

from casework.guarded import privacy as _  # noqa: F401 - registers everything that is guarded
from privacy.policy.guarded import all_guarded, all_parts
from tests.architecture.the_code import Source, is_below, sources

GUARDED = {each.model.__name__ for each in (*all_guarded(), *all_parts())}

# Where a query of a guarded model may stand that did not come through the door, and why.
MAY_SELECT = {
    "casework/candidates/by_hand.py": "one pair of two records that the door let through",
    "casework/candidates/lists.py": "all lists, as the matcher; shown to nobody",
    "casework/candidates/narrowing.py": "filters of the queue, each inside a query of the door",
    "casework/demonstration/": "invented people, before anybody is let in",
    "casework/desk/handing.py": "what was asked to be signed, inside one insert; not read",
    "casework/dna_search/queries.py": "whose profiles there are, inside a query of the door",
    "casework/identifications/": "decisions of two records that the door let through, and the"
    " worker's look at changed facts; the net asks again",
    "casework/imports/declaring.py": "people of a file just kept, as the keeper",
    "casework/imports/incident_rows.py": "incidents name nobody; what a file changes",
    "casework/imports/queries.py": "imports of one's own institution; the net asks again",
    "casework/imports/running.py": "the run that the worker carries out, as the keeper",
    "casework/incidents/queries.py": "incidents name nobody; the duty alone decides",
    "casework/kinship/queries.py": "results of a pair opened before; the net asks again",
    "casework/learning/queries.py": "all that was decided, as the keeper; figures of ten leave",
    "casework/pedigree/queries.py": "trees of one own file, opened before; the net asks again",
    "casework/profiles/queries.py": "profiles of one own record; the net asks again",
    "casework/queue/": "where pairs of the queue stand, inside queries of the door, and how"
    " long opinions took; the net asks again",
    "casework/review/blind.py": "whether one's own opinion is awaited; the net asks again",
    "casework/review/queries.py": "reviews of a pair opened before; the net asks again",
    "casework/review/work.py": "reviews of pairs that the door let through; the net asks again",
    "casework/rights/correcting.py": "one person's file, as the keeper, once a right is proven",
    "casework/samples/queries.py": "samples of one own file, opened before; the net asks again",
    "casework/sought/queries.py": "answers of one own file, opened before; the net asks again",
    "casework/sought/running.py": "whom the matcher may still propose; shown to nobody",
    "casework/sites/queries.py": "words on sites that the door let through; the net asks again",
    "casework/telling/": "what followed releases of people that the door let through, as"
    " whoever keeps their record, and rule 9 as the keeper; the net asks again",
    "casework/scrubbing/": "the developers' copy, without names, made by an operator",
}
# Where a table may be read below the ORM, out of the net's sight, and why.
MAY_READ_TABLES = {
    "casework/desk/parties.py": "offices to be asked about in their own name; shown to nobody",
    "casework/imports/incident_rows.py": "incidents name nobody; written in bulk",
}
SELECTS = {
    "sa.select",
    "select",
    "sqlalchemy.select",
    "sa.exists",
    "sa.orm.aliased",
    "one_of",  # of candidates: a select of numbers, as a condition
}
FETCHES = {"get", "get_one", "query"}


def names_in(node):
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def selects_around_the_door(found):
    """Name each file that selects a guarded model by itself."""
    for source in found:
        if is_below(source.path, *MAY_SELECT):
            continue
        for name, call in source.calls():
            fetches = name.rsplit(".", 1)[-1] in FETCHES and "session" in name.casefold()
            asked = {each for arg in call.args for each in names_in(arg)} & GUARDED
            if asked and (name in SELECTS or fetches):
                yield f"{source.path}:{call.lineno} {', '.join(sorted(asked))}"


def tables_below_the_net(found):
    """Name each use of a table behind its model, and of `sa.table`: the net sees neither."""
    for source in found:
        if is_below(source.path, *MAY_READ_TABLES):
            continue
        for node in ast.walk(source.tree):
            is_table = isinstance(node, ast.Attribute) and node.attr == "__table__"
            if is_table and names_in(node.value) & GUARDED:
                yield f"{source.path}:{node.lineno}"
        for name, call in source.calls():
            if name in {"sa.table", "sqlalchemy.table"}:
                yield f"{source.path}:{call.lineno}"


def test_r54_a_planted_query_around_the_door_is_caught():
    by_select = Source("casework/missing/pages.py", "x = sa.select(MissingPerson).limit(1)")
    by_column = Source("casework/remains/api.py", "x = select(Remains.id)")
    by_key = Source("casework/documents/pages.py", "session.get(MissingPerson, 1)")
    by_old_way = Source("casework/web/x.py", "visit.session.query(PersonName)")
    below = Source("casework/missing/queries.py", "x = MissingPerson.__table__.select()")
    by_name = Source("casework/missing/queries.py", "x = sa.table('missing_person')")

    planted = [by_select, by_column, by_key, by_old_way]
    assert [each.split(":")[0] for each in selects_around_the_door(planted)] == [
        each.path for each in planted
    ]
    assert list(tables_below_the_net([below, by_name])) == [
        f"{below.path}:1",
        f"{by_name.path}:1",
    ]


def test_r54_every_query_of_a_guarded_record_starts_at_the_door():
    assert list(selects_around_the_door(sources("casework", "privacy"))) == []


def test_r54_no_table_of_records_is_read_below_the_net():
    assert list(tables_below_the_net(sources("casework", "privacy"))) == []


@pytest.mark.parametrize("allowed", [MAY_SELECT, MAY_READ_TABLES])
def test_r54_every_place_that_is_let_off_needs_it_and_says_why(allowed, monkeypatch):
    places = dict(allowed)
    monkeypatch.setitem(globals(), "MAY_SELECT", {})
    monkeypatch.setitem(globals(), "MAY_READ_TABLES", {})
    found = sources("casework", "privacy")
    needed = {each.split(":")[0] for each in selects_around_the_door(found)}
    needed |= {each.split(":")[0] for each in tables_below_the_net(found)}

    for place, why in places.items():
        assert any(is_below(each, place) for each in needed), place
        assert len(why.split()) > 1


def test_r54_what_is_guarded_is_what_holds_people():
    assert {"MissingPerson", "Remains", "Pairing", "PersonName", "RemainsMark"} <= GUARDED
