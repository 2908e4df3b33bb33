"""The names of the registers that records come from, as pages say them."""

from collections.abc import Callable, Mapping

from casework.web.languages import marked

SOURCE_WORDS: Mapping[str, str] = {
    "by_hand": marked("ingresado a mano por una institución"),
    "plain": marked("tabla entregada por la institución"),
    "iom-mmp": marked("OIM, Proyecto Migrantes Desaparecidos"),
    "namus": "NamUs",
    "az-ogis": marked("Arizona, iniciativa de información abierta sobre migrantes fallecidos"),
    "border-deaths": marked("registros de muertes en la frontera de Estados Unidos y México"),
}


def source_words(source: str | None, gettext: Callable[[str], str]) -> str:
    """Name a source; one that we have no words for keeps its own name."""
    if source is None:
        return ""
    known = source.partition(":")[0]  # a table is kept apart by the institution that gave it
    return gettext(SOURCE_WORDS[known]) if known in SOURCE_WORDS else source
