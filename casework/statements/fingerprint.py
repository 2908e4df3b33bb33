"""What a page carries of a value, to know later whether somebody changed it."""

import json
from hashlib import sha256

from casework.dataset.values import Value
from casework.statements.columns import Certainty


def fingerprint(value: Value, certainty: Certainty | None = None) -> str:
    """Give the same few letters for the same value said as surely, and none for no value."""
    if value is None:
        return ""
    told = json.dumps(value, sort_keys=True, ensure_ascii=False)
    how = f"-{certainty}" if certainty not in {None, Certainty.CERTAIN} else ""
    return sha256(told.encode()).hexdigest()[:16] + how
