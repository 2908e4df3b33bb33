"""How files of tests are divided between workers: whole, and the longest first."""

from xdist.scheduler import LoadFileScheduling

JOURNEYS = "tests/journeys/"
# What takes longest, begun first: begun last, it would leave the other core idle. Measured on
# 2026-11-22 in time of the processor; what is not named takes less than any of these.
LONGEST = (
    JOURNEYS,
    "tests/privacy/test_r01_protected_is_invisible.py",
    "tests/privacy/policy/test_condition_equals_decision.py",
    "tests/privacy/test_r09_groups_at_the_pages.py",
    "tests/casework/web/test_fuzzed_api.py",
    "tests/casework/test_operations.py",
    "tests/alembic/test_migrations.py",
    "tests/casework/batch/test_memory.py",
    "tests/casework/statements/",
    "tests/casework/signin/",
    "tests/casework/documents/",
    "tests/casework/jobs/",
    "tests/casework/imports/test_working_off.py",
    "tests/casework/demonstration/",
    "tests/architecture/",
)


def by_length(items):
    """Put the longest files first; within them and after them the order stays as it came."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid):
    found = (place for place, long in enumerate(LONGEST) if nodeid.startswith(long))
    return next(found, len(LONGEST))


class ByFile(LoadFileScheduling):
    """Gives each worker whole files, and one of them all journeys: they share a world."""

    def _split_scope(self, nodeid):
        return JOURNEYS if nodeid.startswith(JOURNEYS) else super()._split_scope(nodeid)
