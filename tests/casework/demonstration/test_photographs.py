"""The demonstration's photographs: of both sides of a true pair, drawn, and of nobody."""

import io

import sqlalchemy as sa
from PIL import Image

from casework.codes import ArticleItem, Colour
from casework.demonstration.photographs import SIZE, TINTS, Keepers, drawn_top, show_photographs
from casework.missing.model import MissingPersonArticle
from casework.photos.actions import open_photo
from casework.photos.model import MissingPersonPhoto, PhotoKind, RemainsPhoto
from casework.photos.queries import MISSING, get_album
from casework.remains.model import RemainsArticle
from tests.builders import a_missing_person, a_relative, remains_found


def red_top(model):
    return model(item=ArticleItem.T_SHIRT, colour=Colour.RED, worn=True, brand="", words="")


def test_a_garment_is_drawn_in_its_colour():
    drawn = drawn_top(Colour.RED)

    middle = drawn.getpixel((SIZE[0] // 2, SIZE[1] // 2))
    assert "#{:02x}{:02x}{:02x}".format(*middle) == TINTS[Colour.RED]


def test_both_sides_of_a_true_pair_have_photographs(database, lidia, amal, noon):
    with database.transaction(lidia) as session:
        tops = [red_top(MissingPersonArticle)]
        stated = {"origin_record_id": "M-1", "invented": True, "articles": tops}
        person = a_missing_person(session, lidia, **stated)
        a_relative(session, person)
    with database.transaction(amal) as session:
        stated["articles"] = [red_top(RemainsArticle)]
        remains_found(session, amal, **(stated | {"origin_record_id": "R-1"}))

    show_photographs(database.transaction, Keepers(lidia, amal), [("M-1", "R-1")], at=noon)

    with database.transaction(amal) as session:
        kinds = session.scalars(sa.select(RemainsPhoto.kind)).all()
        assert sorted(kinds) == [PhotoKind.EFFECT, PhotoKind.SCENE]
    with database.transaction(lidia) as session:
        album = get_album(session, lidia, MISSING, person.reference, at=noon)
        face, top = album.photos
        assert isinstance(face, MissingPersonPhoto)
        assert face.consent_id is not None
        shown = open_photo(session, lidia, album, top, reason=None, at=noon)
    assert Image.open(io.BytesIO(shown)).size == SIZE
