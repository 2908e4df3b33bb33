"""What the page of what followed a release is given: these, never rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.identifications.presenters import told_facts
from casework.identifications.words import HANDED_WORDS
from casework.telling import words
from casework.telling.forms import ASKED, PRINTED
from casework.telling.model import StepKind, TellingStep
from casework.telling.queries import Telling
from casework.telling.rules import may_be_entered, open_steps, wants_no_contact
from casework.telling.words import Strand
from casework.web.described import Teller
from casework.web.languages import OFFERED
from casework.web.pieces import Choice, Fact

DAYS = frozenset({"happened_on", "due_on"})
LONG = frozenset({"said", "asked", "why", "free", "addressed_to", "papers"})
CODES: Mapping[str, Mapping[str, str]] = {
    "how": words.HOW_WORDS,
    "accepted": words.ACCEPTED_WORDS,
    "asks": words.ASKS_WORDS,
}


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a form: `kind` is `text`, `long`, `day`, `choice`, `several` or `language`."""

    name: str
    label: str
    kind: str
    hint: str
    is_needed: bool
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form that enters one step; `closes` are planned steps that it may answer."""

    kind: str
    title: str
    fields: tuple[ShownField, ...]
    closes: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step that was entered."""

    title: str
    when: str
    entered: str
    facts: tuple[Fact, ...]
    prints: str = ""


@dataclass(frozen=True, slots=True)
class ShownStrand:
    """What belongs together, with its forms."""

    key: str
    title: str
    lead: str
    steps: tuple[ShownStep, ...]
    forms: tuple[ShownForm, ...]
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownNext:
    """What is due: `tone` says how it presses, `late`, `today` or nothing."""

    words: str
    when: str
    tone: str


@dataclass(frozen=True, slots=True)
class ShownRecall:
    """That it was taken back: what had been told to whom, and where the remains are."""

    when: str
    told: tuple[str, ...]
    was_told: bool
    is_said: bool
    handed_over: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTelling:
    """A release and all that followed it."""

    number: int
    reference: str
    released: str
    words: str
    plan: tuple[Fact, ...]
    signed_by: str
    signed_for: str
    following: tuple[ShownNext, ...]
    strands: tuple[ShownStrand, ...]
    recall: ShownRecall | None
    wants_no_contact: bool
    is_invented: bool


def shown_telling(
    telling: Telling,
    teller: Teller,
    *,
    officers: Mapping[int, str],
    offices: Mapping[int, str],
    found: Sequence[str],
    today: Any,
) -> ShownTelling:
    """Put a release and what followed it into words."""
    release = telling.release
    return ShownTelling(
        number=telling.number,
        reference=telling.person.reference,
        released=teller.wording.instant(release.entered_at),
        words=str(release.told.get("words", "")),
        plan=told_facts(release.told.get("plan", {}), teller),
        signed_by=offices.get(telling.signed_by or 0, ""),
        # In whose name, where it was not that of whoever reads it.
        signed_for=""
        if telling.keeper_asked_to_sign
        else offices.get(telling.signed_for or 0, ""),
        following=tuple(_next(each, teller, today) for each in telling.following),
        strands=tuple(
            _strand(each, telling, teller, officers=officers, found=found) for each in Strand
        ),
        recall=_recall(telling, teller),
        wants_no_contact=wants_no_contact(telling.kinds),
        is_invented=telling.person.invented,
    )


def _next(each: Any, teller: Teller, today: Any) -> ShownNext:
    _, due = teller.gettext, each.due_on
    if due is None:
        return ShownNext(_(each.words), "", "late" if each.presses else "")
    tone = "late" if due < today else "today" if due == today else ""
    return ShownNext(_waiting_words(each.step, teller), teller.wording.day(due), tone)


def _waiting_words(step: TellingStep, teller: Teller) -> str:
    """Say what waits, with whom, as it was planned."""
    who, whom = (str(step.told.get(name, "")) for name in ("who", "whom"))
    about = ", ".join(each for each in (who, whom) if each)
    title = teller.gettext(words.STEP_WORDS[step.kind])
    return f"{title}: {about}" if about else title


