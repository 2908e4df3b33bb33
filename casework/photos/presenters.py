"""Photographs in a list: small pictures, what they are, and how each may be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.families.model import Relative
from casework.papers.presenters import relative_words
from casework.photos.actions import LookReason, RemovalReason
from casework.photos.model import MissingPersonPhoto, PeopleShown, Photo, PhotoKind
from casework.photos.queries import Album, by_kind
from casework.photos.rules import FACES, GROUPS
from casework.photos.words import KIND_WORDS, LOOK_WORDS, PEOPLE_WORDS, REMOVAL_WORDS
from casework.values import dates_of
from casework.web.closed import GROUP_WORDS, NEVER_SAID, closed_part
from casework.web.described import FactGroup, Teller
from casework.web.languages import marked
from casework.web.pieces import Choice
from privacy.consent.model import Consent

SHOWN_WORDS = {
    PeopleShown.ALONE: marked("solo la persona"),
    PeopleShown.WITH_OTHERS: marked("se recortó a otras personas"),
    PeopleShown.NOBODY: marked("no aparece nadie"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPhoto:
    """One photograph, unopened."""

    id: int
    href: str
    kind: str
    when: str
    people: str
    is_sensitive: bool
    publishable: bool
    is_face: bool
    has_consent: bool


@dataclass(frozen=True, slots=True)
class ShownPair:
    """What both records of a proposal have of one kind."""

    kind: str
    missing: Sequence[ShownPhoto]
    remains: Sequence[ShownPhoto]
    is_face: bool


def base_of(album: Album) -> str:
    """Give the address under which the photographs of a file stand."""
    return f"/{album.side.register}/{album.case.reference}/photos"


def shown_photo(album: Album, photo: Photo, teller: Teller) -> ShownPhoto:
    """Tell of a photograph what can be told without opening it."""
    days = dates_of(photo.taken_from, photo.taken_to)
    return ShownPhoto(
        id=photo.id,
        href=f"{base_of(album)}/{photo.id}",
        kind=teller.gettext(KIND_WORDS[photo.kind]),
        when=teller.dates(days),
        people=teller.gettext(SHOWN_WORDS[photo.people_shown]),
        is_sensitive=photo.is_sensitive,
        publishable=photo.publishable,
        is_face=photo.kind in FACES,
        has_consent=not isinstance(photo, MissingPersonPhoto) or photo.consent_id is not None,
    )


def shown_album(album: Album, teller: Teller) -> list[ShownPhoto]:
    """Tell of every photograph of a file that its reader may know of."""
    return [shown_photo(album, each, teller) for each in album.photos]


def closed_albums(album: Album, teller: Teller) -> list[FactGroup]:
    """Say of each closed group what would open it; the same whether it holds any or not."""
    return [
        FactGroup(
            teller.gettext(GROUP_WORDS[group]),
            (),
            closed_part(album.openings.closed.get(group, NEVER_SAID), teller),
        )
        for group in GROUPS
        if not album.openings.shows(group)
    ]


def shown_pairs(missing: Album, remains: Album, teller: Teller) -> list[ShownPair]:
    """Lay photographs of one kind beside one another, where both files have them open."""
    return [
        ShownPair(
            teller.gettext(KIND_WORDS[PhotoKind(kind)]),
            [shown_photo(missing, each, teller) for each in left],
            [shown_photo(remains, each, teller) for each in right],
            PhotoKind(kind) in FACES,
        )
        for kind, (left, right) in by_kind([missing, remains]).items()
        if left and right
    ]


def photo_choices(teller: Teller) -> dict[str, tuple[Choice, ...]]:
    """List the choices of every form about photographs."""
    _ = teller.gettext
    return {
        "kind": tuple(Choice(code, _(KIND_WORDS[code])) for code in PhotoKind),
        "people_shown": tuple(Choice(code, _(PEOPLE_WORDS[code])) for code in PeopleShown),
        "look": tuple(Choice(code, _(LOOK_WORDS[code])) for code in LookReason),
        "removal": tuple(Choice(code, _(REMOVAL_WORDS[code])) for code in RemovalReason),
    }


def consent_choices(
    consents: Sequence[Consent], relatives: Sequence[Relative], teller: Teller
) -> list[Choice]:
    """Name consents by who gave them and until when; names stay closed in a list."""
    by_id = {each.id: relative_words(each, teller) for each in relatives}
    return [
        Choice(
            str(each.id),
            teller.gettext("%(who)s, hasta el %(day)s")
            % {
                "who": by_id.get(each.giver_id or 0, teller.gettext("la institución")),
                "day": teller.day(each.expires.date()) if each.expires else "",
            },
        )
        for each in consents
    ]
