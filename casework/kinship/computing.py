"""Computing a result from the profiles that are kept: the family as drawn, against the remains.

What is computed is `matching.kinship`, case by case as `reunir kinship` does it; here only the
case is written. Profiles of donors whose own consent stands are handed in, and no others.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.kinship.told import AtLocus, Noted, OnX, Otherwise, Outcome, SexIn, Told
from casework.pedigree.tree import MISSING, Tree
from casework.pedigree.written import member_id, with_founders
from casework.pedigree.written import written as written_tree
from casework.web.languages import marked
from matching.errors import MatchingError
from matching.kinship.alternatives import Alternative, alternatives_of
from matching.kinship.cases import Weighed, read_case
from matching.kinship.loci import Chromosome, Tables, read_tables
from matching.kinship.profiles import plain_name
from matching.kinship.sentence import Sentence

__all__ = [
    "Asked",
    "CannotCompute",
    "Chromosome",
    "computed",
    "computed_on_x",
    "noted",
    "without_number",
]

Genotypes = Mapping[str, list[str]]

THETAS = (0.0, 0.01, 0.03)
"""With which a result is told: none, as for large populations, as for small communities."""

MUTATION = {"model": "proportional", "rate_male": 0.002, "rate_female": 0.0005}
"""Rates of usual autosomal loci, as `matching.kinship.doubts.USUAL`; the model that keeps the
frequencies of the table. Our choice: without mutation one step would exclude."""

SOFTWARE = "reunir, matching.kinship"
NO_FAMILY = marked("No hay ningún perfil de la familia cuya autorización esté vigente.")


class CannotCompute(ValueError):
    """Why there is nothing to compute; what the engine said where it refused."""

    def __init__(self, sentence: str, engine: Noted | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.engine = sentence, engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a computation needs.

    `family`: genotypes by number in the tree; `own`: of something that the missing person used.
    """

    tree: Tree
    family: Mapping[int, Genotypes]
    own: Genotypes | None
    remains: Genotypes
    table: str
    population: str
    loci: Mapping[str, Mapping[str, float]]
    theta: float
    chromosome: Chromosome = Chromosome.AUTOSOMAL


def computed(asked: Asked, *, why_anew: str = "") -> Told:
    """Weigh the remains against the family.

    Raises
    ------
    CannotCompute
        If no profile of the family is there, or the engine refuses, in its own sentence.
    """
    if not asked.family and asked.own is None:
        raise CannotCompute(NO_FAMILY)
    tables = read_tables({asked.table: asked.loci})
    try:
        case = read_case(_case(asked, asked.theta), tables)
        weighed = case.weighed()
        alternatives = () if asked.own else alternatives_of(case, member_id(MISSING))
        others = tuple(_otherwise(asked, tables))
    except MatchingError as refusal:
        raise CannotCompute(
            marked("Con estos perfiles y esta tabla no se puede calcular: %(engine)s"),
            noted(refusal.args[0]),
        ) from refusal
    return _told(asked, weighed, alternatives, others, why_anew=why_anew)


def computed_on_x(asked: Asked) -> OnX:
    """Weigh the X chromosome of the remains against the family's, beside the total.

    Raises
    ------
    CannotCompute
        As `computed`.
    """
    try:
        case = read_case(_case(asked, asked.theta), read_tables({asked.table: asked.loci}))
        weighed = case.weighed()
    except MatchingError as refusal:
        raise CannotCompute(
            marked("Con estos perfiles del cromosoma X no se puede calcular: %(engine)s"),
            noted(refusal.args[0]),
        ) from refusal
    total = weighed.ratios.total_log10
    return OnX(
        outcome=_outcome(total),
        log10_lr=_finite(total),
        loci=_by_locus(weighed),
        frequencies=f"{asked.table} ({asked.population})",
        assumptions=tuple(noted(each) for each in weighed.assumptions),
        warnings=tuple(noted(each) for each in weighed.warnings),
    )


def without_number(tree: Tree, *, why_anew: str = "") -> Told:
    """Begin a result that has no autosomal profiles to weigh."""
    return Told(
        outcome=Outcome.NO_NUMBER,
        sex=SexIn.LEFT_OUT,
        comparisons=1,
        software=SOFTWARE,
        tree=written_tree(tree),
        why_anew=why_anew,
    )


def _by_locus(weighed: Weighed) -> tuple[AtLocus, ...]:
    return tuple(
        AtLocus(name, math.log10(ratio) if ratio > 0 else None)
        for name, ratio in weighed.ratios.by_locus.items()
        if math.isfinite(ratio)
    )


def _told(
    asked: Asked,
    weighed: Weighed,
    alternatives: Sequence[Alternative],
    others: Sequence[Otherwise],
    *,
    why_anew: str,
) -> Told:
    """Put what was computed into the words of a result, with all that it rests on."""
    total = weighed.ratios.total_log10
    return Told(
        outcome=_outcome(total),
        log10_lr=total if math.isfinite(total) else None,
        loci=_by_locus(weighed),
        sex=SexIn.LEFT_OUT,
        comparisons=1,
        software=SOFTWARE,
        frequencies=f"{asked.table} ({asked.population})",
        theta=f"{asked.theta:g}",
        mutation="{model} {rate_male} / {rate_female}".format_map(MUTATION),
        tree=written_tree(asked.tree),
        typed=_typed(asked),
        assumptions=tuple(noted(each) for each in weighed.assumptions),
        warnings=tuple(noted(each) for each in weighed.warnings),
        alternatives=tuple(
            Otherwise(each.who, _finite(each.log10_lr))
            for each in alternatives
            if each.who != member_id(MISSING)
        ),
        sensitivity=others,
        why_anew=why_anew,
    )


def noted(sentence: str) -> Noted:
    """Keep what the engine said with its code, where it has one."""
    if isinstance(sentence, Sentence):
        return Noted(str(sentence), sentence.code, sentence.values)
    return Noted(str(sentence))


def _typed(asked: Asked) -> Sequence[int]:
    own = (MISSING,) if asked.own is not None else ()
    return sorted({*asked.family, *own})


def _case(asked: Asked, theta: float) -> dict[str, Any]:
    """Write the case as `reunir kinship` reads it."""
    missing = member_id(MISSING)
    genotypes = {member_id(number): dict(each) for number, each in asked.family.items()}
    known = {plain_name(name): name for name in asked.loci}
    typed = [known[plain] for name in asked.remains if (plain := plain_name(name)) in known]
    written: dict[str, Any] = {
        # Of a locus that the table does not have nothing can be said; the engine tells it.
        "loci": typed,
        "case_id": "pair",
        "missing_id": missing,
        "pedigree": with_founders(asked.tree),
        "frequency_set": asked.table,
        "theta": theta,
        "mutation": MUTATION,
        "chromosome": asked.chromosome.value,
    }
    if asked.own is None:
        genotypes[missing] = dict(asked.remains)
    else:
        genotypes[missing] = dict(asked.own)
        written |= {"group": "direct_match", "pm_observed": dict(asked.remains)}
    return written | {"genotypes": genotypes, "typed": list(genotypes)}


def _otherwise(asked: Asked, tables: Tables) -> Iterator[Otherwise]:
    for theta in THETAS:
        if theta != asked.theta:
            weighed: Weighed = read_case(_case(asked, theta), tables).weighed()
            yield Otherwise(f"theta {theta:g}", _finite(weighed.ratios.total_log10))


def _outcome(total: float) -> Outcome:
    if math.isnan(total) or total == math.inf:
        return Outcome.UNDECIDED
    return Outcome.RATIO if math.isfinite(total) else Outcome.EXCLUDES


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
