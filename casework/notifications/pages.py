"""What waits for the visitor, and how they want to be told."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from casework.errors import InvalidInput, NotFound
from casework.notifications import queries
from casework.notifications.actions import choose_mail
from casework.notifications.model import HowOften
from casework.notifications.words import KIND_WORDS, OFTEN_WORDS
from casework.settings import settings
from casework.signin.secret_codes import opened_mail_address
from casework.web.access import ANY_DUTY, requires
from casework.web.described import teller_for
from casework.web.languages import path_to_return_to
from casework.web.pieces import Choice, Moment, Notice
from casework.web.visit import Entered, Visit

router = APIRouter(include_in_schema=False)


class MailForm(BaseModel):
    """Where and how often somebody wants to be written to."""

    address: str = ""
    how_often: HowOften = HowOften.NEVER


@router.get("/notifications")
@requires(ANY_DUTY)
def notifications(visit: Entered) -> Response:
    """List what concerns the visitor, the newest first."""
    return _show(visit, _chosen(visit))


@router.post("/notifications/seen")
@requires(ANY_DUTY)
def mark_all_seen(visit: Entered) -> Response:
    """Note that the visitor has seen all of it."""
    queries.mark_seen(visit.session, visit.viewer, at=visit.at)
    return RedirectResponse("/notifications", status_code=303)


@router.get("/notifications/{number:int}")
@requires(ANY_DUTY)
def open_notification(visit: Entered, number: int) -> Response:
    """Lead to what a notification speaks of, and note that it was seen."""
    found = queries.find_waiting(visit.session, visit.viewer, number)
    if found is None:
        raise NotFound("notification")
    queries.mark_seen(visit.session, visit.viewer, at=visit.at, number=number)
    return RedirectResponse(path_to_return_to(found.path), status_code=303)


@router.post("/notifications/mail")
@requires(ANY_DUTY)
def choose(visit: Entered, form: Annotated[MailForm, Form()]) -> Response:
    """Keep where and how often the visitor is written to, or say what is amiss."""
    try:
        choose_mail(
            visit.session,
            visit.viewer,
            form.address,
            form.how_often,
            language=visit.language,
            at=visit.at,
        )
    except InvalidInput as refusal:
        return _show(visit, form, Notice(visit.gettext(str(refusal)), "problem"))
    return _show(visit, _chosen(visit), Notice(visit.gettext("Quedó anotado."), "done"))


def _chosen(visit: Visit) -> MailForm:
    choice = queries.find_choice(visit.session, visit.viewer.account_id)
    if choice is None:
        return MailForm()
    address = ""
    if choice.address:
        address = opened_mail_address(visit.session, choice.account_id, choice.address)
    return MailForm(address=address, how_often=choice.how_often)


def _show(visit: Visit, form: MailForm, *notices: Notice) -> Response:
    teller = teller_for(visit.language)
    waiting = queries.list_waiting(visit.session, visit.viewer)
    return visit.show(
        "notifications/notifications.html",
        status=422 if any(each.tone == "problem" for each in notices) else 200,
        notices=notices,
        rows=[
            (
                f"/notifications/{each.notification.id}",
                Moment(
                    when=teller.wording.instant(each.notification.made_at),
                    text=visit.gettext(KIND_WORDS[each.notification.kind]),
                ),
                each.is_new,
            )
            for each in waiting
        ],
        new=sum(each.is_new for each in waiting),
        form=form,
        often=[Choice(each.value, visit.gettext(OFTEN_WORDS[each])) for each in HowOften],
        sends_mail=settings().smtp is not None,
    )
