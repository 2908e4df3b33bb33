"""Lists about how a person looks and what they wear; the same for reports and for remains."""

from casework.dataset.shape import CodeList
from casework.web.languages import marked

HAIR_LENGTH = CodeList(
    "hair_length",
    {
        "shaved": marked("rapado"),
        "short": marked("corto"),
        "to_shoulder": marked("hasta el hombro"),
        "long": marked("largo, más abajo del hombro"),
    },
)
HAIR_TEXTURE = CodeList(
    "hair_texture",
    {
        "straight": marked("lacio"),
        "wavy": marked("ondulado"),
        "curly": marked("rizado"),
        "tightly_curled": marked("muy rizado"),
    },
)
BALDNESS = CodeList(
    "baldness",
    {
        "none": marked("sin calvicie"),
        "receding": marked("entradas"),
        "crown": marked("en la coronilla"),
        "complete": marked("completa"),
    },
)
FACIAL_HAIR = CodeList(
    "facial_hair",
    {
        "none": marked("sin barba ni bigote"),
        "stubble": marked("barba de pocos días"),
        "moustache": marked("bigote"),
        "goatee": marked("barba de candado o perilla"),
        "beard": marked("barba"),
        "beard_and_moustache": marked("barba y bigote"),
        "sideburns": marked("patillas"),
    },
)
BODY_HAIR = CodeList(
    "body_hair",
    {"little": marked("poco"), "medium": marked("regular"), "much": marked("mucho")},
)
SKIN_TONE = CodeList(
    "skin_tone",
    {
        "1": marked("muy clara"),
        "2": marked("clara"),
        "3": marked("media"),
        "4": marked("oscura"),
        "5": marked("muy oscura"),
    },
)
HANDS_NAILS = CodeList(
    "hands_nails",
    {
        "calluses": marked("callos de trabajo"),
        "bitten_nails": marked("uñas mordidas"),
        "long_nails": marked("uñas largas"),
        "painted_nails": marked("uñas pintadas"),
        "false_nails": marked("uñas postizas"),
        "missing_nail": marked("le falta una uña"),
        "missing_finger": marked("le falta un dedo o una parte"),
        "other": marked("otra cosa en las manos"),
    },
)
VIEW = CodeList(
    "view",
    {
        "front": marked("por delante"),
        "back": marked("por detrás"),
        "side": marked("de lado"),
    },
)
MOTIF = CodeList(
    "motif",
    {
        "letters_name": marked("letras o un nombre"),
        "number": marked("un número"),
        "date": marked("una fecha"),
        "virgin": marked("la Virgen"),
        "christ_cross": marked("Cristo o una cruz"),
        "saint": marked("una santa o un santo"),
        "santa_muerte": marked("la Santa Muerte"),
        "rosary": marked("un rosario"),
        "skull": marked("una calavera"),
        "heart": marked("un corazón"),
        "star": marked("una estrella"),
        "sun_moon": marked("el sol o la luna"),
        "animal": marked("un animal"),
        "plant": marked("una flor o planta"),
        "portrait": marked("un retrato"),
        "geometric": marked("figuras o trazos"),
        "flag_map": marked("una bandera o un mapa"),
        "weapon": marked("un arma"),
        "other": marked("otro dibujo"),
    },
)
SURE = CodeList(
    "sure",
    {
        "certain": marked("con seguridad"),
        "probable": marked("probablemente"),
        "possible": marked("es posible"),
        "doubtful": marked("es dudoso"),
    },
)
LAYER = CodeList(
    "layer",
    {
        "under": marked("ropa interior"),
        "inner": marked("debajo de otra prenda"),
        "outer": marked("a la vista"),
        "over": marked("encima, de abrigo"),
    },
)
PATTERN = CodeList(
    "pattern",
    {
        "plain": marked("liso"),
        "striped": marked("a rayas"),
        "checked": marked("a cuadros"),
        "dotted": marked("de puntos"),
        "flowered": marked("de flores"),
        "camouflage": marked("de camuflaje"),
        "printed": marked("con dibujo o letras"),
        "embroidered": marked("bordado"),
        "other": marked("otro diseño"),
    },
)
MATERIAL = CodeList(
    "material",
    {
        "cotton": marked("algodón"),
        "denim": marked("mezclilla"),
        "wool": marked("lana"),
        "synthetic": marked("tela sintética"),
        "leather": marked("cuero"),
        "rubber_plastic": marked("hule o plástico"),
        "gold": marked("oro"),
        "silver": marked("plata"),
        "other_metal": marked("otro metal"),
        "wood": marked("madera"),
        "thread": marked("hilo"),
        "other": marked("otro material"),
    },
)
SIZE_SYSTEM = CodeList(
    "size_system",
    {
        "letters": marked("letras (S, M, L)"),
        "mx": marked("México"),
        "us": marked("Estados Unidos"),
        "eu": marked("Europa"),
        "br": marked("Brasil"),
        "cm": marked("centímetros"),
        "other": marked("otra numeración"),
    },
)
FOUND_AS = CodeList(
    "found_as",
    {
        "worn": marked("puesto"),
        "carried": marked("en bolsillos o bolsas"),
        "nearby": marked("cerca"),
        "associated": marked("en el mismo lugar, sin saber de quién es"),
    },
)
KEPT = CodeList(
    "kept",
    {
        "retained": marked("guardado"),
        "returned": marked("entregado a la familia"),
        "destroyed": marked("destruido"),
    },
)
PHOTO_KIND = CodeList(
    "photo_kind",
    {
        "face": marked("la cara"),
        "smile": marked("la sonrisa"),
        "full_body": marked("de cuerpo entero"),
        "tattoo": marked("un tatuaje"),
        "feature": marked("otra seña"),
        "effect": marked("una prenda u objeto"),
        "document": marked("un documento"),
        "scene": marked("el lugar"),
        "x_ray": marked("una radiografía"),
        "odontogram": marked("una ficha dental"),
        "facial_reconstruction": marked("una reconstrucción de la cara"),
    },
)
PEOPLE_SHOWN = CodeList(
    "people_shown",
    {
        "alone": marked("solo la persona"),
        "with_others": marked("hay otras personas: hay que recortarla"),
        "nobody": marked("nadie"),
    },
)
