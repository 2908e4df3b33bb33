"""What can be wrong with a row, each fault with a name and one sentence in Spanish.

A fault of a row is never repaired by guessing: the cell stays empty, or the row goes to
quarantine, and the original text is kept whole. The table in
`docs/reference/import-profiles.md` is made from `SENTENCES` and a test compares them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Whether the row is still taken."""

    WARNING = "warning"
    QUARANTINE = "quarantine"


class Rule(StrEnum):
    """The faults that are recognised."""

    # of the file
    ENCODING_GUESSED = "encoding_guessed"
    SEVERAL_SHEETS = "several_sheets"
    UNKNOWN_COLUMN = "unknown_column"
    POINT_LON_LAT = "point_lon_lat"
    UNSTORABLE_SIGNS = "unstorable_signs"
    # of a row as a whole
    CELLS_DO_NOT_FIT_HEADER = "cells_do_not_fit_header"
    REPEATED_ROW = "repeated_row"
    REPEATED_ID = "repeated_id"
    NO_ID = "no_id"
    NO_RECORD_ID = "no_record_id"
    REPEATED_RECORD_ID = "repeated_record_id"
    BOM_INSIDE_ID = "bom_inside_id"
    PERSON_IS_ALIVE = "person_is_alive"
    OTHER_KIND_OF_RECORD = "other_kind_of_record"
    ALREADY_IDENTIFIED = "already_identified"
    SEVERAL_VALUES_IN_CELL = "several_values_in_cell"
    UNKNOWN_CODE = "unknown_code"
    BROKEN_LIST = "broken_list"
    TEXT_TOO_LONG = "text_too_long"
    # of a row held against what the registry already has
    FINER_POINT_KEPT = "finer_point_kept"
    NOW_IN_PARTS = "now_in_parts"
    STORED_OTHERWISE = "stored_otherwise"
    CONSENT_NOT_LOOSENED = "consent_not_loosened"
    TAKEN_AS_INVENTED = "taken_as_invented"
    OLDER_ROW = "older_row"
    UNDATED_ROW = "undated_row"
    HELD_WHOLE = "held_whole"
    NO_COUNTRY_TO_KEEP_FROM = "no_country_to_keep_from"
    # of a whole record from another registry
    NEWER_RECORD = "newer_record"
    RECORD_UNREADABLE = "record_unreadable"
    NO_VALUE_OF_FIELD = "no_value_of_field"
    RECORD_IS_OURS = "record_is_ours"
    OLDER_RECORD = "older_record"
    FAMILY_CANNOT_BE = "family_cannot_be"
    CUSTODY_OF_NO_SAMPLE = "custody_of_no_sample"
    # of dates
    NO_DATE = "no_date"
    DATE_BLANK = "date_blank"
    DATE_ZERO = "date_zero"
    DATE_UNREADABLE = "date_unreadable"
    DATE_AS_EXCEL_NUMBER = "date_as_excel_number"
    NO_DAY = "no_day"
    WEEKDAY_DISAGREES = "weekday_disagrees"
    YEAR_DISAGREES = "year_disagrees"
    YEAR_OF_DEATH_TWO_DIGITS = "year_of_death_two_digits"
    YEAR_OF_DEATH_IMPOSSIBLE = "year_of_death_impossible"
    INTERVAL_IMPOSSIBLE = "interval_impossible"
    # of places
    COORDINATES_UNREADABLE = "coordinates_unreadable"
    COORDINATES_IMPOSSIBLE = "coordinates_impossible"
    COORDINATES_ZERO = "coordinates_zero"
    LONGITUDE_SIGN_LOST = "longitude_sign_lost"
    LATITUDE_SIGN_LOST = "latitude_sign_lost"
    AXIS_ORDER_REVERSED = "axis_order_reversed"
    FAR_FROM_COUNTRY = "far_from_country"
    ROUNDED_COORDINATES = "rounded_coordinates"
    CENTROID_PILE = "centroid_pile"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_STATE = "unknown_state"
    MOVED_BEFORE_RECOVERY = "moved_before_recovery"
    # of counts of people
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE_MISSING = "negative_missing"
    NEGATIVE_COUNT = "negative_count"
    BLANK_BECAME_ZERO = "blank_became_zero"
    SEXES_EXCEED_TOTAL = "sexes_exceed_total"
    CHILDREN_EXCEED_TOTAL = "children_exceed_total"
    TOTAL_DISAGREES = "total_disagrees"
    NOBODY_COUNTED = "nobody_counted"
    # of a description
    AGE_NEGATIVE = "age_negative"
    AGE_IMPOSSIBLE = "age_impossible"
    STATURE_IMPOSSIBLE = "stature_impossible"
    WEIGHT_IMPOSSIBLE = "weight_impossible"
    RANGE_REVERSED = "range_reversed"


