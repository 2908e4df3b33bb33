"""The signed papers of one file: the list, keeping another, looking at one."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Path, UploadFile
from fastapi.responses import Response

from casework.errors import Conflict, InvalidInput
from casework.papers.actions import keep_paper, open_paper
from casework.papers.presenters import relative_words, shown_papers
from casework.papers.queries import get_own_file, get_paper, list_papers, list_relatives
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.uploads import LARGEST_BYTES, Kind, clean_upload
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
LARGEST_ID = 2**53
SUFFIX = {Kind.PDF: "pdf", Kind.JPEG: "jpg", Kind.PNG: "png", Kind.WEBP: "webp"}


@router.get("/missing/{reference}/papers")
@requires(Permission.PAPER_KEEP)
def papers_page(visit: Entered, reference: str) -> Response:
    """List the signed papers of one file; none is opened by this."""
    return _show(visit, reference)


@router.post("/missing/{reference}/papers")
@requires(Permission.PAPER_KEEP)
def bring_paper(
    visit: Entered,
    reference: str,
    scan: Annotated[UploadFile, File()],
    relative_id: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Keep a scan of a signed form, bare of its history."""
    person = get_own_file(visit.session, visit.viewer, reference, at=visit.at)
    try:
        paper = clean_upload(scan.file.read(LARGEST_BYTES + 1))
        keep_paper(
            visit.session,
            visit.viewer,
            person,
            paper,
            relative_id=int(relative_id) if relative_id.isdecimal() else None,
            at=visit.at,
        )
    except (InvalidInput, Conflict) as refusal:
        return _show(visit, reference, str(refusal))
    return visit.leads_to(f"/missing/{person.reference}/papers")


@router.get("/missing/{reference}/papers/{number}")
@requires(Permission.PAPER_KEEP)
def one_paper(
    visit: Entered, reference: str, number: Annotated[int, Path(ge=1, le=LARGEST_ID)]
) -> Response:
    """Hand one scan to whoever keeps it; it is opened for that."""
    person = get_own_file(visit.session, visit.viewer, reference, at=visit.at)
    scan = get_paper(visit.session, person, number)
    content = open_paper(visit.session, visit.viewer, person, scan, at=visit.at)
    name = f"{person.reference}-{scan.id}.{SUFFIX[scan.kind]}"
    return Response(
        content,
        media_type=scan.kind.value,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _show(visit: Visit, reference: str, problem: str = "") -> Response:
    person = get_own_file(visit.session, visit.viewer, reference, at=visit.at)
    papers = list_papers(visit.session, person)
    record(
        visit.session,
        Deed.PAPERS_LISTED,
        by=visit.viewer,
        at=visit.at,
        about=person.reference,
        shown=len(papers),
    )
    teller = teller_for(visit.language)
    relatives = list_relatives(visit.session, person)
    return visit.show(
        "papers/list.html",
        status=422 if problem else 200,
        notices=(Notice(visit.gettext(problem), "problem"),) if problem else (),
        reference=person.reference,
        papers=shown_papers(papers, relatives, teller),
        relatives=[Choice(str(each.id), relative_words(each, teller)) for each in relatives],
        trail=(
            NavLink(visit.gettext("Personas desaparecidas"), "/missing"),
            NavLink(person.reference, f"/missing/{person.reference}"),
            NavLink(visit.gettext("Papeles firmados"), "", is_current=True),
        ),
    )
