"""What the glossary has words for: each code of each list, and what no list has a code for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from casework.dataset.catalogue import asked_as, code_lists
from casework.dataset.shape import CodeList
from casework.web.languages import marked

# Said in testimonies, in registers and on graves, and no answer to a question of ours.
TESTIMONY = CodeList(
    "testimony",
    {
        "missing_person": marked("persona desaparecida"),
        "unidentified_person": marked("persona fallecida sin identificar"),
        "remains": marked("restos humanos"),
        "facilitator": marked("persona que guía o lleva a migrantes por dinero"),
        "migration_agents": marked("agentes de migración"),
        "holding_cell": marked("celda de paso en la frontera"),
        "freight_train": marked("tren de carga en que se viaja"),
        "border_crossing_by_land": marked("paso fronterizo sin control"),
        "safe_house": marked("casa donde se esconde a migrantes"),
        "ransom": marked("dinero que exigen por dejarlos ir"),
        "remittance": marked("dinero que se envía a la familia"),
        "apron": marked("delantal o bata de trabajo"),
        "overalls": marked("prenda de trabajo de una pieza"),
        "infant": marked("niña o niño de pecho"),
    },
)
PLACES = CodeList(
    "place_words",
    {
        "first_division": marked("primera división de un país"),
        "municipality": marked("municipio"),
        "settlement": marked("aldea o caserío"),
        "neighbourhood": marked("barrio"),
        "morgue": marked("morgue"),
        "common_grave": marked("fosa común"),
        "cemetery": marked("cementerio"),
        "ravine": marked("barranco"),
        "ranch": marked("finca de ganado"),
        "irrigation_canal": marked("canal de riego"),
        "shelter": marked("albergue"),
    },
)
LIST_TITLES: Mapping[str, str] = {
    "article_item": marked("ropa y objetos"),
    "body_site": marked("partes del cuerpo"),
    "build": marked("complexión"),
    "circumstance": marked("circunstancias"),
    "colour": marked("colores"),
    "disposition": marked("dónde están los restos"),
    "document": marked("documentos"),
    "eye_colour": marked("color de ojos"),
    "facial_hair": marked("barba y bigote"),
    "hair_colour": marked("color de cabello"),
    "hair_texture": marked("forma del cabello"),
    "mark_type": marked("señas particulares"),
    "occupation": marked("ocupaciones"),
    "place_words": marked("palabras de lugares"),
    "relationship": marked("parentescos"),
    "remains_stature_basis": marked("cómo se supo la estatura de los restos"),
    "reported_to": marked("dónde se denunció"),
    "setting": marked("clase de lugar"),
    "stature_basis": marked("cómo se supo la estatura de una persona"),
    "testimony": marked("palabras de los relatos"),
    "tooth_material": marked("materiales de dientes"),
    "tooth_state": marked("estado de los dientes"),
    "transport": marked("medios de transporte"),
    "visited": marked("lugares visitados"),
}


@dataclass(frozen=True, slots=True)
class Concept:
    """One code of one list, with its regional word: a Spanish message."""

    list_key: str
    code: str
    message: str


@cache
def lists() -> Mapping[str, CodeList]:
    """Give every list that the glossary speaks of, by its key."""
    return {each.key: each for each in (*code_lists(), PLACES, TESTIMONY)}


def concept(list_key: str, code: str) -> Concept | None:
    """Find a code of a list; none if there is none."""
    listed = lists().get(list_key)
    message = listed.words.get(code) if listed else None
    return Concept(list_key, code, message) if message is not None else None


def concepts_of(list_key: str) -> tuple[Concept, ...]:
    """List the codes of one list in their own order; none of a list that is not there."""
    listed = lists().get(list_key)
    words = listed.words if listed else {}
    return tuple(Concept(list_key, code, message) for code, message in words.items())


def list_title(list_key: str, gettext: Callable[[str], str]) -> str:
    """Name a list: by its own name, or by the first question that its codes answer."""
    if list_key in LIST_TITLES:
        return gettext(LIST_TITLES[list_key])
    return ": ".join(gettext(each) for each in asked_as()[list_key])
