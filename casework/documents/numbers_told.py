"""The numbers that a decision kept, in words that can be read out in a court.

What was believed of a pair that day: hypotheses, prior and its basis, each ratio, the
posterior, and the words of the scale they are said in. They decided nothing; people did.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.candidates.presenters import KIND_WORDS, basis_words
from casework.kinship.sentences import STRENGTH_WORDS, posterior_words, times_words
from casework.kinship.told import Outcome
from casework.kinship.weighing import SCALE, Strength, chance_hits, strength_of
from casework.web.described import Teller
from casework.web.languages import marked

OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.EXCLUDES: marked(
        "Los perfiles de ADN no pueden darse si los restos son de la persona, sin mutación "
        "ni error."
    ),
    Outcome.UNDECIDED: marked(
        "Unos lugares del ADN hablan contra una explicación y otros contra la otra: no hay un "
        "número."
    ),
    Outcome.NO_NUMBER: marked(
        "Se compararon solo las líneas del padre o de la madre, o el cromosoma X: no hay un "
        "número que multiplicar."
    ),
}


@dataclass(frozen=True, slots=True)
class ToldWeight:
    """One ratio: of what, how much, and in words."""

    name: str
    log10_lr: float
    words: str


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step of the scale: from which ratio to which, and its words."""

    size: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNumbers:
    """All that stood on record of what was believed; empty words where nothing did."""

    prior: str
    basis: str
    model: str
    weights: tuple[ToldWeight, ...]
    widest: float
    total: ToldWeight
    without_dna: str
    dna: tuple[str, ...]
    with_dna: str
    threshold: str
    left_out: str


def told_numbers(kept: Mapping[str, Any], teller: Teller) -> ToldNumbers | None:
    """Put the numbers of a decision into words; None where none were kept."""
    if not kept or kept.get("log10_lr") is None:
        return None
    dna, wording = kept.get("dna", {}), teller.wording
    weights = tuple(
        ToldWeight(teller.gettext(KIND_WORDS.get(kind, kind)), each, _words(each, teller))
        for kind, each in kept["weights"].items()
    )
    total = kept["log10_lr"]
    return ToldNumbers(
        prior=wording.number(1 + 1 / kept["prior_odds"], 0),
        basis=basis_words(kept["prior_basis"], teller),
        model=kept["model"],
        weights=weights,
        widest=max([abs(each.log10_lr) for each in weights], default=1.0) or 1.0,
        total=ToldWeight(
            teller.gettext("Todo junto, sin el ADN"), total, _words(total, teller)
        ),
        without_dna=posterior_words(kept["posterior"], teller),
        dna=_dna(dna, teller),
        with_dna=posterior_words(dna["posterior"], teller) if "posterior" in dna else "",
        threshold=wording.percent(kept["threshold"], 3),
        left_out=", ".join(
            teller.gettext(KIND_WORDS.get(each, each)) for each in dna.get("left_out", ())
        ),
    )


def scale_told(teller: Teller) -> tuple[ToldStep, ...]:
    """Write the verbal scale out: a reader must be able to look a word up."""
    steps, start = [], 1.0
    number = teller.wording.number
    for end, word in SCALE:
        until = 10.0**end
        size = teller.gettext("de %(least)s a menos de %(most)s") % {
            "least": number(start, 0),
            "most": number(until, 0),
        }
        steps.append(ToldStep(size, teller.gettext(STRENGTH_WORDS[word])))
        start = until
    last = teller.gettext("%(least)s o más") % {"least": number(start, 0)}
    words = teller.gettext(STRENGTH_WORDS[Strength.EXTREMELY_STRONG])
    return (*steps, ToldStep(last, words))


def _words(log10_lr: float, teller: Teller) -> str:
    said = teller.wording.weight_in_words(log10_lr)
    if not math.isfinite(log10_lr):
        return said
    strength = strength_of(log10_lr)
    if strength is Strength.NONE:
        return said
    return f"{said} ({teller.gettext(STRENGTH_WORDS[strength])})"


def _dna(kept: Mapping[str, Any], teller: Teller) -> tuple[str, ...]:
    """Tell what stood on record of DNA, and what did not."""
    _ = teller.gettext
    if kept.get("closed"):
        return (_("Estaba reservado para quien propuso la decisión, y no se tuvo en cuenta."),)
    if not kept:
        return (_("No había ningún resultado de ADN anotado de este par."),)
    if "log10_lr" not in kept:
        return (_(OUTCOME_WORDS[Outcome(kept["outcome"])]),)
    log10_lr = kept["log10_lr"]
    said = {"times": times_words(log10_lr, teller)}
    if log10_lr > 0:
        first = _(
            "Los perfiles de ADN son unas %(times)s veces más probables con la primera "
            "explicación que con la segunda."
        )
    else:
        first = _(
            "Los perfiles de ADN son unas %(times)s veces menos probables con la primera "
            "explicación que con la segunda."
        )
    words = _(STRENGTH_WORDS[strength_of(log10_lr)])
    scale = _("En palabras de la escala: %(words)s.") % {"words": words}
    report = _("Informe: %(report)s.") % {"report": kept["report"]} if kept["report"] else ""
    told = (first % said, scale, _searched(kept, log10_lr, teller), report)
    return tuple(each for each in told if each)


def _searched(kept: Mapping[str, Any], log10_lr: float, teller: Teller) -> str:
    """Say how many were compared: every search raises what chance does."""
    _, count = teller.gettext, kept.get("comparisons")
    if count is None:
        return _("No se sabe en cuántas comparaciones salió este par.")
    if count == 1:
        return _("Se comparó solo este par; no salió de una búsqueda entre muchos.")
    said = {
        "count": teller.wording.number(count, 0),
        "hits": teller.wording.number(chance_hits(log10_lr, count), 3),
    }
    return (
        _(
            "Salió de una búsqueda con %(count)s comparaciones; por puro azar se esperarían en "
            "ella como mucho %(hits)s pares sin parentesco con un número así."
        )
        % said
    )
