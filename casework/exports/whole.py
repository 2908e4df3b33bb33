"""Handing out whole records: what was said of each, statement by statement, as a file.

The same walls as for any copy: what is open to the one who gives and to the one who receives,
a purpose of both, a reason, a proof of who gives, a mark, the register and the log.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.dataset.shape import RecordKind
from casework.errors import InvalidInput
from casework.exports.actions import Wanted, recipient_of, write_down
from casework.exports.dna import leaving_of
from casework.exports.queries import (
    Handed,
    handable,
    handable_living,
    handable_remains,
    reader_at,
)
from casework.living.statements import LIVING_PERSON
from casework.missing.statements import MISSING_PERSON
from casework.remains.statements import REMAINS
from casework.statements.describing import AtHand, Described
from casework.statements.reading import groups_opened
from casework.statements.written import Beside, write_record
from casework.web.languages import marked
from privacy.model import Reveals
from privacy.permissions import Purpose, Viewer
from privacy.released.register import new_copy_number

FORMAT = "reunir-record"
_DESCRIBED: Mapping[RecordKind, Described] = {
    RecordKind.MISSING_PERSON: MISSING_PERSON,
    RecordKind.REMAINS: REMAINS,
    RecordKind.LIVING_PERSON: LIVING_PERSON,
}
_FIND: Mapping[RecordKind, Callable[..., list[Handed]]] = {
    RecordKind.MISSING_PERSON: handable,
    RecordKind.REMAINS: handable_remains,
    RecordKind.LIVING_PERSON: handable_living,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCopy:
    """One copy of whole records, ready to leave."""

    number: str
    recipient: str
    purpose: Purpose
    records: Sequence[Mapping[str, Any]]


def hand_out_whole(
    session: Session, viewer: Viewer, wanted: Wanted, kind: RecordKind, *, at: datetime
) -> WholeCopy:
    """Make one copy of whole records of one kind, and write down where it goes.

    Raises
    ------
    NotPermitted
        If `viewer` hands nothing out.
    StepUpNeeded
        If they have not just proved again who they are.
    InvalidInput
        If purpose or reason are lacking, or nothing of it may be handed there.
    NotFound
        If there is no such recipient.
    """
    recipient = recipient_of(session, viewer, wanted)
    reader = reader_at(recipient, wanted.purpose)
    handed = _FIND[kind](session, viewer, reader, wanted.references, at=at)
    if not handed:
        raise InvalidInput(marked("Nada de eso puede entregarse a esa institución."))
    number = new_copy_number()
    both = viewer, reader
    records = [_record(session, both, each, kind, at=at) for each in handed]
    leaving = [replace(each, groups=_groups(each)) for each in handed]
    write_down(session, viewer, wanted, leaving, number=number, at=at)
    return WholeCopy(
        number=number,
        recipient=recipient.name,
        purpose=wanted.purpose,
        records=[{"copy": number, **each} for each in records],
    )


def as_file(copy: WholeCopy, watermark: str) -> bytes:
    """Write the copy down: the mark above, its number in every record."""
    told = {
        "format": FORMAT,
        "copy": copy.number,
        "watermark": watermark,
        "records": copy.records,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _groups(handed: Handed) -> frozenset[Reveals]:
    return handed.groups | ({Reveals.DNA} if handed.dna_is_open else frozenset())


def _record(
    session: Session,
    both: tuple[Viewer, Viewer],
    handed: Handed,
    kind: RecordKind,
    *,
    at: datetime,
) -> dict[str, Any]:
    viewer, _ = both
    hand = AtHand(session, viewer, handed.about, _DESCRIBED[kind], at)
    groups = groups_opened(hand, _groups(handed))
    if Reveals.DNA not in groups:
        return write_record(hand, groups)
    leaving = leaving_of(session, both, handed, kind, at=at)
    return write_record(hand, groups, Beside(leaving.said, leaving.lets))
