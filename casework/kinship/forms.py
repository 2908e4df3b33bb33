"""The form of a laboratory's result: what was typed, and what it says."""

import math
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

from fastapi import Path, UploadFile
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from casework.kinship.told import Against, AtLocus, Outcome, SexIn, Told
from casework.kinship.weighing import is_sex
from casework.kinship.written_ratios import Unread, read_loci, read_log10
from casework.pedigree.queries import Family
from casework.pedigree.written import written as written_tree
from casework.web.languages import marked

Short = Annotated[str, StringConstraints(max_length=300)]
Long = Annotated[str, StringConstraints(max_length=8_000)]
Numbers = Annotated[
    list[int], BeforeValidator(lambda typed: typed if isinstance(typed, list) else [typed])
]
Number = Annotated[int | None, BeforeValidator(lambda typed: None if typed == "" else typed)]
RecordId = Annotated[int, Path(ge=1, le=2**53)]
LARGEST_REPORT = 20_000_000  # bytes; only its fingerprint is kept
SAME = 0.01  # powers of ten: what rounding of printed ratios may add up to
MOST_COMPARISONS = 10**12


class Scale(StrEnum):
    """How the laboratory wrote its numbers."""

    RATIO = "ratio"
    LOG10 = "log10"


class Sides(StrEnum):
    """What the report says of the sex in its total."""

    NO = "no"
    YES = "yes"
    NOT_SAID = "not_said"


