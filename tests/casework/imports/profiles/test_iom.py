"""IOM's incidents, in all the layouts they were given out in.

Rows marked so are excerpts of the Missing Migrants Project, IOM, CC BY 4.0; the others are
made up to carry one fault each.
"""

from datetime import date, timedelta

import pytest

from casework.imports.problems import rules_of
from casework.imports.profiles.iom import PILE, PROFILE
from casework.imports.profiles.iom_layouts import CAUSES, COLUMNS, LAYOUTS
from casework.imports.reading import RawRow
from casework.values import DateRange

FULL = "all-data-2025"
HARSH = CAUSES["harsh_conditions"]
HONG_KONG = "China, Hong Kong Special Administrative Region"
DAY = date(2022, 5, 12)


def a_row(layout=FULL, /, line=2, **fields):
    """Build a row in `layout` from our names of the fields; ordinary unless said."""
    ordinary = {
        "id": "2022.MMP0571",
        "incident_id": "2022.MMP0571",
        "type": "Incident",
        "region": "Central America",
        "date": "2022-05-12",
        "year": "2022",
        "month": "May",
        "dead": "1",
        "total": "1",
        "cause": "Drowning",
        "country": "Mexico",
        "coordinates": "25.87, -97.50",
        "route": "US-Mexico border crossing",
        "quality": "5",
    }
    columns = COLUMNS[layout]
    cells = dict.fromkeys(columns.values(), "")
    cells |= {columns[k]: v for k, v in (ordinary | fields).items() if k in columns}
    return RawRow(line, cells)


def read(*rows, layout=FULL):
    return list(PROFILE.read(layout, rows))


def read_one(layout=FULL, /, **fields):
    return read(a_row(layout, **fields), layout=layout)[0]


def rules(row):
    return rules_of(row.problems)


def test_every_layout_is_recognised_by_its_own_header():
    recognised = {name: PROFILE.layout_of(list(COLUMNS[name].values())) for name in LAYOUTS}

    assert recognised == {name: name for name in LAYOUTS}


def test_an_ordinary_row_becomes_a_draft_without_a_word():
    row = read_one(
        dead="11", missing="2", total="13", survivors="38", females="9", children="2",
        countries_of_origin="Haiti", regions_of_origin="Caribbean", unsd="Caribbean",
        url="https://a.example/x,y https://b.example/",
    )  # fmt: skip

    draft = row.draft
    assert (row.outcome, row.problems) == ("accepted", ())
    assert (draft.source, draft.source_key) == ("iom-mmp", "2022.MMP0571")
    assert draft.when == DateRange(DAY, DAY)
    assert (draft.dead, draft.missing, draft.survivors) == (11, 2, 38)
    assert (draft.females, draft.males, draft.children) == (9, None, 2)
    assert (draft.country, draft.country_text) == ("MX", "Mexico")
    assert (draft.lat, draft.lon, draft.location_precision) == (25.87, -97.50, "point")
    assert draft.countries_of_origin == ("HT",)
    assert draft.urls == ("https://a.example/x,y", "https://b.example/")
    assert draft.source_quality == (5,)


@pytest.mark.parametrize(
    ("layout", "written"),
    [
        ("download-2019", "May 12, 2022"),
        ("workbook-2022", "2022-05-12"),
        ("workbook-2022", "2022-05-12T12:00:00"),
        ("all-data-2025", "2022-05-12"),
        ("hdx-api-2024", "2022-05-12"),
        ("download-2026", "Thu, 05/12/2022 - 12:00"),
    ],
)
def test_each_layout_writes_the_same_day_in_its_own_way(layout, written):
    row = read_one(layout, date=written)

    assert row.draft.when == DateRange(DAY, DAY)
    assert "date" not in " ".join(rules(row))


def test_the_same_incident_has_the_same_key_in_every_layout_with_ids():
    keys = {
        read_one(layout).draft.source_key
        for layout in ("workbook-2022", "all-data-2025", "hdx-api-2025", "download-2026")
    }

    assert keys == {"2022.MMP0571"}


def test_an_incident_of_a_group_is_known_by_both_ids():
    row = read_one("download-2026", id="2026.MMP0081", incident_id="2026.MMP008187")

    assert row.draft.source_key == "2026.MMP0081/2026.MMP008187"


def test_a_point_with_longitude_first_is_read_in_that_order():
    # Excerpt: IOM Missing Migrants Project, 2018.MMP00089, CC BY 4.0.
    row = read_one(
        "workbook-2022", coordinates="POINT (-104.129113 30.2252871)", region="North America"
    )

    assert (row.draft.lat, row.draft.lon) == (30.2252871, -104.129113)
    assert rules_of(LAYOUTS["workbook-2022"].notes) == ["point_lon_lat"]


def test_a_file_without_ids_or_days_is_known_by_its_content():
    first, other = read(
        a_row("no-id-2023", dead="1"), a_row("no-id-2023", dead="2"), layout="no-id-2023"
    )
    (alone,) = read(a_row("no-id-2023", dead="1"), layout="no-id-2023")

    assert first.draft.key_is_fingerprint
    assert first.draft.source_key == alone.draft.source_key != other.draft.source_key
    assert first.draft.when == DateRange(date(2022, 5, 1), date(2022, 5, 31))
    assert {"no_id", "no_day"} <= set(rules(first))


