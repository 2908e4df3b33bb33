"""Facts of a description, in words: the same for missing persons and for remains.

Both files keep the same columns (`casework/description.py`), so both pages, and the page
that lays two files side by side, say them with the same words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date
from enum import StrEnum
from functools import cache
from typing import Protocol
from urllib.parse import quote

from casework.codes import Answer
from casework.description import ArticleColumns, LooksColumns, MarkColumns
from casework.envelope import EnvelopeColumns, ExpiryAction
from casework.values import DateRange, Range
from casework.web.code_words import article_words, country_words, mark_words, words_for
from casework.web.languages import locale_of, marked, translations_for
from casework.web.pieces import ClosedPart, Fact, Known
from casework.web.source_words import source_words
from casework.web.wording import Wording

WHY_NOTHING = {
    Answer.NOT_RECORDED: Known.NOT_RECORDED,
    Answer.UNKNOWN: Known.UNKNOWN,
    Answer.REFUSED: Known.REFUSED,
    Answer.ABSENT: Known.NONE,
}
# Ages, statures and weights are estimates: a decimal would claim what nobody measured.
NO_DECIMALS = 0


class Placed(Protocol):
    """What stands somewhere: its country, its division and the place in words."""

    @property
    def country(self) -> str | None: ...

    @property
    def admin1(self) -> str: ...

    @property
    def place(self) -> str: ...


class Teller:
    """Says the values of a record in one language."""

    def __init__(self, language: str) -> None:
        words = translations_for(language)
        self.language = language
        self.gettext = words.gettext
        self.ngettext = words.ngettext
        self.wording = Wording(locale_of(language), words)

    def code(self, code: StrEnum | None) -> str:
        return words_for(code, self.gettext) if code is not None else ""

    def country(self, code: str | None) -> str:
        return country_words(code, self.language, self.gettext)

    def countries(self, codes: Iterable[str]) -> str:
        return ", ".join(self.country(code) for code in codes)

    def dates(self, dates: DateRange | None) -> str:
        return self.wording.date_range(dates.earliest, dates.latest) if dates else ""

    def dates_short(self, dates: DateRange | None) -> str:
        return self.wording.date_range_short(dates.earliest, dates.latest) if dates else ""

    def day(self, day: date | None) -> str:
        return self.wording.day(day) if day else ""

    def numbers(self, numbers: Range | None, unit: str = "") -> str:
        if numbers is None:
            return ""
        return self.wording.number_range(numbers.low, numbers.high, unit, NO_DECIMALS)

    def numbers_short(self, numbers: Range | None, unit: str = "") -> str:
        if numbers is None:
            return ""
        low, high = (
            self.wording.number(end, NO_DECIMALS) for end in (numbers.low, numbers.high)
        )
        return f"{low if low == high else f'{low}–{high}'} {unit}".rstrip()

    def place(self, record: Placed) -> str:
        named = [record.place, record.admin1, self.country(record.country)]
        return ", ".join(dict.fromkeys(part for part in named if part))


@cache
def teller_for(language: str) -> Teller:
    """Give the one teller of a language."""
    return Teller(language)


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that belong together on a file, under one heading; or why they are closed."""

    title: str
    facts: tuple[Fact, ...]
    closed: ClosedPart | None = None


def fact_of(record: LooksColumns, field: str, label: str, text: str, *, note: str = "") -> Fact:
    """Make the fact of one field; without a value, say why there is none.

    An incident is named as its source or whoever told of it named it: the link looks it up.
    """
    if text:
        leads = f"/incidents?area=world&q={quote(text)}" if field == "incident_id" else ""
        return Fact(label, text, note=note, href=leads)
    answer = Answer(record.answers.get(field, Answer.NOT_RECORDED))
    return Fact(label, known=WHY_NOTHING.get(answer, Known.NOT_RECORDED))


