"""What a reader of the queue is shown. Templates receive these, never models."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.candidates.presenters import ShownProposal
from casework.candidates.queries import PAGE
from casework.queue.asked import NEW_WITHIN, Order, QueueAsked
from casework.queue.capacity import Capacity, Expected
from casework.queue.evidence import Evidence
from casework.queue.hours import Load
from casework.queue.listing import Queue
from casework.queue.ordering import VALUE_OF_EXCLUSION, Placed, WhyHere
from casework.queue.parking import Back
from casework.queue.states import PairState
from casework.review.queries import Colleague
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.pieces import Choice

STATE_WORDS: Mapping[PairState, str] = {
    PairState.UNSEEN: marked("nadie la mira todavía"),
    PairState.REVIEW: marked("en revisión"),
    PairState.SPOKEN: marked("están los dos dictámenes"),
    PairState.BOARD: marked("en la junta"),
    PairState.PREMATURE: marked("prematura: falta algo"),
    PairState.DECIDED: marked("identificación en curso o firmada"),
    PairState.PARKED: marked("en espera: por ahora no se puede decir más"),
    PairState.BACK: marked("de vuelta: algo cambió"),
}
EVIDENCE_WORDS: Mapping[Evidence, str] = {
    Evidence.DNA: marked("ADN"),
    Evidence.DENTAL: marked("dentadura"),
    Evidence.PRINTS: marked("huellas"),
    Evidence.IMPLANT: marked("implantes"),
}
BACK_WORDS: Mapping[Back, str] = {
    Back.PERSON: marked("Volvió: cambió el registro de la persona."),
    Back.REMAINS: marked("Volvió: cambió el registro de los restos."),
    Back.BESIDE: marked("Volvió: hay un resultado o un informe nuevo del par."),
}
WHY_WORDS: Mapping[WhyHere, str] = {
    WhyHere.VALUE: marked("Va aquí por lo probable que es."),
    WhyHere.WAIT: marked("Va aquí porque espera desde hace %(days)s días."),
    WhyHere.TURN: marked(
        "Va aquí por turno: entre parecidas, cada institución y cada nacionalidad tiene el "
        "suyo."
    ),
}
ONE_OPINION = marked("A su institución le toca un dictamen; el otro, a la otra.")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A proposal in the queue: what becomes of it, and why it has this place."""

    proposal: ShownProposal
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """What this week's hours come to, in sentences; each may be empty."""

    hours: str
    basis: str
    expected: str
    beside_strength: str


def shown_rows(queue: Queue, search: QueueAsked, teller: Teller) -> list[ShownRow]:
    """Put one page of the queue into rows."""
    return [
        ShownRow(
            ShownProposal.of(each, teller),
            _state(queue.states[each.pairing.id], queue.back[each.pairing.id], teller),
            _why(queue.placed.get(each.pairing.id), search, teller),
        )
        for each in queue.proposals
    ]


def _state(state: PairState, back: Collection[Back], teller: Teller) -> str:
    """Say why it came back, or where it stands; of what nobody looks at, the most, nothing."""
    if back:
        return " ".join(teller.gettext(BACK_WORDS[each]) for each in Back if each in back)
    return "" if state is PairState.UNSEEN else teller.gettext(STATE_WORDS[state])


def _why(placed: Placed | None, search: QueueAsked, teller: Teller) -> str:
    if search.order is Order.STRENGTH or placed is None:
        return ""
    why = teller.gettext(WHY_WORDS[placed.why]) % {
        "days": teller.wording.number(placed.of.waited_days, 0)
    }
    is_shared = placed.of.opinions == 1
    return f"{why} {teller.gettext(ONE_OPINION)}" if is_shared else why


def split_at_week(
    rows: Sequence[ShownRow], queue: Queue, page: int
) -> tuple[list[ShownRow], list[ShownRow]]:
    """Part a page where this week's work ends: all before it where nobody said their hours."""
    if queue.week is None:
        return list(rows), []
    within = max(0, queue.week - (page - 1) * PAGE)
    return list(rows[:within]), list(rows[within:])


def shown_week(queue: Queue, teller: Teller) -> ShownWeek | None:
    """Say what this week's hours come to; nothing where nobody has said theirs."""
    capacity = queue.capacity
    if capacity.hours is None:
        return None
    count = len(queue.fresh)
    hours = teller.ngettext(
        "Con %(hours)s horas esta semana alcanza para mirar %(count)s propuesta nueva.",
        "Con %(hours)s horas esta semana alcanza para mirar %(count)s propuestas nuevas.",
        count,
    ) % {
        "hours": teller.wording.number(capacity.hours, 1),
        "count": teller.wording.number(count, 0),
    }
    return ShownWeek(
        hours,
        _basis(capacity, teller),
        _expected(queue.expected, teller),
        _beside(queue, teller),
    )