def N_(msgid: str) -> str:  # noqa: N802 - the name Babel looks for
    """Mark a Spanish sentence for translation without translating it here."""
    return msgid


SENTENCES: dict[Rule, str] = {
    Rule.ENCODING_GUESSED: N_(
        "El archivo no está en UTF-8; se leyó como Windows-1252. Revise los acentos."
    ),
    Rule.SEVERAL_SHEETS: N_("El libro tiene varias hojas; se leyó solo «%(detail)s»."),
    Rule.UNKNOWN_COLUMN: N_("La columna «%(column)s» no se conoce y no se usó."),
    Rule.POINT_LON_LAT: N_(
        "Las coordenadas vienen como POINT (longitud latitud) y se leyeron en ese orden."
    ),
    Rule.UNSTORABLE_SIGNS: N_(
        "El archivo trae signos que no son texto (nulos o mitades de letra); en su lugar "
        "quedó «�»."
    ),
    Rule.CELLS_DO_NOT_FIT_HEADER: N_(
        "La fila tiene %(detail)s celdas y el encabezado otro número; no se sabe cuál es cuál."
    ),
    Rule.REPEATED_ROW: N_("La fila repite, celda por celda, la línea %(detail)s."),
    Rule.REPEATED_ID: N_(
        "Otra fila del archivo lleva el mismo identificador; se guardan por separado."
    ),
    Rule.NO_ID: N_(
        "La fila no trae identificador; se reconoce por su contenido, y si cambia será otra."
    ),
    Rule.NO_RECORD_ID: N_("Falta «%(column)s», sin el cual la fila no puede guardarse."),
    Rule.REPEATED_RECORD_ID: N_(
        "El identificador ya está en la línea %(detail)s; no se sabe si es la misma persona."
    ),
    Rule.BOM_INSIDE_ID: N_("El identificador llevaba signos invisibles, que se quitaron."),
    Rule.PERSON_IS_ALIVE: N_("La fila es de una persona viva y no de restos humanos."),
    Rule.OTHER_KIND_OF_RECORD: N_("La fila no es de la clase que este perfil lee."),
    Rule.ALREADY_IDENTIFIED: N_("La fuente dice que esta persona ya fue identificada."),
    Rule.SEVERAL_VALUES_IN_CELL: N_(
        "«%(column)s» trae varios valores en una celda; se guardaron todos."
    ),
    Rule.UNKNOWN_CODE: N_("«%(column)s» trae un valor que no está en la lista; quedó vacío."),
    Rule.BROKEN_LIST: N_("La lista de «%(column)s» no se pudo leer; quedó vacía."),
    Rule.TEXT_TOO_LONG: N_(
        "«%(column)s» pasa de %(detail)s signos; compruebe que no se hayan unido celdas."
    ),
    Rule.FINER_POINT_KEPT: N_(
        "El registro ya tenía un punto más fino que el de esta fila; se conservó."
    ),
    Rule.NOW_IN_PARTS: N_(
        "Este incidente estaba guardado entero y la fuente lo da ahora en %(detail)s filas; la "
        "primera siguió su expediente."
    ),
    Rule.STORED_OTHERWISE: N_(
        "El registro ya tiene este incidente repartido de otro modo (%(detail)s) y el archivo "
        "no lo trae así; revise que no se cuente dos veces."
    ),
    Rule.CONSENT_NOT_LOOSENED: N_(
        "El registro ya tenía de la familia una autorización más estricta que la declarada "
        "con el archivo; se conservó."
    ),
    Rule.TAKEN_AS_INVENTED: N_(
        "El identificador empieza como todo lo inventado (INV-M-, INV-R- o INV-I-); la fila "
        "se guardó como inventada y no se compara con nadie real."
    ),
    Rule.OLDER_ROW: N_(
        "La fila es del %(detail)s y el registro ya tiene algo más reciente de la misma "
        "fuente; no se cambió nada."
    ),
    Rule.UNDATED_ROW: N_(
        "La fila no dice de cuándo es y el registro tiene de la misma fuente lo que decía el "
        "%(detail)s; no se cambió nada. Diga de cuándo es el archivo al entregarlo."
    ),
    Rule.HELD_WHOLE: N_(
        "El registro tiene el expediente entero de esta persona, que dice más que una fila de "
        "lista; no se cambió nada."
    ),
    Rule.NO_COUNTRY_TO_KEEP_FROM: N_(
        "«%(column)s» dice de qué países se guarda el registro y uno no se reconoce; la fila "
        "no se guardó, para no mostrarla a quien no debe verla."
    ),
    Rule.NEWER_RECORD: N_(
        "El expediente está escrito en la versión %(detail)s y este registro lee la 1. Pídalo "
        "en esa versión o actualice el registro."
    ),
    Rule.RECORD_UNREADABLE: N_(
        "El expediente no está escrito como lo entrega un registro: falla «%(column)s»."
    ),
    Rule.NO_VALUE_OF_FIELD: N_(
        "«%(column)s» no es un campo de estos expedientes o no lleva ese valor."
    ),
    Rule.RECORD_IS_OURS: N_(
        "Este expediente salió de este mismo registro; no se guarda como copia de sí mismo."
    ),
    Rule.OLDER_RECORD: N_(
        "El expediente se escribió el %(detail)s y el registro ya tiene uno más reciente; no "
        "se cambió nada."
    ),
    Rule.FAMILY_CANNOT_BE: N_(
        "El árbol de la familia que trae el expediente no puede ser: alguien no está en él, "
        "desciende de sí mismo o no puede ser madre o padre de quien dice."
    ),
    Rule.CUSTODY_OF_NO_SAMPLE: N_(
        "«%(column)s» dice por qué manos pasó una muestra que no está en el expediente."
    ),
    Rule.NO_DATE: N_("La fila no dice ni el año; sin fecha no puede ubicarse."),
    Rule.DATE_BLANK: N_("«%(column)s» está vacía; se usó %(detail)s."),
    Rule.DATE_ZERO: N_("«%(column)s» dice 0; se usó %(detail)s."),
    Rule.DATE_UNREADABLE: N_("«%(column)s» no se entiende como fecha."),
    Rule.DATE_AS_EXCEL_NUMBER: N_("«%(column)s» era un número de Excel, leído como fecha."),
    Rule.NO_DAY: N_("La fila no dice el día; la fecha vale para %(detail)s."),
    Rule.WEEKDAY_DISAGREES: N_(
        "El día de la semana de «%(column)s» no es el de esa fecha; quizá día y mes trocados."
    ),
    Rule.YEAR_DISAGREES: N_("El año de «%(column)s» y el de la columna de año no coinciden."),
    Rule.YEAR_OF_DEATH_TWO_DIGITS: N_(
        "«%(column)s» no es un año de cuatro cifras; quedó vacío y no se adivinó el siglo."
    ),
    Rule.YEAR_OF_DEATH_IMPOSSIBLE: N_("«%(column)s» no es un año posible; quedó vacío."),
    Rule.INTERVAL_IMPOSSIBLE: N_("El intervalo de «%(column)s» no es posible; quedó vacío."),
    Rule.COORDINATES_UNREADABLE: N_("Las coordenadas no se entienden; el punto quedó vacío."),
    Rule.COORDINATES_IMPOSSIBLE: N_("Las coordenadas caen fuera del mundo; quedaron vacías."),
    Rule.COORDINATES_ZERO: N_(
        "Las coordenadas dicen 0, 0: nadie las escribió; quedaron vacías."
    ),
    Rule.LONGITUDE_SIGN_LOST: N_(
        "Con la longitud en negativo el punto cae en %(detail)s; parece que perdió el signo. "
        "El punto quedó vacío."
    ),
    Rule.LATITUDE_SIGN_LOST: N_(
        "Con la latitud de signo contrario el punto cae en %(detail)s. El punto quedó vacío."
    ),
    Rule.AXIS_ORDER_REVERSED: N_(
        "Con latitud y longitud trocadas el punto cae en %(detail)s. El punto quedó vacío."
    ),
    Rule.FAR_FROM_COUNTRY: N_("El punto está lejos de %(detail)s, donde dice la fila."),
    Rule.ROUNDED_COORDINATES: N_(
        "Las coordenadas están redondeadas a grados enteros: valen para unos %(detail)s km."
    ),
    Rule.CENTROID_PILE: N_(
        "%(detail)s incidentes de fechas distintas llevan este mismo punto: parece el centro "
        "de un lugar y no donde ocurrió."
    ),
    Rule.UNKNOWN_COUNTRY: N_("«%(column)s» no es un país de la lista; se guardó el texto."),
    Rule.UNKNOWN_STATE: N_("«%(column)s» no es un estado de la lista; el punto quedó vacío."),
    Rule.MOVED_BEFORE_RECOVERY: N_(
        "La persona fue movida de donde cayó: el punto no dice dónde murió."
    ),
    Rule.NOT_A_NUMBER: N_("«%(column)s» no es un número; quedó como no registrado."),
    Rule.NEGATIVE_MISSING: N_("El número de desaparecidos es negativo; quedó sin registrar."),
    Rule.NEGATIVE_COUNT: N_("«%(column)s» es negativo; quedó como no registrado."),
    Rule.BLANK_BECAME_ZERO: N_(
        "En este archivo las celdas vacías se volvieron 0; los ceros quedaron sin registrar."
    ),
    Rule.SEXES_EXCEED_TOTAL: N_("Mujeres y hombres suman más que el total de personas."),
    Rule.CHILDREN_EXCEED_TOTAL: N_("Hay más niñas y niños que el total de personas."),
    Rule.TOTAL_DISAGREES: N_("Muertos y desaparecidos no suman el total que dice la fila."),
    Rule.NOBODY_COUNTED: N_("La fila no cuenta a nadie, ni muerto ni desaparecido."),
    Rule.AGE_NEGATIVE: N_("«%(column)s» es negativa; quedó vacía."),
    Rule.AGE_IMPOSSIBLE: N_("«%(column)s» no es una edad posible; quedó vacía."),
    Rule.STATURE_IMPOSSIBLE: N_("«%(column)s» no es una estatura posible; quedó vacía."),
    Rule.WEIGHT_IMPOSSIBLE: N_("«%(column)s» no es un peso posible; quedó vacío."),
    Rule.RANGE_REVERSED: N_(
        "«%(column)s» empieza después de terminar; no se sabe cuál es el error y quedó vacío."
    ),
}

