"""What the pages about contacts are given. Templates receive these, never rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from babel.dates import format_date, format_time

from casework.contacts import words
from casework.contacts.hours import (
    ALL_DAYS,
    SafeNow,
    When,
    Window,
    clock_at,
    read_windows,
    safe_now,
)
from casework.contacts.model import (
    Channel,
    ContactAgreement,
    ContactEntry,
    ContactPoint,
    Safe,
    SecurityConcern,
)
from casework.contacts.queries import Contacts, Owed
from casework.contacts.told import not_yet_kept
from casework.families.model import Relative
from casework.families.presenters import who_gives
from casework.families.words import LANGUAGE_NAMES
from casework.web.described import Teller
from casework.web.languages import marked

NOW_WORDS: Mapping[When, str] = {
    When.NOW: marked("Ahora se puede llamar: hoy de %(hours)s. Allá son las %(clock)s."),
    When.LATER_TODAY: marked(
        "Todavía no llame: hoy se puede de %(hours)s. Allá son las %(clock)s."
    ),
    When.ANOTHER_DAY: marked("Hoy no llame: se puede el %(day)s de %(hours)s."),
    When.NOT_SAID: marked("No se anotó a qué horas puede hablar: pregúnteselo."),
}
NOT_CONFIRMED = marked(
    "Se anotó con el reporte y nadie confirmó a qué horas es seguro llamar. No llame antes de "
    "preguntárselo: cuando venga, cuando llame, o por quien la acompaña."
)
NOW_TONES: Mapping[When, str] = {When.NOW: "done", When.NOT_SAID: "plain"}
BY_VOICE = frozenset({Channel.PHONE, Channel.THIRD_PARTY, Channel.WHATSAPP})
LINKS: Mapping[Channel, str] = {Channel.PHONE: "tel", Channel.EMAIL: "mailto"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPoint:
    """One way to reach somebody: first what keeps them safe, last the number itself."""

    point_id: int  # 0 of one that was only told with the report
    kind: str
    whose: str
    do_not_say: str
    now: str
    now_tone: str
    hours: str
    warnings: tuple[str, ...]
    who_may_answer: str
    value: str
    href: str
    since: str
    told: int = 0  # its place among those told with the report

    @classmethod
    def of_told(cls, at: int, number: str, relative: Relative, teller: Teller) -> "ShownPoint":
        """Put a telephone into words that nobody confirmed: shown, and not to be dialled."""
        return cls(
            point_id=0,
            kind=_begun(teller.gettext(words.CHANNEL_WORDS[Channel.PHONE])),
            whose="",
            do_not_say="",
            now=teller.gettext(NOT_CONFIRMED),
            now_tone="warning",
            hours="",
            warnings=(),
            who_may_answer="",
            value=number,
            href="",
            since=teller.day(relative.entered_at.date()),
            told=at,
        )

    @classmethod
    def of(cls, point: ContactPoint, local: datetime, teller: Teller) -> "ShownPoint":
        """Put one way into words; `local` is the time where they live."""
        _ = teller.gettext
        windows = read_windows(point.safe_hours)
        speaks = point.kind in BY_VOICE
        state = safe_now(windows, local)
        return cls(
            point_id=point.id,
            kind=_begun(_(words.CHANNEL_WORDS[point.kind])),
            whose=point.whose,
            do_not_say=point.do_not_say,
            now=_now_words(point, state, local, teller) if speaks or windows else "",
            now_tone=_now_tone(point, state),
            hours="; ".join(window_words(each, teller) for each in windows),
            warnings=_warnings(point, teller),
            who_may_answer=point.who_may_answer,
            value=point.value,
            href=_href(point),
            since=teller.day(point.entered_at.date()),
        )


@dataclass(frozen=True, slots=True)
class ShownAgreement:
    """How somebody wants to be spoken to, in a few words."""

    sentence: str
    concern: str
    is_in_danger: bool


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One contact or attempt."""

    when: str
    how: str
    outcome: str
    said: str
    promised: str
    spoke_with: str
    by: str


@dataclass(frozen=True, slots=True)
class ShownPromise:
    """What is owed to a family, and how late it is."""

    entry_id: int
    due: str
    lateness: str
    tone: str
    promised: str


