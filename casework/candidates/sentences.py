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
        "Entre el último contacto y la recuperación pasaron %(days)s, lo usual para el estado "
        "en que se hallaron los restos."
    ),
    "time_unusual": marked(
        "Entre el último contacto y la recuperación pasaron %(days)s, poco usual para el "
        "estado en que se hallaron los restos."
    ),
    "time_within_imprecision": marked(
        "Las fechas solo son compatibles si alguna no es exacta: según lo anotado, la "
        "recuperación pudo ser antes del último contacto."
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
}

# Where a value is lacking → what a reader is told.
LACKING: Mapping[str, str] = {
    "both": marked("No se puede comparar: falta en los dos registros."),
    "missing": marked("No se puede comparar: falta en el registro de la persona."),
    "remains": marked("No se puede comparar: falta en el registro de los restos."),
    "neither": marked(
        "No se puede comparar: en el estado en que se hallaron los restos, o por cómo está "
        "anotado, este dato no dice nada a favor ni en contra."
    ),
}


def sentence_of(reason: str, facts: Facts, teller: Teller) -> str:
    """Say one reason with the values it rests on; an unknown code says nothing."""
    if reason not in SENTENCES:
        return ""
    return teller.gettext(SENTENCES[reason]) % _said(facts, teller)


def why_not(side: str, teller: Teller) -> str:
    """Say why a kind of evidence weighs nothing; `side` is where the value is lacking."""
    return teller.gettext(LACKING.get(side, LACKING["neither"]))


def _said(facts: Facts, teller: Teller) -> dict[str, str]:
    wording = teller.wording
    years = teller.gettext("años")
    numbers = {name: value for name, value in facts.items() if isinstance(value, float)}
    said = {
        name.removesuffix("_cm").removesuffix("_km"): wording.number(
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
        return wording.number_range(max(shortest, 0), longest, teller.gettext("días"), 0)
    low, high = max(shortest, 0) / DAYS_A_YEAR, longest / DAYS_A_YEAR
    return wording.number_range(round(low, 1), round(high, 1), teller.gettext("años"), 1)
