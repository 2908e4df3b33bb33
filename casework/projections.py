"""What the registers project alike: a person's description, in columns of the same names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from casework.codes import (
    ArticleItem,
    BloodGroup,
    BodySite,
    Build,
    Colour,
    EyeColour,
    HairColour,
    Handedness,
    MarkType,
    Side,
)
from casework.dataset.code_lists.people import DOCUMENT
from casework.dataset.values import Value
from casework.record_codes import NameKind
from casework.statements.projecting import (
    BETWEEN_ITEMS,
    Entry,
    Projected,
    ProjectedEntries,
    answered,
    carried_entries,
    code,
    each_country,
    numbers,
    place,
    several,
    why_of_column,
)
from casework.statements.teeth import tooth_of, tooth_value
from casework.teeth.charts import read_chart, written_chart
from privacy.model import Reveals

LOOKS: Sequence[Projected] = (
    numbers("age"),
    numbers("stature_cm"),
    numbers("weight_kg"),
    code("hair", HairColour),
    code("eyes", EyeColour),
    code("build", Build),
    code("handedness", Handedness),
    code("blood_group", BloodGroup),
    several("nationalities", name="nationality"),
)
DESCRIPTION: Sequence[Projected] = (*LOOKS, place("place"))


_NAME_PARTS = ("given_names", "surname_1", "surname_2")


def names(row: type[Any]) -> ProjectedEntries:
    """Project names of every kind into their rows; none is thrown away."""

    def read(record: Any) -> list[Entry]:
        return [("", _name(each)) for each in record.names]

    def write(record: Any, entries: Sequence[Entry]) -> None:
        record.names = [
            row(
                kind=NameKind(entry.get("kind", NameKind.OTHER)),
                **{part: entry.get(part, "") for part in _NAME_PARTS},
            )
            for _, entry in entries
            if any(entry.get(part) for part in _NAME_PARTS)
        ]

    return ProjectedEntries(
        "names",
        frozenset({"kind", *_NAME_PARTS}),
        read,
        write,
        lambda _record: "",
        lambda _record, _why: None,
    )


def _name(name: Any) -> Mapping[str, Value]:
    parts = {part: getattr(name, part) for part in _NAME_PARTS}
    return {"kind": str(name.kind), **{part: text for part, text in parts.items() if text}}


_WHY_NO_MARKS = why_of_column("marks_answer", lambda record: bool(record.marks))


def marks(row: type[Any]) -> ProjectedEntries:
    """Project scars, tattoos and other marks into their rows."""

    def read(record: Any) -> list[Entry]:
        return [("", _mark(each)) for each in record.marks]

    def write(record: Any, entries: Sequence[Entry]) -> None:
        record.marks = [_mark_row(row, entry) for _, entry in entries if "kind" in entry]

    parts = frozenset({"kind", "site", "side", "words"})
    return ProjectedEntries("marks", parts, read, write, *_WHY_NO_MARKS)


def articles(row: type[Any]) -> ProjectedEntries:
    """Project what was worn and carried into its rows."""

    def read(record: Any) -> list[Entry]:
        return [("", _article(each)) for each in record.articles]

    def write(record: Any, entries: Sequence[Entry]) -> None:
        record.articles = [_article_row(row, entry) for _, entry in entries if "item" in entry]

    parts = frozenset({"worn", "item", "colour", "brand", "words"})
    return ProjectedEntries("articles", parts, read, write, *_why_of_articles())


def _mark(mark: Any) -> Mapping[str, Value]:
    told = {"kind": mark.kind, "site": mark.site, "side": mark.side, "words": mark.words}
    return {part: str(value) for part, value in told.items() if value}


def _mark_row(row: type[Any], entry: Mapping[str, Value]) -> Any:
    return row(
        kind=MarkType(entry["kind"]),
        site=BodySite(entry["site"]) if "site" in entry else None,
        side=Side(entry["side"]) if "side" in entry else None,
        words=entry.get("words", ""),
    )


def _article(article: Any) -> Mapping[str, Value]:
    told = {"item": article.item, "colour": article.colour}
    words = {"brand": article.brand, "words": article.words}
    said = {part: str(value) for part, value in (told | words).items() if value}
    return {"worn": bool(article.worn), **said}


def _article_row(row: type[Any], entry: Mapping[str, Value]) -> Any:
    return row(
        worn=entry.get("worn", True),
        item=ArticleItem(entry["item"]),
        colour=Colour(entry["colour"]) if "colour" in entry else None,
        brand=entry.get("brand", ""),
        words=entry.get("words", ""),
    )


def _why_of_articles() -> tuple[Callable[[Any], str], Callable[[Any, str], None]]:
    """Say of clothing and belongings together why there are none."""
    read_clothing, clothing = why_of_column("clothing_answer", _wore_something)
    read_belongings, belongings = why_of_column("belongings_answer", _carried_something)

    def read(record: Any) -> str:
        why = read_clothing(record)
        return why if why == read_belongings(record) else ""

    def write(record: Any, why: str) -> None:
        clothing(record, why)
        belongings(record, why)

    return read, write


def _wore_something(record: Any) -> bool:
    return any(article.worn for article in record.articles)


def _carried_something(record: Any) -> bool:
    return any(not article.worn for article in record.articles)


def _charted(item: str) -> Entry:
    """Read one tooth of a chart as it is carried; what cannot be read has no status."""
    teeth, _ = read_chart(item)
    for tooth in teeth.values():
        return str(tooth.number), tooth_value(tooth)
    return item.partition(":")[0], {"note": item}


def _carried_tooth(number: str, entry: Mapping[str, Value]) -> str:
    if "status" not in entry:
        return str(entry.get("note", ""))
    return written_chart([tooth_of(number, entry)])


TEETH = carried_entries(
    "teeth",
    frozenset({"status", "surfaces", "material"}),
    _charted,
    _carried_tooth,
)


def _document(item: str) -> Entry:
    """Read `scheme:number`; a scheme that is no document of ours stays with its number."""
    kind, _, number = item.partition(":")
    if number and kind in DOCUMENT.words:
        return "", {"kind": kind, "number": number}
    return "", {"number": item}


def _numbered(_entry: str, said: Mapping[str, Value]) -> str:
    number = str(said.get("number", "")).replace(BETWEEN_ITEMS, " ").strip()
    return f"{said['kind']}:{number}" if number and "kind" in said else number


PHONES = carried_entries(
    "phones",
    frozenset({"number"}),
    lambda item: ("", {"number": item}),
    lambda _number, entry: str(entry.get("number", "")).replace(BETWEEN_ITEMS, " "),
)
ID_NUMBERS = carried_entries("id_numbers", frozenset({"kind", "number"}), _document, _numbered)
KEPT_FROM = each_country("country_restrictions")


def _read_page(record: Any) -> Value:
    return record.carried.get("origin_source_url") or None


def _write_page(record: Any, value: Value) -> None:
    rest = {key: text for key, text in record.carried.items() if key != "origin_source_url"}
    record.carried = rest | ({"origin_source_url": value} if value else {})


# Where the source shows it: carried word for word, as flat files bring it.
SOURCE_PAGE = replace(
    answered("origin_source_url", _read_page, _write_page),
    beside=frozenset({Reveals.IDENTITY}),
)