def _basis(capacity: Capacity, teller: Teller) -> str:
    minutes = teller.wording.number(capacity.minutes, 0)
    if not capacity.measured:
        said = teller.gettext(
            "Se cuentan %(minutes)s minutos por dictamen, un valor de partida: todavía no se "
            "ha medido ninguno."
        )
    else:
        said = teller.gettext(
            "Se cuentan %(minutes)s minutos por dictamen, aprendidos de los de su institución."
        )
    taken = teller.gettext("Los dictámenes ya pedidos, %(count)s, están descontados.")
    told = said % {"minutes": minutes}
    if capacity.promised:
        told += " " + taken % {"count": teller.wording.number(capacity.promised, 0)}
    return told


def _expected(expected: Expected | None, teller: Teller) -> str:
    if expected is None:
        return teller.gettext(
            "De ninguna de esas propuestas tiene usted abiertos todos los números: no se dice "
            "cuántas se esperan verdaderas."
        )
    told = teller.ngettext(
        "De %(known)s con los números abiertos, verdaderas se esperan: %(true)s.",
        "De las %(known)s con los números abiertos, verdaderas se esperan: %(true)s.",
        expected.known,
    ) % {"known": teller.wording.number(expected.known, 0), "true": _few(expected.true, teller)}
    if expected.least == expected.most:
        return told
    return f"{told} " + teller.gettext(
        "Nueve de cada diez veces serían entre %(least)s y %(most)s."
    ) % {
        "least": teller.wording.number(expected.least, 0),
        "most": teller.wording.number(expected.most, 0),
    }


def _beside(queue: Queue, teller: Teller) -> str:
    """Say what the fair order costs, where it costs something."""
    fair, strong = queue.expected, queue.by_strength
    if fair is None or strong is None or strong.true - fair.true <= VALUE_OF_EXCLUSION:
        return ""
    return teller.gettext(
        "Solo por probabilidad se esperarían %(true)s: la diferencia es lo que cuesta que "
        "nadie espere sin fin."
    ) % {"true": _few(strong.true, teller)}


def _few(number: float, teller: Teller) -> str:
    """Write what is expected; never as if one of few were certain."""
    if number < 1:
        return teller.gettext("menos de 1")
    return teller.wording.number(number, 0 if number >= 10 else 1)  # noqa: PLR2004 - two digits


def shown_loads(
    people: Iterable[tuple[Colleague, object]],
    loads: Mapping[int, Load],
    capacity: Capacity,
    teller: Teller,
) -> Mapping[int, str]:
    """Say what each was asked to look at, how long it takes, and since when it waits."""
    told = {}
    for who, _ in people:
        load = loads.get(who.account_id)
        if load is None:
            told[who.account_id] = teller.gettext("No tiene nada pedido.")
            continue
        told[who.account_id] = teller.ngettext(
            "Tiene pedido %(count)s par, unas %(hours)s horas; espera desde el %(since)s.",
            "Tiene pedidos %(count)s pares, unas %(hours)s horas; el primero espera desde el "
            "%(since)s.",
            load.seats,
        ) % {
            "count": teller.wording.number(load.seats, 0),
            "hours": teller.wording.number(load.seats * capacity.minutes / 60, 1),
            "since": teller.day(load.since.date()),
        }
    return told


def more_choices(teller: Teller, institutions: Mapping[int, str]) -> dict[str, list[Choice]]:
    """Give what the folded part of the search offers."""
    return {
        "evidence": [
            Choice(each.value, teller.gettext(said)) for each, said in EVIDENCE_WORDS.items()
        ],
        "state": [
            Choice(each.value, teller.gettext(said)) for each, said in STATE_WORDS.items()
        ],
        "order": [Choice(Order.STRENGTH.value, teller.gettext("solo por probabilidad"))],
        "institutions": [
            Choice(str(number), name)
            for number, name in sorted(institutions.items(), key=lambda each: each[1])
        ],
        "new": [
            Choice(
                str(days),
                teller.ngettext("desde hace %(days)s día", "desde hace %(days)s días", days)
                % {"days": days},
            )
            for days in NEW_WITHIN
        ],
    }
