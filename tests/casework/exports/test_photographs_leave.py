"""A photograph goes with a whole record where whoever agreed to it agreed to that too."""

import io
import json
from base64 import b64decode, b64encode
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256

import pytest
import sqlalchemy as sa
from PIL import Image

from casework.dataset.shape import RecordKind
from casework.errors import InvalidInput
from casework.exports.photos import MOST_BYTES, demand_bearable
from casework.exports.whole import as_file, hand_out_whole
from casework.families.queries import case_of
from casework.missing.model import MissingPerson
from casework.photos.actions import Told, keep_photo
from casework.photos.model import MissingPersonPhoto, PeopleShown, PhotoKind, RemainsPhoto
from casework.photos.pictures import is_bare, make_picture
from casework.photos.queries import MISSING, REMAINS, get_album
from casework.photos.rules import is_sensitive
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.consent.ledger import withdraw
from privacy.consent.model import Consent
from tests.builders import a_missing_person, a_relative, grant_of, remains_found
from tests.casework.exports.test_exports import wanted
from tests.casework.imports.imported import bring, counts, rules_of_run, stored
from tests.casework.photos.test_photos import CANARY, a_photograph
from tests.conftest import on_a_copy

OPEN = [(each, "search", "forensic") for each in ("circumstances", "antemortem")]
PHOTO = ("photo", "search", "forensic")


def keep(
    world, viewer, side, reference, at, kind=PhotoKind.TATTOO, consent=None, size=(80, 60)
):
    with world.transaction(viewer) as session:
        album = get_album(session, viewer, side, reference, at=at)
        made = make_picture(a_photograph(size), None, blurred=False)
        told = Told(
            kind=kind,
            people_shown=PeopleShown.ALONE,
            taken_from=None,
            taken_to=None,
            is_sensitive=is_sensitive(side.model, kind, said_so=False),
            publishable=False,
            consent=session.get_one(Consent, consent) if consent else None,
            is_cropped=False,
        )
        return keep_photo(session, viewer, album, made=made, told=told, at=at).sha256


@pytest.fixture
def person(database, lidia, noon):
    """A woman with a tattoo her mother lets others see, a scar she does not, and a face."""
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=False, grants=OPEN)
        mother = a_relative(session, person)
        (granted,) = grant_of(session, person, PHOTO, giver=mother)
        consent = granted.id
    kept = [
        keep(database, lidia, MISSING, person.reference, noon, consent=consent),
        keep(database, lidia, MISSING, person.reference, noon, size=(90, 60)),
        keep(
            *(database, lidia, MISSING, person.reference, noon, PhotoKind.FACE),
            consent=consent,
            size=(60, 90),
        ),
    ]
    return person.id, consent, kept


def handed(world, viewer, recipient, at, kind=RecordKind.MISSING_PERSON):
    with world.transaction(viewer) as session:
        request = wanted(recipient.institution_id)
        return json.loads(as_file(hand_out_whole(session, viewer, request, kind, at=at), ""))


def as_bytes(file):
    return json.dumps(file).encode()


def test_r47_a_photograph_leaves_by_its_own_consent_and_arrives_as_it_was(
    person, database, lidia, bruno, dora, noon, server, template_database
):
    _, _, (tattoo, *_) = person
    brings_in = replace(bruno, institution_id=lidia.institution_id)

    file = handed(database, lidia, bruno, noon)

    # the scar nobody agreed to show, and whose face it is stays closed with the names
    (photo,) = file["records"][0]["photos"]
    assert (photo["kind"], photo["sha256"]) == ("tattoo", tattoo)
    assert CANARY.encode() not in b64decode(photo["content"])
    with database.transaction(dora) as session:
        (line,) = session.scalars(sa.select(Entry).where(Entry.deed == Deed.PHOTO_READ.value))
        assert (line.about, line.details["kind"]) == (file["records"][0]["reference"], "tattoo")
    with on_a_copy(server, template_database, "photographs_elsewhere") as elsewhere:
        first = bring(elsewhere, brings_in, as_bytes(file), "expediente.json")
        again = bring(elsewhere, brings_in, as_bytes(file), "expediente.json")
        (kept,) = stored(elsewhere, MissingPersonPhoto)
    assert (counts(first), counts(again)) == ({"accepted": 1}, {"unchanged": 1})
    assert kept.body == b64decode(photo["content"])
    assert (kept.sha256, kept.consent_id, kept.publishable, kept.added_by) == (
        *(tattoo, None, False, None),
    )


