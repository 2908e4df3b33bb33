"""Whatever stands in the cells, every row comes back once and nothing breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.imports.profiles import PROFILES
from casework.imports.profiles.profile import Reads
from casework.imports.reading import RawRow
from matching.tables import read_missing, read_remains

LAYOUTS = [(profile, layout) for profile in PROFILES.values() for layout in profile.layouts]
# Half of the cells are near to what is meant: wild text alone is refused at the first step.
CELLS = st.one_of(
    st.sampled_from(
        ["", "0", "1.0", "-5", "2014", "2014-05-03", "20", "9" * 12, "1e400", "nan", "Unknown",
         "True", "Male", "Texas", "Mexico", "3, 4", "POINT (-99 20)", "99, -200", "0, 0",
         "Thu, 01/01/2026 - 12:00", "May 31, 2022", "60000", "Days", "Adult - Pre 50",
         '{"Tattoo": ["left|arm", "::"]}', '[["Clothing", "red shirt, |, and shoes"]]', "[]",
         "{}", '{"Tattoo": null}', "null", "Drowning,Violence", "\ufeff\u200b", "Infant"]
    ),
    st.text(max_size=12),
)  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "layout"), LAYOUTS, ids=[f"{p.name}-{layout}" for p, layout in LAYOUTS]
)
@given(data=st.data())
def test_every_row_has_one_outcome_and_keeps_its_text(profile, layout, data):
    columns = sorted(profile.layouts[layout].known)
    cells = st.lists(CELLS, min_size=len(columns), max_size=len(columns))
    rows = [
        RawRow(line, dict(zip(columns, values, strict=True)))
        for line, values in enumerate(data.draw(st.lists(cells, max_size=4)), start=2)
    ]

    read = list(profile.read(layout, rows))

    assert [row.line for row in read] == [row.line for row in rows]
    assert [row.original for row in read] == [row.cells for row in rows]
    for row in read:
        taken = row.draft is not None or row.plain is not None
        assert taken == (row.outcome != "quarantined")


@pytest.mark.parametrize("name", ["namus-missing", "namus-unidentified", "az-ogis"])
@given(data=st.data())
def test_the_engine_reads_every_row_that_was_translated(name, data):
    profile = PROFILES[name]
    ((layout, known),) = profile.layouts.items()
    reader = read_missing if profile.reads is Reads.MISSING else read_remains
    cells = {column: data.draw(CELLS) for column in sorted(known.known)}

    (row,) = profile.read(layout, [RawRow(2, cells)])

    if row.plain is not None:
        assert reader(row.plain.cells)[1] == ()
