"""What a step of the form shows of each field: its inputs filled, and what else was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.codes import COUNTRIES
from casework.dataset.shape import Field, Kind, Level
from casework.dataset.telling import WHY_WORDS, tell_answer, tell_code, tell_entry
from casework.dataset.values import Value, typed_value, why_none
from casework.listing import folded_text
from casework.statements.columns import Certainty
from casework.statements.fingerprint import fingerprint
from casework.statements.form import SURE, input_name, written_numbers
from casework.statements.picture import (
    Assertion,
    Picture,
    entries_in,
    is_contradicted,
    is_settled,
    preferred,
)
from casework.statements.saying import new_entry
from casework.statements.teeth import TEETH, shown_fingerprint
from casework.statements.words import CERTAINTY_WORDS
from casework.web.described import Teller
from casework.web.pieces import Choice


@dataclass(frozen=True, slots=True)
class ShownField:
    """One question: `texts` are its inputs by name, `words` what contradicts each other."""

    name: str
    label: str
    kind: Kind
    texts: Mapping[str, Sequence[str]]
    choices: tuple[Choice, ...] = ()
    whys: tuple[Choice, ...] = ()
    unit: str = ""
    hint: str = ""
    error: str = ""
    seen: str = ""
    was: str = ""
    words: tuple["ShownWord", ...] = ()
    sures: tuple[Choice, ...] = ()
    sure: str = ""
    is_wanted: bool = False
    is_asked_apart: bool = False
    entries: tuple["ShownEntry", ...] = ()

    @property
    def kept(self) -> list[tuple[str, str, str]]:
        """Give what it and its entries stand on: name, statements seen, what was shown."""
        entries = [(each.name, each.seen, each.was) for each in self.entries]
        return [(self.name, self.seen, self.was), *entries]

    def one(self, suffix: str = "") -> str:
        """Give the text of one of its inputs."""
        return next(iter(self.texts.get(self.name + suffix, ())), "")

    def several(self) -> Sequence[str]:
        """Give all texts of its input."""
        return self.texts.get(self.name, ())


@dataclass(frozen=True, slots=True)
class ShownWord:
    """One of several words that contradict each other, and whether it is gone by."""

    text: str
    said_by: str
    statement: int
    is_first: bool
    decided: str  # why to go by it, if that was decided and nobody said more since
    is_decided: bool


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One of several things of the same kind, or the place for another one."""

    name: str
    summary: str
    is_new: bool
    seen: str
    was: str
    parts: tuple[ShownField, ...]
    words: tuple[ShownWord, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What the browser sent, where a step is shown again: it goes before what is kept."""

    texts: Mapping[str, Sequence[str]]
    problems: Mapping[str, str]


NOTHING_TYPED = Typed({}, {})


def show_fields(
    fields: Iterable[Field], picture: Picture, teller: Teller, typed: Typed = NOTHING_TYPED
) -> tuple[ShownField, ...]:
    """Show each question with what stands, or with what was just typed."""
    return tuple(_show(field, picture, teller, typed) for field in fields)


def _show(field: Field, picture: Picture, teller: Teller, typed: Typed) -> ShownField:
    standing = picture.get(field.key, ())
    value = preferred(picture, field.key)
    is_list = field.kind is Kind.ENTRIES
    texts = _texts(field, value, field.key, teller) if not is_list or why_none(value) else {}
    return ShownField(
        name=field.key,
        label=teller.gettext(field.label),
        kind=field.kind,
        texts=texts | dict(typed.texts),
        choices=choices_of(field, teller),
        whys=tuple(Choice(code, teller.gettext(words)) for code, words in WHY_WORDS.items()),
        unit=field.unit and teller.gettext(field.unit),
        hint=field.hint and teller.gettext(field.hint),
        error=_problem(typed, field.key, teller),
        seen=_as_sent(typed, f"seen.{field.key}", _numbers(standing)),
        was=_as_sent(typed, f"was.{field.key}", _shown_stamp(field, standing)),
        words=words_of(field, picture, field.key, teller),
        sures=_sures(field, teller),
        sure=_as_sent(typed, f"{SURE}.{field.key}", _sure(standing)),
        is_wanted=field.level is Level.WANTED,
        is_asked_apart=field.asked_apart,
        entries=_entries(field, picture, teller, typed) if is_list else (),
    )


def _entries(
    field: Field, picture: Picture, teller: Teller, typed: Typed
) -> tuple[ShownEntry, ...]:
    kept = entries_in(picture, field.key)
    new = [
        f"{field.key}/{name.removeprefix(f'seen.{field.key}.')}"
        for name in typed.texts
        if name.startswith(f"seen.{field.key}.")
    ]
    paths = [f"{field.key}/{number}" for number in kept]
    paths += [path for path in new if path not in paths]
    if field.key != TEETH:
        paths.append(new_entry(field.key))
    return tuple(_entry(field, path, picture, teller, typed) for path in paths)


def _entry(  # noqa: PLR0917 - the words of every piece, and which entry
    field: Field, path: str, picture: Picture, teller: Teller, typed: Typed
) -> ShownEntry:
    value: Mapping[str, Value] = preferred(picture, path) or {}
    name = input_name(path)
    parts = tuple(
        ShownField(
            name=f"{name}.{part.key}",
            label=teller.gettext(part.label),
            kind=part.kind,
            texts=_texts(part, value.get(part.key), f"{name}.{part.key}", teller)
            | dict(typed.texts),
            choices=choices_of(part, teller),
            unit=part.unit and teller.gettext(part.unit),
            hint=part.hint and teller.gettext(part.hint),
            error=_problem(typed, f"{name}.{part.key}", teller),
        )
        for part in field.parts
    )
    was = shown_fingerprint(value) if field.key == TEETH else fingerprint(value or None)
    return ShownEntry(
        name=name,
        summary=tell_entry(field, value, teller),
        is_new=path not in picture,
        seen=_as_sent(typed, f"seen.{name}", _numbers(picture.get(path, ()))),
        was=_as_sent(typed, f"was.{name}", was),
        parts=parts,
        words=words_of(field, picture, path, teller),
    )


def _as_sent(typed: Typed, name: str, now: str) -> str:
    """Carry on what a page stood on, where its own words are shown again; else what is kept."""
    return next(iter(typed.texts.get(name, ())), "") if name in typed.texts else now


def choices_of(field: Field, teller: Teller) -> tuple[Choice, ...]:
    """List the choices of a field in the reader's words."""
    listed = field.codes
    codes = listed.words if listed else ()
    return tuple(Choice(code, tell_code(listed, code, teller)) for code in codes if listed)


def country_suggestions(teller: Teller) -> tuple[str, ...]:
    """List the countries by name, once for all inputs of a page."""
    return tuple(sorted((teller.country(code) for code in COUNTRIES), key=folded_text))


def _texts(field: Field, value: Value, name: str, teller: Teller) -> dict[str, list[str]]:
    """Write a value into its inputs as people type it: a country by name, a day in words."""
    texts = typed_value(field, value, name)
    if field.kind is Kind.DAYS:
        typed_day = teller.wording.typed_day
        return {end: [typed_day(each) for each in days] for end, days in texts.items()}
    named = {
        Kind.COUNTRY: name,
        Kind.COUNTRIES: name,
        Kind.PLACE: f"{name}_country",
    }.get(field.kind)
    if named in texts:
        texts[named] = [teller.country(code) for code in texts[named]]
    return texts


def words_of(
    field: Field, picture: Picture, path: str, teller: Teller
) -> tuple[ShownWord, ...]:
    """Say who said what, where not all say the same."""
    if not is_contradicted(picture, path):
        return ()
    settled = is_settled(picture, path)
    return tuple(
        ShownWord(
            text=tell_answer(field, each.value, teller),
            said_by=each.said_by,
            statement=each.statement,
            is_first=each is picture[path][0],
            decided=each.decision.why if each.decision and settled else "",
            is_decided=each.decision is not None and settled,
        )
        for each in picture[path]
    )


def asks_how_sure(field: Field) -> bool:
    """Say whether a question also asks how sure its answer is: where it helps to find them."""
    return field.level is Level.WANTED and field.kind is not Kind.ENTRIES


def _shown_stamp(field: Field, standing: Sequence[Assertion]) -> str:
    if not standing:
        return ""
    return fingerprint(
        standing[0].value, standing[0].certainty if asks_how_sure(field) else None
    )


def _sure(standing: Sequence[Assertion]) -> str:
    return str(standing[0].certainty if standing else Certainty.CERTAIN)


def _sures(field: Field, teller: Teller) -> tuple[Choice, ...]:
    if not asks_how_sure(field):
        return ()
    return tuple(Choice(each, teller.gettext(words)) for each, words in CERTAINTY_WORDS.items())


def _numbers(standing: Iterable[Assertion]) -> str:
    return written_numbers({each.statement for each in standing})


def _problem(typed: Typed, name: str, teller: Teller) -> str:
    said = typed.problems.get(name, "")
    return said and teller.gettext(said)
