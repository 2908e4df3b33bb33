"""CODIS CMF files (XML, 3.x): CODISImportFile, SPECIMEN, LOCUS, ALLELE.

The elements are those of the schema `urn:CODISImportFile-schema`, as OSIRIS (NCBI, public
domain) writes it. A file that declares a document type is refused whole: that is where
entities come from, and no CMF file has one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn
from xml.parsers import expat

from casework.profiles.specimens import Call, Specimen, UnreadableProfiles, bounded
from casework.web.languages import marked

ROOT = "CODISImportFile"
DEEPEST = 12


@dataclass(slots=True)
class Element:
    """One element: its name without namespace, its attributes, what stands in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator["Element"]:
        return (each for each in self.children if each.name == name)

    def said(self, name: str) -> str:
        """Give the text of the first child of that name, empty where there is none."""
        return next((each.text.strip() for each in self.all(name)), "")


def read_cmf(content: bytes) -> tuple[Specimen, ...]:
    """Read the specimens of a CMF file.

    Raises
    ------
    UnreadableProfiles
        If it is no XML, declares a document type, or is another file than CMF.
    """
    root = _parsed(content)
    if root.name != ROOT:
        raise UnreadableProfiles(
            marked("El archivo XML no es de CODIS: no empieza con CODISImportFile.")
        )
    kit, laboratory = root.said("KIT"), root.said("SOURCELAB")
    return bounded(_specimen(each, kit, laboratory) for each in root.all("SPECIMEN"))


def _specimen(element: Element, kit: str, laboratory: str) -> Specimen:
    loci = list(element.all("LOCUS"))
    days = [day for each in loci if (day := _day(each.said("READINGDATETIME")))]
    kits = sorted({each.attributes.get("KIT", "").strip() for each in loci} - {""})
    return Specimen(
        name=element.said("SPECIMENID"),
        calls=tuple(
            Call(
                each.said("LOCUSNAME"),
                tuple(allele.said("ALLELEVALUE") for allele in each.all("ALLELE")),
            )
            for each in loci
        ),
        kit=", ".join(kits) or kit,
        laboratory=laboratory,
        analysed_on=max(days, default=None),
        is_partial=element.attributes.get("PARTIAL", "").casefold() in {"true", "1"},
    )


def _day(instant: str) -> date | None:
    try:
        return date.fromisoformat(instant[: len("2026-03-09")])
    except ValueError:
        return None


def _parsed(content: bytes) -> Element:
    top = Element("")
    open_now = [top]

    def begins(name: str, attributes: dict[str, str]) -> None:
        if len(open_now) > DEEPEST:
            raise UnreadableProfiles(marked("El archivo XML está anidado sin fin."))
        element = Element(name.rpartition(":")[2], attributes)
        open_now[-1].children.append(element)
        open_now.append(element)

    def ends(_name: str) -> None:
        open_now.pop()

    def reads(text: str) -> None:
        open_now[-1].text += text

    def refuses(*_told: object) -> NoReturn:
        raise UnreadableProfiles(
            marked("El archivo XML declara un tipo de documento (DOCTYPE): no se recibe.")
        )

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler = reads
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuses
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the parser's own: the file ends here
    except expat.ExpatError as error:
        raise UnreadableProfiles(
            marked("El archivo XML está dañado o incompleto: pídalo de nuevo al laboratorio.")
        ) from error
    return top.children[0]
