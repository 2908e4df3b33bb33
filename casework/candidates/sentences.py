"""From the engine's reason codes to sentences that a person can check against the two files.

A sentence says what was compared and what was found, never what to conclude.
"""

from collections.abc import Mapping

from casework.web.described import Teller
from casework.web.languages import marked

Facts = Mapping[str, str | float]

DAYS_A_YEAR = 365.25
TOLD_IN_YEARS = 730
TOLD_WITH_A_DECIMAL = 10

COUNTED = marked(
    "De lo que se contó de la persona, coinciden: %(agreeing)s; coinciden en parte: "
    "%(partly)s; podían verse y no se hallaron: %(unseen)s."
)

SENTENCES: Mapping[str, str] = {
    "sex_agrees": marked("El sexo reportado y el que se estimó en los restos coinciden."),
    "sex_differs": marked(
        "El sexo reportado y el que se estimó en los restos no coinciden; toda estimación "
        "puede fallar, y por eso esto no descarta."
    ),
    "age_within": marked(
        "La edad reportada (%(missing)s) cae dentro de la estimada en los restos (%(remains)s)."
    ),
    "age_near": marked(
        "La edad reportada (%(missing)s) cae fuera de la estimada en los restos (%(remains)s), "
        "pero cerca."
    ),
    "age_far": marked(
        "La edad reportada (%(missing)s) cae lejos de la estimada en los restos (%(remains)s)."
    ),
    "stature_near": marked(
        "Se esperaba una estatura de unos %(expected)s cm y se halló una de unos %(found)s cm; "
        "la diferencia cabe en lo que se yerra al recordar y al medir."
    ),
    "stature_far": marked(
        "Se esperaba una estatura de unos %(expected)s cm y se halló una de unos %(found)s cm; "
        "la diferencia es mayor de lo que se suele errar al recordar y al medir."
    ),
    "time_fits": marked(
        "Del último contacto a la recuperación: %(days)s, lo usual para el estado en que se "
        "hallaron los restos."
    ),
    "time_unusual": marked(
        "Del último contacto a la recuperación: %(days)s, poco usual para el estado en que se "
        "hallaron los restos."
    ),
    "time_within_imprecision": marked(
        "Según las fechas anotadas, la recuperación pudo ser antes o después del último "
        "contacto; solo si fue después puede ser la misma persona. Precíselas primero."
    ),
    "time_impossible": marked(
        "Según las fechas anotadas, los restos se recuperaron antes del último contacto."
    ),
    "place_distance": marked(
        "Hay unos %(distance)s km entre el último contacto y la recuperación. Los lugares se "
        "conocen con una precisión de %(radius_missing)s km y de %(radius_remains)s km."
    ),
    "place_same_region": marked("Los dos registros nombran el mismo estado o departamento."),
    "place_same_country": marked("Los dos registros nombran el mismo país."),
    "place_other_country": marked("Los registros nombran países distintos."),
    "list_agrees": COUNTED,
    "list_partly_agrees": COUNTED,
    "list_differs": COUNTED,
    "list_none_found": marked(
        "Se contaron de la persona señas que podían verse, y quien examinó los restos anotó "
        "que no hay ninguna."
    ),
    "list_none_reported": marked(
        "En los restos se vieron señas, y de la persona se dijo que no tenía ninguna."
    ),
    "list_none_on_both": marked(
        "De la persona se dijo que no tenía ninguna, y en los restos se buscó y no se halló."
    ),
    "colour_same": marked("El color que se dijo y el que se vio son el mismo."),
    "colour_near": marked("El color que se dijo y el que se vio suelen confundirse."),
    "colour_differs": marked("El color que se dijo y el que se vio son distintos."),
    "time_before_contact": marked(
        "Según las fechas anotadas, la recuperación fue antes del último contacto, por poco: "
        "alguna de las fechas tendría que estar mal. Revíselas primero."
    ),
    "teeth_same": marked(
        "Se compararon %(compared)s dientes y todos están como se dijo. Si casi todos están "
        "sanos, esto se ve en mucha gente."
    ),
    "teeth_explainable": marked(
        "Se compararon %(compared)s dientes: %(same)s están como se dijo y los demás cambiaron "
        "como cambian los dientes con el tiempo."
    ),
    "teeth_unexplained": marked(
        "Se compararon %(compared)s dientes: %(same)s están como se dijo y en %(unexplained)s "
        "la diferencia no se explica por el tiempo, salvo error de alguna de las fichas."
    ),
    "serial_same": marked("El número de serie del implante es el que se dijo."),
    "serial_near": marked(
        "El número de serie del implante difiere del que se dijo en un solo signo."
    ),
    "serial_differs": marked(
        "El número de serie del implante es otro que el que se dijo; los implantes se cambian."
    ),
    "papers_agree": marked(
        "Un nombre, un número o un teléfono hallado con los restos es el que se dijo; los "
        "documentos pueden ser de otra persona."
    ),
    "papers_partly_agree": marked(
        "Un nombre, un número o un teléfono hallado con los restos se parece al que se dijo, o "
        "coincide en parte."
    ),
    "papers_differ": marked(
        "Los nombres, números o teléfonos hallados con los restos son otros que los que se "
        "dijeron; los documentos pueden ser de otra persona."
    ),
    "nationality_same": marked("Lo hallado indica una de las nacionalidades que se dijeron."),
    "nationality_differs": marked(
        "Lo hallado indica otra nacionalidad; por eso nunca se descarta a nadie."
    ),
    "value_same": marked("Lo que se dijo y lo que se observó es lo mismo."),
    "value_near": marked("Lo que se dijo y lo que se observó es parecido."),
    "value_differs": marked("Lo que se dijo y lo que se observó es distinto."),
    "body_weight_near": marked(
        "Se esperaba un peso de unos %(expected)s kg y se halló uno de unos %(found)s kg; "
        "la diferencia cabe en lo que se yerra al recordar y en lo que se pierde en el camino."
    ),
    "body_weight_far": marked(
        "Se esperaba un peso de unos %(expected)s kg y se halló uno de unos %(found)s kg; "
        "la diferencia es mayor de lo usual."
    ),
    "blood_group_fits": marked("El grupo sanguíneo que se dijo y el hallado son compatibles."),
    "blood_group_differs": marked(
        "El grupo sanguíneo que se dijo y el hallado no son compatibles; a menudo se recuerda "
        "mal."
    ),
    "group_same": marked("Los dos registros nombran el mismo incidente o el mismo grupo."),
    "group_differs": marked("Los registros nombran incidentes o grupos distintos."),
    "destination_ahead": marked(
        "Los restos se hallaron en la dirección del destino, vista desde el último contacto."
    ),
    "destination_aside": marked(
        "Los restos se hallaron en otra dirección que la del destino; hay quien regresa, y hay "
        "a quien devuelven."
    ),
    "birth_same": marked("El día y el mes de nacimiento son los mismos."),
    "birth_swapped": marked(
        "El día y el mes de nacimiento son los mismos si se intercambian, como a menudo hacen "
        "los formularios."
    ),
    "birth_differs": marked("El día o el mes de nacimiento son otros."),
    "recovery_same": marked("Los dos registros dan el mismo día de recuperación."),
    "recovery_near": marked(
        "Los dos registros dan días de recuperación cercanos; de una misma muerte, dos "
        "registros dan a menudo días distintos."
    ),
    "recovery_far": marked(
        "Los días de recuperación que dan los dos registros están lejos uno de otro; partes de "
        "una persona pueden hallarse con mucho tiempo de por medio."
    ),
    "outside_supports": marked(
        "Otro sistema de comparación da más probabilidad a que sean la misma persona que a que "
        "no lo sean."
    ),
    "outside_opposes": marked(
        "Otro sistema de comparación da menos probabilidad a que sean la misma persona que a "
        "que no lo sean."
    ),
}

