"""Deeds of coming in by an institution's provider: setting it, asking it, believing it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.signin.credentials import Ceremony, Invitation, Provider
from casework.signin.invitations import is_open, take_up
from casework.signin.model import Account, Institution
from casework.signin.providers import (
    Vouched,
    demand_safe_address,
    exchange_code,
    fetch_keys,
    find_endpoints,
    judge_token,
)
from casework.signin.secret_codes import kept_client_secret, opened_client_secret
from privacy.audit.log import Deed, record
from privacy.errors import WrongProof
from privacy.permissions import Permission, Viewer, demand


def set_provider(
    session: Session,
    viewer: Viewer,
    institution: Institution,
    *,
    issuer: str,
    client_id: str,
    client_secret: str,
    second_factors: list[str],
    at: datetime,
) -> Provider:
    """Say by which provider the people of an institution may come in.

    Raises
    ------
    NotPermitted
        If `viewer` is no administrator.
    InvalidInput
        If the provider would not be spoken with over https.
    """
    demand(viewer, Permission.ACCOUNT_ADMINISTER)
    demand_safe_address(issuer)
    session.execute(sa.delete(Provider).where(Provider.institution_id == institution.id))
    provider = Provider(
        institution_id=institution.id,
        issuer=issuer,
        client_id=client_id,
        client_secret=kept_client_secret(session, institution.id, client_secret),
        second_factors=second_factors,
    )
    session.add(provider)
    session.flush()
    record(session, Deed.PROVIDER_SET, by=viewer, about=f"institution:{institution.id}", at=at)
    return provider


def hear_provider(
    session: Session, asked: Ceremony, code: str, *, back: str, at: datetime
) -> tuple[Account, Vouched]:
    """Believe what the provider says about whoever came back, and find their account.

    Raises
    ------
    WrongProof
        If its word does not hold, or it vouches for nobody who was invited.
    """
    provider = session.get(Provider, int(asked.details["institution"]))
    if provider is None:
        raise WrongProof
    endpoints = find_endpoints(provider.issuer)
    token = exchange_code(
        provider,
        endpoints,
        secret=opened_client_secret(session, provider),
        code=code,
        verifier=asked.details["verifier"],
        back=back,
    )
    vouched = judge_token(
        token, fetch_keys(endpoints), provider, nonce=asked.challenge.decode(), at=at
    )
    invited = asked.details.get("invitation")
    if invited is not None:
        account = _link(session, int(invited), provider, vouched=vouched, at=at)
        return account, vouched
    return _known(session, provider, vouched), vouched


def _known(session: Session, provider: Provider, vouched: Vouched) -> Account:
    account = session.scalar(
        sa.select(Account).where(
            Account.institution_id == provider.institution_id,
            Account.provider_subject == vouched.subject,
            Account.disabled_at.is_(None),
        )
    )
    if account is None:
        raise WrongProof
    return account


def _link(
    session: Session, invitation_id: int, provider: Provider, *, vouched: Vouched, at: datetime
) -> Account:
    """Tie the account of an invitation, whose code was right, to whom the provider names."""
    invitation = session.get(Invitation, invitation_id, with_for_update={"of": Invitation})
    if invitation is None or not is_open(invitation, at=at):
        raise WrongProof
    account = invitation.account
    taken = session.scalar(
        sa.select(Account.id).where(
            Account.institution_id == provider.institution_id,
            Account.provider_subject == vouched.subject,
            Account.id != account.id,
        )
    )
    if account.institution_id != provider.institution_id or taken is not None:
        raise WrongProof
    take_up(session, invitation, at=at)
    account.provider_subject = vouched.subject
    session.flush()
    return account
