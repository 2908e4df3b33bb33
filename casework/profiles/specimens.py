"""What a file of a laboratory says of each specimen, before anybody has looked at it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.errors import InvalidInput
from casework.profiles.model import ProfileSource
from casework.web.languages import marked

# Our choice: some 150 specimens in the largest of the formats; what a form may carry besides.
LARGEST_BYTES = 900 * 1024
MOST_SPECIMENS = 200
MOST_CALLS = 400  # of one specimen


@dataclass(frozen=True, slots=True)
class Call:
    """One locus of one specimen, word for word."""

    locus: str
    alleles: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """One specimen of a file. `name` is what the laboratory calls it."""

    name: str
    calls: tuple[Call, ...] = field(repr=False)
    kit: str = ""
    laboratory: str = ""
    analysed_on: date | None = None
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The specimens of one file, and as what it was read."""

    source: ProfileSource
    specimens: tuple[Specimen, ...]


class UnreadableProfiles(InvalidInput):
    """The file as a whole cannot be read; the message says why and what would be."""


def gathered(
    calls: Iterable[tuple[str, Call]], told: Mapping[str, str] | None = None
) -> tuple[Specimen, ...]:
    """Gather calls by the name of their specimen, in the order of the file.

    `told` is the kit of each, where the file says it.

    Raises
    ------
    UnreadableProfiles
        If there is nothing in it, or more than is read at once.
    """
    found: dict[str, list[Call]] = {}
    for name, call in calls:
        found.setdefault(name, []).append(call)
    return bounded(
        Specimen(name=name, calls=tuple(own), kit=(told or {}).get(name, ""))
        for name, own in found.items()
    )


def bounded(specimens: Iterable[Specimen]) -> tuple[Specimen, ...]:
    """Give the specimens, if they are as many as are read at once.

    Raises
    ------
    UnreadableProfiles
        As `gathered`.
    """
    listed = tuple(each for each in specimens if each.calls)
    if not listed:
        raise UnreadableProfiles(marked("El archivo no tiene ninguna muestra con loci."))
    if len(listed) > MOST_SPECIMENS or any(len(each.calls) > MOST_CALLS for each in listed):
        raise UnreadableProfiles(
            marked("El archivo tiene más de 200 muestras, o una con más de 400 loci: divídalo.")
        )
    return listed
