"""Invented photographs, drawn here and marked as invented: shapes and colours, of nobody.

A garment is drawn in the colour that the record says, on both sides of a true pair, so that
the page with both beside one another has something to show; a face is a plain shape.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy.orm import Session

from casework.codes import ArticleItem, Colour
from casework.families.items import FORM_VERSION
from casework.families.model import Relative
from casework.missing.model import MissingPerson, MissingPersonArticle
from casework.photos.actions import Told, keep_photo
from casework.photos.model import PeopleShown, PhotoKind
from casework.photos.pictures import make_picture
from casework.photos.queries import MISSING, REMAINS, Side, album_of
from casework.photos.rules import is_sensitive
from casework.remains.model import Remains, RemainsArticle
from privacy.consent import ledger
from privacy.consent.model import Consent, ConsentPurpose, DataCategory
from privacy.consent.recipients import FORENSIC
from privacy.permissions import Viewer

SIZE = (900, 700)
PAPER, SKIN, SAND = "#d9d4c7", "#b08d6e", "#cdb68a"
MARK = "INVENTADA"
STANDS_FOR = timedelta(days=2 * 365)
PAIRS = 6
TOPS = (ArticleItem.T_SHIRT, ArticleItem.SHIRT, ArticleItem.SWEATSHIRT, ArticleItem.JACKET)
TINTS = {
    Colour.BLACK: "#24242a",
    Colour.WHITE: "#f4f2ee",
    Colour.GREY: "#8b8d92",
    Colour.BROWN: "#6d4a33",
    Colour.RED: "#b3262b",
    Colour.DARK_RED: "#6f1520",
    Colour.YELLOW: "#e0b93a",
    Colour.GREEN: "#3f7d46",
    Colour.DARK_GREEN: "#24502f",
    Colour.BLUE: "#2f5fa8",
    Colour.DARK_BLUE: "#1d2f5c",
    Colour.LIGHT_BLUE: "#8fb8df",
}


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who enters photographs of the missing, and who of remains."""

    liaison: Viewer
    examiner: Viewer


def show_photographs(
    session_of: Any, keepers: Keepers, truth: Sequence[tuple[str, str]], *, at: datetime
) -> None:
    """Keep a few drawn photographs of some true pairs; `session_of` opens a transaction."""
    with session_of(keepers.liaison) as session:
        people = _with_tops(session, keepers.liaison, MissingPerson, MissingPersonArticle)
    with session_of(keepers.examiner) as session:
        found = _with_tops(session, keepers.examiner, Remains, RemainsArticle)
    pairs = [(left, right) for left, right in truth if left in people and right in found]
    for left, right in pairs[:PAIRS]:
        with session_of(keepers.liaison) as session:
            person = session.get_one(MissingPerson, people[left][0])
            consent = _agreed(session, keepers.liaison, person, at)
            top = drawn_top(people[left][1])
            for kind, drawn in ((PhotoKind.FACE, drawn_face()), (PhotoKind.EFFECT, top)):
                _keep(session, keepers.liaison, MISSING, person, kind, drawn, at, consent)
        with session_of(keepers.examiner) as session:
            remains = session.get_one(Remains, found[right][0])
            top = drawn_top(found[right][1])
            for kind, drawn in ((PhotoKind.SCENE, drawn_place()), (PhotoKind.EFFECT, top)):
                _keep(session, keepers.examiner, REMAINS, remains, kind, drawn, at, None)


def drawn_top(colour: Colour) -> Image.Image:
    """Draw a garment in its colour."""
    picture, pen = _sheet(PAPER)
    body = [(330, 140), (410, 170), (490, 170), (570, 140), (720, 240), (660, 340), (600, 300)]
    pen.polygon([*body, (600, 600), (300, 600), (300, 300), (240, 340), (180, 240)],
                fill=TINTS[colour], outline="#333333")  # fmt: skip
    return picture


def drawn_face() -> Image.Image:
    """Draw the shape of a head and shoulders, of nobody."""
    picture, pen = _sheet("#7f8fa3")
    pen.ellipse((340, 120, 560, 400), fill=SKIN)
    pen.pieslice((200, 380, 700, 900), 180, 360, fill="#465468")
    return picture


def drawn_place() -> Image.Image:
    """Draw a desert: sand, a hill, a sun."""
    picture, pen = _sheet("#bcd2e0")
    pen.polygon([(0, 420), (350, 250), (620, 430), (900, 330), (900, 700), (0, 700)], fill=SAND)
    pen.ellipse((700, 70, 800, 170), fill="#f0d36b")
    return picture


def _sheet(colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, colour)
    pen = ImageDraw.Draw(picture)
    for x, y in ((30, 30), (560, 640)):
        pen.text((x, y), MARK, fill="#5b3f86", font=ImageFont.load_default(size=44))
    return picture, pen


def _with_tops(
    session: Session, viewer: Viewer, model: Any, article: Any
) -> dict[str, tuple[int, Colour]]:
    """Find whose record of this institution names a garment that can be drawn."""
    rows = session.execute(
        sa.select(model.origin_record_id, model.id, article.colour)
        .join(article, article.case_id == model.id)
        .where(
            model.invented,
            model.owner_institution_id == viewer.institution_id,
            article.item.in_(TOPS),
            article.colour.in_(list(TINTS)),
        )
        .order_by(model.id)
    )
    return {origin: (record, colour) for origin, record, colour in rows}


def _agreed(
    session: Session, viewer: Viewer, person: MissingPerson, at: datetime
) -> Consent | None:
    """Let the invented relative agree to showing photographs."""
    giver = session.scalar(
        sa.select(Relative).where(Relative.missing_person_id == person.id).order_by(Relative.id)
    )
    if giver is None:
        return None
    case = ledger.Case(
        person.id, person.reference, person.owner_institution_id, person.protected
    )
    item = ledger.Item(DataCategory.PHOTO, ConsentPurpose.SEARCH, FORENSIC)
    said = ledger.Said(case, ledger.Giver(giver.id), [item], at + STANDS_FOR)
    told = ledger.Told(form_version=FORM_VERSION, language="es")
    return ledger.grant(session, viewer, said, told, at=at)[0]


def _keep(  # noqa: PLR0917 - one row of a small table
    session: Session,
    viewer: Viewer,
    side: Side,
    case: Any,
    kind: PhotoKind,
    drawn: Image.Image,
    at: datetime,
    consent: Consent | None,
) -> None:
    content = io.BytesIO()
    drawn.save(content, "JPEG", quality=85)
    sensitive = is_sensitive(side.model, kind, said_so=False)
    keep_photo(
        session,
        viewer,
        album_of(session, viewer, side, case, at=at),
        made=make_picture(content.getvalue(), None, blurred=sensitive),
        told=Told(
            kind=kind,
            people_shown=PeopleShown.ALONE if kind is PhotoKind.FACE else PeopleShown.NOBODY,
            taken_from=None,
            taken_to=None,
            is_sensitive=sensitive,
            publishable=False,
            consent=consent,
            is_cropped=False,
        ),
        at=at,
    )
