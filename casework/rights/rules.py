"""Which step may follow which, and who may take it. The same words for pages and deeds."""

from collections.abc import Mapping

from casework.errors import Conflict
from casework.remains.model import Remains
from casework.retention.rules import Record
from casework.rights.model import RequestKind, RequestState, RightsRequest
from casework.web.languages import marked
from privacy.errors import NeedsAnotherPerson
from privacy.permissions import Role, Viewer

SHORTEST_REASON = 10
LATEST = marked("Esta solicitud ya está resuelta.")
NOT_YET = marked("Primero hay que decidir sobre esta solicitud.")
WRONG_KIND = marked("Esta solicitud pide otra cosa.")

_NEXT: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.RECEIVED: frozenset(
        {RequestState.GRANTED, RequestState.REFUSED, RequestState.PROPOSED}
    ),
    RequestState.PROPOSED: frozenset({RequestState.GRANTED, RequestState.RECEIVED}),
    RequestState.GRANTED: frozenset({RequestState.CARRIED_OUT}),
    RequestState.REFUSED: frozenset(),
    RequestState.CARRIED_OUT: frozenset(),
}


def demand_step(request: RightsRequest, state: RequestState) -> None:
    """Let a request go on to `state`, or say why it cannot.

    Raises
    ------
    Conflict
        If that does not follow from where it stands.
    """
    if state not in _NEXT[request.state]:
        raise Conflict(LATEST if not _NEXT[request.state] else NOT_YET)


def demand_granted(request: RightsRequest, *kinds: RequestKind) -> None:
    """Let a granted request of one of `kinds` be carried out.

    Raises
    ------
    Conflict
        If it asks for something else, or nobody granted it.
    """
    if request.kind not in kinds:
        raise Conflict(WRONG_KIND)
    if request.state is not RequestState.GRANTED:
        raise Conflict(NOT_YET if _NEXT[request.state] else LATEST)


def demand_carried_out(request: RightsRequest, kind: RequestKind) -> None:
    """Let only what a request did be undone by it.

    Raises
    ------
    Conflict
        If it asks for something else, or nothing was done about it.
    """
    if request.kind is not kind:
        raise Conflict(WRONG_KIND)
    if request.state is not RequestState.CARRIED_OUT:
        raise Conflict(NOT_YET)


def serves(viewer: Viewer, about: Record) -> bool:
    """Say whether somebody answers for a record: a liaison for people, never for remains."""
    if viewer.role is Role.DATA_PROTECTION_OFFICER:
        return True
    is_theirs = viewer.role is not Role.LIAISON_OFFICER or not isinstance(about, Remains)
    return is_theirs and about.owner_institution_id == viewer.institution_id


def demand_another_reader(request: RightsRequest, viewer: Viewer) -> None:
    """Let nobody open a whole file by a request that they wrote down themselves.

    Raises
    ------
    NeedsAnotherPerson
        If it is the same person.
    """
    if request.kind is RequestKind.ACCESS and viewer.account_id == request.recorded_by:
        raise NeedsAnotherPerson(request.reference)


def demand_second_person(request: RightsRequest, viewer: Viewer) -> None:
    """Let somebody agree to an erasure who is not the one who proposed it.

    Raises
    ------
    NeedsAnotherPerson
        If it is the same person.
    """
    if viewer.account_id in {request.decided_by, None}:
        raise NeedsAnotherPerson(request.reference)


def needs_two(kind: RequestKind) -> bool:
    """Say whether two people have to agree before anything happens."""
    return kind is RequestKind.ERASURE
