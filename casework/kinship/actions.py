"""Keeping a result of DNA, and reading what is kept: each is one deed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from casework.candidates.deeds import record_about
from casework.candidates.queries import run_of
from casework.errors import Conflict, InvalidInput, NotFound
from casework.kinship.believing import believed_now
from casework.kinship.model import Computed, DnaResult
from casework.kinship.queries import Kept, Pair, donors_among, open_pair
from casework.kinship.told import Told, written
from casework.pedigree.tree import Tree
from casework.web.languages import marked
from privacy.audit.log import Deed
from privacy.permissions import Permission, Viewer, demand


def read_pair(
    session: Session, viewer: Viewer, pairing_id: int, *, at: datetime, proves: bool = True
) -> Pair:
    """Open what DNA says of one proposal, and write down that it was read.

    Raises
    ------
    NotFound, StepUpNeeded
        As `open_pair`.
    """
    pair = open_pair(session, viewer, pairing_id, at=at, proves=proves)
    if pair.closed is None:
        _record(session, Deed.DNA_RESULT_READ, viewer, pair, at=at)
    return pair


def open_to_write(session: Session, viewer: Viewer, pairing_id: int, *, at: datetime) -> Pair:
    """Open a pair for who writes; where its DNA is closed there is nothing to write.

    Raises
    ------
    NotFound
        If there is no such proposal, or the DNA of one of its two records is closed.
    StepUpNeeded
        As `open_pair`.
    """
    pair = read_pair(session, viewer, pairing_id, at=at)
    if pair.closed is not None:
        raise NotFound("DNA result")
    return pair


def keep_result(
    session: Session,
    viewer: Viewer,
    pair: Pair,
    told: Told,
    *,
    computed: Computed,
    replaces: Kept | None,
    at: datetime,
) -> DnaResult:
    """Keep one result beside those that are there; `replaces` is the one it stands for now.

    What is believed of the pair without it, that day, is kept with it.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no profiles.
    InvalidInput
        If it replaces another and does not say why.
    Conflict
        If the DNA of one of the two records is closed, or the other was replaced meanwhile.
    """
    demand(viewer, Permission.PROFILE_KEEP)
    if pair.closed is not None:
        raise Conflict(marked("El ADN de uno de los dos registros está reservado para usted."))
    if replaces is not None and replaces.is_replaced:
        raise Conflict(marked("Otra persona ya anotó uno más nuevo: mírelo antes de anotar."))
    if replaces is not None and not told.why_anew.strip():
        raise InvalidInput(marked("Diga por qué este resultado reemplaza al anterior."))
    run = run_of(session, viewer, pair.proposal.pairing)
    told = replace(told, believed=believed_now(pair, told, run))
    result = DnaResult(
        case=pair.proposal.person,
        remains_id=pair.proposal.remains.id,
        computed=computed,
        replaces_id=replaces.result.id if replaces else None,
        told=written(told),
        entered_at=at,
        entered_by=viewer.account_id,
    )
    session.add(result)
    session.flush()
    _record(session, Deed.DNA_RESULT_ENTERED, viewer, pair, at=at)
    return result


def record_printed(
    session: Session, viewer: Viewer, pair: Pair, *, copy: str, at: datetime
) -> None:
    """Write down that a result was printed, and which copy it is."""
    _record(session, Deed.DNA_RESULT_PRINTED, viewer, pair, at=at, copy=copy)


def refuse_without_consent(tree: Tree, typed: Collection[int], agreed: Collection[int]) -> None:
    """Let nobody's DNA be compared who has not agreed to it themselves, or took it back.

    Raises
    ------
    Conflict
        If one of the registered donors has not, or does not any more.
    """
    if not donors_among(tree, typed) <= set(agreed):
        raise Conflict(
            marked(
                "Alguien de la familia cuyo perfil se usó no ha autorizado que se compare su "
                "ADN, o lo retiró. Ese resultado no se anota: pida al laboratorio uno sin él."
            )
        )


def _record(
    session: Session, deed: Deed, viewer: Viewer, pair: Pair, *, at: datetime, **more: str
) -> None:
    shown = len(pair.results)
    record_about(session, deed, viewer, pair.proposal, at=at, shown=shown, **more)
