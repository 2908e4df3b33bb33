"""Turning frozen presenters into pages: where templates stand and what they may use."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casework.web import charts, languages, own_files
from casework.web.maps import shape_of
from casework.web.wording import Wording

FILTERS = (
    "date_range",
    "date_range_short",
    "day",
    "instant",
    "number",
    "number_range",
    "percent",
    "share",
    "times",
    "weight_in_words",
    "weight_short",
)


class Templates:
    """The templates of every slice, in one language."""

    def __init__(self, language: str) -> None:
        self.environment = make_environment(language)

    def render(self, name: str, **context: Any) -> str:
        """Render a page or a fragment; a name it was not given is an error, not a blank."""
        return self.environment.get_template(name).render(**context)

    def fragment(self, name: str, **context: Any) -> Markup:
        """Render a fragment to be put, in its own language, into a page of another."""
        # Escaped by the template that made it.
        return Markup(self.render(name, **context))  # noqa: S704  # nosec B704


@cache
def make_environment(language: str = languages.SOURCE) -> Environment:
    """Build what renders the templates in one language; built once, used by every request."""
    environment = Environment(
        loader=FileSystemLoader(list(template_folders())),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    words = languages.translations_for(language)
    # The extension adds this method to the environment it is given; types cannot know it.
    cast("Any", environment).install_gettext_translations(words, newstyle=True)
    wording = Wording(languages.locale_of(language), words)
    environment.filters.update({name: getattr(wording, name) for name in FILTERS})
    environment.globals.update(
        language=language,
        direction=languages.direction_of(language),
        languages_offered=languages.OFFERED,
        shape_of=shape_of,
        weight_bar_of=charts.weight_bar,
        mark=_mark(),
        static=own_files.address_of,
    )
    return environment


def template_folders() -> Iterator[Path]:
    """List the folders of templates: the shared ones, then one of each slice that has pages."""
    casework = Path(str(files("casework")))
    yield casework / "web" / "templates"
    for folder in sorted(casework.glob("*/templates")):
        if folder.parent.name != "web":
            yield folder


def _mark() -> Markup:
    """Read our own drawing of the name, so that it takes the colour of the text around it."""
    drawing = files("casework") / "web" / "static" / "mark.svg"
    # Our own file, no input.
    return Markup(drawing.read_text(encoding="utf-8"))  # noqa: S704  # nosec B704
