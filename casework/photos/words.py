"""The words of photographs: what is seen, who is in it, why somebody looks or takes it away."""

from collections.abc import Mapping

from casework.photos.actions import LookReason, RemovalReason
from casework.photos.model import PeopleShown, PhotoKind
from casework.web.languages import marked

KIND_WORDS: Mapping[PhotoKind, str] = {
    PhotoKind.FACE: marked("la cara"),
    PhotoKind.SMILE: marked("la sonrisa"),
    PhotoKind.FULL_BODY: marked("de cuerpo entero"),
    PhotoKind.TATTOO: marked("un tatuaje"),
    PhotoKind.FEATURE: marked("otra seña"),
    PhotoKind.EFFECT: marked("una prenda u objeto"),
    PhotoKind.DOCUMENT: marked("un documento"),
    PhotoKind.SCENE: marked("el lugar"),
    PhotoKind.X_RAY: marked("una radiografía"),
    PhotoKind.ODONTOGRAM: marked("una ficha dental"),
    PhotoKind.RECONSTRUCTION: marked("una reconstrucción de la cara"),
}
PEOPLE_WORDS: Mapping[PeopleShown, str] = {
    PeopleShown.ALONE: marked("solo la persona"),
    PeopleShown.WITH_OTHERS: marked("hay otras personas: hay que recortarla"),
    PeopleShown.NOBODY: marked("nadie"),
}
LOOK_WORDS: Mapping[LookReason, str] = {
    LookReason.COMPARE: marked("para comparar con otro registro"),
    LookReason.EXAMINE: marked("para examinar"),
    LookReason.CHECK: marked("para revisar que esté bien guardada"),
    LookReason.FAMILY: marked("para preparar una conversación con la familia"),
}
REMOVAL_WORDS: Mapping[RemovalReason, str] = {
    RemovalReason.SOMEBODY_ELSE: marked("es de otra persona"),
    RemovalReason.OTHERS_SEEN: marked("se ve a otras personas"),
    RemovalReason.FAMILY_ASKED: marked("la familia lo pidió"),
    RemovalReason.OF_NO_USE: marked("no sirve o está repetida"),
}
