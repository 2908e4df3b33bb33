"""Find known phrases in free text: the longest that begins at each word wins.

Plain phrases in a dictionary rather than one large regular expression: a hundred
alternatives tried at every letter cost more than all the rest of reading a file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found, by the places of its first word and of the word after it."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases, and what each means."""

    codes: Mapping[str, str]
    longest: int

    @classmethod
    def of(cls, table: Mapping[str, str]) -> "Lexicon":
        """Read a table of code → phrases parted by commas; a plural in *s* is added."""
        codes: dict[str, str] = {}
        for code, phrases in table.items():
            for phrase in phrases.split(","):
                for form in (phrase.strip(), f"{phrase.strip()}s"):
                    codes.setdefault(form, code)
        return cls(codes, max(phrase.count(" ") + 1 for phrase in codes))

    def find(self, text: list[str]) -> Iterator[Found]:
        """Find phrases among the words of a text, in order, none overlapping another."""
        at = 0
        while at < len(text):
            found = self._at(text, at)
            if found is not None:
                yield found
            at = at + 1 if found is None else found.end

    def first(self, text: list[str]) -> Found | None:
        """Find the first phrase."""
        return next(self.find(text), None)

    def _at(self, text: list[str], start: int) -> Found | None:
        for end in range(min(start + self.longest, len(text)), start, -1):
            code = self.codes.get(" ".join(text[start:end]))
            if code is not None:
                return Found(code, start, end)
        return None


def words_of(text: str) -> list[str]:
    """List the words of a text in small letters; hyphens part words."""
    return _WORD.findall(text.lower())
