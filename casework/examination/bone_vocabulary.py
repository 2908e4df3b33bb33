"""What examiners call bones, sides and states when they dictate, without accents.

One table for all languages, as with teeth: nobody chooses one before speaking. The words of
the pages themselves are understood too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from casework.bones.atlas import BONES, Region
from casework.bones.inventory import BoneState
from casework.bones.words import BONE_WORDS, STATE_WORDS, VERTEBRA_LETTERS
from casework.web.languages import OFFERED, translations_for
from casework.web.plain_words import plain

ARM = ("clavicle", "scapula", "humerus", "radius", "ulna")
HAND = ("carpals", "metacarpals", "hand_phalanges")
FOOT = ("talus", "calcaneus", "tarsals", "metatarsals", "foot_phalanges")
LEG = ("femur", "patella", "tibia", "fibula")
HIPS = ("hip", "ilium", "ischium", "pubis")
SKULL = tuple(
    dict.fromkeys(bone.stem for bone in BONES.values() if bone.region is Region.SKULL)
)
ALL = tuple(dict.fromkeys(bone.stem for bone in BONES.values()))


@dataclass(frozen=True, slots=True)
class Place:
    """Bones that a phrase names; `is_one` asks for a side where there are two."""

    stems: tuple[str, ...]
    is_one: bool = False


_PLACES: Mapping[Place, tuple[str, ...]] = {
    Place(tuple(stem for stem in SKULL if stem not in {"mandible", "hyoid"})): (
        *("craneo", "cranium", "crane", "cranio", "zo tet"),
    ),
    Place(SKULL): ("cabeza", "calavera", "skull", "head", "tete", "cabeca", "tet"),
    Place((*VERTEBRA_LETTERS, "sacrum", "coccyx")): (
        *("columna", "spine", "columna vertebral", "coluna", "colonne", "zo do"),
    ),
    Place(tuple(VERTEBRA_LETTERS)): ("vertebras", "vertebrae", "vertebres", "vetèb"),
    Place(("c",)): ("cervicales", "cervical", "cervicais", "vertebras cervicales"),
    Place(("t",)): ("toracicas", "dorsales", "thoracic", "toracicos", "thoraciques"),
    Place(("l",)): ("lumbares", "lumbar", "lombares", "lombaires"),
    Place(("sternum", "rib")): ("torax", "thorax", "chest", "peito", "lestomak"),
    Place(("rib",)): ("costillas", "ribs", "costelas", "cotes", "kot"),
    Place((*ARM, *HAND)): ("brazo y mano", "miembro superior", "upper limb", "membro superior"),
    Place(("humerus", "radius", "ulna")): ("brazo", "brazos", "arm", "arms", "bras", "braco"),
    Place(("radius", "ulna")): ("antebrazo", "antebrazos", "forearm", "avant-bras"),
    Place(HAND): ("mano", "manos", "hand", "hands", "main", "mains", "mao", "maos", "men"),
    Place(HIPS): ("pelvis", "cadera", "caderas", "bacia", "bassin", "basen"),
    Place((*HIPS, *LEG, *FOOT)): ("miembro inferior", "lower limb", "membro inferior"),
    Place(LEG): ("pierna", "piernas", "leg", "legs", "jambe", "jambes", "perna", "janm"),
    Place(FOOT): ("pie", "pies", "foot", "feet", "pied", "pieds", "pe", "pes", "pye"),
    Place(ALL): ("todo", "todos", "todo el esqueleto", "esqueleto", "all", "skeleton", "tout"),
    **{
        Place((stem,), is_one=True): said
        for stem, said in {
            "hip": ("coxal", "iliaco", "hueso coxal", "os coxae", "hip bone", "innominado"),
            "fibula": ("fibula", "perone"),
            "ulna": ("ulna", "cubito"),
            "scapula": ("escapula", "omoplato", "shoulder blade"),
            "patella": ("rotula", "patela", "kneecap"),
            "mandible": ("mandibula", "maxilar inferior", "jaw"),
            "femur": ("femur",),
            "temporal": ("temporal",),
            "rib": ("costilla", "rib", "costela", "cote"),
            "zygomatic": ("malar", "pomulo", "cigoma"),
            "coccyx": ("coxis", "coccix"),
        }.items()
    },
    **{
        Place((stem,)): (plural,)
        for stem, plural in {
            "femur": "femures",
            "tibia": "tibias",
            "fibula": "perones",
            "humerus": "humeros",
            "radius": "radios",
            "ulna": "cubitos",
            "scapula": "escapulas",
            "clavicle": "claviculas",
            "patella": "rotulas",
            "hip": "coxales",
            "parietal": "parietales",
            "temporal": "temporales",
            "maxilla": "maxilares",
        }.items()
    },
}
SIDES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("izq", "izquierdo", "izquierda", "izquierdos", "izquierdas"), ("l",)),
    **dict.fromkeys(("left", "lt", "esquerdo", "esquerda", "gauche", "goch"), ("l",)),
    **dict.fromkeys(("der", "derecho", "derecha", "derechos", "derechas"), ("r",)),
    **dict.fromkeys(("right", "rt", "direito", "direita", "droit", "droite", "dwat"), ("r",)),
    **dict.fromkeys(("ambos", "ambas", "both", "bilateral", "los dos", "las dos"), ("r", "l")),
    **dict.fromkeys(("os dois", "as duas", "les deux", "tou de"), ("r", "l")),
}
_STATES: Mapping[BoneState, tuple[str, ...]] = {
    BoneState.PRESENT: (
        *("presente", "presentes", "completo", "completa", "completos", "completas"),
        *("integro", "integra", "present", "complete", "completes", "inteiro", "entier"),
        *("konple", "complet", "complets", "presents", "presentes", "completas", "completos"),
    ),
    BoneState.PARTIAL: (
        *("parcial", "parciales", "incompleto", "incompleta", "incompletos", "incompletas"),
        *("fragmento", "fragmentos", "fragmentado", "fragmentada", "fragmentados", "roto"),
        *("partial", "fragment", "fragments", "partiel", "partielle", "en parte", "an pati"),
    ),
    BoneState.ABSENT: (
        *("ausente", "ausentes", "falta", "faltan", "no esta", "no estan", "missing"),
        *("absent", "absents", "absente", "manque", "manquant", "faltando", "manke"),
    ),
    BoneState.NOT_EXAMINED: (
        *("no examinado", "no examinada", "no examinados", "no examinadas", "sin examinar"),
        *("not examined", "non examine", "nao examinado", "pa egzamine"),
    ),
}
THE_OTHERS = frozenset(
    {
        *("resto", "el resto", "demas", "lo demas", "los demas", "las demas", "others"),
        *("rest", "the rest", "le reste", "les autres", "o resto", "os demais", "lot yo"),
    }
)
SAID_BETWEEN = frozenset(
    {
        *(
            "de",
            "del",
            "el",
            "la",
            "los",
            "las",
            "lo",
            "y",
            "e",
            "et",
            "and",
            "ak",
            "un",
            "una",
        ),
        *("en", "con", "hueso", "huesos", "esta", "estan", "lado", "the", "of", "is", "are"),
        *(
            "le",
            "les",
            "du",
            "des",
            "os",
            "as",
            "o",
            "a",
            "da",
            "do",
            "vertebra",
            "bone",
            "bones",
        ),
    }
)


@cache
def places() -> Mapping[str, Place]:
    """Give every phrase that names bones: of examiners, and of the pages in each language."""
    known: dict[str, Place] = {}
    for language in OFFERED:
        gettext = translations_for(language).gettext
        for stem, words in BONE_WORDS.items():
            left = BONES.get(f"{stem}_l") or BONES.get(f"{stem}_l1")
            is_one = left is not None and left.whole == 1
            known[plain(gettext(words))] = Place((stem,), is_one=is_one)
    return known | {plain(phrase): place for place, said in _PLACES.items() for phrase in said}


@cache
def states() -> Mapping[str, BoneState]:
    """Give every phrase that says how a bone is."""
    known: dict[str, BoneState] = {}
    for language in OFFERED:
        gettext = translations_for(language).gettext
        known |= {plain(gettext(words)): state for state, words in STATE_WORDS.items()}
    known |= {phrase: state for state, said in _STATES.items() for phrase in said}
    # "la" is an article in Spanish before it is "there" in Kreyòl.
    return {phrase: state for phrase, state in known.items() if phrase not in SAID_BETWEEN}
