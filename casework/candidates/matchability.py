"""What would most help to find a person: asked of the engine, about their file alone.

No candidate is looked at, so that nothing is told of one: the file is laid beside remains of
our invention, of which everything is recorded that an examination usually finds.
"""

from dataclasses import dataclass

from casework.candidates.presenters import KIND_WORDS
from casework.candidates.reading import as_open
from casework.candidates.weighing import missing_record
from casework.missing.model import MissingPerson
from casework.openings import Openings
from casework.web.described import Teller
from casework.web.languages import marked
from matching.evidence.rarity import Rarity
from matching.evidence.weight import Kind
from matching.explanation import Side
from matching.model_file import load_model
from matching.records import MissingRecord
from matching.tables import read_remains
from matching.unknowns.worth import worth_knowing

SHOWN = 5
# A man of thirty, found whole two months after his death on a route through a desert.
_USUAL = {
    "record_id": "usual",
    "sex": "male",
    "sex_method": "pelvis",
    "age_min": "22",
    "age_max": "38",
    "stature_cm_min": "160",
    "stature_cm_max": "172",
    "stature_basis": "long_bone",
    "found_from": "2025-06-15",
    "found_to": "2025-06-15",
    "death_days_min": "20",
    "death_days_max": "90",
    "condition": "4",
    "completeness": "complete",
    "country": "US",
    "lat": "31.9",
    "lon": "-111.8",
    "radius_km": "1",
    "hair": "black",
    "eyes": "dark_brown",
    "build": "medium",
    "handedness": "right",
    "blood_group": "o",
    "marks": "tattoo:forearm:left:una rosa|scar:knee:right:",
    "teeth": "11:sound|21:sound|16:restored|26:restored|36:missing|46:crown",
    "clothing": "shirt:blue::|trousers:black::",
    "belongings": "phone:::",
}
# Where in the file each kind of evidence is asked for.
STEPS = {
    Kind.TEETH: "teeth",
    Kind.MARKS: "marks",
    Kind.CLOTHING: "articles",
    Kind.TIME: "last_contact",
    Kind.PLACE: "last_contact",
    Kind.DESTINATION: "last_contact",
    Kind.SEX: "identity",
    Kind.AGE: "identity",
    Kind.NATIONALITY: "identity",
    Kind.STATURE: "looks",
    Kind.HAIR: "looks",
    Kind.EYES: "looks",
    Kind.BUILD: "looks",
    Kind.HANDEDNESS: "looks",
    Kind.BLOOD_GROUP: "medical",
}
HELPS = marked(
    "Si se encuentra a la persona, saberlo suele hacer su propuesta unas %(times)s veces más "
    "fuerte."
)


@dataclass(frozen=True, slots=True)
class Helpful:
    """Something nobody has said yet, and how much knowing it would help."""

    kind: str
    step: str
    log10_lr: float
    words: str


def what_helps(
    person: MissingPerson, openings: Openings, teller: Teller
) -> tuple[Helpful, ...]:
    """Rank what a file lacks by what the engine would expect of knowing it."""
    found = _worth(missing_record(as_open(person, openings)))
    return tuple(
        Helpful(
            kind=teller.gettext(KIND_WORDS[kind.value]),
            step=STEPS[kind],
            log10_lr=weight,
            words=teller.gettext(HELPS) % {"times": teller.wording.times(weight)},
        )
        for kind, weight in found[:SHOWN]
    )


def _worth(record: MissingRecord) -> list[tuple[Kind, float]]:
    usual, _ = read_remains(_USUAL)
    if usual is None:  # pragma: no cover - it is ours, and a test reads it
        return []
    return [
        (each.kind, each.expected.if_same)
        for each in worth_knowing(record, usual, load_model(None), Rarity())
        if each.side is Side.MISSING and each.kind in STEPS
    ]
