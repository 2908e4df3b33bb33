"""The words of the reader's own country beside the regional ones: one place for every list.

A code is kept, its regional word stands in the catalogues, and people say neither: a T-shirt
is a `playera` in Mexico and a `franela` in Venezuela. The glossary (`casework/terminology`)
says what each country says; here its words are put beside the regional ones, and found again
when somebody types them. Whose words are wanted is known from the request, never passed along:
the tellers and choices of all pages would have to carry it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from re import sub

from casework.web.languages import translations_for
from casework.web.plain_words import plain

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class LocalTerm:
    """A word for a code in one language, of one country or of everywhere it is spoken."""

    list_key: str
    code: str
    language: str
    country: str
    term: str
    is_shown: bool  # beside the regional word; else it is only understood


class Glossary:
    """Every accepted word, laid out for saying and for hearing."""

    def __init__(self, terms: Iterable[LocalTerm] = ()) -> None:
        self._said: dict[tuple[str, str, str, str], str] = {}
        self._heard: dict[str, dict[str, list[LocalTerm]]] = defaultdict(dict)
        for each in terms:
            if each.is_shown:
                key = (each.list_key, each.code, each.language, each.country)
                self._said[key] = each.term
            self._heard[each.list_key].setdefault(plain(each.term), []).append(each)

    def said(self, list_key: str, code: str, language: str, country: str) -> str:
        """Give the word that a country says for a code; empty if it is the regional one."""
        for where in (country, EVERYWHERE):
            if found := self._said.get((list_key, code, language, where)):
                return found
        return ""

    def heard(self, list_key: str, text: str, country: str = "") -> str:
        """Give the code that a word means; empty if it means none, or more than one.

        What a word means in the reader's own country comes before what it means elsewhere.
        """
        meant = self._heard.get(list_key, {}).get(plain(text), [])
        at_home = {each.code for each in meant if each.country in {country, EVERYWHERE}}
        codes = at_home or {each.code for each in meant}
        return next(iter(codes)) if len(codes) == 1 else ""

    def vocabulary(self, list_key: str, country: str = "") -> dict[str, str]:
        """Give each word of a list that means one code, as it is compared."""
        known = ((word, self.heard(list_key, word, country)) for word in self._heard[list_key])
        return {word: code for word, code in known if code}


NOTHING = Glossary()


@dataclass(slots=True)
class Reader:
    """Whose words are wanted; `ask` brings the glossary when a first word is said."""

    country: str
    language: str
    ask: Callable[[], Glossary] | None = None

    @property
    def glossary(self) -> Glossary:
        return self.ask() if self.ask else NOTHING


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


def read_by(reader: Reader | None) -> None:
    """Say who reads what follows in this request; nobody: only regional words."""
    _reader.set(reader)


def present_reader() -> Reader | None:
    """Give whoever reads now, if their country is known."""
    return _reader.get()


@contextmanager
def reading(reader: Reader) -> Iterator[None]:
    """Have somebody read for a while, outside a request."""
    before = _reader.set(reader)
    try:
        yield
    finally:
        _reader.reset(before)


def in_local_words(
    list_key: str, code: str, regional: str, gettext: Callable[[str], str]
) -> str:
    """Put the reader's own word before the regional one: `playera (camiseta)`.

    Only into what is said in the reader's language: a sheet in a family's language beside it
    keeps its own words.
    """
    reader = _reader.get()
    if reader is None or gettext != translations_for(reader.language).gettext:
        return regional
    local = reader.glossary.said(list_key, code, reader.language, reader.country)
    # Nothing is said twice: `empaste` is one of the words of `con empaste o relleno`.
    is_said = f" {plain(local)} " in f" {plain(regional)} "
    return f"{local} ({regional})" if local and not is_said else regional


def code_heard(list_key: str, text: str) -> str:
    """Give the code that a local word means to whoever reads now; empty for none."""
    reader = _reader.get()
    return reader.glossary.heard(list_key, text, reader.country) if reader else ""


def words_heard(list_key: str) -> Mapping[str, str]:
    """Give every local word of a list, as it is compared, with the code that it means."""
    reader = _reader.get()
    return reader.glossary.vocabulary(list_key, reader.country) if reader else {}


@cache
def list_key_of(codes: type[StrEnum]) -> str:
    """Give the key of the list that an enumeration is: `ArticleItem` is `article_item`."""
    return sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", codes.__name__).lower()
