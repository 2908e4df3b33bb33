"""The one door for uploaded papers: what comes in is sniffed, remade and bare of its history.

A photograph says where and with whose telephone it was taken; a scan says who made it. None
of that was consented to. Pictures are drawn anew from their pixels; a PDF keeps its pages and
loses everything that is not one of them.
"""

import io
import zipfile
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from PIL import Image, ImageCms, ImageFile, ImageOps

from casework.errors import InvalidInput
from casework.web.languages import marked
from casework.web.uploaded_pdf import UnusablePdf, bare_pdf

# Our choice: a page photographed by a telephone of today is 3 to 8 MB and 12 to 50 megapixels.
LARGEST_BYTES = 10 * 2**20
LARGEST_PIXELS = 60_000_000
JPEG_QUALITY = 90


class Kind(StrEnum):
    """What may come in, by its content; the name it carries is not believed."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What is kept of an upload: remade bytes, and their hash."""

    kind: Kind
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


class RefusedUpload(InvalidInput):
    """A file that is not taken; the message says why and what would be."""


_UNKNOWN = marked(
    "Solo se reciben PDF, JPEG, PNG o WebP. Fotografíe la hoja o guárdela como PDF."
)
_TOO_LARGE = marked(
    "El archivo es demasiado grande: como máximo 10 MB y 60 millones de puntos."
)
_DAMAGED = marked(
    "El archivo está dañado o incompleto. Vuelva a escanear o fotografiar la hoja."
)
_TWO_IN_ONE = marked(
    "El archivo es dos cosas a la vez y puede ocultar algo. Vuelva a escanear la hoja."
)
_NO_PICTURE = marked("Eso no es una fotografía: se reciben JPEG, PNG o WebP.")
_FROM_AN_IPHONE = marked(
    "Es una foto HEIC, que este registro no puede leer. En el teléfono elija Ajustes, Cámara, "
    "Formatos, «Más compatible», y tómela otra vez; o ábrala y compártala como JPEG."
)
# Brands of the boxes that begin such a file (ISO/IEC 23008-12, annex B and 10).
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_BEGINNINGS = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"%PDF-", Kind.PDF),
)
# A reader of PDF looks for its mark in the first kilobyte only (ISO 32000-1, annex H, 3.4.1).
_PDF_IS_SOUGHT_IN = 1024
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"%PDF-",
    b"<",
)
_MARKUP = (b"<script", b"<!doctype html", b"<html", b"<svg", b"<?php")
_OPENED_AS = {Kind.JPEG: ("JPEG", "MPO"), Kind.PNG: ("PNG",), Kind.WEBP: ("WEBP",)}


def clean_upload(content: bytes) -> CleanFile:
    """Remake an uploaded paper without its history.

    Raises
    ------
    RefusedUpload
        If it is no kind that is taken, damaged, too large, or two kinds in one.
    """
    if len(content) > LARGEST_BYTES:
        raise RefusedUpload(_TOO_LARGE)
    kind = sniff(content)
    if _is_also_something_else(content, kind):
        raise RefusedUpload(_TWO_IN_ONE)
    if kind is not Kind.PDF:
        return _redrawn(content, kind)
    try:
        return CleanFile(kind, bare_pdf(content))
    except UnusablePdf as refusal:
        raise RefusedUpload(str(refusal)) from refusal


def redrawn_picture(content: bytes, *, longest: int) -> Image.Image:
    """Draw a photograph anew, without its history and not much larger than `longest`.

    Its bytes are not searched for markup, as a paper's are: in some megabytes four letters
    come about by chance, and nothing of these bytes is kept.

    Raises
    ------
    RefusedUpload
        If it is no picture that is taken, damaged, too large, or two kinds in one.
    """
    kind = sniff(content)
    if kind is Kind.PDF:
        raise RefusedUpload(_NO_PICTURE)
    if _opens_as_archive(content) or _after_its_end(content, kind).lstrip().startswith(
        _PROGRAMS
    ):
        raise RefusedUpload(_TWO_IN_ONE)
    return _drawn(content, kind, longest=longest)


