"""The policies' page: every rule a duty meets, and why one decision is as it is."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from casework.errors import NotFound
from casework.policies.presenters import ShownRule, sentences
from casework.policies.queries import explain, rules_of
from casework.signin.queries import find_account, viewer_of
from casework.web.access import requires
from casework.web.permission_words import PERMISSION_WORDS
from casework.web.pieces import Choice
from casework.web.purpose_words import PURPOSE_WORDS
from casework.web.role_words import ROLE_WORDS
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import HUMAN_ROLES, Permission, Purpose, Role, Viewer

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Query(max_length=80)]


@router.get("/policies")
@requires(Permission.POLICY_READ)
def policies_page(
    visit: Entered,
    role: Role = Role.FORENSIC_EXAMINER,
    who: Word = "",
    what: Permission = Permission.MISSING_READ,
    about: Word = "",
    purpose: Purpose | None = None,
) -> Response:
    """Show the rules of one duty; and, if somebody is named, what is decided for them."""
    officer = visit.viewer
    told = _told(visit, who.strip(), what, about.strip().upper(), purpose) if who else ()
    record(
        visit.session,
        Deed.POLICY_EXPLAINED,
        by=officer,
        at=visit.at,
        about=about or None,
        role=role.value,
        asked_for=who or None,
        permission=what.value if who else None,
    )
    return visit.show(
        "policies/policies.html",
        rules=[ShownRule.of(each, visit.language) for each in rules_of(role)],
        role=role.value,
        roles=[Choice(each.value, visit.gettext(ROLE_WORDS[each])) for each in HUMAN_ROLES],
        permissions=[
            Choice(each.value, visit.gettext(PERMISSION_WORDS[each])) for each in Permission
        ],
        purposes=[Choice(each.value, visit.gettext(PURPOSE_WORDS[each])) for each in Purpose],
        asked={"who": who, "what": what.value, "about": about, "purpose": purpose or ""},
        told=told,
    )


def _told(
    visit: Visit, who: str, what: Permission, about: str, purpose: Purpose | None
) -> tuple[str, ...]:
    viewer = _somebody(visit, who)
    if viewer is None:
        return (visit.gettext("Nadie tiene ese nombre de acceso."),)
    surely = replace(
        viewer, purpose=purpose or viewer.purpose, second_factor=True, stepped_up=True
    )
    try:
        told = explain(visit.session, surely, what, about, at=visit.at)
    except NotFound:
        return (visit.gettext("Ningún expediente tiene esa referencia."),)
    return tuple(sentences(told, visit.gettext, visit.language))


def _somebody(visit: Visit, sign_in_name: str) -> Viewer | None:
    account = find_account(visit.session, sign_in_name)
    return viewer_of(account) if account else None
