"""Profiles as laboratories write them, read strictly: what cannot be weighed says why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matching.errors import UnreadableCase, UnusableFrequencies, UnusableProfile
from matching.kinship.amelogenin import is_amelogenin
from matching.kinship.loci import Chromosome, Locus, Tables
from matching.kinship.observation import Observation
from matching.kinship.pedigree import Sex

MOST_COPIES = 2
SEPARATORS = str.maketrans("", "", " -_/.")


@dataclass(frozen=True, slots=True)
class Loss:
    """What a sample may have lost or gained on the way."""

    dropout: float = 0.0
    dropin: float = 0.0

    @property
    def is_possible(self) -> bool:
        return self.dropout > 0 or self.dropin > 0


CLEAN = Loss()


@dataclass
class Ladder:
    """The loci of one frequency set by any of their spellings, and what was noticed of them.

    ``asked`` are the loci to read, however they are spelt; None for all. ``warnings`` and
    ``left_out`` grow while profiles are read; each thing is said once.
    """

    tables: Tables
    set_name: str
    chromosome: Chromosome = Chromosome.AUTOSOMAL
    asked: list[str] | None = None
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _taken: dict[str, Locus] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._set = self.tables.set_named(self.set_name)

    def is_asked(self, written: str) -> bool:
        """Tell whether a locus is to be read, and remember it if it is not."""
        if self.asked is None or plain_name(written) in {
            plain_name(each) for each in self.asked
        }:
            return True
        if written not in self.left_out:
            self.left_out.append(written)
        return False

    def name_of(self, written: str) -> str | None:
        """Find how the frequency set spells a locus; None if it has none of the kind."""
        if written in self._set:
            return written
        plain = plain_name(written)
        found = next((name for name in self._set if plain_name(name) == plain), None)
        if found is not None:
            self.notice(f"{written} was read as {found}, as {self.set_name} spells it.")
        return found

    def locus(self, name: str) -> Locus:
        """Give a locus, by the spelling of the set.

        Raises
        ------
        UnusableFrequencies
            If its frequencies cannot be used.
        """
        if name not in self._taken:
            locus = self._set[name]
            if isinstance(locus, UnusableFrequencies):
                raise locus
            total = self.tables.scaled.get((self.set_name, name))
            if total is not None:
                self.notice(
                    f"The frequencies of {name} in {self.set_name} sum to {total:.6g}; they "
                    "were scaled to 1."
                )
            self._taken[name] = Locus(name, locus.alleles, locus.frequencies, self.chromosome)
        return self._taken[name]

    def notice(self, sentence: str) -> None:
        """Keep a warning, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)


def plain_name(name: str) -> str:
    """Give the name of a locus without what laboratories spell in their own ways."""
    return name.translate(SEPARATORS).casefold()


def read_profile(
    written: Any, person: tuple[str, Sex], ladder: Ladder, loss: Loss = CLEAN
) -> dict[str, Observation]:
    """Read ``{locus: [allele, allele]}`` of one person; untyped loci are left out.

    Parameters
    ----------
    written
        The profile. Alleles may be texts or numbers; an empty list or null is untyped.
    person
        Id, and the sex by which an X marker has one copy or two.
    ladder
        The frequency set. A locus it does not have is refused if the person is typed there.
    loss
        What the sample may have lost: then one allele is not a homozygote, only what was seen.

    Raises
    ------
    UnusableProfile, UnusableFrequencies
        The message names person, locus and value.
    """
    if not isinstance(written, Mapping):
        raise UnreadableCase(
            f"The profile of {person[0]} is not written as {{locus: alleles}}."
        )
    read: dict[str, Observation] = {}
    for given_name, value in written.items():
        alleles = _alleles(value, f"{person[0]} at {given_name}")
        if not alleles or is_amelogenin(given_name) or not ladder.is_asked(given_name):
            continue
        name = ladder.name_of(given_name)
        if name is None:
            raise UnusableFrequencies(
                f"{person[0]} is typed at {given_name} ({', '.join(alleles)}), for which "
                f"{ladder.set_name} has no frequencies."
            )
        if name in read:
            raise UnusableProfile(
                f"{person[0]} has {name} twice, once written {given_name} "
                f"({', '.join(alleles)}); keep one of them."
            )
        read[name] = _observation(alleles, (*person, given_name), ladder.locus(name), loss)
    return read


def _alleles(value: Any, where: str) -> list[str]:
    """Give the alleles as texts; none where the locus was not typed."""
    listed = [value] if isinstance(value, str | int | float) else value
    if listed is None:
        return []
    if not isinstance(listed, list):
        raise UnusableProfile(f"{where}: {value} is no list of alleles such as [12, 14].")
    texts = [_text(each, where) for each in listed]
    if any(texts) and not all(texts):
        raise UnusableProfile(
            f"{where}: one of two alleles is empty ({', '.join(filter(None, texts))}). Write a "
            "homozygote twice, or say what may have been lost (dropout_d)."
        )
    return [text for text in texts if text]


def _text(allele: Any, where: str) -> str:
    if allele is None:
        return ""
    if isinstance(allele, str):
        return allele.strip()
    if isinstance(allele, bool) or not isinstance(allele, int | float):
        raise UnusableProfile(f"{where}: {allele} is no allele.")
    return f"{allele:g}"


def _observation(
    alleles: list[str], where: tuple[str, Sex, str], locus: Locus, loss: Loss
) -> Observation:
    person, sex, given_name = where
    copies = 1 if locus.chromosome is Chromosome.X and sex is Sex.MALE else MOST_COPIES
    seen = [_found(allele, person, given_name, locus) for allele in alleles]
    shown = ", ".join(alleles)
    if len(set(seen)) > copies + (loss.dropin > 0):
        has = "one X and so one allele" if copies == 1 else "two alleles"
        raise UnusableProfile(
            f"{person} shows {len(set(seen))} alleles at {given_name} ({shown}); a person has "
            f"{has}. Look for a mixture, a contamination or a rare duplication."
        )
    if loss.is_possible:
        return Observation(frozenset(seen), loss.dropout, loss.dropin)
    if not copies <= len(seen) <= MOST_COPIES:
        raise UnusableProfile(
            f"{person} has {len(seen)} alleles at {given_name} ({shown}), not two. Write a "
            "homozygote twice, or say what may have been lost (dropout_d)."
        )
    return Observation(frozenset(seen))


def _found(allele: str, person: str, given_name: str, locus: Locus) -> int:
    at = locus.find(allele)
    if at is None:
        raise UnusableProfile(
            f"{person} has allele {allele} at {given_name}, which the frequency table does not "
            f"hold ({locus.alleles[0]} to {locus.alleles[-1]}). Check the typing; if it is "
            "right, add the allele to the table with the frequency your laboratory uses for "
            "alleles never seen before."
        )
    return at
