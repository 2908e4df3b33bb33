"""Writing the action log, in the transaction of the deed it records.

Lines wait in the session and are written just before it commits: from the first line on no
other transaction can write one, so that lines stand in the order of commits without a gap,
and a long import must not keep everybody else waiting. No log, no data: if they cannot be
written the commit fails, and with it the request, before anything is shown.
"""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from privacy.audit.model import Entry
from privacy.errors import LogUnavailable
from privacy.permissions import Viewer

_WAITING = "waiting_lines"
# What people read to each other, such as MP-7K3Q-D9XT, wherever it stands in a line.
_REFERENCE = re.compile(r"\b[A-Z]{2}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")


class Deed(StrEnum):
    """What may stand in the log: `<resource>:<part>:<past participle>`."""

    SIGNED_IN = "session:opened"
    SIGN_IN_FAILED = "session:refused"
    SIGNED_OUT = "session:closed"
    ACCESS_REFUSED = "access:refused"
    NOT_FOUND = "access:unanswered"
    UNPROVEN = "access:unproven"
    POLICY_DISAGREED = "policy:row:disagreed"
    POLICY_EXPLAINED = "policy:decision:explained"
    ACCOUNT_CREATED = "account:created"
    ACCOUNT_DISABLED = "account:disabled"
    INSTITUTION_CREATED = "institution:created"
    PROVIDER_SET = "institution:provider:set"
    INVITED = "account:invitation:asked"
    INVITATION_CONFIRMED = "account:invitation:confirmed"
    INVITATION_WITHDRAWN = "account:invitation:withdrawn"
    INVITATION_ACCEPTED = "account:invitation:accepted"
    TOKEN_ASKED = "token:asked"  # noqa: S105 - a deed, and no password
    TOKEN_CONFIRMED = "token:confirmed"  # noqa: S105 - as above
    TOKEN_REVOKED = "token:revoked"  # noqa: S105 - as above
    TOKEN_USED = "token:used"  # noqa: S105 - as above
    ROLE_CHANGED = "account:role:changed"
    PASSWORD_CHANGED = "account:password:changed"  # noqa: S105 - a deed, and no password
    FACTOR_ENROLLED = "account:factor:enrolled"
    FACTOR_REMOVED = "account:factor:removed"
    FACTOR_PROVED = "session:factor:proved"
    PURPOSE_CHOSEN = "session:purpose:chosen"
    MISSING_LISTED = "missing:list:read"
    MISSING_READ = "missing:file:read"
    MISSING_REPORTED = "missing:file:reported"
    STATED = "statement:made"
    UNDONE = "statement:undone"
    SETTLED = "statement:settled"
    STATEMENTS_READ = "statement:history:read"
    CONSENT_GRANTED = "consent:entry:granted"
    CONSENT_REFUSED = "consent:entry:refused"
    CONSENT_WITHDRAWN = "consent:entry:withdrawn"
    CONSENT_READ = "consent:ledger:read"
    CONSENT_FORM_PRINTED = "consent:form:printed"
    RELATIVE_ENTERED = "relative:entered"
    FAMILY_READ = "family:page:read"
    CONTACT_POINT_KEPT = "contact:point:kept"
    CONTACT_POINT_ENDED = "contact:point:ended"
    CONTACT_AGREED = "contact:agreement:kept"
    CONTACT_LOGGED = "contact:entry:logged"
    PROMISES_LISTED = "promise:list:read"
    STATUS_CODE_GIVEN = "status:code:given"
    STATUS_CODE_REVOKED = "status:code:revoked"
    STATUS_MESSAGE_NOTED = "status:message:noted"
    STATUS_LINE_CHANGED = "status:line:changed"
    STATUS_SLIP_PRINTED = "status:slip:printed"
    STATUS_READ = "status:page:read"
    STATUS_REFUSED = "status:page:refused"
    PEDIGREE_READ = "pedigree:tree:read"
    PEDIGREE_DRAWN = "pedigree:tree:drawn"
    SAMPLES_READ = "sample:list:read"
    SAMPLE_REGISTERED = "sample:registered"
    SAMPLE_FOLLOWED = "sample:chain:followed"
    SAMPLE_CORRECTED = "sample:chain:corrected"
    FREQUENCIES_ENTERED = "frequencies:entered"
    DNA_RESULT_READ = "dna_result:read"
    DNA_RESULT_ENTERED = "dna_result:entered"
    DNA_RESULT_PRINTED = "dna_result:sheet:printed"
    DNA_SEARCHED = "dna:all:searched"
    PROFILES_LISTED = "profile:list:read"
    PROFILE_READ = "profile:file:read"
    PROFILE_KEPT = "profile:kept"
    PROFILE_REPLACED = "profile:replaced"
    PROFILE_WITHDRAWN = "profile:withdrawn"
    LIFT_REQUESTED = "protection:lift:requested"
    PROTECTION_LIFTED = "protection:lifted"
    LIFT_REFUSED = "protection:lift:refused"
    PROTECTION_RESTORED = "protection:restored"
    LIFTS_LISTED = "protection:list:read"
    NOTICES_LISTED = "notice:list:read"
    NOTICE_READ = "notice:read"
    REMAINS_LISTED = "remains:list:read"
    REMAINS_READ = "remains:file:read"
    REMAINS_RECORDED = "remains:file:recorded"
    LIVING_LISTED = "living:list:read"
    LIVING_READ = "living:file:read"
    LIVING_REGISTERED = "living:file:registered"
    LIVING_DECIDED = "living:search:decided"
    LIVING_PAIRING_LISTED = "living:proposals:read"
    LIVING_PAIRING_READ = "living:comparison:read"
    LIVING_FAMILY_DECIDED = "living:family:decided"
    LIVING_AGREED_READ = "living:agreement:read"
    INCIDENT_LISTED = "incident:list:read"
    INCIDENT_READ = "incident:file:read"
    INCIDENT_RECORDED = "incident:file:recorded"
    INCIDENT_CORRECTED = "incident:file:corrected"
    INCIDENT_PEOPLE_READ = "incident:people:read"
    INCIDENT_NAMED = "incident:people:linked"
    SITE_LISTED = "site:list:read"
    SITE_READ = "site:file:read"
    SITE_ENTERED = "site:entered"
    SITE_CORRECTED = "site:corrected"
    SITE_GRAVE_RECORDED = "site:grave:recorded"
    SITE_NAMED = "site:remains:linked"
    FILE_UPLOADED = "import:file:uploaded"
    IMPORT_STARTED = "import:run:started"
    IMPORT_CANCELLED = "import:run:cancelled"
    IMPORT_FINISHED = "import:run:finished"
    IMPORT_READ = "import:report:read"
    MATCHING_REQUESTED = "matching:run:requested"
    MATCHING_OPENED_CASES = "matching:cases:opened"
    MATCHING_FINISHED = "matching:run:finished"
    MATCHING_CANCELLED = "matching:run:cancelled"
    ENGINE_REPORT_REQUESTED = "engine:report:requested"
    ENGINE_REPORT_MADE = "engine:report:made"
    ENGINE_WEIGHTS_SIGNED = "engine:weights:signed"
    ENGINE_WEIGHTS_WITHDRAWN = "engine:weights:withdrawn"
    PAIRING_LISTED = "pairing:queue:read"
    PAIRING_READ = "pairing:comparison:read"
    PAIRING_HISTORY_READ = "pairing:history:read"
    PAIRING_OPENED = "pairing:opened"
    PAIRINGS_BY_HAND_LISTED = "pairing:by_hand:read"
    REVIEWS_LISTED = "review:list:read"
    UNBLINDINGS_LISTED = "unblinding:listed"
    UNBLINDING_READ = "unblinding:page:read"
    UNBLINDING_ASKED = "unblinding:asked"
    UNBLINDING_ANSWERED = "unblinding:answered"
    REVIEW_READ = "review:page:read"
    REVIEW_OPENED = "review:opened"
    REVIEW_SEATED = "review:seat:given"
    REVIEW_SEAT_CHANGED = "review:seat:changed"
    REVIEWS_SHARED = "review:list:shared"
    REVIEW_SHARE_READ = "review:share:read"
    REVIEW_HOURS_KEPT = "review:hours:kept"
    OPINION_READ = "opinion:form:read"
    OPINION_DRAFTED = "opinion:draft:kept"
    OPINION_GIVEN = "opinion:given"
    BOARD_READ = "board:page:read"
    BOARD_CONVENED = "board:convened"
    BOARD_NAMED = "board:member:named"
    BOARD_VOTED = "board:vote:given"
    BOARD_CLOSED = "board:closed"
    GATE_READ = "gate:page:read"
    GATE_ENTERED = "gate:item:entered"
    GATE_WITHDRAWN = "gate:item:withdrawn"
    DECISIONS_LISTED = "decision:list:read"
    DECISION_READ = "decision:read"
    DECISION_PROPOSED = "decision:proposed"
    DECISION_SIGNED = "decision:signed"
    DECISION_LOCKED = "decision:locked"
    DECISION_ENDED = "decision:ended"
    DECISION_RELEASED = "decision:released"
    RELEASES_LISTED = "decision:release:read"
    TELLING_READ = "telling:page:read"
    TELLING_ENTERED = "telling:step:entered"
    LETTER_PRINTED = "telling:letter:printed"
    NOTE_PRINTED = "telling:note:printed"
    LINKS_READ = "link:list:read"
    LINK_SAID = "link:recorded"
    LINK_PRINTED = "link:report:printed"
    REQUESTS_LISTED = "request:list:read"
    REQUEST_READ = "request:thread:read"
    REQUEST_SENT = "request:sent"
    REQUEST_MOVED = "request:state:changed"
    REQUEST_WRITTEN = "request:message:written"
    KEEPER_CHANGED = "missing:keeper:changed"
    GROUP_LISTED = "group:list:read"
    GROUP_READ = "group:file:read"
    GROUP_ENTERED = "group:entered"
    GROUP_DESCRIBED = "group:described"
    GROUP_MEMBER_SAID = "group:member:recorded"
    TERM_PROPOSED = "term:proposed"
    TERM_ACCEPTED = "term:accepted"
    TERM_DECLINED = "term:declined"
    TERM_WITHDRAWN = "term:withdrawn"
    PAIRING_PRINTED = "pairing:sheet:printed"
    MISSING_PRINTED = "missing:file:printed"
    REMAINS_PRINTED = "remains:file:printed"
    CUSTODY_PRINTED = "sample:custody:printed"
    DECISION_PRINTED = "decision:report:printed"
    BOARD_PRINTED = "board:minutes:printed"
    DOCUMENT_VERIFIED = "document:copy:verified"
    DOCUMENT_REFUSED = "document:copy:refused"
    MISSING_EXPORTED = "missing:list:exported"
    COPIES_READ = "copy:register:read"
    PAPER_KEPT = "paper:scan:kept"
    PAPERS_LISTED = "paper:list:read"
    PAPER_READ = "paper:scan:read"
    PHOTO_KEPT = "photo:picture:kept"
    PHOTOS_LISTED = "photo:list:read"
    PHOTO_READ = "photo:picture:read"
    PHOTO_CROPPED = "photo:picture:cropped"
    PHOTO_REMOVED = "photo:picture:removed"
    RIGHTS_LISTED = "rights:list:read"
    RIGHTS_READ = "rights:request:read"
    RIGHTS_RECEIVED = "rights:request:received"
    RIGHTS_DECIDED = "rights:request:decided"
    RIGHTS_REPORTED = "rights:report:made"
    RIGHTS_CORRECTED = "rights:record:corrected"
    RIGHTS_RESTRICTED = "rights:record:restricted"
    RIGHTS_RELEASED = "rights:record:released"
    RIGHTS_STOPPED = "rights:purpose:stopped"
    RIGHTS_ANSWERED = "rights:request:answered"
    RECORD_ERASED = "rights:record:erased"
    RETENTION_READ = "retention:list:read"
    RETENTION_NOTED = "retention:record:noted"
    RETENTION_ROUND = "retention:round:finished"
    RETENTION_DOUBTED = "retention:clock:doubted"
    RETENTION_CONFIRMED = "retention:clock:confirmed"
    RETENTION_REVIEWED = "retention:record:reviewed"
    RETENTION_RESTRICTED = "retention:record:restricted"
    RETENTION_ENDING = "retention:ending:decided"
    RETENTION_HELD = "retention:hold:placed"
    RETENTION_LIFT_ASKED = "retention:hold:questioned"
    RETENTION_LIFTED = "retention:hold:lifted"
    SEALED_OPENED = "sealed:group:opened"
    SEALED_REFUSED = "sealed:group:refused"
    QUOTA_EXCEEDED = "sealed:quota:exceeded"
    KEYS_ROTATED = "sealed:keys:rotated"
    KEYS_RETIRED = "sealed:keys:retired"
    SEARCH_KEPT = "search:kept"
    SEARCH_REMOVED = "search:removed"
    LOG_READ = "log:read"
    LOG_LINE_ERASED = "log:line:erased"
    LOG_NOT_SIGNED = "log:checkpoint:refused"


