"""Invented words and numbers for the gallery of components, which administrators may open.

Nothing here is translated: it stands in for what presenters give.
"""

from dataclasses import dataclass
from typing import Any

from casework.codes import BodySite, MarkType, Side
from casework.web.body_chart import draw_body
from casework.web.body_overlay import Bound, Laid, draw_overlay
from casework.web.charts import columns, widest_of
from casework.web.curves import CurveChart, Scale, line, share_bar, ticks
from casework.web.dental_chart import TeethDrawing, draw_teeth
from casework.web.dental_dictation import read_dictation
from casework.web.maps import MapPoint, draw_map
from casework.web.pieces import (
    Choice,
    ClosedPart,
    Compared,
    Fact,
    Known,
    Moment,
    NavLink,
    Notice,
    PageFrame,
    Problem,
    pager_of,
    sorted_headings,
)

COMPARED = (
    Compared("Sexo", Fact("", "hombre"), Fact("", "hombre", note="pelvis"), 0.27),
    Compared(
        "Edad",
        Fact("", "entre 24 y 26 años", note="fecha de nacimiento"),
        Fact("", "entre 20 y 30 años", note="sínfisis del pubis"),
        0.64,
    ),
    Compared(
        "Estatura",
        Fact("", "entre 165 y 170 cm", note="dicho por la familia"),
        Fact("", "entre 174 y 181 cm", note="fémur"),
        -0.88,
    ),
    Compared(
        "Tiempo",
        Fact("", "9 de marzo de 2021"),
        Fact("", "entre el 3 de mayo y el 9 de mayo de 2021"),
        0.02,
    ),
    Compared(
        "Marcas",
        Fact("", "tatuaje: rosa con el nombre «Lucía», antebrazo izquierdo"),
        Fact("", "tatuaje: flor y letras «Luc…», antebrazo izquierdo"),
        3.6,
    ),
    Compared("Cabello", Fact("", "negro"), Fact("", known=Known.NOT_RECORDED), None),
)

FACTS = (
    Fact("Nombre", "Ejemplo Inventado Pérez"),
    Fact("Último contacto", "entre el 3 y el 9 de marzo de 2021", note="dicho por su hermana"),
    Fact("Teléfono", known=Known.NOT_RECORDED),
    Fact("Grupo sanguíneo", known=Known.UNKNOWN),
    Fact("Pueblo o comunidad", known=Known.REFUSED),
    Fact("Tatuajes", known=Known.NONE),
    Fact("Estatura", known=Known.CLOSED),
)


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    lat: float
    lon: float
    radius_km: float
    kind: str


PLACES = (
    _Place("Tapachula", 14.90, -92.26, 5, "missing"),
    _Place("Tecún Umán", 14.68, -92.14, 20, "incident"),
    _Place("Arriaga", 16.24, -93.90, 60, "remains"),
    _Place("Juchitán", 16.43, -95.02, 15, "remains"),
    _Place("Huixtla", 15.14, -92.46, 30, "missing"),
)


@dataclass(slots=True)
class _Mark:
    kind: MarkType
    site: BodySite | None
    side: Side | None
    words: str = ""


MARKS = (
    _Mark(MarkType.TATTOO, BodySite.FOREARM, Side.LEFT, "rosa con el nombre «Lucía»"),
    _Mark(MarkType.SCAR, BodySite.KNEE, None, "de una caída"),
    _Mark(MarkType.MOLE, BodySite.CHEEK, Side.RIGHT),
)
SEEN = Laid("A", "seen", MARKS[0])