# Where a value is lacking → what a reader is told.
LACKING: Mapping[str, str] = {
    "both": marked("No se puede comparar: falta en los dos registros."),
    "missing": marked("No se puede comparar: falta en el registro de la persona."),
    "remains": marked("No se puede comparar: falta en el registro de los restos."),
    "neither": marked(
        "No se puede comparar: por la edad de la persona, por el estado en que se hallaron los "
        "restos o por cómo está anotado, este dato no dice nada a favor ni en contra."
    ),
}


def sentence_of(reason: str, facts: Facts, teller: Teller) -> str:
    """Say one reason with the values it rests on; an unknown code says nothing."""
    if reason not in SENTENCES:
        return ""
    return teller.gettext(SENTENCES[reason]) % said_facts(facts, teller)


def why_not(side: str, teller: Teller) -> str:
    """Say why a kind of evidence weighs nothing; `side` is where the value is lacking."""
    return teller.gettext(LACKING.get(side, LACKING["neither"]))


def said_facts(facts: Facts, teller: Teller) -> dict[str, str]:
    """Write the values of a reason as its sentence needs them."""
    wording = teller.wording
    years = teller.gettext("años")
    numbers = {name: value for name, value in facts.items() if isinstance(value, float)}
    said = {
        name.removesuffix("_cm").removesuffix("_km").removesuffix("_kg"): wording.number(
            value, 1 if abs(value) < TOLD_WITH_A_DECIMAL else 0
        )
        for name, value in numbers.items()
    }
    for side in ("missing", "remains"):
        if f"{side}_low" in numbers:
            said[side] = wording.number_range(
                numbers[f"{side}_low"], numbers[f"{side}_high"], years, 0
            )
    if "shortest_days" in numbers:
        said["days"] = _time(numbers["shortest_days"], numbers["longest_days"], teller)
    return said


def _time(shortest: float, longest: float, teller: Teller) -> str:
    """Say an interval in days, or in years where days would only pretend to be exact."""
    wording = teller.wording
    if longest < TOLD_IN_YEARS:
        days = teller.ngettext("día", "días", round(longest))
        return wording.number_range(max(shortest, 0), longest, days, 0)
    low, high = max(shortest, 0) / DAYS_A_YEAR, longest / DAYS_A_YEAR
    return wording.number_range(round(low, 1), round(high, 1), teller.gettext("años"), 1)
