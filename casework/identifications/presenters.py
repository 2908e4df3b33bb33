"""What the pages of the gate and of decisions are given: these, never rows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.candidates.presenters import KIND_WORDS
from casework.desk.wishes import SENTENCES
from casework.identifications import words
from casework.identifications.asking import record_of, wishes_of
from casework.identifications.forms import ASKED
from casework.identifications.model import (
    DecisionOutcome,
    DecisionSignature,
    GateKind,
    PrimaryMethod,
    SignedFor,
)
from casework.identifications.queries import Decided, DecisionState, Gate
from casework.identifications.rules import OF_NEED, WHO_BRINGS, Entry, Item, Need
from casework.kinship.sentences import odds_words, posterior_words
from casework.web.described import Teller
from casework.web.pieces import Choice, Fact, NavLink
from privacy.permissions import Viewer

LONG = frozenset({"parts", "how", "why"})


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One thing that was put on record; `number` withdraws it."""

    number: int
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a form: `kind` is `text`, `long`, `day` or `choice`."""

    name: str
    label: str
    kind: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form that puts one item on record."""

    kind: str
    title: str
    fields: tuple[ShownField, ...]
    takes_paper: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """One need of the gate: whether it stands, why not, and who could bring it.

    `title` says what there is where it stands, `lack` what is still asked for where not.
    """

    key: str
    title: str
    lack: str
    stands: bool
    why: str
    left: tuple[str, ...]
    who: str
    entries: tuple[ShownEntry, ...]
    forms: tuple[ShownForm, ...]
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSignature:
    """What the keeper of one record said; without `when` it still waits."""

    whose: str
    office: str
    when: str = ""
    accepted: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDecision:
    """A decision with its signatures, and what became of it."""

    number: int
    href: str
    outcome: str
    code: str
    person: str
    remains: str
    state: str
    tone: str
    when: str
    office: str
    reason: str
    facts: tuple[Fact, ...]
    lacks: tuple[str, ...]
    signatures: tuple[ShownSignature, ...]
    end: str
    end_reason: str
    handed_over: str
    is_released: bool
    is_locked: bool
    stands: bool
    lacks_signer: bool
    is_invented: bool


def shown_items(gate: Gate, teller: Teller) -> tuple[ShownItem, ...]:
    """Tell the gate item by item."""
    return tuple(_item(each, gate, teller) for each in gate.items)


def _item(item: Item, gate: Gate, teller: Teller) -> ShownItem:
    _ = teller.gettext
    here = f"/pairings/{gate.proposal.pairing.id}"
    href, link = {
        Need.EXAMINERS: (f"{here}/review", _("Ir a la revisión")),
        Need.NUMBERS: (f"{here}/dna", _("Lo que dice el ADN")),
    }.get(item.need, ("", ""))
    return ShownItem(
        key=item.need.value,
        title=_(words.NEED_WORDS[item.need]),
        lack=_(words.LACKING_WORDS[item.need]),
        stands=item.stands,
        why=_(item.why) if item.why else "",
        left=tuple(_(KIND_WORDS.get(each, each)) for each in item.open_kinds),
        who=_(WHO_BRINGS[item.need]),
        entries=tuple(shown_entry(each, teller) for each in item.entries),
        forms=tuple(
            _form(kind, item, teller)
            for kind in OF_NEED.get(item.need, ())
            if _is_offered(kind, item, gate)
        ),
        href=href,
        link=link,
    )


def _is_offered(kind: GateKind, item: Item, gate: Gate) -> bool:
    """Offer an exception only where the board carried it, and no form to explain nothing."""
    if kind is GateKind.BOARD_EXCEPTION:
        return gate.standing.is_exception
    return kind is not GateKind.RESOLVED_DISCREPANCY or bool(item.open_kinds)


def _form(kind: GateKind, item: Item, teller: Teller) -> ShownForm:
    _ = teller.gettext
    fields = [_field(name, teller) for name in ASKED[kind]]
    if kind is GateKind.PRIMARY_REPORT:
        methods = tuple(
            Choice(each.value, _(words.METHOD_WORDS[each])) for each in PrimaryMethod
        )
        fields.insert(0, ShownField("method", _("De qué identificador"), "choice", methods))
    if kind is GateKind.RESOLVED_DISCREPANCY:
        kinds = tuple(Choice(each, _(KIND_WORDS.get(each, each))) for each in item.open_kinds)
        fields.insert(0, ShownField("about", _("Cuál de las diferencias"), "choice", kinds))
    return ShownForm(
        kind.value,
        _(words.GATE_WORDS[kind]),
        tuple(fields),
        takes_paper=kind is GateKind.PRIMARY_REPORT,
    )


