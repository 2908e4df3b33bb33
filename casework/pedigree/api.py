"""Family trees over the API: who descends from whom and whose sample is taken. No names."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from casework.pedigree.actions import draw_family
from casework.pedigree.kin_words import kin_code
from casework.pedigree.queries import Family, open_family
from casework.pedigree.tree import Member, Sampling, Tree, TreeSex, Twins, checked
from casework.pedigree.written import member_id, with_founders
from casework.web.access import requires
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["families"])


class Link(BaseModel):
    """Whose child somebody is, as a computation of kinship takes it: two parents or none."""

    id: str
    mother: str | None
    father: str | None
    sex: str


class FamilyMember(BaseModel):
    """Somebody of the family; `kinship` is read off the tree, and nobody is named."""

    id: str
    number: int
    kinship: str
    sex: TreeSex
    mother: int | None
    father: int | None
    sampling: Sampling
    is_dead: bool
    born: int | None
    relative_id: int | None
    partner_of: int | None
    twin_of: int | None
    twins: Twins


class FamilyTree(BaseModel):
    """A family. `version` 0 is a sketch made of the registered relatives; nobody drew it."""

    missing_id: str
    version: int
    pedigree: list[Link]
    typed: list[str]
    members: list[FamilyMember]


class NewMember(BaseModel):
    """Somebody of a tree that is put in the place of the one before."""

    number: int = Field(ge=1, le=10_000)
    mother: int | None = None
    father: int | None = None
    sex: TreeSex = TreeSex.UNKNOWN
    sampling: Sampling = Sampling.NOT_ASKED
    is_dead: bool = False
    born: int | None = Field(default=None, ge=1850, le=2100)
    relative_id: int | None = Field(default=None, ge=1, le=2**62)
    partner_of: int | None = None
    twin_of: int | None = None
    twins: Twins = Twins.UNKNOWN


class NewTree(BaseModel):
    """A whole tree; number 1 is the missing person. `version` is the one you read."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "version": 1,
                "members": [
                    {"number": 1, "mother": 2, "sex": "male"},
                    {"number": 2, "sex": "female", "sampling": "available"},
                ],
            }
        }
    )

    version: int = Field(ge=0, le=1_000_000)
    members: list[NewMember] = Field(min_length=1, max_length=80)


@router.get("/missing/{reference}/pedigree", summary="The family tree of a missing person")
@requires(Permission.SAMPLE_KEEP)
def read_tree(visit: Entered, reference: str) -> FamilyTree:
    """Read who descends from whom, and whose sample is taken; of your own institution's files.

    `pedigree`, `missing_id` and `typed` are what a computation of kinship takes: a parent
    who is not known stands there as a founder `U1`, `U2`, and so on.
    """
    return _told(_open(visit, reference))


@router.put("/missing/{reference}/pedigree", summary="Draw the family tree anew")
@requires(Permission.CONTACT_KEEP)
def put_tree(visit: Entered, reference: str, new: NewTree) -> FamilyTree:
    """Put a tree in the place of the one before, which is kept; names stay by their number."""
    family = _open(visit, reference)
    members = tuple(Member(**dict(each)) for each in new.members)
    tree = checked(Tree(tuple(sorted(members, key=lambda each: each.number))))
    draw_family(
        visit.session,
        visit.viewer,
        family,
        tree,
        names=family.names,
        seen=new.version,
        at=visit.at,
    )
    return _told(_open(visit, reference))


def _open(visit: Visit, reference: str) -> Family:
    family = open_family(visit.session, visit.viewer, reference, at=visit.at)
    record(visit.session, Deed.PEDIGREE_READ, by=visit.viewer, at=visit.at, about=reference)
    return family


def _told(family: Family) -> FamilyTree:
    return FamilyTree(
        missing_id=member_id(1),
        version=family.version,
        pedigree=[Link.model_validate(each) for each in with_founders(family.tree)],
        typed=[member_id(number) for number in sorted(family.sampled)],
        members=[_member(family.tree, each) for each in family.tree.members],
    )


def _member(tree: Tree, member: Member) -> FamilyMember:
    told: dict[str, Any] = {
        name: getattr(member, name)
        for name in FamilyMember.model_fields
        if name not in {"id", "kinship"}
    }
    return FamilyMember(id=member_id(member.number), kinship=kin_code(tree, member), **told)
