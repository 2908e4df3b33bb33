"""How Haitian Creole calls months, days and countries, which Babel knows only in French.

Countries of which nobody told us a Creole name keep their French one, as Haitians write them.
"""

from functools import cached_property
from typing import Any

from babel import Locale
from babel.localedata import LocaleDataDict

_MONTHS = (
    "janvye",
    "fevriye",
    "mas",
    "avril",
    "me",
    "jen",
    "jiyè",
    "out",
    "septanm",
    "oktòb",
    "novanm",
    "desanm",
)
_SHORT_MONTHS = (
    "jan",
    "fev",
    "mas",
    "avr",
    "me",
    "jen",
    "jiy",
    "out",
    "sep",
    "okt",
    "nov",
    "des",
)
# Babel counts days from Monday.
_DAYS = ("lendi", "madi", "mèkredi", "jedi", "vandredi", "samdi", "dimanch")
_SHORT_DAYS = ("len", "mad", "mèk", "jed", "van", "sam", "dim")

_COUNTRIES = {
    "AR": "Ajantin",
    "BB": "Babad",
    "BO": "Bolivi",
    "BR": "Brezil",
    "BS": "Bahamas",
    "BZ": "Beliz",
    "CA": "Kanada",
    "CL": "Chili",
    "CO": "Kolonbi",
    "CR": "Kosta Rika",
    "CU": "Kiba",
    "DO": "Repiblik Dominikèn",
    "EC": "Ekwatè",
    "ES": "Espay",
    "FR": "Lafrans",
    "GF": "Giyàn franse",
    "GP": "Gwadloup",
    "GT": "Gwatemala",
    "GY": "Giyàn",
    "HN": "Ondiras",
    "HT": "Ayiti",
    "JM": "Jamayik",
    "MQ": "Matinik",
    "MX": "Meksik",
    "NI": "Nikaragwa",
    "PA": "Panama",
    "PE": "Pewou",
    "PR": "Pòtoriko",
    "PY": "Paragwe",
    "SR": "Sirinam",
    "SV": "Salvadò",
    "TT": "Trinidad ak Tobago",
    "US": "Etazini",
    "UY": "Irigwe",
    "VE": "Venezwela",
}


class Kreyol(Locale):
    """The conventions of Haitian Creole, with its own words where Babel lends French ones."""

    def __init__(self) -> None:
        super().__init__("ht")

    @cached_property
    def months(self) -> LocaleDataDict:
        """Months by context and width, numbered from 1."""
        return _named(_MONTHS, _SHORT_MONTHS, first=1)

    @cached_property
    def days(self) -> LocaleDataDict:
        """Days of the week by context and width, numbered from 0 for Monday."""
        return _named(_DAYS, _SHORT_DAYS, first=0)

    @cached_property
    def territories(self) -> LocaleDataDict:
        """Countries by ISO 3166-1 code."""
        return LocaleDataDict({**super().territories, **dict[Any, Any](_COUNTRIES)})


def _named(wide: tuple[str, ...], short: tuple[str, ...], *, first: int) -> LocaleDataDict:
    widths: dict[str, dict[int, Any]] = {
        "wide": dict(enumerate(wide, first)),
        "abbreviated": dict(enumerate(short, first)),
        "short": dict(enumerate(short, first)),
        "narrow": {at: name[0].upper() for at, name in enumerate(wide, first)},
    }
    return LocaleDataDict({"format": widths, "stand-alone": widths})
