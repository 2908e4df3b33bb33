"""A person kept in Guatemala, remains kept in Mexico, whom Mexico may not read of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.model import Pairing
from casework.candidates.running import run_matching
from casework.unblinding.actions import Saying, answer, ask
from casework.unblinding.model import Answer
from casework.unblinding.queries import get_pair, get_unblinding
from privacy.permissions import KEEPER, MATCHER, Purpose
from tests.builders import a_missing_person, a_relative, grant_of, remains_found
from tests.casework.review.conftest import staff  # noqa: F401 - used as a fixture

# The database reads its own clock when it asks the ledger: what is said here is said today.
TODAY = datetime.now(UTC).replace(microsecond=0)
UNTIL = (TODAY + timedelta(days=60)).date()
# The engine may weigh her; of who she is nobody but her own institution may read.
TO_WEIGH = ("antemortem", "search", "forensic")
ASSESSMENT = "Su madre la busca desde hace un año y nadie más puede decir quién es."
WHY = "Los restos llevan un año sin nombre."


@pytest.fixture
def blind(database, bruno, gloria, viewers, staff):  # noqa: F811
    """Give the pair and the deeds of asking: bruno keeps the remains, gloria the person."""
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, gloria, grants=[], protected=False, invented=True)
        mother = a_relative(session, person)
        grant_of(session, person, TO_WEIGH, giver=mother)
        found = remains_found(session, bruno, invented=True)
        numbers, references = (person.id, found.id), (person.reference, found.reference)
    with database.transaction(bruno) as session:
        run_id = request_matching(session, bruno, at=TODAY).id
    run_matching(database, run_id, lambda: TODAY)
    with database.transaction(MATCHER) as session:
        number = session.scalars(sa.select(Pairing)).one().id

    class Blind:
        id, mother_id = number, mother.id
        person_id, remains_id = numbers
        person, remains = references
        bruno, gloria, amal = (
            replace(viewers[name], purpose=Purpose.IDENTIFY)
            for name in ("bruno", "gloria", "amal")
        )
        berta, elena, celso = (staff[name] for name in ("berta", "elena", "celso"))

        def yes(self, viewer, *, until=UNTIL, assessment=ASSESSMENT):
            keeps_person = viewer.institution_id == self.gloria.institution_id
            why = assessment if keeps_person else ""
            return Saying(answer=Answer.AGREED, until=until, assessment=why)

        def asks(self, viewer, *, says_yes=None, words=WHY):
            is_yes = viewer in {self.bruno, self.gloria} if says_yes is None else says_yes
            with database.transaction(viewer) as session:
                pair = get_pair(session, viewer, self.id, at=TODAY)
                yes = self.yes(viewer) if is_yes else None
                return ask(session, viewer, pair, words=words, yes=yes, at=TODAY).id

        def says(self, viewer, number, what=Answer.AGREED, **said):
            saying = self.yes(viewer, **said) if what is Answer.AGREED else Saying(answer=what)
            with database.transaction(viewer) as session:
                asked = get_unblinding(session, viewer, number, at=TODAY)
                answer(session, viewer, asked, saying, at=TODAY)

        def state(self, viewer, number):
            with database.transaction(viewer) as session:
                return get_unblinding(session, viewer, number, at=TODAY).state.value

        def seen(self, viewer):
            """Count the rows of her file that the database shows a viewer, name and all."""
            with database.transaction(viewer) as session:
                return [
                    session.scalar(sa.text(f"SELECT count(*) FROM {table}"))  # noqa: S608
                    for table in ("missing_person", "missing_person_name", "pairing")
                ]

        def open(self):
            number = self.asks(self.bruno)
            self.says(self.gloria, number)
            return number

    return Blind()
