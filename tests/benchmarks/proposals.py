# ruff: noqa: T201 - a script that prints
"""What pages cost among very many proposals: home, the queue, lists, comparisons.

    python -m tests.benchmarks.proposals [FOLDER]

FOLDER is where `make demo` keeps its registry, loaded and compared, or any data folder of an
embedded registry, such as the large one of docs/methods/new-records.md; nothing in it is
changed but the log of what was read. Enters as its examiner; where there is none, one is
entered. A page is asked for twenty times, a comparison once for each of the first twenty
proposals, its report once for each of the first ten. Prints the machine, its load, and of each
page the time of the clock and what both processes computed; asserts nothing about time.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from casework.settings import settings
from privacy.permissions import Role
from tests.benchmarks.meter import Meter
from tests.benchmarks.standing import become, standing

TIMES = 20
PRINTED = 10
# Quick ones first: in a very large registry the others take minutes.
PAGES = {
    "missing": "/missing",
    "missing, tenth page": "/missing?page=10",
    "missing, by name": "/missing?q=Maria+Lopez",
    "remains": "/remains",
    "remains, tenth page": "/remains?page=10",
    "home": "/",
    "queue": "/pairings",
    "queue, tenth page": "/pairings?page=10",
    "queue, one sex": "/pairings?sex=female",
    "queue, from 2 on": "/pairings?least=2",
}


def main(folder):
    with standing(folder) as registry:
        if registry:
            become(registry, Role.FORENSIC_EXAMINER)
            time_pages(registry.browser, registry.server)


def time_pages(browser, server):
    for what, path in PAGES.items():
        page, meter = asked(browser, path), Meter(server=server)
        for _ in range(TIMES):
            with meter:
                asked(browser, path)
        print(f"{what}: {meter}, {len(page.content) / 1e3:.0f} kB")
    listed = dict.fromkeys(
        re.findall(r'href="(/pairings/\d+)"', asked(browser, "/pairings").text)
    )
    meter = Meter(server=server)
    for path in list(listed)[:TIMES]:
        with meter:
            asked(browser, path)
    print(f"comparison: {meter}")
    printed = Meter(server=server)
    for path in list(listed)[:PRINTED]:
        with printed:
            asked(browser, f"{path}/sheet.pdf")
    print(f"comparison report, printed: {printed}")


def asked(browser, path):
    answer = browser.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return answer


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else settings().data_dir)
