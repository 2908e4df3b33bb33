"""Links of lists, their pages and orders, and the order of options."""

from casework.web.described import teller_for
from casework.web.description_form import country_choices
from casework.web.pieces import link_with, pager_of, sorted_headings


def test_an_accent_does_not_move_a_country_out_of_the_alphabet():
    names = [choice.label for choice in country_choices(teller_for("es"))]

    mexico = names.index("México")
    assert names[mexico - 1 : mexico + 2] == ["Mayotte", "México", "Micronesia"]


def test_a_link_keeps_the_search_and_changes_one_part():
    query = {"q": "rosa & flor", "page": "3"}

    assert link_with("/missing", query, page=4) == "/missing?q=rosa+%26+flor&page=4"
    assert link_with("/missing", query, page=None) == "/missing?q=rosa+%26+flor"
    assert link_with("/missing", {"q": ""}) == "/missing"


def test_the_first_page_has_no_page_before_it():
    pager = pager_of("/missing", {}, page=1, size=50, total=120)

    assert (pager.first, pager.last, pager.previous_href) == (1, 50, None)
    assert pager.next_href == "/missing?page=2"


def test_the_last_page_ends_with_the_list():
    pager = pager_of("/missing", {}, page=3, size=50, total=120)

    assert (pager.first, pager.last, pager.next_href) == (101, 120, None)


def test_a_list_that_just_fills_its_page_has_no_next_page():
    assert pager_of("/missing", {}, page=1, size=50, total=50).next_href is None


def test_an_empty_list_starts_at_nothing():
    assert pager_of("/missing", {}, page=1, size=50, total=0).first == 0


def test_pressing_a_heading_again_turns_the_order_round_and_starts_at_the_first_page():
    by_name, plain = sorted_headings(
        "/missing", {"sort": "name", "page": "7"}, [("Nombre", "name"), ("Lugar", None)]
    )

    assert (by_name.order, by_name.href) == ("ascending", "/missing?sort=-name")
    assert (plain.order, plain.href) == (None, None)


def test_a_heading_turned_round_turns_back():
    (by_name,) = sorted_headings("/missing", {"sort": "-name"}, [("Nombre", "name")])

    assert (by_name.order, by_name.href) == ("descending", "/missing?sort=name")


def test_headings_over_numbers_are_told_apart():
    text, number = sorted_headings(
        "/missing", {}, [("Nombre", "name"), ("Edad", None)], numbers={"Edad"}
    )

    assert (text.is_number, number.is_number) == (False, True)