def _strand(
    strand: Strand,
    telling: Telling,
    teller: Teller,
    *,
    officers: Mapping[int, str],
    found: Sequence[str],
) -> ShownStrand:
    _ = teller.gettext
    title, lead = words.STRAND_WORDS[strand]
    kinds = words.OF_STRAND[strand]
    of_items = tuple(found) if strand is Strand.BELONGINGS else ()
    newest = {each.kind: each for each in telling.steps if each.kind in PRINTED}
    return ShownStrand(
        strand.value,
        _(title),
        _(lead),
        tuple(
            shown_step(
                each,
                teller,
                officers=officers,
                prints=newest.get(each.kind) is each and not telling.is_recalled,
            )
            for each in telling.steps
            if each.kind in kinds
        ),
        tuple(
            _form(each, telling, teller, of_items)
            for each in kinds
            if may_be_entered(each, telling.kinds, is_recalled=telling.is_recalled)
        ),
        of_items,
    )


def shown_step(
    step: TellingStep, teller: Teller, *, officers: Mapping[int, str], prints: bool = False
) -> ShownStep:
    """Tell one step; of a letter or a note the newest is the one that is printed."""
    _, wording = teller.gettext, teller.wording
    facts = [
        Fact(_(label), _value(name, step.told[name], teller))
        for name, label in words.FIELD_WORDS.items()
        if step.told.get(name)
    ]
    if step.due_on:
        by_when = words.FIELD_WORDS["due_on"]
        facts.append(Fact(_(by_when), wording.day(step.due_on)))
    return ShownStep(
        _(words.STEP_WORDS[step.kind]),
        wording.day(step.happened_on) if step.happened_on else "",
        f"{officers.get(step.entered_by, '')}, {wording.instant(step.entered_at)}",
        tuple(facts),
        prints=f"{step.kind.value}.pdf?language={step.told.get('language')}" if prints else "",
    )


def _value(name: str, value: Any, teller: Teller) -> str:
    if name in CODES:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(teller.gettext(CODES[name].get(each, each)) for each in codes)
    return OFFERED.get(value, value) if name == "language" else str(value)


def _form(
    kind: StepKind, telling: Telling, teller: Teller, found: tuple[str, ...]
) -> ShownForm:
    _ = teller.gettext
    asks_day = "happened_on" in ASKED[kind]
    closes = tuple(
        Choice(
            str(each.id), f"{_waiting_words(each, teller)}, {teller.wording.day(each.due_on)}"
        )
        for each in (open_steps(telling.steps) if asks_day else ())
    )
    return ShownForm(
        kind.value,
        _(words.STEP_WORDS[kind]),
        tuple(_field(name, kind, teller, found) for name in ASKED[kind]),
        closes,
    )


def _field(asked: str, kind: StepKind, teller: Teller, found: tuple[str, ...]) -> ShownField:
    _, name = teller.gettext, asked.removesuffix("?")
    choices = tuple(Choice(code, _(said)) for code, said in CODES.get(name, {}).items())
    shape = "text"
    if name in DAYS:
        shape = "day"
    elif name == "language" and kind in PRINTED:
        shape, choices = "choice", tuple(Choice(*each) for each in OFFERED.items())
    elif choices:
        shape = "several" if name == "asks" else "choice"
    elif name in LONG:
        shape = "long"
    return ShownField(
        name,
        _(words.FIELD_WORDS[name]),
        shape,
        _(words.HINTS[name]) if name in words.HINTS else "",
        not asked.endswith("?"),
        choices,
        found if name == "item" else (),
    )


def _recall(telling: Telling, teller: Teller) -> ShownRecall | None:
    recall = telling.recall
    if recall is None:
        return None
    told = [each for each in telling.steps if each.kind is StepKind.TOLD]
    said = tuple(
        f"{teller.wording.day(each.happened_on)}: {each.told.get('whom', '')}. "
        f"{each.told.get('said', '')}"
        for each in told
    )
    return ShownRecall(
        teller.wording.instant(recall.at),
        said,
        bool(told),
        telling.last(StepKind.RECALL_TOLD) is not None,
        teller.gettext(HANDED_WORDS[recall.handed_over]) if recall.handed_over else "",
    )
