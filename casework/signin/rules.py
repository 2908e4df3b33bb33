"""When a session ends by itself, and who may be given an account."""

from datetime import datetime, timedelta

from casework.signin.model import InstitutionKind, SignInSession
from privacy.permissions import PURPOSES, Purpose, Role

# OWASP ASVS 5, 7.3: a session ends when left alone, and in any case after a working day.
IDLE_END = timedelta(minutes=30)
ABSOLUTE_END = timedelta(hours=10)
# How long a proof of being there counts for what needs one (security.md, step-up).
STEP_UP_LASTS = timedelta(minutes=30)
# A server's clock is corrected by seconds. One that goes back further tells no time.
CLOCK_MAY_SLIP = timedelta(minutes=2)

# A duty that the institution's purpose does not carry cannot be given there.
DUTIES_OF: dict[InstitutionKind, frozenset[Role]] = {
    InstitutionKind.FORENSIC_SERVICE: frozenset(
        {Role.FORENSIC_EXAMINER, Role.FORENSIC_COORDINATOR}
    ),
    InstitutionKind.PROSECUTOR: frozenset(
        {Role.LIAISON_OFFICER, Role.FORENSIC_EXAMINER, Role.FORENSIC_COORDINATOR}
    ),
    InstitutionKind.CONSULATE: frozenset({Role.CONSULAR_OFFICER}),
    InstitutionKind.FAMILY_ORGANISATION: frozenset({Role.LIAISON_OFFICER}),
    InstitutionKind.HUMANITARIAN_ORGANISATION: frozenset({Role.LIAISON_OFFICER, Role.ANALYST}),
    InstitutionKind.OBSERVATORY: frozenset({Role.ANALYST}),
    InstitutionKind.DATA_PROTECTION_AUTHORITY: frozenset({Role.DATA_PROTECTION_OFFICER}),
    InstitutionKind.REGISTRY: frozenset({Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER}),
}


def is_alive(session: SignInSession, *, at: datetime) -> bool:
    """Say whether a session still lets its holder in."""
    return (
        session.ended_at is None
        and session.account.disabled_at is None
        and session.epoch == session.account.epoch
        and at > session.last_seen_at - CLOCK_MAY_SLIP
        and at - session.last_seen_at < IDLE_END
        and at - session.opened_at < ABSOLUTE_END
    )


def is_stepped_up(session: SignInSession, *, at: datetime) -> bool:
    """Say whether its holder proved to be there a moment ago, with a second factor."""
    if session.stepped_up_at is None:
        return False
    return -CLOCK_MAY_SLIP < at - session.stepped_up_at < STEP_UP_LASTS


def purpose_of(role: Role, chosen: Purpose) -> Purpose:
    """Give the purpose that was chosen, or the duty's first where it may not be chosen."""
    return chosen if chosen in PURPOSES[role] else PURPOSES[role][0]


def may_employ(kind: InstitutionKind, role: Role) -> bool:
    """Say whether an institution of this kind may have somebody with this duty."""
    return role in DUTIES_OF[kind]
