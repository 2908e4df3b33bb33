"""Finding missing persons: by reference, by name, and by what their files say."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from casework.finding.asked import Asked, Need
from casework.finding.found import (
    A_PAGE,
    Because,
    Hit,
    Looking,
    Reason,
    best_first,
    by_text,
    few_with_a_word,
    found_by_words,
    words_of,
)
from casework.finding.relatives import found_by_relatives
from casework.missing.model import MissingPerson, PersonName
from casework.missing.names import (
    bearers_of,
    name_of,
    open_names,
    people_like,
    too_common,
)
from casework.missing.opening import NEEDS
from casework.missing.queries import MissingSearch, narrowed, readable_missing
from casework.record_codes import SearchStatus
from casework.values import DateRange
from privacy.model import Reveals
from privacy.permissions import Permission
from privacy.sealing.keyring import keys_of
from privacy.tokens.blind import KEY, sought_tokens
from privacy.tokens.model import MissingPersonWord
from privacy.tokens.ranking import RESEMBLES, Alike, Partner, likeliest_partners
from privacy.tokens.spelling import parts_of

# A part of a name that resembles less than this is another one. Our choice, as for names.
LEAST_ALIKE = 0.8
# So many words must be accounted for before one that is not there may be passed over.
ENOUGH_WORDS = 2
_BECAUSE = {
    Alike.SOUND: Because.SOUND,
    Alike.LETTERS: Because.LETTERS,
    Alike.NICKNAME: Because.NICKNAME,
    Alike.INITIAL: Because.INITIAL,
}


def find_people(looking: Looking) -> list[Hit]:
    """Find missing persons whom the searcher may know of, best first."""
    search = looking.search
    if not looking.viewer.may(Permission.MISSING_READ) or not _may_be(search.state):
        return []
    hits = [*_by_reference(looking), *_by_name(looking)]
    # Somebody called Rosa Blanco is there: whoever wore pink and white was not meant.
    is_named = any(hit.accounts_for_all for hit in hits)
    needs = looking.asked.needs
    where = found_by_words(looking, MissingPersonWord, needs, codes=not is_named)
    hits = _added(_added(hits, found_by_relatives(looking)), by_text(where))
    hits = _added(hits, _by_frequent_name(looking))
    if not hits and looking.asked.names:
        # A frequent surname beside a rare word: that word's few are asked for their names.
        hits = _by_name_among(looking, few_with_a_word(looking, MissingPersonWord))
    return best_first(hits, _let_through(looking, hits))


def _added(hits: Sequence[Hit], others: Iterable[Hit]) -> list[Hit]:
    """Add those who are not there yet: each record is told of once, for the better reason."""
    there = {hit.case_id for hit in hits}
    return [*hits, *(hit for hit in others if hit.case_id not in there)]


def _may_be(state: str | None) -> bool:
    return state is None or state in set(SearchStatus)


def _by_reference(looking: Looking) -> list[Hit]:
    wanted = looking.asked.references
    if not wanted:
        return []
    query = readable_missing(looking.viewer, looking.at)
    rows = looking.session.execute(
        query.where(MissingPerson.reference.in_(wanted)).with_only_columns(
            MissingPerson.id, MissingPerson.reference
        )
    )
    return [Hit(case, 1.0, (Reason(Because.REFERENCE, ref),)) for case, ref in rows]


def _by_name(looking: Looking) -> list[Hit]:
    """Open the likeliest names, and keep those that account for what was typed."""
    parts = [need.part for need in looking.asked.names]
    if not parts:
        return []
    key = keys_of(looking.session).token_key(KEY)
    sought = sought_tokens(key, " ".join(parts))
    for part in parts:
        # Beside a place or a garment one rare surname is enough.
        sought |= sought_tokens(key, part)
    people = people_like(looking.session, looking.viewer, sought, at=looking.at)
    return _accounted_for(looking, people)


def is_frequent_name(asked: Asked) -> bool:
    """Say whether all that was typed is one name so frequent that it has no token."""
    part = asked.with_one_name
    return bool(part) and too_common([part])


def _by_frequent_name(looking: Looking) -> list[Hit]:
    """Open the newest of those who bear a frequent name, and no more than a page shows.

    Those not found bear nothing frequent besides; the page says that there are more.
    """
    if not is_frequent_name(looking.asked):
        return []
    part = looking.asked.with_one_name
    cases = bearers_of(looking.session, looking.viewer, part)
    asked = _asked_of(looking, {Reveals.IDENTITY}).where(MissingPerson.id.in_(cases))
    newest = asked.order_by(MissingPerson.entered_at.desc(), MissingPerson.id.desc())
    shown = looking.session.scalars(newest.with_only_columns(MissingPerson.id).limit(A_PAGE))
    return _by_name_among(looking, shown.all())


def _by_name_among(looking: Looking, cases: Collection[int]) -> list[Hit]:
    """Open the names of a few who have something rare of what was typed."""
    if not cases or not looking.viewer.may(Permission.MISSING_IDENTITY_READ):
        return []
    people = open_names(looking.session, looking.viewer, cases, at=looking.at)
    return _accounted_for(looking, people)


def _accounted_for(looking: Looking, people: Sequence[MissingPerson]) -> list[Hit]:
    stands = words_of(looking, MissingPersonWord, [person.id for person in people])
    hits = (_hit(looking.asked.needs, person, stands.get(person.id, {})) for person in people)
    return [hit for hit in hits if hit is not None]


def _hit(
    needs: Sequence[Need], person: MissingPerson, stands: Mapping[str, Reveals]
) -> Hit | None:
    """Account for everything typed, by the likeliest name or by the person's texts."""
    typed = " ".join(need.part for need in needs if need.part)
    partners = {
        each.typed: each for each in likeliest_partners(typed, map(name_of, person.names))
    }
    reasons, named, score = [], 0, 0.0
    for need in needs:
        partner = partners.get(need.part)
        if partner is not None and partner.score >= LEAST_ALIKE:
            reasons.append(_named(need, partner, person.names))
            named, score = named + 1, score + partner.score
        elif need.typed in stands:
            reasons.append(Reason(Because.TEXT, need.typed, group=stands[need.typed]))
            score += 1
        else:
            reasons.append(Reason(Because.NOT_THERE, need.typed))
    lacking = sum(each.because is Because.NOT_THERE for each in reasons)
    if not named or lacking > 1 or (lacking and len(needs) - lacking < ENOUGH_WORDS):
        return None
    fits = score / len(needs)
    if not lacking and fits < RESEMBLES:
        return None
    return Hit(person.id, fits - lacking, tuple(reasons))


