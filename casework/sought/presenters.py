"""What the pages about who may be looking for somebody alive are given: frozen, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.candidates.compared_facts import (
    as_open_facts,
    basis_words,
    facts_by_kind,
    facts_of_person,
    is_open,
    kept_facts,
)
from casework.candidates.presenters import (
    KIND_WORDS,
    ShownParty,
    band_words,
    chance_words,
    share_words,
)
from casework.candidates.weighing import counted_in
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.sought.model import FamilyAnswer, LivingPairingDecision
from casework.sought.queries import BlindedSought, Sought
from casework.sought.sentences import said_of_the_living
from casework.sought.weighing import Reasons, counted_in_living, explain_sought
from casework.web.charts import widest_of
from casework.web.described import Teller, fact_of
from casework.web.languages import marked
from casework.web.living_words import WHERE_SEEN_WORDS
from casework.web.pieces import Compared, Fact
from privacy.model import Reveals

# Nobody alive is told by a direction: where they are, the engine does not know.
NOT_COMPARED = frozenset({"destination"})
LABELS = {"papers": marked("Nombre, documentos y teléfonos")}
ANSWER_WORDS = {
    FamilyAnswer.ASKED: marked("se le preguntó y lo está pensando"),
    FamilyAnswer.AGREED: marked("acepta que su familia lo sepa"),
    FamilyAnswer.REFUSED: marked("no quiere que su familia lo sepa"),
    FamilyAnswer.CANNOT_DECIDE: marked("no puede decidirlo ahora"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSought:
    """One row: somebody alive, and who may be looking for them, as far as it is open."""

    href: str
    living_reference: str
    living: str
    person: ShownParty | None
    strength: str
    chance: str
    is_invented: bool

    @classmethod
    def of(cls, sought: Sought, teller: Teller) -> "ShownSought":
        pairing, person, living = sought.pairing, sought.person, sought.living
        band = band_words(sought.band, teller)
        return cls(
            href=f"/living/{living.reference}/sought/{pairing.id}",
            living_reference=living.reference,
            living=_living_words(living, sought.of_living.shows(Reveals.BODY), teller),
            person=ShownParty.of(person, sought.of_person, person.last_contact, teller),
            strength=share_words(pairing.posterior, teller) if sought.shows_all else band,
            chance=chance_words(pairing.posterior, teller) if sought.shows_all else "",
            is_invented=living.invented,
        )

    @classmethod
    def blinded(cls, each: BlindedSought, teller: Teller) -> "ShownSought":
        living = each.living
        return cls(
            href=f"/living/{living.reference}/sought/{each.id}",
            living_reference=living.reference,
            living=_living_words(living, False, teller),  # noqa: FBT003 - as closed as the other side
            person=None,
            strength=band_words(each.band, teller),
            chance="",
            is_invented=living.invented,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPair:
    """One proposal side by side; of a closed missing person only how strong it is."""

    id: int
    reference: str
    person_reference: str
    rows: tuple[Compared, ...]
    widest: float
    lacking: tuple[Compared, ...]
    strength: str
    chance: str
    band: str
    institution: str
    has_changed: bool
    is_invented: bool
    model: str
    weighed: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What was entered of one family, when, by whom and in which words."""

    words: str
    reason: str
    by: str
    at: datetime


def shown_pair(sought: Sought, teller: Teller) -> ShownPair:
    """Put a proposal whose two records are open into the words of its page."""
    pairing, person, living = sought.pairing, sought.person, sought.living
    laid = _rows(sought, explain_sought(*sought.told(), pairing.model), teller)
    rows = tuple(row for row in laid if row.log10_lr is not None)
    return ShownPair(
        id=pairing.id,
        reference=living.reference,
        person_reference=person.reference,
        rows=rows,
        widest=widest_of([row.log10_lr for row in rows]),
        lacking=tuple(row for row in laid if row.log10_lr is None),
        strength=share_words(pairing.posterior, teller) if sought.shows_all else "",
        chance=chance_words(pairing.posterior, teller) if sought.shows_all else "",
        band=band_words(sought.band, teller),
        institution="",
        has_changed=max(person.changed_at, living.changed_at) > pairing.weighed_at,
        is_invented=living.invented,
        model=pairing.model,
        weighed=teller.wording.instant(pairing.weighed_at),
    )


