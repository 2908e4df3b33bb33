"""The form of a first report, as it is shown: empty, or with what has to be looked at."""

from collections.abc import Mapping

from fastapi.responses import Response

from casework.codes import Sex, StatureBasis
from casework.families.items import YEARS
from casework.families.reporting import TakenReport
from casework.families.words import KINSHIP_WORDS, LANGUAGE_NAMES
from casework.missing.rules import CONSENTS
from casework.record_codes import ReporterKind
from casework.web.body_chart import draw_choices
from casework.web.described import Teller, teller_for
from casework.web.description_form import (
    answerable_choices,
    code_choices,
    description_choices,
)
from casework.web.missing_words import REPORTER_WORDS
from casework.web.pieces import Choice, NavLink
from casework.web.place_form import place_map, unsaved_notices
from casework.web.teeth_form import teeth_piece
from casework.web.visit import Visit


def show_report(
    visit: Visit, form: TakenReport, problems: Mapping[str, str], *, is_unsaved: bool = False
) -> Response:
    """Show the form; with problems, as it was typed and pointing at them."""
    teller = teller_for(visit.language)
    return visit.show(
        "families/report.html",
        status=422 if problems else 200,
        notices=unsaved_notices(visit.gettext, problems) if is_unsaved else (),
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        choices=_choices(teller) | {"years": year_choices(visit)},
        place_map=place_map(form, teller, kind="missing"),
        body=draw_choices(teller.gettext),
        teeth=teeth_piece(form, teller),
        languages=tuple(LANGUAGE_NAMES.values()),
        trail=(
            NavLink(visit.gettext("Personas desaparecidas"), "/missing"),
            NavLink(visit.gettext("Nuevo reporte"), "", is_current=True),
        ),
    )


def year_choices(visit: Visit) -> tuple[Choice, ...]:
    """Offer how long a yes may stand; none is for ever."""
    words = {
        "1": visit.gettext("un año"),
        "2": visit.gettext("dos años"),
        "5": visit.gettext("cinco años"),
    }
    return tuple(Choice(each, words[each]) for each in YEARS)


def _choices(teller: Teller) -> dict[str, tuple[Choice, ...]]:
    return description_choices(teller) | {
        "consent": code_choices(CONSENTS, teller),
        "kinship": tuple(
            Choice(code, teller.gettext(words)) for code, words in KINSHIP_WORDS.items()
        ),
        "reporter_kind": tuple(
            Choice(code, teller.gettext(REPORTER_WORDS[code])) for code in ReporterKind
        ),
        "sex": answerable_choices(Sex, teller),
        "stature_basis": code_choices(StatureBasis, teller),
    }
