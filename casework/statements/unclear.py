"""What to clear up at the next call: words that contradict each other, and doubtful answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.dataset.catalogue import field_at, groups_of
from casework.dataset.telling import tell_answer
from casework.statements.columns import Certainty
from casework.statements.describing import AtHand
from casework.statements.picture import Picture, is_contradicted, is_settled
from casework.statements.saying import field_of
from casework.statements.shown import words_of
from casework.web.described import Teller
from casework.web.languages import marked

_SAID_BY = marked("%(what)s, según %(who)s")
_UNSURE = frozenset({Certainty.POSSIBLE, Certainty.DOUBTFUL})


@dataclass(frozen=True, slots=True)
class Unclear:
    """One question to ask again: what was said of it, and where it is answered."""

    label: str
    words: tuple[str, ...]
    is_contradicted: bool
    step: str


def unclear_in(hand: AtHand, picture: Picture, teller: Teller) -> tuple[Unclear, ...]:
    """List what nobody decided yet, and what nobody is sure of."""
    kind = hand.described.kind
    steps = {field.key: group.key for group in groups_of(kind) for field in group.of(kind)}
    return tuple(
        Unclear(
            label=teller.gettext(field_at(kind, path).label),
            words=tuple(_words(hand, picture, path, teller)),
            is_contradicted=is_contradicted(picture, path),
            step=f"{steps[field_of(path)]}#question-{field_of(path)}",
        )
        for path in sorted(picture)
        if _is_unclear(picture, path)
    )


def _is_unclear(picture: Picture, path: str) -> bool:
    if is_contradicted(picture, path):
        return not is_settled(picture, path)
    return picture[path][0].certainty in _UNSURE


def _words(hand: AtHand, picture: Picture, path: str, teller: Teller) -> Iterator[str]:
    field = field_at(hand.described.kind, path)
    first = picture[path][0]
    contradicting = words_of(field, picture, path, teller)
    told = [(each.text, each.said_by) for each in contradicting] or [
        (tell_answer(field, first.value, teller), first.said_by)
    ]
    for text, who in told:
        yield teller.gettext(_SAID_BY) % {"what": text, "who": who} if who else text
