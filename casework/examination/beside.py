"""What the file of remains says of their examination: the alert, the family, how far it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from casework.bones.inventory import completeness_of
from casework.examination.acts import Alert, alert_of
from casework.examination.board import ORDER, board_of
from casework.examination.seen_bones import seen_in, stage_in
from casework.openings import Openings
from casework.photos.queries import REMAINS as REMAINS_PHOTOS
from casework.photos.queries import album_of
from casework.remains.model import Remains
from casework.remains.opening import open_all_remains
from casework.remains.presenters import family_words
from casework.remains.queries import get_remains
from casework.remains.statements import REMAINS
from casework.samples.queries import count_retained
from casework.statements.describing import AtHand
from casework.statements.picture import Picture, entries_in
from casework.statements.reading import read_opened
from casework.web.described import teller_for
from casework.web.visit import Visit
from privacy.model import Reveals
from privacy.permissions import Permission

# A fragment of a file needs no more of it; who said something is not told.
TOLD = (Reveals.CIRCUMSTANCE, Reveals.IDENTITY, Reveals.BODY)
NAME_PARTS = ("given_names", "surname_1", "surname_2")


@dataclass(frozen=True, slots=True)
class Beside:
    """A few lines on a file; `percent` of the skeleton is None where no bone was noted."""

    href: str
    alert: Alert | None
    family: str
    reports_href: str
    settled: int | None
    all: int
    percent: int | None


def beside_file(visit: Visit, reference: str) -> Beside:
    """Tell of the examination as far as it is open; the file itself logs that it was read."""
    remains = get_remains(visit.session, visit.viewer, reference, at=visit.at)
    opened = open_all_remains(visit.session, visit.viewer, [remains], at=visit.at, groups=TOLD)
    openings, teller = opened[remains.id], teller_for(visit.language)
    hand = AtHand(visit.session, visit.viewer, remains, REMAINS, visit.at)
    picture = read_opened(hand, openings.open)
    seen, shows_body = seen_in(picture), openings.shows(Reveals.BODY)
    family = family_words(remains, openings, teller)
    return Beside(
        href=f"/remains/{hand.about.reference}",
        alert=planned_alert(visit, hand, openings, picture),
        family=family,
        reports_href=reports_href(visit, hand.about, picture) if family else "",
        settled=board_of(picture, teller).settled if shows_body else None,
        all=len(ORDER),
        percent=completeness_of(seen, stage_in(picture)).at_least if seen else None,
    )


def planned_alert(
    visit: Visit, hand: AtHand, openings: Openings, picture: Picture
) -> Alert | None:
    """Tell of the acts planned for one record, and what is kept before them."""
    if not hand.about.irreversible_act_planned:
        return None
    album = album_of(visit.session, visit.viewer, REMAINS_PHOTOS, hand.about, at=visit.at)
    return alert_of(
        picture,
        openings,
        teller_for(visit.language),
        beside={
            "photographs": len(album.photos),
            "dna_sample": count_retained(visit.session, hand.about.id),
        },
        today=visit.at.date(),
    )


def reports_href(visit: Visit, remains: Remains, picture: Picture) -> str:
    """Lead to the reports of missing persons with a name that was found."""
    name = next(names_found(remains, picture), "")
    if not name or not visit.viewer.may(Permission.MISSING_READ):
        return ""
    return f"/missing?{urlencode({'q': name})}"


def names_found(remains: Remains, picture: Picture) -> Iterator[str]:
    """Give the names that papers or an identification gave, as open as the picture is."""
    for entry in entries_in(picture, "possible_names").values():
        if name := " ".join(str(entry[part]) for part in NAME_PARTS if part in entry):
            yield name
    carried = " ".join(filter(None, (remains.carried.get(part, "") for part in NAME_PARTS)))
    if carried:
        yield carried
