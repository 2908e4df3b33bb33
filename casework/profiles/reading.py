"""One file of a laboratory, read by what it contains and never by its name."""

from casework.profiles.cmf import read_cmf
from casework.profiles.familias import KNOWN_RELATIONS, read_familias
from casework.profiles.model import ProfileSource
from casework.profiles.specimens import LARGEST_BYTES, ReadFile, UnreadableProfiles
from casework.profiles.tables import read_table
from casework.web.languages import marked

_NO_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG")


def read_profiles(content: bytes) -> ReadFile:
    """Read the specimens of a file: CODIS CMF, Familias, GeneMapper, or a table of text.

    Raises
    ------
    UnreadableProfiles
        The message says what is wrong with the file as a whole.
    """
    if not content.strip():
        raise UnreadableProfiles(marked("Elija el archivo del laboratorio, o pegue una tabla."))
    if len(content) > LARGEST_BYTES:
        raise UnreadableProfiles(
            marked("El archivo pasa de 900 KB, más de lo que se recibe: divídalo.")
        )
    if content.startswith(_NO_TEXT):
        raise UnreadableProfiles(
            marked(
                "Ese archivo no es de texto. Se reciben CODIS (CMF XML), Familias (.fam) y "
                "tablas de GeneMapper o CSV: guárdelo así."
            )
        )
    if _begins_as_xml(content):
        return ReadFile(ProfileSource.CODIS_CMF, read_cmf(content))
    text = _text(content)
    if KNOWN_RELATIONS in text:
        return ReadFile(ProfileSource.FAMILIAS, read_familias(text))
    return read_table(text)


def _begins_as_xml(content: bytes) -> bool:
    """Tell XML by its first sign, in any of the ways that text is written."""
    begins = content[:8].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return begins.startswith(b"<")


def _text(content: bytes) -> str:
    """Read text as programs of laboratories write it: UTF-8, UTF-16 with its mark, Windows."""
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for coding in ("utf-16",) if has_mark else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise UnreadableProfiles(marked("El archivo no es un texto que se pueda leer."))
