"""A fingerprint says whether something is still the same; nobody makes one without the key."""

from hashlib import sha256
from uuid import uuid4

import pytest

from privacy.errors import KeyDestroyed
from privacy.permissions import KEEPER
from privacy.sealing.erasure import destroy_key
from privacy.sealing.fingerprints import fingerprint


def test_a_fingerprint_is_the_same_for_the_same_words_of_the_same_case_and_purpose(database):
    one, other = uuid4(), uuid4()
    with database.transaction(KEEPER) as session:
        first = fingerprint(session, one, "review", "female")
    with database.transaction(KEEPER) as session:
        again = fingerprint(session, one, "review", "female")
        others = {
            fingerprint(session, one, "review", "male"),
            fingerprint(session, one, "exclusion", "female"),
            fingerprint(session, other, "review", "female"),
            sha256(b"female").hexdigest(),
        }

    assert first == again
    assert len(first) == 64
    assert first not in others
    assert len(others) == 4


def test_a_fingerprint_dies_with_its_case(database, noon):
    case = uuid4()
    with database.transaction(KEEPER) as session:
        fingerprint(session, case, "review", "female")
        destroy_key(session, case, at=noon)

    with database.transaction(KEEPER) as session, pytest.raises(KeyDestroyed):
        fingerprint(session, case, "review", "female")
