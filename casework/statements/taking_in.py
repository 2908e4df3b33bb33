"""What a file says of a record, kept in its copy: each word once, with who said it and when."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.dataset.catalogue import field_at
from casework.statements.columns import Method
from casework.statements.describing import Described
from casework.statements.picture import WITHDRAWN, Assertion, picture_of
from casework.statements.reading import assertions_of
from casework.statements.written import WrittenAssertion, WrittenStatement

_TREE = "dna_family/"
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
    """Keep the statements of a file that the copy lacks; `held` are those it has, opened.

    What is a row of its own where it comes from, such as somebody's place in a family tree,
    is there as a newer file has it, and no longer as an older one had it.
    """
    known = _known(described, held)
    overtaken = _overtaken(described, written, held)
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
            _put(described, rows[each.number], each, numbers=numbers, overtaken=overtaken)
    if gone := _gone(written, overtaken):
        row = described.statement(
            case=about, method=Method.IMPORT, entered_by=by, entered_at=at, finished_at=at
        )
        setattr(row, field_at(described.kind, next(iter(gone))).reveals.value, gone)
        session.add(row)
    session.flush()


def _overtaken(
    described: Described, written: Sequence[WrittenStatement], held: Sequence[Any]
) -> dict[str, set[int]]:
    """Name what earlier files brought of rows, by path, and this one does not have."""
    told = {_word(path, each) for each in written for path in each.assertions}
    said = [
        each
        for row in held
        for group in described.groups
        for each in assertions_of(row, group, names=True)
        if field_at(described.kind, each.path).has_rows
    ]
    found: dict[str, set[int]] = {}
    for path, words in picture_of(said).items():
        gone = {each.statement for each in words if _is_row(each) and _key_of(each) not in told}
        if gone:
            found[path] = gone
    return found


def _is_row(word: Assertion) -> bool:
    return word.method is Method.IMPORT and not word.said_by


def _key_of(word: Assertion) -> Word:
    return _key(word.path, word, word)


def _gone(
    written: Sequence[WrittenStatement], overtaken: Mapping[str, set[int]]
) -> dict[str, dict[str, Any]]:
    """Say of whoever stands in a family tree no more, if the file has one, that they do not."""
    told = {path for each in written for path in each.assertions}
    if not any(path.startswith(_TREE) for path in told):
        return {}
    return {
        path: {"value": WITHDRAWN, "replaces": sorted(numbers)}
        for path, numbers in overtaken.items()
        if path.startswith(_TREE) and path not in told
    }


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
    *,
    numbers: Mapping[tuple[int, str], int],
    overtaken: Mapping[str, set[int]],
) -> None:
    told: dict[str, dict[str, Any]] = {}
    for path, each in written.assertions.items():
        group = field_at(described.kind, path).reveals.value
        word = told.setdefault(group, {})[path] = _assertion(path, each, numbers)
        word["replaces"] = sorted({*word["replaces"], *overtaken.get(path, ())})
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
