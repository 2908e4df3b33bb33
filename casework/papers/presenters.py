"""Signed papers in a list: when they were kept, whose, and the hash that a consent names."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.families.model import Relative
from casework.families.words import KINSHIP_WORDS
from casework.papers.model import SignedPaper
from casework.web.described import Teller


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPaper:
    """One paper, unopened."""

    id: int
    when: str
    kind: str
    whose: str
    sha256: str


def relative_words(relative: Relative, teller: Teller) -> str:
    """Name a relative by number and kinship: names stay closed in a list."""
    return f"{relative.id} · {teller.gettext(KINSHIP_WORDS[relative.kinship])}"


def shown_papers(
    papers: Sequence[SignedPaper], relatives: Sequence[Relative], teller: Teller
) -> list[ShownPaper]:
    """Tell of each paper what can be told without opening it."""
    by_id = {each.id: relative_words(each, teller) for each in relatives}
    return [
        ShownPaper(
            id=each.id,
            when=teller.wording.instant(each.added_at),
            kind=each.kind.value.rpartition("/")[2].upper(),
            whose=by_id.get(each.relative_id or 0, ""),
            sha256=each.sha256,
        )
        for each in papers
    ]
