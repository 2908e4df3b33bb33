"""The four tasks that reunir is compared by: they work, and cost what was written down."""

import re
from pathlib import Path

import pytest

from tests.benchmarks.tasks import TITLES, do_all

pytestmark = pytest.mark.browser

PAGE = Path(__file__).parents[2] / "docs/explanation/measured-against-registries.md"
COUNTS = re.compile(r"^\| reunir \| (\d+) \| \d+ \| \d+ \| (\d+) \| (\d+) \|", re.MULTILINE)


def test_the_four_tasks_cost_no_more_than_was_written_down(world, visit):
    done = do_all(world, visit)

    written = [tuple(map(int, each)) for each in COUNTS.findall(PAGE.read_text("utf-8"))]
    cost = [(tally.steps, tally.clicks, tally.keystrokes) for tally, _ in done.values()]
    assert len(written) == len(TITLES)
    assert cost == written
