"""The history of a pair, and what was taken back of a record, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.candidates.model import PairingState
from casework.candidates.presenters import FOUND_WORDS
from casework.identifications import words
from casework.identifications.history import History, Outcomes
from casework.identifications.model import HandedOver
from casework.identifications.queries import Decided
from casework.review.model import DecidedBy, Review
from casework.review.presenters import kind_words
from casework.review.words import CONCLUSION_WORDS, DECIDED_WORDS
from casework.unblinding.queries import Asked
from casework.web.described import Teller
from casework.web.languages import marked
from privacy.model import Reveals

TOLD_LATER = marked("Qué se concluyó lo lee usted después de dar su propio dictamen.")
BY_HAND_OVER: Mapping[HandedOver, str] = {
    HandedOver.NO: marked("Los restos no se han entregado: que no salgan de donde están."),
    HandedOver.PARTLY: marked(
        "Una parte de los restos ya se entregó: acuerde con la otra institución y con la "
        "autoridad cómo se detiene la entrega y cómo vuelve lo entregado."
    ),
    HandedOver.YES: marked(
        "Los restos ya se entregaron: acuerde con la otra institución, con la autoridad y con "
        "quien habla con la familia cómo se recuperan sin dañar a nadie."
    ),
    HandedOver.UNKNOWN: marked("Averigüe hoy mismo dónde están los restos."),
}


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One entry of the history: when, what, more of it, and where it can be read whole."""

    at: datetime
    when: str
    text: str
    more: str = ""
    href: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class ShownRecall:
    """An identification that was taken back, and what has to be done now."""

    when: str
    office: str
    other: str
    other_href: str
    href: str
    todo: tuple[str, ...]
    telling_href: str


def shown_history(
    history: History, offices: Mapping[int, str], teller: Teller
) -> list[ShownEvent]:
    """Tell a pair's history in order, the oldest first."""
    events = [*_proposed(history, teller), *_opened(history, offices, teller)]
    for review, outcomes in history.reviews:
        events += _reviewed(history, review, outcomes, teller)
    for each in history.decisions:
        events += _decided(each, history, offices, teller)
    events += shown_asking(history.asked, offices, teller)
    return sorted(events, key=lambda each: each.at)


def _proposed(history: History, teller: Teller) -> Iterator[ShownEvent]:
    _, pairing, by_hand = teller.gettext, history.proposal.pairing, history.by_hand
    if by_hand is None or pairing.first_proposed_at < by_hand.entered_at:
        said = _("El motor propuso el par por primera vez.")
        yield _event(pairing.first_proposed_at, said, teller)
    # What was opened by hand and is erased was never the engine's.
    if pairing.state is PairingState.NO_LONGER_PROPOSED and not pairing.found_by:
        said = _("El motor lo propuso por última vez; desde entonces ya no lo propone.")
        yield _event(pairing.last_proposed_at, said, teller)


def _opened(
    history: History, offices: Mapping[int, str], teller: Teller
) -> Iterator[ShownEvent]:
    """Say who opened it by hand; why, but to whoever has yet to speak of it blind."""
    by_hand = history.by_hand
    if by_hand is None:
        return
    said = teller.gettext("%(office)s abrió el par a mano: lo encontró %(who)s.") % {
        "office": offices.get(by_hand.institution_id, ""),
        "who": teller.gettext(FOUND_WORDS[by_hand.found_by]),
    }
    shows = history.proposal.shows(Reveals.BODY) and not history.is_withheld
    yield _event(by_hand.entered_at, said, teller, more=by_hand.reason if shows else "")


def _reviewed(
    history: History, review: Review, outcomes: Outcomes, teller: Teller
) -> Iterator[ShownEvent]:
    _ = teller.gettext
    href = f"/pairings/{history.proposal.pairing.id}/review"
    is_again = review.follows_id is not None
    begun = _("Se abrió otra revisión.") if is_again else _("Se abrió la revisión.")
    yield _event(review.begun_at, begun, teller, href=href)
    for by, outcome in outcomes.items():
        if history.is_withheld:
            said, more = _("Se concluyó una revisión anterior."), _(TOLD_LATER)
        elif outcome.conclusion is None:
            is_third = by is DecidedBy.THIRD
            said = _("Se deja a la junta.") if is_third else _("Los dos dictámenes difieren.")
            more = _unexplained(outcome.unexplained, teller)
        else:
            concluded = _(CONCLUSION_WORDS[outcome.conclusion])
            said = _("Conclusión: %(conclusion)s.") % {"conclusion": concluded}
            by_whom = _(DECIDED_WORDS[by])
            more = "; ".join(filter(None, (by_whom, _unexplained(outcome.unexplained, teller))))
        yield _event(outcome.reached_at, said, teller, more=more, href=href, tone="done")


def _unexplained(kinds: list[str], teller: Teller) -> str:
    if not kinds:
        return ""
    named = ", ".join(kind_words(each, teller) for each in sorted(kinds))
    return teller.gettext("sin explicar: %(kinds)s") % {"kinds": named}


