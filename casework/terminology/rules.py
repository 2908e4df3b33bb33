"""What a word of the glossary may be, and how it stands after all that was said of it."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.codes import COUNTRIES
from casework.dataset.code_lists.languages import LANGUAGE
from casework.errors import InvalidInput
from casework.terminology.concepts import concept
from casework.terminology.model import TermState
from casework.web.languages import OFFERED, marked
from casework.web.plain_words import plain

LONGEST_TERM, LONGEST_NOTE, LONGEST_SOURCE = 60, 300, 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A word as somebody enters it."""

    list_key: str
    code: str
    language: str
    country: str
    term: str
    is_shown: bool = False
    note: str = ""
    source: str = ""

    @property
    def key(self) -> str:
        """Name the word by what it is: its list, its code, whose it is, and itself."""
        spoken = f"{self.language}-{self.country}" if self.country else self.language
        return f"{self.list_key}.{self.code}.{spoken}.{plain(self.term).replace(' ', '_')}"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was said of a word; without an account, it came with the product."""

    id: int
    draft: Draft
    state: TermState
    entered_by: int = 0
    institution_id: int = 0
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with its history: what holds, and what waits for a word about it."""

    key: str
    steps: tuple[Step, ...]

    @property
    def standing(self) -> Step | None:
        """Give what holds: the last that was accepted, unless it was taken back since."""
        settled = [
            each
            for each in self.steps
            if each.state in {TermState.ACCEPTED, TermState.WITHDRAWN}
        ]
        last = settled[-1] if settled else None
        return last if last and last.state is TermState.ACCEPTED else None

    @property
    def waiting(self) -> Step | None:
        """Give what was proposed last and nobody decided on."""
        last = self.steps[-1]
        return last if last.state is TermState.PROPOSED else None

    @property
    def shown(self) -> Step:
        return self.waiting or self.standing or self.steps[-1]


def entries_of(steps: Iterable[Step]) -> Mapping[str, Entry]:
    """Gather what was said, in the order of saying, word by word."""
    gathered: dict[str, list[Step]] = {}
    for each in steps:
        gathered.setdefault(each.draft.key, []).append(each)
    return {key: Entry(key, tuple(said)) for key, said in gathered.items()}


def refusal_to_enter(draft: Draft) -> InvalidInput | None:
    """Refuse what is no word of a code we have, in a language and a country that there are."""
    if concept(draft.list_key, draft.code) is None:
        return InvalidInput(marked("No hay tal código en esa lista."))
    if draft.language not in OFFERED and draft.language not in LANGUAGE.words:
        return InvalidInput(marked("No se reconoce el idioma; elija uno de la lista."))
    if draft.country and draft.country not in COUNTRIES:
        return InvalidInput(marked("No se reconoce el país; elija uno de la lista."))
    if not plain(draft.term) or len(draft.term) > LONGEST_TERM or not _is_a_line(draft.term):
        return InvalidInput(marked("Escriba la palabra local en una línea de hasta 60 signos."))
    if len(draft.note) > LONGEST_NOTE or len(draft.source) > LONGEST_SOURCE:
        return InvalidInput(marked("La nota o la fuente es demasiado larga."))
    return None


def _is_a_line(text: str) -> bool:
    return not any(unicodedata.category(sign).startswith("C") for sign in text)
