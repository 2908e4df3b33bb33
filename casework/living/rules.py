"""What a person alive must come with, and when somebody may be searched for."""

from casework.envelope import SearchConsent
from casework.living.model import LivingPerson
from casework.record_codes import Communication
from casework.web.languages import marked

# What can be entered: what they said, or that nobody can ask them and their life depends on it.
DECISIONS = (
    SearchConsent.GRANTED,
    SearchConsent.REFUSED,
    SearchConsent.NOT_ASKED,
    SearchConsent.VITAL_INTEREST,
)
# As for a consent that no relative gives: an assessment in fewer letters is none.
SHORTEST_REASON = 20
# Whoever can be asked is asked; nobody decides in their place.
CANNOT_BE_ASKED = frozenset(
    {
        Communication.IN_UNKNOWN_LANGUAGE,
        Communication.CONFUSED,
        Communication.TOO_YOUNG,
        Communication.CANNOT_SPEAK,
        Communication.UNCONSCIOUS,
    }
)


def why_not_registrable(person: LivingPerson) -> dict[str, str]:
    """Name what is missing, field by field: one way to refer to the person is enough."""
    told = (*(name.full for name in person.names), person.list_number)
    if any(each.strip() for each in told):
        return {}
    return {
        "referred_to": marked(
            "Escriba un nombre, un número de lista o cualquier forma de referirse a la persona."
        )
    }


def why_not_decidable(
    person: LivingPerson, decision: SearchConsent, reason: str
) -> dict[str, str]:
    """Name what speaks against entering a decision; empty when it can be entered."""
    if decision not in DECISIONS:
        return {"decision": marked("Elija una opción de la lista.")}
    if decision is not SearchConsent.VITAL_INTEREST:
        return {}
    if person.search_consent is SearchConsent.REFUSED:
        return {
            "decision": marked("Dijo que no quiere que se la busque. Nadie decide por encima.")
        }
    if person.communication not in CANNOT_BE_ASKED:
        return {
            "decision": marked(
                "Anote primero por qué no se le puede preguntar; si se puede, pregúntele."
            )
        }
    if len(reason.strip()) < SHORTEST_REASON:
        return {"reason": marked("Escriba con sus palabras por qué su vida lo pide.")}
    return {}
