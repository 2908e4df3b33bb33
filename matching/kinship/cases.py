"""Kinship cases as other programs write them: one object each, read into two hypotheses.

The form is described in docs/reference/batch-tables.md. What is not needed is passed over, so
that a file may carry notes and answers; what is needed and wrong is refused by name.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matching.errors import ImpossiblePedigree, UnreadableCase, UnusableProfile
from matching.kinship.amelogenin import contradictions, is_amelogenin
from matching.kinship.assumptions import Situation, Told, assumptions_of
from matching.kinship.beside import LineResult, read_lines
from matching.kinship.loci import Chromosome, Locus, Tables
from matching.kinship.observation import Observation
from matching.kinship.pedigree import Pedigree, Person
from matching.kinship.profiles import CLEAN, Ladder, Loss, not_listed, read_profile
from matching.kinship.ratio import Hypothesis, Ratios, Settings, compare
from matching.kinship.reading import listed_in, object_in, pedigree_in
from matching.kinship.sentence import Sentence
from matching.kinship.settings import chance_in, read_mutation

Looks = dict[str, dict[str, Observation]]

STRANGER = " (somebody unrelated)"


@dataclass(frozen=True, slots=True)
class Case:
    """Two hypotheses, where to compare them, and all that is assumed.

    ``assumptions`` and ``warnings`` are sentences for whoever reads the result, with codes
    for whoever has other words for them.
    """

    case_id: str
    first: Hypothesis
    second: Hypothesis
    loci: tuple[Locus, ...]
    settings: Settings
    assumptions: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]
    lines: tuple[LineResult, ...] = ()

    def weighed(self) -> "Weighed":
        """Weigh the first hypothesis against the second.

        Raises
        ------
        MatchingError
            As `compare`.
        """
        ratios = compare(self.first, self.second, self.loci, self.settings)
        warnings = (*self.warnings, *_exclusions(ratios))
        return Weighed(ratios, self.assumptions, warnings, self.lines)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The ratios of a case with all that must be said of them.

    ``lines`` are mtDNA and Y, which are no part of the total.
    """

    ratios: Ratios
    assumptions: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]
    lines: tuple[LineResult, ...]


def read_case(written: Any, tables: Tables) -> Case:
    """Read one case.

    Parameters
    ----------
    written
        The object, as JSON gives it.
    tables
        Frequency sets, of which the case names one.

    Raises
    ------
    MatchingError
        If anything needed is lacking or cannot be; one sentence, naming person, locus, value.
    """
    return _Reading(object_in(written, "A case"), tables).case()


def case_id_of(written: Any) -> str | None:
    """Give a case's id where it has one, also where nothing else of it can be read."""
    found = written.get("case_id") if isinstance(written, dict) else None
    return str(found) if isinstance(found, str | int) and str(found).strip() else None


