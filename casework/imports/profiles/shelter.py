"""A list as shelters and hospitals keep it: Spanish headings, Spanish words, days first.

It becomes rows of people alive. Headings are known by their words, whatever the capitals and
accents; what a cell says in no way known here stays empty and is named. What identifies a row
is the list's own number for the person: a running number of the day would stand for somebody
else tomorrow, and a name would tell who is there to whoever may only know that somebody is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casework.imports.drafts import PlainRow
from casework.imports.problems import Problem, Rule
from casework.imports.profiles import dates, places
from casework.imports.profiles.cells import decimal_number, number_text, tidy
from casework.imports.profiles.profile import Layout, Profile, ReadRow, Reads, Rows, plain_rows

ID, NAME, DAY, PLACE = "folio", "nombre", "fecha de ingreso", "albergue"
# A heading, folded: the column of ours that it fills.
_HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("folio", "expediente", "clave", "identificador", "id"), "record_id"),
    **dict.fromkeys(("nombre", "nombres", "nombre(s)", "nombre completo"), "given_names"),
    **dict.fromkeys(("apellidos", "apellido"), "surnames"),
    **dict.fromkeys(("primer apellido", "apellido paterno"), "surname_1"),
    **dict.fromkeys(("segundo apellido", "apellido materno"), "surname_2"),
    **dict.fromkeys(("apodo", "alias"), "other_names"),
    **dict.fromkeys(("sexo", "genero"), "sex"),
    **dict.fromkeys(("edad",), "age"),
    **dict.fromkeys(("fecha de nacimiento", "nacimiento"), "birth"),
    **dict.fromkeys(("nacionalidad", "pais", "pais de origen"), "nationality"),
    **dict.fromkeys(("fecha de ingreso", "ingreso", "fecha de entrada", "fecha"), "found_from"),
    **dict.fromkeys(("fecha de egreso", "egreso", "fecha de salida", "salida"), "found_to"),
    **dict.fromkeys(("no.", "no", "n.o", "nº", "n°", "num", "numero", "cama"), "list_number"),
}
# The heading over the name of the place says which kind of place it is.
_PLACES: Mapping[str, str] = {
    **dict.fromkeys(("albergue", "refugio", "casa del migrante"), "shelter"),
    **dict.fromkeys(("hospital", "clinica", "centro de salud"), "hospital"),
    **dict.fromkeys(("estacion migratoria", "centro de detencion"), "detention"),
}
_SEXES = {
    **dict.fromkeys(("hombre", "masculino", "varon", "masc", "h"), "male"),
    **dict.fromkeys(("mujer", "femenino", "fem", "f"), "female"),
}
# What sentences about the file call each column: the first of its headings.
_SHOWN = {meant: heading for heading, meant in reversed(list(_HEADINGS.items()))}
_SHOWN["where_seen"] = PLACE
# First and last day, and the heading's meaning: a day of leaving only ends the stay.
_SPANS = (
    ("birth_from", "birth_to", "birth"),
    ("found_from", "found_to", "found_from"),
    ("", "found_to", "found_to"),
)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ACCENTS = str.maketrans("áéíóúü", "aeiouu")
_TWO = 2
_ELDEST = 120


@dataclass(frozen=True, slots=True)
class _Headed(Profile):
    """A profile whose columns are known by what their headings mean."""

    def layout_of(self, header: Sequence[str]) -> str | None:
        return Profile.layout_of(self, _named(header))

    def check(self, header: Sequence[str], name: str) -> tuple[str, tuple[Problem, ...]]:
        return Profile.check(self, _named(header), name)


def _named(header: Sequence[str]) -> list[str]:
    """Give each heading the name that a sentence about the file has for it."""
    return [_SHOWN.get(meant, meant) if (meant := _meant(each)) else each for each in header]


def _folded(text: str) -> str:
    return places.fold(text).translate(_ACCENTS)


def _meant(heading: str) -> str:
    folded = " ".join(_folded(tidy(heading)).split())
    return "where_seen" if folded in _PLACES else _HEADINGS.get(folded, "")


def _read(_layout: str, rows: Rows) -> Iterator[ReadRow]:
    kept = list(rows)  # what a lone M stands for is said by the other rows
    letters = {_sex_letter(each.cells) for each in kept}
    m_is = "male" if "f" in letters else "female" if "h" in letters else ""
    return plain_rows(kept, lambda row: living_plain_row(row, m_is=m_is))


def _sex_letter(row: Mapping[str, str]) -> str:
    said = (text for heading, text in row.items() if _meant(heading) == "sex")
    return _folded(next(said, "").strip())


def living_plain_row(row: Mapping[str, str], *, m_is: str = "") -> PlainRow:
    """Translate one row; `m_is`: the sex of a lone M, in lists of M and F or of H and M."""
    found: list[Problem] = []
    told = {_meant(heading): (heading, tidy(text)) for heading, text in row.items()}
    own = ("other_names", "list_number")
    cells: dict[str, str] = {name: told[name][1] for name in own if name in told}
    cells |= {"record_id": told["record_id"][1], **_names(told), **_place(row)}
    cells["sex"] = _sex(*told.get("sex", ("", "")), m_is, found)
    cells |= _age(*told.get("age", ("", "")), found)
    cells["nationality"] = _nationality(*told.get("nationality", ("", "")), found)
    for first, last, column in _SPANS:
        cells |= _days(told.get(column, ("", "")), first, last, found)
    if not cells["record_id"]:
        found.append(Problem(Rule.NO_RECORD_ID, told["record_id"][0]))
    return PlainRow({name: text for name, text in cells.items() if text}, tuple(found))


def _names(told: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Take names apart as the list does; two surnames in one cell are first and second."""
    given = told["given_names"][1]
    parts = {name: told[name][1] for name in ("surname_1", "surname_2") if name in told}
    if "surnames" in told:
        words = told["surnames"][1].split()
        two = words if len(words) == _TWO else [told["surnames"][1], ""]
        parts = dict(zip(("surname_1", "surname_2"), two, strict=True))
    return {"given_names": given, **parts} if parts else {"other_names": given}


