"""What there is to compute with: the family as drawn, and the profiles that may be used now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal
from casework.errors import NotFound
from casework.frequencies.model import FrequencyTable
from casework.kinship.computing import NO_FAMILY, Asked, Genotypes
from casework.pedigree.kin_words import kin_words
from casework.pedigree.queries import open_tree
from casework.pedigree.tree import MISSING, Tree
from casework.profiles.model import MarkerKind
from casework.profiles.queries import Opened, profiles_of
from casework.web.languages import marked
from privacy.permissions import Viewer

NO_REMAINS = marked("No hay ningún perfil de los restos.")
OF_ANOTHER = marked(
    "Otra institución guarda los perfiles de uno de los dos registros: pídale el resultado y "
    "anótelo como de un laboratorio."
)
NOT_PLACED = marked(
    "Hay un perfil de un familiar que no está en el árbol: póngalo en su lugar para que cuente."
)
TWINS = marked(
    "El árbol tiene gemelos: el cálculo los toma como hermanos, no como una sola persona."
)


@dataclass(frozen=True, slots=True)
class Used:
    """Whose profile is used, and how many loci it has."""

    who: str
    loci: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was found; `lacking` are sentences for whoever computes."""

    tree: Tree
    family: Mapping[int, Genotypes] = field(repr=False)
    own: Genotypes | None = field(repr=False)
    remains: Genotypes = field(repr=False)
    used: Sequence[Used]
    lacking: Sequence[str]

    def asked(self, table: FrequencyTable, theta: float) -> Asked:
        """Say what is computed, with one table and one theta."""
        return Asked(
            tree=self.tree,
            family=self.family,
            own=self.own,
            remains=self.remains,
            table=table.name,
            population=table.population,
            loci=table.loci,
            theta=theta,
        )


def gather(session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime) -> Gathered:
    """Open what a computation may use; what it may not is not opened.

    Raises
    ------
    StepUpNeeded
        If DNA opens only to who has just proved to be there.
    """
    tree = open_tree(session, viewer, proposal.person, at=at).tree
    try:
        of_family = profiles_of(session, viewer, proposal.person, at=at)
        of_remains = profiles_of(session, viewer, proposal.remains, at=at)
    except NotFound:
        nothing: dict[int, Genotypes] = {}
        return Gathered(
            tree=tree, family=nothing, own=None, remains={}, used=(), lacking=(OF_ANOTHER,)
        )
    family, own, lacking = _of_family(tree, _autosomal(of_family))
    remains = max((each.genotypes for each in _autosomal(of_remains)), key=len, default={})
    if not family and own is None:
        lacking.append(NO_FAMILY)
    if not remains:
        lacking.append(NO_REMAINS)
    if any(member.twin_of is not None for member in tree.members):
        lacking.append(TWINS)
    used = [
        Used(kin_words(tree, tree.member(number)), len(genotypes))
        for number, genotypes in {**family, **({MISSING: own} if own else {})}.items()
    ]
    return Gathered(
        tree=tree, family=family, own=own, remains=remains, used=used, lacking=lacking
    )


def _autosomal(profiles: Sequence[Opened]) -> list[Opened]:
    return [each for each in profiles if each.profile.marker_kind is MarkerKind.AUTOSOMAL_STR]


def _of_family(
    tree: Tree, profiles: Sequence[Opened]
) -> tuple[dict[int, Genotypes], Genotypes | None, list[str]]:
    """Give each donor their place in the tree; of two profiles of one the fuller counts."""
    family: dict[int, Genotypes] = {}
    own: Genotypes | None = None
    lacking: list[str] = []
    for each in sorted(profiles, key=lambda one: len(one.genotypes)):
        member = None if each.relative_id is None else tree.of_relative(each.relative_id)
        if each.relative_id is None:
            own = each.genotypes
        elif member is None:
            lacking.append(NOT_PLACED)
        else:
            family[member.number] = each.genotypes
    return family, own, list(dict.fromkeys(lacking))
