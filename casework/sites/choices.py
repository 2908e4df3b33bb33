"""What the forms of sites offer to choose from."""

from collections.abc import Sequence

from casework.sites.naming import HOW_WORDS
from casework.sites.words import GRAVE_WORDS, KIND_WORDS, STATE_WORDS
from casework.web.described import Teller
from casework.web.description_form import country_choices
from casework.web.pieces import Choice


def choices_of(teller: Teller) -> dict[str, Sequence[Choice]]:
    """Give the choices of every form of a site, by field."""
    _ = teller.gettext
    return {
        "kind": [Choice(each, _(words)) for each, words in KIND_WORDS.items()],
        "state": [Choice(each, _(words)) for each, words in STATE_WORDS.items()],
        "grave_kind": [Choice(each, _(words)) for each, words in GRAVE_WORDS.items()],
        "how": [Choice(each, _(words)) for each, words in HOW_WORDS.items()],
        "countries": country_choices(teller),
    }