def test_zeros_that_were_blanks_are_not_recorded():
    row = read_one("no-id-2023", dead="1", missing="0", survivors="0", males="1", children="0")

    assert (row.draft.dead, row.draft.males) == (1, 1)
    assert (row.draft.missing, row.draft.survivors, row.draft.children) == (None, None, None)
    assert "blank_became_zero" in rules(row)


def test_a_zero_stays_a_zero_where_blanks_are_blank():
    assert read_one(females="0").draft.females == 0


@pytest.mark.parametrize(
    ("fields", "rule", "earliest", "latest"),
    [
        ({"date": ""}, "date_blank", date(2022, 5, 1), date(2022, 5, 31)),
        ({"date": "0"}, "date_zero", date(2022, 5, 1), date(2022, 5, 31)),
        ({"date": "0", "month": ""}, "date_zero", date(2022, 1, 1), date(2022, 12, 31)),
        ({"date": "en mayo"}, "date_unreadable", date(2022, 5, 1), date(2022, 5, 31)),
        ({"date": "2022-02-30"}, "date_unreadable", date(2022, 5, 1), date(2022, 5, 31)),
        ({"date": "44693"}, "date_as_excel_number", DAY, DAY),
        ({"date": "2022-05-12", "year": "2021"}, "year_disagrees", DAY, DAY),
        ({"date": "Fri, 05/12/2022 - 12:00"}, "weekday_disagrees", DAY, DAY),
    ],
)
def test_a_doubtful_date_is_named_and_no_day_is_made_up(fields, rule, earliest, latest):
    row = read_one(**fields)

    assert rules(row) == [rule]
    assert row.draft.when == DateRange(earliest, latest)


def test_a_row_that_says_not_even_the_year_stands_aside_whole():
    row = read_one(date="", year="", month="")

    assert (row.outcome, row.draft) == ("quarantined", None)
    assert rules(row) == ["no_date"]
    assert row.original["Main ID"] == "2022.MMP0571"


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"missing": "-5"}, "negative_missing"),
        ({"survivors": "-1"}, "negative_count"),
        ({"survivors": "varios"}, "not_a_number"),
        ({"females": "1", "males": "1"}, "sexes_exceed_total"),
        ({"children": "2"}, "children_exceed_total"),
        ({"dead": "2", "total": "1"}, "total_disagrees"),
        ({"dead": "", "total": "0"}, "nobody_counted"),
        ({"country": "Atlantis", "coordinates": ""}, "unknown_country"),
        ({"countries_of_origin": "Atlantis"}, "unknown_country"),
        ({"quality": "9"}, "unknown_code"),
        ({"type": "Accident"}, "unknown_code"),
        ({"coordinates": "cerca de Tapachula"}, "coordinates_unreadable"),
        ({"id": "", "incident_id": ""}, "no_id"),
        ({"id": "\ufeff2022.MMP0571"}, "bom_inside_id"),
        ({"incident_id": "2022.MMP0571\u200b"}, "bom_inside_id"),
    ],
)
def test_an_impossible_value_is_named_and_the_row_is_kept(fields, rule):
    row = read_one(**fields)

    assert rules(row) == [rule]
    assert row.outcome == "accepted_with_warning"


def test_negative_counts_are_not_recorded():
    draft = read_one(missing="-5", survivors="-1").draft

    assert (draft.missing, draft.survivors) == (None, None)


@pytest.mark.parametrize(
    ("country", "coordinates", "rule"),
    [
        # Excerpts: IOM Missing Migrants Project, 2022.MMP2072, 2019 (Burkina Faso),
        # 2020 (Chile), CC BY 4.0.
        ("United States of America", "32.709856, 115.032154", "longitude_sign_lost"),
        ("Burkina Faso", "-1.52105, 12.368721", "axis_order_reversed"),
        ("Chile", "19.2683361, -68.63540398", "latitude_sign_lost"),
        ("Mexico", "0, 0", "coordinates_zero"),
        ("Mexico", "25.87, -397.5", "coordinates_impossible"),
    ],
)
def test_a_point_proven_wrong_is_left_empty_and_not_mended(country, coordinates, rule):
    row = read_one(country=country, coordinates=coordinates)

    assert rules(row) == [rule]
    assert (row.draft.lat, row.draft.lon, row.draft.location_precision) == (None, None, "none")
    assert row.original["Coordinates"] == coordinates


def test_a_lost_sign_is_seen_by_the_region_where_no_country_is_named():
    row = read_one("download-2019", coordinates="20.5, 101.4")

    assert rules(row) == ["longitude_sign_lost"]


def test_a_point_far_from_its_country_is_kept_with_a_warning():
    # Excerpt: IOM Missing Migrants Project, 2019.MMP00655, CC BY 4.0.
    row = read_one(country="Mexico", coordinates="38.701231409, 44.242474772")

    assert rules(row) == ["far_from_country"]
    assert row.draft.lat == 38.701231409


