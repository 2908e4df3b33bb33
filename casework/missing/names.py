"""Finding missing persons by name: by blind tokens first, then by the few names opened.

To search by a name is to use it: only people whose identity the viewer may open are found.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.missing.model import MissingPerson, PersonName
from privacy.door import readable
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer
from privacy.sealing.keyring import keys_of
from privacy.sealing.opening import open_group
from privacy.tokens.blind import KEY, sought_tokens, token
from privacy.tokens.finding import bearers, resemblance
from privacy.tokens.ranking import RESEMBLES, likeness
from privacy.tokens.spelling import Name, parts_of
from privacy.tokens.traits import beside_frequent, sought_traits

MOST_OPENED = 50
# Room for those whom the door refuses after the database showed their tokens.
MOST_WEIGHED = 200
# Of a frequent name alone the last entered are looked at, so many of them.
MOST_BEARERS = 1000
# Nobody's name is opened who shares less than this of what the likeliest shares. Our choice.
WORTH_OPENING = 0.3


def matching_names(
    session: Session, viewer: Viewer, words: Sequence[str], *, at: datetime
) -> list[int]:
    """Find whose name resembles `words`, best first: at most fifty case ids.

    Raises
    ------
    TooManyOpened
        If the viewer opened more names in this hour than a person needs.
    """
    typed = " ".join(words)
    sought = sought_tokens(keys_of(session).token_key(KEY), typed)
    opened = people_like(session, viewer, sought, at=at)
    scored = ((likeness(typed, map(name_of, person.names)), person.id) for person in opened)
    return [case for score, case in sorted(scored, key=_best_first) if score >= RESEMBLES]


def people_like(
    session: Session, viewer: Viewer, sought: Mapping[int, float], *, at: datetime
) -> Sequence[MissingPerson]:
    """Find and open the names that share most of these tokens, at most fifty.

    Raises
    ------
    TooManyOpened
        If the viewer opened more names in this hour than a person needs.
    """
    if not sought or not viewer.may(Permission.MISSING_IDENTITY_READ):
        return []
    near = session.execute(likeliest(resemblance(sought))).all()
    worth = [case for case, weight in near if weight >= WORTH_OPENING * near[0].weight]
    return open_names(session, viewer, worth, at=at)


def open_names(
    session: Session, viewer: Viewer, cases: Collection[int], *, at: datetime
) -> Sequence[MissingPerson]:
    """Open the names of these cases, as far as the policies let; at most fifty.

    Raises
    ------
    TooManyOpened
        If the viewer opened more names in this hour than a person needs.
    """
    places = {case: place for place, case in enumerate(cases)}
    found = session.scalars(
        readable(viewer, Permission.MISSING_IDENTITY_READ, MissingPerson, at)
        .where(MissingPerson.id.in_(places))
        .options(selectinload(MissingPerson.names))
    ).all()
    first = sorted(found, key=lambda person: places[person.id])[:MOST_OPENED]
    return open_group(session, viewer, first, Reveals.IDENTITY, at=at).rows


def likeliest(near: sa.Subquery) -> sa.Select[Any]:
    """Query the cases of highest weight, among those whose tokens the database shows.

    It shows them to whom it shows the names. The door is asked next, about these few alone:
    planning both sets of rules in one query took longer than answering it.
    """
    return sa.select(near).order_by(near.c.weight.desc(), near.c.case_id).limit(MOST_WEIGHED)


def _best_first(scored: tuple[float, int]) -> tuple[float, int]:
    score, case_id = scored
    return -score, case_id


def bearers_of(session: Session, viewer: Viewer, part: str) -> Sequence[int]:
    """Name those whom the database shows the viewer with a frequent part in their name.

    They are found by that part together with another frequent one: of itself it has no token.
    """
    if not viewer.may(Permission.MISSING_IDENTITY_READ):
        return []
    key = keys_of(session).token_key(KEY)
    tokens = [token(key, trait) for trait in beside_frequent(part)]
    return session.scalars(bearers(tokens, most=MOST_BEARERS)).all()


def too_common(words: Sequence[str]) -> bool:
    """Say whether `words` may be a name, but one so frequent that a second part is needed."""
    typed = " ".join(words)
    return bool(parts_of(typed)) and not sought_traits(typed)


def sought_token(session: Session, words: Sequence[str]) -> str:
    """Stand for a searched name in the log: equal searches are equal, and nobody is named."""
    numbers = [word for word in words if any(letter.isdigit() for letter in word)]
    typed = "sought:" + " ".join(sorted((*parts_of(" ".join(words)), *numbers)))
    return f"{token(keys_of(session).token_key(KEY), typed) & (2**64 - 1):016x}"


def name_of(name: PersonName) -> Name:
    """Give a name that was opened as it is compared."""
    return Name(name.given_names, name.surname_1, name.surname_2)
