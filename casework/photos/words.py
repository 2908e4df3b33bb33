"""The words of photographs: what is seen, who is in it, why somebody looks or takes it away."""

from collections.abc import Mapping

from casework.dataset.code_lists.looks import PEOPLE_SHOWN, PHOTO_KIND
from casework.photos.actions import LookReason, RemovalReason
from casework.photos.model import PeopleShown, PhotoKind
from casework.web.languages import marked

# In the words of the minimum data set, which knows each code.
KIND_WORDS: Mapping[PhotoKind, str] = {each: PHOTO_KIND.words[each] for each in PhotoKind}
PEOPLE_WORDS: Mapping[PeopleShown, str] = {
    each: PEOPLE_SHOWN.words[each] for each in PeopleShown
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
