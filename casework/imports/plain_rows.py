"""Plain rows into the columns of the registry, by the very reader the engine uses.

A cell that the engine could not read would be a cell the registry holds and nobody is
searched by; so there is one reader, and what it refuses goes to quarantine.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from casework.codes import Answer
from casework.imports.profiles.profile import Reads
from casework.record_codes import Communication, NameKind, WhereSeen
from casework.web.languages import marked
from matching.records import (
    Article,
    Listed,
    LivingRecord,
    Mark,
    MissingRecord,
    Range,
    RemainsRecord,
)
from matching.tables import Problem as CellProblem
from matching.tables import Rule as CellRule
from matching.tables import read_living, read_missing, read_remains

__all__ = ["CELL_SENTENCES", "CellProblem", "PersonColumns", "detail_of", "read_person"]

CELL_SENTENCES: dict[str, str] = {
    CellRule.RECORD_ID_MISSING: marked("La fila no dice qué registro es (record_id)."),
    CellRule.RECORD_ID_REPEATED: marked("El registro ya está en la fila %(detail)s."),
    CellRule.CELLS_DO_NOT_FIT_HEADER: marked(
        "La fila no tiene tantas celdas como el encabezado (%(detail)s)."
    ),
    CellRule.NOT_A_CODE: marked(
        "Lo que dice «%(column)s» no es un código de su lista; el más cercano es «%(detail)s»."
    ),
    CellRule.NOT_A_NUMBER: marked(
        "Lo que dice «%(column)s» no es un número; se escribe así: 170 o 170.5."
    ),
    CellRule.NOT_A_DATE: marked(
        "Lo que dice «%(column)s» no es una fecha; se escribe así: 2014-05-03, 2014-05 o 2014."
    ),
    CellRule.NOT_A_COUNTRY: marked(
        "Lo que dice «%(column)s» no son las dos letras de un país (ISO 3166-1), como HN."
    ),
    CellRule.OUT_OF_BOUNDS: marked("Lo que dice «%(column)s» está fuera de %(detail)s."),
    CellRule.ENDS_REVERSED: marked("En «%(column)s» el principio y el final están al revés."),
    CellRule.BORN_LATER: marked("El nacimiento es posterior a «%(detail)s»."),
    CellRule.PLACE_INCOMPLETE: marked("Está «%(column)s» pero falta %(detail)s."),
    CellRule.PLACE_ZERO: marked("Latitud y longitud son ambas 0: un vacío que se volvió cero."),
    CellRule.PLACE_SWAPPED: marked(
        "El punto está lejos del país de la fila: latitud y longitud parecen intercambiadas."
    ),
    CellRule.PLACE_SIGN_LOST: marked(
        "El punto está lejos del país de la fila: parece faltar un signo menos."
    ),
    CellRule.NONE_DOES_NOT_FIT: marked(
        "En «%(column)s» no cabe «none»; deje la celda vacía o escriba unknown."
    ),
    CellRule.ANSWER_AMONG_ITEMS: marked(
        "Entre los elementos de «%(column)s» está «%(detail)s»."
    ),
    CellRule.NOT_A_TOOTH: marked(
        "En «%(column)s» hay un número que no es de ningún diente; van de 11 a 48 y de 51 a 85."
    ),
    CellRule.TOOTH_CHARTED_TWICE: marked(
        "«%(column)s» dice dos cosas del mismo diente (%(detail)s)."
    ),
}

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ONLY_NUMBERS = frozenset({CellRule.OUT_OF_BOUNDS, CellRule.RECORD_ID_REPEATED})


def detail_of(problem: CellProblem) -> str:
    """Take from the engine's hint, which is English, what needs no language."""
    if problem.rule in _ONLY_NUMBERS:
        return " – ".join(_NUMBER.findall(problem.hint))
    return problem.hint.replace(" and ", ", ")


