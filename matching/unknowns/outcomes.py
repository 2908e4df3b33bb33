"""Kinds whose comparison ends in few ways: each way with its chance if same and if not."""

from collections.abc import Iterable, Iterator
from itertools import product
from math import prod
from typing import Any

from matching.evidence.group import company_of
from matching.evidence.medical import seen_serials, told_serials
from matching.evidence.numbers import log10_capped, mixed
from matching.evidence.papers import outcome_ratio, seen_papers
from matching.evidence.rarity import region_of
from matching.evidence.weight import Kind
from matching.evidence.written import legal_parts
from matching.unknowns.answers import Answer, by_share
from matching.unknowns.values import Case

Chances = tuple[float, float]
"""Of one way it may end: if same, and by chance."""


def possible_outcomes(kind: Kind, case: Case) -> Iterator[Answer]:
    """List how the comparison of a kind would end once the other side were known.

    Parameters
    ----------
    kind : Kind
        Place, medical, papers or group; any other gives nothing.
    case : Case
        What one side says; a kind on which both are silent gives nothing, as nobody knows how
        many people bear an implant or travelled with anybody.

    Yields
    ------
    Answer
        Of places only same region, same country or another: two points are worth more.
    """
    ways = {
        Kind.PLACE: _regions,
        Kind.MEDICAL: _serials,
        Kind.PAPERS: _papers,
        Kind.GROUP: _companies,
    }
    if kind in ways:
        yield from ways[kind](case)


def _regions(case: Case) -> Iterator[Answer]:
    told, seen = region_of(case.missing), region_of(case.remains)
    country, region = known = told if told[0] else seen
    if bool(told[0]) == bool(seen[0]):
        return
    parameters = case.model.place
    shares = parameters.region
    in_country = case.rarity.country_share(country, shares.share_records)
    ends: list[Chances] = [(shares.same_country, in_country)]
    if region:
        there = in_country * case.rarity.region_share(known, shares.share_records)
        ends = [
            (shares.same_region, there),
            (shares.same_country - shares.same_region, in_country - there),
        ]
    ends.append((1 - shares.same_country, 1 - in_country))
    yield from _mixed(ends, parameters.unrelated)


def _serials(case: Case) -> Iterator[Answer]:
    if bool(told_serials(case.missing)) == bool(seen_serials(case.remains)):
        return
    by: Any = case.model.medical
    yield from _mixed(_three(by.serial, by.serial.unshared), by.unrelated)


def _companies(case: Case) -> Iterator[Answer]:
    told, seen = company_of(case.missing), company_of(case.remains)
    by: Any = case.model.group
    for what, share_of, same in (
        ("incident", case.rarity.group.incident_share, by.same_incident),
        ("group", case.rarity.group.group_share, by.same_group),
    ):
        known = getattr(told, what) or getattr(seen, what)
        if known:
            share = share_of(known)
            yield from _mixed([(same, share), (1 - same, 1 - share)], 0.0)
            return


def _papers(case: Case) -> Iterator[Answer]:
    """Weigh what would be told against papers that were found; nobody can be asked for papers.

    Each part of the name found, and each number and telephone, is told alike or not.
    """
    seen = seen_papers(case.remains)
    if seen is None:
        return
    by: Any = case.model.papers
    rarity = case.rarity.papers
    given, surnames = legal_parts(case.remains.names)
    on_paper = [
        (by.names.further if rank else by.names.first, rarity.part_share(part))
        for parts in (given, surnames)
        for rank, part in enumerate(parts)
    ]
    on_paper += [
        (by.numbers.same, rarity.number_share(number, by.numbers.unshared))
        for _, number in seen.numbers[:1]
    ]
    phones = [
        (by.phones.same, rarity.phone_share(phone, by.phones.unshared))
        for phone in seen.phones[:1]
    ]
    for alike in product((True, False), repeat=len(on_paper) + len(phones)):
        ends = [
            each if agrees else (1 - each[0], 1 - each[1])
            for agrees, each in zip(alike, on_paper + phones, strict=True)
        ]
        ratios = [same / chance for same, chance in ends]
        borrowed = mixed(by.borrowed, prod(ratios[: len(on_paper)])) if on_paper else 1.0
        ratio = borrowed * prod(ratios[len(on_paper) :])
        yield by_share(prod(chance for _, chance in ends), log10_capped(ratio))


def _three(parameters: Any, share: float) -> list[Chances]:
    """Give the chances of neither, near and the same, as `outcome_ratio` has them."""
    expected, by_chance = (parameters.same, parameters.near), (share, parameters.chance_near)
    chances = (
        (1 - share) * (1 - parameters.chance_near),
        (1 - share) * parameters.chance_near,
        share,
    )
    return [
        (chance * outcome_ratio(level, expected, by_chance), chance)
        for level, chance in enumerate(chances)
    ]


def _mixed(ends: Iterable[Chances], unrelated: float) -> Iterator[Answer]:
    for same, chance in ends:
        yield by_share(chance, log10_capped(mixed(unrelated, same / chance)))
