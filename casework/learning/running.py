"""Making one report, as the worker: what all decisions say, in one transaction."""

import logging
from datetime import datetime

from casework.candidates.adopted import SetState, WeightSet
from casework.candidates.due import last_run
from casework.database import Database
from casework.learning.queries import all_decided, all_factors, all_listed
from casework.learning.weighing import report_of
from privacy.audit.log import Deed, record
from privacy.permissions import KEEPER, MATCHER

logger = logging.getLogger("reunir.learning")


def make_report(database: Database, run_id: int, at: datetime) -> None:
    """Make the report somebody asked for. Called again for one that is made, do nothing."""
    with database.transaction(KEEPER) as session:
        asked = session.get(WeightSet, run_id)
        if asked is None or asked.state != SetState.WAITS:
            return
        decided, known = all_decided(session), all_factors(session)
        session.expunge_all()
    try:
        with database.transaction(MATCHER) as session:
            run = last_run(session)
            listed = all_listed(session, run.id, run.model_version or "") if run else []
        factors, report = report_of(decided, listed, known)
        state = SetState.MADE
    except Exception as fault:  # noqa: BLE001 - whatever it was, the report must not stay open
        # Only the kind of fault: its text may quote a record.
        logger.error("report %s failed: %s", run_id, type(fault).__name__)  # noqa: TRY400
        factors, report, state = None, None, SetState.FAILED
    with database.transaction(KEEPER) as session:
        made = session.get_one(WeightSet, run_id, with_for_update=True)
        made.state, made.made_at, made.factors, made.report = state, at, factors, report
        record(
            session,
            Deed.ENGINE_REPORT_MADE,
            by=KEEPER,
            about=f"weight_set:{run_id}",
            at=at,
        )
