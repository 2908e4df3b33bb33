"""Group 7: how the person looks; reported and observed carry the same names and codes."""

from functools import partial

from casework.dataset.code_lists.known import (
    BUILD,
    EYE_COLOUR,
    HAIR_COLOUR,
    HANDEDNESS,
    REMAINS_STATURE_BASIS,
    STATURE_BASIS,
)
from casework.dataset.code_lists.looks import (
    BALDNESS,
    BODY_HAIR,
    FACIAL_HAIR,
    HAIR_LENGTH,
    HAIR_TEXTURE,
    HANDS_NAILS,
    SKIN_TONE,
)
from casework.dataset.code_lists.remains import AFFINITY_METHOD
from casework.dataset.groups.asked_of import PEOPLE, REMAINS
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_body = partial(Field, reveals=Reveals.BODY)
_asked_first = partial(_body, level=Level.RECOMMENDED)

LOOKS = Group(
    "looks",
    7,
    marked("Aspecto físico"),
    (
        _asked_first(
            "stature_cm", marked("Estatura"), Kind.NUMBERS, unit="cm", bounds=(20, 250)
        ),
        _asked_first(
            "stature_basis",
            marked("Cómo se supo la estatura"),
            Kind.CODE,
            codes=STATURE_BASIS,
            of=PEOPLE,
        ),
        _asked_first(
            "stature_basis",
            marked("Cómo se supo la estatura"),
            Kind.CODE,
            codes=REMAINS_STATURE_BASIS,
            of=REMAINS,
        ),
        _body("stature_formula", marked("Fórmula de la estatura"), Kind.TEXT, of=REMAINS),
        _body("weight_kg", marked("Peso"), Kind.NUMBERS, unit="kg", bounds=(0.2, 400)),
        _body("build", marked("Complexión"), Kind.CODE, codes=BUILD),
        _asked_first("hair", marked("Color del cabello"), Kind.CODE, codes=HAIR_COLOUR),
        _asked_first("hair_length", marked("Largo del cabello"), Kind.CODE, codes=HAIR_LENGTH),
        _asked_first("hair_texture", marked("Tipo de cabello"), Kind.CODE, codes=HAIR_TEXTURE),
        _body("hair_style", marked("Peinado o corte"), Kind.TEXT),
        _body("hair_dyed", marked("Cabello teñido"), Kind.YES_NO),
        _body("baldness", marked("Calvicie"), Kind.CODE, codes=BALDNESS),
        _asked_first("facial_hair", marked("Barba y bigote"), Kind.CODES, codes=FACIAL_HAIR),
        _body("facial_hair_colour", marked("Color de la barba"), Kind.CODE, codes=HAIR_COLOUR),
        _body("body_hair", marked("Vello del cuerpo"), Kind.CODE, codes=BODY_HAIR),
        _asked_first("eyes", marked("Color de los ojos"), Kind.CODE, codes=EYE_COLOUR),
        _body("eye_left", marked("Ojo izquierdo"), Kind.CODE, codes=EYE_COLOUR),
        _body("eye_right", marked("Ojo derecho"), Kind.CODE, codes=EYE_COLOUR),
        _body("eye_features", marked("Algo especial en los ojos"), Kind.TEXT),
        _body("skin_tone", marked("Tono de piel"), Kind.CODE, codes=SKIN_TONE),
        _body("skin_words", marked("La piel, en sus palabras"), Kind.TEXT),
        _body("handedness", marked("Mano que más usa"), Kind.CODE, codes=HANDEDNESS),
        _body("hands_nails", marked("Manos y uñas"), Kind.CODES, codes=HANDS_NAILS),
        _body("gait", marked("Cómo camina"), Kind.TEXT, of=PEOPLE),
        _body("voice", marked("Voz y acento"), Kind.TEXT, of=PEOPLE),
        _body(
            "population_affinity",
            marked("Afinidad poblacional estimada"),
            Kind.TEXT,
            of=REMAINS,
            hint=marked("Con su probabilidad; nunca decide nada."),
        ),
        _body(
            "affinity_method",
            marked("Cómo se estimó la afinidad"),
            Kind.CODE,
            codes=AFFINITY_METHOD,
            of=REMAINS,
        ),
    ),
)
