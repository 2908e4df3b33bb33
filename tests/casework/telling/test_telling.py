"""A family is told by people, after a release, and what was done since is never lost."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.errors import Conflict, InvalidInput, NotFound
from casework.notifications.model import Notification, NotificationKind
from casework.telling.model import StepKind
from casework.telling.queries import TellingDue, days_of
from casework.telling.rounds import go_round
from privacy.permissions import KEEPER
from tests.casework.telling.conftest import TOLD


def notified(database, kind):
    with database.transaction(KEEPER) as session:
        asked = sa.select(Notification).where(Notification.kind == kind)
        return [(each.path, each.institution_id) for each in session.scalars(asked)]


def test_nothing_is_entered_before_a_release_and_never_by_a_machine(family, luz):
    """Around every page and every deed, as whoever may enter steps once it is released."""
    with pytest.raises(NotFound):
        family.opens(luz)
    early = family.refused(family.row(StepKind.TOLD))
    family.is_released()
    by_machine = family.refused(family.row(StepKind.TOLD), by=KEEPER)
    in_anothers_name = family.refused(family.row(StepKind.TOLD, by=family.of.gloria), by=luz)
    not_recalled = family.refused(family.row(StepKind.RECALL_TOLD))

    assert early == "nothing is told before a release"
    assert "row-level security" in by_machine
    assert "row-level security" in in_anothers_name
    assert not_recalled == "this identification was not taken back"
    assert family.rows() == 0


def test_without_its_trigger_the_wall_is_seen_to_be_open(family, luz, database, server):
    name = database.engine.url.database
    owner = sa.create_engine(server.url("postgres", name), isolation_level="AUTOCOMMIT")
    switch = "ALTER TABLE telling_step {} TRIGGER may_be_entered"
    with owner.connect() as connection:
        connection.execute(sa.text(switch.format("DISABLE")))
        try:
            with database.transaction(luz) as session:
                session.add(family.row(StepKind.TOLD))
        finally:
            connection.execute(sa.text(switch.format("ENABLE")))
    owner.dispose()

    assert family.rows() == 1  # what the other tests are there to see
    assert family.refused(family.row(StepKind.TOLD)) == "nothing is told before a release"


def test_each_step_is_answered_by_another_and_what_is_due_is_counted(
    family, luz, database, noon
):
    family.is_released()
    at_first = family.due(luz)
    day = noon.date() + timedelta(days=2)
    said = {**TOLD, "due_on": str(day)}
    planned = family.enters(luz, StepKind.TALK_PLANNED, **said)
    agreed = family.due(luz)
    late = family.due(luz, at=noon + timedelta(days=4))
    go_round(database, noon + timedelta(days=4))
    family.enters(luz, StepKind.TOLD, **TOLD, closes=str(planned))
    with pytest.raises(Conflict, match="otra persona"):
        family.enters(family.of.gloria, StepKind.TOLD, **TOLD, closes=str(planned))
    family.enters(family.of.gloria, StepKind.TOLD, **TOLD)  # and nothing of it is lost

    telling = family.opens(luz)
    assert at_first == TellingDue(overdue=1)
    assert (agreed, late) == (TellingDue(soon=1), TellingDue(overdue=1))
    assert notified(database, NotificationKind.TELLING_DUE) == [
        ("/released", luz.institution_id)
    ]
    assert [each.told["whom"] for each in telling.steps] == ["la madre"] * 3
    assert family.due(luz) == TellingDue(waits=2)  # the return, and when to speak again


def test_who_examined_sees_the_day_and_not_a_word(family, luz, database):
    family.is_released()
    family.enters(luz, StepKind.TOLD, **TOLD)
    elena = family.of.elena

    with database.transaction(elena) as session:
        rows = session.execute(sa.text("SELECT count(*) FROM telling_step")).scalar()
        days = days_of(session, elena, family.number)
    with pytest.raises(NotFound):
        family.opens(family.of.bruno)  # keeps the remains, and speaks with no family
    assert rows == 0
    assert [(kind, str(day)) for kind, day in days] == [(StepKind.TOLD, "2026-03-01")]


def test_a_wish_for_another_opinion_reaches_both_coordinations_and_takes_nothing_back(
    family, luz, database
):
    family.is_released()
    wish = {"happened_on": "2026-03-02", "whom": "la madre", "said": "Quiere otra opinión."}
    family.enters(luz, StepKind.WANTS_OTHER_OPINION, **wish)
    with pytest.raises(Conflict, match="coordinación"):
        family.enters(luz, StepKind.OPINION_ANSWERED, **wish, who="Luz")
    pressing = [each.words for each in family.opens(luz).following if each.presses]
    family.enters(family.of.gloria, StepKind.OPINION_ANSWERED, **wish, who="Gloria")
    family.enters(luz, StepKind.WANTS_NO_CONTACT, **wish)

    asked = notified(database, NotificationKind.OTHER_OPINION_WISHED)
    keepers = {family.of.bruno.institution_id, family.of.gloria.institution_id}
    assert {institution for _, institution in asked} == keepers
    assert family.of.decided(family.of.gloria, family.number).stands
    assert pressing[0].startswith("Responder a la familia")
    assert family.opens(luz).following == []  # nobody is to contact them


def test_after_a_recall_the_steps_remain_and_nothing_goes_on_with_it(family, luz, database):
    family.is_released()
    family.enters(luz, StepKind.TOLD, **TOLD)
    family.is_recalled()
    refused = family.refused(family.row(StepKind.LEFT))
    with pytest.raises(Conflict):
        family.enters(luz, StepKind.LETTER, language="es", phone="Luz, 555")
    due = family.due(luz)
    family.enters(luz, StepKind.RECALL_TOLD, **TOLD)

    telling = family.opens(luz)
    assert refused == "this identification was taken back"
    assert due == TellingDue(overdue=1)
    assert telling.kinds == [StepKind.TOLD, StepKind.RECALL_TOLD]
    assert notified(database, NotificationKind.RELEASE_RECALLED) == [
        (f"/released/{family.number}", luz.institution_id)
    ]
    assert family.due(luz) == TellingDue()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"who": ""}, "Falta"),
        ({"happened_on": "ayer"}, "2026-03-01"),
        ({"happened_on": "2999-01-01"}, "todavía no llega"),
        ({"how": "paloma"}, "manera"),
    ],
)
def test_what_was_typed_amiss_is_refused_in_words(family, luz, change, says):
    family.is_released()
    with pytest.raises(InvalidInput, match=says):
        family.enters(luz, StepKind.TOLD, **{**TOLD, **change})