def _field(name: str, teller: Teller) -> ShownField:
    _ = teller.gettext
    label = _(words.TOLD_WORDS[name])
    if name == "commingling":
        choices = tuple(Choice(code, _(said)) for code, said in words.COMMINGLING_WORDS.items())
        return ShownField(name, label, "choice", choices)
    return ShownField(
        name, label, "day" if name == "day" else "long" if name in LONG else "text"
    )


def shown_entry(entry: Entry, teller: Teller) -> ShownEntry:
    """Tell what was put on record."""
    _ = teller.gettext
    title = {
        GateKind.PRIMARY_REPORT: lambda: _(words.METHOD_WORDS[PrimaryMethod(entry.about)]),
        GateKind.RESOLVED_DISCREPANCY: lambda: _(KIND_WORDS.get(entry.about, entry.about)),
        GateKind.BOARD_EXCEPTION: lambda: _("Excepción de la junta: circunstancial"),
    }.get(entry.kind, str)()
    return ShownEntry(entry.number, title, told_facts(entry.told, teller))


def told_facts(told: Mapping[str, Any], teller: Teller) -> tuple[Fact, ...]:
    """Tell what was typed, by its labels."""
    _ = teller.gettext
    return tuple(
        Fact(_(label), _told_words(name, str(told[name]), teller))
        for name, label in words.TOLD_WORDS.items()
        if told.get(name)
    )


def _told_words(name: str, typed: str, teller: Teller) -> str:
    if name == "commingling":
        return teller.gettext(words.COMMINGLING_WORDS[typed])
    return teller.wording.written_day(typed) if name == "day" else typed


def shown_decision(
    decided: Decided, offices: Mapping[int, str], teller: Teller
) -> ShownDecision:
    """Put one decision into words."""
    _, row = teller.gettext, decided.row
    state, tone = words.STATE_WORDS[decided.state]
    end = decided.end
    return ShownDecision(
        number=row.id,
        href=f"/decisions/{row.id}",
        outcome=_(words.OUTCOME_WORDS[row.outcome]),
        code=row.outcome.value,
        person=decided.person.reference,
        remains=decided.remains.reference,
        state=_(state),
        tone=tone,
        when=teller.wording.instant(row.entered_at),
        office=offices.get(row.institution_id, ""),
        reason=str(row.told.get("reason", "")),
        facts=(*_exclusion(decided, teller), *_numbers(row.told.get("numbers", {}), teller)),
        lacks=_lacks(decided, teller),
        signatures=_signatures(decided, offices, teller),
        end=_(words.CAUSE_WORDS[end.cause]) if end else "",
        end_reason=_end_reason(decided, teller),
        handed_over=_(words.HANDED_WORDS[end.handed_over]) if end and end.handed_over else "",
        is_released=decided.release is not None,
        is_locked=decided.state is DecisionState.LOCKED,
        stands=decided.stands,
        lacks_signer=decided.lacks_signer and SignedFor.PERSON in decided.waits_for,
        is_invented=decided.person.invented or decided.remains.invented,
    )


@dataclass(frozen=True, slots=True)
class ShownWish:
    """One thing that lacks: what is asked, of which record, and of whom."""

    code: str
    words: str
    record: str
    office: str
    is_own: bool


def shown_wishes(
    decided: Decided, viewer: Viewer, offices: Mapping[int, str], teller: Teller
) -> tuple[ShownWish, ...]:
    """Put into words what can be asked for of a premature decision."""
    found = []
    for each in wishes_of(decided):
        record = record_of(decided, each)
        keeper = record.owner_institution_id
        found.append(
            ShownWish(
                each.value,
                teller.gettext(SENTENCES[each].words),
                record.reference,
                offices.get(keeper, ""),
                keeper == viewer.institution_id,
            )
        )
    return tuple(found)


def _lacks(decided: Decided, teller: Teller) -> tuple[str, ...]:
    """Name what lacked that day, where that is what was decided."""
    if decided.row.outcome is not DecisionOutcome.PREMATURE:
        return ()
    lacks = decided.row.told.get("lacks", ())
    return tuple(teller.gettext(words.LACKING_WORDS[Need(each)]) for each in lacks)


