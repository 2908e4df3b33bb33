"""What a search by DNA found, in words for whoever knows bones and no statistics."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from casework.dna_search.actions import Outcome
from casework.dna_search.weighing import Hit
from casework.kinship.sentences import (
    STRENGTH_WORDS,
    SUREST,
    odds_words,
    times_words,
)
from casework.kinship.weighing import strength_of
from casework.web.described import Teller

RARE = 0.01
"""Below so many pairs expected by chance it is said "fewer than one in so many searches"."""


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One pair as the page lists it."""

    person: str
    remains: str
    log10_lr: float
    times: str
    strength: str
    by_chance: str
    odds: str
    loci: int
    sexes_differ: bool
    href: str


@dataclass(frozen=True, slots=True)
class ShownSearch:
    """A search as the page tells it."""

    headline: str
    prior: str
    hits: Sequence[ShownHit]
    widest: float
    refused: Sequence[tuple[str, str]]
    shares_person: bool


def shown_search(outcome: Outcome, expected: float, teller: Teller) -> ShownSearch:
    """Lay a search out; `expected` is how many of the missing are believed to be there."""
    found, number = outcome.searched, teller.wording.number
    prior = min(expected / max(found.compared, 1), 0.5)
    log10_prior = math.log10(prior / (1 - prior))
    said = {
        "remains": number(found.remains, 0),
        "families": number(found.families, 0),
        "compared": number(found.compared, 0),
        "against": number(found.against, 0),
    }
    hits = [_shown(outcome, each, log10_prior, teller) for each in found.hits]
    people = [each.person for each in hits if each.log10_lr > SUREST]
    remains = [each.remains for each in hits if each.log10_lr > SUREST]
    return ShownSearch(
        headline=teller.gettext(
            "Se comparó el ADN de %(remains)s restos con el de las familias de %(families)s "
            "personas: %(compared)s comparaciones. En %(against)s el ADN habla en contra."
        )
        % said,
        prior=teller.gettext(
            "Antes de mirar el ADN, un par cualquiera de estos: %(odds)s. Aciertos que se "
            "esperan entre todas las comparaciones, como usted dijo: %(count)s."
        )
        % {"odds": odds_words(log10_prior, teller), "count": number(expected, 0)},
        hits=hits,
        widest=max((abs(each.log10_lr) for each in hits), default=1.0),
        refused=found.refused,
        shares_person=len(set(people)) < len(people) or len(set(remains)) < len(remains),
    )


def _shown(outcome: Outcome, hit: Hit, log10_prior: float, teller: Teller) -> ShownHit:
    pairing = outcome.pairings.get((hit.person, hit.remains))
    return ShownHit(
        person=hit.person,
        remains=hit.remains,
        log10_lr=hit.log10_lr,
        times=times_words(hit.log10_lr, teller),
        strength=teller.gettext(STRENGTH_WORDS[strength_of(hit.log10_lr)]),
        by_chance=_by_chance(hit.by_chance, teller),
        odds=_odds(hit.log10_lr + log10_prior, teller),
        loci=hit.loci,
        sexes_differ=hit.sexes_differ,
        href="" if pairing is None else f"/pairings/{pairing}/dna",
    )


def _odds(log10_odds: float, teller: Teller) -> str:
    """Say the odds, with a bound where they are beyond what is known."""
    if abs(log10_odds) <= SUREST:
        return odds_words(log10_odds, teller)
    bound = {"size": teller.wording.number(10**SUREST, 0)}
    if log10_odds > 0:
        return teller.gettext("más de %(size)s a favor por 1 en contra") % bound
    return teller.gettext("1 a favor por más de %(size)s en contra") % bound


def _by_chance(expected: float, teller: Teller) -> str:
    """Say how many unrelated pairs of the whole search reach as much."""
    number = teller.wording.number
    if expected >= 1:
        return teller.gettext("por azar se esperan %(count)s pares así en esta búsqueda") % {
            "count": number(expected, 0)
        }
    if expected >= RARE:
        return teller.gettext("por azar, un par así en cada %(count)s búsquedas como esta") % {
            "count": number(1 / expected, 0)
        }
    return teller.gettext("por azar, menos de un par así en cien búsquedas como esta")
