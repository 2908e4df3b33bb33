"""Colours of hair and eyes that one observer takes for another; our choice."""

from casework.demonstration.dice import Dice

_HAIR = {
    "black": ("dark_brown", "dark_brown", "brown"),
    "dark_brown": ("black", "brown"),
    "brown": ("dark_brown", "light_brown", "black"),
    "light_brown": ("brown", "blond", "sandy"),
    "blond": ("light_brown", "sandy"),
    "red": ("brown", "light_brown"),
    "grey": ("black", "white"),
    "dyed": ("light_brown", "blond", "red"),
    "bald": ("black", "grey"),
}
_EYES = {
    "dark_brown": ("brown", "black"),
    "brown": ("dark_brown", "light_brown"),
    "black": ("dark_brown",),
    "light_brown": ("brown", "hazel"),
    "hazel": ("green", "light_brown"),
    "green": ("hazel", "blue"),
    "blue": ("grey", "green"),
}


def near_hair(dice: Dice, colour: str, confused: float) -> str:
    """Say the colour of hair, or one it is taken for."""
    return dice.one_of(_HAIR[colour]) if dice.chance(confused) else colour


def near_eyes(dice: Dice, colour: str, confused: float) -> str:
    """Say the colour of eyes, or one it is taken for."""
    return dice.one_of(_EYES[colour]) if dice.chance(confused) else colour
