"""The third net: what an author forgets to ask of the door is asked here.

Every ORM query of a guarded record in a session with a viewer gets the condition that the
record may exist for them, and every query of a record's parts that of their group; also the
queries that load a relationship. Core selects are not seen here: a lint forbids those.
"""

from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql import visitors

from privacy.context import viewer_of
from privacy.door import CAME_THROUGH, condition
from privacy.permissions import Permission, Viewer
from privacy.policy.guarded import all_guarded, all_parts, guarded_of
from privacy.policy.questions import MOST_VIEWERS
from privacy.policy.residuals import left_open

# Row-level security reads the same clock, so that both walls agree within one transaction.
NOW = sa.func.now()


@event.listens_for(Session, "do_orm_execute")
def _catch_what_was_forgotten(state: ORMExecuteState) -> None:
    viewer = viewer_of(state.session)
    if viewer is None or not state.is_select or state.is_column_load:
        return
    asked_by, checked = state.execution_options.get(CAME_THROUGH, (None, frozenset()))
    trusted = checked if asked_by == viewer else frozenset()
    for model, whole, permission in _records_in(state.statement):
        if model not in trusted and not _opens_all(viewer, permission, whole):
            state.statement = state.statement.options(
                _criterion(viewer, permission, cast("Hashable", model))
            )


@lru_cache(maxsize=MOST_VIEWERS)
def _criterion(viewer: Viewer, permission: Permission, model: Any) -> Any:
    return with_loader_criteria(
        model,
        condition(viewer, permission, model, NOW),
        include_aliases=True,
        propagate_to_loaders=False,
        track_closure_variables=False,
    )


def _opens_all(viewer: Viewer, permission: Permission, model: type[Any]) -> bool:
    return left_open(viewer, permission, guarded_of(model).kind).everything


def _records_in(statement: Any) -> Iterator[tuple[type[Any], type[Any], Permission]]:
    """Name the guarded models that a statement reads, wherever in it."""
    # By name: inside an ORM statement stand annotated copies of the tables.
    named = {
        each.name for each in visitors.iterate(statement) if isinstance(each, sa.TableClause)
    }
    for each in all_guarded():
        if each.model.__tablename__ in named:
            yield each.model, each.model, each.exists
    for part in all_parts():
        if part.model.__tablename__ in named:
            yield part.model, part.whole, part.permission
