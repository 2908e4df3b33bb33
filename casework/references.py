"""References: what people read to each other over the phone, such as MP-7K3Q-D9XT.

They are drawn at random. A running number would tell whoever sees two of their own cases
how many lie between them that they may not see.
"""

import secrets
from enum import StrEnum

# Without vowels no word can arise by chance; without 0 O 1 I L nothing is misread.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 8


class Prefix(StrEnum):
    """What kind of record a reference names."""

    MISSING_PERSON = "MP"
    REMAINS = "HR"
    LIVING_PERSON = "LP"
    INCIDENT = "IN"
    SAMPLE = "DS"
    PROFILE = "DP"
    TRAVEL_GROUP = "TG"
    SITE = "ST"
    GRAVE = "GV"
    RIGHTS_REQUEST = "SR"  # solicitud


def new_reference(prefix: Prefix) -> str:
    """Draw a fresh reference; 28^8 of them make a chance clash one in millions."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{prefix}-{drawn[:4]}-{drawn[4:]}"


def as_printed(prefix: Prefix, written: str) -> str:
    """Write a reference as we print it, however a program of somebody else's wrote it.

    Laboratories drop hyphens and write small letters; what is no reference of the kind stays.
    """
    plain = "".join(each for each in written.upper() if each.isalnum())
    body = plain.removeprefix(prefix)
    if not plain.startswith(prefix) or len(body) != LENGTH or set(body) - set(ALPHABET):
        return written.strip()
    return f"{prefix}-{body[:4]}-{body[4:]}"
