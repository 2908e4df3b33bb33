"""The register of copies in words: one line for each copy, not for each record in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from casework.signin.queries import institution_names
from casework.web.described import Teller
from casework.web.purpose_words import PURPOSE_WORDS
from privacy.permissions import Purpose
from privacy.released.model import ReleasedCopy


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCopy:
    """One copy: its number, how many records, from whom to whom, what for."""

    copy: str
    when: str
    records: int
    recalled: int
    maker: str
    recipient: str
    purpose: str
    reason: str
    form: str


def shown_copies(
    session: Session, rows: Sequence[ReleasedCopy], teller: Teller
) -> list[ShownCopy]:
    """Put the rows of each copy together."""
    numbers = {each.recipient_institution_id for each in rows} | {
        each.made_by_institution_id for each in rows
    }
    names = institution_names(session, numbers)
    grouped = groupby(rows, key=lambda each: each.copy)
    return [_shown(list(each), names, teller) for _, each in grouped]


def _shown(rows: Sequence[ReleasedCopy], names: dict[int, str], teller: Teller) -> ShownCopy:
    first = rows[0]
    return ShownCopy(
        copy=first.copy,
        when=teller.wording.instant(first.made_at),
        records=len(rows),
        recalled=_recalled(rows),
        maker=names.get(first.made_by_institution_id, ""),
        recipient=names.get(first.recipient_institution_id, ""),
        purpose=teller.gettext(PURPOSE_WORDS[Purpose(first.purpose)]),
        reason=first.reason,
        form=first.form.value.upper(),
    )


def _recalled(rows: Iterable[ReleasedCopy]) -> int:
    return sum(each.recalled_at is not None for each in rows)