def test_r48_after_the_consent_is_taken_back_it_leaves_no_more(
    person, database, lidia, bruno, noon
):
    number, consent, _ = person
    with database.transaction(lidia) as session:
        about = session.get_one(MissingPerson, number)
        withdraw(session, lidia, case_of(about), session.get_one(Consent, consent), at=noon)

    assert "photos" not in handed(database, lidia, bruno, noon)["records"][0]


@pytest.mark.usefixtures("person")
def test_what_is_no_photograph_is_refused_by_name_and_history_is_drawn_away(
    database, lidia, bruno, noon, server, template_database
):
    brings_in = replace(bruno, institution_id=lidia.institution_id)
    file = handed(database, lidia, bruno, noon)

    def with_content(content, **said):
        wrong = deepcopy(file)
        told = {"content": b64encode(content).decode(), "sha256": sha256(content).hexdigest()}
        wrong["records"][0]["photos"][0] |= told | said
        return as_bytes(wrong)

    with on_a_copy(server, template_database, "photographs_spoilt") as elsewhere:
        for spoilt, rule in (
            (with_content(b"<svg/>"), "no_value_of_field"),
            (with_content(a_photograph(), sha256="0" * 64), "record_unreadable"),
            (with_content(a_photograph(), kind="selfie"), "record_unreadable"),
        ):
            run = bring(elsewhere, brings_in, spoilt, "malo.json")
            assert (counts(run), rules_of_run(elsewhere, run)) == ({"quarantined": 1}, [rule])
        bring(elsewhere, brings_in, with_content(a_photograph()), "con historia.json")
        (kept,) = stored(elsewhere, MissingPersonPhoto)
    assert CANARY.encode() not in kept.body
    assert Image.open(io.BytesIO(kept.body)).size == (400, 300)


def test_a_picture_is_bare_or_not():
    made = make_picture(a_photograph(), None, blurred=False).content

    assert is_bare(made)
    assert not is_bare(a_photograph())
    assert not is_bare(made + b"PK")
    assert not is_bare(made + b"PK\xff\xd9")
    assert not is_bare(made[:-2] + b"\xff\xfe\x00\x04hi\xff\xd9")
    assert not is_bare(made[:5] + b"\x13" + made[6:20] + b"abc" + made[20:])
    assert not is_bare(made[:2])


def test_photographs_of_remains_leave_but_none_that_may_hurt(
    database, bruno, gloria, noon, server, template_database
):
    with database.transaction(bruno) as session:
        reference = remains_found(session, bruno).reference
    kept = keep(database, bruno, REMAINS, reference, noon)
    # what may hurt to see is looked at here, each time with a reason; its file never leaves
    keep(database, bruno, REMAINS, reference, noon, PhotoKind.SCENE, size=(90, 60))

    file = handed(database, bruno, gloria, noon, RecordKind.REMAINS)

    with on_a_copy(server, template_database, "photographs_of_remains") as elsewhere:
        bring(elsewhere, bruno, as_bytes(file), "restos.json")
        assert [each.sha256 for each in stored(elsewhere, RemainsPhoto)] == [kept]


def test_a_copy_that_nobody_could_bring_in_is_refused():
    heavy = {"photos": [{"content": "x" * MOST_BYTES * 2}]}

    demand_bearable([{}, {"photos": [{"content": "x"}]}])
    with pytest.raises(InvalidInput):
        demand_bearable([heavy])
