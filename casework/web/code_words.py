"""The words that people read for every code that several slices share.

The codes are the engine's and are stored; the words are Spanish messages, one table for
each list. Whole on purpose, longer than our limit: a translator or a forensic examiner who
checks the words of a list looks in one place, and a test compares it with the lists.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol

from casework.codes import (
    STATELESS,
    ArticleItem,
    BloodGroup,
    BodySite,
    Build,
    Colour,
    Completeness,
    Condition,
    EyeColour,
    HairColour,
    Handedness,
    MarkType,
    RemainsSex,
    RemainsStatureBasis,
    Sex,
    SexMethod,
    Side,
    StatureBasis,
    ToothState,
)
from casework.envelope import Originality, SearchConsent
from casework.teeth.charts import ToothMaterial
from casework.web.dental_words import MATERIAL_WORDS
from casework.web.languages import locale_of, marked
from casework.web.local_words import in_local_words, list_key_of

Gettext = Callable[[str], str]


class DescribedMark(Protocol):
    """A mark of a missing person or of remains, as the tables keep it."""

    kind: MarkType
    site: BodySite | None
    side: Side | None
    words: str


class DescribedArticle(Protocol):
    """Something worn or carried, as the tables keep it."""

    item: ArticleItem
    colour: Colour | None
    brand: str
    words: str


def words_for(code: StrEnum, gettext: Gettext) -> str:
    """Say a code of a shared list in the reader's language, their country's word first.

    Raises
    ------
    KeyError
        If the list has no table here; a slice keeps the words of its own lists.
    """
    regional = regional_words_for(code, gettext)
    return in_local_words(list_key_of(type(code)), code.value, regional, gettext)


def regional_words_for(code: StrEnum, gettext: Gettext) -> str:
    """Say a code in the words of the whole region: for texts that are read again by machine."""
    return gettext(WORDS[type(code)][code])


def material_words(material: ToothMaterial, gettext: Gettext) -> str:
    """Say what a tooth was mended with, the word of the reader's country first."""
    regional = gettext(MATERIAL_WORDS[material])
    return in_local_words(list_key_of(ToothMaterial), material.value, regional, gettext)


def country_words(code: str | None, language: str, gettext: Gettext) -> str:
    """Name a country as the reader's language does; nothing for none."""
    if not code:
        return ""
    if code == STATELESS:
        return gettext("apátrida")
    return str(locale_of(language).territories.get(code, code))


def mark_words(mark: DescribedMark, gettext: Gettext) -> str:
    """Say a mark in one line: kind, place on the body, side, and the words used for it."""
    coded = [words_for(part, gettext) for part in (mark.kind, mark.site, mark.side) if part]
    return _with_quotation(", ".join(coded), mark.words, gettext)


def article_words(article: DescribedArticle, gettext: Gettext) -> str:
    """Say an article in one line: what it is, colour, brand, and the words used for it."""
    coded = [words_for(part, gettext) for part in (article.item, article.colour) if part]
    if article.brand:
        coded.append(gettext("marca %(brand)s") % {"brand": article.brand})
    return _with_quotation(", ".join(coded), article.words, gettext)


def _with_quotation(coded: str, words: str, gettext: Gettext) -> str:
    if not words:
        return coded
    return gettext("%(coded)s: «%(words)s»") % {"coded": coded, "words": words}


