"""One invented answer to every question of the minimum data set, made from the catalogue."""

from casework.dataset.catalogue import fields_of
from casework.dataset.shape import Kind

ENTRY = "aaaa11"
# A family has to be one: she, her parents, her husband and the brother born with her.
A_FAMILY = {
    "p00001": {
        "person": "MP",
        "mother": "P2",
        "father": "P3",
        "sex": "female",
        "availability": "available",
        "sample_id": "DS-2222-2222",
        "dead": True,
        "born": {"min": 1990.0, "max": 1990.0},
        "partner_of": "P4",
        "twin_of": "P5",
        "twins": "fraternal",
    },
    "p00002": {"person": "P2", "sex": "female", "born": {"min": 1960.0, "max": 1960.0}},
    "p00003": {"person": "P3", "sex": "male"},
    "p00004": {"person": "P4", "sex": "male"},
    "p00005": {"person": "P5", "sex": "male", "mother": "P2", "father": "P3"},
}
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
    fields = fields_of(record)
    family = A_FAMILY if "dna_family" in fields else {}
    return {
        f"{key}/{_entry_of(key)}" if field.kind is Kind.ENTRIES else key: an_answer(field)
        for key, field in fields.items()
        if key != "dna_family"
    } | {f"dna_family/{number}": told for number, told in family.items()}


def _numbers(low, high):
    return {"min": float(low), "max": float(min(high, low + 1.5))}


def _entry_of(key):
    return {"teeth": "11", "bones": "femur_l"}.get(key, ENTRY)
