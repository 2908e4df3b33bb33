"""Weight of names, numbers and telephones found with remains."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from math import prod

from matching.evidence.numbers import OpenShare, Positive, log10_capped, mixed
from matching.evidence.rarity import PaperRarity
from matching.evidence.weight import Kind, Reason, Weight
from matching.evidence.written import (
    IMPLANTS,
    all_parts,
    legal_parts,
    near_number,
    near_part,
    number_of,
    phone_of,
)
from matching.records import Listed, MissingRecord, Numbered, RemainsRecord

WHOLLY, NEARLY, NOT = 2, 1, 0
"""How well what was found agrees with what was told."""
NOT_COMPARED = -1

Shares = tuple[float, float]
"""Of the same, and of near ones among what is not the same."""
ShareOf = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """Shares of what is told that is found the same, and found nearly so.

    `chance_near` is the share of anybody's that is near by chance; `unshared` stands for how
    many other people give a number that only one report holds.
    """

    same: OpenShare
    near: OpenShare
    chance_near: OpenShare
    unshared: Positive


@dataclass(frozen=True, slots=True)
class NamesFound:
    """Shares of the parts of a name that stand on a paper, by what part they are."""

    first: OpenShare
    further: OpenShare
    other: OpenShare
    near: OpenShare
    chance_near: OpenShare


@dataclass(frozen=True, slots=True)
class PapersParameters:
    """How often papers are another's, and how often what is told stands on them."""

    borrowed: OpenShare
    names: NamesFound
    numbers: FoundAgain
    phones: FoundAgain


