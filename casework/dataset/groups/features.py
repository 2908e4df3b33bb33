"""Groups 8 and 9: marks on the body, and what was worn or carried."""

from functools import partial

from casework.dataset.code_lists.known import (
    ARTICLE_ITEM,
    BODY_SITE,
    COLOUR,
    MARK_TYPE,
    SIDE,
)
from casework.dataset.code_lists.looks import (
    FOUND_AS,
    KEPT,
    LAYER,
    MATERIAL,
    MOTIF,
    PATTERN,
    SIZE_SYSTEM,
    SURE,
    VIEW,
)
from casework.dataset.groups.asked_of import MISSING, PEOPLE, REMAINS
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_body = partial(Field, reveals=Reveals.BODY)
_circumstance = partial(Field, reveals=Reveals.CIRCUMSTANCE)
# What was meant to mark somebody as belonging to a group can brand the person and the family.
_RESERVED = partial(
    Field,
    "reserved_marks",
    marked("Señas que conviene reservar"),
    Kind.WORDS,
    asked_apart=True,
    leaves=False,
    hint=marked("Las que pueden poner en riesgo a la persona o a su familia."),
)

MARKS = Group(
    "marks",
    8,
    marked("Señas particulares"),
    (
        _body(
            "marks",
            marked("Señas"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            parts=(
                _body("kind", marked("Clase de seña"), Kind.CODE, codes=MARK_TYPE),
                _body("site", marked("Parte del cuerpo"), Kind.CODE, codes=BODY_SITE),
                _body(
                    "side",
                    marked("Lado"),
                    Kind.CODE,
                    codes=SIDE,
                    hint=marked("El lado de la persona, no el de quien mira."),
                ),
                _body("words", marked("Descripción"), Kind.TEXT),
                _body("view", marked("De qué lado se ve"), Kind.CODE, codes=VIEW),
                _body("size_mm", marked("Tamaño"), Kind.NUMBERS, unit="mm", bounds=(1, 2000)),
                _body("colour", marked("Color"), Kind.CODE, codes=COLOUR),
                _body("motifs", marked("Qué representa"), Kind.CODES, codes=MOTIF),
                _body("text", marked("Qué dice"), Kind.TEXT),
                _body("acquired_when", marked("Desde cuándo la tiene"), Kind.DAYS),
                _body("certainty", marked("Qué tan seguro es"), Kind.CODE, codes=SURE),
                _body("image_ref", marked("Foto guardada"), Kind.TEXT),
            ),
        ),
        _RESERVED(reveals=Reveals.CONTACT, of=MISSING),
        _RESERVED(reveals=Reveals.BODY, of=REMAINS),
    ),
)

_WORN_OR_CARRIED = (
    _circumstance("item", marked("Prenda u objeto"), Kind.CODE, codes=ARTICLE_ITEM),
    _circumstance("worn", marked("Lo llevaba puesto"), Kind.YES_NO),
    _circumstance("colour", marked("Color"), Kind.CODE, codes=COLOUR),
    _circumstance("colour_2", marked("Segundo color"), Kind.CODE, codes=COLOUR),
    _circumstance("colour_3", marked("Tercer color"), Kind.CODE, codes=COLOUR),
    _circumstance("pattern", marked("Diseño"), Kind.CODE, codes=PATTERN),
    _circumstance("brand", marked("Marca"), Kind.TEXT),
    _circumstance("words", marked("Descripción"), Kind.TEXT),
    _circumstance("text", marked("Qué dice o qué logo lleva"), Kind.TEXT),
    _circumstance("material", marked("Material"), Kind.CODE, codes=MATERIAL),
    _circumstance("size_label", marked("Talla"), Kind.TEXT),
    _circumstance("size_system", marked("De dónde es la talla"), Kind.CODE, codes=SIZE_SYSTEM),
    _circumstance("layer", marked("En qué capa"), Kind.CODE, codes=LAYER),
    _circumstance("engraving", marked("Grabado o bordado"), Kind.TEXT),
    _circumstance("serial_number", marked("Número de serie"), Kind.TEXT),
    _circumstance("photo_ref", marked("Foto guardada"), Kind.TEXT),
)
_OF_A_FIND = (
    _circumstance("found_as", marked("Dónde se halló"), Kind.CODE, codes=FOUND_AS),
    _circumstance(
        "certainty",
        marked("Es de esta persona"),
        Kind.CODE,
        codes=SURE,
        hint=marked("La ropa se presta y los grupos se mezclan."),
    ),
    _circumstance("retained", marked("Qué se hizo con ello"), Kind.CODE, codes=KEPT),
    _circumstance("kept_at", marked("Dónde está"), Kind.TEXT),
)
_ARTICLES = partial(
    _circumstance,
    "articles",
    marked("Prendas y objetos"),
    Kind.ENTRIES,
    level=Level.RECOMMENDED,
)

ARTICLES = Group(
    "articles",
    9,
    marked("Ropa y pertenencias"),
    (
        _ARTICLES(parts=_WORN_OR_CARRIED, of=PEOPLE),
        _ARTICLES(parts=(*_WORN_OR_CARRIED, *_OF_A_FIND), of=REMAINS),
    ),
)
