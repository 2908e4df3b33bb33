"""Tokens: 64 bits of a keyed hash of a trait. Without the key they say only what is the same.

The key is one of its own, for this column and no other (`privacy.sealing`). Tokens are made of
names only, never of sex, nationality, dates or genotypes: of those a token would be read
by counting.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping

from privacy.tokens.spelling import Name
from privacy.tokens.traits import sought_traits, traits_of

KEY = "name:missing_person"
SHORTEST_KEY = 32
_BYTES = 8


def token(key: bytes, trait: str) -> int:
    """Hash a trait under the key, into what a bigint holds.

    Raises
    ------
    ValueError
        If the key is too short to be one.
    """
    if len(key) < SHORTEST_KEY:
        raise ValueError("the key of name tokens is missing or too short")
    digest = hmac.digest(key, trait.encode(), "sha256")
    return int.from_bytes(digest[:_BYTES], "big", signed=True)


def tokens_of(key: bytes, names: Iterable[Name]) -> frozenset[int]:
    """Make the tokens of somebody's names."""
    return frozenset(token(key, trait) for name in names for trait in traits_of(name))


def token_rows(key: bytes, names: Iterable[tuple[int, Name]]) -> Iterator[Mapping[str, int]]:
    """Make the rows of `name_token` for many people's names, given with the case of each."""
    seen: dict[int, set[int]] = {}
    for case_id, name in names:
        seen.setdefault(case_id, set()).update(tokens_of(key, [name]))
    for case_id, tokens in seen.items():
        for each in sorted(tokens):
            yield {"case_id": case_id, "token": each}


def sought_tokens(key: bytes, words: str) -> dict[int, float]:
    """Make the tokens to ask for when somebody types `words`, and the share each finds."""
    return {token(key, trait): share for trait, share in sought_traits(words).items()}
