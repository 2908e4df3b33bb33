"""All that a ratio takes for granted, in sentences that stand beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from matching.kinship.loci import Chromosome
from matching.kinship.mutation import Mutation, MutationModel
from matching.kinship.network import Settings
from matching.kinship.pedigree import Pedigree
from matching.kinship.profiles import Loss
from matching.kinship.sentence import Sentence, Value


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
    Situation.FAMILY: Sentence(
        "of_the_family",
        "H1: the profile is of the missing person, who stands in the family as the pedigree "
        "says. H2: it is of somebody unrelated to the family, of the same population.",
    ),
    Situation.DIRECT: Sentence(
        "of_one_person",
        "H1: both profiles are of one person. H2: they are of two unrelated people of the same "
        "population.",
    ),
    Situation.TWO_PEDIGREES: Sentence(
        "two_pedigrees", "H1: the pedigree is as given. H2: it is as pedigree_H2 says."
    ),
}

LINKED = (("vWA", "D12S391"), ("CSF1PO", "D5S818"), ("SE33", "D6S1043"))
"""Pairs of usual loci near enough on one chromosome to be handed on together more often than
not (Phillips et al. 2012, remembered: docs/methods/kinship.md)."""

MODELS = {
    MutationModel.EQUAL: "equal",
    MutationModel.PROPORTIONAL: "proportional to frequency",
    MutationModel.STEPWISE: "extended stepwise",
}


def assumptions_of(told: Told) -> tuple[Sentence, ...]:
    """Say what was assumed, one sentence each, in the order in which it matters."""
    return tuple(_assumptions(told))


def _assumptions(told: Told) -> Iterator[Sentence]:
    settings = told.settings
    yield HYPOTHESES[told.situation]
    yield Sentence(
        "as_the_tree_says",
        "Each typed person is who the pedigree says; parents are as it says.",
    )
    yield Sentence("table", "Allele frequencies: {table}.", {"table": told.frequency_set})
    yield _population(settings.theta)
    yield from _inheritance(settings.mutation)
    for child in told.pedigree.implied:
        yield Sentence(
            "untyped_founder",
            "{who} is taken to be an untyped founder without other children.",
            {"who": child},
        )
    yield from _losses(settings.silent, told.loss)
    if told.chromosome is Chromosome.X:
        yield Sentence(
            "x_unlinked", "X markers, taken as unlinked; a man has one copy, from his mother."
        )
    yield Sentence("loci_independent", "Loci are independent; the total is their product.")
    for one, other in LINKED:
        if {one, other} <= set(told.loci):
            yield Sentence(
                "near_each_other",
                "{one} and {other} lie near each other; they are taken as independent too.",
                {"one": one, "other": other},
            )


def _losses(silent: float, loss: Loss) -> Iterator[Sentence]:
    """Say what may have been there and not been seen, or the reverse."""
    if silent:
        yield Sentence(
            "silent",
            "Silent alleles: frequency {share:g} at every locus, the others scaled by what is "
            "left; one band may be one allele and a silent one. They do not mutate.",
            {"share": silent},
        )
    if loss.dropout:
        yield Sentence(
            "dropout",
            "Drop-out: each allele copy of the remains was lost with chance {share:g}, by "
            "itself, the same at every locus.",
            {"share": loss.dropout},
        )
    if loss.dropin:
        yield Sentence(
            "dropin",
            "Drop-in: with chance {share:g} a locus of the remains shows one allele that is "
            "not theirs, drawn by its frequency.",
            {"share": loss.dropin},
        )


def _population(theta: float) -> Sentence:
    if theta == 0:
        return Sentence("no_theta", "Founders are unrelated and of one population (theta 0).")
    return Sentence(
        "theta",
        "Founders, and the unrelated person, are of one subpopulation: theta {theta:g} for all "
        "of their alleles jointly (Balding–Nichols).",
        {"theta": theta},
    )


def _inheritance(mutation: Mutation | None) -> Iterator[Sentence]:
    if mutation is None:
        yield Sentence(
            "no_mutation",
            "No allele mutates: one that cannot have been inherited excludes.",
        )
        return
    yield _mutation(mutation)
    if mutation.by_locus:
        yield Sentence(
            "own_rates",
            "Own mutation rates at {loci}.",
            {"loci": ", ".join(mutation.by_locus)},
        )
    if not mutation.is_stationary and mutation.model is not MutationModel.PROPORTIONAL:
        yield Sentence(
            "frequencies_drift",
            "This mutation model changes frequencies from one generation to the next; untyped "
            "founders are kept, and have the frequencies of the table.",
        )


def _mutation(mutation: Mutation) -> Sentence:
    """Say model and rates; the code is of the model, since each is told in words of its own."""
    of_steps = mutation.model is MutationModel.STEPWISE
    steps = ", range {range:g}, rate2 {rate2:g}" if of_steps else ""
    kept = ", balanced to keep frequencies (PM)" if mutation.is_stationary else ""
    values: dict[str, Value] = {"male": mutation.rate_male, "female": mutation.rate_female}
    if of_steps:
        values |= {"range": mutation.range, "rate2": mutation.rate2}
    return Sentence(
        f"mutation_{mutation.model.name.lower()}",
        f"Mutation: {MODELS[mutation.model]}{kept}, rate {{male:g}} from fathers and "
        f"{{female:g}} from mothers{steps}, on the alleles of the table.",
        values,
    )
