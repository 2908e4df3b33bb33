"""Who alive takes part in matching, and what may be entered about their family."""

from collections.abc import Sequence

from casework.living.model import LivingPerson
from casework.living.rules import CANNOT_BE_ASKED, SHORTEST_REASON
from casework.sought.model import FamilyAnswer
from casework.web.languages import marked
from privacy.permissions import Role

# The best of each person alive are proposed, as many as of remains.
PROPOSED_OF_EACH = 25
# Whoever keeps a record is called for what is at least so probable; the list shows the rest.
TOLD_FROM = 0.01
WHO_ASKS = (Role.LIAISON_OFFICER, Role.FORENSIC_COORDINATOR)
# What they said is told in words where a family is told, or where nobody can ask.
IN_WORDS = frozenset({FamilyAnswer.AGREED, FamilyAnswer.CANNOT_DECIDE})


def why_not_answerable(
    person: LivingPerson, before: Sequence[FamilyAnswer], answer: FamilyAnswer, reason: str
) -> dict[str, str]:
    """Name what speaks against entering an answer; empty when it can be entered.

    `before`: what was entered of the same family.
    """
    if FamilyAnswer.REFUSED in before:
        return {"answer": marked("Dijo que no. No se le vuelve a preguntar por esta familia.")}
    cannot_be_asked = person.communication in CANNOT_BE_ASKED
    if answer is FamilyAnswer.AGREED and cannot_be_asked:
        return {
            "answer": marked(
                "En su registro consta que no se le puede preguntar. Nadie acepta en su lugar; "
                "si ya puede, corrija primero cómo se comunica."
            )
        }
    if answer is FamilyAnswer.CANNOT_DECIDE and not cannot_be_asked:
        return {
            "answer": marked(
                "Anote primero por qué no se le puede preguntar; si se puede, pregúntele."
            )
        }
    if answer in IN_WORDS and len(reason.strip()) < SHORTEST_REASON:
        return {"reason": marked("Escriba con sus palabras qué dijo, o por qué no puede.")}
    return {}
