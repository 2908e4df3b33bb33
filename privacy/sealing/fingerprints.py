"""Keyed fingerprints of what a record said: they tell whether it still does, and nothing else.

A bare hash of a sex or an age is read by trying the few there are. These take a key made from
the record's own, so that nobody without it can try, and they die with it.
"""

import hmac
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Session

from privacy.sealing.cipher import KEY_BYTES
from privacy.sealing.keyring import keys_of


def fingerprint(session: Session, case: UUID, purpose: str, said: str) -> str:
    """Make the fingerprint, 64 hexadecimal digits, of what was said of one case.

    `case`: the `seal_id` of the record with whose key it is made; `purpose`: what for, so that
    equal words stored for two purposes look different.

    Raises
    ------
    KeyDestroyed
        If the case was erased: there is nothing left to compare.
    KeysUnavailable
        If the keys cannot be had.
    """
    whole = keys_of(session).to_seal([case])[case]
    key = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"fingerprint:{purpose}".encode()).derive(
        bytes(whole)
    )
    return hmac.new(key, said.encode(), "sha256").hexdigest()