class LaboratoryForm(BaseModel):
    """A laboratory's result, as typed."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    laboratory: Short = ""
    report: Short = ""
    reported_on: Short = ""
    signatory: Short = ""
    scale: Scale = Scale.RATIO
    total: Short = ""
    loci: Long = ""
    against: Against = Against.UNRELATED
    against_words: Short = ""
    holds_sex: Sides | None = None
    knows_kin_by_dna: str = ""
    comparisons: Short = ""
    software: Short = ""
    frequencies: Short = ""
    theta: Short = ""
    mutation: Short = ""
    typed: Numbers = []
    typed_words: Short = ""
    remark: Long = ""
    replaces: Number = None
    why_anew: Short = ""
    paper: UploadFile | str | None = None


Problems = dict[str, tuple[str, str]]
"""By field: a sentence, and what it quotes."""


def read_laboratory(
    form: LaboratoryForm, family: Family, *, today: date
) -> tuple[Told | None, Problems]:
    """Make a result of what was typed, or say what has to be looked at."""
    problems = _lacking(form, today)
    total, loci = _numbers(form, problems)
    comparisons = _comparisons(form, problems)
    if problems or total is None:
        return None, problems
    sex, total, loci = _sex(form, total, loci, problems)
    if problems:
        return None, problems
    is_number = total > -math.inf
    tree = family.tree if len(family.tree.members) > 1 else None
    known = {each.number for each in family.tree.members}
    return Told(
        outcome=Outcome.RATIO if is_number else Outcome.EXCLUDES,
        log10_lr=total if is_number else None,
        against=form.against,
        against_words=form.against_words.strip() if form.against is Against.OTHER else "",
        loci=loci,
        sex=sex,
        knows_kin_by_dna=bool(form.knows_kin_by_dna),
        comparisons=comparisons,
        **{name: getattr(form, name).strip() for name in _WORDS},
        report_sha256=_fingerprint(form),
        tree=written_tree(tree) if tree else (),
        typed=sorted(known & set(form.typed)) if tree else (),
    ), {}


_WORDS = (
    "laboratory",
    "report",
    "reported_on",
    "signatory",
    "software",
    "frequencies",
    "theta",
    "mutation",
    "typed_words",
    "why_anew",
    "remark",
)


def _lacking(form: LaboratoryForm, today: date) -> Problems:
    """Say what a result cannot do without, and what is wrong by itself."""
    wanted = {
        "laboratory": marked("Diga qué laboratorio lo calculó."),
        "report": marked("Hace falta el número del informe."),
        "signatory": marked("Diga quién firma el informe."),
        "total": marked("Falta el número."),
    }
    problems: Problems = {
        name: (sentence, "")
        for name, sentence in wanted.items()
        if not getattr(form, name).strip()
    }
    if form.against is Against.OTHER and not form.against_words.strip():
        problems["against_words"] = (marked("Diga contra qué se comparó."), "")
    if form.holds_sex is None:
        problems["holds_sex"] = (marked("Elija una: el sexo no debe contar dos veces."), "")
    if form.reported_on.strip():
        problems |= _day_problem(form.reported_on.strip(), today)
    else:
        problems["reported_on"] = (marked("Falta la fecha del informe."), "")
    return problems


def _day_problem(typed: str, today: date) -> Problems:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return {"reported_on": (marked("Escriba el día así: 2026-03-09."), "")}
    if day > today:
        return {"reported_on": (marked("Ese día todavía no llega: revise la fecha."), "")}
    return {}


def _numbers(
    form: LaboratoryForm, problems: Problems
) -> tuple[float | None, tuple[AtLocus, ...]]:
    is_log10 = form.scale is Scale.LOG10
    total: float | None = None
    loci: tuple[AtLocus, ...] = ()
    try:
        if form.total.strip():
            total = read_log10(form.total, is_log10=is_log10)
    except Unread as unread:
        problems["total"] = (unread.sentence, unread.typed[:60])
    try:
        loci = read_loci(form.loci, is_log10=is_log10)
    except Unread as unread:
        problems["loci"] = (unread.sentence, unread.typed[:60])
    return total, loci


def _comparisons(form: LaboratoryForm, problems: Problems) -> int | None:
    typed = "".join(form.comparisons.split())
    if not typed:
        return None
    if not typed.isdigit() or not 1 <= int(typed) <= MOST_COMPARISONS:
        problems["comparisons"] = (marked("Escriba solo cifras, sin separar los miles."), "")
        return None
    return int(typed)


def _sex(
    form: LaboratoryForm, total: float, loci: Sequence[AtLocus], problems: Problems
) -> tuple[SexIn, float, tuple[AtLocus, ...]]:
    """Take the sex out of the total, where its own ratio is known, and hold both together."""
    others = tuple(each for each in loci if not is_sex(each.name))
    sexes = [each.log10_lr for each in loci if is_sex(each.name)]
    holds_sex = form.holds_sex is Sides.YES
    of_sex = sexes[0] if sexes and holds_sex else 0.0
    sex = {Sides.NO: SexIn.LEFT_OUT, Sides.NOT_SAID: SexIn.UNKNOWN}.get(
        form.holds_sex or Sides.NOT_SAID, SexIn.INCLUDED
    )
    if of_sex is None:  # the sex alone excludes: there is nothing to take off
        return SexIn.INCLUDED, total, others
    if holds_sex and sexes:
        sex, total = SexIn.TAKEN_OUT, total - of_sex
    if others:
        _hold_together(total, others, problems)
    return sex, total, others


def _hold_together(total: float, loci: Sequence[AtLocus], problems: Problems) -> None:
    """Refuse a total that is not the product of its loci: one of the two is mistyped."""
    each = [-math.inf if one.log10_lr is None else one.log10_lr for one in loci]
    product = math.fsum(each) if -math.inf not in each else -math.inf
    if product == total:
        return
    if abs(product - total) > SAME * len(loci) ** 0.5:
        problems["total"] = (
            marked(
                "Los loci multiplicados dan 10^%(typed)s, y el total dice otra cosa: revise "
                "los dos. Si falta un locus en la lista, deje la lista vacía."
            ),
            f"{product:.2f}",
        )


def _fingerprint(form: LaboratoryForm) -> str:
    """Give the SHA-256 of the report that was chosen; the file itself is not kept."""
    if form.paper is None or isinstance(form.paper, str):
        return ""
    content = form.paper.file.read(LARGEST_REPORT + 1)
    return sha256(content).hexdigest() if content else ""
