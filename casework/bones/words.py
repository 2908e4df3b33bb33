"""What bones, regions and states are called: Spanish messages, to be translated."""

from collections.abc import Mapping

from casework.bones.atlas import Region, Stage
from casework.bones.inventory import BoneState
from casework.web.languages import marked

BONE_WORDS: Mapping[str, str] = {
    "frontal": marked("frontal"),
    "parietal": marked("parietal"),
    "occipital": marked("occipital"),
    "temporal": marked("hueso temporal"),
    "sphenoid": marked("esfenoides"),
    "inner_face": marked("huesos internos de la cara"),
    "maxilla": marked("maxilar"),
    "zygomatic": marked("cigomático"),
    "nasals": marked("nasales"),
    "ossicles": marked("huesecillos del oído"),
    "mandible": marked("mandíbula"),
    "hyoid": marked("hioides"),
    "sacrum": marked("sacro"),
    "coccyx": marked("cóccix"),
    "sternum": marked("esternón"),
    "rib": marked("costilla"),
    "clavicle": marked("clavícula"),
    "scapula": marked("escápula"),
    "humerus": marked("húmero"),
    "radius": marked("radio"),
    "ulna": marked("cúbito"),
    "carpals": marked("carpo"),
    "metacarpals": marked("metacarpo"),
    "hand_phalanges": marked("falanges de la mano"),
    "hip": marked("coxal"),
    "ilium": marked("ilion"),
    "ischium": marked("isquion"),
    "pubis": marked("pubis"),
    "femur": marked("fémur"),
    "patella": marked("rótula"),
    "tibia": marked("tibia"),
    "fibula": marked("peroné"),
    "talus": marked("astrágalo"),
    "calcaneus": marked("calcáneo"),
    "tarsals": marked("tarso"),
    "metatarsals": marked("metatarso"),
    "foot_phalanges": marked("falanges del pie"),
}
# Vertebrae are called by letter and number in every language.
VERTEBRA_LETTERS = {"c": "C", "t": "T", "l": "L"}
REGION_WORDS: Mapping[Region, str] = {
    Region.SKULL: marked("cabeza"),
    Region.SPINE: marked("columna"),
    Region.CHEST: marked("tórax"),
    Region.ARM_RIGHT: marked("hombro, brazo y mano derechos"),
    Region.ARM_LEFT: marked("hombro, brazo y mano izquierdos"),
    Region.LEG_RIGHT: marked("cadera, pierna y pie derechos"),
    Region.LEG_LEFT: marked("cadera, pierna y pie izquierdos"),
}
STATE_WORDS: Mapping[BoneState, str] = {
    BoneState.PRESENT: marked("presente"),
    BoneState.PARTIAL: marked("en parte"),
    BoneState.ABSENT: marked("ausente"),
    BoneState.NOT_EXAMINED: marked("no examinado"),
}
STAGE_WORDS: Mapping[Stage, str] = {
    Stage.ADULT: marked("persona adulta: coxal unido"),
    Stage.SUBADULT: marked("niña, niño o adolescente: coxal en tres partes"),
}
