"""What a reader is shown of a review. Templates receive these, never models."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.candidates.comparison import laid_out
from casework.candidates.explaining import Explanation
from casework.candidates.presenters import KIND_WORDS
from casework.candidates.queries import Proposal
from casework.review.kinds import kinds_before
from casework.review.model import Conclusion, Place, Verdict
from casework.review.queries import Board, Given, Seat, Standing
from casework.review.said import DNA, OfKind, Said
from casework.review.words import CONCLUSION_WORDS, STATE_WORDS, VERDICT_WORDS
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.pieces import Choice, Compared, Heading, Known, NavLink


@dataclass(frozen=True, slots=True)
class ShownSaid:
    """What somebody said of one kind: in words, and why."""

    verdict: str
    note: str
    code: str


@dataclass(frozen=True, slots=True)
class ShownKind:
    """One kind of evidence in the form of an opinion."""

    key: str
    row: Compared
    verdict: str
    note: str
    error: str
    before: tuple[ShownSaid, ...]


@dataclass(frozen=True, slots=True)
class ShownOpinion:
    """An opinion that may be read: who gave it, when, and what it says."""

    who: str
    when: str
    conclusion: str
    reason: str
    kinds: Mapping[str, ShownSaid]
    is_third: bool


@dataclass(frozen=True, slots=True)
class ShownSeat:
    """A seat, to those who see to it that somebody looks."""

    id: int
    who: str
    since: str
    due: str
    is_late: bool
    is_paused: bool
    rest: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class ShownVote:
    """A member of a board, and their vote once it is open."""

    who: str
    conclusion: str
    reason: str


def verdict_choices(teller: Teller) -> list[Choice]:
    """Give the four things that can be said of a kind."""
    return [Choice(each.value, teller.gettext(said)) for each, said in VERDICT_WORDS.items()]


def conclusion_choices(teller: Teller) -> list[Choice]:
    """Give the three things that can be said of a pair."""
    return [Choice(e.value, teller.gettext(said)) for e, said in CONCLUSION_WORDS.items()]


def kind_words(kind: str, teller: Teller) -> str:
    """Name a kind of evidence."""
    return "ADN" if kind == DNA else teller.gettext(KIND_WORDS[kind])


def shown_kinds(
    explanation: Explanation,
    said: Said,
    errors: Mapping[str, str],
    *,
    before: Sequence[Said],
    only: Iterable[str] | None,
    teller: Teller,
) -> tuple[list[ShownKind], list[ShownKind]]:
    """Lay the kinds of a form out: those that weigh, and those of which somebody says nothing.

    `only`: what a third person must say something of; None for all that is open.
    """
    laid = laid_out(explanation.proposal, explanation.explained, teller)
    kinds = list(kinds_before(explanation.proposal)) if only is None else sorted(only)
    shown = [
        ShownKind(
            kind,
            laid[kind],
            _verdict_of(said.kinds.get(kind), laid[kind]),
            said.kinds[kind].note if kind in said.kinds else "",
            teller.gettext(errors[f"kind.{kind}"]) if f"kind.{kind}" in errors else "",
            tuple(_shown_said(each.kinds.get(kind), teller) for each in before),
        )
        for kind in kinds
        if kind in laid
    ]
    weighed = [each for each in shown if each.row.log10_lr is not None or only is not None]
    return weighed, [each for each in shown if each not in weighed]


def _verdict_of(of: OfKind | None, row: Compared) -> str:
    """Give what is ticked: what was said; and where one side says nothing, that it lacks."""
    if of is not None:
        return of.verdict.value if of.verdict else ""
    lacks = any(side.known is not Known.VALUE for side in (row.left, row.right))
    return Verdict.NOT_COMPARABLE.value if lacks and row.log10_lr is None else ""


def _shown_said(of: OfKind | None, teller: Teller) -> ShownSaid:
    if of is None or of.verdict is None:
        return ShownSaid(teller.gettext("estaba reservado"), "", "")
    return ShownSaid(teller.gettext(VERDICT_WORDS[of.verdict]), of.note, of.verdict.value)


def shown_opinions(
    given: Sequence[Given], names: Mapping[int, str], teller: Teller
) -> list[ShownOpinion]:
    """Put opinions into words, the third's last."""
    return [
        ShownOpinion(
            names.get(each.row.account_id, teller.gettext("alguien de la otra institución")),
            teller.wording.instant(each.row.given_at),
            conclusion_words(each.said.conclusion, teller),
            each.said.reason,
            {
                kind_words(kind, teller): _shown_said(of, teller)
                for kind, of in each.said.kinds.items()
            },
            each.seat.place is Place.THIRD,
        )
        for each in sorted(given, key=lambda one: one.seat.place is Place.THIRD)
    ]


