"""The steps in which a record is completed: one group of questions on each page.

A step saves whatever of it can be read, and says of the rest what to do; so a record can be
left at any moment and taken up again, by the same person or by another.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response

from casework.dataset.catalogue import groups_of
from casework.dataset.shape import Field, Group
from casework.dataset.values import Given
from casework.errors import NotFound
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.form import kept_inputs, read_step, stands_on
from casework.statements.picture import Picture
from casework.statements.progress import progress_of
from casework.statements.reading import (
    groups_opened,
    read_opened,
    read_picture,
    statements_of,
)
from casework.statements.saying import Sitting, is_going_on, say, sitting_of
from casework.statements.shown import (
    NOTHING_TYPED,
    Typed,
    country_suggestions,
    show_fields,
)
from casework.statements.teeth import TEETH, shown_teeth, teeth_form
from casework.statements.words import METHOD_WORDS
from casework.web.body_chart import draw_choices
from casework.web.described import Teller, teller_for
from casework.web.form_values import try_days
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.teeth_form import TeethForm
from casework.web.visit import Visit
from privacy.errors import StepUpNeeded
from privacy.model import Reveals

AUTOSAVE = "autosave"
LONGEST_NAME = 200
# Files are brought in by their own page, never as somebody's word.
SAYABLE_METHODS = tuple(method for method in Method if method is not Method.IMPORT)


@dataclass(frozen=True, slots=True)
class Home:
    """The record that the steps belong to, as its own pages call it."""

    href: str
    register: NavLink
    name: str
    invented: bool
    helps_href: str = ""  # where the engine says what would help


@dataclass(frozen=True, slots=True)
class AtStep:
    """One step of one record, and who looks at it."""

    visit: Visit
    hand: AtHand
    home: Home
    group: Group

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.group.of(self.hand.described.kind)

    @property
    def href(self) -> str:
        return f"{self.home.href}/record/{self.group.key}"


async def given_form(request: Request) -> Given:
    """Read every input of a form, whatever its name; files are no answers."""
    texts: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            texts.setdefault(name, []).append(value)
    return Given(texts)


Sent = Annotated[Given, Depends(given_form)]


def step_of(visit: Visit, hand: AtHand, home: Home, key: str) -> AtStep:
    """Find a step by its name.

    Raises
    ------
    NotFound
        If such records have no step of that name.
    """
    for group in groups_of(hand.described.kind):
        if group.key == key:
            return AtStep(visit, hand, home, group)
    raise NotFound("step")


def show_overview(visit: Visit, hand: AtHand, home: Home) -> Response:
    """Show how far each step is, and what would be asked first."""
    teller = teller_for(visit.language)
    picture = read_picture(hand, hand.described.groups)
    return visit.show(
        "statements/overview.html",
        shows_invented=home.invented,
        home=home,
        steps=progress_of(hand.described, picture, teller),
        trail=_trail(visit, home),
    )


def show_step(
    step: AtStep, typed: Typed = NOTHING_TYPED, notices: tuple[Notice, ...] = ()
) -> Response:
    """Show one step; after a refusal, with what was typed."""
    visit, hand = step.visit, step.hand
    teller = teller_for(visit.language)
    open_groups = groups_opened(hand, {field.reveals for field in step.fields})
    shown = [each for each in step.fields if _is_shown(each, open_groups, typed)]
    picture = read_opened(hand, open_groups)
    statements = statements_of(hand)
    sitting = _sitting_so_far(hand, statements)
    form = _teeth_of(step, picture, typed) if any(f.key == TEETH for f in shown) else None
    return visit.show(
        "statements/step.html",
        status=422 if typed.problems else 200,
        notices=notices,
        shows_invented=step.home.invented,
        step=step,
        title=teller.gettext(step.group.title),
        hint=step.group.hint and teller.gettext(step.group.hint),
        fields=show_fields(shown, picture, teller, typed),
        teeth_form=form,
        teeth=shown_teeth(form, teller) if form else None,
        body=draw_choices(teller.gettext) if any(f.key == "marks" for f in shown) else None,
        problems=typed.problems,
        closed=len(step.fields) - len(shown),
        steps=_links(step, teller),
        previous_key=_neighbour(step, -1),
        next_key=_neighbour(step, 1),
        countries=country_suggestions(teller),
        sayers=_sayers(statements),
        sitting=sitting,
        said_on=(sitting.said_on or visit.at.date()).isoformat(),
        methods=[Choice(each, teller.gettext(METHOD_WORDS[each])) for each in SAYABLE_METHODS],
        trail=_trail(visit, step.home, teller.gettext(step.group.title)),
    )


def _teeth_of(step: AtStep, picture: Picture, typed: Typed) -> TeethForm:
    kind, teller = step.hand.described.kind, teller_for(step.visit.language)
    return teeth_form(kind, Given(typed.texts), picture, teller)


def take_step(step: AtStep, given: Given) -> Response:
    """Keep what was said in a step, and go where its button leads."""
    # What saves by itself names the button that has the focus, which nobody pressed.
    if given.one("chart_do") and not given.one(AUTOSAVE):
        return show_step(step, Typed(given.texts, {}))
    read = read_step(step.hand.described.kind, step.fields, _with_chosen(step, given))
    sitting, problems = _read_sitting(step, given)
    problems |= read.problems
    if sitting is None:
        return _show_unsaved(step, Typed(given.texts, problems), _some_unsaved(step))
    try:
        kept = say(step.hand, read.said, sitting)
    except StepUpNeeded:
        return _show_unsaved(step, Typed(given.texts, problems), _not_there(step))
    saved = stands_on(given, read.said, kept.statement)
    if given.one(AUTOSAVE):
        return _show_saved(step, saved, problems, kept.clashes)
    return _go_on(step, saved, problems, kept.clashes)


def _go_on(
    step: AtStep, saved: Given, problems: dict[str, str], clashes: Collection[str]
) -> Response:
    """Go where the button leads, unless there is something to look at first."""
    if problems:
        return show_step(step, Typed(saved.texts, problems), _some_unsaved(step))
    if clashes:
        return show_step(step, notices=_others_wrote(step))
    return RedirectResponse(_where_next(step, saved), status_code=303)


def _with_chosen(step: AtStep, given: Given) -> Given:
    """Take a tooth that was chosen as noted when a button saves; never while one types."""
    if TEETH not in given.texts or given.one(AUTOSAVE):
        return given
    kind, teller = step.hand.described.kind, teller_for(step.visit.language)
    form = teeth_form(kind, given, {}, teller)
    return Given({**given.texts, TEETH: [form.teeth]})


def _is_shown(field: Field, open_groups: frozenset[Reveals], typed: Typed) -> bool:
    """Show what is open, and what was typed before it closed."""
    return field.reveals in open_groups or f"seen.{field.key}" in typed.texts


def _sitting_so_far(hand: AtHand, statements: Sequence[Any]) -> Sitting:
    """Go on with the viewer's open sitting; somebody else begins with an empty name."""
    for each in reversed(statements):
        if is_going_on(hand, each):
            return sitting_of(each)
    return Sitting(hand.described.usual)


