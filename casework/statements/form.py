"""One step of a form: what a browser sent, as values for paths of the minimum data set.

Inputs are named by path, with a dot where the path has a slash: `hair`, `marks.3f2a.site`.
Beside each stand `seen.…`, the statements whose word was shown, and `was.…`, what was shown;
so only what somebody changed is said, and a page that lacks a field takes nothing back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casework.dataset.shape import Field, Kind, RecordKind
from casework.dataset.values import Given, Value, read_value
from casework.statements.columns import Certainty
from casework.statements.fingerprint import fingerprint
from casework.statements.saying import Said
from casework.statements.teeth import TEETH, read_teeth
from casework.web.form_values import Unreadable
from casework.web.languages import marked

REMOVED = "yes"
SURE = "sure"  # before the name of an input: how sure whoever said it is


@dataclass(frozen=True, slots=True)
class StepRead:
    """What was changed in a step, and what could not be read, by the name of its input."""

    said: Mapping[str, Said]
    problems: Mapping[str, str]


@dataclass(slots=True)
class _Reading:
    given: Given
    said: dict[str, Said] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def attempt(self, asked: Field, name: str) -> Value:
        try:
            return read_value(asked, self.given, name)
        except Unreadable as error:
            self.problems[name] = str(error)
            return None

    def keep(self, path: str, value: Value) -> None:
        """Keep a value, unless it is what the page showed."""
        name = input_name(path)
        certainty = self._certainty(name)
        if _stamp(self.given, name, value, certainty) != self.given.one(f"was.{name}"):
            seen = seen_in(self.given.one(f"seen.{name}"))
            self.said[path] = Said(value, seen, certainty)

    def _certainty(self, name: str) -> Certainty:
        given = self.given.one(f"{SURE}.{name}")
        if given and given not in set(Certainty):
            self.problems[name] = marked("Elija una opción de la lista.")
            return Certainty.CERTAIN
        return Certainty(given or Certainty.CERTAIN)


def read_step(kind: RecordKind, fields: Iterable[Field], given: Given) -> StepRead:
    """Read the fields that a page showed; what cannot be read keeps nothing else from it."""
    reading = _Reading(given)
    for asked in fields:
        if asked.said_there or f"seen.{asked.key}" not in given.texts:
            continue
        before = len(reading.problems)
        value = reading.attempt(asked, asked.key)
        if len(reading.problems) == before:
            reading.keep(asked.key, value)
        if asked.key == TEETH:
            _read_teeth(reading, kind)
        elif asked.kind is Kind.ENTRIES:
            _read_entries(reading, asked)
    return StepRead(reading.said, reading.problems)


def input_name(path: str) -> str:
    """Name the input of a path."""
    return path.replace("/", ".")


def path_of(name: str) -> str:
    """Give the path of an input."""
    return name.replace(".", "/")


def stands_on(given: Given, said: Mapping[str, Said], statement: int | None) -> Given:
    """Give a page's inputs as they are once it was saved, for when it is sent again.

    Only what the page itself said is brought up to date. What others wrote meanwhile was not
    before anybody's eyes: it is not counted as seen, nor its field as changed.
    """
    texts = dict(given.texts)
    for path, each in said.items():
        name = input_name(path)
        seen = each.seen if statement is None else each.seen | {statement}
        texts[f"seen.{name}"] = [written_numbers(seen)]
        texts[f"was.{name}"] = [_stamp(given, name, each.value, each.certainty)]
    return Given(texts)


def kept_inputs(given: Given) -> list[tuple[str, str, str]]:
    """Give what each input of a page stands on: its name, statements seen, what was shown."""
    names = [name.removeprefix("seen.") for name in given.texts if name.startswith("seen.")]
    return [(name, given.one(f"seen.{name}"), given.one(f"was.{name}")) for name in names]


def written_numbers(statements: Iterable[int]) -> str:
    """Write the numbers of statements as an input carries them."""
    return ",".join(str(number) for number in sorted(statements))


def _read_entries(reading: _Reading, asked: Field) -> None:
    for number in _entry_numbers(reading.given, asked.key):
        name = f"{asked.key}.{number}"
        before = len(reading.problems)
        parts = {part.key: reading.attempt(part, f"{name}.{part.key}") for part in asked.parts}
        entry = {key: value for key, value in parts.items() if value is not None}
        if reading.given.one(f"{name}.remove") == REMOVED:
            entry = {}
        if len(reading.problems) == before:
            reading.keep(f"{asked.key}/{number}", entry or None)


def _read_teeth(reading: _Reading, kind: RecordKind) -> None:
    """Read a chart: a tooth that stood in it and is not said any more is taken back."""
    said, problem = read_teeth(kind, reading.given)
    if problem:
        reading.problems[TEETH] = problem
        return
    shown = {f"{TEETH}/{number}" for number in _entry_numbers(reading.given, TEETH)}
    for path in sorted(shown | said.keys()):
        reading.keep(path, said.get(path))


def _entry_numbers(given: Given, key: str) -> Iterator[str]:
    start = f"seen.{key}."
    for name in given.texts:
        if name.startswith(start):
            yield name.removeprefix(start)


def _stamp(given: Given, name: str, value: Value, certainty: Certainty) -> str:
    """Tell what was shown of an answer: how sure it is only where the page asked that."""
    return fingerprint(value, certainty if f"{SURE}.{name}" in given.texts else None)


def seen_in(text: str) -> frozenset[int]:
    """Read the numbers of statements that an input carries."""
    return frozenset(int(part) for part in text.split(",") if part.isdecimal())
