"""Words of descriptions, made comparable across languages and spellings."""

import re
from functools import lru_cache

from matching.evidence.accents import without_accents

SHORTEST = 2
MOST_WORDS = 16
"""Words of one description that are compared, in their order; the rest are read by people."""

_WORD = re.compile(r"[^\W_]+")

_EMPTY_WORDS = (
    "de del la las el los un una unos unas con sin por para en al su sus que se muy como "
    "da do das dos um uma com no na em os as ao "
    "le les des du une avec sans sur dans au aux et ou "
    "the and with without of on in at to or an is has right left "
    "derecho derecha izquierdo izquierda direito direita esquerdo esquerda droit gauche "
    "tatuaje tatuajes tatuagem tatouage tattoo tattoos cicatriz scar cicatrice lunar mole "
    "color colour brazo pierna mano arm leg hand"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words that carry no detail, or that site and side already say."""

_MOTIFS = {
    "rose": "rosa rosas rose roses",
    "flower": "flor flores flower flowers fleur fleurs",
    "cross": "cruz cruces cross crosses croix crucifijo crucifix",
    "heart": "corazon corazones heart hearts coracao coeur",
    "skull": "calavera calaveras skull skulls craneo caveira",
    "star": "estrella estrellas star stars estrela estrelas etoile etoiles",
    "virgin": "virgen virgin virgem vierge guadalupe guadalupana",
    "jesus": "jesus cristo christ jesucristo",
    "angel": "angel angeles angels anjo ange anges",
    "butterfly": "mariposa mariposas butterfly butterflies borboleta papillon",
    "eagle": "aguila aguilas eagle eagles aigle",
    "snake": "serpiente serpientes vibora snake snakes cobra serpent",
    "scorpion": "alacran escorpion scorpion escorpiao",
    "lion": "leon leones lion lions leao",
    "tiger": "tigre tigres tiger tigers",
    "wolf": "lobo lobos wolf wolves loup",
    "horse": "caballo caballos horse horses cavalo cheval",
    "dragon": "dragon dragones dragons dragao",
    "bird": "pajaro pajaros ave aves bird birds passaro oiseau",
    "dove": "paloma palomas dove doves pomba colombe",
    "owl": "buho lechuza owl owls coruja hibou",
    "anchor": "ancla anclas anchor anchors ancora ancre",
    "crown": "corona coronas crown crowns coroa couronne",
    "sun": "sol sun soleil",
    "moon": "luna lunas moon lua lune",
    "clown": "payaso payasos clown clowns palhaco",
    "name": "nombre nombres name names nome nom",
    "letters": "letra letras iniciales initials letter letters inicial lettres",
    "number": "numero numeros number numbers chiffre",
    "tribal": "tribal tribales tribals",
    "dagger": "daga punal dagger knife cuchillo punhal",
    "feather": "pluma plumas feather feathers pena",
    "rosary": "rosario rosary rosaries chapelet",
    "bracelet": "pulsera pulseras bracelet bracelets pulseira",
    "surgery": "cirugia quirurgica operacion surgery surgical operation cirurgia operatoire",
    "appendix": "apendice apendicitis appendix appendectomy apendicectomia",
    "cesarean": "cesarea cesarean caesarean cesariana",
    "burn": "quemadura quemaduras burn burns queimadura brulure",
    "bullet": "bala balazo bullet gunshot disparo tiro",
}
"""What the same picture is called in Spanish, Portuguese, French and English; our list."""

_MOTIF_OF = {word: f"={motif}" for motif, words in _MOTIFS.items() for word in words.split()}


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """Distinct telling words of a description, in their order.

    Parameters
    ----------
    text : str
        Free words in any of the languages of the routes.

    Returns
    -------
    tuple of str
        Without accents and in lower case; a known motif is given as ``=motif`` whatever its
        language; at most `MOST_WORDS`.
    """
    found = (_MOTIF_OF.get(word, word) for word in _WORD.findall(without_accents(text)))
    telling = (word for word in found if len(word) >= SHORTEST and word not in _EMPTY)
    return tuple(dict.fromkeys(telling))[:MOST_WORDS]