def gallery_context(frame_language: str) -> dict[str, Any]:
    """Give everything `components_gallery.html` asks for: whole, as one sheet of samples."""
    headings = sorted_headings(
        "/components",
        {"sort": "name"},
        [
            ("Registro", "name"),
            ("Último contacto", "seen"),
            ("Lugar", None),
            ("Propuestas", "n"),
        ],
        numbers={"Propuestas"},
    )
    return {
        "frame": _frame(),
        "gallery": {
            "trail": (NavLink("Inicio", "/"), NavLink("Piezas", "#")),
            "title": "Dos registros, lado a lado",
            "over": "Propuesta 2041",
            "lead": "Cada pieza que comparten las páginas, con palabras inventadas.",
            "badges": (
                ("a favor", "supports"),
                ("en contra", "against"),
                ("por revisar", "warning"),
                ("revisado", "done"),
                ("abierta", "plain"),
            ),
            "tabs": (
                NavLink("Registro", "#", is_current=True),
                NavLink("Propuestas", "#p", count=12),
            ),
            "numbers": (
                ("personas buscadas", 4312),
                ("restos sin nombre", 1187),
                ("propuestas", 96),
            ),
            "notices": (
                Notice("Se guardó el registro.", "done"),
                Notice("Este lugar se conoce solo por el municipio.", "warning"),
                Notice("La fecha de nacimiento es posterior al último contacto.", "problem"),
            ),
            "search_label": "Buscar por registro, lugar o seña",
            "search_hint": "Por ejemplo: Tapachula, rosa, 2021-03",
            "field_label": "Sexo",
            "choices": (
                Choice("female", "mujer"),
                Choice("male", "hombre"),
                Choice("unknown", "no se sabe"),
            ),
            "compared": COMPARED,
            "left_title": "Persona buscada M-0412",
            "right_title": "Restos R-0077",
            "widest": widest_of([row.log10_lr for row in COMPARED]),
            "facts": FACTS,
            "closed": ClosedPart("Hace falta un segundo factor.", "#", "Usarlo ahora"),
            "moments": (
                Moment(
                    "9 de marzo de 2021",
                    "Último contacto, por teléfono",
                    "2021-03-09",
                    "Tapachula",
                ),
                Moment("2 de abril de 2021", "La familia presentó el reporte", "2021-04-02"),
                Moment(
                    "3 de mayo de 2021", "Recuperación de restos", "2021-05-03", tone="warning"
                ),
            ),
            "weight": 1.6,
            "body": draw_body(MARKS, str, key="body"),
            "both": draw_overlay(
                [*(Laid(str(n), "told", each) for n, each in enumerate(MARKS, 1)), SEEN],
                [Bound("1", SEEN.label, "agrees")],
                {(BodySite.FOOT, Side.RIGHT): "lost", (BodySite.HAND, None): "unexamined"},
                str,
                key="both",
            ),
            "teeth": _two_charts(),
            "map": _small_map(frame_language),
            "crowded_map": _crowded_map(frame_language),
            "kinds": {
                "missing": "último contacto",
                "remains": "recuperación",
                "incident": "incidente",
            },
            "headings": headings,
            "rows": (
                ("M-0412", "2021-03-09", "Tapachula, Chiapas", 3),
                ("M-0413", "2019 – 2021", "Altar, Sonora", 12),
                ("M-0420", "2022-07", "no registrado", 0),
            ),
            "empty": "Ningún registro cumple esta búsqueda. Pruebe con menos palabras.",
            "pager": pager_of("/components", {}, page=2, size=50, total=4312),
            "columns": columns(
                [
                    ("2019", 12),
                    ("2020", 31),
                    ("2021", 58),
                    ("2022", 77),
                    ("2023", 64),
                    ("2024", 29),
                ]
            ),
            "curves": _curves(),
            "share": share_bar(0.62, 0.55, 0.69, 0.7),
            "problems": (
                Problem(
                    "Fila 18, edad",
                    "La edad no puede ser negativa; el registro espera revisión.",
                    "-25",
                    "problem",
                ),
                Problem(
                    "Fila 40, longitud", "Falta el signo: el lugar caería en Asia.", "92.26"
                ),
            ),
            "problems_title": "Qué conviene mirar",
        },
    }


def _frame() -> PageFrame:
    return PageFrame(
        path="/components",
        nav=(
            NavLink("Inicio", "/"),
            NavLink("Personas buscadas", "/missing"),
            NavLink("Restos", "/remains"),
            NavLink("Incidentes", "/incidents"),
            NavLink("Propuestas", "/candidates", is_current=True, count=96),
        ),
        person="Ana Ejemplo",
        institution="Instituto Inventado",
        shows_invented=True,
        version="0.1.0",
        purpose="búsqueda",
        purposes=(Choice("search", "búsqueda"), Choice("identify", "identificación")),
        form_token="",
    )


def _curves() -> CurveChart:
    across, up = Scale(-10, 10), Scale(-2, 1)
    nearer, farther = ((-10, -2), (0, 0.8), (10, -2)), ((-10, -1), (0, 0.4), (10, -1))
    return CurveChart(
        title="Edad",
        across="años de diferencia",
        up="peso (log10)",
        across_ticks=ticks((-10, 0, 10), across.across, str),
        up_ticks=ticks((-2, -1, 0, 1), up.up, str),
        lines=(
            line("±2 años", nearer, (across, up), "0"),
            line("±5 años", farther, (across, up), "1"),
        ),
        table=(("años de diferencia", "±2 años", "±5 años"), ("0", "+0.8", "+0.4")),
        even=up.up(0),
    )


def _two_charts() -> TeethDrawing:
    """Lay two invented charts together, with a difference of each sort."""
    told = read_dictation("demás sanos, 16 OD amalgama, 36 ausente", after_death=False)
    seen = read_dictation("demás sanos, 16 corona, 26 caries", after_death=True)
    return draw_teeth(
        [("Persona buscada", told.teeth), ("Restos", seen.teeth)],
        str,
        key="teeth",
        explained={16: True, 26: True, 36: False},
    )


def _small_map(language: str) -> Any:
    points = [
        MapPoint(p.lat, p.lon, p.radius_km, p.name, p.kind, href=f"#{p.kind}") for p in PLACES
    ]
    return draw_map(points, title="Mapa", description="Cinco lugares", language=language)


def _crowded_map(language: str) -> Any:
    """Spread points round the places without chance, so that the picture never changes."""
    spread = [
        MapPoint(
            place.lat + 0.02 * turn * ((turn * 7) % 11 - 4),
            place.lon - 0.03 * turn * ((turn * 5) % 9 - 2),
            None,
            f"{place.name} {turn}",
            place.kind,
        )
        for place in PLACES
        for turn in range(120)
    ]
    return draw_map(spread, title="Mapa", description="Muchos lugares", language=language)