@dataclass(frozen=True, slots=True)
class ToldPapers:
    """Names, numbers and telephones of a missing person, as they are compared."""

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    other: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenPapers:
    """What was found: the parts of names, and whether given names and surnames are there."""

    parts: frozenset[str]
    has_given: bool
    has_surnames: bool
    numbers: tuple[tuple[str, str], ...]
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A ratio, and how well what it stands for agreed: 0 not, 1 nearly, 2 wholly."""

    ratio: float
    level: int


def weigh_papers(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: PapersParameters,
    rarity: PaperRarity,
) -> Weight | None:
    """Weigh names, numbers and telephones told against those found.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `names`, `id_numbers` (those of implants apart) and `phones`. Of the remains those
        that were found on papers and belongings.
    parameters : PapersParameters
        Table ``papers`` of the model file.
    rarity : PaperRarity
        How many reports give each part of a name, each number and each telephone.

    Returns
    -------
    Weight or None
        Names and numbers are mixed with `borrowed`, as papers are often another's; so they
        can speak strongly for and never much against. None where nothing found can be
        compared with anything told: that nothing was found weighs nothing.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/papers.md``.
    """
    told, seen = told_papers(missing), seen_papers(remains)
    if told is None or seen is None:
        return None
    return weigh_found(told, seen, parameters, rarity)


def told_papers(missing: MissingRecord) -> ToldPapers | None:
    """Everything of a missing person that may be found on a paper; None if nothing is known."""
    given, surnames = legal_parts(missing.names)
    other: tuple[str, ...] = ()
    if missing.names.other_names.items:
        other = tuple(sorted(all_parts(missing.names) - {*given, *surnames}))
    told = ToldPapers(given, surnames, other, *_numbers(missing))
    return told if any((given, surnames, other, told.numbers, told.phones)) else None


def seen_papers(remains: RemainsRecord) -> SeenPapers | None:
    """Everything found that names or numbers somebody; None if nothing does."""
    given, surnames = legal_parts(remains.names)
    parts = all_parts(remains.names)
    other = bool(parts - {*given, *surnames})
    numbers, phones = _numbers(remains)
    seen = SeenPapers(parts, bool(given) or other, bool(surnames) or other, numbers, phones)
    return seen if parts or numbers or phones else None


def _numbers(
    record: MissingRecord | RemainsRecord,
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    phones = dict.fromkeys(phone_of(phone) for phone in record.phones)
    return numbers_of(record.id_numbers), tuple(phone for phone in phones if phone)


def numbers_of(
    listed: Listed[Numbered], *, implants: bool = False
) -> tuple[tuple[str, str], ...]:
    """Scheme and number of each paper (or of each implant), each once."""
    numbers = (
        (one.scheme, number_of(one))
        for one in listed
        if (one.scheme in IMPLANTS) is implants and number_of(one)
    )
    return tuple(dict.fromkeys(numbers))


def weigh_found(
    told: ToldPapers, seen: SeenPapers, parameters: PapersParameters, rarity: PaperRarity
) -> Weight | None:
    """Weigh what was found against what was told; see `weigh_papers`."""
    names = compare_names(told, seen, parameters.names, rarity)
    numbers = compare_numbers(
        told.numbers,
        seen.numbers,
        parameters.numbers,
        lambda number: rarity.number_share(number, parameters.numbers.unshared),
    )
    phones = compare_numbers(
        [("", phone) for phone in told.phones],
        [("", phone) for phone in seen.phones],
        parameters.phones,
        lambda phone: rarity.phone_share(phone, parameters.phones.unshared),
    )
    on_paper = [one for one in (names, numbers) if one is not None]
    if not on_paper and phones is None:
        return None
    ratio = phones.ratio if phones else 1.0
    if on_paper:
        ratio *= mixed(parameters.borrowed, prod(one.ratio for one in on_paper))
    levels = [one.level if one else NOT_COMPARED for one in (names, numbers, phones)]
    facts = tuple(zip(("names", "numbers", "phones"), map(float, levels), strict=True))
    return Weight(Kind.PAPERS, log10_capped(ratio), _reason(levels), facts)


def compare_names(
    told: ToldPapers, seen: SeenPapers, parameters: NamesFound, rarity: PaperRarity
) -> Compared | None:
    """Compare the parts of a name told with those found.

    Each part told is found the same, found nearly so, or not found; by chance somebody
    else's name has it as often as others in the registry have it. Given names are only
    looked for where some were found, and surnames likewise.

    Returns
    -------
    Compared or None
        None where nothing found is comparable.
    """
    looked_for = [*_by_rank(told.given, parameters)] if seen.has_given else []
    looked_for += _by_rank(told.surnames, parameters) if seen.has_surnames else []
    looked_for += [(part, parameters.other) for part in told.other]
    if not looked_for or not seen.parts:
        return None
    levels = [_level_of_part(part, seen.parts) for part, _ in looked_for]
    ratio = prod(
        outcome_ratio(
            level,
            (share, parameters.near),
            (rarity.part_share(part), parameters.chance_near),
        )
        for level, (part, share) in zip(levels, looked_for, strict=True)
    )
    legal = levels[: len(looked_for) - len(told.other)] or levels
    return Compared(ratio, WHOLLY if min(legal) == WHOLLY else min(max(levels), NEARLY))


def _by_rank(parts: tuple[str, ...], parameters: NamesFound) -> list[tuple[str, float]]:
    return [
        (part, parameters.further if rank else parameters.first)
        for rank, part in enumerate(parts)
    ]


def _level_of_part(part: str, found: Collection[str]) -> int:
    if part in found:
        return WHOLLY
    return int(any(near_part(part, other) for other in found))


def outcome_ratio(level: int, expected: Shares, by_chance: Shares) -> float:
    """Likelihood ratio of an outcome of three: the same, near, or neither.

    Parameters
    ----------
    level : int
        `WHOLLY`, `NEARLY` or `NOT`.
    expected, by_chance : (same, near)
        Shares on the person's own papers and on somebody else's; `near` is a share of what
        is not the same, so that all outcomes sum to one.

    Returns
    -------
    float
        Positive.
    """
    (same, near), (chance, chance_near) = expected, by_chance
    if level == WHOLLY:
        return same / chance
    if level == NEARLY:
        return (1 - same) * near / ((1 - chance) * chance_near)
    return (1 - same) * (1 - near) / ((1 - chance) * (1 - chance_near))


def compare_numbers(
    told: Collection[tuple[str, str]],
    seen: Iterable[tuple[str, str]],
    parameters: FoundAgain,
    share: ShareOf,
) -> Compared | None:
    """Compare numbers told with numbers found.

    Each number found is held against those told that may be of its scheme. As any one of
    several found may be the person's own, their ratios are averaged.

    Returns
    -------
    Compared or None
        None where no number found can be compared with one told.
    """
    compared = []
    for scheme, number in seen:
        rivals = [
            other for theirs, other in told if theirs == scheme or not (theirs and scheme)
        ]
        if rivals:
            compared.append(_compare_number(number, rivals, parameters, share))
    if not compared:
        return None
    mean = sum(one.ratio for one in compared) / len(compared)
    return Compared(mean, max(one.level for one in compared))


def _compare_number(
    number: str, rivals: Collection[str], parameters: FoundAgain, share: ShareOf
) -> Compared:
    """Hold one number found against those told: the same, near, or neither.

    By chance it is one of those told as often as others give any of them.
    """
    level = WHOLLY if number in rivals else int(any(near_number(one, number) for one in rivals))
    shares = {one: share(one) for one in rivals}
    expected = (parameters.same, parameters.near)
    by_chance = (min(sum(shares.values()), 1 / 2), parameters.chance_near)
    ratio = outcome_ratio(level, expected, by_chance)
    if level == WHOLLY:  # which of those told it is: each is as likely
        ratio = parameters.same / len(rivals) / shares[number]
    return Compared(ratio, level)


def _reason(levels: Collection[int]) -> Reason:
    if max(levels) == WHOLLY:
        return Reason.PAPERS_AGREE
    return Reason.PAPERS_PARTLY_AGREE if max(levels) == NEARLY else Reason.PAPERS_DIFFER
