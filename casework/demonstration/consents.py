"""What the invented families agreed to: every answer that real ones give stands somewhere.

Each file's own declaration (`casework.imports.declaring`) lets the search use what was told.
Beside it a relative answers for themselves: some show the name, some do not; some want the
consulate told; some trust one institution only; some took everything back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.demonstration.kindred import WITH_DNA
from casework.families.items import (
    FORM_VERSION,
    Question,
    Reached,
    consulates_of,
    ledger_items,
)
from casework.families.model import Kinship, Relative
from casework.missing.model import MissingPerson
from privacy.consent.ledger import (
    Case,
    Giver,
    Item,
    Said,
    Told,
    enter_many,
    live,
    withdraw_many,
)
from privacy.consent.model import Consent, Decision
from privacy.consent.recipients import FORENSIC, of_institution
from privacy.permissions import KEEPER

STANDS_FOR = timedelta(days=2 * 365)
# Of nine families, five know that the person asked for no asylum. Our choice, as are the
# stances: the demonstration is to show each of them, not how often it is met.
WITHOUT_PROTECTION = 5
NAMED_EVERY = 40
_Q = Question


@dataclass(frozen=True, slots=True)
class Stance:
    """How one of nine families answers."""

    yes: tuple[Question, ...] = ()
    no: tuple[Question, ...] = ()
    takes_back: bool = False
    trusts_one: bool = False


STANCES = (
    Stance(yes=(_Q.NAME, _Q.COMPARE, _Q.CONTACT, _Q.CONSULATE, _Q.CONSULATE_CONTACT)),
    Stance(yes=(_Q.NAME, _Q.CONSULATE)),
    Stance(yes=(_Q.NAME, _Q.COMPARE, _Q.CONTACT), no=(_Q.JUSTICE,)),
    Stance(yes=(_Q.NAME, _Q.CONSULATE, _Q.COUNT)),
    Stance(no=(_Q.NAME, _Q.PHOTO, _Q.CONSULATE)),
    Stance(yes=(_Q.NAME,)),
    Stance(yes=(_Q.STORY, _Q.BODY, _Q.NAME), takes_back=True, trusts_one=True),
    Stance(yes=(_Q.NAME, _Q.CONTACT), no=(_Q.CONSULATE,)),
    Stance(no=(_Q.STORY, _Q.BODY), takes_back=True),
)
KINSHIPS = (
    Kinship.MOTHER,
    Kinship.SIBLING,
    Kinship.MOTHER,
    Kinship.SPOUSE,
    Kinship.FATHER,
    Kinship.CHILD,
    Kinship.SIBLING,
    Kinship.MOTHER,
    Kinship.OTHER_KIN,
)


@dataclass(frozen=True, slots=True)
class _Family:
    case: Case
    nationalities: Sequence[str]
    ninth: int

    @property
    def stance(self) -> Stance:
        return STANCES[self.ninth]


def tell_consents_apart(session: Session, *, trusted: int, at: datetime) -> None:
    """Let the invented families answer, the same at every start; `trusted` is one service."""
    families = _families(session)
    if not families:
        return
    _lift_protections(session, families)
    takes_back = [each for each in families if each.stance.takes_back]
    _take_back(session, takes_back, at)
    givers = {each.case.missing_person_id: _relative(each, at) for each in families}
    session.add_all(givers.values())
    session.flush()
    for decision in (Decision.GRANTED, Decision.REFUSED):
        said = [
            Said(family.case, Giver(givers[family.case.missing_person_id].id), items, until)
            for family, items, until in _answers(families, decision, trusted, at)
        ]
        told = Told(form_version=FORM_VERSION, language="es")
        enter_many(session, KEEPER, said, told, decision=decision, at=at)


def _families(session: Session) -> list[_Family]:
    """Find the invented people for whom no relative has answered yet."""
    digest = sa.func.abs(sa.func.hashtext(MissingPerson.origin_record_id))
    answered = sa.exists().where(
        Consent.missing_person_id == MissingPerson.id, Consent.form_version == FORM_VERSION
    )
    # These answer one by one, with their samples (`dna.py`).
    answers_by_donor = MissingPerson.origin_record_id.startswith(WITH_DNA)
    ninth = digest % len(STANCES)
    rows = session.execute(
        sa.select(
            MissingPerson.id,
            MissingPerson.reference,
            MissingPerson.owner_institution_id,
            MissingPerson.nationalities,
            ninth,
        ).where(MissingPerson.invented, ~answered, ~answers_by_donor)
    )
    return [
        _Family(Case(key, reference, owner, which >= WITHOUT_PROTECTION), nations, which)
        for key, reference, owner, nations, which in rows
    ]


def _lift_protections(session: Session, families: Sequence[_Family]) -> None:
    known = [each.case.missing_person_id for each in families if not each.case.protected]
    session.execute(
        sa.update(MissingPerson).where(MissingPerson.id.in_(known)).values(protected=False)
    )


def _take_back(session: Session, families: Sequence[_Family], at: datetime) -> None:
    granted = session.scalars(
        sa.select(Consent).where(
            Consent.missing_person_id.in_([each.case.missing_person_id for each in families]),
            live(at),
        )
    ).all()
    withdraw_many(session, KEEPER, granted, at=at)


def _relative(family: _Family, at: datetime) -> Relative:
    relative = Relative(
        missing_person_id=family.case.missing_person_id,
        kinship=KINSHIPS[family.ninth],
        language="es",
        entered_at=at,
    )
    if family.case.missing_person_id % NAMED_EVERY == 0:
        relative.name = "Familiar Inventado"
        relative.contact = "por la tarde, al 0000 0000 (inventado)"
    return relative


def _answers(
    families: Sequence[_Family], decision: Decision, trusted: int, at: datetime
) -> Iterator[tuple[_Family, list[Item], datetime | None]]:
    for family in families:
        stance = family.stance
        questions = stance.yes if decision is Decision.GRANTED else stance.no
        reached = Reached(
            of_institution(trusted) if stance.trusts_one else FORENSIC,
            consulates_of(family.nationalities),
            of_institution(family.case.owner_institution_id),
        )
        if items := ledger_items(questions, reached):
            yield family, items, at + STANDS_FOR if decision is Decision.GRANTED else None
