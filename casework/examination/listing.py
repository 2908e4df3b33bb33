"""Two lists: acts that press with what they would make impossible, and people unclaimed."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.examination.acts import Alert
from casework.examination.beside import TOLD, names_found, planned_alert, reports_href
from casework.examination.queries import planned_remains, unclaimed_remains
from casework.openings import Openings, record_listed
from casework.remains.model import Remains
from casework.remains.opening import open_all_remains
from casework.remains.presenters import family_words
from casework.remains.statements import REMAINS
from casework.statements.describing import AtHand
from casework.statements.picture import Picture
from casework.statements.reading import read_opened
from casework.web.described import teller_for
from casework.web.visit import Visit
from privacy.audit.log import Deed
from privacy.model import Reveals


@dataclass(frozen=True, slots=True)
class ShownAct:
    """Remains with an act planned, and whether the visitor's institution keeps them."""

    number: str
    href: str
    reference: str
    alert: Alert
    is_own: bool
    is_invented: bool


@dataclass(frozen=True, slots=True)
class ShownUnclaimed:
    """Somebody whose name is known and whose family is not."""

    number: str
    href: str
    reference: str
    names: tuple[str, ...]
    nationalities: str
    found: str
    family: str
    reports_href: str
    is_invented: bool


def shown_acts(visit: Visit) -> list[ShownAct]:
    """List what is planned, the visitor's own institution's first among equal days."""
    rows = planned_remains(visit.session, visit.viewer, at=visit.at)
    shown = []
    for remains, openings, picture in _opened(
        visit, rows, (Reveals.CIRCUMSTANCE, Reveals.BODY)
    ):
        hand = AtHand(visit.session, visit.viewer, remains, REMAINS, visit.at)
        if alert := planned_alert(visit, hand, openings, picture):
            shown.append(
                ShownAct(
                    remains.post_mortem_number,
                    f"/remains/{remains.reference}",
                    remains.reference,
                    alert,
                    remains.owner_institution_id == visit.viewer.institution_id,
                    remains.invented,
                )
            )
    return shown


def shown_unclaimed(visit: Visit, *, page: int) -> list[ShownUnclaimed]:
    """List people without a family, with the names that were found."""
    teller = teller_for(visit.language)
    rows = unclaimed_remains(visit.session, visit.viewer, at=visit.at, page=page)
    return [
        ShownUnclaimed(
            number=remains.post_mortem_number,
            href=f"/remains/{remains.reference}",
            reference=remains.reference,
            names=tuple(dict.fromkeys(names_found(remains, picture))),
            nationalities=teller.countries(remains.nationalities),
            found=teller.dates_short(remains.found),
            family=family_words(remains, openings, teller),
            reports_href=reports_href(visit, remains, picture),
            is_invented=remains.invented,
        )
        for remains, openings, picture in _opened(visit, rows, TOLD)
    ]


def _opened(
    visit: Visit, rows: Sequence[Remains], groups: Sequence[Reveals]
) -> list[tuple[Remains, Openings, Picture]]:
    """Open what a list shows of each: one deed, with everybody whom it concerns."""
    openings = open_all_remains(visit.session, visit.viewer, rows, at=visit.at, groups=groups)
    record_listed(
        visit.session, visit.viewer, Deed.REMAINS_LISTED, openings, rows=rows, at=visit.at
    )
    return [
        (
            row,
            openings[row.id],
            read_opened(
                AtHand(visit.session, visit.viewer, row, REMAINS, visit.at),
                openings[row.id].open,
            ),
        )
        for row in rows
    ]
