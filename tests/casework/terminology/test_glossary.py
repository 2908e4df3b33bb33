"""Each country's own words are shown, understood, mended and handed on."""

import json
import re

import pytest
import sqlalchemy as sa

from casework.codes import ArticleItem, ToothState
from casework.dataset.code_lists.known import ARTICLE_ITEM
from casework.dataset.shape import Field, Kind
from casework.dataset.values import Given, Unreadable, read_value
from casework.errors import InvalidInput, NotFound
from casework.terminology.actions import decide_term, enter_term, take_in
from casework.terminology.concepts import list_title, lists
from casework.terminology.model import Term, TermState
from casework.terminology.packaged import packaged_steps, read_table, write_table
from casework.terminology.queries import entries_in, glossary_of
from casework.terminology.rules import Draft, refusal_to_enter
from casework.web.code_words import words_for
from casework.web.dental_dictation import read_dictation
from casework.web.languages import OFFERED, translations_for
from casework.web.local_words import Glossary, LocalTerm, Reader, in_local_words, reading
from privacy.errors import NotPermitted
from privacy.model import Reveals

PLAYERA = Draft("article_item", "t_shirt", "es", "MX", "playera", is_shown=True)
CACHITA = Draft("article_item", "belt", "es", "HN", "cachita", is_shown=True)
SPANISH = translations_for("es").gettext
WORDS = Glossary(
    [
        LocalTerm("article_item", "t_shirt", "es", "MX", "playera", is_shown=True),
        LocalTerm("article_item", "sweatshirt", "es", "PE", "polera", is_shown=True),
        LocalTerm("article_item", "t_shirt", "es", "CL", "polera", is_shown=True),
        LocalTerm("tooth_state", "crown", "es", "", "casquete", is_shown=False),
        LocalTerm("tooth_state", "restored", "es", "HN", "empaste", is_shown=True),
    ]
)


def reader(country, language="es"):
    return reading(Reader(country, language, lambda: WORDS))


def token_of(browser):
    page = browser.get("/terminology").text
    return re.search(r'name="form_token" value="([^"]+)"', page)[1]


def said(database, viewer, list_key="article_item", code="belt", country="HN"):
    with database.transaction(viewer) as session:
        return glossary_of(session).said(list_key, code, "es", country)


def enter(database, viewer, draft, at):
    with database.transaction(viewer) as session:
        return enter_term(session, viewer, draft, at=at)


def decide(database, viewer, draft, state, at):
    with database.transaction(viewer) as session:
        return decide_term(session, viewer, draft.key, state, at=at)


def test_a_reader_sees_the_word_of_their_country_before_the_regional_one():
    with reader("MX"):
        assert words_for(ArticleItem.T_SHIRT, SPANISH) == "playera (camiseta)"
    with reader("CL"):
        assert words_for(ArticleItem.T_SHIRT, SPANISH) == "polera (camiseta)"
    with reader("HN"):
        assert words_for(ArticleItem.T_SHIRT, SPANISH) == "camiseta"
        assert words_for(ToothState.RESTORED, SPANISH) == "con empaste o relleno"

    assert words_for(ArticleItem.T_SHIRT, SPANISH) == "camiseta"


def test_a_text_in_another_language_beside_it_keeps_its_own_words():
    french = translations_for("fr").gettext

    with reader("MX"):
        assert in_local_words("article_item", "t_shirt", "tricot", french) == "tricot"


def test_a_word_means_first_what_it_means_at_home_and_nothing_where_it_means_two_things():
    assert WORDS.heard("article_item", "Polera", "PE") == "sweatshirt"
    assert WORDS.heard("article_item", "polera", "CL") == "t_shirt"
    assert WORDS.heard("article_item", "polera", "MX") == ""
    assert WORDS.heard("article_item", "PLAYERA", "HN") == "t_shirt"


def test_a_local_word_typed_into_a_form_or_dictated_is_its_code():
    garment = Field("item", "prenda", Kind.CODE, Reveals.BODY, codes=ARTICLE_ITEM)

    with reader("MX"):
        assert read_value(garment, Given({"item": ["playera"]}), "item") == "t_shirt"
        (tooth,) = read_dictation("16 casquete", after_death=False).teeth.values()
        assert tooth.state is ToothState.CROWN
    with pytest.raises(Unreadable):
        read_value(garment, Given({"item": ["playera"]}), "item")


def test_what_ships_is_words_of_codes_that_there_are_and_one_shown_for_each():
    shown = [
        (each.draft.list_key, each.draft.code, each.draft.language, each.draft.country)
        for each in packaged_steps()
        if each.draft.is_shown
    ]

    assert [each.draft for each in packaged_steps() if refusal_to_enter(each.draft)] == []
    assert len(shown) == len(set(shown))
    assert PLAYERA in [each.draft for each in packaged_steps()]


def alike_titles(titles):
    return sorted(title for title in set(titles) if titles.count(title) > 1)


@pytest.mark.parametrize("language", OFFERED)
def test_no_two_lists_share_a_name(language):
    gettext = translations_for(language).gettext

    assert alike_titles(["color", "forma", "color"]) == ["color"]
    assert alike_titles([list_title(key, gettext) for key in lists()]) == []