def test_whole_degrees_say_how_little_they_know():
    row = read_one("hdx-api-2024", coordinates="8, -77", country="Panama")

    assert rules(row) == ["rounded_coordinates"]
    assert (row.draft.location_precision, row.draft.radius_km) == ("whole_degree", 80.0)


def test_several_values_in_a_cell_are_all_kept_and_names_with_commas_stay_whole():
    row = read_one(
        region="Central America,North America",
        countries_of_origin=f"Honduras,Mixed/Unknown,{HONG_KONG}",
        cause=f"Drowning,{HARSH}",
        quality="3,5",
        type="Incident,Split Incident",
    )  # fmt: skip

    draft = row.draft
    assert set(rules(row)) == {"several_values_in_cell"}
    assert draft.region == "Central America|North America"
    assert draft.countries_of_origin == ("HN", "HK")
    assert draft.causes == ("Drowning", HARSH)
    assert draft.cause_codes == ("drowning", "harsh_conditions")
    assert draft.source_quality == (3, 5)
    assert draft.incident_type == "incident|split"


def test_two_countries_of_one_incident_are_kept_as_words_only():
    row = read_one(country="Mexico,Guatemala")

    assert (row.draft.country, row.draft.country_text) == (None, "Mexico|Guatemala")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *((name, code) for code, name in CAUSES.items()),
        ("Fall from train", "vehicle_accident"),
        ("Presumed drowning", "drowning"),
        ("Severe dehydration", "harsh_conditions"),
        ("Shot or stabbed", "violence"),
        ("Cardiac arrest", "sickness"),
        ("Fell from the Border Wall", "accident"),
        ("Unknown (skeletal remains)", "mixed_or_unknown"),
        ("Rickettsiosis", "other"),
    ],
)
def test_older_free_words_fall_into_the_categories_of_today(words, code):
    assert read_one(cause=words).draft.cause_codes == (code,)


def test_rows_with_one_id_are_kept_apart_whatever_their_order():
    one, two = a_row(line=2, dead="1"), a_row(line=3, dead="2", total="2")

    forward, backward = read(one, two), read(two, one)

    keys = {row.draft.source_key for row in forward}
    assert len(keys) == len(forward)
    assert keys == {row.draft.source_key for row in backward}
    assert [rules(row) for row in forward] == [["repeated_id"]] * 2


@pytest.mark.parametrize("layout", ["no-id-2023", FULL])
def test_rows_that_differ_only_in_a_small_thing_are_still_kept_apart(layout):
    rows = [a_row(layout, line=i, information_source=name) for i, name in ((2, "A"), (3, "B"))]

    read_rows = read(*rows, layout=layout)

    assert len({row.draft.source_key for row in read_rows}) == len(rows)
    assert all(rules(row).count("repeated_id") == 1 for row in read_rows)


def test_a_row_that_repeats_another_cell_by_cell_stands_aside():
    first, twin = read(a_row(line=2), a_row(line=3))

    assert (rules(first), first.draft.source_key) == ([], "2022.MMP0571")
    assert (twin.outcome, twin.draft) == ("quarantined", None)
    assert [(p.rule, p.detail) for p in twin.problems] == [("repeated_row", "2")]


def test_many_days_at_one_point_make_it_the_centre_of_a_place():
    days = [(DAY + timedelta(days=i)).isoformat() for i in range(PILE)]
    rows = [a_row(line=i, id=f"x{i}", incident_id="", date=d) for i, d in enumerate(days)]

    piled, not_yet = read(*rows), read(*rows[1:])

    assert {row.draft.location_precision for row in piled} == {"pile"}
    assert {tuple(rules(row)) for row in piled} == {("centroid_pile",)}
    assert {row.draft.location_precision for row in not_yet} == {"point"}


def test_one_shipwreck_over_many_rows_is_no_pile():
    rows = [a_row(line=i, id=f"x{i}", incident_id="") for i in range(PILE + 1)]

    assert {row.draft.location_precision for row in read(*rows)} == {"point"}


def test_a_row_whose_cells_do_not_fit_stands_aside_with_all_its_text():
    torn = RawRow(7, {"Main ID": "x"}, surplus=("de más",), width=1)

    (row,) = read(torn)

    assert (row.outcome, rules(row)) == ("quarantined", ["cells_do_not_fit_header"])
    assert row.original == {"Main ID": "x", "+1": "de más"}


def test_every_row_comes_back_once_in_the_order_of_the_file():
    rows = [a_row(line=2), a_row(line=3, date="", year=""), a_row(line=4), a_row(line=5, id="")]

    assert [row.line for row in read(*rows)] == [2, 3, 4, 5]


def test_a_layout_says_nothing_of_what_it_has_no_column_for():
    full, workbook = read_one().draft, read_one("workbook-2022").draft

    assert {"country", "countries_of_origin"} <= workbook.unstated
    assert "article_title" in full.unstated
    assert not {"country", "dead", "lat"} & full.unstated
