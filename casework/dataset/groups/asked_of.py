"""Which kinds of record a question is put to."""

from casework.dataset.shape import RecordKind

MISSING = frozenset({RecordKind.MISSING_PERSON})
REMAINS = frozenset({RecordKind.REMAINS})
