"""Profiles as laboratories write them, read strictly: what cannot be weighed says why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matching.errors import UnreadableCase, UnusableFrequencies, UnusableProfile
from matching.kinship.amelogenin import is_amelogenin
from matching.kinship.loci import Chromosome, Locus, Tables
from matching.kinship.observation import Observation
from matching.kinship.pedigree import Sex
from matching.kinship.sentence import Sentence

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
    warnings: list[Sentence] = field(default_factory=list)
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
            self.notice(
                Sentence(
                    "spelt_otherwise",
                    "{written} was read as {locus}, as {table} spells it.",
                    {"written": written, "locus": found, "table": self.set_name},
                )
            )
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
                    Sentence(
                        "scaled",
                        "The frequencies of {locus} in {table} sum to {total:.6g}; they were "
                        "scaled to 1.",
                        {"locus": name, "table": self.set_name, "total": total},
                    )
                )
            self._taken[name] = Locus(name, locus.alleles, locus.frequencies, self.chromosome)
        return self._taken[name]

    def notice(self, sentence: Sentence) -> None:
        """Keep a warning, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)


def not_listed(person: str) -> Sentence:
    """Say that somebody has a profile that nobody asked to use."""
    return Sentence(
        "not_listed",
        "{who} has a profile but is not listed as typed: left out.",
        {"who": person},
    )


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
        alleles = _alleles(value, person[0], given_name)
        if not alleles or is_amelogenin(given_name) or not ladder.is_asked(given_name):
            continue
        name = ladder.name_of(given_name)
        if name is None:
            raise UnusableFrequencies(
                Sentence(
                    "typed_without_frequencies",
                    "{who} is typed at {locus} ({alleles}), for which {table} has no "
                    "frequencies.",
                    {
                        "who": person[0],
                        "locus": given_name,
                        "alleles": ", ".join(alleles),
                        "table": ladder.set_name,
                    },
                )
            )
        if name in read:
            raise UnusableProfile(
                Sentence(
                    "locus_twice",
                    "{who} has {locus} twice, once written {written} ({alleles}); keep one of "
                    "them.",
                    {
                        "who": person[0],
                        "locus": name,
                        "written": given_name,
                        "alleles": ", ".join(alleles),
                    },
                )
            )
        read[name] = _observation(alleles, (*person, given_name), ladder.locus(name), loss)
    return read


def _alleles(value: Any, person: str, given_name: str) -> list[str]:
    """Give the alleles as texts; none where the locus was not typed."""
    where = f"{person} at {given_name}"
    listed = [value] if isinstance(value, str | int | float) else value
    if listed is None:
        return []
    if not isinstance(listed, list):
        raise UnusableProfile(f"{where}: {value} is no list of alleles such as [12, 14].")
    texts = [_text(each, where) for each in listed]
    if any(texts) and not all(texts):
        raise UnusableProfile(
            Sentence(
                "half_empty",
                "{who} at {locus}: one of two alleles is empty ({alleles}). Write a homozygote "
                "twice, or say what may have been lost (dropout_d).",
                {
                    "who": person,
                    "locus": given_name,
                    "alleles": ", ".join(filter(None, texts)),
                },
            )
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
    shown = {"who": person, "locus": given_name, "alleles": ", ".join(alleles)}
    if len(set(seen)) > copies + (loss.dropin > 0):
        has = "one X and so one allele" if copies == 1 else "two alleles"
        raise UnusableProfile(
            Sentence(
                "too_many_alleles",
                f"{{who}} shows {len(set(seen))} alleles at {{locus}} ({{alleles}}); a person "
                f"has {has}. Look for a mixture, a contamination or a rare duplication.",
                shown,
            )
        )
    if loss.is_possible:
        return Observation(frozenset(seen), loss.dropout, loss.dropin)
    if not copies <= len(seen) <= MOST_COPIES:
        raise UnusableProfile(
            Sentence(
                "not_two_alleles",
                f"{{who}} has {len(seen)} alleles at {{locus}} ({{alleles}}), not two. Write a "
                "homozygote twice, or say what may have been lost (dropout_d).",
                shown,
            )
        )
    return Observation(frozenset(seen))


def _found(allele: str, person: str, given_name: str, locus: Locus) -> int:
    at = locus.find(allele)
    if at is None:
        raise UnusableProfile(
            Sentence(
                "allele_not_in_table",
                "{who} has allele {allele} at {locus}, which the frequency table does not hold "
                "({first} to {last}). Check the typing; if it is right, add the allele to the "
                "table with the frequency your laboratory uses for alleles never seen before.",
                {
                    "who": person,
                    "allele": allele,
                    "locus": given_name,
                    "first": locus.alleles[0],
                    "last": locus.alleles[-1],
                },
            )
        )
    return at
