"""What importing can refuse.

InvalidInput
└── UnreadableFile          the whole file cannot be read; nothing of it was taken
"""

from casework.errors import InvalidInput


class UnreadableFile(InvalidInput):
    """The whole file cannot be read; nothing of it was taken.

    `sentence` is the Spanish message id and `details` fill it, so that a page can translate
    it; `str()` gives the Spanish.
    """

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence % details)
        self.sentence = sentence
        self.details = details
