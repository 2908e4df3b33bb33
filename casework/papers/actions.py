"""Keeping and opening signed papers. Each function is one deed, allowed and recorded."""

from datetime import datetime

from sqlalchemy.orm import Session

from casework.errors import Conflict, InvalidInput
from casework.missing.model import MissingPerson
from casework.papers.model import SignedPaper
from casework.papers.queries import list_papers, list_relatives
from casework.web.languages import marked
from casework.web.uploads import CleanFile
from privacy.audit.log import Deed, record
from privacy.errors import NotPermitted
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer, demand
from privacy.sealing.opening import open_group

MOST_PAPERS = 50


def keep_paper(
    session: Session,
    viewer: Viewer,
    person: MissingPerson,
    paper: CleanFile,
    *,
    relative_id: int | None,
    at: datetime,
) -> SignedPaper:
    """Keep a scan that came through `clean_upload`, sealed with the key of its file.

    Raises
    ------
    InvalidInput
        If it names a relative of another file, or the file holds very many already.
    Conflict
        If the very same scan is kept already.
    """
    demand(viewer, Permission.PAPER_KEEP)
    kept = list_papers(session, person)
    if any(each.sha256 == paper.sha256 for each in kept):
        raise Conflict(marked("Ese mismo papel ya está guardado."))
    if len(kept) >= MOST_PAPERS:
        raise InvalidInput(marked("El expediente ya tiene cincuenta papeles."))
    if relative_id not in {None, *(each.id for each in list_relatives(session, person))}:
        raise InvalidInput(marked("Ese familiar no figura en el expediente."))
    scan = SignedPaper(
        case=person,
        relative_id=relative_id,
        sha256=paper.sha256,
        kind=paper.kind,
        content=paper.content,
        added_at=at,
        added_by=viewer.account_id,
    )
    session.add(scan)
    session.flush()
    record(session, Deed.PAPER_KEPT, by=viewer, at=at, about=person.reference)
    return scan


def open_paper(
    session: Session, viewer: Viewer, person: MissingPerson, scan: SignedPaper, *, at: datetime
) -> bytes:
    """Open one scan: it bears a relative's name and signature.

    Raises
    ------
    NotPermitted
        If the policies do not open the contact of this file's relatives to `viewer`.
    """
    demand(viewer, Permission.PAPER_KEEP)
    record(session, Deed.PAPER_READ, by=viewer, at=at, about=person.reference)
    opened = open_group(session, viewer, [scan], Reveals.CONTACT, at=at)
    if opened.refused:
        raise NotPermitted(Permission.MISSING_CONTACT_READ.value)
    return scan.content