@dataclass(frozen=True, slots=True)
class ShownOwed:
    """One promise in the list of an institution."""

    reference: str
    href: str
    name: str
    is_invented: bool
    who: str
    promise: ShownPromise
    channel: str
    point: ShownPoint | None
    more_points: int


def shown_agreement(agreement: ContactAgreement | None, teller: Teller) -> ShownAgreement:
    """Say what was agreed; what was not asked is said too."""
    _ = teller.gettext
    if agreement is None:
        not_yet = _("Todavía no se acordó cómo ni cada cuánto hablar.")
        return ShownAgreement(not_yet, "", is_in_danger=False)
    said = []
    if agreement.channel:
        channel = _(words.CHANNEL_WORDS[agreement.channel])
        said.append(_("prefiere %(channel)s") % {"channel": channel})
    if agreement.interval_days:
        said.append(_("cada %(days)s días") % {"days": agreement.interval_days})
    if agreement.language:
        said.append(LANGUAGE_NAMES.get(agreement.language, agreement.language))
    if agreement.needs_interpreter:
        said.append(_("con intérprete"))
    said.append(_(words.LITERACY_WORDS[agreement.literacy]))
    if agreement.clock_of:
        said.append(_("vive en %(country)s") % {"country": teller.country(agreement.clock_of)})
    concern = SecurityConcern(agreement.security_concern or "not_asked")
    is_in_danger = concern not in {SecurityConcern.NONE, SecurityConcern.NOT_ASKED}
    told = _(words.CONCERN_WORDS[concern])
    return ShownAgreement(_begun(" · ".join(said)), told, is_in_danger)


def shown_promise(entry: ContactEntry, today: date, teller: Teller) -> ShownPromise:
    """Say what is owed by when, and how late it is."""
    due = entry.promised_by or today
    late = (today - due).days
    return ShownPromise(
        entry_id=entry.id,
        due=teller.day(due),
        lateness=lateness(late, teller),
        tone="warning" if late > 0 else "own" if late == 0 else "plain",
        promised=entry.promised or teller.gettext("Volver a hablar"),
    )


def shown_entry(
    entry: ContactEntry, officers: Mapping[int, str], teller: Teller, *, zone: tzinfo
) -> ShownEntry:
    """Put one contact into words; `zone` is that of the institution's clock."""
    _ = teller.gettext
    how = [
        _(words.DIRECTION_WORDS[entry.direction]),
        _(words.CHANNEL_WORDS[entry.channel]),
        _(words.CONTENT_WORDS[entry.content_class]),
    ]
    promised = ""
    if entry.promised_by:
        what = entry.promised or _("volver a hablar")
        told = {"what": what, "day": teller.day(entry.promised_by)}
        promised = _("Se prometió: %(what)s, para el %(day)s.") % told
    return ShownEntry(
        when=teller.wording.instant(entry.happened_at, zone),
        how=" · ".join(
            [
                *how,
                *(
                    [LANGUAGE_NAMES.get(entry.language, entry.language)]
                    if entry.language
                    else []
                ),
            ]
        ),
        outcome=_begun(_(words.OUTCOME_WORDS[entry.outcome])),
        said=entry.said,
        promised=promised,
        spoke_with=entry.spoke_with,
        by=officers.get(entry.recorded_by, ""),
    )


def shown_points(
    contacts: Contacts, relative: Relative, teller: Teller, *, at: datetime, country: str
) -> list[ShownPoint]:
    """Put all ways to reach somebody into words: the agreed first, those only told last."""
    local = local_time(contacts.agreement, at, country)
    preferred = contacts.agreement.channel if contacts.agreement else None
    ordered = sorted(contacts.points, key=lambda each: each.kind is not preferred)
    told = enumerate(told_points(contacts, relative), start=1)
    return [
        *(ShownPoint.of(each, local, teller) for each in ordered),
        *(ShownPoint.of_told(number, each, relative, teller) for number, each in told),
    ]


def told_points(contacts: Contacts, relative: Relative) -> list[str]:
    """Give the telephones told with the report that nobody kept as a way to call yet."""
    kept = (each.value for each in (*contacts.points, *contacts.past_points))
    return not_yet_kept(relative.contact, kept)


