"""What is kept of how common things are says nothing of anybody."""

import json

from matching.evidence.rarity import Rarity
from matching.evidence.registry import rarity_of
from matching.evidence.weight import Kind
from matching.records import MissingRecord
from matching.unknowns.commonness import kept, read_kept
from matching.unknowns.worth import worth_knowing
from tests.matching.everything import NEWEST, a_missing_person, some_remains

KNOWN, SEEN = a_missing_person(), some_remains()
COUNTED = rarity_of([KNOWN], [SEEN], NEWEST)
SAID = ("xol", "lucia", "rosa", "wrangler", "56789", "55550101", "99017", "i1", "g1")


def test_nobodys_words_names_numbers_or_places_are_kept():
    whole, part = (json.dumps(each).casefold() for each in (COUNTED.as_dict(), kept(COUNTED)))

    assert any(f'"{word}"' in whole for word in SAID)
    assert [word for word in SAID if f'"{word}"' in part] == []
    assert read_kept(kept(COUNTED)).crowds == Rarity().crowds


def test_what_is_kept_is_read_again_and_worth_the_same():
    found = read_kept(json.loads(json.dumps(kept(COUNTED))))

    assert found.hair == COUNTED.hair
    nobody = MissingRecord(record_id="M")
    again, first = (
        {each.kind: each.expected for each in worth_knowing(nobody, SEEN, NEWEST, counts)}
        for counts in (found, COUNTED)
    )
    assert again[Kind.HAIR] == first[Kind.HAIR]


def test_what_was_counted_otherwise_leaves_it_to_the_model():
    assert read_kept({"colours": 1}) == read_kept(None) == Rarity()