def _sayers(statements: Sequence[Any]) -> tuple[str, ...]:
    """List who said something before, so that nobody is typed twice."""
    named = (each.said_by for each in statements)
    return tuple(dict.fromkeys(name for name in named if name))


def _read_sitting(step: AtStep, given: Given) -> tuple[Sitting | None, dict[str, str]]:
    problems: dict[str, str] = {}
    method = given.one("method")
    if method not in SAYABLE_METHODS:
        problems["method"] = marked("Elija una opción de la lista.")
    days, problem = try_days(given.one("said_on"), "")
    if days and days.earliest > step.visit.at.date():
        problem = marked("Esa fecha todavía no ha llegado.")
    if problem:
        problems["said_on"] = problem
    if problems:
        return None, problems
    said_on = days.earliest if days else None
    return Sitting(Method(method), given.one("said_by")[:LONGEST_NAME], said_on), problems


def _show_unsaved(step: AtStep, typed: Typed, notices: tuple[Notice, ...]) -> Response:
    """Say that nothing was saved: on the page, or beside the form that saves by itself."""
    if not Given(typed.texts).one(AUTOSAVE):
        return show_step(step, typed, notices)
    gettext = step.visit.gettext
    told = [gettext(each) for each in dict.fromkeys(typed.problems.values())]
    sentences = [*(each.text for each in notices), *told]
    return _beside_the_form(step, sentences, (), at=None)


def _show_saved(
    step: AtStep, saved: Given, problems: dict[str, str], clashes: Collection[str]
) -> Response:
    """Answer a form that saves by itself: when it was saved, and what its page stands on."""
    gettext = step.visit.gettext
    told = [gettext(each) for each in dict.fromkeys(problems.values())]
    others = [each.text for each in _others_wrote(step)] if clashes else []
    return _beside_the_form(step, [*told, *others], kept_inputs(saved), at=step.visit.at)


def _beside_the_form(
    step: AtStep,
    sentences: Sequence[str],
    kept: Sequence[tuple[str, str, str]],
    *,
    at: datetime | None,
) -> Response:
    is_of_teeth = [name.partition(".")[0] == TEETH for name, _, _ in kept]
    return step.visit.show(
        "statements/_saved.html",
        kept=[each for each, is_tooth in zip(kept, is_of_teeth, strict=True) if not is_tooth],
        teeth=[each for each, is_tooth in zip(kept, is_of_teeth, strict=True) if is_tooth],
        sentences=sentences,
        at=at,
    )


def _where_next(step: AtStep, given: Given) -> str:
    following = _neighbour(step, 1)
    match given.one("go"):
        case "next" if following:
            return f"{step.home.href}/record/{following}"
        case "more" | "stay":
            return step.href
        case _:
            return step.home.href


def _neighbour(step: AtStep, by: int) -> str:
    keys = [group.key for group in groups_of(step.hand.described.kind)]
    place = keys.index(step.group.key) + by
    return keys[place] if 0 <= place < len(keys) else ""


def _links(step: AtStep, teller: Teller) -> list[NavLink]:
    return [
        NavLink(
            teller.gettext(group.title),
            f"{step.home.href}/record/{group.key}",
            is_current=group is step.group,
        )
        for group in groups_of(step.hand.described.kind)
    ]


def _trail(visit: Visit, home: Home, *here: str) -> tuple[NavLink, ...]:
    record = visit.gettext("Completar el expediente")
    links: list[Any] = [home.register, NavLink(home.name, home.href)]
    links += [NavLink(record, f"{home.href}/record" if here else "", is_current=not here)]
    return (*links, *(NavLink(each, "", is_current=True) for each in here))


def _some_unsaved(step: AtStep) -> tuple[Notice, ...]:
    words = step.visit.gettext("Se guardó lo que se entiende; revise los campos señalados.")
    return (Notice(words, "problem"),)


def _others_wrote(step: AtStep) -> tuple[Notice, ...]:
    words = step.visit.gettext(
        "Alguien cambió lo mismo mientras usted escribía. Quedan las dos respuestas; "
        "corrija la que no valga."
    )
    return (Notice(words, "warning"),)


def _not_there(step: AtStep) -> tuple[Notice, ...]:
    words = step.visit.gettext(
        "No se guardó todavía: confirme que es usted en otra pestaña y guarde otra vez. Lo que "
        "escribió sigue aquí."
    )
    return (Notice(words, "problem"),)