def conclusion_words(conclusion: Conclusion | None, teller: Teller) -> str:
    """Say a conclusion; none is left to the board."""
    if conclusion is None:
        return teller.gettext("lo deja a la junta")
    return teller.gettext(CONCLUSION_WORDS[conclusion])


def shown_seats(
    seats: Sequence[Seat],
    names: Mapping[int, str],
    teller: Teller,
    *,
    today: date,
    changeable: Iterable[int],
) -> list[ShownSeat]:
    """Put the seats that are held into words; whether somebody spoke is in none of them."""
    may = set(changeable)
    return [
        ShownSeat(
            each.row.id,
            names.get(each.row.account_id, teller.gettext("alguien de la otra institución")),
            teller.wording.instant(each.row.seated_at),
            teller.wording.day(each.due_on(today)),
            each.due_on(today) < today and not each.is_paused(today),
            each.is_paused(today),
            rest_words(each, teller, today),
            each.row.id in may,
        )
        for each in seats
        if each.is_held
    ]


def rest_words(seat: Seat, teller: Teller, today: date) -> str:
    """Say that a seat rests, and until when if that was said; of one that does not, nothing."""
    if not seat.is_paused(today):
        return ""
    if seat.paused_until is None:
        return teller.gettext("en pausa")
    return teller.gettext("en pausa hasta el %(day)s") % {
        "day": teller.wording.day(seat.paused_until)
    }


def shown_votes(board: Board, names: Mapping[int, str], teller: Teller) -> list[ShownVote]:
    """Name the members of a board, with their votes as far as these are open."""
    shown = []
    for member in board.members:
        vote = board.votes.get(member.id)
        shown.append(
            ShownVote(
                names.get(member.account_id, teller.gettext("alguien de la otra institución")),
                conclusion_words(vote[1].conclusion, teller) if vote else "",
                vote[1].reason if vote else "",
            )
        )
    return shown


def standing_words(standing: Standing, teller: Teller) -> str:
    """Say where a pair stands."""
    if standing.conclusion is not None:
        return teller.gettext(CONCLUSION_WORDS[standing.conclusion])
    return teller.gettext(STATE_WORDS[standing.state])


SEAT_HEADINGS = (
    marked("Quién"),
    marked("Espera desde"),
    marked("Hasta"),
    marked("Qué hacer"),
)
VOTE_HEADINGS = (marked("Quién"), marked("Voto"), marked("Razón"))
OWN_HEADINGS = (marked("Par"), marked("Hasta"))
ALL_HEADINGS = (marked("Par"), marked("Cómo está"), marked("Quién, y desde cuándo espera"))


def headings_of(labels: Iterable[str], teller: Teller) -> list[Heading]:
    """Put the headings of a table into the reader's language."""
    return [Heading(teller.gettext(each)) for each in labels]


def trail_of(proposal: Proposal, teller: Teller, here: str, href: str) -> tuple[NavLink, ...]:
    """Lead from the queue to here."""
    pair = f"{proposal.person.reference} · {proposal.remains.reference}"
    return (
        NavLink(teller.gettext("Propuestas"), "/pairings"),
        NavLink(pair, f"/pairings/{proposal.pairing.id}"),
        NavLink(here, href, is_current=True),
    )
