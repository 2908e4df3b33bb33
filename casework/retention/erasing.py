"""Erasing a record: its key, its words, its parts; what is left is a tombstone.

Which columns go is not listed here: every column that reveals anything goes, in the record's
own row and in every table that hangs on it, found by walking the tables. A table that is
added later is erased with the others without anybody remembering this file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.model import Pairing, PairingState
from casework.families.telling import call_back_all, standing, tell_recipients
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.retention.rules import Record
from casework.retention.sight import as_keeper, as_matcher
from privacy.audit.log import Deed, record
from privacy.consent.ledger import Case, withdraw
from privacy.consent.model import Consent, Decision
from privacy.model import Base, Reveals
from privacy.permissions import Viewer
from privacy.sealing.columns import SealedRow
from privacy.sealing.erasure import destroy_key

# Rows of these say what was done and by whom, and outlive the record: what somebody wrote in
# them in their own words goes with it.
STAY = {
    "consent": "who agreed to what, without a name: proof that the use was allowed",
    "pairing": "that two records were compared; its weights are blanked by the engine itself",
    "rights_request": "that somebody asked, and what was answered",
    "released_copy": "where copies went, to call them back",
    "retention_notice": "the warnings that went before",
    "retention_hold": "who kept the record, and why",
    "protection_request": "who decided about a protection",
    "notice": "what institutions were told to do",
    "data_key": "the key is destroyed, and that it was stays known",
}
# Stands where somebody's words stood; a CHECK asks twenty characters of an assessment.
GONE = "(borrado con el expediente)"


def erase(
    session: Session, viewer: Viewer, erased: Record, *, basis: str, at: datetime
) -> None:
    """Erase one record for good. Whoever calls this has made sure that it may be done."""
    table = cast("sa.Table", type(erased).__table__)
    reference, record_id = erased.reference, erased.id
    _forget_comparisons(session, viewer, erased)
    with as_keeper(session, viewer) as keeper:
        _end_consents(session, keeper, erased, at)
        # The list of the erased beside the keys is written first: whatever falls afterwards,
        # and whatever back-up is ever restored, nobody opens this record again.
        destroy_key(session, erased.seal_id, at=at)
        for part, column in parts_of(table):
            _destroy_own_keys(session, part, column == record_id, at)
            _erase_part(session, part, column, record_id)
        blanked = blanks_of(table) | {"content_hash": "", "erased_at": at, "changed_at": at}
        session.execute(sa.update(table).where(table.c.id == record_id).values(blanked))
        session.expire(erased)
    record(session, Deed.RECORD_ERASED, by=viewer, at=at, about=reference, basis=basis)


def parts_of(table: sa.Table) -> Iterator[tuple[sa.Table, sa.Column[Any]]]:
    """Find each table with a column that points at `table`, and the column."""
    for other in Base.metadata.sorted_tables:
        pointing = {
            element.parent
            for constraint in other.foreign_key_constraints
            for element in constraint.elements
            if element.column is table.c.id
        }
        for column in pointing:
            yield other, column


def blanks_of(table: sa.Table) -> dict[str, Any]:
    """Give what stands in each column that revealed something, once it says nothing."""
    return {
        column.name: _blank(column)
        for column in table.columns
        if column.info.get("reveals") is not Reveals.NOTHING
    }


def _blank(column: sa.Column[Any]) -> Any:
    """Give a column's own way of saying nothing; what protects stays as it protects."""
    if column.nullable:
        return None
    if isinstance(column.default, sa.ColumnDefault) and column.default.is_scalar:
        return column.default.arg
    kind = getattr(column.type, "impl", column.type).python_type
    return {str: "", bytes: b"", list: [], dict: {}, object: {}, int: 0, float: 0.0}[kind]


def _erase_part(
    session: Session, part: sa.Table, column: sa.Column[Any], record_id: int
) -> None:
    if part.name in STAY:
        _blank_words(session, part, column == record_id)
        for below, link in parts_of(part):
            staying = sa.select(part.c.id).where(column == record_id)
            _blank_words(session, below, link.in_(staying))
        return
    if part.name == "relative":
        # The ledger points at who agreed; the row stays, and says nothing of them any more.
        emptied = sa.update(part).where(column == record_id).values(blanks_of(part))
        session.execute(emptied)
        return
    session.execute(sa.delete(part).where(column == record_id))


def _destroy_own_keys(
    session: Session, part: sa.Table, about: sa.ColumnElement[bool], at: datetime
) -> None:
    """Destroy the keys of rows about the record that are not sealed with the record's own."""
    if any(
        mapper.local_table is part
        and issubclass(mapper.class_, SealedRow)
        and not mapper.class_.case_of_key
        for mapper in Base.registry.mappers
    ):
        for seal_id in session.scalars(sa.select(part.c.seal_id).where(about)).all():
            destroy_key(session, seal_id, at=at)


def words_of(table: sa.Table) -> list[str]:
    """Name the columns in which somebody wrote in their own words."""
    return [
        column.name
        for column in table.columns
        if column.info.get("reveals") is not Reveals.NOTHING
        and isinstance(column.type, sa.Text)
    ]


def _blank_words(session: Session, table: sa.Table, about: sa.ColumnElement[bool]) -> None:
    if words := words_of(table):
        blanked = {name: sa.case((table.c[name] == "", ""), else_=GONE) for name in words}
        session.execute(sa.update(table).where(about).values(blanked))


def _end_consents(session: Session, keeper: Viewer, erased: Record, at: datetime) -> None:
    """End what was agreed, tell whoever it was open to, and call back every copy."""
    if isinstance(erased, MissingPerson):
        case = Case(erased.id, erased.reference, erased.owner_institution_id, erased.protected)
        before = standing(session, erased, at)
        for granted in _granted(session, erased):
            withdraw(session, keeper, case, granted, at=at)
        tell_recipients(session, erased.owner_institution_id, erased, before, at=at)
    call_back_all(session, erased, at=at)


def _granted(session: Session, person: MissingPerson) -> Sequence[Consent]:
    return session.scalars(
        sa.select(Consent).where(
            Consent.missing_person_id == person.id,
            Consent.decision == Decision.GRANTED,
            Consent.withdrawn_at.is_(None),
        )
    ).all()


def _forget_comparisons(session: Session, viewer: Viewer, erased: Record) -> None:
    if isinstance(erased, LivingPerson):
        return  # their proposals go with what else hangs on the record
    side = (
        Pairing.missing_person_id if isinstance(erased, MissingPerson) else Pairing.remains_id
    )
    with as_matcher(session, viewer):
        session.execute(
            sa.update(Pairing)
            .where(side == erased.id)
            .values(
                state=PairingState.NO_LONGER_PROPOSED,
                weights={},
                log10_lr=0.0,
                posterior=0.0,
                rank_for_missing=0,
                rank_for_remains=0,
            )
        )
