"""The photographs of a file, of either register: the list, each picture, bringing another."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response

from casework.candidates.queries import get_proposal
from casework.errors import Conflict, InvalidInput
from casework.papers.queries import list_relatives
from casework.photos import actions
from casework.photos.actions import LookReason, RemovalReason
from casework.photos.forms import CropForm, PhotoForm, read_photo
from casework.photos.model import Photo
from casework.photos.pictures import LARGEST_BYTES, make_picture
from casework.photos.presenters import (
    base_of,
    closed_albums,
    consent_choices,
    photo_choices,
    shown_album,
    shown_pairs,
)
from casework.photos.queries import (
    MISSING,
    REMAINS,
    Album,
    Side,
    album_of,
    get_album,
    photo_consents,
    photo_in,
)
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.form_values import Unreadable
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
REGISTERS = {"missing": marked("Personas desaparecidas"), "remains": marked("Restos humanos")}
Number = Annotated[int, Path(ge=1, le=2**53)]


def serve(side: Side) -> None:
    """Give one register its pages of photographs."""
    pages = f"/{side.register}/{{reference}}/photos"

    @router.get(pages)
    @requires(side.read)
    def photos(visit: Entered, reference: str) -> Response:
        """List the photographs of one file; none is opened by this."""
        return _show(visit, _album(visit, side, reference), PhotoForm(), {})

    @router.post(pages)
    @requires(side.keep)
    def bring(
        visit: Entered,
        reference: str,
        form: Annotated[PhotoForm, Form(media_type="multipart/form-data")],
    ) -> Response:
        """Keep a photograph, or show the form again as it was typed."""
        return _bring(visit, _album(visit, side, reference), form)


def serve_looking(side: Side) -> None:
    """Give one register the pictures themselves."""
    one = f"/{side.register}/{{reference}}/photos/{{number:int}}"

    @router.get(f"{one}/small")
    @requires(side.read)
    def small(visit: Entered, reference: str, number: Number) -> Response:
        """Hand out the small picture."""
        photo = photo_in(_album(visit, side, reference), number)
        content = actions.open_small(visit.session, visit.viewer, photo, at=visit.at)
        return Response(content, media_type="image/jpeg")

    @router.get(one)
    @requires(side.read)
    def whole(visit: Entered, reference: str, number: Number) -> Response:
        """Hand out one photograph; of one that may hurt, ask why instead."""
        album = _album(visit, side, reference)
        photo = photo_in(album, number)
        if photo.is_sensitive:
            return visit.leads_to(f"{base_of(album)}#photo-{photo.id}")
        return _whole(visit, album, photo, None)

    @router.post(f"{one}/look")
    @requires(side.read)
    def look(
        visit: Entered,
        reference: str,
        number: Number,
        reason: Annotated[LookReason, Form()],
    ) -> Response:
        """Hand out a photograph that may hurt to whoever said why they look."""
        album = _album(visit, side, reference)
        return _whole(visit, album, photo_in(album, number), reason)


def serve_keeping(side: Side) -> None:
    """Give one register what its keepers do with a single photograph."""
    one = f"/{side.register}/{{reference}}/photos/{{number:int}}"

    @router.post(f"{one}/crop")
    @requires(side.keep)
    def crop(
        visit: Entered, reference: str, number: Number, form: Annotated[CropForm, Form()]
    ) -> Response:
        """Cut more of a photograph away."""
        album = _album(visit, side, reference)
        photo = photo_in(album, number)
        try:
            cut = form.crop()
        except Unreadable as error:
            return _show(visit, album, PhotoForm(), {"crop": str(error)})
        if cut is not None:
            actions.crop_photo(visit.session, visit.viewer, album, photo, crop=cut, at=visit.at)
        return visit.leads_to(base_of(album))

    @router.post(f"{one}/remove")
    @requires(side.keep)
    def remove(
        visit: Entered,
        reference: str,
        number: Number,
        reason: Annotated[RemovalReason, Form()],
    ) -> Response:
        """Take a photograph away."""
        album = _album(visit, side, reference)
        photo = photo_in(album, number)
        actions.remove_photo(
            visit.session, visit.viewer, album, photo, reason=reason, at=visit.at
        )
        return visit.leads_to(base_of(album))


for register in (MISSING, REMAINS):
    serve(register)
    serve_looking(register)
    serve_keeping(register)


@router.get("/pairings/{pairing_id:int}/photos")
@requires(Permission.PAIRING_READ)
def compared_photos(visit: Entered, pairing_id: Number) -> Response:
    """Lay the photographs of both records of a proposal beside one another, kind by kind."""
    proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    missing = album_of(visit.session, visit.viewer, MISSING, proposal.person, at=visit.at)
    remains = album_of(visit.session, visit.viewer, REMAINS, proposal.remains, at=visit.at)
    for album in (missing, remains):
        _record_listed(visit, album)
    teller = teller_for(visit.language)
    return visit.show(
        "photos/compared.html",
        shows_invented=missing.case.invented or remains.case.invented,
        pairs=shown_pairs(missing, remains, teller),
        choices=photo_choices(teller),
        left=missing.case.reference,
        right=remains.case.reference,
        trail=(
            NavLink(visit.gettext("Propuestas"), "/pairings"),
            NavLink(
                f"{missing.case.reference} · {remains.case.reference}",
                f"/pairings/{pairing_id}",
            ),
            NavLink(visit.gettext("Fotografías"), "", is_current=True),
        ),
    )


def _album(visit: Visit, side: Side, reference: str) -> Album:
    return get_album(visit.session, visit.viewer, side, reference, at=visit.at)


def _bring(visit: Visit, album: Album, form: PhotoForm) -> Response:
    consents = photo_consents(visit.session, album.case.id, at=visit.at) if _asks(album) else ()
    told, crop, problems = read_photo(form, album.side.model, consents, at=visit.at)
    content = form.photo.file.read(LARGEST_BYTES + 1) if form.photo else b""
    if not content:
        problems = problems | {"photo": marked("Elija la fotografía.")}
    if told is None or problems:
        return _show(visit, album, form, problems)
    try:
        made = make_picture(content, crop, blurred=told.is_sensitive)
        actions.keep_photo(
            visit.session, visit.viewer, album, made=made, told=told, at=visit.at
        )
    except (InvalidInput, Conflict) as refusal:
        return _show(visit, album, form, {"photo": str(refusal)})
    return visit.leads_to(base_of(album))


def _whole(visit: Visit, album: Album, photo: Photo, reason: LookReason | None) -> Response:
    content = actions.open_photo(
        visit.session, visit.viewer, album, photo, reason=reason, at=visit.at
    )
    return Response(content, media_type="image/jpeg")


def _show(visit: Visit, album: Album, form: PhotoForm, problems: Mapping[str, str]) -> Response:
    _record_listed(visit, album)
    teller = teller_for(visit.language)
    may_keep = album.is_own and visit.viewer.may(album.side.keep)
    is_missing = album.side is MISSING
    register = visit.gettext(REGISTERS[album.side.register])
    sentence = visit.gettext("No se guardó todavía: revise los campos señalados.")
    return visit.show(
        "photos/list.html",
        status=422 if problems else 200,
        notices=(Notice(sentence, "problem"),) if problems else (),
        shows_invented=album.case.invented,
        base=base_of(album),
        reference=album.case.reference,
        photos=shown_album(album, teller),
        closed=closed_albums(album, teller),
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        choices=photo_choices(teller),
        consents=_consents(visit, album, teller) if may_keep and _asks(album) else (),
        is_missing=is_missing,
        may_keep=may_keep,
        largest=LARGEST_BYTES,
        trail=(
            NavLink(register, f"/{album.side.register}"),
            NavLink(album.case.reference, f"/{album.side.register}/{album.case.reference}"),
            NavLink(visit.gettext("Fotografías"), "", is_current=True),
        ),
    )


def _consents(visit: Visit, album: Album, teller: Teller) -> list[Choice]:
    consents = photo_consents(visit.session, album.case.id, at=visit.at)
    return consent_choices(consents, list_relatives(visit.session, album.case), teller)


def _asks(album: Album) -> bool:
    """Say whether a consent is needed before others see a photograph: for the living."""
    return album.side is MISSING


def _record_listed(visit: Visit, album: Album) -> None:
    record(
        visit.session,
        Deed.PHOTOS_LISTED,
        by=visit.viewer,
        at=visit.at,
        about=album.case.reference,
        shown=len(album.photos),
    )