def shown_owed(
    owed: Owed, names: Mapping[int, str], teller: Teller, *, at: datetime, country: str
) -> ShownOwed:
    """Put one promise of the list into words; `names` are open ones, by file."""
    points = shown_points(owed.contacts, owed.relative, teller, at=at, country=country)
    agreed = owed.contacts.agreement.channel if owed.contacts.agreement else None
    person, relative = owed.person, owed.relative
    who = who_gives(relative, teller)
    return ShownOwed(
        reference=person.reference,
        href=f"/missing/{person.reference}/family?relative={relative.id}",
        name=names.get(person.id, ""),
        is_invented=person.invented,
        who=f"{relative.name} · {who}" if relative.name else who,
        promise=shown_promise(owed.promise, at.date(), teller),
        channel=teller.gettext(words.CHANNEL_WORDS[agreed]) if agreed else "",
        point=points[0] if points else None,
        more_points=max(0, len(points) - 1),
    )


def local_time(agreement: ContactAgreement | None, at: datetime, country: str) -> datetime:
    """Give the time where a relative lives; `country` where they never said."""
    return clock_at(at, agreement.clock_of if agreement else "", country)


def window_words(window: Window, teller: Teller) -> str:
    """Say one window: `lun, mar: 9:00–12:00`."""
    hours = _hours(window, teller)
    if window.days == ALL_DAYS:
        return teller.gettext("todos los días, %(hours)s") % {"hours": hours}
    names = teller.wording.locale.days["stand-alone"]["abbreviated"]
    return f"{', '.join(names[int(day) - 1] for day in window.days)}: {hours}"


def hours_words(kept: Sequence[object], teller: Teller) -> str:
    """Say windows as they are kept."""
    return "; ".join(window_words(each, teller) for each in read_windows(kept))


def _now_words(point: ContactPoint, state: SafeNow, local: datetime, teller: Teller) -> str:
    _ = teller.gettext
    if point.safe_to_call is Safe.NO:
        return _("No llame: pone en peligro a la familia.")
    told = {"hours": "", "clock": _clock(local, teller), "day": ""}
    if state.window:
        told["hours"] = _hours(state.window, teller)
        day = (local + timedelta(days=state.days_off)).date()
        told["day"] = format_date(day, "EEEE d", locale=teller.wording.locale)
    return _(NOW_WORDS[state.when]) % told


def _now_tone(point: ContactPoint, state: SafeNow) -> str:
    if point.safe_to_call is Safe.NO:
        return "problem"
    return NOW_TONES.get(state.when, "warning")


def _warnings(point: ContactPoint, teller: Teller) -> tuple[str, ...]:
    _ = teller.gettext
    found = []
    if point.kind in BY_VOICE and point.safe_to_call is Safe.NOT_ASKED:
        found.append(_("No se preguntó si es seguro llamar."))
    if point.may_leave_message is Safe.YES:
        found.append(_("Se puede dejar un mensaje."))
    elif point.may_leave_message is Safe.NO:
        found.append(_("No deje ningún mensaje."))
    elif point.may_leave_message is Safe.NOT_ASKED:
        found.append(_("No se preguntó si se puede dejar un mensaje: no lo deje."))
    return tuple(found)


def _href(point: ContactPoint) -> str:
    scheme = LINKS.get(point.kind)
    plain = "".join(point.value.split())
    return f"{scheme}:{plain}" if scheme and point.safe_to_call is not Safe.NO else ""


def lateness(days: int, teller: Teller) -> str:
    """Say how many days late something is, or how many are left."""
    told = {"num": abs(days)}
    if days > 0:
        ngettext = teller.ngettext
        return (
            ngettext("lleva %(num)s día de retraso", "lleva %(num)s días de retraso", days)
            % told
        )
    if days == 0:
        return teller.gettext("es para hoy")
    return teller.ngettext("falta %(num)s día", "faltan %(num)s días", -days) % told


def _hours(window: Window, teller: Teller) -> str:
    told = {"first": _short(window.first, teller), "last": _short(window.last, teller)}
    return teller.gettext("%(first)s a %(last)s") % told


def _clock(local: datetime, teller: Teller) -> str:
    return format_time(local.time(), "H:mm", locale=teller.wording.locale)


def _short(moment: time, teller: Teller) -> str:
    return str(format_time(moment, "H:mm", locale=teller.wording.locale))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
