"""What a run says of itself: seconds by step, cores, memory."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from casework.batch.memory import MEGABYTE, peak


@dataclass(slots=True)
class Stopwatch:
    """Seconds each step took, by the name of the step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 3)


def cores() -> int:
    """Count the processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def peak_memory_mb() -> float:
    """Give the most memory this process ever held, in MB."""
    return round(peak() / MEGABYTE, 1)
