"""Reading the glossary: what ships, and what people said since. It names nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.terminology.concepts import Concept, concept, concepts_of, lists
from casework.terminology.model import Term
from casework.terminology.packaged import packaged_steps
from casework.terminology.rules import Draft, Entry, Step, entries_of
from casework.web.languages import OFFERED, translations_for
from casework.web.local_words import Glossary, LocalTerm
from casework.web.plain_words import plain

MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """The whole glossary as it stood after so many steps."""

    stamp: tuple[object, ...]
    entries: Mapping[str, Entry]
    glossary: Glossary


# The last one read. Its stamp names the database too: two registries do not share words.
_kept: list[Kept] = []


def glossary_of(session: Session) -> Glossary:
    """Give every accepted word; read again only when somebody has said something since."""
    return _read(session).glossary


def entries_in(session: Session) -> Mapping[str, Entry]:
    """Give every word with its history."""
    return _read(session).entries


def entries_about(session: Session, list_key: str, code: str = "") -> list[Entry]:
    """List the words of a list, or of one of its codes, whoever's they are."""
    found = [
        each
        for each in entries_in(session).values()
        if each.shown.draft.list_key == list_key and code in {"", each.shown.draft.code}
    ]
    return sorted(found, key=lambda each: _order(each.shown.draft))


def find(session: Session, text: str, *, list_key: str = "", country: str = "") -> list[Entry]:
    """Find words in any language that hold what was typed; those of one country, if named."""
    wanted = plain(text)
    found = [
        each
        for each in entries_in(session).values()
        if _is_of(each.shown.draft, list_key, country)
        and (not wanted or wanted in plain(each.shown.draft.term))
    ]
    exact_first = sorted(
        found,
        key=lambda each: (plain(each.shown.draft.term) != wanted, _order(each.shown.draft)),
    )
    return exact_first[:MOST_FOUND]


def find_concepts(text: str, *, list_key: str = "") -> list[Concept]:
    """Find codes whose regional word, in any of our languages, holds what was typed."""
    wanted = plain(text)
    if not wanted:
        return list(concepts_of(list_key))
    keys = [list_key] if list_key else list(lists())
    return [
        each
        for key in keys
        for each in concepts_of(key)
        if any(wanted in plain(said) for said in regional_words(each).values())
    ][:MOST_FOUND]


def regional_words(each: Concept) -> dict[str, str]:
    """Say a code in the five languages of the pages."""
    return {language: translations_for(language).gettext(each.message) for language in OFFERED}


def _is_of(draft: Draft, list_key: str, country: str) -> bool:
    is_known = concept(draft.list_key, draft.code) is not None
    return is_known and list_key in {"", draft.list_key} and country in {"", draft.country}


def _order(draft: Draft) -> tuple[str, ...]:
    return draft.list_key, draft.code, draft.language, draft.country, plain(draft.term)


def _read(session: Session) -> Kept:
    # Rows are only ever added, and no number is given twice: the same count and the same sums
    # are the same rows. A step not yet committed counts for whoever makes it.
    asked = sa.select(
        sa.func.current_database(),
        sa.func.pg_postmaster_start_time(),
        sa.func.count(Term.id),
        sa.cast(sa.func.coalesce(sa.func.sum(Term.id), 0), sa.BigInteger),
        sa.func.coalesce(sa.func.max(Term.id), 0),
    )
    with session.no_autoflush:
        stamp = tuple(session.execute(asked).one())
        last = next(iter(_kept), None)
        if last is not None and last.stamp == stamp:
            return last
        kept = _gather(session, stamp)
        _kept[:] = [kept]
    return kept


def _gather(session: Session, stamp: tuple[object, ...]) -> Kept:
    said = [_step(each) for each in session.scalars(sa.select(Term).order_by(Term.id))]
    entries = entries_of((*packaged_steps(), *said))
    standing = sorted(
        (each.standing for each in entries.values() if each.standing), key=lambda step: step.id
    )
    return Kept(stamp, entries, Glossary(_local(each.draft) for each in standing))


def _step(row: Term) -> Step:
    draft = Draft(
        list_key=row.list_key,
        code=row.code,
        language=row.language,
        country=row.country,
        term=row.term,
        is_shown=row.is_shown,
        note=row.note,
        source=row.source,
    )
    return Step(row.id, draft, row.state, row.entered_by, row.institution_id, row.entered_at)


def _local(draft: Draft) -> LocalTerm:
    return LocalTerm(
        draft.list_key, draft.code, draft.language, draft.country, draft.term, draft.is_shown
    )
