"""What a page carries of a value, to know later whether somebody changed it."""

import json
from hashlib import sha256

from casework.dataset.values import Value


def fingerprint(value: Value) -> str:
    """Give the same few letters for the same value, and none for no value."""
    if value is None:
        return ""
    told = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:16]
