"""What each of two records says of each kind of evidence, as far as it is open."""

from collections.abc import Iterable, Mapping

from casework.candidates.open_numbers import group_of_kind
from casework.candidates.presenters import KIND_WORDS
from casework.candidates.queries import Proposal
from casework.candidates.weighing import Counted, counted_in
from casework.codes import Answer
from casework.description import ArticleColumns, MarkColumns
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.openings import Openings
from casework.remains.model import Remains
from casework.values import Place
from casework.web.code_words import article_words, mark_words
from casework.web.described import WHY_NOTHING, Teller, fact_of
from casework.web.pieces import Fact, Known
from privacy.model import Reveals

Described = MissingPerson | Remains | LivingPerson
NOT_SAID = frozenset({"unknown", "indeterminate"})
# What is kept sealed with the names, whatever group it speaks of.
KEPT_WITH_NAMES = frozenset({"teeth", "medical", "papers"})


def facts_of(proposal: Proposal, teller: Teller) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """Give by kind what the person's record says, and what that of the remains does."""
    told, seen = proposal.told()
    left = facts_of_person(proposal.person, proposal.of_person, teller)
    right = _of_remains(proposal, teller) | kept_facts(counted_in(seen), teller)
    return (
        as_open_facts(left | kept_facts(counted_in(told), teller), proposal.of_person),
        as_open_facts(right, proposal.of_remains),
    )


def is_open(kind: str, openings: Openings) -> bool:
    """Say whether what a record says of a kind is open; its weight may be while this is not."""
    if kind in KEPT_WITH_NAMES and not openings.shows(Reveals.IDENTITY):
        return False
    return openings.shows(group_of_kind(kind))


def can_compare(kind: str, proposal: Proposal) -> bool:
    """Say whether a kind is open on both sides: what is closed is not missing."""
    return is_open(kind, proposal.of_person) and is_open(kind, proposal.of_remains)


def as_open_facts(facts: Mapping[str, Fact], openings: Openings) -> dict[str, Fact]:
    """Put the same closed fact in place of each that is not for this reader."""
    return {
        kind: fact if is_open(kind, openings) else Fact(fact.label, known=Known.CLOSED)
        for kind, fact in facts.items()
    }


def kept_facts(counted: Counted, teller: Teller) -> dict[str, Fact]:
    """Tell of teeth, implants and papers how many there are; a telephone itself is no fact."""
    _, ngettext = teller.gettext, teller.ngettext
    n, numbers, phones = counted.teeth, counted.numbers, counted.phones
    teeth = ngettext("%(num)s diente anotado", "%(num)s dientes anotados", n) % {"num": n}
    papers = (
        counted.name,
        numbers
        and ngettext("%(num)s número de documento", "%(num)s números de documento", numbers)
        % {"num": numbers},
        phones and ngettext("%(num)s teléfono", "%(num)s teléfonos", phones) % {"num": phones},
    )
    said = {
        "teeth": teeth if n else "",
        "medical": _("con número de serie") if counted.implants else "",
        "papers": "; ".join(each for each in papers if each),
    }
    return {
        kind: Fact(_(KIND_WORDS[kind]), text)
        if text
        else Fact(_(KIND_WORDS[kind]), known=Known.NOT_RECORDED)
        for kind, text in said.items()
    }


def facts_of_person(
    person: MissingPerson, openings: Openings, teller: Teller
) -> dict[str, Fact]:
    """Give by kind what a missing person's report says, open or not."""
    _ = teller.gettext
    tells_birth = person.birth and openings.shows(Reveals.IDENTITY)
    born = _("nacimiento: %(dates)s") % {"dates": teller.dates(person.birth)}
    sex = "" if person.sex.value in NOT_SAID else teller.code(person.sex)
    said = {
        "sex": (sex, ""),
        "age": (teller.numbers(person.age, _("años")), born if tells_birth else ""),
        "stature": (teller.numbers(person.stature_cm, "cm"), basis_words(person, teller)),
        "time": (teller.dates(person.last_contact), _("último contacto")),
        "place": (teller.place(person), precision_of(person, teller)),
        "hair": (teller.code(person.hair), ""),
        "eyes": (teller.code(person.eyes), ""),
        "destination": (teller.country(person.destination), ""),
    }
    return facts_by_kind(person, said, person.marks, person.articles, teller=teller)


