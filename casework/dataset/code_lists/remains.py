"""Lists about a find, its condition, its examinations and where the person rests."""

from casework.bones.atlas import Stage
from casework.bones.inventory import BoneState
from casework.bones.words import BONE_WORDS, STAGE_WORDS, STATE_WORDS
from casework.dataset.shape import CodeList
from casework.incidents.presenters import CAUSE_WORDS
from casework.web.languages import marked

LABEL_KIND = CodeList(
    "label_kind",
    {
        "morgue": marked("número de morgue"),
        "case": marked("número de expediente"),
        "laboratory": marked("número de laboratorio"),
        "scene": marked("número del lugar del hallazgo"),
        "register": marked("número de un registro nacional"),
        "other": marked("otro número"),
    },
)
SETTING = CodeList(
    "setting",
    {
        "desert": marked("desierto"),
        "river": marked("río o canal"),
        "sea": marked("mar o playa"),
        "mountain": marked("montaña"),
        "jungle": marked("selva"),
        "field": marked("campo o monte"),
        "road": marked("carretera"),
        "rail": marked("vía del tren"),
        "building": marked("edificio o casa"),
        "vehicle": marked("vehículo"),
        "boat": marked("embarcación"),
        "clandestine_grave": marked("fosa clandestina"),
        "cemetery": marked("cementerio"),
        "hospital": marked("hospital"),
        "detention": marked("centro de detención"),
        "other": marked("otro lugar"),
    },
)
CLIMATE = CodeList(
    "climate",
    {
        "hot_dry": marked("caliente y seco"),
        "hot_humid": marked("caliente y húmedo"),
        "temperate": marked("templado"),
        "cold": marked("frío"),
        "fresh_water": marked("agua dulce"),
        "sea": marked("mar"),
        "buried": marked("bajo tierra"),
        "indoors": marked("bajo techo"),
    },
)
NOT_RECOVERED = CodeList(
    "not_recovered",
    {
        "head": marked("cabeza"),
        "torso": marked("torso"),
        "one_limb": marked("un brazo o una pierna"),
        "both_limbs": marked("ambos brazos o ambas piernas"),
        "one_hand": marked("una mano"),
        "both_hands": marked("ambas manos"),
    },
    "NamUs",
)
DAMAGE = CodeList(
    "damage",
    {
        "fire": marked("fuego"),
        "outward": marked("daño externo grande"),
        "animals": marked("animales"),
        "immersion": marked("inmersión en agua"),
        "saponified": marked("saponificación"),
        "trauma": marked("lesiones"),
        "autopsy": marked("autopsia anterior"),
    },
)
RECOGNISABLE = CodeList(
    "recognisable",
    {"yes": marked("sí"), "partly": marked("en parte"), "no": marked("no")},
)
CERTAINTY = CodeList(
    "certainty",
    {
        "high": marked("alta"),
        "medium": marked("media"),
        "low": marked("baja"),
    },
)
AGE_GROUP = CodeList(
    "age_group",
    {
        "foetus": marked("antes de nacer"),
        "infant": marked("primera infancia"),
        "child": marked("niñez"),
        "adolescent": marked("adolescencia"),
        "adult": marked("edad adulta"),
        "older": marked("edad avanzada"),
    },
    "NamUs",
)
AGE_METHOD = CodeList(
    "age_method",
    {
        "external": marked("por examen externo"),
        "teeth": marked("por los dientes"),
        "growth": marked("por el crecimiento de los huesos"),
        "pelvis": marked("por la pelvis"),
        "ribs": marked("por las costillas"),
        "skull": marked("por el cráneo"),
        "several": marked("por varios métodos"),
        "epigenetic": marked("por análisis de ADN"),
    },
)
AFFINITY_METHOD = CodeList(
    "affinity_method",
    {
        "measures": marked("por medidas de los huesos"),
        "traits": marked("por rasgos de los huesos"),
        "teeth": marked("por rasgos de los dientes"),
        "genetic": marked("por genética"),
    },
)
EXAMINATION = CodeList(
    "examination",
    {
        "external": marked("examen externo"),
        "effects": marked("ropa y pertenencias"),
        "radiology": marked("radiología o tomografía"),
        "fingerprints": marked("huellas"),
        "odontology": marked("odontología"),
        "anthropology": marked("antropología"),
        "pathology": marked("patología"),
        "dna_sampling": marked("toma de ADN"),
        "photography": marked("fotografía"),
    },
)
EXAMINATION_STATE = CodeList(
    "examination_state",
    {
        "not_started": marked("sin empezar"),
        "pending": marked("pendiente"),
        "in_progress": marked("en curso"),
        "done": marked("hecho"),
        "not_possible": marked("no es posible"),
        "not_indicated": marked("no hace falta"),
    },
)
RETAINED_SAMPLE = CodeList(
    "retained_sample",
    {
        "bone": marked("hueso"),
        "tooth": marked("diente"),
        "blood_card": marked("tarjeta con sangre"),
        "soft_tissue": marked("tejido blando"),
        "hair": marked("cabello"),
        "nail": marked("uña"),
    },
)
CAUSE = CodeList("cause_of_death", CAUSE_WORDS, "IOM Missing Migrants Project")
MANNER = CodeList(
    "manner",
    {
        "natural": marked("natural"),
        "accident": marked("accidental"),
        "suicide": marked("suicidio"),
        "homicide": marked("homicidio"),
        "undetermined": marked("indeterminada"),
        "pending": marked("pendiente"),
    },
)
FAMILY_SEARCH = CodeList(
    "family_search",
    {
        "not_started": marked("sin empezar"),
        "asked_consulate": marked("se pidió al consulado"),
        "asked_registers": marked("se consultaron registros"),
        "lead": marked("hay una pista"),
        "found": marked("se halló a la familia"),
        "not_found": marked("no se halló a la familia"),
    },
)
DISPOSITION = CodeList(
    "disposition",
    {
        "in_morgue": marked("en la morgue"),
        "temporary_burial": marked("sepultura provisional"),
        "individual_grave": marked("tumba individual"),
        "common_grave": marked("fosa común"),
        "cremated": marked("cremación"),
        "donated_to_university": marked("en una universidad"),
        "repatriated": marked("en su país"),
        "handed_over": marked("con su familia"),
        "lost": marked("no se sabe dónde está"),
    },
)
IRREVERSIBLE_ACT = CodeList(
    "irreversible_act",
    {
        "burial": marked("sepultura"),
        "common_burial": marked("traslado a fosa común"),
        "cremation": marked("cremación"),
        "donation": marked("entrega a una universidad"),
        "transfer": marked("traslado a otro lugar"),
        "handover": marked("entrega"),
    },
)
BEFORE_ACT = CodeList(
    "before_act",
    {
        "dna_sample": marked("muestra de ADN guardada"),
        "fingerprints": marked("huellas tomadas"),
        "dental_chart": marked("ficha dental hecha"),
        "photographs": marked("fotografías tomadas"),
        "effects": marked("ropa y pertenencias guardadas"),
    },
)
ACT_OUTCOME = CodeList(
    "act_outcome",
    {
        "done": marked("se hizo"),
        "called_off": marked("se suspendió"),
    },
)
SKELETON_STAGE = CodeList("skeleton_stage", {each: STAGE_WORDS[each] for each in Stage})
BONE_STATE = CodeList("bone_state", {each: STATE_WORDS[each] for each in BoneState})
EPIPHYSES = CodeList(
    "epiphyses",
    {
        "open": marked("abiertas"),
        "closing": marked("uniéndose"),
        "closed": marked("unidas"),
    },
)
LONG_BONE = CodeList(
    "long_bone",
    {
        each: BONE_WORDS[each]
        for each in ("femur", "tibia", "fibula", "humerus", "ulna", "radius")
    },
)
BODY_HALF = CodeList(
    "body_half",
    {"right": marked("derecho"), "left": marked("izquierdo")},
)
INFORMED_IF_ALIVE = CodeList(
    "informed_if_alive",
    {
        "yes": marked("sí, se puede avisar"),
        "only_alive": marked("solo que vive, sin decir dónde"),
        "no": marked("no se debe avisar"),
        "not_asked": marked("no se ha preguntado"),
    },
)
