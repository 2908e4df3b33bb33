"""Finding missing persons by the name of a relative, or of whoever reports them.

Only those who may open what the name stands in find by it. Nobody's name is opened for that:
a hit repeats what was typed, and nothing that stands in the file.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from casework.finding.found import MOST_BY_WORDS, Because, Hit, Looking, Reason, words_of
from privacy.model import Reveals
from privacy.tokens.model import MissingPersonWord
from privacy.tokens.traits import sought_kin
from privacy.tokens.word_keeping import tokens_of_words

# Behind those whose own name it is, before those who only have the words.
FITS = 0.6


def found_by_relatives(looking: Looking) -> list[Hit]:
    """Find whose relative may have the name that was typed; the rest must stand in the file."""
    parts = [need.part for need in looking.asked.names]
    sought = sought_kin(parts)
    if not sought:
        return []
    session = looking.session
    by_trait = tokens_of_words(session, MissingPersonWord, sought)
    borne = {by_trait[trait]: told for trait, told in sought.items()}
    rows = session.execute(
        sa.select(MissingPersonWord.case_id, MissingPersonWord.reveals, MissingPersonWord.token)
        .where(MissingPersonWord.token.in_(borne))
        .limit(MOST_BY_WORDS)
    )
    found: dict[int, dict[Reveals, set[str]]] = defaultdict(lambda: defaultdict(set))
    for case, group, token in rows:
        found[case][group] |= borne[token]
    stands = words_of(looking, MissingPersonWord, found)
    hits = (_hit(looking, case, told, stands.get(case, {})) for case, told in found.items())
    return [hit for hit in hits if hit is not None]


def _hit(
    looking: Looking,
    case: int,
    borne: Mapping[Reveals, Iterable[str]],
    stands: Mapping[str, Reveals],
) -> Hit | None:
    """Account for everything typed by one relative's name and by the file's texts."""
    group, named = max(borne.items(), key=lambda each: len(list(each[1])))
    known = set(named)
    spelt = " ".join(need.typed for need in looking.asked.needs if need.part in known)
    reasons = [Reason(Because.RELATIVE, spelt, group=group)]
    for need in looking.asked.needs:
        if need.part in known:
            continue
        if need.typed not in stands:
            return None
        reasons.append(Reason(Because.TEXT, need.typed, group=stands[need.typed]))
    return Hit(case, FITS, tuple(reasons))
