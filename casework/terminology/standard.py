"""The glossary as SKOS in JSON-LD: one scheme for each list, one concept for each code."""

from collections.abc import Iterable
from typing import Any

from casework.terminology.concepts import concepts_of, lists
from casework.terminology.queries import regional_words
from casework.terminology.rules import Entry

SKOS = "http://www.w3.org/2004/02/skos/core#"
CONTEXT = {
    "skos": SKOS,
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "notation": "skos:notation",
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
}


def as_skos(entries: Iterable[Entry]) -> dict[str, Any]:
    """Write every code with its regional words, and what countries say, by language tag."""
    said: dict[tuple[str, str], dict[str, list[str]]] = {}
    for entry in entries:
        if step := entry.standing:
            draft = step.draft
            tag = f"{draft.language}-{draft.country}" if draft.country else draft.language
            of_code = said.setdefault((draft.list_key, draft.code), {})
            of_code.setdefault(tag, []).append(draft.term)
    graph: list[dict[str, Any]] = []
    for key in lists():
        graph.append({"@id": f"urn:reunir:{key}", "@type": "skos:ConceptScheme"})
        graph.extend(
            {
                "@id": f"urn:reunir:{key}:{each.code}",
                "@type": "skos:Concept",
                "inScheme": f"urn:reunir:{key}",
                "notation": each.code,
                "prefLabel": regional_words(each),
                "altLabel": said.get((key, each.code), {}),
            }
            for each in concepts_of(key)
        )
    return {"@context": CONTEXT, "@graph": graph}
