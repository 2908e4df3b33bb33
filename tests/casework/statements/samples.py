"""One invented answer to every question of the minimum data set, made from the catalogue."""

from casework.dataset.catalogue import fields_of
from casework.dataset.shape import Kind

ENTRY = "aaaa11"
MADE = {
    Kind.TEXT: lambda field: f"Respuesta inventada a {field.key}",
    Kind.WORDS: lambda field: f"Relato inventado de {field.key}.\nSegunda línea.",
    Kind.CODE: lambda field: list(field.codes.words)[-1],
    Kind.CODES: lambda field: sorted(list(field.codes.words)[-2:]),
    Kind.YES_NO: lambda _field: True,
    Kind.DAYS: lambda _field: {"from": "2021-03-01", "to": "2021-04-30"},
    Kind.NUMBERS: lambda field: _numbers(*field.bounds),
    Kind.COUNTRY: lambda _field: "GT",
    Kind.COUNTRIES: lambda _field: ["HN", "GT"],
    Kind.PLACE: lambda field: {
        "country": "MX",
        "admin1": "Chiapas",
        "place": f"Lugar de {field.key}",
        "lat": 14.9,
        "lon": -92.26,
        "radius_km": 2.5,
    },
    Kind.ENTRIES: lambda field: {part.key: an_answer(part) for part in field.parts},
}


def an_answer(field):
    """Give an answer to one question; of a question with parts, an entry that answers all."""
    return MADE[field.kind](field)


def every_answer(record):
    """Answer every question that a kind of record is asked, by path."""
    return {
        f"{key}/{_entry_of(key)}" if field.kind is Kind.ENTRIES else key: an_answer(field)
        for key, field in fields_of(record).items()
    }


def _numbers(low, high):
    return {"min": float(low), "max": float(min(high, low + 1.5))}


def _entry_of(key):
    return {"teeth": "11", "bones": "femur_l"}.get(key, ENTRY)
