"""Marks and teeth of one record, drawn for its file as far as they are open."""

from collections.abc import Callable, Mapping, Sequence

from casework.dataset.code_lists.people import DOCUMENT
from casework.description import LooksColumns
from casework.openings import Openings
from casework.teeth.charts import read_chart
from casework.web.body_chart import BodyDrawing, draw_body
from casework.web.code_words import DescribedMark
from casework.web.dental_chart import TeethDrawing, draw_teeth
from casework.web.described import Teller
from privacy.model import Reveals

TEETH = "teeth"


def drawn_marks(
    marks: Sequence[DescribedMark], openings: Openings, teller: Teller
) -> BodyDrawing | None:
    """Draw the marks of a record; none where they are closed or none of them has a place."""
    if not openings.shows(Reveals.BODY) or not any(mark.site for mark in marks):
        return None
    return draw_body(marks, teller.gettext, key="body")


def drawn_teeth(
    record: LooksColumns, openings: Openings, teller: Teller
) -> TeethDrawing | None:
    """Draw the chart of a record, which is kept with the names and tells of the body."""
    if not (openings.shows(Reveals.IDENTITY) and openings.shows(Reveals.BODY)):
        return None
    teeth, _ = read_chart(record.carried.get(TEETH, ""))
    return draw_teeth([("", teeth)], teller.gettext, key="teeth") if teeth else None


def beside_the_chart(carried: Mapping[str, str]) -> dict[str, str]:
    """Give what is carried without the teeth that are drawn: what cannot be is still told."""
    _, left = read_chart(carried.get(TEETH, ""))
    told = {name: text for name, text in carried.items() if name != TEETH}
    return told | ({TEETH: "|".join(left)} if left else {})


def carried_words(name: str, text: str, gettext: Callable[[str], str]) -> str:
    """Say what is carried word for word; of numbers on papers, of which paper each is."""
    if name != "id_numbers":
        return text
    return ", ".join(_number_words(*item.partition(":"), gettext) for item in text.split("|"))


def _number_words(scheme: str, colon: str, number: str, gettext: Callable[[str], str]) -> str:
    """Name the paper; a scheme that is no document of ours is told in capitals."""
    if not colon:
        return scheme
    words = DOCUMENT.words.get(scheme)
    return f"{gettext(words) if words else scheme.upper()} {number}"
