"""A real Dask cluster on this machine: a scheduler and workers, each a process of its own."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]


class Cluster:
    """A scheduler on a port of its own, and workers that can be killed."""

    def __init__(self, folder):
        self._folder, self._processes = folder, []
        told = folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", told)
        deadline = time.monotonic() + 60
        while not told.exists() or not told.read_text():
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.1)
        self.address = json.loads(told.read_text())["address"]

    def a_worker(self, tree=ROOT):
        alone = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        place = ("--local-directory", self._folder)
        return self._start("worker", self.address, *alone, *place, tree=tree)

    def _start(self, *command, tree=ROOT):
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *command, "--host", "127.0.0.1"],
            cwd=tree,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(tree)},
        )
        self._processes.append(process)
        return process

    def stop(self):
        for process in self._processes:
            process.kill()
            process.wait()
