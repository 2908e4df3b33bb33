"""What both registers project: the description of a person, in columns of the same names."""

from collections.abc import Callable, Mapping, Sequence
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
from casework.statements.projecting import (
    BETWEEN_ITEMS,
    Entry,
    Projected,
    ProjectedEntries,
    carried_entries,
    code,
    numbers,
    place,
    several,
    why_of_column,
)

DESCRIPTION: Sequence[Projected] = (
    numbers("age"),
    numbers("stature_cm"),
    numbers("weight_kg"),
    code("hair", HairColour),
    code("eyes", EyeColour),
    code("build", Build),
    code("handedness", Handedness),
    code("blood_group", BloodGroup),
    several("nationalities", name="nationality"),
    place("place"),
)


def marks(row: type[Any]) -> ProjectedEntries:
    """Project scars, tattoos and other marks into their rows."""

    def read(record: Any) -> list[Entry]:
        return [("", _mark(each)) for each in record.marks]

    def write(record: Any, entries: Sequence[Entry]) -> None:
        record.marks = [_mark_row(row, entry) for _, entry in entries if "kind" in entry]

    parts = frozenset({"kind", "site", "side", "words"})
    return ProjectedEntries("marks", parts, read, write, *why_of_column("marks_answer"))


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
    read, clothing = why_of_column("clothing_answer")
    _, belongings = why_of_column("belongings_answer")

    def write(record: Any, why: str) -> None:
        clothing(record, why)
        belongings(record, why)

    return read, write


def _tooth(item: str) -> Entry:
    number, _, state = item.partition(":")
    return number, {"status": state}


TEETH = carried_entries(
    "teeth",
    frozenset({"status"}),
    _tooth,
    lambda number, entry: f"{number}:{entry['status']}" if "status" in entry else "",
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
