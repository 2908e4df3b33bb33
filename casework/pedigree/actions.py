"""Drawing a family: one deed, allowed, done and recorded."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from casework.errors import Conflict, InvalidInput
from casework.pedigree.model import Pedigree
from casework.pedigree.queries import Family, latest
from casework.pedigree.tree import Tree, checked
from casework.pedigree.written import written
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

LONGEST_NAME = 120
MEANWHILE = marked("Otra persona cambió el árbol mientras tanto: mírelo y repita su cambio.")


def draw_family(
    session: Session,
    viewer: Viewer,
    family: Family,
    tree: Tree,
    *,
    names: Mapping[int, str],
    seen: int,
    at: datetime,
) -> Pedigree:
    """Keep a tree beside those that stood before; `seen` is the version it was drawn from.

    Raises
    ------
    NotPermitted
        If `viewer` does not keep in touch with families.
    Contradiction
        If the tree cannot be.
    Conflict
        If somebody else drew it meanwhile.
    """
    demand(viewer, Permission.CONTACT_KEEP)
    checked(tree)
    known = {each.id for each in family.relatives}
    if any(each.relative_id and each.relative_id not in known for each in tree.members):
        raise InvalidInput(marked("Esa persona no está registrada en este expediente."))
    # Of two at once the second waits here for the first, and is then told.
    session.refresh(family.person, ["version"], with_for_update=True)
    before = latest(session, family.person)
    if (before.version if before else 0) != seen:
        raise Conflict(MEANWHILE)
    if not family.names_are_open:
        # They would be lost with the next drawing.
        raise Conflict(marked("Los nombres de la familia están reservados: ábralos primero."))
    unregistered = {
        str(each.number): name.strip()[:LONGEST_NAME]
        for each in tree.members
        if each.relative_id is None and (name := names.get(each.number, "")).strip()
    }
    drawn = Pedigree(
        case=family.person,
        version=seen + 1,
        structure=written(tree),
        names=unregistered,
        drawn_at=at,
        drawn_by=viewer.account_id,
    )
    session.add(drawn)
    session.flush()
    about = family.person.reference
    record(session, Deed.PEDIGREE_DRAWN, by=viewer, at=at, about=about, count=len(tree.members))
    return drawn
