"""Stature and age as published methods give them: offered, never written by themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor

from casework.bones.age import SUCHEY_BROOKS, years_of_phase
from casework.bones.stature import FORMULAS, Estimate, Formula, estimates
from casework.bones.words import BONE_WORDS
from casework.dataset.code_lists.remains import BODY_HALF, LONG_BONE
from casework.dataset.values import Value
from casework.statements.picture import Picture, entries_in, preferred
from casework.web.described import Teller
from casework.web.form_values import Unreadable, read_numbers
from casework.web.languages import marked

LENGTHS = "bone_lengths"
SEXES = {
    **dict.fromkeys(("female", "probable_female"), "female"),
    **dict.fromkeys(("male", "probable_male"), "male"),
}
SEX_WORDS = {"female": marked("mujer"), "male": marked("hombre")}
FORMULA_WORDS = {
    "del_angel_cisneros_2004": marked("personas de Mesoamérica (México y Centroamérica)"),
    "trotter_gleser_1952_white": marked("personas de Estados Unidos de origen europeo"),
}
PHASES = ("I", "II", "III", "IV", "V", "VI")
LARGEST_ERROR = 10.0  # cm: beyond it somebody typed millimetres (our choice)


@dataclass(frozen=True, slots=True)
class Length:
    """One bone of one side: what was measured, as it is typed, and the entry it stands in."""

    bone: str
    side: str
    words: str
    typed: str
    number: str  # of its entry; empty where none stands

    @property
    def name(self) -> str:
        """Name its input."""
        return f"{self.bone}_{self.side}"


@dataclass(frozen=True, slots=True)
class ShownEstimate:
    """Stature from one bone, in words; without an interval there is nothing to take over."""

    bone: str
    words: str
    line: str
    centre: str
    interval: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Method:
    """What was chosen to compute with."""

    formula: str = ""
    sex: str = ""
    error: float | None = None
    phase: int = 0


def sex_in(picture: Picture) -> str:
    """Give the sex to compute with, where the record says one."""
    said = preferred(picture, "sex")
    return SEXES.get(said, "") if isinstance(said, str) else ""


def lengths_in(picture: Picture, teller: Teller) -> tuple[Length, ...]:
    """Give the bones that can be measured, with what stands of each."""
    standing = {
        (entry.get("bone"), entry.get("side")): (number, entry.get("length_mm"))
        for number, entry in entries_in(picture, LENGTHS).items()
    }
    return tuple(
        Length(bone, side, _words(bone, side, teller), _typed(told), number)
        for bone in LONG_BONE.words
        for side in BODY_HALF.words
        for number, told in [standing.get((bone, side), ("", None))]
    )


def read_lengths(
    lengths: tuple[Length, ...], given: Mapping[str, str]
) -> tuple[dict[Length, Value], dict[str, str]]:
    """Read what was typed of the lengths that changed, and what could not be read."""
    said: dict[Length, Value] = {}
    problems: dict[str, str] = {}
    for length in lengths:
        text = given.get(length.name, length.typed).strip()
        if text == length.typed:
            continue
        try:
            number = read_numbers(text, "", least=10, most=700)
        except Unreadable as error:
            problems[length.name] = str(error)
            continue
        entry = {"bone": length.bone, "side": length.side}
        told = {"min": number.low, "max": number.high} if number else None
        said[length] = entry | {"length_mm": told} if told else None
    return said, problems


def mean_lengths(picture: Picture) -> dict[str, float]:
    """Give one length for each bone: of both sides, their mean."""
    found: dict[str, list[float]] = {}
    for entry in entries_in(picture, LENGTHS).values():
        if "bone" in entry and "length_mm" in entry:
            ends = entry["length_mm"]
            found.setdefault(entry["bone"], []).append((ends["min"] + ends["max"]) / 2)
    return {bone: sum(each) / len(each) for bone, each in found.items()}


def shown_estimates(
    picture: Picture, method: Method, teller: Teller
) -> tuple[ShownEstimate, ...]:
    """Compute the stature from every bone that was measured, the surest line first."""
    formula = FORMULAS.get(method.formula)
    if formula is None or method.sex not in SEX_WORDS:
        return ()
    found = estimates(formula, method.sex, mean_lengths(picture), error=method.error)
    return tuple(_shown(each, teller) for each in found)


def stature_answers(
    picture: Picture, method: Method, bone: str, teller: Teller
) -> dict[str, Value] | None:
    """Write an estimate as answers of the record; none without an interval."""
    for each in shown_estimates(picture, method, teller):
        if each.bone == bone and each.low is not None and each.high is not None:
            formula: Formula = FORMULAS[method.formula]
            told = f"{formula.name}, {method.sex}, {bone}: {each.line}; 95 %"
            return {
                "stature_cm": {"min": float(each.low), "max": float(each.high)},
                "stature_basis": "long_bone",
                "stature_formula": told,
            }
    return None


def age_answers(method: Method) -> dict[str, Value] | None:
    """Write the years of a phase as answers of the record."""
    years = years_of_phase(method.sex, method.phase)
    if years is None:
        return None
    return {
        "age": {"min": float(years[0]), "max": float(years[1])},
        "age_method": "pelvis",
        "age_source": f"{SUCHEY_BROOKS}, {PHASES[method.phase - 1]}, {method.sex}; 95 %",
    }


def _shown(each: Estimate, teller: Teller) -> ShownEstimate:
    number = teller.wording.number
    low = floor(each.low) if each.low is not None else None
    high = ceil(each.high) if each.high is not None else None
    line = f"{each.line.slope:g} × {each.length_mm / 10:.1f} + {each.line.constant:g}"
    if each.line.error:
        line += f" ± {each.line.error:g}"
    return ShownEstimate(
        bone=each.bone,
        words=teller.gettext(BONE_WORDS[each.bone]),
        line=line,
        centre=number(each.centre, 0),
        interval=f"{low}–{high}" if low is not None else "",
        low=low,
        high=high,
    )


def _words(bone: str, side: str, teller: Teller) -> str:
    return f"{teller.gettext(BONE_WORDS[bone])}, {teller.gettext(BODY_HALF.words[side])}"


def _typed(told: Value) -> str:
    ends: Iterator[float] = iter(dict.fromkeys((told["min"], told["max"])) if told else ())
    return "–".join(f"{end:g}" for end in ends)
