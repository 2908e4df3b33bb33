"""How far a long command has come: a line on a terminal, nothing in a pipe."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Step = Callable[[int, int], None]

SECONDS_BETWEEN = 0.1
"""Often enough to look alive, seldom enough to cost nothing; our choice."""

CLEAR = "\r\x1b[K"


class ProgressLine:
    """One line that is rewritten in place while work goes on."""

    def __init__(self, label: str, stream: TextIO, clock: Callable[[], float]) -> None:
        self._label = label
        self._stream = stream
        self._clock = clock
        self._began = clock()
        self._shown = float("-inf")

    def show(self, done: int, total: int) -> None:
        """Say that `done` of `total` is done; a total of 0 means it is not known."""
        now = self._clock()
        if now - self._shown < SECONDS_BETWEEN and done != total:
            return
        self._shown = now
        self._stream.write(f"{CLEAR}{self._label} {self._words(done, total, now)}")
        self._stream.flush()

    def finish(self) -> None:
        """Leave one line behind that says how long it took."""
        seconds = self._clock() - self._began
        self._stream.write(f"{CLEAR}{self._label}: {seconds:.1f} s\n")
        self._stream.flush()

    def clear(self) -> None:
        """Make room for the sentence that says what went wrong."""
        self._stream.write(CLEAR)
        self._stream.flush()

    def _words(self, done: int, total: int, now: float) -> str:
        if total <= 0:
            return f"{done:,}" if done else "…"
        left = (now - self._began) * (total - done) / done if done else 0.0
        return f"{100 * done // total} %" + (f", {left:.0f} s left" if left >= 1 else "")


def _nothing(done: int, total: int) -> None:
    """Say nothing: nobody watches a pipe."""


@contextmanager
def progress(label: str, stream: TextIO | None = None) -> Iterator[Step]:
    """Show the progress of one step on the terminal, and be silent anywhere else."""
    stream = sys.stderr if stream is None else stream
    if not stream.isatty():
        yield _nothing
        return
    line = ProgressLine(label, stream, time.monotonic)
    line.show(0, 0)
    try:
        yield line.show
    except BaseException:
        line.clear()
        raise
    line.finish()
