"""Progress is for people who watch."""

import io

import pytest

from casework.progress import CLEAR, ProgressLine, progress


class Terminal(io.StringIO):
    """A terminal that remembers what was written on it."""

    def isatty(self):
        return True


def lines_of(terminal):
    return terminal.getvalue().split(CLEAR)[1:]


def a_line(terminal, *instants):
    clock = iter(instants)
    return ProgressLine("Weighing", terminal, lambda: next(clock))


def test_nothing_is_said_in_a_pipe():
    pipe = io.StringIO()

    with progress("Weighing", pipe) as step:
        step(1, 2)

    assert pipe.getvalue() == ""


def test_a_terminal_is_told_and_left_with_one_line():
    terminal = Terminal()

    with progress("Weighing", terminal) as step:
        step(2, 2)

    assert lines_of(terminal)[-2:] == ["Weighing 100 %", "Weighing: 0.0 s\n"]


def test_what_goes_wrong_finds_the_line_cleared():
    terminal = Terminal()

    with pytest.raises(KeyboardInterrupt), progress("Weighing", terminal):
        raise KeyboardInterrupt

    assert terminal.getvalue().endswith(CLEAR)


def test_the_time_left_goes_by_the_time_so_far():
    terminal = Terminal()
    began, now = 100.0, 110.0
    line = a_line(terminal, began, now)

    line.show(1, 4)

    seconds_left = (now - began) / 1 * (4 - 1)
    assert lines_of(terminal) == [f"Weighing 25 %, {seconds_left:.0f} s left"]


def test_a_total_that_is_not_known_is_not_invented():
    terminal = Terminal()
    line = a_line(terminal, 0.0, 1.0)

    line.show(12_000, 0)

    assert lines_of(terminal) == ["Weighing 12,000"]


def test_steps_that_follow_too_fast_are_not_shown():
    terminal = Terminal()
    line = a_line(terminal, 0.0, 1.0, 1.05)

    line.show(1, 4)
    line.show(2, 4)

    assert len(lines_of(terminal)) == 1