def blinded_pair(each: BlindedSought, teller: Teller) -> ShownPair:
    """Say of a proposal whose missing person is closed what may be said."""
    return ShownPair(
        id=each.id,
        reference=each.living.reference,
        person_reference="",
        rows=(),
        widest=1.0,
        lacking=(),
        strength="",
        chance="",
        band=band_words(each.band, teller),
        institution=each.institution.name if each.institution else "",
        has_changed=False,
        is_invented=each.living.invented,
        model="",
        weighed="",
    )


def shown_answers(
    answers: Sequence[LivingPairingDecision], people: dict[int, str], teller: Teller
) -> tuple[ShownAnswer, ...]:
    """Put what was entered into words, the newest first."""
    return tuple(
        ShownAnswer(
            teller.gettext(ANSWER_WORDS[each.decision]),
            each.reason or "",
            people.get(each.decided_by, ""),
            each.decided_at,
        )
        for each in answers
    )


def _living_words(living: LivingPerson, shows_body: bool, teller: Teller) -> str:  # noqa: FBT001 - of one caller each
    seen = teller.gettext(WHERE_SEEN_WORDS[living.where_seen])
    age = teller.numbers_short(living.age, teller.gettext("años")) if shows_body else ""
    return ", ".join(each for each in (seen, age, _region(living, teller)) if each)


def _region(living: LivingPerson, teller: Teller) -> str:
    named = (living.admin1, teller.country(living.country))
    return ", ".join(each for each in named if each)


def _rows(sought: Sought, explained: Reasons, teller: Teller) -> list[Compared]:
    told, seen = sought.told()
    left = as_open_facts(
        facts_of_person(sought.person, sought.of_person, teller)
        | {"birth": _birth(sought.person, teller)}
        | kept_facts(counted_in(told), teller),
        sought.of_person,
    )
    right = as_open_facts(
        _of_living(sought.living, teller) | kept_facts(counted_in_living(seen), teller),
        sought.of_living,
    )
    weights = sought.weights
    return [
        Compared(
            teller.gettext(LABELS.get(kind, label)),
            left[kind],
            right[kind],
            weights.get(kind),
            _sentence(kind, weights.get(kind), explained, teller),
        )
        for kind, label in KIND_WORDS.items()
        if kind in left.keys() & right.keys() - NOT_COMPARED
        and (kind in weights or _both_open(kind, sought))
    ]


def _both_open(kind: str, sought: Sought) -> bool:
    """Say whether a kind is open on both sides: what is closed is not missing."""
    return is_open(kind, sought.of_person) and is_open(kind, sought.of_living)


def _sentence(kind: str, weight: float | None, explained: Reasons, teller: Teller) -> str:
    if weight is None:
        return teller.gettext("No se puede comparar: falta en alguno de los dos registros.")
    reason, facts = explained.reasons.get(kind, ("", {}))
    strength = teller.wording.weight_in_words(weight)
    return f"{said_of_the_living(reason, facts, teller)} {strength}".strip()


def _birth(person: MissingPerson, teller: Teller) -> Fact:
    label = KIND_WORDS["birth"]
    return fact_of(person, "birth", teller.gettext(label), teller.dates(person.birth))


def _of_living(living: LivingPerson, teller: Teller) -> dict[str, Fact]:
    _ = teller.gettext
    sex = "" if living.sex.value == "unknown" else teller.code(living.sex)
    said = {
        "sex": (sex, ""),
        "age": (teller.numbers(living.age, _("años")), ""),
        "stature": (teller.numbers(living.stature_cm, "cm"), basis_words(living, teller)),
        "time": (teller.dates(living.found), _("se la vio")),
        "place": (_region(living, teller), ""),
        "hair": (teller.code(living.hair), ""),
        "eyes": (teller.code(living.eyes), ""),
        "birth": (teller.dates(living.birth), ""),
    }
    return facts_by_kind(living, said, living.marks, living.articles, teller=teller)
