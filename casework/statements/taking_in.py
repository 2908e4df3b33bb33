"""What a file says of a record, kept in its copy: each word once, with who said it and when."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.dataset.catalogue import field_at
from casework.statements.columns import Method
from casework.statements.describing import Described
from casework.statements.picture import Assertion
from casework.statements.reading import assertions_of
from casework.statements.written import WrittenAssertion, WrittenStatement

# Path, value, how it is known, who said it, when it was written down, whether it decides.
Word = tuple[str, str, Method, str, str, bool]


def take_in(
    session: Session,
    described: Described,
    about: Any,
    written: Sequence[WrittenStatement],
    *,
    held: Sequence[Any],
    by: int,
    at: datetime,
) -> None:
    """Keep the statements of a file that the copy lacks; `held` are those it has, opened."""
    known = _known(described, held)
    rows = {
        each.number: _row(described, about, each, by=by, at=at)
        for each in written
        if any(_word(path, each) not in known for path in each.assertions)
    }
    session.add_all(rows.values())
    session.flush()
    numbers = {
        (each.number, path): known.get(_word(path, each)) or rows[each.number].id
        for each in written
        for path in each.assertions
    }
    for each in written:
        if each.number in rows:
            _put(described, rows[each.number], each, numbers)
    session.flush()


def _known(described: Described, held: Sequence[Any]) -> dict[Word, int]:
    return {
        _key(each.path, each, each): row.id
        for row in held
        for group in described.groups
        for each in assertions_of(row, group, names=True)
    }


def _word(path: str, written: WrittenStatement) -> Word:
    return _key(path, written.assertions[path], written)


def _key(
    path: str, word: Assertion | WrittenAssertion, said: Assertion | WrittenStatement
) -> Word:
    """Tell one word from another; what nobody is named for is known by what it says."""
    when = said.entered_at.astimezone(UTC).isoformat() if said.said_by else ""
    value = json.dumps(word.value, sort_keys=True)
    return path, value, said.method, said.said_by, when, word.goes_by is not None


def _row(
    described: Described, about: Any, written: WrittenStatement, *, by: int, at: datetime
) -> Any:
    return described.statement(
        case=about,
        method=written.method,
        said_by=written.said_by,
        said_on=written.said_on,
        entered_by=by,
        # When it was written down where it was said; here it is finished as it comes.
        entered_at=written.entered_at,
        finished_at=at,
    )


def _put(
    described: Described,
    row: Any,
    written: WrittenStatement,
    numbers: Mapping[tuple[int, str], int],
) -> None:
    told: dict[str, dict[str, Any]] = {}
    for path, each in written.assertions.items():
        group = field_at(described.kind, path).reveals.value
        told.setdefault(group, {})[path] = _assertion(path, each, numbers)
    for group, words in told.items():
        setattr(row, group, words)


def _assertion(
    path: str, written: WrittenAssertion, numbers: Mapping[tuple[int, str], int]
) -> dict[str, Any]:
    def here(statements: Iterable[int]) -> list[int]:
        return sorted(numbers[each, path] for each in statements if (each, path) in numbers)

    told: dict[str, Any] = {
        "value": written.value,
        "certainty": written.certainty.value,
        "replaces": here(written.replaces),
        "earlier": written.earlier,
        "undoes": here(written.undoes),
        "among": here(written.among),
        "why": written.why,
    }
    if written.goes_by is not None:
        told["goes_by"] = numbers.get((written.goes_by, path), 0)
    always = {"value", "replaces", "goes_by"}
    return {key: each for key, each in told.items() if each or key in always}
