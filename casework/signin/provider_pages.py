"""Coming in by the institution's own OpenID provider."""

from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from casework.errors import NotFound, TooOften
from casework.settings import settings
from casework.signin import actions, entering
from casework.signin.ceremonies import begin_ceremony, end_ceremony
from casework.signin.cookies import ceremony_of, set_ceremony, set_session
from casework.signin.credentials import Ceremony, CeremonyKind, Provider
from casework.signin.inside import attempt, know_browser
from casework.signin.invitations import check_code
from casework.signin.providers import Question, ask_provider, find_endpoints
from casework.signin.throttling import invitation_buckets
from casework.signin.vouching import hear_provider
from casework.web.access import PUBLIC, requires
from casework.web.networks import network_of
from casework.web.pieces import Notice
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.errors import WrongProof
from privacy.permissions import DOOR

router = APIRouter()
BACK = "/sign-in/institution/back"
LARGEST_ID = 2**53


@router.get(BACK)
@requires(PUBLIC)
def come_back(
    request: Request, visit: Entered, *, state: str = "", code: str = "", iss: str = ""
) -> Response:
    """Take what the provider sent this browser back with."""
    try:
        asked = end_ceremony(
            visit.session, ceremony_of(request), CeremonyKind.PROVIDER, at=visit.at
        )
        _demand_same_question(asked, state, iss)
        account, vouched = hear_provider(
            visit.session, asked, code, back=back_address(), at=visit.at
        )
    except WrongProof:
        record(visit.session, Deed.SIGN_IN_FAILED, by=DOOR, at=visit.at)
        return _failed(visit)
    token, opened = actions.let_in(visit.session, account, at=visit.at)
    if vouched.second_factor:
        token = entering.be_present(visit.session, opened, how="provider", at=visit.at)
    # A page and not a redirect: the browser came from another site, and withholds the strict
    # cookie until a link of our own is followed.
    answer = visit.show("signin/welcome.html", person=account.display_name)
    set_session(answer, token)
    if vouched.second_factor:
        know_browser(visit.session, answer, account.id, visit)
    return answer


@router.get("/sign-in/institution/{institution_id}")
@requires(PUBLIC)
def leave_for_provider(
    visit: Entered, institution_id: Annotated[int, Path(ge=1, le=LARGEST_ID)]
) -> Response:
    """Send a browser to the provider of an institution."""
    provider = visit.session.get(Provider, institution_id)
    if provider is None:
        raise NotFound("provider")
    try:
        question = ask_provider(provider, find_endpoints(provider.issuer), back=back_address())
    except WrongProof:
        return _failed(visit)
    answer = RedirectResponse(question.address, status_code=303)
    _bind(visit, answer, provider, question)
    return answer


@router.post("/invitation/{token}/institution")
@requires(PUBLIC)
def accept_by_provider(
    request: Request,
    visit: Entered,
    token: Annotated[str, Path(pattern="^[A-Za-z0-9_-]{20,100}$")],
    code: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Take up an invitation with the institution's account instead of a password."""
    try:
        attempt(request, invitation_buckets(network_of(request)))
        invitation = check_code(visit.session, token, code, at=visit.at)
        if invitation is None:
            return _failed(visit)
        provider = visit.session.get(Provider, invitation.account.institution_id)
        if provider is None:
            return _failed(visit)
        question = ask_provider(provider, find_endpoints(provider.issuer), back=back_address())
    except (WrongProof, TooOften):
        return _failed(visit)
    # A link and not a redirect: our policy lets no form lead to another site.
    answer = visit.show(
        "signin/leaving.html", address=question.address, label=provider.institution.name
    )
    _bind(visit, answer, provider, question, invitation=invitation.id)
    return answer


def back_address() -> str:
    """Write the address that a provider sends people back to."""
    return settings().public_url.rstrip("/") + BACK


def _bind(
    visit: Visit, answer: Response, provider: Provider, question: Question, **more: int
) -> None:
    token = begin_ceremony(
        visit.session,
        CeremonyKind.PROVIDER,
        question.nonce.encode(),
        at=visit.at,
        state=question.state,
        verifier=question.verifier,
        issuer=provider.issuer,
        institution=provider.institution_id,
        **more,
    )
    set_ceremony(answer, token, from_elsewhere=True)


def _failed(visit: Visit) -> Response:
    sentence = visit.gettext(
        "Su institución no pudo confirmar quién es usted, o nadie le ha invitado aquí."
    )
    return visit.show(
        "signin/not_vouched.html", status=401, notices=(Notice(sentence, "problem"),)
    )


def _demand_same_question(asked: Ceremony, state: str, issuer: str) -> None:
    """Let nobody bring an answer to another browser's question, or of another provider."""
    if not compare_digest(state.encode(), asked.details["state"].encode()):
        raise WrongProof
    if issuer and issuer != asked.details["issuer"]:
        raise WrongProof
