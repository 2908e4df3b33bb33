"""Files of Familias (.fam): people with genotypes by number, and the table they count in.

The order of the lines is that of Familias 3, as pedFamilias (M. D. Vigeland) reads and writes
it: people, known relations, pedigrees, database, and what its module for disasters adds.
Pedigrees and frequencies are passed over: the family is drawn here, and tables have a source.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.profiles.specimens import Call, Specimen, UnreadableProfiles, gathered
from casework.web.languages import marked

DISASTER = "[DVI]"
KNOWN_RELATIONS = "Known relations"
MOST_LOCI = 200
_BEFORE_ALLELES = 12  # lines of one locus between its name and its number of alleles


@dataclass(slots=True)
class _Lines:
    """The lines of the file, read one after the other."""

    lines: list[str]
    at: int = 0

    def text(self) -> str:
        if self.at >= len(self.lines):
            raise UnreadableProfiles(
                marked("El archivo de Familias está cortado: expórtelo de nuevo.")
            )
        self.at += 1
        return self.lines[self.at - 1]

    def number(self) -> int:
        """Read a whole number, which may have a remark behind it."""
        written = self.text()
        try:
            return int(written.split()[0])
        except (ValueError, IndexError):
            raise UnreadableProfiles(
                marked("El archivo de Familias no tiene el orden esperado.")
            ) from None

    def skip(self, count: int) -> None:
        for _ in range(max(count, 0)):
            self.text()


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    # Numbers of the first allele, of the second, and of the locus.
    typed: tuple[tuple[int, int, int], ...]


def read_familias(text: str) -> tuple[Specimen, ...]:
    """Read the people of a Familias file who have genotypes.

    Raises
    ------
    UnreadableProfiles
        If it is cut short or in another order.
    """
    written = [each.strip().replace('"', "") for each in text.splitlines()]
    ends = written.index(DISASTER) if DISASTER in written else len(written)
    lines = _Lines(written[:ends])
    lines.skip(3)
    if not lines.lines[3:4] or lines.lines[3] == "":
        lines.skip(1)
    people = [_person(lines) for _ in range(lines.number())]
    _pass_over_pedigrees(lines)
    loci = _loci(lines)
    calls = [*_calls(people, loci), *_of_disasters(written[ends:])]
    return gathered(calls)


def _person(lines: _Lines) -> _Person:
    name = lines.text()
    lines.skip(4)
    typed = tuple(
        (lines.number(), lines.number(), lines.number()) for _ in range(lines.number())
    )
    return _Person(name, typed)


def _pass_over_pedigrees(lines: _Lines) -> None:
    if lines.text() != KNOWN_RELATIONS:
        raise UnreadableProfiles(marked("El archivo de Familias no tiene el orden esperado."))
    lines.skip(2)
    lines.skip(2 * lines.number())
    for _ in range(lines.number()):
        lines.skip(4)
        lines.skip(2 * lines.number())
    if lines.text().startswith("#TRUE#"):
        raise UnreadableProfiles(
            marked("El archivo de Familias trae resultados: expórtelo sin calcular.")
        )


def _loci(lines: _Lines) -> list[tuple[str, list[str]]]:
    count = lines.number()
    if count > MOST_LOCI:
        raise UnreadableProfiles(marked("El archivo de Familias no tiene el orden esperado."))
    if lines.text() == "#TRUE#":
        lines.skip(1)
    return [_locus(lines) for _ in range(count)]


def _locus(lines: _Lines) -> tuple[str, list[str]]:
    name = lines.text()
    lines.skip(_BEFORE_ALLELES - 1)
    alleles = []
    for _ in range(lines.number()):
        alleles.append(lines.text())
        lines.skip(1)
    return name, alleles


def _calls(
    people: list[_Person], loci: list[tuple[str, list[str]]]
) -> Iterator[tuple[str, Call]]:
    for each in people:
        for first, second, at in each.typed:
            if not 0 <= at < len(loci):
                raise UnreadableProfiles(
                    marked("El archivo de Familias cuenta un locus que no describe.")
                )
            name, alleles = loci[at]
            # A silent allele is the last of the table and has no name.
            seen = tuple(
                alleles[one] if 0 <= one < len(alleles) else "" for one in (first, second)
            )
            yield each.name, Call(name, seen)


def _of_disasters(lines: list[str]) -> Iterator[tuple[str, Call]]:
    """Read the people of the disaster module: Name, then SystemName and two alleles each."""
    person, locus, seen = "", "", list[str]()
    for line in lines:
        tag, _, value = (part.strip() for part in line.partition("="))
        if tag == "Name":
            person = value
        elif tag == "SystemName":
            locus, seen = value, []
        elif tag.startswith("Allele") and locus:
            seen.append(value)
            if len(seen) == len(("first", "second")):
                yield person, Call(locus, tuple(seen))
                locus = ""
