"""What each warning of an import means for somebody who reads the incident.

An incident keeps only the names of the rules that warned; the import's report holds the
cells. So these sentences say what to be careful with, and not which cell it was.
"""

from collections.abc import Mapping

from casework.web.languages import marked

WARNING_WORDS: Mapping[str, str] = {
    "encoding_guessed": marked("Los acentos del archivo se adivinaron; pueden estar mal."),
    "several_sheets": marked("El archivo tenía varias hojas y se leyó solo una."),
    "unknown_column": marked("El archivo traía columnas que no se usaron."),
    "point_lon_lat": marked("Las coordenadas venían con la longitud primero."),
    "repeated_id": marked("Otra fila llevaba el mismo identificador; se guardan por separado."),
    "no_id": marked("La fuente no le dio identificador; se reconoce por su contenido."),
    "bom_inside_id": marked("El identificador traía signos invisibles, que se quitaron."),
    "several_values_in_cell": marked("Una celda traía varios valores; se guardaron todos."),
    "unknown_code": marked("Un valor no estaba en la lista y quedó vacío."),
    "broken_list": marked("Una lista no se pudo leer y quedó vacía."),
    "date_blank": marked("La fecha venía vacía; vale el mes o el año que la fuente indica."),
    "date_zero": marked("La fecha decía 0; vale el mes o el año que la fuente indica."),
    "date_unreadable": marked("La fecha no se entendía; vale el mes o el año indicados."),
    "date_as_excel_number": marked("La fecha era un número de Excel, leído como fecha."),
    "no_day": marked("La fuente no dice el día; la fecha vale para el mes o el año."),
    "weekday_disagrees": marked("El día de la semana no es el de esa fecha: quizá otro día."),
    "year_disagrees": marked("El año de la fecha y el de su columna no coinciden."),
    "coordinates_unreadable": marked("Las coordenadas no se entendían; no hay punto."),
    "coordinates_impossible": marked("Las coordenadas caían fuera del mundo; no hay punto."),
    "coordinates_zero": marked("Las coordenadas decían 0, 0; no hay punto."),
    "longitude_sign_lost": marked("La longitud parecía haber perdido el signo; no hay punto."),
    "latitude_sign_lost": marked("La latitud parecía haber perdido el signo; no hay punto."),
    "axis_order_reversed": marked("Latitud y longitud parecían trocadas; no hay punto."),
    "far_from_country": marked("El punto está lejos del país que dice la fuente."),
    "rounded_coordinates": marked("Las coordenadas están redondeadas a grados enteros."),
    "centroid_pile": marked(
        "Muchos incidentes llevan este mismo punto: parece el centro de un lugar y no donde "
        "ocurrió."
    ),
    "unknown_country": marked("La fuente nombra un país que no está en la lista."),
    "not_a_number": marked("Un conteo no era un número y quedó como no registrado."),
    "negative_missing": marked("El número de desaparecidos era negativo; quedó sin registrar."),
    "negative_count": marked("Un conteo era negativo y quedó como no registrado."),
    "blank_became_zero": marked(
        "En ese archivo las celdas vacías se volvieron 0; no se usaron."
    ),
    "sexes_exceed_total": marked("Mujeres y hombres suman más que el total de personas."),
    "children_exceed_total": marked("Hay más niñas y niños que el total de personas."),
    "total_disagrees": marked("Muertos y desaparecidos no suman el total que dice la fuente."),
    "nobody_counted": marked("La fuente no cuenta a nadie, ni muerto ni desaparecido."),
    "range_reversed": marked("Un intervalo terminaba antes de empezar y quedó vacío."),
}