def sniff(content: bytes) -> Kind:
    """Tell a file's kind by its first bytes alone.

    Raises
    ------
    RefusedUpload
        If it is none that is taken.
    """
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise RefusedUpload(_FROM_AN_IPHONE)
    raise RefusedUpload(_UNKNOWN)


def _is_also_something_else(content: bytes, kind: Kind) -> bool:
    """Say whether another program would take the same bytes for something else.

    What is kept is remade and would be harmless; but who sends such a file means harm, or
    has been harmed, and a person should hear of it.
    """
    if _opens_as_archive(content):
        return True
    if kind is Kind.PDF:
        return False
    lowered = content.lower()
    return (
        b"%PDF-" in content[:_PDF_IS_SOUGHT_IN]
        or any(mark in lowered for mark in _MARKUP)
        or _after_its_end(content, kind).lstrip().startswith(_PROGRAMS)
    )


def _opens_as_archive(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)):
            return True
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _after_its_end(content: bytes, kind: Kind) -> bytes:
    """Give what stands behind the picture. Telephones put previews there: not all is evil."""
    match kind:
        case Kind.PNG:
            end = content.find(b"IEND")
            return content[end + 8 :] if end >= 0 else b""
        case Kind.WEBP:
            return content[8 + int.from_bytes(content[4:8], "little") :]
        case _:
            end = content.rfind(b"\xff\xd9")
            return content[end + 2 :] if end >= 0 else b""


def _redrawn(content: bytes, kind: Kind) -> CleanFile:
    """Draw a picture anew: its pixels upright and in plain colours, and nothing else of it."""
    pixels = _drawn(content, kind)
    made = io.BytesIO()
    if kind is Kind.PNG:
        pixels.save(made, "PNG", optimize=True)
        return CleanFile(Kind.PNG, made.getvalue())
    pixels.save(made, "JPEG", quality=JPEG_QUALITY)
    return CleanFile(Kind.JPEG, made.getvalue())


def _drawn(content: bytes, kind: Kind, *, longest: int | None = None) -> Image.Image:
    # WeasyPrint lets pictures that are cut short pass for whole, everywhere in the process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(content), formats=_OPENED_AS[kind]) as picture:
            _refuse_a_vast_one(picture)
            if longest:
                # A JPEG can be read at a half or a quarter: less memory, and the same result.
                picture.draft("RGB", (longest, longest))
            return _upright_and_plain(picture)
    except RefusedUpload:
        raise
    except Exception as error:  # Pillow lets out whatever its decoders meet in a broken file
        raise RefusedUpload(_DAMAGED) from error


def _refuse_a_vast_one(picture: Image.Image) -> None:
    """Look at the size that is announced: a small file may unfold beyond all memory."""
    if picture.width * picture.height > LARGEST_PIXELS:
        raise RefusedUpload(_TOO_LARGE)


def _upright_and_plain(picture: Image.Image) -> Image.Image:
    """Apply the turn and the colour profile that the metadata ask for, then forget both."""
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        seen_through = upright.convert("RGBA")
        upright = Image.new("RGB", upright.size, "white")
        upright.paste(seen_through, mask=seen_through.getchannel("A"))
    elif profile and upright.mode in {"RGB", "CMYK", "L"}:
        upright = _in_plain_colours(upright, profile)
    grey = upright.mode in {"1", "L"}
    drawn = Image.new("L" if grey else "RGB", upright.size)
    drawn.paste(upright.convert(drawn.mode))
    return drawn


def _in_plain_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    """Turn colours into sRGB; a profile may name the device it was made for."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        plain = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(picture, source, plain, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture  # a broken profile: the colours may be a little off
    return turned if turned is not None else picture
