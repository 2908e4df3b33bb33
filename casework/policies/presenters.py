"""Decisions and rules in sentences, in the reader's language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casework.policies.queries import Explanation
from casework.web.languages import marked
from casework.web.purpose_words import PURPOSE_WORDS
from privacy.policy.rulebook import Rule

NO_RULE = marked("Ninguna regla de esta función lo permite.")


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule as its reader sees it."""

    id: str
    sentence: str
    permits: bool
    acts: tuple[str, ...]
    source: str
    place: str

    @classmethod
    def of(cls, rule: Rule, language: str) -> "ShownRule":
        return cls(
            id=rule.id,
            sentence=said(rule, language),
            permits=rule.effect == "permit",
            acts=tuple(sorted(rule.actions)),
            source=rule.source,
            place=f"{rule.file}:{rule.line}",
        )


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
        yield gettext("Se abriría entrando con un segundo factor.")
    if told.lacks_step_up:
        yield gettext("Se abriría demostrando otra vez quién es, con su segundo factor.")
    if told.other_purposes:
        words = ", ".join(gettext(PURPOSE_WORDS[each]) for each in told.other_purposes)
        yield gettext("Se abriría para otro propósito: %s.") % words
    if told.permits:
        yield gettext("Lo que podría abrirlo a esta función:")
        yield from (f"- {said(each, language)} ({each.id})" for each in told.permits)
