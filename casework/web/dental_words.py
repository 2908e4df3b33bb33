"""What dentists say and write of teeth, in the languages of the pages, without accents.

One table for all languages: nobody has to choose one before dictating, and no two of them
mean different things by the same word. The words of the pages themselves are understood too.
"""

from collections.abc import Mapping

from casework.codes import ToothState
from casework.teeth.charts import ToothMaterial, ToothSurface
from casework.web.languages import marked

STATES: Mapping[ToothState, tuple[str, ...]] = {
    ToothState.SOUND: (
        *("sano", "sana", "sanos", "sanas", "higido", "higida", "presente", "integro"),
        *("sound", "present", "intact", "sain", "saine", "sains", "saines", "sao", "sadio"),
        *("higidos", "presentes", "anfom", "san pwoblem"),
    ),
    ToothState.DECAYED: (
        *("caries", "cariado", "cariada", "con caries", "picado", "decayed", "decay", "carie"),
        *("cariee", "carious", "cavity", "karye", "ak kari", "kari"),
    ),
    ToothState.FRACTURED: (
        *("fractura", "fracturado", "fracturada", "roto", "rota", "quebrado", "broken"),
        *("fractured", "fracture", "casse", "fraturado", "fratura", "kase"),
    ),
    ToothState.RESTORED: (
        *("obturado", "obturada", "obturacion", "empaste", "empastado", "relleno", "calza"),
        *("restaurado", "restauracion", "tapadura", "filled", "filling", "restored", "obture"),
        *("plombe", "plombage", "restaurado", "restauracao", "obturacao", "plonbe", "plonbaj"),
    ),
    ToothState.VENEER: ("carilla", "veneer", "facette", "faceta", "faset"),
    ToothState.CROWN: ("corona", "con corona", "crown", "couronne", "coroa", "kouwon"),
    ToothState.BRIDGE_ABUTMENT: (
        *("pilar", "pilar de puente", "abutment", "bridge abutment", "pilier", "pilye"),
        *("pilar de ponte", "pilier de bridge"),
    ),
    ToothState.ROOT_FILLED: (
        *("conducto", "endodoncia", "tratamiento de conducto", "root canal", "root filled"),
        *("devitalise", "devitalisee", "endodontie", "endodontia", "tratamento de canal"),
        *("canal", "trete kanal"),
    ),
    ToothState.ROOT_ONLY: (
        *("raiz", "solo raiz", "resto radicular", "root only", "root", "racine", "so raiz"),
        *("rasin",),
    ),
    ToothState.MISSING: (
        *("extraido", "extraida", "perdido en vida", "ausente ante mortem", "extracted"),
        *("missing ante mortem", "ante mortem", "extraite", "extrait", "retire"),
        *("perdido em vida", "rache", "am"),
    ),
    ToothState.PONTIC: ("pontico", "pontic", "pontique", "pontik"),
    ToothState.IMPLANT: ("implante", "implant", "enplan"),
    ToothState.UNERUPTED: (
        *("incluido", "retenido", "no erupcionado", "sin erupcionar", "impactado", "incluso"),
        *("unerupted", "impacted", "inclus", "incluse", "nao erupcionado", "poko soti"),
    ),
    ToothState.MISSING_POST_MORTEM: (
        *("post mortem", "postmortem", "perdido post mortem", "ausente post mortem", "pm"),
        *("missing post mortem", "lost post mortem", "perdu post mortem"),
    ),
    ToothState.MISSING_UNKNOWN: (
        *("ausente sin saber", "falta sin saber", "missing unknown", "absent inconnu"),
    ),
    ToothState.NOT_EXAMINED: (
        *("no examinado", "no explorado", "not examined", "non examine", "nao examinado"),
        *("pa egzamine",),
    ),
}
# Said of a living person it was lost in life; of remains nobody has said when.
ABSENT = (
    *("ausente", "ausentes", "falta", "faltan", "perdido", "perdida", "missing", "absent"),
    *("absente", "manquant", "manquante", "faltando", "manke", "lost", "perdu"),
)
MATERIALS: Mapping[ToothMaterial, tuple[str, ...]] = {
    ToothMaterial.AMALGAM: ("amalgama", "amalgam", "amalgame", "amalgam lan"),
    ToothMaterial.COMPOSITE: ("resina", "composite", "compuesto", "resine", "rezin", "resin"),
    ToothMaterial.GOLD: ("oro", "gold", "or", "ouro", "lo"),
    ToothMaterial.METAL: ("metal", "acero", "cromo", "steel", "acier", "aco", "metalico"),
    ToothMaterial.CERAMIC: (
        *("porcelana", "ceramica", "ceramic", "porcelain", "ceramique", "porcelaine"),
        *("seramik", "posle"),
    ),
    ToothMaterial.TEMPORARY: ("provisional", "temporal", "temporary", "provisoire"),
    ToothMaterial.DECORATIVE: (
        *("adorno", "ventana", "estrella", "decorative", "jewel", "bijou", "decoratif"),
        *("enfeite", "joia", "dekorasyon", "adereco"),
    ),
}
MATERIAL_WORDS: Mapping[ToothMaterial, str] = {
    ToothMaterial.AMALGAM: marked("amalgama"),
    ToothMaterial.COMPOSITE: marked("resina"),
    ToothMaterial.GOLD: marked("oro"),
    ToothMaterial.METAL: marked("metal"),
    ToothMaterial.CERAMIC: marked("porcelana"),
    ToothMaterial.TEMPORARY: marked("provisional"),
    ToothMaterial.DECORATIVE: marked("adorno"),
}
SURFACE_WORDS: Mapping[ToothSurface, str] = {
    ToothSurface.MESIAL: marked("hacia el centro (mesial)"),
    ToothSurface.OCCLUSAL: marked("la que mastica (oclusal)"),
    ToothSurface.INCISAL: marked("el borde (incisal)"),
    ToothSurface.DISTAL: marked("hacia atrás (distal)"),
    ToothSurface.VESTIBULAR: marked("hacia afuera (vestibular)"),
    ToothSurface.LINGUAL: marked("hacia la lengua o el paladar (lingual)"),
}
# In some languages and schools the same faces have other letters.
SURFACE_LETTERS: Mapping[str, ToothSurface] = {
    **{each.value.lower(): each for each in ToothSurface},
    "p": ToothSurface.LINGUAL,
    "b": ToothSurface.VESTIBULAR,
}
THE_OTHERS = frozenset(
    {
        *("resto", "el resto", "demas", "los demas", "las demas", "todos los demas", "otros"),
        *("todas las demas", "others", "the others", "rest", "the rest", "all others"),
        *("all the others", "autres", "les autres", "le reste", "tous les autres", "lot yo"),
        *("demais", "os demais", "outros", "o resto", "todos os demais", "tout lot yo"),
    }
)
# Said between the words that count, and counting nothing.
SAID_BETWEEN = frozenset(
    {
        *("con", "de", "del", "en", "por", "la", "el", "los", "las", "un", "una", "esta"),
        *("estan", "y", "todos", "todas", "diente", "dientes", "pieza", "piezas", "muela"),
        *("with", "of", "in", "is", "are", "the", "all", "tooth", "teeth", "a", "an", "and"),
        *("avec", "du", "le", "les", "des", "en", "dent", "dents", "est", "sont", "et"),
        *("com", "em", "os", "as", "um", "uma", "dente", "e", "nan", "dan", "ak", "yo"),
        *("cara", "caras", "surface", "surfaces", "face", "faces", "superficie"),
    }
)
