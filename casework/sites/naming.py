"""Saying of remains that they lie, are kept or were found at a site: a plain statement.

The site is named by its reference, or its grave's, in what is said of the remains. Nothing of
it is kept here, so that there are never two truths of where somebody lies.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from casework.dataset.values import Value, days_of
from casework.errors import InvalidInput
from casework.remains.model import Remains
from casework.remains.resting import CUSTODY, FOUND, GRAVE, SITE_REF
from casework.remains.statements import REMAINS
from casework.sites.actions import Working
from casework.sites.model import Site
from casework.sites.queries import KnownSite
from casework.sites.rules import NO_SUCH_GRAVE
from casework.statements.describing import AtHand
from casework.statements.picture import preferred
from casework.statements.reading import read_picture
from casework.statements.saying import Said, Sitting, new_entry, say
from casework.values import DateRange
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.model import Reveals


class How(StrEnum):
    """What is said of remains and a site."""

    LIE = "lie"
    KEPT = "kept"
    FOUND = "found"


HOW_WORDS: Mapping[How, str] = {
    How.LIE: marked("reposan ahí"),
    How.KEPT: marked("se guardan ahí"),
    How.FOUND: marked("se hallaron ahí"),
}
INVENTED = marked("Uno de los dos registros es inventado: no se enlaza con uno real.")
FOUND_ELSEWHERE = marked(
    "De esos restos ya se dice otro sitio del hallazgo. Corríjalo en su expediente."
)


def place_within(known: KnownSite, given: str) -> str:
    """Give the reference of a site, or of the one of its graves that was named.

    Raises
    ------
    InvalidInput
        If it has no such grave.
    """
    wanted = given.strip().upper() or known.site.reference
    if wanted not in {known.site.reference, *(each.reference for each in known.graves)}:
        raise InvalidInput(NO_SUCH_GRAVE)
    return wanted


def name_site(
    by: Working,
    remains: Remains,
    site: Site,
    *,
    reference: str,
    how: How,
    on: date | None = None,
) -> None:
    """Say where remains already opened lie, are kept or were found.

    Raises
    ------
    NotPermitted
        If the duty does not write remains, or another institution keeps them.
    InvalidInput
        If another place is said where they were found, or one of the two is invented.
    """
    if remains.invented is not site.invented:
        raise InvalidInput(INVENTED)
    hand = AtHand(by.session, by.viewer, remains, REMAINS, by.at)
    if how is How.FOUND:
        standing = preferred(read_picture(hand, {Reveals.CIRCUMSTANCE}), FOUND)
        if standing and standing != reference:
            raise InvalidInput(FOUND_ELSEWHERE)
        said: dict[str, Said] = {FOUND: Said(reference)}
    else:
        entry: dict[str, Value] = {SITE_REF: reference}
        if on is not None:
            entry["date"] = days_of(DateRange(on, on))
        said = {new_entry(GRAVE if how is How.LIE else CUSTODY): Said(entry)}
    say(hand, said, Sitting(REMAINS.usual, "", by.at.date()))
    record(
        by.session,
        Deed.SITE_NAMED,
        by=by.viewer,
        at=by.at,
        about=remains.reference,
        concerning=[site.reference],
    )


def planned_acts(resting: Any) -> list[tuple[Remains, date | None]]:
    """List who lies or is kept there and for whom an act that cannot be undone is planned."""
    here = {each.id: each for each in (*(one for one, _ in resting.lying), *resting.kept)}
    planned = [each for each in here.values() if each.irreversible_act_planned]
    planned.sort(key=lambda each: (each.irreversible_act_planned_from or date.max, each.id))
    return [(each, each.irreversible_act_planned_from) for each in planned]
