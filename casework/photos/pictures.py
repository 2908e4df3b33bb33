"""Pictures made anew: upright, cropped, no larger than people need, bare of their history."""

import io
import re
from dataclasses import dataclass, field
from hashlib import sha256

from PIL import Image, ImageFilter

from casework.web.form_values import Unreadable, read_numbers
from casework.web.languages import marked
from casework.web.uploads import RefusedUpload, redrawn_picture

# Our choice: telephones of today write 3 to 20 MB.
LARGEST_BYTES = 25 * 2**20
LONGEST_SIDE = 2000
SMALL_SIDE = 240
QUALITY, SMALL_QUALITY = 85, 70
# A blurred face keeps no feature: what is left of it is a dozen spots of colour.
SPOTS = 10
LEAST_SHARE = 5.0
# ITU-T T.81, table B.1: the head, tables, one frame, its only scan. No comment, no Exif.
_HEAD, _SCAN = 0xE0, 0xDA
_OF_THE_PICTURE = frozenset({_HEAD, 0xDB, 0xC0, 0xC1, 0xC4, 0xDD})
# A JFIF head of this length has no thumbnail, which may show what was cropped away.
_BARE_HEAD = 16
# In a scan stand only stuffed bytes and restarts; the first other marker ends it.
_ENDS = re.compile(rb"\xff[^\x00\xd0-\xd7]")
_TOO_LARGE = marked(
    "La fotografía pesa más de 25 MB. Mándela en tamaño más pequeño, o fotografíe la pantalla; "
    "lo demás que escribió sigue aquí."
)


@dataclass(frozen=True, slots=True)
class Crop:
    """What is kept of a picture: its sides, in hundredths of the whole."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Made:
    """A picture to keep, whole and small."""

    content: bytes = field(repr=False)
    small: bytes = field(repr=False)
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def make_picture(content: bytes, crop: Crop | None, *, blurred: bool) -> Made:
    """Make what is kept of an upload; the upload itself is not kept.

    Raises
    ------
    RefusedUpload
        If it is no photograph that can be read, or too large.
    """
    if len(content) > LARGEST_BYTES:
        raise RefusedUpload(_TOO_LARGE)
    whole = redrawn_picture(content, longest=2 * LONGEST_SIDE)
    kept = whole.crop(_box(whole, crop)) if crop else whole
    kept.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = kept.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    if blurred:
        small = blurred_away(small)
    return Made(_written(kept, QUALITY), _written(small, SMALL_QUALITY), *kept.size)


def blurred_away(picture: Image.Image) -> Image.Image:
    """Leave of a picture a few spots of colour, from which nobody is known again."""
    size = picture.size
    few = picture.copy()
    few.thumbnail((SPOTS, SPOTS), Image.Resampling.BOX)
    return few.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(8))


def read_crop(left: str, top: str, right: str, bottom: str) -> Crop | None:
    """Read four numbers from 0 to 100; nothing typed keeps the whole picture.

    Raises
    ------
    Unreadable
        If one is missing or impossible, or what they leave is nothing.
    """
    typed = (left, top, right, bottom)
    if not any(each.strip() for each in typed):
        return None
    read = [read_numbers(each, "", least=0.0, most=100.0) for each in typed]
    sides = [each.low for each in read if each is not None]
    if len(sides) < len(typed):
        raise Unreadable(marked("Para recortar hacen falta los cuatro números, de 0 a 100."))
    crop = Crop(*sides)
    if crop.right - crop.left < LEAST_SHARE or crop.bottom - crop.top < LEAST_SHARE:
        raise Unreadable(marked("Ese recorte no deja casi nada de la fotografía."))
    return crop


def is_bare(content: bytes) -> bool:
    """Say whether a JPEG holds its picture and nothing of its history, as ours do."""
    at = 2
    while content[at : at + 1] == b"\xff" and len(content) > at + 3:
        marker = content[at + 1]
        if marker == _SCAN:
            end = _ENDS.search(content, at + 2)
            return end is not None and content[end.start() :] == b"\xff\xd9"
        length = int.from_bytes(content[at + 2 : at + 4])
        if marker not in _OF_THE_PICTURE or (marker == _HEAD and length != _BARE_HEAD):
            return False
        at += 2 + length
    return False


def _box(picture: Image.Image, crop: Crop) -> tuple[int, int, int, int]:
    across, down = picture.width / 100, picture.height / 100
    return (
        round(crop.left * across),
        round(crop.top * down),
        max(round(crop.right * across), round(crop.left * across) + 1),
        max(round(crop.bottom * down), round(crop.top * down) + 1),
    )


def _written(picture: Image.Image, quality: int) -> bytes:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()
