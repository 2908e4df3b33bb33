"""Codes found by their words: the colour of a shirt, a tattoo's picture, in the reader's words.

A code is kept and no word of it. What somebody types is taken for the codes whose words it
sounds like, in the language of the page and in the words of the reader's country. Codes with a
column are asked of that column, under the same policies as on the page; a motif or a design
stands in sealed statements alone and has a token (`casework.finding.texts`).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import sqlalchemy as sa

from casework.dataset.catalogue import code_lists
from casework.finding.asked import Asked, Need
from casework.finding.texts import WRITTEN_OUT
from casework.missing.model import MissingPersonArticle, MissingPersonMark
from casework.remains.model import RemainsArticle, RemainsMark
from casework.web.languages import translations_for
from casework.web.local_words import words_heard
from privacy.model import Reveals
from privacy.tokens.model import MissingPersonWord, RemainsWord
from privacy.tokens.word_keeping import Words
from privacy.tokens.words import code_trait, heard, words_in

# Said of what no code says: nobody is found by `other`.
_SAYS_NOTHING = frozenset({"other", "unknown", "none", "not_recorded"})
_GENDER = re.compile(r"(?<=.{3})[aeo]$")
_COLUMNS = {
    "article_item": "item",
    "colour": "colour",
    "mark_type": "kind",
    "body_site": "site",
}


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table whose rows are coded, and in which group they stand."""

    table: type[Any]  # of ArticleColumns or MarkColumns
    reveals: Reveals


_ROWS: Mapping[Words, Sequence[_Rows]] = {
    MissingPersonWord: (
        _Rows(MissingPersonArticle, Reveals.CIRCUMSTANCE),
        _Rows(MissingPersonMark, Reveals.BODY),
    ),
    RemainsWord: (
        _Rows(RemainsArticle, Reveals.CIRCUMSTANCE),
        _Rows(RemainsMark, Reveals.BODY),
    ),
}
Meant = frozenset[tuple[str, str]]


def with_codes(asked: Asked, language: str) -> Asked:
    """Add to each word that was typed what codes it may mean to whoever reads now."""
    local = _local_words()
    return replace(
        asked,
        needs=tuple(_meaning(need, _regional_words(language), local) for need in asked.needs),
    )


def coded_rows(table: Words, need: Need) -> Iterator[sa.Select[Any]]:
    """Query the records, and the group, in which a column holds a code of what was typed."""
    for rows in _ROWS[table]:
        meant = [
            getattr(rows.table, column).in_(codes)
            for list_key, column in _COLUMNS.items()
            if hasattr(rows.table, column)
            and (codes := [code for key, code in need.codes if key == list_key])
        ]
        if meant:
            # The type of the other queries' column, to stand in one list with them.
            group = sa.literal(rows.reveals, table.__table__.c.reveals.type)
            yield sa.select(rows.table.case_id, group.label("reveals")).where(sa.or_(*meant))


def _meaning(need: Need, *vocabularies: Mapping[str, Meant]) -> Need:
    if not need.part:
        return need
    sounds = {_stem(word) for word in words_in(need.typed)}
    meant = {
        code for known in vocabularies for sound in sounds for code in known.get(sound, ())
    }
    written = {each for each in meant if each[0] in WRITTEN_OUT}
    traits = (code_trait(*each) for each in sorted(written))
    return replace(need, traits=(*need.traits, *traits), codes=frozenset(meant - written))


def _stem(word: str) -> str:
    """Give how a word sounds without its gender: a shirt is `roja`, the colour `rojo`."""
    return _GENDER.sub("", heard(word))


@cache
def _regional_words(language: str) -> Mapping[str, Meant]:
    told = translations_for(language).gettext
    said = (
        (told(message), each.key, code)
        for each in code_lists()
        if each.key in {*_COLUMNS, *WRITTEN_OUT}
        for code, message in each.words.items()
    )
    return _by_word(said)


def _local_words() -> Mapping[str, Meant]:
    said = (
        (word, key, code)
        for key in (*_COLUMNS, *sorted(WRITTEN_OUT))
        for word, code in words_heard(key).items()
    )
    return _by_word(said)


def _by_word(said: Iterator[tuple[str, str, str]]) -> Mapping[str, Meant]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for words, list_key, code in said:
        for word in () if code in _SAYS_NOTHING else words_in(words):
            found[_stem(word)].add((list_key, code))
    return {word: frozenset(codes) for word, codes in found.items()}
