"""Maps drawn on the server, from outlines that ship with the product."""

from casework.web.maps.drawing import MapDrawing, MapPoint, draw_map, shape_of
from casework.web.maps.outlines import warm_up
from casework.web.maps.projection import Bounds, bounds_around

__all__ = [
    "Bounds",
    "MapDrawing",
    "MapPoint",
    "bounds_around",
    "draw_map",
    "shape_of",
    "warm_up",
]
