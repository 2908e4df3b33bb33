"""What one viewer is shown of one pairing: two files side by side, kind by kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.candidates.model import MatchingRun, PairingState
from casework.candidates.presenters import (
    KIND_WORDS,
    band_words,
    chance_words,
    group_of_kind,
    open_weights,
    prior_basis_words,
    share_words,
)
from casework.candidates.queries import Proposal
from casework.candidates.rules import band_of
from casework.candidates.sentences import sentence_of, why_not
from casework.candidates.weighing import Explained
from casework.codes import Answer
from casework.description import ArticleColumns, MarkColumns
from casework.missing.model import MissingPerson
from casework.openings import Closed, Openings
from casework.remains.model import Remains
from casework.web.charts import widest_of
from casework.web.closed import NEVER_SAID, closed_part
from casework.web.code_words import article_words, mark_words
from casework.web.described import WHY_NOTHING, Teller, fact_of
from casework.web.languages import marked
from casework.web.maps import MapDrawing, MapPoint, draw_map
from casework.web.pieces import ClosedPart, Compared, Fact, Known, Moment
from privacy.model import Reveals

NOT_SAID = frozenset({"unknown", "indeterminate"})


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """One row of the table beside the map."""

    kind: str
    text: str
    precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComparison:
    """Everything the comparison page is given."""

    id: int
    person_title: str
    person_href: str
    remains_title: str
    remains_href: str
    person_name: str
    rows: tuple[Compared, ...]
    widest: float
    log10_lr: float | None
    band: str
    closed: ClosedPart | None
    total_words: str
    share: str
    chance: str
    prior_chance: str
    prior_basis: str
    is_proposed: bool
    has_changed: bool
    is_invented: bool
    map: MapDrawing
    places: tuple[ShownPlace, ...]
    moments: tuple[Moment, ...]
    model: str
    model_hash: str
    proposed_first: str
    proposed_last: str


def shown_comparison(
    proposal: Proposal, run: MatchingRun, explained: Explained, teller: Teller
) -> ShownComparison:
    """Put one pairing into the words of its page."""
    pairing, person, remains = proposal.pairing, proposal.person, proposal.remains
    rows = tuple(_rows(proposal, explained, teller))
    is_told = proposal.shows_numbers
    return ShownComparison(
        id=pairing.id,
        person_title=f"{teller.gettext('Persona desaparecida')} {person.reference}",
        person_href=f"/missing/{person.reference}",
        remains_title=f"{teller.gettext('Restos humanos')} {remains.reference}",
        remains_href=f"/remains/{remains.reference}",
        person_name=_name(proposal),
        rows=rows,
        widest=widest_of([row.log10_lr for row in rows]),
        log10_lr=pairing.log10_lr if is_told else None,
        band=band_words(band_of(pairing.log10_lr), teller),
        closed=None if is_told else closed_part(_why_closed(proposal), teller),
        total_words=_total_words(pairing.log10_lr, teller) if is_told else "",
        share=share_words(pairing.posterior, teller) if is_told else "",
        chance=chance_words(pairing.posterior, teller) if is_told else "",
        prior_chance=chance_words(pairing.prior, teller),
        prior_basis=prior_basis_words(run, teller),
        is_proposed=pairing.state is PairingState.PROPOSED,
        has_changed=max(person.changed_at, remains.changed_at) > pairing.last_proposed_at,
        is_invented=person.invented or remains.invented,
        map=_map(person, remains, teller),
        places=_places(person, remains, teller),
        moments=_moments(person, remains, teller),
        model=f"{run.model_name} {run.model_version}",
        model_hash=run.model_hash or "",
        proposed_first=teller.wording.instant(pairing.first_proposed_at),
        proposed_last=teller.wording.instant(pairing.last_proposed_at),
    )


def _name(proposal: Proposal) -> str:
    """Give the first name of the person, where their identity is open."""
    if not proposal.of_person.shows(Reveals.IDENTITY):
        return ""
    return next((name.full for name in proposal.person.names if name.full), "")


def _why_closed(proposal: Proposal) -> Closed:
    """Say what would open the body that is closed, the person's first."""
    for openings in (proposal.of_person, proposal.of_remains):
        if not openings.shows(Reveals.BODY):
            return openings.closed.get(Reveals.BODY, NEVER_SAID)
    return NEVER_SAID


def _rows(proposal: Proposal, explained: Explained, teller: Teller) -> list[Compared]:
    left = _as_open(_of_person(proposal, teller), proposal.of_person)
    right = _as_open(_of_remains(proposal, teller), proposal.of_remains)
    weights = open_weights(proposal)
    return [
        Compared(
            teller.gettext(label),
            left[kind],
            right[kind],
            weights.get(kind),
            _sentence(kind, weights.get(kind), explained, teller)
            if proposal.shows(group_of_kind(kind))
            else teller.gettext("Reservado en al menos uno de los dos registros."),
        )
        for kind, label in KIND_WORDS.items()
        if kind in left  # the registry tells the engine of no other kind yet
    ]


def _as_open(facts: Mapping[str, Fact], openings: Openings) -> dict[str, Fact]:
    """Put the same closed fact in place of each that is not for this reader."""
    return {
        kind: fact
        if openings.shows(group_of_kind(kind))
        else Fact(fact.label, known=Known.CLOSED)
        for kind, fact in facts.items()
    }


