"""What a profile needs before it is kept, and which of several stands."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from casework.errors import CaseworkError, Conflict, InvalidInput
from casework.profiles.model import Extent, Profile
from casework.web.languages import marked

Genotypes = Mapping[str, Sequence[str]]
MOST_LOCI = 400  # of a mitochondrial profile: differences; the largest kits have about 30 loci
MOST_PROFILES = 300  # of one record
LONGEST_ALLELE = 20
_DAY = timedelta(days=1)  # of two clocks that do not agree where it is tomorrow already
P = TypeVar("P", bound=Profile)


class UnreadLoci(InvalidInput):
    """Loci of a profile that a program sends cannot be read; named, without their alleles."""

    def __init__(self, loci: Sequence[str]) -> None:
        super().__init__(
            marked("Estos loci no se pueden leer, o traen un solo alelo: %(loci)s.")
        )
        self.loci = ", ".join(dict.fromkeys(loci))

    def told(self, gettext: Callable[[str], str]) -> str:
        """Say it in the reader's language."""
        return gettext(str(self)) % {"loci": self.loci}


def standing(profiles: Sequence[P]) -> list[P]:
    """Leave out what a later row said anew, and rows that only say that one was wrong."""
    replaced = {each.replaces_id for each in profiles}
    return [
        each
        for each in profiles
        if each.id not in replaced and each.extent is not Extent.NOTHING
    ]


def refusal_of_genotypes(genotypes: Genotypes) -> CaseworkError | None:
    """Refuse what is no profile: nothing in it, or more than any laboratory reads."""
    if not genotypes:
        return InvalidInput(marked("El perfil está vacío: no tiene ningún locus."))
    if len(genotypes) > MOST_LOCI:
        return InvalidInput(marked("El perfil tiene más loci de los que se leen de nadie."))
    alleles = [each for own in genotypes.values() for each in own]
    if not all(genotypes.values()) or any(not 0 < len(a) <= LONGEST_ALLELE for a in alleles):
        return InvalidInput(marked("Un locus del perfil no tiene alelos que se puedan leer."))
    return None


def refusal_of_remarks(left_out: Sequence[str], *, is_one_kind: bool) -> CaseworkError | None:
    """Refuse a profile that a program sends with loci that cannot be read, or of two kinds."""
    if left_out:
        return UnreadLoci(left_out)
    if not is_one_kind:
        return InvalidInput(
            marked("El perfil mezcla marcadores de varias clases: envíelos aparte.")
        )
    return None


def refusal_of_profile(
    standing_here: Sequence[Profile], *, has_consent: bool, replaces: Profile | None, kept: int
) -> CaseworkError | None:
    """Refuse a profile that nobody agreed to, or beside one that still stands.

    `standing_here` are the profiles of the same sample and the same markers.
    """
    if not has_consent:
        return Conflict(
            marked(
                "No hay autorización vigente de quien dio la muestra para comparar su ADN: "
                "el perfil no se guarda."
            )
        )
    if kept >= MOST_PROFILES:
        return Conflict(marked("El expediente ya tiene trescientos perfiles."))
    if any(each is not replaces for each in standing_here):
        return Conflict(
            marked(
                "La muestra ya tiene un perfil de esos marcadores: diga que lo reemplaza, y "
                "por qué."
            )
        )
    return None


def refusal_of_reason(reason: str) -> CaseworkError | None:
    """Refuse to say a profile anew without telling why."""
    if len(reason.strip()) < len("error"):
        return InvalidInput(marked("Diga por qué el perfil anterior no vale."))
    return None


def refusal_of_day(
    on: date | None, *, today: date, taken_on: date | None
) -> CaseworkError | None:
    """Refuse a day of analysis that cannot be."""
    if on is None:
        return None
    if on > today + _DAY:
        return InvalidInput(marked("Ese día todavía no llega: revise la fecha."))
    if taken_on is not None and on < taken_on:
        return InvalidInput(
            marked("Ese día la muestra todavía no se había tomado: revise la fecha.")
        )
    return None