QUARANTINED: frozenset[Rule] = frozenset(
    {
        Rule.CELLS_DO_NOT_FIT_HEADER,
        Rule.REPEATED_ROW,
        Rule.NO_RECORD_ID,
        Rule.REPEATED_RECORD_ID,
        Rule.TEXT_TOO_LONG,
        Rule.PERSON_IS_ALIVE,
        Rule.OTHER_KIND_OF_RECORD,
        Rule.NEWER_RECORD,
        Rule.RECORD_UNREADABLE,
        Rule.NO_VALUE_OF_FIELD,
        Rule.RECORD_IS_OURS,
        Rule.OLDER_RECORD,
        Rule.OLDER_ROW,
        Rule.UNDATED_ROW,
        Rule.HELD_WHOLE,
        Rule.NO_COUNTRY_TO_KEEP_FROM,
        Rule.FAMILY_CANNOT_BE,
        Rule.CUSTODY_OF_NO_SAMPLE,
        Rule.NO_DATE,
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one row; the text it was found in stays out of logs."""

    rule: Rule
    column: str = ""
    value: str = field(default="", repr=False)
    detail: str = ""

    @property
    def severity(self) -> Severity:
        """Tell whether the row is still taken."""
        return Severity.QUARANTINE if self.rule in QUARANTINED else Severity.WARNING

    @property
    def details(self) -> dict[str, str]:
        """What fills the sentence; never the value, which may be somebody's name."""
        return {"column": self.column, "detail": self.detail}

    @property
    def sentence(self) -> str:
        """Say the fault in Spanish; a page translates `SENTENCES[rule]` instead."""
        return SENTENCES[self.rule] % self.details


def stops(problems: Iterable[Problem]) -> bool:
    """Tell whether any of `problems` keeps the row out."""
    return any(each.severity is Severity.QUARANTINE for each in problems)


def rules_of(problems: Sequence[Problem]) -> list[str]:
    """List the names of the rules, in the order they were found."""
    return [each.rule.value for each in problems]