def _place(row: Mapping[str, str]) -> dict[str, str]:
    for heading, text in row.items():
        if kind := _PLACES.get(_folded(tidy(heading))):
            return {"where_seen": kind, "host": tidy(text)}
    return {}


def _sex(heading: str, text: str, m_is: str, found: list[Problem]) -> str:
    said = _folded(text)
    known = m_is if said == "m" else _SEXES.get(said, "")
    if text and not known:
        found.append(Problem(Rule.UNKNOWN_CODE, heading, text))
    return known


def _age(heading: str, text: str, found: list[Problem]) -> dict[str, str]:
    age = decimal_number(text.removesuffix(" años"))
    if age is not None and 0 <= age <= _ELDEST:
        return {"age_min": number_text(age), "age_max": number_text(age)}
    if text:
        rule = Rule.NOT_A_NUMBER if age is None else Rule.AGE_IMPOSSIBLE
        found.append(Problem(rule, heading, text))
    return {}


def _nationality(heading: str, text: str, found: list[Problem]) -> str:
    code = places.country_code(text) if text else None
    if text and code is None:
        found.append(Problem(Rule.UNKNOWN_COUNTRY, heading, text))
    return code or ""


def _days(cell: tuple[str, str], first: str, last: str, found: list[Problem]) -> dict[str, str]:
    heading, text = cell
    if not text:
        return {}
    match = _DAY_FIRST.fullmatch(text)
    written = f"{match[3]}-{match[2]}-{match[1]}" if match else text
    when = dates.read_partial(written)
    if when is None:
        found.append(Problem(Rule.DATE_UNREADABLE, heading, text))
        return {}
    ends = {first: when.earliest.isoformat(), last: when.latest.isoformat()}
    return {name: day for name, day in ends.items() if name}


_LAYOUT = Layout(
    required=frozenset({ID, NAME, DAY, PLACE}),
    optional=frozenset(_SHOWN.values()),
)
LIST = _Headed("shelter-list", Reads.LIVING, "plain", {"shelter": _LAYOUT}, _read)
