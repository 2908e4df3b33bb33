"""Errors are told by their kind and place: the text of one may hold a person's name."""

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any


def kind_and_place(error: BaseException) -> str:
    """Say what kind of error it is and where it arose, and nothing of what it says."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
    return f"{type(error).__name__} at {place}"


class DiscreetRecord(logging.LogRecord):
    """A line of the log that quotes no error, whichever library writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        error = self.exc_info[1] if self.exc_info else None
        self.exc_info = self.exc_text = self.stack_info = None
        if error is None and isinstance(self.msg, BaseException):
            error = self.msg
        if error is not None:
            # The message goes too: libraries like to end it with the error's own words.
            self.msg, self.args = f"{self.name}: {kind_and_place(error)}", ()
        elif isinstance(self.args, tuple):
            self.args = tuple(
                kind_and_place(each) if isinstance(each, BaseException) else each
                for each in self.args
            )


def keep_errors_out_of_the_log() -> None:
    """Let this process write no error's text, neither to its log nor to standard error."""
    logging.setLogRecordFactory(DiscreetRecord)
    sys.excepthook = _tell_uncaught
    threading.excepthook = _tell_uncaught_in_thread


def _tell_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    del kind
    sys.stderr.write(f"reunir: {kind_and_place(error.with_traceback(trace))}\n")


def _tell_uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _tell_uncaught(told.exc_type, told.exc_value, told.exc_traceback)
