"""What a photograph reveals by its kind, what it needs, and which are blurred at first."""

from collections.abc import Mapping

from casework.photos.model import PeopleShown, Photo, PhotoKind, RemainsPhoto
from casework.web.languages import marked
from privacy.model import Reveals

GROUP_OF: Mapping[PhotoKind, Reveals] = {
    PhotoKind.FACE: Reveals.IDENTITY,
    PhotoKind.SMILE: Reveals.IDENTITY,
    PhotoKind.FULL_BODY: Reveals.IDENTITY,
    PhotoKind.DOCUMENT: Reveals.IDENTITY,
    PhotoKind.RECONSTRUCTION: Reveals.IDENTITY,
    PhotoKind.TATTOO: Reveals.BODY,
    PhotoKind.FEATURE: Reveals.BODY,
    PhotoKind.X_RAY: Reveals.BODY,
    PhotoKind.ODONTOGRAM: Reveals.BODY,
    PhotoKind.EFFECT: Reveals.CIRCUMSTANCE,
    PhotoKind.SCENE: Reveals.CIRCUMSTANCE,
}
GROUPS = (Reveals.IDENTITY, Reveals.BODY, Reveals.CIRCUMSTANCE)
# Whose face it is, information only: identification-rules, rule 2.
FACES = frozenset({PhotoKind.FACE, PhotoKind.SMILE, PhotoKind.FULL_BODY})
# Of the dead, what may hurt to come upon.
HURTS = frozenset({PhotoKind.FACE, PhotoKind.SMILE, PhotoKind.FULL_BODY, PhotoKind.SCENE})
MOST_PHOTOS = 40
SHORTEST_REASON = 5


def group_of(photo: Photo) -> Reveals:
    """Say what the picture reveals."""
    return GROUP_OF[photo.kind]


def is_sensitive(model: type[Photo], kind: PhotoKind, *, said_so: bool) -> bool:
    """Say whether a photograph is blurred until somebody says why they look."""
    return said_so or (model is RemainsPhoto and kind in HURTS)


def why_not_keepable(
    kept: int, people: PeopleShown, *, is_cropped: bool, publishable: bool, has_consent: bool
) -> dict[str, str]:
    """Name what is lacking, field by field; empty when the photograph can be kept."""
    if kept >= MOST_PHOTOS:
        return {"file": marked("El expediente ya tiene cuarenta fotografías.")}
    if people is PeopleShown.WITH_OTHERS and not is_cropped:
        return {
            "crop": marked(
                "Hay otras personas, y no lo autorizaron: recorte solo a la persona."
            )
        }
    if publishable and not has_consent:
        return {
            "publishable": marked("Sin una autorización para fotografías nadie la publica.")
        }
    return {}
