"""What looking at who may be looking for the living leaves in the log."""

from collections.abc import Sequence

from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.sought.presenters import ShownPair
from casework.sought.queries import BlindedSought, Sought
from casework.web.visit import Visit
from privacy.audit.log import Deed, record


def record_listed(
    visit: Visit,
    living: LivingPerson | None,
    found: Sequence[Sought],
    blinded: Sequence[BlindedSought],
) -> None:
    """Record one look at a list, with every record that stood in it."""
    concerning = {
        reference
        for each in found
        for reference in (each.person.reference, each.living.reference)
    }
    record(
        visit.session,
        Deed.LIVING_PAIRING_LISTED,
        by=visit.viewer,
        at=visit.at,
        about=living.reference if living else None,
        concerning=concerning | {each.living.reference for each in blinded},
        shown=len(found),
        blinded=len(blinded),
    )


def record_read(visit: Visit, pair: ShownPair) -> None:
    """Record that both records were laid side by side, or that one was told to be there."""
    person = [pair.person_reference] if pair.person_reference else []
    record(
        visit.session,
        Deed.LIVING_PAIRING_READ,
        by=visit.viewer,
        at=visit.at,
        about=f"living_pairing:{pair.id}",
        concerning=[pair.reference, *person],
    )


def record_agreed(visit: Visit, person: MissingPerson) -> None:
    """Record that somebody asked what their family may learn: the same line, come what may."""
    record(
        visit.session,
        Deed.LIVING_AGREED_READ,
        by=visit.viewer,
        at=visit.at,
        about=person.reference,
    )
