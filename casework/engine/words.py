"""The words for what the page about the engine tells: columns, groups, methods and changes."""

from collections.abc import Mapping

from casework.codes import RemainsSex, Sex, SexMethod
from casework.web.described import Teller
from casework.web.languages import marked

COLUMNS: Mapping[tuple[str, str], str] = {
    ("sex", "left"): marked("Sexo reportado"),
    ("age_group", "left"): marked("Edad"),
    ("nationality", "left"): marked("Nacionalidad"),
    ("name_length", "left"): marked("Largo del nombre"),
    ("name_rarity", "left"): marked("Qué tan común es el apellido"),
    ("condition_group", "right"): marked("Estado de los restos"),
    ("recorded", "left"): marked("Cuánto dice el reporte"),
    ("recorded", "right"): marked("Cuánto dice el examen"),
}
"""The columns that are shown, in this order, each on the lists of one side."""

GROUPS: Mapping[str, str] = {
    "(not recorded)": marked("no registrado"),
    "(others)": marked("los demás"),
    "(several)": marked("varias"),
    "unknown": marked("no se sabe"),
    "60 and older": marked("60 y más"),
    "under 18": marked("menos de 18"),
    "1 word": marked("1 palabra"),
    "2 words": marked("2 palabras"),
    "3 words": marked("3 palabras"),
    "4 words": marked("4 palabras"),
    "5 words or more": marked("5 palabras o más"),
    "nobody else's": marked("de nadie más en el registro"),
    "rare: fewer than 1 in 1,000": marked("raro: menos de 1 en 1000"),
    "middling": marked("ni raro ni común"),
    "common: 1 in 100 or more": marked("común: 1 en 100 o más"),
    "1 whole": marked("cuerpo completo"),
    "2 decomposed": marked("en descomposición"),
    "3–4 partly bone": marked("en parte óseo"),
    "5–7 bone": marked("óseo"),
    "8 burnt or otherwise": marked("quemado u otro"),
    "1 fewest columns": marked("muy poco"),
    "2 fewer columns": marked("poco"),
    "3 more columns": marked("bastante"),
    "4 most columns": marked("mucho"),
}

WORLDS: Mapping[str, str] = {
    "as_invented": marked("Tal como se inventó"),
    "missing_doubled": marked("Falta el doble de datos"),
    "one_wrong_field": marked("Un dato equivocado en cada registro"),
    "heaped_ages": marked("Edades redondeadas a cinco años"),
    "sex_wrong": marked("Sexo equivocado en 1 de cada 20 reportes"),
}

VERDICTS: Mapping[str, str] = {
    "chance": marked("El azar por sí solo da diferencias así."),
    "explained": marked("Lo que está registrado explica la diferencia."),
    "open": marked("Lo que está registrado no la explica toda."),
}

NOTES: Mapping[tuple[str, str], str] = {
    ("sex", "left"): marked(
        "Entre los restos hay muchas menos mujeres: quien busca a una mujer tiene menos con "
        "quien confundirla. Contando con eso, la diferencia desaparece."
    ),
    ("condition_group", "right"): marked(
        "El hueso ya no muestra tatuajes ni color de ojos, y la edad y la fecha de muerte se "
        "estiman con más margen."
    ),
}
"""What is known about a gap that the columns alone do not say; measured in docs/explanation."""

WHY: Mapping[str, str] = {
    "missing-remains-2026.2": marked(
        "Lo que coincide por casualidad se cuenta en el propio registro: lugares, señas, ropa, "
        "ojos y cabello pesan menos donde son comunes."
    ),
    "missing-remains-2026.3": marked(
        "Pesa también dentadura, implantes, documentos y teléfonos hallados, nacionalidad, "
        "complexión, peso, mano preferida, grupo sanguíneo, compañía y destino. Desiertos, "
        "selva y mar tienen intervalos propios. Una fecha mal escrita por poco ya no descarta "
        "a nadie."
    ),
    "missing-remains-2026.4": marked(
        "Pesa igual que la anterior. Cambia lo que se cree de los pesos: cuántos pares "
        "verdaderos hay se aprende del propio registro, y las sumas muy altas cuentan menos, "
        "porque unos datos dependen de otros."
    ),
}
"""Why each version of the model in force came after the one before it."""

GRADES: Mapping[str, str] = {
    "R": marked("leído en la fuente"),
    "M": marked("recordado de la fuente, por verificar"),
    "own": marked("decisión nuestra, por reemplazar con casos resueltos"),
}

METHODS = tuple(SexMethod)
SEX_COLUMNS = tuple(
    (reported, estimated)
    for reported in (Sex.FEMALE, Sex.MALE)
    for estimated in (RemainsSex.FEMALE, RemainsSex.MALE)
)


def group_words(column: str, name: str, teller: Teller) -> str:
    """Name one group as its reader would."""
    if column == "nationality" and len(name) == len("HN"):
        return teller.country(name)
    if column == "sex" and name in {each.value for each in Sex}:
        return teller.code(Sex(name))
    return teller.gettext(GROUPS.get(name, name))
