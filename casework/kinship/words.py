"""The words of the form of a laboratory's result."""

from collections.abc import Mapping
from enum import StrEnum

from casework.kinship.forms import Scale, Sides
from casework.kinship.told import Against
from casework.web.languages import marked

CHOICES: Mapping[str, Mapping[StrEnum, str]] = {
    "scale": {
        Scale.RATIO: marked("la razón de verosimilitud (LR): 3200000 o 3.2e6"),
        Scale.LOG10: marked("su logaritmo de base 10: 6.51"),
    },
    "against": {
        Against.UNRELATED: marked("son de alguien sin parentesco con esa familia"),
        Against.OTHER: marked("otra cosa"),
    },
    "holds_sex": {
        Sides.NO: marked("No, el total no lleva el sexo"),
        Sides.YES: marked("Sí, el total lleva el sexo"),
        Sides.NOT_SAID: marked("El informe no lo dice"),
    },
}
