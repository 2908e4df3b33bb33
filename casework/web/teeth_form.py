"""Teeth as a piece of a form: dictated in one field, or chosen one by one on the chart.

What stands in the field is what is saved. The chart beside it shows what was understood, and
the selects write into the field; all of it works by submit buttons where there is no script.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, Field

from casework.codes import TOOTH_NUMBERS, ToothState
from casework.teeth.charts import (
    LOWER,
    LOWER_MILK,
    UPPER,
    UPPER_MILK,
    ChartedTooth,
    ToothMaterial,
    ToothSurface,
    written_chart,
)
from casework.web.code_words import material_words
from casework.web.dental_chart import TeethDrawing, draw_teeth
from casework.web.dental_dictation import (
    NO_STATE,
    Dictated,
    Refused,
    read_dictation,
    why_not,
    with_others_sound,
    with_tooth,
)
from casework.web.dental_words import MATERIAL_WORDS, SURFACE_WORDS
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.pieces import Choice

Short = Annotated[str, Field(max_length=40)]
Dictation = Annotated[str, Field(max_length=4000)]

LOOK_AGAIN = marked("De los dientes no se entendió todo: abajo se dice qué.")


class TeethForm(BaseModel):
    """What a browser sends of teeth; `chart_do` names the button that was pressed, if any."""

    AFTER_DEATH: ClassVar[bool] = False

    teeth: Dictation = ""
    tooth_number: Short = ""
    tooth_state: Short = ""
    tooth_surface: Annotated[list[Short], Field(max_length=6)] = Field(default=[])
    tooth_material: Short = ""
    chart_do: Short = ""

    @property
    def asks_for_chart(self) -> bool:
        """Say whether the form is only to be shown again: then nothing is saved yet."""
        return bool(self.chart_do)


Form = TypeVar("Form", bound=TeethForm)


@dataclass(frozen=True, slots=True)
class TeethPiece:
    """What the fields of teeth are given."""

    drawing: TeethDrawing
    refused: tuple[str, ...]
    numbers: tuple[Choice, ...]
    states: tuple[Choice, ...]
    surfaces: tuple[Choice, ...]
    materials: tuple[Choice, ...]


def with_chart(form: Form, teller: Teller) -> Form:
    """Write what was chosen tooth by tooth, or of all others, into what was dictated.

    A tooth that was chosen and not noted yet is noted now, whatever button was pressed; one
    that cannot be so stays in the selects.
    """
    text = form.teeth
    changed: dict[str, object] = {}
    tooth = _chosen(form)
    if isinstance(tooth, ChartedTooth):
        text = with_tooth(_heard(text, form), tooth, teller.gettext)
        changed = {
            "tooth_number": "",
            "tooth_state": "",
            "tooth_surface": [],
            "tooth_material": "",
        }
    if form.chart_do == "others_sound":
        text = with_others_sound(_heard(text, form), teller.gettext)
    return form.model_copy(update={**changed, "teeth": text})


def read_teeth(form: TeethForm, problems: dict[str, str]) -> dict[str, str]:
    """Read the teeth as they are carried; where something was refused, nothing is."""
    heard = _heard(form.teeth, form)
    if heard.refused or isinstance(_chosen(form), Refused):
        problems["teeth"] = LOOK_AGAIN
    return {"teeth": written_chart(heard.teeth.values())} if heard.teeth else {}


def teeth_piece(form: TeethForm, teller: Teller) -> TeethPiece:
    """Show what was understood of the teeth, and what there is to choose."""
    _ = teller.gettext
    heard = _heard(form.teeth, form)
    chosen = _chosen(form)
    refused = [*heard.refused, *([chosen] if isinstance(chosen, Refused) else [])]
    states = [
        state
        for state in ToothState
        if form.AFTER_DEATH or state is not ToothState.MISSING_POST_MORTEM
    ]
    numbers = (*UPPER, *LOWER, *UPPER_MILK, *LOWER_MILK)
    return TeethPiece(
        drawing=draw_teeth([("", heard.teeth)], _, key="teeth"),
        refused=tuple(dict.fromkeys(each.told(_) for each in refused)),
        numbers=tuple(Choice(str(number), str(number)) for number in numbers),
        states=tuple(Choice(state, teller.code(state)) for state in states),
        surfaces=_choices(SURFACE_WORDS, teller),
        materials=tuple(Choice(each, material_words(each, _)) for each in MATERIAL_WORDS),
    )


def _choices(words: Mapping[Any, str], teller: Teller) -> tuple[Choice, ...]:
    return tuple(Choice(code, teller.gettext(said)) for code, said in words.items())


def _heard(text: str, form: TeethForm) -> Dictated:
    return read_dictation(text, after_death=form.AFTER_DEATH)


def _chosen(form: TeethForm) -> ChartedTooth | Refused | None:
    """Read the tooth in the selects; None where none was chosen."""
    number = form.tooth_number
    if not number.isdecimal() or int(number) not in TOOTH_NUMBERS:
        return None
    if form.tooth_state not in set(ToothState):
        return Refused(NO_STATE, tooth=number)
    tooth = ChartedTooth(
        int(number),
        ToothState(form.tooth_state),
        tuple(each for each in ToothSurface if each in form.tooth_surface),
        ToothMaterial(form.tooth_material)
        if form.tooth_material in set(ToothMaterial)
        else None,
    )
    return why_not(tooth, after_death=form.AFTER_DEATH) or tooth
