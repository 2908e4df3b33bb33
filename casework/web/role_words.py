"""The duties, as pages name them."""

from casework.web.languages import marked
from privacy.permissions import Role

ROLE_WORDS: dict[str, str] = {
    Role.LIAISON_OFFICER: marked("enlace con familias"),
    Role.FORENSIC_EXAMINER: marked("perita o perito forense"),
    Role.FORENSIC_COORDINATOR: marked("coordinación forense"),
    Role.CONSULAR_OFFICER: marked("personal consular"),
    Role.DATA_PROTECTION_OFFICER: marked("protección de datos"),
    Role.ADMINISTRATOR: marked("administración"),
    Role.ANALYST: marked("observatorio"),
    Role.ENGINE: marked("el motor de comparación"),
    Role.DOOR: marked("la puerta de entrada"),
}
