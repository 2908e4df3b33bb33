"""Which kinds of record a question is put to."""

from casework.dataset.shape import RecordKind

MISSING = frozenset({RecordKind.MISSING_PERSON})
REMAINS = frozenset({RecordKind.REMAINS})
LIVING = frozenset({RecordKind.LIVING_PERSON})
# Of somebody alive nothing is taken down that a search does not need.
NOT_OF_THE_LIVING = MISSING | REMAINS
# Whoever is alive, sought or found.
PEOPLE = MISSING | LIVING
