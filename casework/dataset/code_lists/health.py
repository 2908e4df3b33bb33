"""Lists about health, teeth, fingerprints and DNA."""

from casework.dataset.shape import CodeList
from casework.web.dental_words import SURFACE_WORDS
from casework.web.languages import marked

CONDITION_TREATED = CodeList(
    "treated",
    {
        "hospital": marked("en un hospital"),
        "clinic": marked("en una clínica o centro de salud"),
        "at_home": marked("en casa o con un sobador"),
        "untreated": marked("sin tratamiento"),
    },
)
BONE = CodeList(
    "bone",
    {
        "skull": marked("cráneo"),
        "nose": marked("nariz"),
        "jaw": marked("mandíbula"),
        "collarbone": marked("clavícula"),
        "ribs": marked("costillas"),
        "spine": marked("columna"),
        "humerus": marked("brazo (húmero)"),
        "forearm": marked("antebrazo (cúbito o radio)"),
        "wrist_hand": marked("muñeca o mano"),
        "pelvis": marked("pelvis o cadera"),
        "femur": marked("muslo (fémur)"),
        "kneecap": marked("rodilla (rótula)"),
        "lower_leg": marked("pierna (tibia o peroné)"),
        "ankle_foot": marked("tobillo o pie"),
        "other": marked("otro hueso"),
    },
)
IMPLANT = CodeList(
    "implant",
    {
        "plate_screws": marked("placa o tornillos"),
        "nail": marked("clavo dentro del hueso"),
        "joint": marked("articulación artificial"),
        "spine": marked("fijación de la columna"),
        "pacemaker": marked("marcapasos"),
        "heart_valve": marked("válvula del corazón"),
        "stent": marked("malla en una arteria (stent)"),
        "shunt": marked("válvula en la cabeza"),
        "mesh": marked("malla de hernia"),
        "breast": marked("implante mamario"),
        "contraceptive": marked("anticonceptivo: DIU o implante"),
        "eye_lens": marked("lente dentro del ojo"),
        "bullet_fragment": marked("bala o fragmento que quedó"),
        "limb": marked("pierna, brazo o mano artificial"),
        "other": marked("otro implante"),
    },
)
IMAGING = CodeList(
    "imaging",
    {
        "x_ray": marked("radiografía"),
        "dental_x_ray": marked("radiografía dental"),
        "ct": marked("tomografía"),
        "mri": marked("resonancia"),
        "ultrasound": marked("ultrasonido"),
        "other": marked("otra imagen"),
    },
)
HOLDER = CodeList(
    "holder",
    {
        "hospital": marked("hospital"),
        "clinic": marked("clínica o centro de salud"),
        "dentist": marked("dentista"),
        "optician": marked("óptica"),
        "employer": marked("lugar de trabajo"),
        "army": marked("ejército"),
        "prison": marked("centro de detención"),
        "family": marked("la familia"),
        "other": marked("otro lugar"),
    },
)
RETRIEVED = CodeList(
    "retrieved",
    {
        "yes": marked("ya se obtuvo"),
        "requested": marked("ya se pidió"),
        "no": marked("falta pedirlo"),
        "lost": marked("ya no existe"),
    },
)
AID = CodeList(
    "aid",
    {
        "glasses": marked("lentes"),
        "contact_lenses": marked("lentes de contacto"),
        "hearing_aid": marked("aparato para oír"),
        "cane_crutches": marked("bastón o muletas"),
        "wheelchair": marked("silla de ruedas"),
        "prosthesis": marked("prótesis"),
        "other": marked("otro apoyo"),
    },
)
HABIT = CodeList(
    "habit",
    {
        "tobacco": marked("tabaco"),
        "alcohol": marked("alcohol"),
        "coca_leaf": marked("hoja de coca"),
        "betel_qat": marked("betel o khat"),
        "injected": marked("sustancias inyectadas"),
        "inhaled": marked("sustancias inhaladas"),
        "other": marked("otra sustancia"),
    },
)
TOOTH_SURFACE = CodeList(
    "tooth_surface", {each.value: words for each, words in SURFACE_WORDS.items()}
)
TOOTH_MATERIAL = CodeList(
    "tooth_material",
    {
        "amalgam": marked("amalgama (gris)"),
        "composite": marked("resina (color de diente)"),
        "gold": marked("oro"),
        "metal": marked("otro metal"),
        "ceramic": marked("porcelana"),
        "temporary": marked("provisional"),
        "decorative": marked("adorno: ventana de oro, estrella o piedra"),
    },
)
DENTURE = CodeList(
    "denture",
    {
        "upper_full": marked("completa arriba"),
        "upper_partial": marked("parcial arriba"),
        "lower_full": marked("completa abajo"),
        "lower_partial": marked("parcial abajo"),
        "bridge": marked("puente fijo"),
    },
)
ORTHODONTIC = CodeList(
    "orthodontic",
    {
        "brackets": marked("frenos"),
        "retainer": marked("retenedor"),
        "removable": marked("aparato que se quita"),
        "past": marked("usó frenos antes"),
    },
)
DENTAL_TRAIT = CodeList(
    "dental_trait",
    {
        "gap_front": marked("espacio entre los dientes de adelante"),
        "gaps": marked("espacios entre otros dientes"),
        "crowding": marked("dientes encimados"),
        "turned": marked("un diente girado"),
        "protruding": marked("dientes hacia afuera"),
        "chipped": marked("un diente despostillado"),
        "wear": marked("dientes gastados"),
        "staining": marked("dientes manchados"),
        "fluorosis": marked("manchas blancas o cafés del esmalte"),
        "gold_visible": marked("oro o adorno a la vista"),
        "missing_visible": marked("le falta un diente a la vista"),
        "extra": marked("un diente de más"),
    },
)
BITE = CodeList(
    "bite",
    {
        "even": marked("normal"),
        "overbite": marked("los de arriba muy adelante"),
        "underbite": marked("los de abajo adelante"),
        "open": marked("no cierran por delante"),
        "cross": marked("mordida cruzada"),
    },
)
HAND = CodeList("hand", {"left": marked("izquierda"), "right": marked("derecha")})
PRINT_OF = CodeList(
    "print_of",
    {
        "thumb": marked("pulgar"),
        "index": marked("índice"),
        "middle": marked("medio"),
        "ring": marked("anular"),
        "little": marked("meñique"),
        "palm": marked("palma"),
        "foot": marked("pie"),
    },
)
PRINT_QUALITY = CodeList(
    "print_quality",
    {"good": marked("buena"), "usable": marked("sirve"), "poor": marked("no sirve")},
)
PRINT_METHOD = CodeList(
    "print_method",
    {
        "ink": marked("con tinta"),
        "scanner": marked("con lector"),
        "rehydration": marked("con rehidratación"),
        "glove": marked("con la piel desprendida"),
        "casting": marked("con molde"),
        "photograph": marked("con fotografía"),
    },
)
PRINT_SYSTEM = CodeList(
    "print_system",
    {
        "national_id": marked("registro nacional de identidad"),
        "criminal": marked("registro policial (AFIS)"),
        "consular": marked("registro consular"),
        "migration": marked("registro de migración"),
        "interpol": marked("INTERPOL"),
        "other": marked("otro registro"),
    },
)
SEARCH_RESULT = CodeList(
    "search_result",
    {
        "pending": marked("en espera"),
        "hit": marked("hubo coincidencia"),
        "no_hit": marked("sin coincidencia"),
        "insufficient": marked("no alcanza para comparar"),
    },
)
SAMPLE_KIND = CodeList(
    "sample_kind",
    {
        "reference_relative": marked("de un familiar"),
        "self_reference": marked("de la propia persona: cepillo, ropa, tarjeta de nacimiento"),
        "bone": marked("hueso"),
        "tooth": marked("diente"),
        "tissue": marked("tejido"),
        "blood_card": marked("tarjeta con sangre"),
        "swab": marked("hisopo"),
        "hair": marked("cabello"),
    },
)
SAMPLE_STATE = CodeList(
    "sample_state",
    {
        "collected": marked("tomada"),
        "sent": marked("enviada"),
        "in_analysis": marked("en análisis"),
        "profile_obtained": marked("perfil obtenido"),
        "partial_profile": marked("perfil parcial"),
        "no_profile": marked("sin perfil"),
        "destroyed": marked("destruida"),
    },
)
MARKERS = CodeList(
    "markers",
    {
        "str": marked("STR autosómicos"),
        "y_str": marked("STR del cromosoma Y"),
        "x_str": marked("STR del cromosoma X"),
        "mtdna": marked("ADN mitocondrial"),
        "snp": marked("SNP"),
    },
)
UPLOAD = CodeList(
    "upload",
    {
        "accepted": marked("aceptado"),
        "refused": marked("rechazado"),
        "pending": marked("en espera"),
        "removed": marked("retirado"),
    },
)
DONOR_STATE = CodeList(
    "donor_state",
    {
        "sampled": marked("ya dio su muestra"),
        "available": marked("puede dar su muestra"),
        "refused": marked("prefiere no darla"),
        "dead": marked("falleció"),
        "unreachable": marked("no se le encuentra"),
    },
)
TWINS = CodeList(
    "twins",
    {"identical": marked("idénticos"), "fraternal": marked("no idénticos")},
)
SAMPLE_HAPPENING = CodeList(
    "sample_happening",
    {
        "handed_over": marked("cambió de manos"),
        "state": marked("cómo va el análisis"),
    },
)
