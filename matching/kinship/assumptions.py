"""All that a ratio takes for granted, in sentences that stand beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from matching.kinship.loci import Chromosome
from matching.kinship.mutation import Mutation, MutationModel
from matching.kinship.network import Settings
from matching.kinship.pedigree import Pedigree
from matching.kinship.profiles import Loss


class Situation(Enum):
    """What is held against what."""

    FAMILY = auto()
    DIRECT = auto()
    TWO_PEDIGREES = auto()


@dataclass(frozen=True, slots=True)
class Told:
    """What a case was computed with."""

    situation: Situation
    frequency_set: str
    settings: Settings
    loss: Loss
    loci: tuple[str, ...]
    chromosome: Chromosome
    pedigree: Pedigree


HYPOTHESES = {
    Situation.FAMILY: (
        "H1: the profile is of the missing person, who stands in the family as the pedigree "
        "says. H2: it is of somebody unrelated to the family, of the same population."
    ),
    Situation.DIRECT: (
        "H1: both profiles are of one person. H2: they are of two unrelated people of the same "
        "population."
    ),
    Situation.TWO_PEDIGREES: "H1: the pedigree is as given. H2: it is as pedigree_H2 says.",
}

LINKED = (("vWA", "D12S391"), ("CSF1PO", "D5S818"), ("SE33", "D6S1043"))
"""Pairs of usual loci near enough on one chromosome to be handed on together more often than
not (Phillips et al. 2012, remembered: docs/methods/kinship.md)."""

MODELS = {
    MutationModel.EQUAL: "equal",
    MutationModel.PROPORTIONAL: "proportional to frequency",
    MutationModel.STEPWISE: "extended stepwise",
}


def assumptions_of(told: Told) -> tuple[str, ...]:
    """Say what was assumed, one sentence each, in the order in which it matters."""
    return tuple(_assumptions(told))


def _assumptions(told: Told) -> Iterator[str]:
    settings, loss = told.settings, told.loss
    yield HYPOTHESES[told.situation]
    yield "Each typed person is who the pedigree says; parents are as it says."
    yield f"Allele frequencies: {told.frequency_set}."
    yield _population(settings.theta)
    yield from _inheritance(settings.mutation)
    for child in told.pedigree.implied:
        yield f"{child} is taken to be an untyped founder without other children."
    if settings.silent:
        yield (
            f"Silent alleles: frequency {settings.silent:g} at every locus, the others scaled "
            "by what is left; one band may be one allele and a silent one. They do not mutate."
        )
    if loss.dropout:
        yield (
            f"Drop-out: each allele copy of the remains was lost with chance {loss.dropout:g}, "
            "by itself, the same at every locus."
        )
    if loss.dropin:
        yield (
            f"Drop-in: with chance {loss.dropin:g} a locus of the remains shows one allele "
            "that is not theirs, drawn by its frequency."
        )
    if told.chromosome is Chromosome.X:
        yield "X markers, taken as unlinked; a man has one copy, from his mother."
    yield "Loci are independent; the total is their product."
    for one, other in LINKED:
        if {one, other} <= set(told.loci):
            yield f"{one} and {other} lie near each other; they are taken as independent too."


def _population(theta: float) -> str:
    if theta == 0:
        return "Founders are unrelated and of one population (theta 0)."
    return (
        f"Founders, and the unrelated person, are of one subpopulation: theta {theta:g} for "
        "all of their alleles jointly (Balding–Nichols)."
    )


def _inheritance(mutation: Mutation | None) -> Iterator[str]:
    if mutation is None:
        yield "No allele mutates: one that cannot have been inherited excludes."
        return
    of_steps = mutation.model is MutationModel.STEPWISE
    steps = f", range {mutation.range:g}, rate2 {mutation.rate2:g}" if of_steps else ""
    kept = ", balanced to keep frequencies (PM)" if mutation.is_stationary else ""
    yield (
        f"Mutation: {MODELS[mutation.model]}{kept}, rate {mutation.rate_male:g} from fathers "
        f"and {mutation.rate_female:g} from mothers{steps}, on the alleles of the table."
    )
    if mutation.by_locus:
        yield f"Own mutation rates at {', '.join(mutation.by_locus)}."
    if not mutation.is_stationary and mutation.model is not MutationModel.PROPORTIONAL:
        yield (
            "This mutation model changes frequencies from one generation to the next; untyped "
            "founders are kept, and have the frequencies of the table."
        )
