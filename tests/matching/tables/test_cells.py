"""One cell: a value, an answer without a value, or a named fault."""

from datetime import date

import pytest

from matching.codes import (
    Answer,
    ArticleItem,
    BodySite,
    Colour,
    HairColour,
    MarkType,
    Sex,
    Side,
    ToothState,
)
from matching.records import Article, DateRange, Listed, Mark, Numbered, Tooth
from matching.tables import cells
from matching.tables.cells import Told, Untold, Wrong
from matching.tables.problems import Rule

read_age = cells.number(0, 125)
read_sex = cells.code(Sex)


@pytest.mark.parametrize("text", ["34", "34.0", "+34", "034"])
def test_a_number_is_read(text):
    assert read_age(text) == Told(34.0)


@pytest.mark.parametrize("text", ["34,5", "1e2", "nan", "inf", "34 años", "0x1", "٣٤ x", "."])
def test_what_is_no_plain_number_is_refused(text):
    assert read_age(text).rule is Rule.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["-25", "126", "20000", "9" * 400])
def test_an_impossible_number_is_refused_by_its_bounds(text):
    assert read_age(text).rule in {Rule.OUT_OF_BOUNDS, Rule.NOT_A_NUMBER}


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2014-05", date(2014, 5, 1), date(2014, 5, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2014-05-03", date(2014, 5, 3), date(2014, 5, 3)),
    ],
)
def test_a_partial_date_covers_its_days(text, earliest, latest):
    assert cells.day(text) == Told(DateRange(earliest, latest))


@pytest.mark.parametrize(
    "text",
    [
        "03/05/2014",
        "2014-5-3",
        "20",
        "2014-13",
        "2014-02-30",
        "0000",
        "2014-05-03T10:00",
        "２０１４",
    ],
)
def test_what_is_no_date_is_refused(text):
    assert cells.day(text).rule is Rule.NOT_A_DATE


@pytest.mark.parametrize("text", ["1849", "2101-01-01", "0020"])
def test_a_year_nobody_alive_could_mean_is_refused(text):
    assert cells.day(text).rule is Rule.OUT_OF_BOUNDS


@pytest.mark.parametrize("text", ["male", "Male", " MALE "])
def test_case_and_space_do_not_change_a_code(text):
    assert read_sex(text) == Told(Sex.MALE)


def test_an_unknown_code_is_refused_with_the_nearest():
    assert read_sex("femal") == Wrong(Rule.NOT_A_CODE, "femal", "female")


def test_unknown_in_a_code_list_is_an_answer_and_no_value():
    assert read_sex("unknown") == Untold(Answer.UNKNOWN)


def test_none_does_not_fit_where_everybody_has_one():
    assert read_sex("none") == Wrong(Rule.NONE_DOES_NOT_FIT, "none")


def test_none_fits_where_a_person_may_have_none():
    read_hair = cells.code(HairColour, may_be_none=True)

    assert read_hair("none") == Untold(Answer.ABSENT)


@pytest.mark.parametrize("read", [cells.number(0, 1), cells.day, cells.country, cells.words])
@pytest.mark.parametrize(
    ("text", "answer"), [("unknown", Answer.UNKNOWN), ("refused", Answer.REFUSED)]
)
def test_asked_without_result_is_an_answer_in_every_column(read, text, answer):
    assert read(text) == Untold(answer)


def test_a_country_is_two_letters():
    assert cells.country("hn") == Told("HN")


def test_a_countrys_name_is_refused():
    assert cells.country("Honduras").rule is Rule.NOT_A_COUNTRY


def test_nationalities_are_a_list_that_may_hold_stateless():
    assert cells.nationalities("HN|stateless| gt ") == Told(Listed.of("HN", "stateless", "GT"))


def test_one_bad_nationality_spoils_the_list():
    assert cells.nationalities("HN|Zz").rule is Rule.NOT_A_COUNTRY


def test_marks_are_read_part_by_part_and_words_may_hold_colons():
    read = cells.marks("tattoo:forearm:left:dice: «mamá»|scar:knee")

    assert read == Told(
        Listed.of(
            Mark(MarkType.TATTOO, BodySite.FOREARM, Side.LEFT, "dice: «mamá»"),
            Mark(MarkType.SCAR, BodySite.KNEE),
        )
    )


def test_clothing_is_read_part_by_part():
    read = cells.articles("t_shirt:red:Nike:número 7|jeans::unknown:")

    assert read == Told(
        Listed.of(
            Article(ArticleItem.T_SHIRT, Colour.RED, "Nike", "número 7"),
            Article(ArticleItem.JEANS, None, "unknown", ""),
        )
    )


@pytest.mark.parametrize(
    "text", ["tatoo:arm", "tattoo:arn", "tattoo:arm:up", ":arm:left", "unknown:arm"]
)
def test_a_mark_with_an_unknown_part_is_refused(text):
    assert cells.marks(text).rule is Rule.NOT_A_CODE


@pytest.mark.parametrize("text", ["shirtt", "shirt:rojo", ":red"])
def test_an_article_with_an_unknown_part_is_refused(text):
    assert cells.articles(text).rule is Rule.NOT_A_CODE


@pytest.mark.parametrize(
    ("text", "answer"),
    [("none", Answer.ABSENT), ("Unknown", Answer.UNKNOWN), ("refused", Answer.REFUSED)],
)
def test_an_empty_list_says_why_it_is_empty(text, answer):
    assert cells.marks(text) == Told(Listed((), answer))


def test_none_among_items_contradicts_them():
    assert cells.marks("scar:knee|none").rule is Rule.ANSWER_AMONG_ITEMS


def test_bars_without_items_were_not_recorded():
    assert cells.marks(" | ") == Told(Listed())


def test_a_chart_is_read_tooth_by_tooth_in_the_words_of_several_programs():
    found = cells.teeth("16:restored | 46:missing_ante_mortem | 21:Crown | 55:caries")

    assert found == Told(
        Listed.of(
            Tooth(16, ToothState.RESTORED),
            Tooth(46, ToothState.MISSING),
            Tooth(21, ToothState.CROWN),
            Tooth(55, ToothState.DECAYED),
        )
    )


@pytest.mark.parametrize(
    "text", ["19:sound", "10:sound", "56:sound", "91:sound", "sound", "²1:x"]
)
def test_a_number_that_is_no_tooth_is_refused(text):
    assert cells.teeth(text).rule is Rule.NOT_A_TOOTH


def test_a_state_that_no_tooth_has_is_refused_with_the_nearest():
    found = cells.teeth("16:restord")

    assert (found.rule, found.hint) == (Rule.NOT_A_CODE, ToothState.RESTORED)


def test_a_tooth_charted_twice_must_be_charted_alike():
    assert cells.teeth("16:sound|16:crown").rule is Rule.TOOTH_CHARTED_TWICE
    assert cells.teeth("16:sound|16:sound").value.items[0] == Tooth(16, ToothState.SOUND)


def test_a_chart_may_be_unknown():
    assert cells.teeth("unknown") == Told(Listed((), Answer.UNKNOWN))
    assert cells.teeth("16:sound|none").rule is Rule.ANSWER_AMONG_ITEMS


def test_a_number_keeps_its_scheme_if_it_has_one():
    found = cells.numbers_with_scheme("DPI: 1234 | 99")

    assert found == Told(Listed.of(Numbered("dpi", "1234"), Numbered("", "99")))


def test_telephones_and_other_names_are_lists_of_text():
    assert cells.phones("+502 1 | 2") == Told(Listed.of("+502 1", "2"))
    assert cells.texts("Chuy|Beto") == Told(Listed.of("Chuy", "Beto"))
