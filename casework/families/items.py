"""The items of the form of consent: one table for the screen, for paper and for the ledger.

Each item is one question that a mother can answer with yes or no, and what a yes enters into
the ledger. Nothing else can be asked on any form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from privacy.consent.ledger import Item
from privacy.consent.model import ConsentPurpose, DataCategory
from privacy.consent.recipients import of_consulate

FORM_VERSION = "C-2026.1"
YEARS = ("1", "2", "5")
USUAL_YEARS = "2"
_C, _P = DataCategory, ConsentPurpose


class Question(StrEnum):
    """The questions, in their order on the form."""

    STORY = "story"
    BODY = "body"
    NAME = "name"
    PHOTO = "photo"
    COMPARE = "compare"
    DNA = "dna"
    CONTACT = "contact"
    CONSULATE = "consulate"
    CONSULATE_CONTACT = "consulate_contact"
    COUNT = "count"
    JUSTICE = "justice"


class Reach(StrEnum):
    """Whom an item goes to."""

    FORENSIC = "forensic"  # the forensic institutions that the giver chose
    CONSULATE = "consulate"  # the consulate of the person's nationality
    KEEPER = "keeper"  # the institution that keeps the file, and nobody else


@dataclass(frozen=True, slots=True)
class Asked:
    """What one yes opens."""

    pairs: tuple[tuple[DataCategory, ConsentPurpose], ...]
    reach: Reach


ITEMS: dict[Question, Asked] = {
    Question.STORY: Asked(((_C.CIRCUMSTANCES, _P.SEARCH),), Reach.FORENSIC),
    Question.BODY: Asked(((_C.ANTEMORTEM, _P.SEARCH),), Reach.FORENSIC),
    Question.NAME: Asked(((_C.IDENTITY, _P.SEARCH),), Reach.FORENSIC),
    Question.PHOTO: Asked(((_C.PHOTO, _P.SEARCH),), Reach.FORENSIC),
    Question.COMPARE: Asked(
        ((_C.ANTEMORTEM, _P.IDENTIFY), (_C.IDENTITY, _P.IDENTIFY)), Reach.FORENSIC
    ),
    Question.DNA: Asked(((_C.DNA, _P.IDENTIFY),), Reach.FORENSIC),
    Question.CONTACT: Asked(((_C.CONTACT, _P.NOTIFY),), Reach.FORENSIC),
    Question.CONSULATE: Asked(
        (
            (_C.CIRCUMSTANCES, _P.SEARCH),
            (_C.IDENTITY, _P.SEARCH),
            (_C.CIRCUMSTANCES, _P.NOTIFY),
            (_C.IDENTITY, _P.NOTIFY),
        ),
        Reach.CONSULATE,
    ),
    Question.CONSULATE_CONTACT: Asked(((_C.CONTACT, _P.NOTIFY),), Reach.CONSULATE),
    Question.COUNT: Asked(((_C.CIRCUMSTANCES, _P.STATISTICS),), Reach.KEEPER),
    Question.JUSTICE: Asked(
        ((_C.CIRCUMSTANCES, _P.JUSTICE), (_C.IDENTITY, _P.JUSTICE)), Reach.FORENSIC
    ),
}

# What fits into a first telephone call.
OF_A_FIRST_CALL = (Question.STORY, Question.BODY, Question.NAME, Question.CONSULATE)


@dataclass(frozen=True, slots=True)
class Reached:
    """Who stands behind each reach in one file."""

    forensic: str
    consulates: tuple[str, ...]
    keeper: str

    def of(self, reach: Reach) -> tuple[str, ...]:
        """Name the recipients of an item."""
        if reach is Reach.CONSULATE:
            return self.consulates
        return (self.forensic if reach is Reach.FORENSIC else self.keeper,)


def consulates_of(nationalities: Iterable[str]) -> tuple[str, ...]:
    """Name the consulates that could be told of somebody of these nationalities."""
    countries = sorted({each for each in nationalities if len(each) == len("HN")})
    return tuple(of_consulate(country) for country in countries)


def ledger_items(questions: Sequence[Question], reached: Reached) -> list[Item]:
    """Give what the ledger holds of an answer to `questions`."""
    return [
        Item(category, purpose, recipient)
        for question in questions
        for category, purpose in ITEMS[question].pairs
        for recipient in reached.of(ITEMS[question].reach)
    ]