def or_blank(label: str, text: str) -> Fact:
    """Make a fact that nobody is asked for; without a text, nothing was recorded."""
    return Fact(label, text) if text else Fact(label, known=Known.NOT_RECORDED)


ENDING_WORDS = {
    ExpiryAction.BY_RULE: marked("lo que dice la regla de su clase"),
    ExpiryAction.RESTRICT: marked("se cierra a las demás instituciones"),
}


def _source_date(record: EnvelopeColumns, teller: Teller) -> Iterator[Fact]:
    """Say from when the words of a copy are; a report taken here has no other date."""
    if record.source_date:
        day = record.source_date.astimezone(UTC).date()
        yield Fact(teller.gettext("Fecha de la fuente"), teller.day(day))


def envelope_facts(record: EnvelopeColumns, teller: Teller) -> tuple[Fact, ...]:
    """Tell where a record comes from and how long it is kept, of whatever kind it is."""
    _ = teller.gettext
    return (
        Fact(_("Clase de registro"), teller.code(record.originality)),
        or_blank(_("Fuente de origen"), source_words(record.origin_source_name, _)),
        *_source_date(record, teller),
        Fact(_("Ingresado"), teller.wording.instant(record.entered_at)),
        Fact(_("Último cambio"), teller.wording.instant(record.changed_at)),
        Fact(_("Revisar antes del"), teller.day(record.review_due_on)),
        Fact(
            _("Si nadie dice que sigue haciendo falta"), _(ENDING_WORDS[record.expiry_action])
        ),
    )


def description_facts(
    record: LooksColumns, teller: Teller, *, stature_note: str
) -> tuple[Fact, ...]:
    """Tell how the person looked; `stature_note` says who or what the stature rests on."""
    _ = teller.gettext
    rows = (
        ("stature_cm", _("Estatura"), teller.numbers(record.stature_cm, "cm"), stature_note),
        ("weight_kg", _("Peso"), teller.numbers(record.weight_kg, "kg"), ""),
        ("build", _("Complexión"), teller.code(record.build), ""),
        ("hair", _("Cabello"), teller.code(record.hair), ""),
        ("eyes", _("Ojos"), teller.code(record.eyes), ""),
        ("handedness", _("Mano que más usa"), teller.code(record.handedness), ""),
        ("blood_group", _("Grupo sanguíneo"), teller.code(record.blood_group), ""),
    )
    return tuple(
        fact_of(record, field, label, text, note=note) for field, label, text, note in rows
    )


def mark_facts(
    record: LooksColumns, marks: Iterable[MarkColumns], teller: Teller
) -> tuple[Fact, ...]:
    """Tell each mark, or why there is none to tell."""
    said = [mark_words(mark, teller.gettext) for mark in marks]
    return listed_facts(
        (teller.gettext("Señas particulares"), teller.gettext("Seña")),
        said,
        record.marks_answer,
    )


def article_facts(
    record: LooksColumns, articles: Iterable[ArticleColumns], teller: Teller
) -> tuple[Fact, ...]:
    """Tell what was worn and what was carried, or why there is nothing to tell."""
    known = list(articles)
    _ = teller.gettext
    worn = [article_words(each, _) for each in known if each.worn]
    carried = [article_words(each, _) for each in known if not each.worn]
    return (
        *listed_facts((_("Ropa"), _("Prenda")), worn, record.clothing_answer),
        *listed_facts((_("Pertenencias"), _("Objeto")), carried, record.belongings_answer),
    )


def listed_facts(labels: tuple[str, str], said: list[str], answer: Answer) -> tuple[Fact, ...]:
    """Make one fact of each thing said; of nothing, one that says why.

    `labels` names all of them together, and one of them.
    """
    together, each = labels
    if not said:
        return (Fact(together, known=WHY_NOTHING.get(answer, Known.NOT_RECORDED)),)
    if len(said) == 1:
        return (Fact(together, said[0]),)
    return tuple(Fact(f"{each} {number}", text) for number, text in enumerate(said, 1))