class _Reading:
    """One case being read: what the steps of it share."""

    def __init__(self, written: dict[str, Any], tables: Tables) -> None:
        self.written = written
        case_id = case_id_of(written)
        if case_id is None:
            raise UnreadableCase("The case has no case_id.")
        self.case_id = case_id
        loci = written.get("loci")
        asked = None if loci is None else listed_in(loci)
        set_name = str(written.get("frequency_set"))
        self.ladder = Ladder(tables, set_name, _chromosome(written), asked)
        self.pedigree = pedigree_in(written, "pedigree")
        self.loss = Loss(
            chance_in(written, "dropout_d", "drop-out"),
            chance_in(written, "dropin_c", "drop-in"),
        )
        self.settings = Settings(
            read_mutation(written.get("mutation")),
            chance_in(written, "theta", "theta"),
            chance_in(written, "silent_freq", "the silent allele's frequency"),
        )

    def case(self) -> Case:
        looks = self._looks()
        situation, first, second = self._hypotheses(looks)
        loci = self._loci(looks)
        self._notice_what_is_odd(looks, loci)
        told = Told(
            situation,
            self.ladder.set_name,
            self.settings,
            self.loss,
            tuple(locus.name for locus in loci),
            self.ladder.chromosome,
            self.pedigree,
        )
        return Case(
            self.case_id,
            first,
            second,
            loci,
            self.settings,
            assumptions_of(told),
            tuple(self.ladder.warnings),
            read_lines(self.written, self.pedigree, self.missing),
        )

    @property
    def missing(self) -> str | None:
        found = self.written.get("missing_id")
        return None if found is None else str(found)

    def _looks(self) -> Looks:
        """Read the profiles of all who are typed, the remains by what they may have lost."""
        if self.missing is not None and self.missing not in self.pedigree.by_id:
            raise ImpossiblePedigree(
                f"The missing person {self.missing} stands in no pedigree."
            )
        genotypes = object_in(self.written.get("genotypes", {}), "genotypes")
        typed = listed_in(self.written.get("typed", list(genotypes)))
        for person in genotypes:
            if person not in typed:
                self.ladder.notice(not_listed(person))
        looks: Looks = {}
        for person in typed:
            if person not in self.pedigree.by_id:
                raise ImpossiblePedigree(f"{person} is typed and stands in no pedigree.")
            is_remains = person == self.missing
            if is_remains and not self._is_direct and self._observed is not None:
                looks[person] = self._profile(self._observed, person, self.loss)
                continue
            loss = self.loss if is_remains and not self._is_direct else CLEAN
            looks[person] = self._profile(genotypes.get(person, {}), person, loss)
        if self.missing is not None and not looks.get(self.missing):
            raise UnusableProfile(
                Sentence(
                    "nothing_to_weigh",
                    "{who} has no allele at any locus: nothing to weigh.",
                    {"who": self.missing},
                )
            )
        return looks

    @property
    def _observed(self) -> Any:
        return self.written.get("pm_observed")

    @property
    def _is_direct(self) -> bool:
        """Whether the person's own reference sample is held against the remains."""
        alone = [person.id for person in self.pedigree.people] == [self.missing]
        return self.written.get("group") == "direct_match" or alone

    def _profile(self, written: Any, person: str, loss: Loss) -> dict[str, Observation]:
        sex = self.pedigree.by_id[person].sex
        profile = read_profile(written, (person, sex), self.ladder, loss)
        if not profile:
            self.ladder.notice(
                Sentence(
                    "nothing_typed",
                    "{who} is listed as typed and has no allele at any locus.",
                    {"who": person},
                )
            )
        for sentence in contradictions(written, person, sex):
            self.ladder.notice(sentence)
        return profile

    def _hypotheses(self, looks: Looks) -> tuple[Situation, Hypothesis, Hypothesis]:
        if self.written.get("pedigree_H2") is not None:
            other = pedigree_in(self.written, "pedigree_H2")
            for person in looks:
                self._refuse_unless_same(person, other)
            first, second = (
                Hypothesis(each, _by_person(looks)) for each in (self.pedigree, other)
            )
            return Situation.TWO_PEDIGREES, first, second
        missing = self.missing
        if missing is None:
            raise UnreadableCase("The case names neither a missing_id nor a pedigree_H2.")
        stranger = Person(missing + STRANGER, sex=self.pedigree.by_id[missing].sex)
        wider = self.pedigree.with_stranger(stranger)
        if self._is_direct:
            return self._direct(missing, looks, wider)
        family = {who: look for who, look in looks.items() if who != missing}
        first = Hypothesis(self.pedigree, _by_person(looks))
        second = Hypothesis(wider, _by_person(family | {stranger.id: looks[missing]}))
        return Situation.FAMILY, first, second

    def _direct(
        self, missing: str, looks: Looks, wider: Pedigree
    ) -> tuple[Situation, Hypothesis, Hypothesis]:
        """Hold the remains against a reference sample: two looks at one person, or at two."""
        remains = looks[missing]
        if self._observed is not None or self.loss.is_possible:
            again = (
                self.written["genotypes"][missing] if self._observed is None else self._observed
            )
            remains = self._profile(again, missing, self.loss)
        both = _by_person(looks)
        for locus, look in remains.items():
            both[missing][locus] = [*both[missing].get(locus, ()), look]
        stranger = {missing + STRANGER: remains}
        first = Hypothesis(self.pedigree, both)
        second = Hypothesis(wider, _by_person(looks | stranger))
        return Situation.DIRECT, first, second

    def _refuse_unless_same(self, person: str, other: Pedigree) -> None:
        if person not in other.by_id:
            raise ImpossiblePedigree(f"{person} is typed and stands in no pedigree_H2.")
        own, there = self.pedigree.by_id[person].sex, other.by_id[person].sex
        if own is not there:
            raise ImpossiblePedigree(
                f"{person} is {own} in the pedigree and {there} in pedigree_H2."
            )

    def _loci(self, looks: Looks) -> tuple[Locus, ...]:
        if self.ladder.asked is None:
            typed = dict.fromkeys(name for look in looks.values() for name in look)
            return tuple(self.ladder.locus(name) for name in typed)
        loci: list[Locus] = []
        for written in self.ladder.asked:
            if is_amelogenin(written):
                continue
            name = self.ladder.name_of(written)
            if name is None:
                self.ladder.notice(
                    Sentence(
                        "no_frequencies",
                        "{locus} has no frequencies in {table} and nobody is typed there: left "
                        "out.",
                        {"locus": written, "table": self.ladder.set_name},
                    )
                )
            elif name in [locus.name for locus in loci]:
                raise UnreadableCase(f"The locus {name} is listed twice, once as {written}.")
            else:
                loci.append(self.ladder.locus(name))
        if self.ladder.left_out:
            self.ladder.notice(
                Sentence(
                    "loci_left_out",
                    "Typed but not listed in loci: {loci}: left out.",
                    {"loci": ", ".join(self.ladder.left_out)},
                )
            )
        return tuple(loci)

    def _notice_what_is_odd(self, looks: Looks, loci: Sequence[Locus]) -> None:
        if self.missing is None or self._is_direct:
            return
        of_family = {
            name for who, look in looks.items() if who != self.missing for name in look
        }
        if not any(x.name in of_family and x.name in looks[self.missing] for x in loci):
            self.ladder.notice(
                Sentence(
                    "nothing_in_common",
                    "No locus is typed both in {who} and in the family: nothing is said of "
                    "kinship.",
                    {"who": self.missing},
                )
            )


