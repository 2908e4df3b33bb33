"""Acts that cannot be undone: what is planned, when, and what would be lost by it.

Whether a sample, prints, a chart, photographs and belongings are kept is read from what is
recorded; nobody types it a second time, and what is closed to a reader is called closed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from casework.dataset.code_lists.remains import BEFORE_ACT, EXAMINATION_STATE, IRREVERSIBLE_ACT
from casework.dataset.values import Value, dates_of
from casework.examination.board import DONE, NOT_POSSIBLE, status_of
from casework.openings import Openings
from casework.remains.planned import is_standing
from casework.statements.picture import Picture, entries_in, preferred
from casework.web.described import Teller, teller_for
from casework.web.languages import SOURCE
from privacy.model import Reveals

PLANNED = "irreversible_act_planned"
# Within so many days an act comes first: our choice, what a laboratory needs to send somebody.
SOON = 30
# What has to be kept → the examination that shows it, the entries that do.
_SHOWN_BY = {
    "dna_sample": ("", "samples_retained"),
    "fingerprints": ("fingerprints", "prints"),
    "dental_chart": ("odontology", "teeth"),
    "photographs": ("photography", ""),
    "effects": ("effects", ""),
}
# The step in which each is written down.
_STEPS = {
    "dna_sample": "record/examinations",
    "fingerprints": "record/prints",
    "dental_chart": "record/teeth",
    "photographs": "photos",
    "effects": "examinations",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to be kept; `state` is `done`, `not_possible`, `missing` or `closed`."""

    key: str
    words: str
    state: str
    because: str
    step: str


@dataclass(frozen=True, slots=True)
class PlannedAct:
    """An act that stands; `days` until it, None where no day was said, below zero when past."""

    act: str
    when: str
    authority: str
    days: int | None

    @property
    def tone(self) -> str:
        """Say how it presses: `past`, `soon`, `later` or `undated`."""
        if self.days is None:
            return "undated"
        if self.days < 0:
            return "past"
        return "soon" if self.days <= SOON else "later"


@dataclass(frozen=True, slots=True)
class Alert:
    """What a page says of planned acts: all of them, and what has to be kept before."""

    acts: tuple[PlannedAct, ...]
    checks: tuple[Check, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Name what is not kept yet."""
        return tuple(each.words for each in self.checks if each.state == "missing")


def alert_of(
    picture: Picture,
    openings: Openings,
    teller: Teller,
    *,
    beside: Mapping[str, int],
    today: date,
) -> Alert | None:
    """Tell which acts stand and what is kept; nothing where none is planned.

    `beside`: how many photographs and samples stand in tables of their own.
    """
    acts = sorted(
        (
            _planned(entry, teller, today)
            for entry in entries_in(picture, PLANNED).values()
            if is_standing(entry)
        ),
        key=lambda act: (act.days is None, act.days),
    )
    if not acts:
        return None
    return Alert(tuple(acts), tuple(checks_of(picture, openings, teller, beside=beside)))


def checks_of(
    picture: Picture, openings: Openings, teller: Teller, *, beside: Mapping[str, int]
) -> Iterator[Check]:
    """Tell of each thing that has to be kept whether it is, and what shows it."""
    for key, words in BEFORE_ACT.words.items():
        state, because = _found(key, picture, openings, teller, beside=beside)
        yield Check(key, teller.gettext(words), state, because, _STEPS[key])


def keeps_a_sample(picture: Picture, openings: Openings, *, retained: int) -> bool:
    """Say whether a sample for DNA is on record as kept, in whatever way it was said."""
    state, _ = _found(
        "dna_sample", picture, openings, teller_for(SOURCE), beside={"dna_sample": retained}
    )
    return state == "done"


def _found(
    key: str, picture: Picture, openings: Openings, teller: Teller, *, beside: Mapping[str, int]
) -> tuple[str, str]:
    _ = teller.gettext
    examination, entries = _SHOWN_BY[key]
    if key in (preferred(picture, "before_act") or ()):
        return "done", _("así se anotó en custodia y destino")
    if number := beside.get(key, 0):
        photos = teller.ngettext("%(num)s fotografía", "%(num)s fotografías", number)
        others = teller.ngettext("%(num)s anotación", "%(num)s anotaciones", number)
        return "done", (photos if key == "photographs" else others) % {"num": number}
    if not openings.shows(Reveals.BODY):
        return "closed", ""
    if entries and (count := len(entries_in(picture, entries))):
        return "done", teller.ngettext("%(num)s anotación", "%(num)s anotaciones", count) % {
            "num": count
        }
    status = status_of(picture, examination) if examination else ""
    told = _(EXAMINATION_STATE.words[status]) if status else ""
    if status == DONE:
        return "done", told
    return ("not_possible" if status == NOT_POSSIBLE else "missing"), told


def _planned(entry: Value, teller: Teller, today: date) -> PlannedAct:
    dates = dates_of(entry["date"]) if entry.get("date") else None
    words = IRREVERSIBLE_ACT.words[entry["act"]]
    return PlannedAct(
        act=teller.gettext(words),
        when=teller.dates(dates),
        authority=str(entry.get("authority", "")),
        days=(dates.earliest - today).days if dates else None,
    )
