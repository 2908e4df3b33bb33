"""Holding a document against what was printed here, at the door: nobody need be signed in.

What is told is what stands on the paper itself, and whether it was called back: which records
lie on it the door cannot read. A number alone proves no paper in hand, for it stands in the
register of copies and in the log too: what a document is, is told to whoever has its file.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.documents.issuing import in_groups
from casework.documents.model import DocumentKind, IssuedDocument
from casework.signin.model import Institution
from casework.signin.throttling import FREE_BY_NETWORK, Bucket
from privacy.audit.log import Deed, record
from privacy.permissions import DOOR

NO_LETTERS = str.maketrans("", "", " -–—.·:")
# Given to people themselves, who hold paper and no file; none tells that anything was compared.
TOLD_BY_NUMBER = frozenset(
    {
        DocumentKind.ACCESS_ANSWER,
        DocumentKind.CONSENT_FORM,
        DocumentKind.STATUS_SLIP,
    }
)
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class Verdict(StrEnum):
    """What became of it."""

    NOT_ISSUED = "not_issued"
    ISSUED = "issued"  # a number of ours; no file was held against it
    UNCHANGED = "unchanged"  # byte for byte what was handed out
    CHANGED = "changed"  # a number of ours, and another file
    CALLED_BACK = "called_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What may be told of a document; all but the verdict is empty where there is none.

    `kind`: none too where a number alone was typed, or the file is another, but of few kinds.
    """

    verdict: Verdict
    kind: DocumentKind | None = None
    copy: str = ""
    institution: str = ""
    issued_at: datetime | None = None
    page_count: int = 0
    fingerprint: str = ""
    language: str = ""
    invented: bool = False
    called_back_at: datetime | None = None


def buckets_of(network: str) -> tuple[Bucket, ...]:
    """Name what a look is counted by: there is nobody whose number could be locked."""
    return (Bucket(f"verify:{network}"[:80], FREE_BY_NETWORK),)


def verify(session: Session, copy: str, fingerprint: str, *, at: datetime) -> Verified:
    """Look a document up by its number, by the fingerprint of its file, or by both, and log it.

    What was typed of a document that is not ours is not written down.
    """
    number = copy.translate(NO_LETTERS).upper()
    digest = fingerprint.translate(NO_LETTERS).lower()
    known = _find(session, number, digest)
    if known is None:
        record(session, Deed.DOCUMENT_REFUSED, by=DOOR, at=at)
        return Verified(verdict=Verdict.NOT_ISSUED)
    record(session, Deed.DOCUMENT_VERIFIED, by=DOOR, at=at, copy=known.copy)
    return Verified(
        verdict=_verdict(known, digest),
        kind=known.kind if digest == known.sha256 or known.kind in TOLD_BY_NUMBER else None,
        copy=known.copy,
        institution=_told_institution(session, known),
        issued_at=known.issued_at,
        page_count=known.page_count,
        fingerprint=_told_fingerprint(known),
        language=known.language,
        invented=known.invented,
        called_back_at=known.called_back_at,
    )


def _told_institution(session: Session, known: IssuedDocument) -> str:
    """Say who printed it; of a slip with a code nobody, for the slip itself does not say."""
    if known.kind is DocumentKind.STATUS_SLIP:
        return ""
    return session.get_one(Institution, known.institution_id).name


def _told_fingerprint(known: IssuedDocument) -> str:
    """Give what is printed; of a slip nothing: that of an older one holds its code."""
    if known.kind is DocumentKind.STATUS_SLIP:
        return ""
    return in_groups(known.said_sha256)


def _find(session: Session, number: str, digest: str) -> IssuedDocument | None:
    if number:
        return session.get(IssuedDocument, number)
    if not _FINGERPRINT.fullmatch(digest):
        return None
    return session.scalar(sa.select(IssuedDocument).where(IssuedDocument.sha256 == digest))


def _verdict(known: IssuedDocument, digest: str) -> Verdict:
    if digest and digest != known.sha256:
        return Verdict.CHANGED
    if known.called_back_at is not None:
        return Verdict.CALLED_BACK
    return Verdict.UNCHANGED if digest else Verdict.ISSUED