def _exclusions(ratios: Ratios) -> Iterator[Sentence]:
    """Say at which loci one of the hypotheses cannot be, for that decides the total alone."""
    for value, which in ((0.0, "first"), (math.inf, "second")):
        names = [name for name, ratio in ratios.by_locus.items() if ratio == value]
        if names:
            yield Sentence(
                f"excluded_by_{which}",
                f"What was seen at {{loci}} cannot be under the {which} hypothesis as assumed; "
                "a mutation, a silent allele or drop-out that was not allowed for would change "
                "that.",
                {"loci": ", ".join(names)},
            )
    if math.isnan(ratios.total_log10):
        yield Sentence(
            "no_total",
            "Some loci exclude one hypothesis and some the other, so there is no total.",
        )


def _by_person(looks: Looks) -> dict[str, dict[str, Sequence[Observation]]]:
    return {who: {locus: [each] for locus, each in own.items()} for who, own in looks.items()}


def _chromosome(written: dict[str, Any]) -> Chromosome:
    said = written.get("chromosome")
    if said is None:
        return Chromosome.AUTOSOMAL
    for each in Chromosome:
        if str(said).casefold() == each.value.casefold():
            return each
    raise UnreadableCase(
        f"The chromosome is “{said}”, not autosomal or X. A Y haplotype is weighed by counting."
    )
