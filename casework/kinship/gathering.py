"""What there is to compute with: the family as drawn, and the profiles that may be used now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal
from casework.errors import NotFound
from casework.frequencies.model import FrequencyTable
from casework.kinship.computing import NO_FAMILY, Asked, Chromosome, Genotypes
from casework.kinship.lines import Haplotype, Line, LineAsked
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person
from casework.pedigree.kin_words import kin_words
from casework.pedigree.next_sample import may_be_asked
from casework.pedigree.queries import open_tree
from casework.pedigree.tree import MISSING, Tree, TreeSex
from casework.pedigree.written import sex_of
from casework.profiles.model import MarkerKind
from casework.profiles.queries import Opened, profiles_of
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.errors import StepUpNeeded
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
NO_SEX = marked(
    "Para usar el cromosoma X hace falta el sexo de cada persona con perfil, también el de "
    "quien se busca: dígalo en el árbol."
)
THE_REMAINS = marked("los restos")
LINES = {Line.PATERNAL: MarkerKind.Y_STR, Line.MATERNAL: MarkerKind.MTDNA}


@dataclass(frozen=True, slots=True)
class Used:
    """Whose profile is used, of which markers, and how many loci it has."""

    who: str
    kind: MarkerKind
    loci: int


@dataclass(frozen=True, slots=True)
class Markers:
    """Profiles of one kind: the family's by number in the tree, an own one, the remains'."""

    family: Mapping[int, Genotypes] = field(default_factory=dict, repr=False)
    own: Genotypes | None = field(default=None, repr=False)
    remains: Genotypes = field(default_factory=dict, repr=False)

    @property
    def is_enough(self) -> bool:
        """Say whether there is something on both sides."""
        return bool(self.remains) and (bool(self.family) or self.own is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was found; `lacking` are sentences for whoever computes."""

    tree: Tree
    autosomal: Markers = Markers()
    on_x: Markers = Markers()
    lines: Sequence[LineAsked] = ()
    used: Sequence[Used] = ()
    lacking: Sequence[str] = ()

    @property
    def is_enough(self) -> bool:
        """Say whether anything can be compared."""
        return self.autosomal.is_enough or self.on_x.is_enough or bool(self.lines)

    def asked(
        self,
        table: FrequencyTable,
        theta: float,
        chromosome: Chromosome = Chromosome.AUTOSOMAL,
    ) -> Asked:
        """Say what is computed, with one table and one theta."""
        markers = self.on_x if chromosome is Chromosome.X else self.autosomal
        return Asked(
            tree=self.tree,
            family=markers.family,
            own=markers.own,
            remains=markers.remains,
            table=table.name,
            population=table.population,
            loci=table.loci,
            theta=theta,
            chromosome=chromosome,
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
        return Gathered(tree=tree, lacking=(OF_ANOTHER,))
    sides = _Sides(tree, of_family, of_remains)
    on_x, lacking = sides.markers(MarkerKind.X_STR), list(sides.lacking())
    if on_x.is_enough and not _has_sexes(tree, on_x):
        on_x = Markers()
        lacking.append(NO_SEX)
    lines = (sides.line(line, kind) for line, kind in LINES.items())
    return Gathered(
        tree=tree,
        autosomal=sides.markers(MarkerKind.AUTOSOMAL_STR),
        on_x=on_x,
        lines=tuple(each for each in lines if each is not None),
        used=tuple(sides.used()),
        lacking=lacking,
    )


@dataclass(frozen=True, slots=True)
class GatheredFamily:
    """A family without any remains: whose profiles may be used, and who could give one."""

    person: MissingPerson
    tree: Tree
    family: Mapping[int, Genotypes] = field(repr=False)
    used: Sequence[Used]
    available: Sequence[int]


def gather_family(
    session: Session, viewer: Viewer, reference: str, *, at: datetime
) -> GatheredFamily:
    """Open a family's autosomal profiles, and write down that they were read.

    Raises
    ------
    NotFound
        If there is no such record, or another institution keeps its profiles.
    StepUpNeeded
        If DNA opens only to who has just proved to be there.
    """
    person = get_missing_person(session, viewer, reference, at=at)
    profiles = profiles_of(session, viewer, person, at=at)
    if not viewer.stepped_up:
        raise StepUpNeeded
    tree = open_tree(session, viewer, person, at=at).tree
    kind = MarkerKind.AUTOSOMAL_STR
    placed = _Sides(tree, profiles, ()).fullest(kind)
    record(session, Deed.PROFILE_READ, by=viewer, at=at, about=reference)
    return GatheredFamily(
        person,
        tree,
        {number: each.genotypes for number, each in placed.items() if number != MISSING},
        tuple(
            Used(kin_words(tree, tree.member(number)), kind, each.profile.loci_count)
            for number, each in sorted(placed.items())
            if number != MISSING
        ),
        tuple(
            each.number
            for each in tree.members
            if each.number not in {MISSING, *placed} and may_be_asked(tree, each)
        ),
    )


def autosomal_of(tree: Tree, profiles: Sequence[Opened]) -> Markers:
    """Put a family's autosomal profiles in their places of its tree, without any remains."""
    return _Sides(tree, profiles, ()).markers(MarkerKind.AUTOSOMAL_STR)


def fullest_of(profiles: Sequence[Opened], kind: MarkerKind) -> Opened | None:
    """Give the fullest profile of a kind."""
    return next(reversed(_sorted(profiles, kind)), None)


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is open of both records, and the tree in which the family has its places."""

    tree: Tree
    of_family: Sequence[Opened]
    of_remains: Sequence[Opened]

    def fullest(self, kind: MarkerKind) -> dict[int, Opened]:
        """Give each donor's profile of a kind by place; of two of one the fuller counts."""
        placed: dict[int, Opened] = {}
        for each in _sorted(self.of_family, kind):
            if (number := self.place(each)) is not None:
                placed[number] = each
        return placed

    def remains(self, kind: MarkerKind) -> Opened | None:
        """Give the fullest of the remains' profiles of a kind."""
        return fullest_of(self.of_remains, kind)

    def place(self, profile: Opened) -> int | None:
        """Say where in the tree a donor stands; None where nobody placed them."""
        if profile.relative_id is None:
            return MISSING
        member = self.tree.of_relative(profile.relative_id)
        return member.number if member else None

    def markers(self, kind: MarkerKind) -> Markers:
        """Put one kind of both sides together."""
        placed, remains = self.fullest(kind), self.remains(kind)
        own = placed.pop(MISSING, None)
        return Markers(
            {number: each.genotypes for number, each in placed.items()},
            own.genotypes if own else None,
            remains.genotypes if remains else {},
        )

    def line(self, line: Line, kind: MarkerKind) -> LineAsked | None:
        """Put one line of both sides together; None where one of them has nothing."""
        remains, placed = self.remains(kind), self.fullest(kind)
        if remains is None or not placed:
            return None
        family = {number: _haplotype(each) for number, each in placed.items()}
        return LineAsked(line, _haplotype(remains), family)

    def used(self) -> Iterator[Used]:
        """Name the profiles, the family's first."""
        for kind in MarkerKind:
            for number, each in sorted(self.fullest(kind).items()):
                kin = kin_words(self.tree, self.tree.member(number))
                yield Used(kin, kind, each.profile.loci_count)
        for kind in MarkerKind:
            if (found := self.remains(kind)) is not None:
                yield Used(THE_REMAINS, kind, found.profile.loci_count)

    def lacking(self) -> Iterator[str]:
        """Say what is not there, or will not count."""
        places = [self.place(each) for each in self.of_family]
        if None in places:
            yield NOT_PLACED
        if all(each is None for each in places):
            yield NO_FAMILY
        if not self.of_remains:
            yield NO_REMAINS
        if any(member.twin_of is not None for member in self.tree.members):
            yield TWINS


def _sorted(profiles: Sequence[Opened], kind: MarkerKind) -> list[Opened]:
    own = [each for each in profiles if each.profile.marker_kind is kind]
    return sorted(own, key=lambda one: one.profile.loci_count)


def _haplotype(profile: Opened) -> Haplotype:
    return Haplotype(profile.genotypes, profile.details.get("range", ""))


def _has_sexes(tree: Tree, markers: Markers) -> bool:
    """Say whether the sex of everybody typed is known: a man has one X and a woman two."""
    members = [tree.member(number) for number in {MISSING, *markers.family}]
    return all(sex_of(tree, each) != TreeSex.UNKNOWN.value for each in members)
