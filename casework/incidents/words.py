"""The words of an incident's fields, as pages and changes between versions name them."""

from casework.incidents.model import Population
from casework.web.languages import marked

FIELD_WORDS = {
    "kind": marked("Clase"),
    "date_from": marked("Fecha, desde"),
    "date_to": marked("Fecha, hasta"),
    "dead": marked("Personas muertas"),
    "missing": marked("Personas desaparecidas"),
    "survivors": marked("Sobrevivientes"),
    "females": marked("Mujeres"),
    "males": marked("Hombres"),
    "children": marked("Niñas y niños"),
    "causes": marked("Causa, como la escribió la fuente"),
    "cause_codes": marked("Causa"),
    "countries_of_origin": marked("Países de origen"),
    "regions_of_origin": marked("Regiones de origen"),
    "country": marked("País"),
    "admin1": marked("Departamento, estado o provincia"),
    "region": marked("Región"),
    "subregion": marked("Subregión"),
    "route": marked("Ruta"),
    "place": marked("Lugar"),
    "lat": marked("Latitud"),
    "lon": marked("Longitud"),
    "radius_km": marked("Imprecisión del lugar, en km"),
    "location_precision": marked("Clase de precisión"),
    "title": marked("Titular"),
    "sources": marked("Fuentes"),
    "urls": marked("Enlaces"),
    "source_quality": marked("Calidad de la fuente"),
    "mmp_eligible": marked("Lo cuenta el Proyecto Migrantes Desaparecidos"),
    "population": marked("Si se sabe quiénes estaban"),
    "survivors_list_ref": marked("Lista de sobrevivientes"),
    "warnings": marked("Advertencias"),
}
POPULATION_WORDS = {
    Population.OPEN: marked("abierta: nadie sabe quiénes estaban"),
    Population.CLOSED: marked("cerrada: se sabe quiénes estaban, por una lista o un conteo"),
    Population.UNKNOWN: marked("no se sabe"),
}
MMP_WORDS = {
    True: marked("sí"),
    False: marked("no: fue en detención, por una deportación, tras el regreso o en el destino"),
}
