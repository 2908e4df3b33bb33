"""What the minimum data set can refuse.

InvalidInput
└── UnknownField            no question of the data set is named like that
"""

from casework.errors import InvalidInput


class UnknownField(InvalidInput):
    """No question of the data set is named like that, for this kind of record."""

    def __init__(self, path: str) -> None:
        super().__init__(f"The minimum data set has no field {path!r} here.")
