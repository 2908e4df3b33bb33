"""Measures an act twice: by the clock, and by what this process and the database computed.

On a machine that others use the clock says how busy it is; the second says what the act costs.
"""

import time
from pathlib import Path

SHARES = {"p50": 0.5, "p95": 0.95, "longest": 1}
PROCESSES = Path("/proc")


class Meter:
    """Takes the time of each `with`, and tells percentiles."""

    def __init__(self, unit=1e3, name="ms", *, server=None):
        self._unit, self._name, self._server = unit, name, server
        self._clock, self._computed = [], []

    def __enter__(self):
        self._before = self._backends()
        self._began = time.perf_counter(), time.process_time()

    def __exit__(self, *_):
        ended = time.perf_counter(), time.process_time()
        after = self._backends()
        database = sum(after[each] - self._before.get(each, 0.0) for each in after)
        self._clock.append(ended[0] - self._began[0])
        self._computed.append(ended[1] - self._began[1] + database)

    def __str__(self):
        return f"{self._told(self._clock)}; computing {self._told(self._computed)}"

    def clock(self, share):
        """Give the percentile of the clock, in seconds."""
        return _at(self._clock, share)

    def computed(self, share):
        """Give the percentile of what was computed, in seconds."""
        return _at(self._computed, share)

    def _told(self, taken):
        at = {name: _at(taken, share) for name, share in SHARES.items()}
        told = ", ".join(f"{name} {each * self._unit:.0f}" for name, each in at.items())
        return f"{told} {self._name}"

    def _backends(self):
        """Give what each process that serves the application has computed so far (Linux)."""
        if self._server is None or not PROCESSES.exists():
            return {}
        main = (Path(self._server.socket_dir) / "postmaster.pid").read_text("utf-8").split()[0]
        children = PROCESSES / main / "task" / main / "children"
        found = {}
        for each in children.read_text("utf-8").split():
            try:
                called = (PROCESSES / each / "cmdline").read_bytes()
                ran = (PROCESSES / each / "schedstat").read_text("utf-8").split()[0]
            except OSError:
                continue  # gone in between
            if b"[local]" in called:
                found[each] = int(ran) / 1e9
        return found


def _at(taken, share):
    return sorted(taken)[max(1, int(share * len(taken))) - 1]
