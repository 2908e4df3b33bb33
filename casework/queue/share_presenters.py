"""What a coordinator is shown of a share before it is done. Templates receive these."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.queue.hours import Week
from casework.queue.shares import NotShared, Share, ToShare
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.pieces import Choice

WHY_NOT: Mapping[NotShared, str] = {
    NotShared.ELSEWHERE: marked("Ninguno de los dos registros es de su institución."),
    NotShared.OWN: marked("Usted la examina: sus asientos los ordena otra persona."),
    NotShared.SPOKEN: marked("Ya están los dos dictámenes."),
    NotShared.SEATED: marked("Ya hay quien la mire por su institución."),
}


@dataclass(frozen=True, slots=True)
class ShownSeatToGive:
    """One seat to give: who may be asked, and who is proposed."""

    id: str
    label: str
    choices: tuple[Choice, ...]
    value: str


@dataclass(frozen=True, slots=True)
class ShownToShare:
    """A pair with its seats, or with why it takes nobody."""

    number: int
    pair: str
    href: str
    seats: tuple[ShownSeatToGive, ...]
    why_not: str


def shown_pairs(
    share: Share, teller: Teller, chosen: Mapping[int, Sequence[int]] | None = None
) -> list[ShownToShare]:
    """Put the pairs into rows; `chosen`: what a coordinator chose instead, if they did."""
    names = {who.account_id: who.name for who, _ in share.people}
    return [_shown(each, names, teller, chosen) for each in share.pairs]


def _shown(
    each: ToShare,
    names: Mapping[int, str],
    teller: Teller,
    chosen: Mapping[int, Sequence[int]] | None,
) -> ShownToShare:
    number = each.look.pairing
    pair = f"{each.proposal.person.reference} · {each.proposal.remains.reference}"
    given = each.given if chosen is None else tuple(chosen.get(number, ()))
    choices = tuple(
        Choice(f"{number}:{account}", name)
        for account, name in names.items()
        if account not in each.look.barred
    )
    seats = tuple(
        ShownSeatToGive(
            f"seat-{number}-{place}",
            f"{pair}, {place + 1}",
            choices,
            f"{number}:{given[place]}" if place < len(given) else "",
        )
        for place in range(each.look.seats)
    )
    why_not = teller.gettext(WHY_NOT[each.why_not]) if each.why_not else ""
    return ShownToShare(number, pair, f"/pairings/{number}", seats, why_not)


def shown_people(share: Share, weeks: Mapping[int, Week], teller: Teller) -> list[str]:
    """Say of each what the proposed share adds to their week."""
    new = Counter(account for each in share.pairs for account in each.given)
    told = []
    for who, person in share.people:
        week = weeks.get(who.account_id)
        if person is None:
            told.append(f"{who.name}: {_without_hours(week, teller)}")
            continue
        added, whole = new[who.account_id], person.asked + new[who.account_id]
        said = teller.ngettext(
            "%(count)s par más; con lo ya pedido, unas %(taken)s de sus %(hours)s horas.",
            "%(count)s pares más; con lo ya pedido, unas %(taken)s de sus %(hours)s horas.",
            added,
        ) % {
            "count": teller.wording.number(added, 0),
            "taken": teller.wording.number(whole * share.capacity.minutes / 60, 1),
            "hours": teller.wording.number(week.hours if week else 0, 1),
        }
        told.append(f"{who.name}: {said}")
    return told


def _without_hours(week: Week | None, teller: Teller) -> str:
    if week is None:
        return teller.gettext("no ha dicho sus horas; no se le propone nada.")
    if week.away_until is not None and week.hours:
        return teller.gettext("no está hasta el %(day)s; no se le propone nada.") % {
            "day": teller.day(week.away_until)
        }
    return teller.gettext("no tiene horas esta semana; no se le propone nada.")