def _decided(
    decided: Decided, history: History, offices: Mapping[int, str], teller: Teller
) -> Iterator[ShownEvent]:
    _, row, href = teller.gettext, decided.row, f"/decisions/{decided.row.id}"
    if history.is_withheld:
        said = _("Se propuso una decisión sobre este par.")
        yield _event(row.entered_at, said, teller, more=_(TOLD_LATER))
        return
    outcome = _(words.OUTCOME_WORDS[row.outcome])
    proposed = _("%(office)s propuso una decisión: %(outcome)s.") % {
        "office": offices.get(row.institution_id, ""),
        "outcome": outcome.lower(),
    }
    how = (
        (_(words.EXCLUSION_WORDS[row.method]), _(words.STRENGTH_WORDS[row.strength]))
        if row.method and row.strength
        else ()
    )
    yield _event(row.entered_at, proposed, teller, more=", ".join(how), href=href)
    for each in decided.signatures:
        said = _("%(office)s la aceptó.") if each.accepted else _("%(office)s la rechazó.")
        office = offices.get(each.institution_id, "")
        tone = "done" if each.accepted else "warning"
        yield _event(each.entered_at, said % {"office": office}, teller, href=href, tone=tone)
    if decided.release is not None:
        said = _("Se liberó para quien habla con la familia.")
        yield _event(decided.release.entered_at, said, teller, href=href, tone="done")
    if decided.end is not None:
        yield _ended(decided, offices, teller)


def _ended(decided: Decided, offices: Mapping[int, str], teller: Teller) -> ShownEvent:
    """Say why it stands no more: which facts changed, or who took it back."""
    _, end = teller.gettext, decided.end
    assert end is not None  # noqa: S101 - asked by the one who calls
    told = [_(words.FACT_WORDS.get(each, each)) for each in end.changed]
    if end.entered_by is not None:
        told.append(offices.get(end.institution_id, ""))
    if end.handed_over is not None:
        told.append(_(words.HANDED_WORDS[end.handed_over]))
    return _event(
        end.entered_at,
        _(words.CAUSE_WORDS[end.cause]),
        teller,
        more=" · ".join(told),
        href=f"/decisions/{decided.row.id}",
        tone="warning",
    )


def shown_asking(
    asked: Iterable[Asked], offices: Mapping[int, str], teller: Teller
) -> Iterator[ShownEvent]:
    """Tell what was asked of the other keeper, and what has had effect; no answer before."""
    _ = teller.gettext
    for each in asked:
        row, href = each.row, f"/unblindings/{each.row.id}"
        office = {"office": offices.get(row.asking_institution_id, "")}
        said = _("%(office)s pidió que el par se abra a las dos instituciones.") % office
        yield _event(row.asked_at, said, teller, href=href)
        if row.opened_at is not None and row.open_until is not None:
            until = {"day": teller.wording.day(row.open_until)}
            opened = _("El par se abrió a las dos instituciones hasta el %(day)s.") % until
            yield _event(row.opened_at, opened, teller, href=href, tone="done")
        if row.ended_at is not None:
            shut = (
                _("El par se cerró otra vez.")
                if row.opened_at is not None
                else _("El pedido terminó sin que el par se abriera.")
            )
            yield _event(row.ended_at, shut, teller, href=href, tone="warning")


def shown_recall(
    decided: Decided, offices: Mapping[int, str], teller: Teller, *, of_person: bool
) -> ShownRecall:
    """Say that an identification was taken back, and what to do about it, in order."""
    _, end = teller.gettext, decided.end
    assert end is not None  # noqa: S101 - only such are listed
    other, place = (
        (decided.remains.reference, "remains")
        if of_person
        else (decided.person.reference, "missing")
    )
    is_released = decided.release is not None
    family = (
        _("La familia pudo haberse enterado: quien habla con ella tiene que decírselo pronto.")
        if is_released
        else _(
            "Nadie que habla con la familia supo de esta identificación: no hay que decirle."
        )
    )
    return ShownRecall(
        teller.wording.instant(end.entered_at),
        offices.get(end.institution_id, ""),
        other,
        f"/{place}/{other}",
        f"/decisions/{decided.row.id}",
        (
            _(BY_HAND_OVER[end.handed_over or HandedOver.UNKNOWN]),
            family,
            _("Avise a la autoridad que dio el acto legal: ya no vale como identificación."),
            _("Vuelva a revisar el par, y pida otra muestra o dictamen de lo que falló."),
        ),
        f"/decisions/{decided.row.id}/telling" if is_released else "",
    )


def _event(
    at: datetime,
    text: str,
    teller: Teller,
    *,
    more: str = "",
    href: str = "",
    tone: str = "plain",
) -> ShownEvent:
    return ShownEvent(at, teller.wording.instant(at), text, more, href, tone)
