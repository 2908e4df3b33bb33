"""What lasts as long as the process is not looked through for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
