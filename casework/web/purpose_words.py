"""What records are opened for, in words: in the frame of every page and on paper."""

from collections.abc import Mapping

from casework.web.languages import marked, translations_for
from casework.web.pieces import Choice
from privacy.permissions import PURPOSES, Purpose, Viewer

PURPOSE_WORDS: Mapping[Purpose, str] = {
    Purpose.SEARCH: marked("búsqueda"),
    Purpose.IDENTIFY: marked("identificación"),
    Purpose.NOTIFY: marked("notificación"),
    Purpose.STATISTICS: marked("estadística"),
    Purpose.JUSTICE: marked("justicia"),
    Purpose.OVERSIGHT: marked("supervisión"),
    Purpose.KEEP: marked("custodia"),
}


def purpose_of(viewer: Viewer, language: str) -> str:
    """Say what `viewer` opens records for now."""
    return translations_for(language).gettext(PURPOSE_WORDS[viewer.purpose])


def purposes_of(viewer: Viewer, language: str) -> tuple[Choice, ...]:
    """Offer what the viewer's duty may open records for; nothing where there is no choice."""
    words = translations_for(language)
    offered = PURPOSES[viewer.role]
    if len(offered) == 1:
        return ()
    return tuple(Choice(each.value, words.gettext(PURPOSE_WORDS[each])) for each in offered)
