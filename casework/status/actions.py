"""Giving a relative a code, renewing and ending it. Each function is one deed."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from casework.errors import Conflict, InvalidInput
from casework.families.model import Relative
from casework.references import ALPHABET
from casework.signin.queries import token_hash
from casework.status.model import PublicLine, StatusCode
from casework.status.queries import code_of, line_of
from casework.web.languages import Spoken, marked
from privacy.audit.log import Deed, record
from privacy.errors import UnsafePassword
from privacy.passwords import hash_password
from privacy.permissions import Permission, Viewer, demand

CODE_LETTERS, PIN_DIGITS = 8, 6


@dataclass(frozen=True, slots=True)
class GivenCode:
    """What is told once and kept nowhere."""

    code: str = field(repr=False)
    pin: str = field(repr=False)


def give_code(
    session: Session,
    viewer: Viewer,
    relative: Relative,
    *,
    language: Spoken,
    next_contact_on: date | None,
    at: datetime,
) -> GivenCode:
    """Give a relative a code and a PIN; a code they had before ends with it.

    Raises
    ------
    NotPermitted
        If `viewer` does not keep in touch with families.
    Conflict
        If nobody wrote down by which telephone the institution is reached.
    """
    demand(viewer, Permission.CONTACT_KEEP)
    if line_of(session, viewer.institution_id) is None:
        raise Conflict(
            marked(
                "Antes anote, en Compromisos, el teléfono público de su institución: quien "
                "mira su código tiene que saber a dónde llamar."
            )
        )
    before = code_of(session, relative.id)
    if before is not None:
        _end(session, viewer, before, at)
    given, hashed = _drawn()
    session.add(
        StatusCode(
            missing_person_id=relative.missing_person_id,
            relative_id=relative.id,
            reference=relative.case.reference,
            institution_id=relative.case.owner_institution_id,
            code_hash=token_hash(given.code),
            pin_hash=hashed,
            language=language,
            next_contact_on=next_contact_on,
            message_waits=before.message_waits if before else False,
            made_at=at,
            made_by=viewer.account_id,
        )
    )
    session.flush()
    record(session, Deed.STATUS_CODE_GIVEN, by=viewer, at=at, about=relative.case.reference)
    return given


def revoke_code(session: Session, viewer: Viewer, code: StatusCode, *, at: datetime) -> None:
    """End a code: a lost slip opens nothing from now on.

    Raises
    ------
    NotPermitted
        If `viewer` does not keep in touch with families.
    """
    demand(viewer, Permission.CONTACT_KEEP)
    _end(session, viewer, code, at)
    record(session, Deed.STATUS_CODE_REVOKED, by=viewer, at=at, about=code.reference)


def note_message(
    session: Session, viewer: Viewer, code: StatusCode, *, waits: bool, at: datetime
) -> None:
    """Note whether something waits to be told in person; what it is stands nowhere here.

    Raises
    ------
    NotPermitted
        If `viewer` does not keep in touch with families.
    """
    demand(viewer, Permission.CONTACT_KEEP)
    code.message_waits = waits
    session.flush()
    record(session, Deed.STATUS_MESSAGE_NOTED, by=viewer, at=at, about=code.reference)


def tell_next_contact(session: Session, relative: Relative, on: date | None) -> None:
    """Keep the page of a relative's code in step with what was promised; part of a deed."""
    code = code_of(session, relative.id)
    if code is not None:
        code.next_contact_on = on
        session.flush()


def set_line(session: Session, viewer: Viewer, *, line: str, hours: str, at: datetime) -> None:
    """Write down by which telephone families reach the viewer's institution.

    Raises
    ------
    NotPermitted
        If `viewer` does not keep in touch with families.
    InvalidInput
        If there is none.
    """
    demand(viewer, Permission.CONTACT_KEEP)
    if not line.strip():
        raise InvalidInput(marked("Escriba el teléfono público de su institución."))
    kept = line_of(session, viewer.institution_id)
    if kept is None:
        kept = PublicLine(institution_id=viewer.institution_id)
        session.add(kept)
    kept.line, kept.hours = line.strip()[:200], hours.strip()[:200]
    kept.changed_at, kept.changed_by = at, viewer.account_id
    session.flush()
    record(session, Deed.STATUS_LINE_CHANGED, by=viewer, at=at)


def _end(session: Session, viewer: Viewer, code: StatusCode, at: datetime) -> None:
    code.revoked_at, code.revoked_by = at, viewer.account_id
    session.flush()


def _drawn() -> tuple[GivenCode, str]:
    """Draw a code and a PIN that together are a secret; a rare draw repeats itself."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
        pin = "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))
        try:
            return GivenCode(code, pin), hash_password(secret_of(code, pin))
        except UnsafePassword:
            continue


def secret_of(code: str, pin: str) -> str:
    """Join what is typed to what was hashed: the PIN alone opens nothing."""
    return f"{code}:{pin}"
