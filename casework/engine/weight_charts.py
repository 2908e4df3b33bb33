"""What ages, statures, distances and intervals weigh, each as one chart."""

from collections.abc import Callable

from casework.codes import Condition, RemainsStatureBasis, StatureBasis
from casework.engine.charted import Axis, chart_of_curves
from casework.engine.weighing import (
    Curve,
    age_curves,
    distance_curves,
    interval_curves,
    stature_curves,
)
from casework.web.curves import CurveChart
from casework.web.described import Teller

RATIOS = (1, 10, 100, 1000)


def weight_charts(teller: Teller) -> tuple[CurveChart, ...]:
    """Draw what ages, statures, distances and intervals weigh."""
    return _ages(teller), _statures(teller), _distances(teller), _intervals(teller)


def _ages(teller: Teller) -> CurveChart:
    _ = teller.gettext
    words = _("años de más en lo estimado de los restos")
    return chart_of_curves(
        _("Edad"),
        Axis(words, (-25, 40), (-20, -10, 0, 10, 20, 30)),
        _named(age_curves(), lambda told: _("estimada con ±%(years)s años") % {"years": told}),
        teller,
        note=_("Para alguien de quien se dijo 30 años."),
    )


def _statures(teller: Teller) -> CurveChart:
    _ = teller.gettext
    return chart_of_curves(
        _("Estatura"),
        Axis(_("cm de más en lo hallado"), (-25, 25), (-20, -10, 0, 10, 20)),
        _named(stature_curves(), lambda told: _stature_words(told, teller)),
        teller,
        note=_(
            "Para un hombre de quien se dijo 168 cm. Más baja y más alta no pesan igual: "
            "la estatura se suele decir de más, y lo raro pesa más que lo común."
        ),
    )


def _stature_words(told: str, teller: Teller) -> str:
    reported, found = told.split("+")
    words = teller.code(StatureBasis(reported)), teller.code(RemainsStatureBasis(found))
    return " · ".join(words)


def _distances(teller: Teller) -> CurveChart:
    _ = teller.gettext

    def radius_words(told: str) -> str:
        return _("lugares conocidos a ±%(km)s km") % {
            "km": teller.wording.number(float(told), 0)
        }

    words = _("km entre el último contacto y la recuperación")
    return chart_of_curves(
        _("Distancia"),
        Axis(words, (1, 3000), RATIOS, is_logarithmic=True),
        _named(distance_curves(), radius_words),
        teller,
        note=_(
            "Donde no pasa nadie más. En una ruta por la que pasan todos, la misma "
            "distancia pesa menos, y cuánto menos se cuenta en el propio registro."
        ),
    )


def _intervals(teller: Teller) -> CurveChart:
    _ = teller.gettext
    words = _("días entre el último contacto y la recuperación")
    return chart_of_curves(
        _("Tiempo"),
        Axis(words, (1, 7300), RATIOS, is_logarithmic=True),
        _named(interval_curves(), lambda told: teller.code(Condition(told))),
        teller,
        note=_("Fuera de desiertos, selva y mar, que tienen intervalos propios."),
    )


def _named(curves: tuple[Curve, ...], name: Callable[[str], str]) -> tuple[Curve, ...]:
    return tuple(Curve(name(each.told), each.points) for each in curves)
