"""The steps in which a record is completed: one group of questions on each page.

A step saves whatever of it can be read, and says of the rest what to do; so a record can be
left at any moment and taken up again, by the same person or by another.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response

from casework.dataset.catalogue import groups_of
from casework.dataset.shape import Field, Group
from casework.dataset.values import Given
from casework.errors import Conflict, NotFound
from casework.statements.describing import AtHand
from casework.statements.form import kept_inputs, path_of, read_step, stands_on
from casework.statements.order_of_days import days_that_cannot_be
from casework.statements.picture import Picture
from casework.statements.progress import is_asked, progress_of
from casework.statements.reading import (
    groups_opened,
    read_opened,
    read_picture,
    statements_of,
)
from casework.statements.saying import field_of, say
from casework.statements.settling import NO_CHOICE_LEFT, go_by
from casework.statements.shown import (
    NOTHING_TYPED,
    Typed,
    country_suggestions,
    show_fields,
)
from casework.statements.sitting import AskedSitting, asked_sitting, read_sitting
from casework.statements.taking_back import UNDONE, ShownEdit, shown_edit
from casework.statements.teeth import TEETH, teeth_form
from casework.statements.undoing import own_last_edit
from casework.web.body_chart import draw_choices
from casework.web.described import Teller, teller_for
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.teeth_form import TeethForm, teeth_piece
from casework.web.visit import Visit
from privacy.errors import StepUpNeeded
from privacy.model import Reveals

AUTOSAVE = "autosave"


@dataclass(frozen=True, slots=True)
class Home:
    """The record that the steps belong to, as its own pages call it."""

    href: str
    register: NavLink
    name: str
    invented: bool
    helps_href: str = ""  # where the engine says what would help
    # The registered relatives, asked for only where a step is shown.
    relatives: Callable[[], Sequence[Choice]] = tuple


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
    picture = read_opened(hand, open_groups)
    here = (each for each in step.fields if not each.said_there)
    asked = [each for each in here if is_asked(each, picture)]
    shown = [each for each in asked if _is_shown(each, open_groups, typed)]
    statements = statements_of(hand)
    form = _teeth_of(step, picture, typed) if any(f.key == TEETH for f in shown) else None
    return visit.show(
        "statements/step.html",
        status=422 if typed.problems else 200,
        notices=notices or _after_undoing(visit),
        shows_invented=step.home.invented,
        step=step,
        title=teller.gettext(step.group.title),
        hint=step.group.hint and teller.gettext(step.group.hint),
        fields=show_fields(shown, picture, teller, typed),
        teeth_form=form,
        teeth=teeth_piece(form, teller) if form else None,
        body=draw_choices(teller.gettext) if any(f.key == "marks" for f in shown) else None,
        problems=typed.problems,
        closed=len(asked) - len(shown),
        elsewhere=_elsewhere(step, teller),
        steps=_links(step, teller),
        previous_key=_neighbour(step, -1),
        next_key=_neighbour(step, 1),
        countries=country_suggestions(teller),
        asks=_asks(step, statements, typed),
        edit=_last_edit(step, statements),
        trail=trail_of(step),
    )


def _elsewhere(step: AtStep, teller: Teller) -> tuple[NavLink, ...]:
    """Lead to the pages where some questions of a step are answered."""
    return tuple(
        NavLink(teller.gettext(field.label), f"{step.home.href}/{field.kept_at}")
        for field in step.fields
        if field.said_there
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
    sitting, problems = read_sitting(given, at=step.visit.at)
    amiss = days_that_cannot_be(step.hand, read.said)
    problems |= {**read.problems, **amiss}
    said = {path: each for path, each in read.said.items() if path not in amiss}
    if sitting is None:
        return _show_unsaved(step, Typed(given.texts, problems), _some_unsaved(step))
    try:
        kept = say(step.hand, said, sitting)
    except StepUpNeeded:
        return _show_unsaved(step, Typed(given.texts, problems), _not_there(step))
    saved = stands_on(given, said, kept.statement)
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
    if saved.one("go_by"):
        return _decide(step, saved)
    return RedirectResponse(_where_next(step, saved), status_code=303)


def _decide(step: AtStep, given: Given) -> Response:
    """Go by the answer whose button was pressed, and come back to its question."""
    name, _, number = given.one("go_by").rpartition(":")
    path = path_of(name)
    try:
        go_by(step.hand, path, int(number), given.one(f"why.{name}"))
    except (Conflict, ValueError):
        return show_step(step, notices=(Notice(step.visit.gettext(NO_CHOICE_LEFT), "warning"),))
    return RedirectResponse(f"{step.href}#question-{field_of(path)}", status_code=303)


def _asks(step: AtStep, statements: Sequence[Any], typed: Typed) -> AskedSitting:
    teller, given = teller_for(step.visit.language), Given(typed.texts)
    relatives = step.home.relatives()
    return asked_sitting(step.hand, statements, relatives, teller=teller, given=given)


def _last_edit(step: AtStep, statements: Sequence[Any]) -> ShownEdit | None:
    edit = own_last_edit(step.hand, statements)
    return shown_edit(
        step.hand,
        edit,
        teller_for(step.visit.language),
        href=step.home.href,
        back=step.group.key,
    )


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
        edit=_last_edit(step, statements_of(step.hand)) if at else None,
    )


def _where_next(step: AtStep, given: Given) -> str:
    following = _neighbour(step, 1)
    to_map, _, place = given.one("go").partition(":")
    if to_map == "map":
        return f"{step.href}/place/{quote(place)}"
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


def trail_of(step: AtStep, *here: str) -> tuple[NavLink, ...]:
    """Lead to a step, or to a page of it."""
    title = step.visit.gettext(step.group.title)
    if not here:
        return _trail(step.visit, step.home, title)
    *before, _ = _trail(step.visit, step.home, title)
    return (
        *before,
        NavLink(title, step.href),
        *(NavLink(e, "", is_current=True) for e in here),
    )


def _trail(visit: Visit, home: Home, *here: str) -> tuple[NavLink, ...]:
    record = visit.gettext("Completar el expediente")
    links: list[Any] = [home.register, NavLink(home.name, home.href)]
    links += [NavLink(record, f"{home.href}/record" if here else "", is_current=not here)]
    return (*links, *(NavLink(each, "", is_current=True) for each in here))


def _after_undoing(visit: Visit) -> tuple[Notice, ...]:
    if UNDONE not in visit.request.query_params:
        return ()
    words = visit.gettext(
        "Se deshizo. Lo que había escrito sigue en la historia del expediente."
    )
    return (Notice(words, "done"),)


def _some_unsaved(step: AtStep) -> tuple[Notice, ...]:
    words = step.visit.gettext("Se guardó lo que se entiende; revise los campos señalados.")
    return (Notice(words, "problem"),)


def _others_wrote(step: AtStep) -> tuple[Notice, ...]:
    words = step.visit.gettext(
        "Alguien cambió lo mismo mientras usted escribía. Quedan las dos respuestas; "
        "diga a cuál atenerse, o corrija la que no valga."
    )
    return (Notice(words, "warning"),)


def _not_there(step: AtStep) -> tuple[Notice, ...]:
    words = step.visit.gettext(
        "No se guardó todavía: confirme que es usted en otra pestaña y guarde otra vez. Lo que "
        "escribió sigue aquí."
    )
    return (Notice(words, "problem"),)
