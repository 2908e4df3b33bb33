"""Coming in: a password, then a second factor, and the proof of being there later on."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.signin.actions import TOKEN_BYTES, let_in
from casework.signin.credentials import CodeSecret, Passkey
from casework.signin.model import Account, SignInSession
from casework.signin.queries import find_account, token_hash, viewer_in
from casework.signin.secret_codes import opened_secret
from privacy.audit.log import Deed, record
from privacy.errors import WrongPassword, WrongProof
from privacy.passwords import is_right, renewed
from privacy.second_factor.one_time_codes import matching_step
from privacy.second_factor.passkeys import RelyingParty, check_proof, credential_named_in


@dataclass(frozen=True, slots=True)
class Factors:
    """Which second factors an account has."""

    passkeys: int
    codes: bool

    def __bool__(self) -> bool:
        return self.passkeys > 0 or self.codes


def factors_of(session: Session, account_id: int) -> Factors:
    """Count what somebody can prove themselves with, beside their password."""
    passkeys = session.scalar(
        sa.select(sa.func.count()).where(Passkey.account_id == account_id)
    )
    codes = session.scalar(
        sa.select(sa.func.count()).where(
            CodeSecret.account_id == account_id, CodeSecret.confirmed_at.is_not(None)
        )
    )
    return Factors(passkeys or 0, bool(codes))


def come_to_the_door(
    session: Session, *, sign_in_name: str, password: str, at: datetime
) -> tuple[str, SignInSession]:
    """Begin a session with a name and a password; it opens nothing until a factor is proved.

    Raises
    ------
    WrongPassword
        If name and password do not belong together, or the account is disabled.
    """
    account = find_account(session, sign_in_name)
    right = is_right(password, account.password_hash if account else None)
    if account is None or not right or account.disabled_at is not None:
        raise WrongPassword
    if account.password_hash and (better := renewed(password, account.password_hash)):
        account.password_hash = better
    return let_in(session, account, at=at)


def use_code(
    session: Session, account_id: int, code: str, *, at: datetime, is_first: bool = False
) -> None:
    """Use up a code: of two that come at once, one is accepted.

    Only the first code, which shows that the telephone has read the secret, is taken from a
    secret that is not confirmed: until then it was on a screen, and proves nobody.

    Raises
    ------
    WrongProof
        If it is none, was used before, or comes from a secret that nobody confirmed.
    ClockWentBack
        If this clock stands before a code that was accepted.
    """
    kept = session.get(CodeSecret, account_id, populate_existing=True)
    if kept is None or (kept.confirmed_at is None and not is_first):
        raise WrongProof
    step = matching_step(opened_secret(session, kept), code, at=at, last_step=kept.last_step)
    if step is None:
        raise WrongProof
    used = session.execute(
        sa.update(CodeSecret)
        .where(CodeSecret.account_id == account_id, CodeSecret.last_step < step)
        .values(last_step=step)
        .returning(CodeSecret.account_id)
        .execution_options(synchronize_session=False)
    )
    if used.scalar() is None:
        raise WrongProof


def use_passkey(
    session: Session, party: RelyingParty, challenge: bytes, answer: str, *, at: datetime
) -> Account:
    """Accept a passkey's proof, and say whose it is.

    Raises
    ------
    WrongProof
        If it does not hold, or its holder may not come in any more.
    """
    passkey = session.get(Passkey, credential_named_in(answer), with_for_update=True)
    if passkey is None or passkey.account.disabled_at is not None:
        raise WrongProof
    if not passkey.account.may_prove_themselves:
        raise WrongProof  # the duty was changed: a second person has not confirmed it yet
    passkey.sign_count = check_proof(
        party,
        challenge,
        answer,
        account_id=passkey.account_id,
        public_key=passkey.public_key,
        sign_count=passkey.sign_count,
    )
    passkey.used_at = at
    return passkey.account


def be_present(session: Session, opened: SignInSession, *, how: str, at: datetime) -> str:
    """Note that the holder proved to be there; the session goes on under another token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    opened.token_hash = token_hash(token)
    opened.form_token = secrets.token_urlsafe(TOKEN_BYTES)
    opened.second_factor_at = opened.second_factor_at or at
    opened.stepped_up_at = at
    session.flush()
    record(session, Deed.FACTOR_PROVED, by=viewer_in(opened, at=at), at=at, how=how)
    return token
