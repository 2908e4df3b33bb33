"""No two lines that differ have one hash: fields cannot run over into each other."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from privacy.audit.canonical import Line, leaf_of, payload_hash_of

NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


@given(st.data())
def test_no_two_lines_that_differ_have_one_hash(data):
    drawn = st.text(alphabet='ab",:1 ', max_size=4)
    line = Line(
        *(1, uuid4(), NOON, NOON, 1, "role", 1),
        *(data.draw(drawn), data.draw(drawn), data.draw(drawn), "{}", "[]", b"s", b"", b""),
    )
    other = replace(
        line, deed=data.draw(drawn), purpose=data.draw(drawn), about=data.draw(drawn)
    )
    line, other = (replace(each, payload_hash=payload_hash_of(each)) for each in (line, other))

    assert (leaf_of(line) == leaf_of(other)) == (line == other)