def _named(need: Need, partner: Partner, names: Iterable[PersonName]) -> Reason:
    """Say which part of the name it was taken for, as it is written."""
    family = {part for name in names for part in name_of(name).surname_parts}
    own = Because.SURNAME if partner.borne in family else Because.NAME
    written = (word for name in names for word in name.full.split())
    found = next((word for word in written if partner.borne in parts_of(word)), partner.borne)
    because = _BECAUSE.get(partner.alike, own)
    return Reason(because, need.typed, found, Reveals.IDENTITY)


def _let_through(looking: Looking, hits: Sequence[Hit]) -> list[int]:
    """Ask the door about what was found: each group that a finding tells of must be open."""
    by_groups: dict[frozenset[Reveals], list[int]] = defaultdict(list)
    for hit in hits:
        by_groups[hit.groups].append(hit.case_id)
    rows = [
        row
        for groups, cases in by_groups.items()
        for row in looking.session.execute(
            _asked_of(looking, groups)
            .where(MissingPerson.id.in_(cases))
            .with_only_columns(MissingPerson.id, MissingPerson.entered_at)
        )
    ]
    return [case for case, _ in sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)]


def _asked_of(looking: Looking, groups: Iterable[Reveals]) -> sa.Select[MissingPerson]:
    """Start at the door, with all that the search is narrowed to."""
    search, asked = looking.search, looking.asked
    by_body = search.sex is not None or search.age is not None
    also = {NEEDS[group] for group in groups} | (
        {Permission.MISSING_BODY_READ} if by_body else set()
    )
    query = readable_missing(looking.viewer, looking.at, also=sorted(also))
    year = search.year or asked.year
    seen = DateRange(date(year, 1, 1), date(year, 12, 31)) if year else None
    narrow = {"sex": search.sex, "country": search.country, "status": search.state}
    query = narrowed(query, MissingSearch.model_validate(narrow), seen)
    if search.age is not None:
        query = query.where(
            MissingPerson.age_min <= search.age, MissingPerson.age_max >= search.age
        )
    if search.own:
        query = query.where(MissingPerson.owner_institution_id == looking.viewer.institution_id)
    return query