def _end_reason(decided: Decided, teller: Teller) -> str:
    """Say why it ended: in people's words, or which facts changed."""
    if decided.end is None:
        return ""
    changed = (words.FACT_WORDS.get(each, each) for each in decided.end.changed)
    return decided.end.reason or ", ".join(map(teller.gettext, changed))


def _exclusion(decided: Decided, teller: Teller) -> tuple[Fact, ...]:
    _, row = teller.gettext, decided.row
    if row.method is None or row.strength is None:
        return ()
    facts = ", ".join(_(words.FACT_WORDS[each]) for each in row.told.get("facts", ()))
    return (
        Fact(_("Método"), _(words.EXCLUSION_WORDS[row.method])),
        Fact(_("Firmeza"), _(words.STRENGTH_WORDS[row.strength])),
        Fact(_("Hechos en que se apoya"), facts),
    )


def _numbers(kept: Mapping[str, Any], teller: Teller) -> tuple[Fact, ...]:
    """Tell what was believed that day: it was weighed by people, and decided nothing."""
    _, number = teller.gettext, teller.wording.number
    if not kept:
        return ()
    dna = kept.get("dna", {})
    told = [
        Fact(_("Antes de los indicios"), odds_words(math.log10(kept["prior_odds"]), teller)),
        Fact(_("Peso de los indicios (log10)"), number(kept["log10_lr"] or 0.0, 2)),
        Fact(_("Probabilidad con los indicios"), posterior_words(kept["posterior"], teller)),
    ]
    if "log10_lr" in dna:
        told.append(Fact(_("Peso del ADN (log10)"), number(dna["log10_lr"], 2)))
    if "posterior" in dna:
        told.append(
            Fact(_("Probabilidad con el ADN"), posterior_words(dna["posterior"], teller))
        )
    return tuple(told)


def _signatures(
    decided: Decided, offices: Mapping[int, str], teller: Teller
) -> tuple[ShownSignature, ...]:
    keeper = {
        "person": decided.person.owner_institution_id,
        "remains": decided.remains.owner_institution_id,
        "both": decided.person.owner_institution_id,
    }
    waiting = tuple(
        ShownSignature(
            whose=teller.gettext(words.SIGNED_WORDS[each]),
            office=_waits_for(each, decided, offices, teller)
            or offices.get(keeper[each.value], ""),
        )
        for each in decided.waits_for
    )
    return (*(_signature(each, offices, teller) for each in decided.signatures), *waiting)


def _waits_for(
    side: SignedFor, decided: Decided, offices: Mapping[int, str], teller: Teller
) -> str:
    """Name the service that is to sign in a keeper's name; where none acts, nothing."""
    if side is not SignedFor.PERSON or decided.service is None:
        return ""
    keeper = decided.person.owner_institution_id
    return signed_office(decided.service, keeper, offices, teller)


def signed_office(
    office: int, keeper: int | None, offices: Mapping[int, str], teller: Teller
) -> str:
    """Name who signed, and in whose name where that was somebody else's."""
    if keeper is None:
        return offices.get(office, "")
    said = {"service": offices.get(office, ""), "keeper": offices.get(keeper, "")}
    return teller.gettext("%(service)s, en nombre de %(keeper)s") % said


def _signature(
    row: DecisionSignature, offices: Mapping[int, str], teller: Teller
) -> ShownSignature:
    return ShownSignature(
        whose=teller.gettext(words.SIGNED_WORDS[row.signed_for]),
        office=signed_office(row.institution_id, row.for_institution_id, offices, teller),
        when=teller.wording.instant(row.entered_at),
        accepted=row.accepted,
        reason=row.reason,
    )


def trail_of(gate: Gate, teller: Teller, here: str) -> tuple[NavLink, ...]:
    """Lead from the proposals to one pair and to a page of its gate."""
    proposal = gate.proposal
    named = f"{proposal.person.reference} · {proposal.remains.reference}"
    return (
        NavLink(teller.gettext("Propuestas"), "/pairings"),
        NavLink(named, f"/pairings/{proposal.pairing.id}"),
        NavLink(here, "", is_current=True),
    )


def outcome_choices(gate: Gate, teller: Teller) -> Sequence[Choice]:
    """Offer what may be decided: an identification only where nothing lacks."""
    offered = [DecisionOutcome.IDENTIFICATION] if gate.is_open else [DecisionOutcome.PREMATURE]
    return [
        Choice(each.value, teller.gettext(words.OUTCOME_WORDS[each]))
        for each in (*offered, DecisionOutcome.EXCLUSION)
    ]
