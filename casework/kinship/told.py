"""What a result of DNA says, as plain values: it is kept sealed, and read back whole.

Ratios are kept as base-10 logarithms. Where one of the two hypotheses cannot be there is no
number: `outcome` says so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """Whether there is a number at all."""

    RATIO = "ratio"
    EXCLUDES = "excludes"  # the profiles cannot be if the remains are the missing person's
    UNDECIDED = "undecided"  # some loci exclude one hypothesis, some the other
    NO_NUMBER = "no_number"  # no autosomal profiles: lines or the X alone were compared


class Agreement(StrEnum):
    """What a haplotype of somebody's says beside the remains'."""

    AGREES = "agrees"
    DIFFERS = "differs"
    OTHER_LINE = "other_line"  # handed down by somebody else: it says nothing
    NOT_COMPARABLE = "not_comparable"  # nothing of it was read of both


class Against(StrEnum):
    """What "these are the remains of the missing person" was held against."""

    UNRELATED = "unrelated"
    OTHER = "other"  # a sibling, another family: said in words


class SexIn(StrEnum):
    """Whether the ratio of the DNA holds the sex (amelogenin), which is weighed elsewhere."""

    LEFT_OUT = "left_out"
    TAKEN_OUT = "taken_out"  # it was in the total, and its own ratio was known
    INCLUDED = "included"  # it is in the total and cannot be taken out
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AtLocus:
    """The ratio of one locus; no number where it excludes the first hypothesis."""

    name: str
    log10_lr: float | None


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The ratio if something else were so: another place in the family, another table."""

    what: str
    log10_lr: float | None


@dataclass(frozen=True, slots=True)
class Noted:
    """What the engine assumed or warns of: its code and values, beside its English sentence.

    A result kept before there were codes has the sentence alone.
    """

    english: str
    code: str = ""
    values: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTold:
    """The Y or mtDNA of the remains beside one person's, `who` by number in the tree.

    `shared` counts loci, or positions of mtDNA; -1 where nobody said which were read. `upper`
    bounds the haplotype's frequency (95 %, one-sided), given where it agrees and was counted.
    """

    marker: str
    who: int
    agreement: Agreement
    shared: int = 0
    differing: Sequence[str] = ()
    count: int | None = None
    size: int | None = None
    database: str = ""
    upper: float | None = None
    log10_at_least: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnX:
    """The ratio of the X chromosome: told beside the total and no part of it."""

    outcome: Outcome
    log10_lr: float | None
    loci: Sequence[AtLocus]
    frequencies: str
    assumptions: Sequence[Noted] = ()
    warnings: Sequence[Noted] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """What was believed of the pair without its DNA, on the day the result was entered.

    All as base-10 logarithms of odds and ratios. `other` and `counted` are what the other
    evidence weighed and what the model counted of it; None where it was closed to whoever
    entered the result, or nothing could be multiplied.
    """

    prior: float
    basis: str
    missing: int
    remains: int
    other: float | None = None
    counted: float | None = None
    left_out: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One result.

    `log10_lr` is without the sex wherever that could be taken out. `tree` holds the family as
    it was drawn that day, without names, and `typed` whose profiles were used, by number.
    `comparisons` is how many remains and families were compared when this pair came up.
    """

    outcome: Outcome
    log10_lr: float | None = None
    against: Against = Against.UNRELATED
    against_words: str = ""
    loci: Sequence[AtLocus] = ()
    sex: SexIn = SexIn.UNKNOWN
    knows_kin_by_dna: bool = False
    comparisons: int | None = None
    laboratory: str = ""
    report: str = ""
    reported_on: str = ""
    signatory: str = ""
    software: str = ""
    frequencies: str = ""
    theta: str = ""
    mutation: str = ""
    report_sha256: str = ""
    tree: Sequence[Mapping[str, Any]] = ()
    typed: Sequence[int] = ()
    typed_words: str = ""
    assumptions: Sequence[Noted] = ()
    warnings: Sequence[Noted] = ()
    alternatives: Sequence[Otherwise] = ()
    sensitivity: Sequence[Otherwise] = ()
    lines: Sequence[LineTold] = ()
    on_x: OnX | None = None
    believed: Believed | None = None
    why_anew: str = ""
    remark: str = field(default="", repr=False)


_CODES: Mapping[str, type[StrEnum]] = {"outcome": Outcome, "against": Against, "sex": SexIn}
_ROWS: Mapping[str, type[Any]] = {
    "loci": AtLocus,
    "alternatives": Otherwise,
    "sensitivity": Otherwise,
}


def written(told: Told) -> dict[str, Any]:
    """Write a result as plain values; what says nothing is left out."""
    return {
        name: value for name, value in asdict(told).items() if value not in ("", None, (), [])
    }


def read_back(kept: Mapping[str, Any]) -> Told:
    """Read a result that was written; a word of another day that is no more is passed over."""
    known = {each.name for each in fields(Told)}
    said = {name: _read(name, value) for name, value in kept.items() if name in known}
    return Told(**{"outcome": Outcome.UNDECIDED, **said})


def _read(name: str, value: Any) -> Any:
    if name in _CODES:
        return _CODES[name](value)
    if name in _READ:
        return _READ[name](value)
    if name in _ROWS:
        return tuple(_ROWS[name](**each) for each in value)
    return tuple(value) if isinstance(value, list) else value


def _notes(rows: Sequence[Any]) -> tuple[Noted, ...]:
    return tuple(Noted(each) if isinstance(each, str) else Noted(**each) for each in rows)


def _believed(row: Mapping[str, Any]) -> Believed:
    return Believed(**{**row, "left_out": tuple(row["left_out"])})


def _lines(rows: Sequence[Mapping[str, Any]]) -> tuple[LineTold, ...]:
    return tuple(
        LineTold(
            **{
                **row,
                "agreement": Agreement(row["agreement"]),
                "differing": tuple(row["differing"]),
            }
        )
        for row in rows
    )


def _on_x(row: Mapping[str, Any]) -> OnX:
    return OnX(
        outcome=Outcome(row["outcome"]),
        log10_lr=row["log10_lr"],
        loci=tuple(AtLocus(**each) for each in row["loci"]),
        frequencies=row["frequencies"],
        assumptions=_notes(row["assumptions"]),
        warnings=_notes(row["warnings"]),
    )


_READ: Mapping[str, Callable[[Any], Any]] = {
    "assumptions": _notes,
    "warnings": _notes,
    "believed": _believed,
    "lines": _lines,
    "on_x": _on_x,
}
