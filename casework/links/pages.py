"""Records that may be of one person: side by side, with what was said of them, and together."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel

from casework.errors import InvalidInput, NotFound
from casework.links.actions import say_of_two
from casework.links.kinds import PEOPLE, REMAINS, Kind
from casework.links.model import Saying
from casework.links.presenters import saying_choices
from casework.links.queries import Asking
from casework.links.showing import gather, lay_together
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)

# Absent and hidden are one answer.
NO_SUCH_RECORD = marked(
    "No hay ningún registro con esa referencia que usted pueda leer. Revise la referencia."
)


class SaidOfTwo(BaseModel):
    """What a form sends: the other record, what is said, and why."""

    other: str = ""
    saying: str = ""
    reason: str = ""


Sent = Annotated[SaidOfTwo, Form()]


def serve(kind: Kind) -> None:
    """Add the pages of one register: about people, or about remains."""
    base = f"{kind.path}/{{reference}}"

    @router.get(f"{base}/links")
    @requires(Permission.LINK_READ)
    def links(visit: Entered, reference: str) -> Response:
        """Show which other records may be of the same person."""
        return _show(visit, kind, reference)

    @router.post(f"{base}/links")
    @requires(Permission.LINK_RECORD)
    def say(visit: Entered, reference: str, form: Sent) -> Response:
        """Keep what is said of two records."""
        return _take(visit, kind, reference, form)

    @router.get(f"{base}/links/beside")
    @requires(Permission.LINK_READ)
    def beside(visit: Entered, reference: str) -> Response:
        """Tell on a file, in a few lines, of other records."""
        return _show_beside(visit, kind, reference)

    @router.get(f"{base}/together")
    @requires(Permission.LINK_READ)
    def together(visit: Entered, reference: str) -> Response:
        """Lay the linked records of one person together."""
        return _show_together(visit, kind, reference)


for _kind in (PEOPLE, REMAINS):
    serve(_kind)


def _show(
    visit: Visit,
    kind: Kind,
    reference: str,
    form: SaidOfTwo | None = None,
    problem: str = "",
) -> Response:
    about = kind.get(visit.session, visit.viewer, reference, at=visit.at)
    gathered = gather(visit, kind, about)
    return visit.show(
        "links/links.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=about.invented,
        of_people=kind is PEOPLE,
        links=gathered,
        form=form or SaidOfTwo(),
        choices=saying_choices(kind.sayable, teller_for(visit.language)),
        may_say=visit.viewer.may(Permission.LINK_RECORD),
        trail=_trail(visit, kind, about, _title(visit, kind)),
    )


def _take(visit: Visit, kind: Kind, reference: str, form: SaidOfTwo) -> Response:
    """Keep a word about two records, or show the page again with what was typed."""
    about = kind.get(visit.session, visit.viewer, reference, at=visit.at)
    asking = Asking(visit.session, visit.viewer, kind, visit.at)
    try:
        other = kind.get(visit.session, visit.viewer, form.other.strip().upper(), at=visit.at)
        say_of_two(asking, about, other, _saying(form), reason=form.reason)
    except NotFound:
        return _show(visit, kind, reference, form, visit.gettext(NO_SUCH_RECORD))
    except InvalidInput as refusal:
        return _show(visit, kind, reference, form, visit.gettext(str(refusal)))
    return visit.leads_to(f"{kind.path}/{about.reference}/links")


def _saying(form: SaidOfTwo) -> Saying:
    try:
        return Saying(form.saying)
    except ValueError:
        raise InvalidInput(
            marked("Diga si es la misma persona, si no lo es, o que no se sabe.")
        ) from None


def _show_beside(visit: Visit, kind: Kind, reference: str) -> Response:
    about = kind.get(visit.session, visit.viewer, reference, at=visit.at)
    gathered = gather(visit, kind, about)
    return visit.show(
        "links/_beside.html",
        links=gathered,
        href=f"{kind.path}/{about.reference}/links",
        together=f"{kind.path}/{about.reference}/together",
    )


def _show_together(visit: Visit, kind: Kind, reference: str) -> Response:
    about = kind.get(visit.session, visit.viewer, reference, at=visit.at)
    return visit.show(
        "links/together.html",
        shows_invented=about.invented,
        laid=lay_together(visit, kind, about),
        links_href=f"{kind.path}/{about.reference}/links",
        over=about.reference,
        trail=_trail(visit, kind, about, visit.gettext("Todo junto")),
    )


def _title(visit: Visit, kind: Kind) -> str:
    if kind is PEOPLE:
        return visit.gettext("Otros reportes de la misma persona")
    return visit.gettext("Otros registros de la misma persona")


def _trail(visit: Visit, kind: Kind, about: Any, here: str) -> tuple[NavLink, ...]:
    return (
        NavLink(visit.gettext(kind.register), kind.path),
        NavLink(about.reference, f"{kind.path}/{about.reference}"),
        NavLink(here, "", is_current=True),
    )