def _of_remains(proposal: Proposal, teller: Teller) -> dict[str, Fact]:
    _, remains = teller.gettext, proposal.remains
    tells_condition = remains.condition and proposal.of_remains.shows(Reveals.BODY)
    method = "" if remains.sex_method.value in NOT_SAID else teller.code(remains.sex_method)
    condition = teller.code(remains.condition) if tells_condition else ""
    said = {
        "sex": ("" if remains.sex.value == "unknown" else teller.code(remains.sex), method),
        "age": (teller.numbers(remains.age, _("años")), ""),
        "stature": (teller.numbers(remains.stature_cm, "cm"), basis_words(remains, teller)),
        "time": (teller.dates(remains.found), condition or _("recuperación")),
        "place": (teller.place(remains), precision_of(remains, teller)),
        "hair": (teller.code(remains.hair), ""),
        "eyes": (teller.code(remains.eyes), ""),
        "destination": (teller.place(remains), ""),
    }
    return facts_by_kind(remains, said, remains.marks, remains.articles, teller=teller)


# Kind of evidence → the column whose answer says why there is nothing.
COLUMNS = {
    "time": "last_contact",
    "stature": "stature_cm",
    "body_weight": "weight_kg",
    "group": "incident_id",
}


def facts_by_kind(
    record: Described,
    said: Mapping[str, tuple[str, str]],
    marks: Iterable[MarkColumns],
    articles: Iterable[ArticleColumns],
    *,
    teller: Teller,
) -> dict[str, Fact]:
    """Put what a record says into facts, with what every kind of record says alike."""
    said = {**said, **_said_alike(record, teller)}
    facts = {
        kind: fact_of(
            record, COLUMNS.get(kind, kind), teller.gettext(KIND_WORDS[kind]), text, note=note
        )
        for kind, (text, note) in said.items()
    }
    told = [mark_words(each, teller.gettext) for each in marks]
    worn = [article_words(each, teller.gettext) for each in articles]
    return facts | {
        "marks": _list_fact(told, record.marks_answer, "marks", teller),
        "clothing": _list_fact(worn, record.clothing_answer, "clothing", teller),
    }


def _said_alike(record: Described, teller: Teller) -> dict[str, tuple[str, str]]:
    """Tell what both sides say in the same columns."""
    return {
        "nationality": (teller.countries(record.nationalities), ""),
        "build": (teller.code(record.build), ""),
        "body_weight": (teller.numbers(record.weight_kg, "kg"), ""),
        "handedness": (teller.code(record.handedness), ""),
        "blood_group": (teller.code(record.blood_group), ""),
        "group": (record.incident_key or record.group_key, ""),
    }


def _list_fact(said: list[str], answer: Answer, kind: str, teller: Teller) -> Fact:
    label = teller.gettext(KIND_WORDS[kind])
    if said:
        return Fact(label, "; ".join(said), lines=tuple(said) if len(said) > 1 else ())
    return Fact(label, known=WHY_NOTHING.get(answer, Known.NOT_RECORDED))


def basis_words(record: Described, teller: Teller) -> str:
    """Say how a stature is known; nothing where nobody said."""
    if record.stature_cm is None or record.stature_basis.value in NOT_SAID:
        return ""
    return teller.code(record.stature_basis)


def precision_of(record: MissingPerson | Remains, teller: Teller) -> str:
    """Say how well the place of a record is known; nothing where nobody said."""
    return precision_words(record.point, teller)


def precision_words(point: Place | None, teller: Teller) -> str:
    """Say how well a place is known; nothing where nobody said."""
    if point is None or point.radius_km is None:
        return ""
    km = teller.wording.number(point.radius_km, 1)
    return teller.gettext("con una precisión de %(km)s km") % {"km": km}
