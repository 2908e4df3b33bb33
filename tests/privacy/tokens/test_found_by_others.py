"""Found by a relative's name or a frequent surname; what is no longer said finds nobody."""

import sqlalchemy as sa

from privacy.model import Reveals
from privacy.permissions import KEEPER
from privacy.tokens.finding import bearers
from privacy.tokens.frequencies import shares, tells_itself
from privacy.tokens.model import RemainsWord
from privacy.tokens.spelling import Name, parts_of, sound_of
from privacy.tokens.traits import (
    MOST_BESIDE,
    beside_frequent,
    kin_traits,
    sought_kin,
    traits_of,
)
from privacy.tokens.word_keeping import add_words, kept_words, mend_words, tokens_of_words
from privacy.tokens.words import code_trait
from tests.builders import remains_found

MOST_FREQUENT = max(shares(), key=shares().get)


def test_a_relative_is_met_by_two_parts_of_the_name_in_any_order_and_by_a_nickname():
    kept = set(kin_traits("María Francisca Quintanilla Baquedano"))

    assert kept & sought_kin(parts_of("Baquedano Francisca")).keys()
    assert kept & sought_kin(parts_of("Paca Quintanilla")).keys()
    assert not kept & sought_kin(parts_of("Xochitl Zopiyactle")).keys()


def test_a_trait_says_which_parts_it_accounts_for():
    parts = parts_of("Baquedano Francisca")

    assert set(parts) in map(set, sought_kin(parts).values())


def test_r23_no_relatives_token_is_made_of_one_frequent_part():
    assert tells_itself(MOST_FREQUENT)
    assert list(kin_traits(MOST_FREQUENT)) == []
    assert not any(
        each.endswith(f":{sound_of(MOST_FREQUENT)}") for each in sought_kin([MOST_FREQUENT])
    )


def test_a_rare_part_of_a_relatives_name_stands_alone():
    assert set(kin_traits("Zopiyactle")) == sought_kin(parts_of("Zopiyactle")).keys() != set()


def test_a_relatives_name_is_no_name_of_the_missing_person():
    of_the_person = traits_of(Name("Francisca", "Baquedano Quintanilla"))

    assert of_the_person.isdisjoint(kin_traits("Francisca Baquedano Quintanilla"))


def test_a_frequent_surname_is_asked_for_beside_the_most_frequent_others():
    borne = traits_of(Name("", f"{MOST_FREQUENT} {sorted(shares(), key=shares().get)[-2]}"))

    asked = set(beside_frequent(MOST_FREQUENT))

    assert len(asked) <= MOST_BESIDE
    assert asked & borne
    assert not any(sound_of(MOST_FREQUENT) == each for each in asked)


def test_bearers_come_the_last_entered_first_and_no_more_than_asked_for():
    asked = str(bearers([1, 2], most=5).compile(compile_kwargs={"literal_binds": True}))

    assert "DESC" in asked
    assert "LIMIT 5" in asked


def test_what_a_record_says_no_more_finds_it_no_more(database, bruno):
    first, now = "word:mochila", code_trait("garment", "t_shirt")
    with database.transaction(KEEPER) as session:
        found = remains_found(session, bruno).id
        add_words(session, RemainsWord, [(found, Reveals.BODY, first)])
        kept = kept_words(session, RemainsWord, [found])

        said = mend_words(session, RemainsWord, kept, [(found, Reveals.BODY, now)])

        tokens = tokens_of_words(session, RemainsWord, [first, now])
        query = sa.select(RemainsWord.token).where(RemainsWord.case_id == found)
        standing = set(session.scalars(query))
    assert said == 1
    assert tokens[first] in {token for _, _, token in kept}
    assert tokens[now] in standing
    assert tokens[first] not in standing