def _sentence(kind: str, weight: float | None, explained: Explained, teller: Teller) -> str:
    """Say what was compared, and then how strongly it speaks."""
    if weight is None:
        return why_not(explained.lacking.get(kind, ""), teller)
    reason, facts = explained.reasons.get(kind, ("", {}))
    strength = teller.wording.weight_in_words(weight)
    return f"{sentence_of(reason, facts, teller)} {strength}".strip()


def _total_words(log10_lr: float, teller: Teller) -> str:
    times = teller.wording.times(log10_lr)
    if log10_lr >= 0:
        said = marked(
            "Todo junto es %(times)s veces más probable si los dos registros hablan de la "
            "misma persona que si hablan de dos personas distintas."
        )
    else:
        said = marked(
            "Todo junto es %(times)s veces más probable si los dos registros hablan de dos "
            "personas distintas que si hablan de la misma."
        )
    return teller.gettext(said) % {"times": times}


def _of_person(proposal: Proposal, teller: Teller) -> dict[str, Fact]:
    _, person = teller.gettext, proposal.person
    tells_birth = person.birth and proposal.of_person.shows(Reveals.IDENTITY)
    born = _("nacimiento: %(dates)s") % {"dates": teller.dates(person.birth)}
    sex = "" if person.sex.value in NOT_SAID else teller.code(person.sex)
    said = {
        "sex": (sex, ""),
        "age": (teller.numbers(person.age, _("años")), born if tells_birth else ""),
        "stature": (teller.numbers(person.stature_cm, "cm"), _basis(person, teller)),
        "time": (teller.dates(person.last_contact), _("último contacto")),
        "place": (teller.place(person), _precision(person, teller)),
        "hair": (teller.code(person.hair), ""),
        "eyes": (teller.code(person.eyes), ""),
        "destination": (person.destination, ""),
    }
    return _facts(person, said, person.marks, person.articles, teller=teller)


def _of_remains(proposal: Proposal, teller: Teller) -> dict[str, Fact]:
    _, remains = teller.gettext, proposal.remains
    tells_condition = remains.condition and proposal.of_remains.shows(Reveals.BODY)
    method = "" if remains.sex_method.value in NOT_SAID else teller.code(remains.sex_method)
    condition = teller.code(remains.condition) if tells_condition else ""
    said = {
        "sex": ("" if remains.sex.value == "unknown" else teller.code(remains.sex), method),
        "age": (teller.numbers(remains.age, _("años")), ""),
        "stature": (teller.numbers(remains.stature_cm, "cm"), _basis(remains, teller)),
        "time": (teller.dates(remains.found), condition or _("recuperación")),
        "place": (teller.place(remains), _precision(remains, teller)),
        "hair": (teller.code(remains.hair), ""),
        "eyes": (teller.code(remains.eyes), ""),
        "destination": (teller.place(remains), ""),
    }
    return _facts(remains, said, remains.marks, remains.articles, teller=teller)


# Kind of evidence → the column whose answer says why there is nothing.
COLUMNS = {
    "time": "last_contact",
    "stature": "stature_cm",
    "body_weight": "weight_kg",
    "group": "incident_id",
}


def _facts(
    record: MissingPerson | Remains,
    said: Mapping[str, tuple[str, str]],
    marks: Iterable[MarkColumns],
    articles: Iterable[ArticleColumns],
    *,
    teller: Teller,
) -> dict[str, Fact]:
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


def _said_alike(record: MissingPerson | Remains, teller: Teller) -> dict[str, tuple[str, str]]:
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


def _basis(record: MissingPerson | Remains, teller: Teller) -> str:
    if record.stature_cm is None or record.stature_basis.value in NOT_SAID:
        return ""
    return teller.code(record.stature_basis)


def _precision(record: MissingPerson | Remains, teller: Teller) -> str:
    if record.point is None or record.point.radius_km is None:
        return ""
    km = teller.wording.number(record.point.radius_km, 1)
    return teller.gettext("con una precisión de %(km)s km") % {"km": km}


def _map(person: MissingPerson, remains: Remains, teller: Teller) -> MapDrawing:
    both = ((person, "missing"), (remains, "remains"))
    points = [
        MapPoint(
            record.point.lat, record.point.lon, record.point.radius_km, record.reference, kind
        )
        for record, kind in both
        if record.point is not None
    ]
    return draw_map(
        points,
        title=teller.gettext("Último contacto y recuperación"),
        description="; ".join(
            f"{place.kind}: {place.text} {place.precision}"
            for place in _places(person, remains, teller)
        ),
        language=teller.language,
        height=420,
    )


def _places(person: MissingPerson, remains: Remains, teller: Teller) -> tuple[ShownPlace, ...]:
    both = (
        (person, teller.gettext("último contacto")),
        (remains, teller.gettext("recuperación")),
    )
    nowhere = teller.gettext("no registrado")
    return tuple(
        ShownPlace(kind, teller.place(record) or nowhere, _precision(record, teller))
        for record, kind in both
    )


def _moments(person: MissingPerson, remains: Remains, teller: Teller) -> tuple[Moment, ...]:
    """Last contact, then recovery; also where the dates overlap, so that it can be seen."""
    unknown = teller.gettext("no registrado")
    return (
        Moment(
            teller.dates(person.last_contact) or unknown,
            teller.gettext("Último contacto"),
            str(person.last_contact_from or ""),
            teller.place(person),
        ),
        Moment(
            teller.dates(remains.found) or unknown,
            teller.gettext("Recuperación de los restos"),
            str(remains.found_from or ""),
            teller.place(remains),
        ),
    )