Columns = dict[str, Any]
Remembered = dict[str, dict[str, Any]]
_Reader = Callable[
    [Mapping[str, str], Remembered], tuple["PersonColumns | None", Sequence[CellProblem]]
]
_CARRIED_BESIDE = ("origin_source_url",)

# Where the registry has no column of its own yet, the text is kept as it stood.
_OWN_COLUMN = frozenset(
    {"given_names", "surname_1", "surname_2", "other_names", "mother_name", "father_name",
     "birth_place"}
)  # fmt: skip


@dataclass(slots=True)
class PersonColumns:
    """A person's record, as columns of its table and of the tables of its parts."""

    columns: Columns
    names: list[Columns] = field(default_factory=list)
    marks: list[Columns] = field(default_factory=list)
    articles: list[Columns] = field(default_factory=list)


def read_person(
    cells: Mapping[str, str], kind: Reads, remembered: Remembered
) -> tuple[PersonColumns | None, Sequence[CellProblem]]:
    """Read one plain row; `None` when any of its cells cannot be read, with every reason."""
    person, problems = _READERS[kind](cells, remembered)
    if person is not None:
        # The engine has no use for these; they are carried as they stand.
        person.columns["carried"] |= {
            name: cells[name] for name in _CARRIED_BESIDE if cells.get(name)
        }
    return person, problems


def _read_missing(
    cells: Mapping[str, str], remembered: Remembered
) -> tuple[PersonColumns | None, Sequence[CellProblem]]:
    missing, problems = read_missing(cells, remembered)
    return (_missing(missing) if missing else None), problems


def _read_remains(
    cells: Mapping[str, str], remembered: Remembered
) -> tuple[PersonColumns | None, Sequence[CellProblem]]:
    remains, problems = read_remains(cells, remembered)
    return (_remains(remains) if remains else None), problems


def _missing(record: MissingRecord) -> PersonColumns:
    other = record.other
    columns = _described(record) | {
        "sex": record.sex,
        "stature_basis": record.stature_basis,
        "destination": record.destination,
        "birth_from": record.birth.earliest if record.birth else None,
        "birth_to": record.birth.latest if record.birth else None,
        "last_contact_from": record.last_contact.earliest if record.last_contact else None,
        "last_contact_to": record.last_contact.latest if record.last_contact else None,
        "mother_name": other.get("mother_name", ""),
        "father_name": other.get("father_name", ""),
        "birth_place": other.get("birth_place", ""),
        "carried": {name: text for name, text in other.items() if name not in _OWN_COLUMN},
    }
    return PersonColumns(columns, _names(other), _marks(record.marks), _articles(record))


# What a list of people alive says beside the columns that are weighed.
_OF_LISTS: Mapping[str, type[StrEnum]] = {
    "where_seen": WhereSeen,
    "communication": Communication,
}
_WORDS_OF_LISTS = ("host", "list_name", "list_number")
_WHERE = ("country", "admin1", "place", "lat", "lon", "radius_km")


def _read_living(
    cells: Mapping[str, str], remembered: Remembered
) -> tuple[PersonColumns | None, Sequence[CellProblem]]:
    record, problems = read_living(cells, remembered)
    coded = {
        name: (codes, cells.get(name, "").strip().lower() or "unknown")
        for name, codes in _OF_LISTS.items()
    }
    wrong = [
        CellProblem(name, text, CellRule.NOT_A_CODE, ", ".join(codes))
        for name, (codes, text) in coded.items()
        if text not in set(codes)
    ]
    if record is None or wrong:
        return None, [*problems, *wrong]
    columns = {name: codes(text) for name, (codes, text) in coded.items()}
    words = {name: cells.get(name, "").strip() for name in _WORDS_OF_LISTS}
    return _living(record, columns | words), ()


_READERS: Mapping[Reads, _Reader] = {
    Reads.MISSING: _read_missing,
    Reads.REMAINS: _read_remains,
    Reads.LIVING: _read_living,
}


