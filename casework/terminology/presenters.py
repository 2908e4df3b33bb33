"""What a reader is shown of the glossary."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.dataset.code_lists.languages import LANGUAGE
from casework.terminology.concepts import Concept, concept, list_title, lists
from casework.terminology.model import TermState
from casework.terminology.queries import regional_words
from casework.terminology.rules import Entry, Step
from casework.web.described import Teller
from casework.web.languages import OFFERED, locale_of, marked
from casework.web.pieces import Choice, by_label

STATE_WORDS: Mapping[TermState, tuple[str, str]] = {
    TermState.PROPOSED: (marked("propuesta"), "warning"),
    TermState.ACCEPTED: (marked("aceptada"), "done"),
    TermState.DECLINED: (marked("no aceptada"), "against"),
    TermState.WITHDRAWN: (marked("retirada"), "against"),
}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One thing that was said of a word, by whom and when."""

    state: str
    tone: str
    whose: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A word of one country, how it stands, and what was said of it."""

    key: str
    term: str
    tag: str  # for the reader's voice: `es-MX`
    where: str
    is_shown: bool
    holds: bool
    waits: bool
    note: str
    source: str
    state: str
    tone: str
    steps: tuple[ShownStep, ...]


@dataclass(frozen=True, slots=True)
class ShownConcept:
    """A code with its regional word, and what countries say for it."""

    href: str
    code: str
    regional: str
    listed: str
    terms: tuple[ShownTerm, ...]
    in_languages: tuple[tuple[str, str, str], ...]  # tag, language, word


@dataclass(frozen=True, slots=True)
class ShownList:
    """One list, how many codes it has and how many local words."""

    href: str
    title: str
    codes: int
    terms: int


def present_term(entry: Entry, teller: Teller, institutions: Mapping[int, str]) -> ShownTerm:
    """Show a word as it stands."""
    shown = entry.shown
    draft, (state, tone) = shown.draft, STATE_WORDS[shown.state]
    spoken = f"{draft.language}-{draft.country}" if draft.country else draft.language
    return ShownTerm(
        key=entry.key,
        term=draft.term,
        tag=spoken,
        where=_where(draft.language, draft.country, teller),
        is_shown=draft.is_shown,
        holds=entry.standing is not None,
        waits=entry.waiting is not None,
        note=draft.note,
        source=draft.source,
        state=teller.gettext(state),
        tone=tone,
        steps=tuple(_step(each, teller, institutions) for each in reversed(entry.steps)),
    )


def present_concept(
    each: Concept, entries: Iterable[Entry], teller: Teller, institutions: Mapping[int, str]
) -> ShownConcept:
    """Show a code with the words for it."""
    said = regional_words(each)
    return ShownConcept(
        href=f"/terminology/{each.list_key}/{each.code}",
        code=each.code,
        regional=teller.gettext(each.message),
        listed=_title(each.list_key, teller),
        terms=tuple(present_term(entry, teller, institutions) for entry in entries),
        in_languages=tuple((tag, OFFERED[tag], word) for tag, word in said.items()),
    )


def present_concepts(
    found: Sequence[Concept],
    entries: Iterable[Entry],
    teller: Teller,
    institutions: Mapping[int, str],
) -> list[ShownConcept]:
    """Show codes in their order, each with its words."""
    of_code: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        draft = entry.shown.draft
        of_code.setdefault((draft.list_key, draft.code), []).append(entry)
    for key in of_code:
        if (known := concept(*key)) and known not in found:
            found = [*found, known]
    return [
        present_concept(each, of_code.get((each.list_key, each.code), ()), teller, institutions)
        for each in found
    ]


def present_lists(entries: Iterable[Entry], teller: Teller) -> list[ShownList]:
    """Show every list, those with most local words first."""
    counts: dict[str, int] = {}
    for each in entries:
        if each.standing:
            counts[each.shown.draft.list_key] = counts.get(each.shown.draft.list_key, 0) + 1
    shown = [
        ShownList(
            f"/terminology/{key}", _title(key, teller), len(listed.words), counts.get(key, 0)
        )
        for key, listed in lists().items()
    ]
    return sorted(shown, key=lambda each: (-each.terms, each.title))


def list_choices(teller: Teller) -> tuple[Choice, ...]:
    """List the lists by their titles."""
    return by_label(Choice(key, _title(key, teller)) for key in lists())


def language_choices(teller: Teller) -> tuple[Choice, ...]:
    """List the languages that a word may be of: those of the pages first."""
    others = (
        Choice(code, teller.gettext(words))
        for code, words in LANGUAGE.words.items()
        if code not in {"spa", "por", "eng", "fra", "hat"}
    )
    ours = (Choice(code, name) for code, name in OFFERED.items())
    return (*ours, *by_label(others))


def _where(language: str, country: str, teller: Teller) -> str:
    territory = teller.country(country) or teller.gettext("donde se hable")
    name = locale_of(teller.language).languages.get(language, "")
    known = name or teller.gettext(LANGUAGE.words.get(language, language))
    return f"{territory}, {known}"


def _title(list_key: str, teller: Teller) -> str:
    return list_title(list_key, teller.gettext)


def _step(step: Step, teller: Teller, institutions: Mapping[int, str]) -> ShownStep:
    state, tone = STATE_WORDS[step.state]
    whose = institutions.get(step.institution_id, "") if step.entered_at else ""
    return ShownStep(
        state=teller.gettext(state),
        tone=tone,
        whose=whose or teller.gettext("vino con el programa"),
        at=step.entered_at,
    )
