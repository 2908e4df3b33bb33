"""A PDF as its pages alone: without author, history, attachments, scripts or camera data."""

import io
from collections.abc import Iterator
from typing import Any, cast

import pikepdf

from casework.web.languages import marked

MOST_PAGES = 60
MOST_OBJECTS = 20_000

# Keys that hold no page: who made it and when, earlier states, previews, files, scripts.
_HISTORY = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/SpiderInfo"),
    *("/AF", "/EF", "/EmbeddedFiles", "/Collection"),
    *("/OpenAction", "/AA", "/A", "/JS", "/JavaScript", "/URI", "/XFA"),
    *("/DPartRoot", "/Perms", "/Legal", "/Dests", "/Outlines", "/Threads"),
)
_CARRIERS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/Popup"}
_JPEG, _JPEG_2000 = "/DCTDecode", "/JPXDecode"


class UnusablePdf(ValueError):
    """The PDF cannot be taken; the message says why."""


def bare_pdf(content: bytes) -> bytes:
    """Rewrite a PDF with its pages only; what no page needs is left behind.

    Raises
    ------
    UnusablePdf
        If it is locked, damaged, empty or very long.
    """
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            _refuse_the_unusable(pdf)
            _forget_history(pdf)
            made = io.BytesIO()
            pdf.save(
                made,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
                preserve_pdfa=False,
                fix_metadata_version=False,
            )
    except pikepdf.PasswordError as error:
        raise UnusablePdf(
            marked("El PDF está cerrado con contraseña. Ábralo y expórtelo.")
        ) from error
    except (pikepdf.PdfError, RecursionError, KeyError, TypeError) as error:
        raise UnusablePdf(marked("El PDF está dañado. Vuelva a escanear la hoja.")) from error
    return made.getvalue()


def _refuse_the_unusable(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise UnusablePdf(marked("El PDF está cerrado con contraseña. Ábralo y expórtelo."))
    if not 1 <= len(pdf.pages) <= MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
        raise UnusablePdf(marked("El PDF está vacío o tiene más de 60 páginas. Divídalo."))


def _forget_history(pdf: pikepdf.Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    for key in ("/Names", "/AcroForm"):
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        _drop_carriers(page.obj)
    for each in pdf.objects:
        for holder in _holders(each):
            _strip(holder)


def _drop_carriers(page: Any) -> None:
    """Drop the notes on a page that carry files or open things; a drawn signature stays."""
    notes = page.get("/Annots")
    if notes is None:
        return
    kept = [each for each in notes if str(each.get("/Subtype", "")) not in _CARRIERS]
    page["/Annots"] = pikepdf.Array(kept)


def _holders(value: Any, depth: int = 0) -> Iterator[Any]:
    """Walk one object and what stands directly inside it; indirect ones come by themselves."""
    limit = 50
    if depth > limit:
        raise UnusablePdf(marked("El PDF está dañado. Vuelva a escanear la hoja."))
    if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
        yield value
        inside = [value[key] for key in list(value.keys())]
    elif isinstance(value, pikepdf.Array):
        inside = list(value)
    else:
        return
    for each in inside:
        if isinstance(each, pikepdf.Object) and not each.is_indirect:
            yield from _holders(each, depth + 1)


def _strip(holder: Any) -> None:
    for key in _HISTORY:
        if key in holder:
            del holder[key]
    if not isinstance(holder, pikepdf.Stream):
        return
    filters = holder.get("/Filter")
    names = (
        [str(each) for each in filters]
        if isinstance(filters, pikepdf.Array)
        else [str(filters)]
    )
    # With a second filter round it the picture is not read raw; the rare case is refused.
    for name, stripped in ((_JPEG, bare_jpeg), (_JPEG_2000, bare_jpeg_2000)):
        if name not in names:
            continue
        if len(names) > 1:
            raise UnusablePdf(marked("El PDF está dañado. Vuelva a escanear la hoja."))
        holder.write(
            stripped(holder.read_raw_bytes()),
            filter=pikepdf.Name(name),
            decode_parms=cast("pikepdf.Dictionary | None", holder.get("/DecodeParms")),
        )


def bare_jpeg(content: bytes) -> bytes:
    """Leave out a JPEG's comments and application segments, but those that say its colours.

    APP0 (JFIF), and APP14 (Adobe's colour transform) stay; EXIF, XMP, IPTC, previews and
    colour profiles of a device go. The picture itself is not touched.

    Raises
    ------
    UnusablePdf
        If the segments do not follow each other as ITU-T T.81, annex B, has it.
    """
    kept, at = [content[:2]], 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:  # noqa: PLR2004 - T.81: every marker begins with it
            raise UnusablePdf(marked("El PDF está dañado. Vuelva a escanear la hoja."))
        marker = content[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - a fill byte
            at += 1
            continue
        if marker == 0xDA:  # noqa: PLR2004 - start of scan: the picture, to its end
            end = content.rfind(b"\xff\xd9")
            return b"".join([*kept, content[at : end + 2 if end > at else None]])
        length = 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        is_application = 0xE0 <= marker <= 0xEF  # noqa: PLR2004 - APP0 to APP15
        is_comment = marker == 0xFE  # noqa: PLR2004 - COM
        if not (is_comment or (is_application and marker not in {0xE0, 0xEE})):
            kept.append(content[at : at + length])
        at += length
    raise UnusablePdf(marked("El PDF está dañado. Vuelva a escanear la hoja."))


def bare_jpeg_2000(content: bytes) -> bytes:
    """Leave out the boxes of a JPEG 2000 file that hold text, XMP or somebody's own data.

    Raises
    ------
    UnusablePdf
        If the boxes do not follow each other as ISO/IEC 15444-1, annex I, has it.
    """
    if content[:4] == b"\xff\x4f\xff\x51":  # a bare code stream has no boxes
        return content
    kept, at = [], 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if length == 0:
            length = len(content) - at
        if length < 8 or at + length > len(content):  # noqa: PLR2004 - a box's own head
            raise UnusablePdf(marked("El PDF está dañado. Vuelva a escanear la hoja."))
        if kind not in {b"xml ", b"uuid", b"uinf", b"free", b"asoc"}:
            kept.append(content[at : at + length])
        at += length
    return b"".join(kept)
