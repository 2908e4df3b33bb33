"""Teeth as statements keep them, and the step in which a chart is dictated or pointed at."""

from collections.abc import Mapping

from casework.codes import ToothState
from casework.dataset.shape import RecordKind
from casework.dataset.values import Given, Value
from casework.statements.fingerprint import fingerprint
from casework.statements.picture import Picture, entries_in
from casework.teeth.charts import ChartedTooth, ToothMaterial, ToothSurface
from casework.web.dental_dictation import read_dictation, write_dictation
from casework.web.described import Teller
from casework.web.teeth_form import LOOK_AGAIN, TeethForm, with_chart

TEETH = "teeth"
_PARTS = ("status", "surfaces", "material")


class TeethOfRemains(TeethForm):
    """The same, where a tooth may be missing since the death."""

    AFTER_DEATH = True


def tooth_value(tooth: ChartedTooth) -> dict[str, Value]:
    """Write a tooth as an entry of the minimum data set."""
    told: dict[str, Value] = {"status": str(tooth.state)}
    if tooth.surfaces:
        told["surfaces"] = sorted(str(each) for each in tooth.surfaces)
    if tooth.material:
        told["material"] = str(tooth.material)
    return told


def tooth_of(number: str, entry: Mapping[str, Value]) -> ChartedTooth:
    """Read the entry of a tooth."""
    surfaces = entry.get("surfaces", ())
    material = entry.get("material")
    return ChartedTooth(
        int(number),
        ToothState(entry["status"]),
        tuple(each for each in ToothSurface if each in surfaces),
        ToothMaterial(material) if material else None,
    )


def teeth_in(picture: Picture) -> dict[int, ChartedTooth]:
    """Give the teeth that stand in a picture, by number."""
    return {
        int(number): tooth_of(number, entry)
        for number, entry in entries_in(picture, TEETH).items()
        if "status" in entry
    }


def teeth_form(kind: RecordKind, given: Given, picture: Picture, teller: Teller) -> TeethForm:
    """Show the chart as it was typed, or as it stands."""
    made = TeethOfRemains if kind is RecordKind.REMAINS else TeethForm
    if TEETH not in given.texts:
        return made(teeth=write_dictation(teeth_in(picture), teller.gettext))
    return with_chart(_typed(made, given), teller)


def read_teeth(kind: RecordKind, given: Given) -> tuple[dict[str, Value], str]:
    """Read the teeth that were dictated, by path; or say that not all was understood.

    Of a form that saves by itself only what was dictated counts: a tooth that is still being
    chosen is nobody's word yet.
    """
    heard = read_dictation(given.one(TEETH), after_death=kind is RecordKind.REMAINS)
    if heard.refused:
        return {}, LOOK_AGAIN
    return {f"{TEETH}/{n}": tooth_value(tooth) for n, tooth in heard.teeth.items()}, ""


def shown_fingerprint(entry: Mapping[str, Value]) -> str:
    """Tell apart what the chart can show of a tooth; a note beside it is no part of that."""
    return fingerprint({part: entry[part] for part in _PARTS if part in entry} or None)


def _typed(made: type[TeethForm], given: Given) -> TeethForm:
    texts = {name: given.one(name) for name in made.model_fields if name in given.texts}
    texts.pop("tooth_surface", None)
    return made(**texts, tooth_surface=given.several("tooth_surface")[:6])
