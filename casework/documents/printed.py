"""What was printed stands in the register of copies, so that a withdrawal calls it back."""

from collections.abc import Sequence

from casework.candidates.both import COMPARED
from casework.candidates.queries import Proposal
from casework.missing.model import MissingPerson
from casework.openings import Openings
from casework.remains.model import Remains
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


def register_decision(visit: Visit, person: MissingPerson, remains: Remains, copy: str) -> None:
    """Write down that what was decided of both records lies on paper: names, and the body."""
    groups = frozenset({Reveals.CIRCUMSTANCE, Reveals.IDENTITY, Reveals.BODY, Reveals.DNA})
    records = [_whole(person, groups), _whole(remains, groups - {Reveals.IDENTITY})]
    release(visit.session, visit.viewer, _for_own_use(visit, copy), records, at=visit.at)


def register_file(
    visit: Visit, copy: str, openings: Openings, about: MissingPerson | Remains
) -> None:
    """Write down which groups of one record lie on a printed file."""
    groups = frozenset({Reveals.CIRCUMSTANCE, *openings.open})
    release(
        visit.session,
        visit.viewer,
        _for_own_use(visit, copy),
        [_whole(about, groups)],
        at=visit.at,
    )


def register_two(
    visit: Visit, copy: str, told: Sequence[tuple[MissingPerson | Remains, Openings]]
) -> None:
    """Write down which groups of two records of one kind lie on one sheet."""
    records = [
        _whole(about, frozenset({Reveals.CIRCUMSTANCE}) | _printed(openings))
        for about, openings in told
    ]
    release(visit.session, visit.viewer, _for_own_use(visit, copy), records, at=visit.at)


def register_sample(visit: Visit, copy: str, about: MissingPerson | Remains) -> None:
    """Write down that the chain of one sample of a record lies on paper."""
    told = _whole(about, frozenset({Reveals.DNA}))
    release(visit.session, visit.viewer, _for_own_use(visit, copy), [told], at=visit.at)


def register_letter(visit: Visit, copy: str, about: MissingPerson) -> None:
    """Write down that who a missing person was lies on a letter or a note."""
    told = _whole(about, frozenset({Reveals.IDENTITY}))
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


def _whole(about: MissingPerson | Remains, groups: Groups) -> Record:
    is_person = isinstance(about, MissingPerson)
    return Record(
        about.owner_institution_id,
        groups,
        missing_person_id=about.id if is_person else None,
        remains_id=None if is_person else about.id,
    )


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
