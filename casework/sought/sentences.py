"""The engine's reasons said of somebody alive: nothing was found, examined or recovered."""

from collections.abc import Mapping

from casework.candidates.sentences import Facts, said_facts, sentence_of
from casework.web.described import Teller
from casework.web.languages import marked

# What is said of remains in other words; every other reason reads the same of both.
ALIVE: Mapping[str, str] = {
    "sex_agrees": marked("El sexo que se reportó y el que está anotado coinciden."),
    "sex_differs": marked(
        "El sexo que se reportó y el que está anotado no coinciden; cualquiera de los dos "
        "registros puede errar."
    ),
    "age_within": marked(
        "La edad reportada (%(missing)s) cabe en la que está anotada (%(remains)s)."
    ),
    "age_near": marked(
        "La edad reportada (%(missing)s) no cabe en la que está anotada (%(remains)s), pero "
        "está cerca."
    ),
    "age_far": marked(
        "La edad reportada (%(missing)s) está lejos de la que está anotada (%(remains)s)."
    ),
    "stature_near": marked(
        "Se esperaba una estatura de unos %(expected)s cm y está anotada una de unos "
        "%(found)s cm; la diferencia cabe en lo que se yerra al recordar y al medir."
    ),
    "stature_far": marked(
        "Se esperaba una estatura de unos %(expected)s cm y está anotada una de unos "
        "%(found)s cm; la diferencia es mayor de lo que se suele errar."
    ),
    "time_fits": marked("Del último contacto al día en que se la vio: %(days)s, lo usual."),
    "time_unusual": marked(
        "Del último contacto al día en que se la vio: %(days)s, poco usual."
    ),
    "time_within_imprecision": marked(
        "Las fechas solo son compatibles si alguna no es exacta: según lo anotado, se la pudo "
        "ver antes del último contacto."
    ),
    "time_before_contact": marked(
        "Según las fechas anotadas, se la vio antes del último contacto, por poco: alguna de "
        "las fechas tendría que estar mal. Revíselas primero."
    ),
    "list_none_found": marked(
        "Se contaron de la persona señas que podían verse, y está anotado que no tiene ninguna."
    ),
    "list_none_reported": marked(
        "Se le vieron señas, y de la persona que se busca se dijo que no tenía ninguna."
    ),
    "list_none_on_both": marked("En los dos registros se dijo que no tiene ninguna."),
    "papers_agree": marked(
        "Un nombre, un número o un teléfono que dio o traía es el que se dijo; los papeles "
        "pueden ser de otra persona."
    ),
    "papers_partly_agree": marked(
        "Un nombre, un número o un teléfono que dio o traía se parece al que se dijo, o "
        "coincide en parte."
    ),
    "papers_differ": marked(
        "Los nombres, números o teléfonos que dio o traía son otros que los que se dijeron; "
        "hay quien da otro nombre para protegerse."
    ),
    "nationality_same": marked("Los dos registros nombran una misma nacionalidad."),
    "nationality_differs": marked(
        "Los registros nombran nacionalidades distintas; por eso nunca se descarta a nadie."
    ),
    "body_weight_near": marked(
        "Se esperaba un peso de unos %(expected)s kg y está anotado uno de unos %(found)s kg; "
        "la diferencia cabe en lo que se yerra al recordar y en lo que se pierde en el camino."
    ),
    "body_weight_far": marked(
        "Se esperaba un peso de unos %(expected)s kg y está anotado uno de unos %(found)s kg; "
        "la diferencia es mayor de lo usual."
    ),
    "blood_group_fits": marked("El grupo sanguíneo que se dijo y el anotado son compatibles."),
    "blood_group_differs": marked(
        "El grupo sanguíneo que se dijo y el anotado no son compatibles; a menudo se recuerda "
        "mal."
    ),
}


def said_of_the_living(reason: str, facts: Facts, teller: Teller) -> str:
    """Say one reason of somebody alive, with the values it rests on."""
    if reason in ALIVE:
        return teller.gettext(ALIVE[reason]) % said_facts(facts, teller)
    return sentence_of(reason, facts, teller)
