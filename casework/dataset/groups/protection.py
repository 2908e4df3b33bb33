"""Group 1: from which countries a record is kept, whatever anybody agreed to.

Who fled a state, or whose family fears it, names it here. What each of several relatives asks
counts: a country is named one by one, and is not shown the record until its own line is taken
back.
"""

from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

PROTECTION = Group(
    "protection",
    1,
    marked("De quién se guarda"),
    (
        Field(
            "country_restrictions",
            marked("Países de los que se guarda este registro"),
            Kind.ENTRIES,
            Reveals.CIRCUMSTANCE,
            level=Level.RECOMMENDED,
            hint=marked(
                "Ninguna institución de ese país lo verá ni lo comparará con los suyos, salvo "
                "la que lo lleva, diga lo que diga una autorización. Tampoco se buscará "
                "entre los restos que se guardan allá: explíqueselo a la familia."
            ),
            parts=(Field("country", marked("País"), Kind.COUNTRY, Reveals.CIRCUMSTANCE),),
        ),
    ),
    hint=marked(
        "Por ejemplo, el Estado del que la persona huyó. Cuenta lo que pidió cada quien: un "
        "país deja de estar excluido solo cuando se quita su línea."
    ),
)