def record(
    session: Session,
    deed: Deed,
    *,
    by: Viewer,
    at: datetime,
    about: str | None = None,
    concerning: Collection[str] = (),
    **details: float | str | list[str] | None,
) -> None:
    """Put down one line; it stands or falls with the transaction of `session`.

    `concerning` names the records whose content was shown, beside `about` and those that
    `details` name: by it a person's file tells who saw them in a list.
    """
    named = {*concerning, *_references_in(about), *_references_in(*details.values())}
    line = {
        "id": uuid4(),
        "at": at,
        "account_id": by.account_id,
        "role": by.role,
        "institution_id": by.institution_id,
        "purpose": by.purpose.value,
        "deed": deed.value,
        "about": about,
        "details": details,
        "concerning": sorted(named),
    }
    session.info.setdefault(_WAITING, []).append(line)


def write_pending(session: Session) -> None:
    """Write the lines that wait; done by itself at the end of every transaction.

    Raises
    ------
    LogUnavailable
        If the log cannot be written. The transaction can then only be undone.
    """
    waiting: list[dict[str, Any]] = session.info.get(_WAITING, [])
    if not waiting:
        return
    # All other work first: from here to the end of the transaction others wait.
    session.flush()
    try:
        session.execute(sa.insert(Entry.__table__).values(waiting))  # type: ignore[arg-type]
    except sa.exc.DBAPIError as error:
        raise LogUnavailable from error
    del session.info[_WAITING]


@event.listens_for(Session, "before_commit")
def _write_before_the_end(session: Session) -> None:
    if not session.in_nested_transaction():
        write_pending(session)


@event.listens_for(Session, "after_soft_rollback")
def _forget_what_was_undone(session: Session, undone: SessionTransaction) -> None:
    # A savepoint that is undone keeps its lines: better a line too many than one too few.
    if not undone.nested:
        session.info.pop(_WAITING, None)


def _references_in(*values: object) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield from _REFERENCE.findall(value)
        elif isinstance(value, list):
            yield from _references_in(*value)