WORDS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Sex: {
        Sex.FEMALE: marked("mujer"),
        Sex.MALE: marked("hombre"),
        Sex.INTERSEX: marked("intersexual"),
        Sex.UNKNOWN: marked("no se sabe"),
    },
    RemainsSex: {
        RemainsSex.FEMALE: marked("mujer"),
        RemainsSex.MALE: marked("hombre"),
        RemainsSex.PROBABLE_FEMALE: marked("probablemente mujer"),
        RemainsSex.PROBABLE_MALE: marked("probablemente hombre"),
        RemainsSex.INDETERMINATE: marked("no se pudo determinar"),
        RemainsSex.UNKNOWN: marked("no se sabe"),
    },
    SexMethod: {
        SexMethod.GENETIC: marked("por genética"),
        SexMethod.PELVIS: marked("por la pelvis"),
        SexMethod.SKULL: marked("por el cráneo"),
        SexMethod.EXTERNAL: marked("por examen externo"),
        SexMethod.CLOTHING: marked("por la ropa"),
        SexMethod.UNKNOWN: marked("método no registrado"),
    },
    StatureBasis: {
        StatureBasis.DOCUMENT: marked("según un documento"),
        StatureBasis.MEASURED: marked("medida"),
        StatureBasis.FAMILY: marked("dicha por la familia"),
        StatureBasis.SELF: marked("dicha por la propia persona"),
        StatureBasis.UNKNOWN: marked("origen no registrado"),
    },
    RemainsStatureBasis: {
        RemainsStatureBasis.MEASURED: marked("medida"),
        RemainsStatureBasis.LONG_BONE: marked("calculada de un hueso largo"),
        RemainsStatureBasis.ESTIMATED: marked("estimada"),
        RemainsStatureBasis.UNKNOWN: marked("método no registrado"),
    },
    Condition: {
        Condition.FULLY_FLESHED: marked("con tejidos blandos completos"),
        Condition.DECOMPOSED: marked("en descomposición"),
        Condition.FOCAL_SKELETONISATION: marked(
            "en descomposición, con hueso expuesto en partes"
        ),
        Condition.SKELETONISED_AND_MUMMIFIED: marked("esqueleto con partes momificadas"),
        Condition.SKELETONISED_ARTICULATED: marked("esqueleto articulado, con ligamentos"),
        Condition.SKELETONISED_DISARTICULATED: marked("esqueleto desarticulado"),
        Condition.BONE_DEGRADED: marked("esqueleto con hueso degradado"),
        Condition.OTHER: marked("otro estado: quemado, en agua, saponificado"),
    },
    Completeness: {
        Completeness.COMPLETE: marked("completos"),
        Completeness.NEAR_COMPLETE: marked("casi completos"),
        Completeness.PARTIAL: marked("incompletos"),
        Completeness.ELEMENT: marked("uno o pocos elementos"),
        Completeness.UNKNOWN: marked("no se sabe"),
    },
    HairColour: {
        HairColour.BLACK: marked("negro"),
        HairColour.DARK_BROWN: marked("castaño oscuro"),
        HairColour.BROWN: marked("castaño"),
        HairColour.LIGHT_BROWN: marked("castaño claro"),
        HairColour.BLOND: marked("rubio"),
        HairColour.SANDY: marked("rubio oscuro"),
        HairColour.RED: marked("pelirrojo"),
        HairColour.GREY: marked("canoso"),
        HairColour.WHITE: marked("blanco"),
        HairColour.BALD: marked("sin cabello"),
        HairColour.DYED: marked("teñido"),
        HairColour.OTHER: marked("otro color"),
    },
    EyeColour: {
        EyeColour.BLACK: marked("negros"),
        EyeColour.DARK_BROWN: marked("café oscuro"),
        EyeColour.BROWN: marked("café"),
        EyeColour.LIGHT_BROWN: marked("café claro"),
        EyeColour.HAZEL: marked("avellana"),
        EyeColour.GREEN: marked("verdes"),
        EyeColour.BLUE: marked("azules"),
        EyeColour.GREY: marked("grises"),
        EyeColour.TWO_COLOURS: marked("cada ojo de un color"),
        EyeColour.OTHER: marked("otro color"),
    },
    Build: {
        Build.VERY_THIN: marked("muy delgada"),
        Build.SLIM: marked("delgada"),
        Build.MEDIUM: marked("mediana"),
        Build.MUSCULAR: marked("musculosa"),
        Build.HEAVY: marked("robusta"),
        Build.VERY_HEAVY: marked("muy robusta"),
    },
    Handedness: {
        Handedness.RIGHT: marked("mano derecha"),
        Handedness.LEFT: marked("mano izquierda"),
        Handedness.BOTH: marked("ambas manos"),
    },
    BloodGroup: {
        BloodGroup.O: marked("O"),
        BloodGroup.O_POSITIVE: marked("O positivo"),
        BloodGroup.O_NEGATIVE: marked("O negativo"),
        BloodGroup.A: marked("A"),
        BloodGroup.A_POSITIVE: marked("A positivo"),
        BloodGroup.A_NEGATIVE: marked("A negativo"),
        BloodGroup.B: marked("B"),
        BloodGroup.B_POSITIVE: marked("B positivo"),
        BloodGroup.B_NEGATIVE: marked("B negativo"),
        BloodGroup.AB: marked("AB"),
        BloodGroup.AB_POSITIVE: marked("AB positivo"),
        BloodGroup.AB_NEGATIVE: marked("AB negativo"),
    },
    MarkType: {
        MarkType.TATTOO: marked("tatuaje"),
        MarkType.SCAR: marked("cicatriz"),
        MarkType.SURGICAL_SCAR: marked("cicatriz de operación"),
        MarkType.MOLE: marked("lunar"),
        MarkType.BIRTHMARK: marked("mancha de nacimiento"),
        MarkType.PIERCING: marked("perforación"),
        MarkType.AMPUTATION: marked("amputación"),
        MarkType.DEFORMITY: marked("deformidad"),
        MarkType.OLD_FRACTURE: marked("fractura antigua"),
        MarkType.BURN: marked("quemadura"),
        MarkType.MISSING_TOOTH_VISIBLE: marked("diente que falta a la vista"),
        MarkType.CIRCUMCISION: marked("circuncisión"),
        MarkType.PROSTHESIS: marked("prótesis"),
        MarkType.NAILS: marked("uñas"),
        MarkType.SKIN_CONDITION: marked("afección de la piel"),
        MarkType.OTHER: marked("otra seña"),
    },
    BodySite: {
        BodySite.HEAD: marked("cabeza"),
        BodySite.SCALP: marked("cuero cabelludo"),
        BodySite.FACE: marked("cara"),
        BodySite.FOREHEAD: marked("frente"),
        BodySite.TEMPLE: marked("sien"),
        BodySite.EYEBROW: marked("ceja"),
        BodySite.EYELID: marked("párpado"),
        BodySite.EYE: marked("ojo"),
        BodySite.EAR: marked("oreja"),
        BodySite.EARLOBE: marked("lóbulo de la oreja"),
        BodySite.NOSE: marked("nariz"),
        BodySite.NOSTRIL: marked("ala de la nariz"),
        BodySite.CHEEK: marked("mejilla"),
        BodySite.LIP: marked("labio"),
        BodySite.MOUTH: marked("boca"),
        BodySite.TONGUE: marked("lengua"),
        BodySite.TOOTH: marked("diente"),
        BodySite.CHIN: marked("mentón"),
        BodySite.JAW: marked("mandíbula"),
        BodySite.NECK: marked("cuello"),
        BodySite.NAPE: marked("nuca"),
        BodySite.THROAT: marked("garganta"),
        BodySite.COLLARBONE: marked("clavícula"),
        BodySite.SHOULDER: marked("hombro"),
        BodySite.SHOULDER_BLADE: marked("omóplato"),
        BodySite.ARMPIT: marked("axila"),
        BodySite.ARM: marked("brazo"),
        BodySite.UPPER_ARM: marked("brazo, parte alta"),
        BodySite.ELBOW: marked("codo"),
        BodySite.FOREARM: marked("antebrazo"),
        BodySite.WRIST: marked("muñeca"),
        BodySite.HAND: marked("mano"),
        BodySite.PALM: marked("palma de la mano"),
        BodySite.THUMB: marked("pulgar"),
        BodySite.INDEX_FINGER: marked("dedo índice"),
        BodySite.MIDDLE_FINGER: marked("dedo medio"),
        BodySite.RING_FINGER: marked("dedo anular"),
        BodySite.LITTLE_FINGER: marked("dedo meñique"),
        BodySite.FINGER: marked("dedo de la mano"),
        BodySite.FINGERNAIL: marked("uña de la mano"),
        BodySite.CHEST: marked("pecho"),
        BodySite.BREAST: marked("seno"),
        BodySite.RIBS: marked("costillas"),
        BodySite.ABDOMEN: marked("abdomen"),
        BodySite.NAVEL: marked("ombligo"),
        BodySite.SIDE: marked("costado"),
        BodySite.UPPER_BACK: marked("espalda alta"),
        BodySite.LOWER_BACK: marked("espalda baja"),
        BodySite.BACK: marked("espalda"),
        BodySite.HIP: marked("cadera"),
        BodySite.BUTTOCK: marked("glúteo"),
        BodySite.GROIN: marked("ingle"),
        BodySite.GENITALS: marked("genitales"),
        BodySite.LEG: marked("pierna"),
        BodySite.THIGH: marked("muslo"),
        BodySite.KNEE: marked("rodilla"),
        BodySite.SHIN: marked("espinilla"),
        BodySite.CALF: marked("pantorrilla"),
        BodySite.ANKLE: marked("tobillo"),
        BodySite.FOOT: marked("pie"),
        BodySite.HEEL: marked("talón"),
        BodySite.SOLE: marked("planta del pie"),
        BodySite.BIG_TOE: marked("dedo gordo del pie"),
        BodySite.TOE: marked("dedo del pie"),
        BodySite.TOENAIL: marked("uña del pie"),
        BodySite.WHOLE_BODY: marked("todo el cuerpo"),
    },
    Side: {
        Side.LEFT: marked("lado izquierdo"),
        Side.RIGHT: marked("lado derecho"),
        Side.MIDDLE: marked("en el centro"),
        Side.BOTH: marked("en ambos lados"),
    },
    ArticleItem: {
        ArticleItem.SHIRT: marked("camisa"),
        ArticleItem.T_SHIRT: marked("camiseta"),
        ArticleItem.POLO_SHIRT: marked("camisa polo"),
        ArticleItem.BLOUSE: marked("blusa"),
        ArticleItem.TANK_TOP: marked("camiseta sin mangas"),
        ArticleItem.SWEATER: marked("suéter"),
        ArticleItem.SWEATSHIRT: marked("sudadera"),
        ArticleItem.JACKET: marked("chaqueta"),
        ArticleItem.COAT: marked("abrigo"),
        ArticleItem.VEST: marked("chaleco"),
        ArticleItem.SUIT: marked("traje"),
        ArticleItem.DRESS: marked("vestido"),
        ArticleItem.SKIRT: marked("falda"),
        ArticleItem.TROUSERS: marked("pantalón"),
        ArticleItem.JEANS: marked("pantalón de mezclilla"),
        ArticleItem.SHORTS: marked("pantalón corto"),
        ArticleItem.SWEATPANTS: marked("pantalón deportivo"),
        ArticleItem.LEGGINGS: marked("mallas"),
        ArticleItem.UNIFORM: marked("uniforme"),
        ArticleItem.PYJAMAS: marked("pijama"),
        ArticleItem.SWIMWEAR: marked("traje de baño"),
        ArticleItem.RAINWEAR: marked("impermeable"),
        ArticleItem.LIFE_JACKET: marked("chaleco salvavidas"),
        ArticleItem.UNDERPANTS: marked("calzón o calzoncillo"),
        ArticleItem.UNDERSHIRT: marked("camiseta interior"),
        ArticleItem.BRA: marked("sostén"),
        ArticleItem.SOCKS: marked("calcetines"),
        ArticleItem.TIGHTS: marked("medias"),
        ArticleItem.BELT: marked("cinturón"),
        ArticleItem.SHOES: marked("zapatos"),
        ArticleItem.SNEAKERS: marked("zapatos deportivos"),
        ArticleItem.BOOTS: marked("botas"),
        ArticleItem.SANDALS: marked("sandalias"),
        ArticleItem.SLIPPERS: marked("pantuflas"),
        ArticleItem.CAP: marked("gorra"),
        ArticleItem.HAT: marked("sombrero"),
        ArticleItem.SCARF: marked("bufanda"),
        ArticleItem.BANDANA: marked("pañuelo"),
        ArticleItem.GLOVES: marked("guantes"),
        ArticleItem.TIE: marked("corbata"),
        ArticleItem.GLASSES: marked("lentes"),
        ArticleItem.SUNGLASSES: marked("lentes de sol"),
        ArticleItem.CONTACT_LENSES: marked("lentes de contacto"),
        ArticleItem.WATCH: marked("reloj"),
        ArticleItem.RING: marked("anillo"),
        ArticleItem.WEDDING_RING: marked("anillo de matrimonio"),
        ArticleItem.CHAIN: marked("cadena"),
        ArticleItem.NECKLACE: marked("collar"),
        ArticleItem.PENDANT: marked("dije"),
        ArticleItem.BRACELET: marked("pulsera"),
        ArticleItem.EARRING: marked("arete"),
        ArticleItem.ROSARY: marked("rosario"),
        ArticleItem.RELIGIOUS_IMAGE: marked("imagen religiosa"),
        ArticleItem.AMULET: marked("amuleto"),
        ArticleItem.BACKPACK: marked("mochila"),
        ArticleItem.BAG: marked("bolsa"),
        ArticleItem.HANDBAG: marked("bolso de mano"),
        ArticleItem.WALLET: marked("billetera"),
        ArticleItem.PHONE: marked("teléfono"),
        ArticleItem.SIM_CARD: marked("tarjeta SIM"),
        ArticleItem.DOCUMENT: marked("documento"),
        ArticleItem.PAPER_NOTE: marked("papel escrito"),
        ArticleItem.PHOTOGRAPH: marked("fotografía"),
        ArticleItem.BOOK: marked("libro"),
        ArticleItem.MONEY: marked("dinero"),
        ArticleItem.KEYS: marked("llaves"),
        ArticleItem.MEDICINE: marked("medicina"),
        ArticleItem.WATER_BOTTLE: marked("botella de agua"),
        ArticleItem.FOOD: marked("comida"),
        ArticleItem.BLANKET: marked("cobija"),
        ArticleItem.KNIFE: marked("cuchillo"),
        ArticleItem.LIGHTER: marked("encendedor"),
        ArticleItem.COSMETICS: marked("cosméticos"),
        ArticleItem.TOY: marked("juguete"),
        ArticleItem.OTHER: marked("otra prenda u objeto"),
    },
    Colour: {
        Colour.BLACK: marked("negro"),
        Colour.WHITE: marked("blanco"),
        Colour.GREY: marked("gris"),
        Colour.BROWN: marked("café"),
        Colour.BEIGE: marked("beige"),
        Colour.RED: marked("rojo"),
        Colour.DARK_RED: marked("rojo oscuro"),
        Colour.PINK: marked("rosado"),
        Colour.ORANGE: marked("anaranjado"),
        Colour.YELLOW: marked("amarillo"),
        Colour.GREEN: marked("verde"),
        Colour.DARK_GREEN: marked("verde oscuro"),
        Colour.TURQUOISE: marked("turquesa"),
        Colour.BLUE: marked("azul"),
        Colour.DARK_BLUE: marked("azul oscuro"),
        Colour.LIGHT_BLUE: marked("celeste"),
        Colour.PURPLE: marked("morado"),
        Colour.GOLD: marked("dorado"),
        Colour.SILVER: marked("plateado"),
        Colour.CAMOUFLAGE: marked("camuflado"),
        Colour.SEVERAL: marked("varios colores"),
        Colour.TRANSPARENT: marked("transparente"),
        Colour.OTHER: marked("otro color"),
    },
    ToothState: {
        ToothState.SOUND: marked("sano"),
        ToothState.DECAYED: marked("con caries"),
        ToothState.FRACTURED: marked("fracturado"),
        ToothState.RESTORED: marked("con empaste o relleno"),
        ToothState.VENEER: marked("con carilla"),
        ToothState.CROWN: marked("con corona"),
        ToothState.BRIDGE_ABUTMENT: marked("sostiene un puente"),
        ToothState.ROOT_FILLED: marked("con tratamiento de conducto"),
        ToothState.ROOT_ONLY: marked("solo queda la raíz"),
        ToothState.MISSING: marked("perdido en vida"),
        ToothState.PONTIC: marked("diente de un puente"),
        ToothState.IMPLANT: marked("implante dental"),
        ToothState.UNERUPTED: marked("no ha salido"),
        ToothState.MISSING_POST_MORTEM: marked("perdido después de la muerte"),
        ToothState.MISSING_UNKNOWN: marked("falta, no se sabe desde cuándo"),
        ToothState.NOT_EXAMINED: marked("no examinado"),
    },
    SearchConsent: {
        SearchConsent.GRANTED: marked("aceptó que se busque y se compare"),
        SearchConsent.REFUSED: marked("no aceptó que se busque ni se compare"),
        SearchConsent.NOT_ASKED: marked("todavía no se le preguntó"),
        SearchConsent.PUBLIC_INTEREST: marked(
            "deber público de identificar a las personas fallecidas"
        ),
        SearchConsent.VITAL_INTEREST: marked("no se le puede preguntar, y su vida lo pide"),
    },
    Originality: {
        Originality.ORIGINAL: marked("registro original de esta institución"),
        Originality.COPY: marked("copia de otro registro"),
    },
}
