"""Remains that are about to get a name are not buried without a sample and nobody alerted."""

from datetime import timedelta

import sqlalchemy as sa

from casework.dataset.values import days_of
from casework.jobs import deferring
from casework.notifications.model import Notification, NotificationKind
from casework.remains.model import Remains
from casework.remains.statements import REMAINS
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.saying import Said, Sitting, say
from casework.values import DateRange
from privacy.permissions import KEEPER


def test_an_act_without_a_sample_reaches_both_keepers_of_a_pair_under_way(
    family, at_gate, database, noon
):
    bruno, gloria = at_gate.bruno, at_gate.gloria
    day = (noon + timedelta(days=9)).date()
    act = {"act": "cremation", "date": days_of(DateRange(day, day))}

    def says(**said):
        with database.transaction(bruno) as session:
            about = session.get_one(Remains, at_gate.of.remains_id)
            hand = AtHand(session, bruno, about, REMAINS, noon)
            sitting = Sitting(Method.EXAMINATION, "Perita Inventada")
            say(hand, {path: Said(value) for path, value in said.items()}, sitting)
        deferring.run_worker(database, clock=lambda: noon, wait=False, handles_signals=False)
        with database.transaction(KEEPER) as session:
            rows = session.scalars(
                sa.select(Notification).where(Notification.kind == NotificationKind.NAMED_ACT)
            )
            return sorted((each.institution_id, each.path, each.key[-20:]) for each in rows)

    planned = says(**{"irreversible_act_planned/aaaa11": act})
    done = says(**{"irreversible_act_planned/aaaa11": act | {"outcome": "done"}})
    says(before_act=["dna_sample"])
    kept = says(**{"irreversible_act_planned/bbbb22": act | {"act": "burial"}})

    there = f"/decisions/{family.number}"
    both = sorted([(bruno.institution_id, there), (gloria.institution_id, there)])
    assert [each[:2] for each in planned] == both
    assert len(done) == 4
    assert kept == done