def test_a_proposed_word_holds_from_the_moment_somebody_accepts_it_and_no_longer_once_retired(
    database, lidia, bruno, noon
):
    assert enter(database, lidia, CACHITA, noon) is TermState.PROPOSED
    before = said(database, lidia)

    decide(database, bruno, CACHITA, TermState.ACCEPTED, noon)
    while_it_holds = said(database, lidia)
    decide(database, bruno, CACHITA, TermState.WITHDRAWN, noon)

    assert (before, while_it_holds, said(database, lidia)) == ("faja", "cachita", "faja")
    with database.transaction(lidia) as session:
        steps = entries_in(session)[CACHITA.key].steps
        assert [(each.state.value, each.entered_by) for each in steps] == [
            ("proposed", lidia.account_id),
            ("accepted", bruno.account_id),
            ("withdrawn", bruno.account_id),
        ]


def test_a_word_that_was_not_kept_after_all_is_not_said(database, bruno, noon):
    with database.transaction(bruno) as session:
        enter_term(session, bruno, CACHITA, at=noon)
        meanwhile = glossary_of(session).said("article_item", "belt", "es", "HN")
        session.rollback()

    assert (meanwhile, said(database, bruno)) == ("cachita", "faja")


def test_who_may_not_decide_or_propose_is_refused_here_and_in_the_database(
    database, lidia, dora, noon
):
    enter(database, lidia, CACHITA, noon)

    with pytest.raises(NotPermitted):
        decide(database, lidia, CACHITA, TermState.ACCEPTED, noon)
    with pytest.raises(NotPermitted):
        enter(database, dora, PLAYERA, noon)
    for change in ("UPDATE term SET term = 'x'", "DELETE FROM term"):
        with pytest.raises(sa.exc.ProgrammingError), database.transaction(lidia) as session:
            session.execute(sa.text(change))
    with pytest.raises(sa.exc.ProgrammingError), database.transaction(lidia) as session:
        forge(session, lidia, noon)


def forge(session, viewer, at):
    """Accept a word below the act that asks whether one may."""
    row = {each: getattr(CACHITA, each) for each in ("key", "list_key", "code", "language")}
    row |= {"country": "HN", "term": "cachita", "is_shown": True, "note": "", "source": ""}
    row |= {"entered_by": viewer.account_id, "institution_id": viewer.institution_id}
    session.add(Term(**row, entered_at=at, state=TermState.ACCEPTED))
    session.flush()


def test_what_is_no_word_of_a_code_is_refused_with_what_to_do(database, bruno, noon):
    wrong = (
        Draft("article_item", "t_shirt", "es", "MX", ""),
        Draft("article_item", "t_shirt", "es", "MX", "p" * 61),
        Draft("article_item", "t_shirt", "es", "MX", "dos\nlíneas"),
        Draft("article_item", "no_such", "es", "MX", "playera"),
        Draft("article_item", "t_shirt", "xx", "MX", "playera"),
        Draft("article_item", "t_shirt", "es", "ZZ", "playera"),
        PLAYERA,
    )

    for draft in wrong:
        with pytest.raises(InvalidInput):
            enter(database, bruno, draft, noon)
    with pytest.raises(NotFound):
        decide(database, bruno, CACHITA, TermState.ACCEPTED, noon)


def test_the_table_that_is_handed_out_comes_back_without_loss_and_names_what_it_cannot_take(
    database, bruno, noon
):
    table = write_table(packaged_steps()) + "article_item,no_such,es,MX,algo,no,,\n"
    table += "article_item,belt,es,HN,cachita,yes,,=1+1\n"
    drafts = [draft for _, draft in read_table(write_table(packaged_steps()))]

    with database.transaction(bruno) as session:
        taken = take_in(session, bruno, read_table(table), at=noon)

    assert drafts == [each.draft for each in packaged_steps()]
    assert (taken.new, taken.known) == (1, len(drafts))
    assert [line for line, _ in taken.refused] == [len(drafts) + 2]


def test_the_pages_show_find_and_keep_words_and_the_api_does_the_same(signed_in):
    lidias = signed_in("lidia")
    token = token_of(lidias)
    path = "/terminology/article_item/belt"
    sent = {"term": "cachita", "country": "HN", "language": "es", "is_shown": "yes"}
    sent |= {"form_token": token}

    found = lidias.get("/terminology", params={"q": "franela"})
    proposed = lidias.post(path, data=sent)
    again = lidias.post(path, data=sent)
    brunos = signed_in("bruno")
    key = {"key": CACHITA.key, "verdict": "accepted", "form_token": token_of(brunos)}
    waiting = brunos.get("/terminology")
    accepted = brunos.post("/terminology/decide", data=key)
    listed = brunos.get("/api/v1/terminology", params={"q": "cachita"}).json()
    skos = brunos.get("/terminology/export.jsonld")

    assert "/terminology/article_item/t_shirt" in found.text
    assert "propuesta" in proposed.text
    assert again.status_code == 422
    assert "cachita" in waiting.text
    assert "aceptada" in accepted.text
    assert [(each["term"], each["state"]) for each in listed] == [("cachita", "accepted")]
    belt = next(
        each
        for each in json.loads(skos.text)["@graph"]
        if each["@id"] == "urn:reunir:article_item:belt"
    )
    assert belt["prefLabel"]["es"] == "cinturón"
    assert "cachita" in belt["altLabel"]["es-HN"]
    assert brunos.get("/terminology/article_item").status_code == 200
    assert "cachita" in brunos.get("/terminology/export.csv").text
