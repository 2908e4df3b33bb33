"""What the pages of samples are given. Templates receive these, never rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.families.presenters import who_gives
from casework.samples import words
from casework.samples.model import (
    Happening,
    MissingPersonSample,
    Sample,
    SampleEntry,
    SampleKind,
    SampleState,
)
from casework.samples.queries import MISSING, Kept, Rack
from casework.samples.rules import standing_entries, state_of
from casework.web.described import Teller
from casework.web.pieces import Choice, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """One thing that happened; `is_corrected`: a later entry says it anew."""

    entry_id: int
    when: str
    instant: str
    text: str
    facts: tuple[Fact, ...]
    signed: str
    is_corrected: bool
    corrects: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSample:
    """One sample, whose it is and how far it is."""

    sample_id: int
    reference: str
    href: str
    kind: str
    donor: str
    state: str
    tone: str
    whereabouts: str
    has_consent: bool
    facts: tuple[Fact, ...]
    entries: tuple[ShownEntry, ...]


def shown_sample(
    rack: Rack,
    kept: Kept,
    teller: Teller,
    *,
    officers: Mapping[int, str],
    others: Mapping[int, str],
) -> ShownSample:
    """Put a sample into words; `others` are the files it may be told that it serves."""
    _ = teller.gettext
    sample, state = kept.sample, state_of(kept.entries)
    details = sample.details
    told = [Fact(_("Cuándo se tomó"), teller.day(sample.taken_on))]
    told += [
        Fact(_(label), details.get(name, "")) for name, label in words.SAMPLE_DETAILS.items()
    ]
    return ShownSample(
        sample_id=sample.id,
        reference=sample.reference,
        href=f"/{rack.side.register}/{rack.case.reference}/samples/{sample.id}",
        kind=_(words.KIND_WORDS[sample.kind]),
        donor=donor_words(rack, sample, teller),
        state=_(words.STATE_WORDS[state]),
        tone="done" if state is SampleState.PROFILE_OBTAINED else "plain",
        whereabouts=whereabouts(kept),
        has_consent=kept.has_consent,
        facts=tuple(each for each in told if each.text),
        entries=shown_entries(kept, teller, officers=officers, others=others),
    )


def whereabouts(kept: Kept) -> str:
    """Say who had a sample last, and where; before any hand-over, where it was kept."""
    for each in reversed(standing_entries(kept.entries)):
        if each.happening is Happening.HANDED_OVER:
            told = (each.details.get("to", ""), each.details.get("place", ""))
            return ", ".join(part for part in told if part)
    details = kept.sample.details
    return str(details.get("retained_where") or details.get("laboratory") or "")


def shown_entries(
    kept: Kept, teller: Teller, *, officers: Mapping[int, str], others: Mapping[int, str]
) -> tuple[ShownEntry, ...]:
    """Tell what happened, the earliest first; what was corrected stays, and is marked so."""
    corrected = {each.corrects_id for each in kept.entries}
    ordered = sorted(kept.entries, key=lambda each: (each.happened_on, each.id))
    return tuple(
        ShownEntry(
            entry_id=each.id,
            when=teller.day(each.happened_on),
            instant=each.happened_on.isoformat(),
            text=_told(each, others, teller),
            facts=_facts(each, teller),
            signed=teller.gettext("Lo anotó %(who)s el %(day)s")
            % {
                "who": officers.get(each.entered_by, "—"),
                "day": teller.day(each.entered_at.date()),
            },
            is_corrected=each.id in corrected,
            corrects=each.corrects_id is not None,
        )
        for each in ordered
        if not _names_what_is_hidden(each, others)
    )


def _names_what_is_hidden(entry: SampleEntry, others: Mapping[int, str]) -> bool:
    number = getattr(entry, "other_case_id", None)
    return number is not None and number not in others


def _told(entry: SampleEntry, others: Mapping[int, str], teller: Teller) -> str:
    _ = teller.gettext
    if entry.happening is Happening.HANDED_OVER:
        told = {"to": entry.details.get("to", ""), "from": entry.details.get("from", "")}
        if told["from"]:
            return _("De %(from)s a %(to)s") % told
        return _("La recibió %(to)s") % told
    if entry.happening is Happening.STATE and entry.state is not None:
        words_of = _(words.STATE_WORDS[entry.state])
        return words_of[:1].upper() + words_of[1:]
    number = getattr(entry, "other_case_id", 0)
    return _("Sirve también a %(reference)s") % {"reference": others.get(number, "")}


def _facts(entry: SampleEntry, teller: Teller) -> tuple[Fact, ...]:
    said = entry.details
    return tuple(
        Fact(teller.gettext(label), said[name])
        for name, label in words.ENTRY_DETAILS.items()
        if name not in {"from", "to"} and said.get(name)
    )


def donor_words(rack: Rack, sample: Sample, teller: Teller) -> str:
    """Say of whom a sample is; of remains, nothing more."""
    if not isinstance(sample, MissingPersonSample):
        return ""
    for each in rack.relatives:
        if each.id == sample.relative_id:
            return who_gives(each, teller)
    return teller.gettext("de la propia persona")


def donor_choices(rack: Rack, teller: Teller) -> list[Choice]:
    """List who could have given a sample; of each it is said whether they agreed to it."""
    _ = teller.gettext
    agreed, not_yet = _("autorizó comparar su ADN"), _("todavía no lo ha autorizado")
    return [
        Choice(
            str(each.id),
            f"{who_gives(each, teller)} ({agreed if each.id in rack.consents else not_yet})",
        )
        for each in rack.relatives
    ]


def choices(rack: Rack, teller: Teller) -> dict[str, list[Choice]]:
    """Give every list of the forms."""
    _ = teller.gettext
    happenings: Sequence[Happening] = [
        each for each in Happening if rack.side is MISSING or each is not Happening.SERVES_ALSO
    ]
    kinds: Sequence[SampleKind] = rack.side.kinds
    return {
        "kinds": [Choice(each, _(words.KIND_WORDS[each])) for each in kinds],
        "donors": donor_choices(rack, teller),
        "happenings": [Choice(each, _(words.HAPPENING_WORDS[each])) for each in happenings],
        "states": [Choice(each, _(words.STATE_WORDS[each])) for each in SampleState],
    }