def _living(record: LivingRecord, of_list: Columns) -> PersonColumns:
    """Lay the place with what leads to the person: in clear only country and region stay."""
    other, described = record.other, _described(record)
    place = {name: described[name] for name in _WHERE if described[name] not in {None, ""}}
    is_exact = place.keys() - {"country", "admin1"}
    columns = {
        **{name: each for name, each in described.items() if name not in _WHERE[2:]},
        **of_list,
        "whereabouts": place if is_exact else {},
        "sex": record.sex,
        "stature_basis": record.stature_basis,
        "birth_from": record.birth.earliest if record.birth else None,
        "birth_to": record.birth.latest if record.birth else None,
        "found_from": record.found.earliest if record.found else None,
        "found_to": record.found.latest if record.found else None,
        "mother_name": other.get("mother_name", ""),
        "father_name": other.get("father_name", ""),
        "birth_place": other.get("birth_place", ""),
        "carried": {name: text for name, text in other.items() if name not in _OWN_COLUMN},
    }
    return PersonColumns(columns, _names(other), _marks(record.marks), _articles(record))


def _remains(record: RemainsRecord) -> PersonColumns:
    columns = _described(record) | {
        "post_mortem_number": record.record_id,
        "sex": record.sex,
        "sex_method": record.sex_method,
        "stature_basis": record.stature_basis,
        "found_from": record.found.earliest if record.found else None,
        "found_to": record.found.latest if record.found else None,
        **_ends("death_days", record.death_days),
        "condition": record.condition,
        "completeness": record.completeness,
        "carried": dict(record.other),
    }
    return PersonColumns(columns, [], _marks(record.marks), _articles(record))


def _described(record: MissingRecord | RemainsRecord | LivingRecord) -> Columns:
    return {
        **_ends("age", record.age),
        **_ends("stature_cm", record.stature_cm),
        **_ends("weight_kg", record.weight_kg),
        "hair": record.hair,
        "eyes": record.eyes,
        "build": record.build,
        "handedness": record.handedness,
        "blood_group": record.blood_group,
        "nationalities": list(record.nationality),
        "marks_answer": record.marks.answer,
        "clothing_answer": record.clothing.answer,
        "belongings_answer": record.belongings.answer,
        "answers": {name: answer.value for name, answer in record.answers.items()},
        "country": record.country,
        "admin1": record.admin1,
        "place": record.place_name,
        "lat": record.place.lat if record.place else None,
        "lon": record.place.lon if record.place else None,
        "radius_km": record.place.radius_km if record.place else None,
        "group_key": record.group_id,
        "incident_key": record.incident_id,
    }


def _ends(name: str, given: Range | None) -> Columns:
    return {
        f"{name}_min": given.low if given else None,
        f"{name}_max": given.high if given else None,
    }


def _names(other: Mapping[str, str]) -> list[Columns]:
    parts = {name: other.get(name, "") for name in ("given_names", "surname_1", "surname_2")}
    known = {name: "" if text in {"unknown", "none"} else text for name, text in parts.items()}
    names: list[Columns] = [{"kind": NameKind.LEGAL, **known}] if any(known.values()) else []
    others = (text.strip() for text in other.get("other_names", "").split("|"))
    names.extend(
        {"kind": NameKind.OTHER, "given_names": text, "surname_1": "", "surname_2": ""}
        for text in others
        if text and text not in {Answer.UNKNOWN, "none"}
    )
    return names


def _marks(marks: Listed[Mark]) -> list[Columns]:
    return [
        {"kind": each.kind, "site": each.site, "side": each.side, "words": each.words}
        for each in marks
    ]


def _articles(record: MissingRecord | RemainsRecord | LivingRecord) -> list[Columns]:
    return [
        *(_article(each, worn=True) for each in record.clothing),
        *(_article(each, worn=False) for each in record.belongings),
    ]


def _article(article: Article, *, worn: bool) -> Columns:
    return {
        "worn": worn,
        "item": article.item,
        "colour": article.colour,
        "brand": article.brand,
        "words": article.words,
    }
