"""Decisions and rules in sentences, in the reader's language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casework.policies.queries import Explanation
from casework.web.languages import marked, translations_for
from casework.web.permission_words import PERMISSION_WORDS
from casework.web.purpose_words import PURPOSE_WORDS
from privacy.policy.rulebook import Rule

NO_RULE = marked("Ninguna regla de esta función lo permite.")


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule as its reader sees it."""

    id: str
    sentence: str
    permits: bool
    acts: tuple[tuple[str, str], ...]  # in words, and as the rule names it
    source: str
    place: str

    @classmethod
    def of(cls, rule: Rule, language: str) -> "ShownRule":
        gettext = translations_for(language).gettext
        return cls(
            id=rule.id,
            sentence=said(rule, language),
            permits=rule.effect == "permit",
            acts=tuple((_act(each, gettext), each) for each in sorted(rule.actions)),
            source=rule.source,
            place=f"{rule.file}:{rule.line}",
        )


def _act(act: str, gettext: Callable[[str], str]) -> str:
    words = {each.value: told for each, told in PERMISSION_WORDS.items()}
    return gettext(words[act]) if act in words else act


def said(rule: Rule, language: str) -> str:
    """Give a rule's own sentence."""
    return rule.says.get(language, rule.says["es"])


def sentences(told: Explanation, gettext: Callable[[str], str], language: str) -> Iterator[str]:
    """Say what was decided, by which rule, and what would change it."""
    yield gettext("Sí.") if told.allowed else gettext("No.")
    if told.rule is not None:
        place = f"{told.rule.file}:{told.rule.line}"
        yield f"{said(told.rule, language)} ({told.rule.id}, {place})"
    elif not told.allowed:
        yield gettext(NO_RULE)
    if told.lacks_second_factor:
        yield gettext("Se abriría entrando con un segundo paso.")
    if told.lacks_step_up:
        yield gettext("Se abriría confirmando otra vez que es esa persona.")
    if told.other_purposes:
        words = ", ".join(gettext(PURPOSE_WORDS[each]) for each in told.other_purposes)
        yield gettext("Se abriría para otra finalidad: %s.") % words
    if told.permits:
        yield gettext("Lo que podría abrirlo a esta función:")
        yield from (f"- {said(each, language)} ({each.id})" for each in told.permits)
