"""What was printed stands in the register of copies, so that a withdrawal calls it back."""

from casework.candidates.both import COMPARED
from casework.candidates.queries import Proposal
from casework.missing.model import MissingPerson
from casework.openings import Openings
from casework.remains.model import Remains
from casework.samples.queries import MISSING as MISSING_SAMPLES
from casework.samples.queries import Side as SampleSide
from casework.web.visit import Visit
from privacy.model import Reveals
from privacy.released.model import Form
from privacy.released.register import Record, Release, release


def register_sheet(
    visit: Visit, proposal: Proposal, copy: str, *, holds_dna: bool = False
) -> None:
    """Write down which groups of both records lie on one sheet, before it is handed out."""
    dna = frozenset({Reveals.DNA}) if holds_dna else frozenset()
    groups = _printed(proposal.of_person) | dna, _printed(proposal.of_remains) | dna
    _register(visit, proposal, copy, groups)


def register_dna_sheet(visit: Visit, proposal: Proposal, copy: str) -> None:
    """Write down that what DNA says of both records lies on one sheet."""
    groups = frozenset({Reveals.DNA})
    _register(visit, proposal, copy, (groups, groups))


def register_file(
    visit: Visit,
    copy: str,
    openings: Openings,
    *,
    person: MissingPerson | None = None,
    remains: Remains | None = None,
) -> None:
    """Write down which groups of one record lie on a printed file."""
    groups = frozenset({Reveals.CIRCUMSTANCE, *openings.open})
    records = [
        Record(
            each.owner_institution_id,
            groups,
            missing_person_id=each.id if each is person else None,
            remains_id=each.id if each is remains else None,
        )
        for each in (person, remains)
        if each is not None
    ]
    release(visit.session, visit.viewer, _for_own_use(visit, copy), records, at=visit.at)


def register_sample(
    visit: Visit, copy: str, side: SampleSide, case: MissingPerson | Remains
) -> None:
    """Write down that the chain of one sample of a record lies on paper."""
    is_missing = side.register == MISSING_SAMPLES.register
    told = Record(
        case.owner_institution_id,
        frozenset({Reveals.DNA}),
        missing_person_id=case.id if is_missing else None,
        remains_id=None if is_missing else case.id,
    )
    release(visit.session, visit.viewer, _for_own_use(visit, copy), [told], at=visit.at)


Groups = frozenset[Reveals]


def _register(
    visit: Visit, proposal: Proposal, copy: str, groups: tuple[Groups, Groups]
) -> None:
    """Put one copy into the register, of each record what lies on it.

    The reason names no comparison: whoever owns the person's file may read the register, and
    those who speak with families learn of no proposal.
    """
    viewer, person, remains = visit.viewer, proposal.person, proposal.remains
    records = (
        Record(
            person.owner_institution_id,
            groups[0],
            missing_person_id=person.id,
        ),
        Record(remains.owner_institution_id, groups[1], remains_id=remains.id),
    )
    release(visit.session, viewer, _for_own_use(visit, copy), records, at=visit.at)


def _for_own_use(visit: Visit, copy: str) -> Release:
    return Release(
        copy=copy,
        form=Form.PDF,
        recipient_institution_id=visit.viewer.institution_id,
        purpose=visit.viewer.purpose.value,
        reason=visit.gettext("Hoja impresa para uso propio."),
    )


def _printed(openings: Openings) -> frozenset[Reveals]:
    return frozenset(group for group in COMPARED if openings.shows(group))
