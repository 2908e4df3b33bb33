"""Companions of a missing person in the words of the comparison page, as group evidence."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from casework.candidates.companions import Companion, Company, Nearness
from casework.groups.showing import title_of
from casework.groups.words import OUTCOME_WORDS
from casework.record_codes import SearchStatus
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.missing_words import STATUS_WORDS
from casework.web.pieces import NavLink

NEAR_WORDS: Mapping[Nearness, str] = {
    Nearness.SAME_REMAINS: marked("los mismos restos que aquí: solo de una persona pueden ser"),
    Nearness.SAME_INCIDENT: marked("del mismo incidente que los de aquí"),
    Nearness.FOUND_TOGETHER: marked("hallados junto con los de aquí"),
    Nearness.SAME_SITE: marked("hallados en el mismo sitio que los de aquí"),
    Nearness.SAME_PLACE_AND_DAYS: marked("hallados en el mismo lugar y los mismos días"),
}


@dataclass(frozen=True, slots=True)
class ShownCompanion:
    """One companion: what is said became of them, and proposals with remains near by."""

    link: NavLink
    said: str
    near: tuple[tuple[NavLink, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCompany:
    """One travel group as its reader may know of it."""

    link: NavLink
    of_these: str
    summary: str
    companions: tuple[ShownCompanion, ...]
    told_of: str
    remains: tuple[tuple[NavLink, str], ...]
    is_cut: bool


def shown_companies(
    companies: Collection[Company] | None, teller: Teller
) -> tuple[ShownCompany, ...] | None:
    """Put into words with whom somebody travelled; None where groups are closed."""
    return None if companies is None else tuple(_shown(each, teller) for each in companies)


def _shown(company: Company, teller: Teller) -> ShownCompany:
    _ = teller.gettext
    of_these = (
        _("Se dijo que también estos restos son de alguien de este grupo.")
        if company.holds_these
        else _("De estos restos nadie ha dicho que sean de alguien de este grupo.")
    )
    reference = company.group.reference
    return ShownCompany(
        link=NavLink(f"{reference}: {title_of(company.fact, teller)}", f"/groups/{reference}"),
        of_these=of_these,
        summary=_summary(company, teller),
        companions=tuple(_companion(each, teller) for each in company.companions),
        told_of=_told_of(company, teller),
        remains=tuple(
            (NavLink(each, f"/remains/{each}"), _(NEAR_WORDS[how]) if how else "")
            for each, how in company.remains
        ),
        is_cut=company.is_cut,
    )


def _summary(company: Company, teller: Teller) -> str:
    count = len(company.companions)
    if not count:
        if company.is_cut:  # what was not read cannot be said to be nothing
            return ""
        return teller.gettext("De nadie más de este grupo hay un reporte que usted pueda ver.")
    near = sum(bool(each.near) for each in company.companions)
    said = teller.ngettext(
        "De un acompañante hay un reporte que usted puede ver.",
        "De %(num)s acompañantes hay un reporte que usted puede ver.",
        count,
    ) % {"num": count}
    if not near:
        if not company.is_searched_whole:
            return said
        more = teller.gettext("Para nadie se proponen restos hallados cerca de estos.")
    else:
        more = teller.ngettext(
            "Para uno de ellos se proponen restos hallados cerca de estos.",
            "Para %(num)s de ellos se proponen restos hallados cerca de estos.",
            near,
        ) % {"num": near}
    return f"{said} {more}"


def _companion(companion: Companion, teller: Teller) -> ShownCompanion:
    said = [teller.gettext(OUTCOME_WORDS[companion.outcome])]
    if companion.status is not SearchStatus.OPEN:
        said.append(teller.gettext(STATUS_WORDS[companion.status]))
    reference = companion.reference
    return ShownCompanion(
        NavLink(reference, f"/missing/{reference}"),
        "; ".join(dict.fromkeys(said)),
        tuple(
            (
                NavLink(each.reference, f"/pairings/{each.pairing_id}"),
                teller.gettext(NEAR_WORDS[each.how]),
            )
            for each in companion.near
        ),
    )


def _told_of(company: Company, teller: Teller) -> str:
    """Say how many are known only by the words of a report, and what became of them."""
    count = len(company.told_of)
    if not count:
        return ""
    said = teller.ngettext(
        "De una persona más solo hablan los reportes",
        "De %(num)s personas más solo hablan los reportes",
        count,
    ) % {"num": count}
    became = ", ".join(
        f"{teller.gettext(OUTCOME_WORDS[each])} ({number})"
        for each, number in Counter(company.told_of).items()
    )
    return f"{said}: {became}."
