"""Teeth as dentists dictate them: understood wholly, or refused by the number of the tooth."""

import pytest

from casework.codes import ToothState
from casework.teeth.charts import (
    ChartedTooth,
    ToothMaterial,
    ToothSurface,
    read_chart,
    written_chart,
)
from casework.web.dental_dictation import (
    read_dictation,
    with_others_sound,
    with_tooth,
    write_dictation,
)
from casework.web.languages import OFFERED, translations_for
from matching.tables.cells import teeth as read_cell

SOUND, MISSING = ToothState.SOUND, ToothState.MISSING
ALL_BUT_WISDOM = {quadrant * 10 + at for quadrant in range(1, 5) for at in range(1, 8)}


def same(message):
    return message


def heard(text, *, after_death=False):
    return read_dictation(text, after_death=after_death)


def refusals(text, *, after_death=False):
    return [each.told(same) for each in heard(text, after_death=after_death).refused]


def states(text, *, after_death=False):
    return {n: each.state for n, each in heard(text, after_death=after_death).teeth.items()}


def test_what_a_dentist_dictates_is_understood():
    dictated = heard("11 sano, 16 ausente, 26 OD amalgama")

    assert dictated.refused == []
    assert dictated.teeth == {
        11: ChartedTooth(11, SOUND),
        16: ChartedTooth(16, MISSING),
        26: ChartedTooth(
            26,
            ToothState.RESTORED,
            (ToothSurface.OCCLUSAL, ToothSurface.DISTAL),
            ToothMaterial.AMALGAM,
        ),
    }


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("31-37 sano", set(range(31, 38))),
        ("37 a 31 sano", set(range(31, 38))),
        ("13-23 sound", {13, 12, 11, 21, 22, 23}),
        ("16, 17 y 18 sanos", {16, 17, 18}),
        ("11 21 sain", {11, 21}),
        ("55–51 hígido", {55, 54, 53, 52, 51}),
        ("demás sanos", ALL_BUT_WISDOM),
    ],
)
def test_several_teeth_are_said_at_once(text, numbers):
    assert states(text) == dict.fromkeys(numbers, SOUND)


def test_the_others_are_those_nothing_was_said_of():
    said = states("resto sano, 16 caries, 55 sano")

    assert said[16] is ToothState.DECAYED
    assert set(said) == ALL_BUT_WISDOM - {15} | {55}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("19 sano", "No hay un diente 19: los números van de 11 a 48, o de 51 a 85."),
        ("56 sano", "No hay un diente 56: los números van de 11 a 48, o de 51 a 85."),
        ("11-41 sano", "11-41: el primero y el último tienen que estar en la misma arcada."),
        ("26", "Diente 26: falta decir cómo está."),
        ("26 OD", "Diente 26: falta decir cómo está."),
        ("26 bonito", "Diente 26: no se entiende «bonito»."),
        ("16 sano, 16 ausente", "Diente 16: se dicen dos cosas, «16 ausente»."),
        ("16 sano caries", "Diente 16: se dicen dos cosas, «sano caries»."),
        ("16 sano OD", "Diente 16: si está sano no puede tener caras."),
        ("16 ausente oro", "Diente 16: si está perdido en vida no puede tener material."),
        ("11 O caries", "Diente 11: es de adelante y no tiene cara O, sino borde I."),
        ("16 I caries", "Diente 16: es de atrás y no tiene borde I, sino cara O."),
        (
            "los de arriba",
            "«los de arriba»: empiece por el número del diente, por ejemplo «16 ausente».",
        ),
        (
            "15 post mortem",
            "Diente 15: de una persona en vida no se dice «perdido después de la muerte».",
        ),
    ],
)
def test_a_refusal_names_the_tooth_and_what_is_wrong(text, sentence):
    assert refusals(text) == [sentence]


def test_one_refusal_names_all_the_teeth_it_is_about():
    assert refusals("31-33 bonito") == ["Diente 31, 32, 33: no se entiende «bonito»."]


def test_missing_alone_never_says_of_remains_that_it_was_in_life():
    assert states("16 ausente", after_death=True) == {16: ToothState.MISSING_UNKNOWN}
    assert states("16 perdido en vida", after_death=True) == {16: MISSING}
    assert states("16 PM", after_death=True) == {16: ToothState.MISSING_POST_MORTEM}


@pytest.mark.parametrize("language", OFFERED)
def test_what_is_written_anew_is_understood_again_in_every_language(language):
    gettext = translations_for(language).gettext
    whole = {
        n: ChartedTooth(n, state) for n, state in zip(range(11, 19), ToothState, strict=False)
    }
    whole |= {
        n: ChartedTooth(n, state)
        for n, state in zip(range(41, 49), list(ToothState)[8:], strict=True)
    }
    whole |= {
        n: ChartedTooth(n, ToothState.RESTORED, (ToothSurface.DISTAL,), material)
        for n, material in zip(range(31, 38), ToothMaterial, strict=True)
    }

    again = heard(write_dictation(whole, gettext), after_death=True)

    assert (again.teeth, again.refused) == (whole, [])


def test_a_tooth_noted_on_the_chart_takes_the_place_of_what_was_said_of_it():
    text = with_tooth(heard("11-13 sano, 12 xyz"), ChartedTooth(13, MISSING), same)

    assert text == "13 perdido en vida, 12-11 sano, 12 xyz"


def test_all_others_sound_keeps_what_was_refused():
    text = with_others_sound(heard("16 ausente, 26 bonito"), same)

    assert "16 perdido en vida" in text
    assert text.endswith("26 bonito")
    assert set(states(text)) == ALL_BUT_WISDOM


def test_what_is_kept_is_what_the_engine_reads():
    teeth = heard("11 sano, 16 ausente, 26 OD amalgama").teeth

    written = written_chart(teeth.values())

    assert written == "11:sound|16:missing|26:restored:OD:amalgam"
    assert read_chart(written) == (teeth, ())
    weighed = {each.number: each.state for each in read_cell(written).value}
    assert weighed == {n: tooth.state for n, tooth in teeth.items()}


def test_what_cannot_be_read_of_a_kept_chart_is_given_back():
    teeth, left = read_chart("11:Extracted|99:sound|12:bonito")

    assert teeth == {11: ChartedTooth(11, MISSING)}
    assert left == ("99:sound", "12:bonito")
