"""What is asked and answered about consents, in words a relative can hear over the phone."""

from casework.families.items import Question
from casework.families.model import Kinship, LiftState
from casework.web.languages import marked
from privacy.consent.model import ConsentPurpose, DataCategory, Decision, LegalBasis

QUESTION_WORDS: dict[Question, str] = {
    Question.STORY: marked("Usar lo que contó: cuándo, dónde y cómo fue el último contacto"),
    Question.BODY: marked("Usar cómo es la persona: estatura, señas, dientes, salud"),
    Question.NAME: marked("Mostrar el nombre de la persona y de sus padres"),
    Question.PHOTO: marked("Mostrar su fotografía"),
    Question.COMPARE: marked("Usar su nombre y sus señas para identificar restos humanos"),
    Question.DNA: marked("Comparar el ADN de quien firma (solo el suyo)"),
    Question.CONTACT: marked("Dar su teléfono o dirección para avisarle"),
    Question.CONSULATE: marked("Avisar al consulado de su país, con nombre y circunstancias"),
    Question.CONSULATE_CONTACT: marked("Dar su teléfono o dirección al consulado"),
    Question.COUNT: marked("Contar el caso en estadísticas, sin nombre"),
    Question.JUSTICE: marked("Entregar el nombre y las circunstancias a quien investiga"),
}
CATEGORY_WORDS: dict[DataCategory, str] = {
    DataCategory.CONTACT: marked("cómo llegar a quien informa"),
    DataCategory.IDENTITY: marked("nombre e identidad"),
    DataCategory.ANTEMORTEM: marked("cómo es la persona"),
    DataCategory.PHOTO: marked("fotografía"),
    DataCategory.DNA: marked("ADN"),
    DataCategory.CIRCUMSTANCES: marked("circunstancias"),
}
USE_WORDS: dict[ConsentPurpose, str] = {
    ConsentPurpose.SEARCH: marked("buscar"),
    ConsentPurpose.IDENTIFY: marked("identificar"),
    ConsentPurpose.NOTIFY: marked("avisar"),
    ConsentPurpose.STATISTICS: marked("contar sin nombre"),
    ConsentPurpose.JUSTICE: marked("investigar"),
}
DECISION_WORDS: dict[Decision, str] = {
    Decision.GRANTED: marked("dijo que sí"),
    Decision.REFUSED: marked("dijo que no"),
    Decision.WITHDRAWN: marked("lo retiró"),
}
BASIS_WORDS: dict[LegalBasis, str] = {
    LegalBasis.CONSENT: marked("autorización de la persona"),
    LegalBasis.VITAL_INTEREST: marked("interés vital, evaluado por escrito"),
    LegalBasis.PUBLIC_INTEREST: marked("interés público, evaluado por escrito"),
}
KINSHIP_WORDS: dict[Kinship, str] = {
    Kinship.MOTHER: marked("madre"),
    Kinship.FATHER: marked("padre"),
    Kinship.CHILD: marked("hija o hijo"),
    Kinship.SIBLING: marked("hermana o hermano"),
    Kinship.SPOUSE: marked("pareja"),
    Kinship.OTHER_KIN: marked("otro familiar"),
    Kinship.FRIEND: marked("amistad o compañera de viaje"),
    Kinship.SELF: marked("la propia persona"),
    Kinship.UNKNOWN: marked("no se sabe quién"),
}
# As their speakers write them; the sheet is read aloud in these.
LANGUAGE_NAMES: dict[str, str] = {
    "es": "Español",
    "pt": "Português",
    "en": "English",
    "fr": "Français",
    "ht": "Kreyòl",
}


def language_named(said: str) -> str:
    """Give the code of one of our languages by its name; another stays as it was said."""
    names = {name.casefold(): code for code, name in LANGUAGE_NAMES.items()}
    return names.get(said.strip().casefold(), said.strip())


LIFT_WORDS: dict[LiftState, str] = {
    LiftState.REQUESTED: marked("en espera de la segunda persona"),
    LiftState.APPROVED: marked("aprobada"),
    LiftState.REFUSED: marked("no aprobada"),
}
EVERY_FORENSIC = marked("todas las instituciones forenses de este registro")
FORENSIC_OF = marked("las instituciones forenses de %(country)s")
CONSULATES_OF = marked("los consulados de %(country)s")
LABORATORY = marked("laboratorio %(name)s")
NODE = marked("registro %(name)s")
EXPIRED = marked("ya venció")
