"""What lasts as long as the process is not looked through for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MADE_BETWEEN = 20_000  # objects; our choice: a page makes and drops some 40,000


def look_less_often() -> None:
    """Look for garbage once in a page or two, not sixty times in each.

    What a page holds until it is sent is no garbage, but looked through so often it counts as
    what lasts; and once enough does, everything is looked through, while somebody waits.
    """
    gc.set_threshold(MADE_BETWEEN, *gc.get_threshold()[1:])


@contextmanager
def lasting() -> Iterator[None]:
    """Load or build here what is there until the end.

    Python looks through everything whenever much was made, also while nothing but modules is
    loaded: a fifth of what that takes, and a third of a second each time once all is there,
    while somebody waits for a page.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
