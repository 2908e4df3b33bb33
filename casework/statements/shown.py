"""What a step of the form shows of each field: its inputs filled, and what else was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.codes import COUNTRIES, Answer
from casework.dataset.shape import Field, Kind, Level
from casework.dataset.telling import tell_entry, tell_value
from casework.dataset.values import Value, typed_value, why_none
from casework.statements.fingerprint import fingerprint
from casework.statements.form import input_name, written_numbers
from casework.statements.picture import Assertion, Picture, entries_in, preferred
from casework.statements.saying import new_entry
from casework.statements.teeth import TEETH, shown_fingerprint
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.pieces import Choice

WHY_WORDS = {
    Answer.UNKNOWN: marked("se preguntó: no se sabe"),
    Answer.REFUSED: marked("prefirió no decir"),
    Answer.ABSENT: marked("se preguntó: no tiene"),
}


@dataclass(frozen=True, slots=True)
class ShownField:
    """One question: `texts` are its inputs by name, `others` what was said otherwise."""

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
    others: tuple[str, ...] = ()
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
class ShownEntry:
    """One of several things of the same kind, or the place for another one."""

    name: str
    summary: str
    is_new: bool
    seen: str
    was: str
    parts: tuple[ShownField, ...]


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
        was=_as_sent(typed, f"was.{field.key}", fingerprint(value)),
        others=_others(field, standing, teller),
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
    )


def _as_sent(typed: Typed, name: str, now: str) -> str:
    """Carry on what a page stood on, where its own words are shown again; else what is kept."""
    return next(iter(typed.texts.get(name, ())), "") if name in typed.texts else now


def choices_of(field: Field, teller: Teller) -> tuple[Choice, ...]:
    """List the choices of a field in the reader's words."""
    words = field.codes.words if field.codes else {}
    return tuple(Choice(code, teller.gettext(said)) for code, said in words.items())


def country_suggestions(teller: Teller) -> tuple[str, ...]:
    """List the countries by name, once for all inputs of a page."""
    return tuple(sorted(teller.country(code) for code in COUNTRIES))


def _texts(field: Field, value: Value, name: str, teller: Teller) -> dict[str, list[str]]:
    """Write a value into its inputs; a country by its name, as people type it."""
    texts = typed_value(field, value, name)
    named = {
        Kind.COUNTRY: name,
        Kind.COUNTRIES: name,
        Kind.PLACE: f"{name}_country",
    }.get(field.kind)
    if named in texts:
        texts[named] = [teller.country(code) for code in texts[named]]
    return texts


def _others(field: Field, standing: Sequence[Assertion], teller: Teller) -> tuple[str, ...]:
    """Say what others said otherwise, and who."""
    return tuple(
        f"{tell_value(field, each.value, teller) or teller.gettext('sin respuesta')}"
        + (f" ({each.said_by})" if each.said_by else "")
        for each in standing[1:]
        if each.value != standing[0].value
    )


def _numbers(standing: Iterable[Assertion]) -> str:
    return written_numbers({each.statement for each in standing})


def _problem(typed: Typed, name: str, teller: Teller) -> str:
    said = typed.problems.get(name, "")
    return said and teller.gettext(said)
