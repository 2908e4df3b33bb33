# ruff: noqa: T201 - a script that prints
"""How soon the report can be begun on a slow link, in a real browser.

    python -m tests.benchmarks.slow_link

Loads a small invented world into a database made for it and thrown away, serves it, and opens
the form of a report in Chromium, whose network is held down to 50 kB a second and 300 ms until
a first answer, as over a telephone far from a town: as whoever has never been here, and once
more a day later with what the browser may still use of it. Prints until when the first field
can be written into, until when nothing comes any more, and how much came in how many answers.
Asserts nothing.
"""

import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from casework import embedded
from tests.journeys.serving import served, sign_in, small_world

BYTES_PER_S, LATENCY_MS, TIMES = 50_000, 300, 5
A_DAY_S = 86_400
MAX_AGE = re.compile(rb"max-age=(\d+)(, immutable)?")
PAGES = {
    "liaison": {"/missing/new": "form input:not([type=hidden])", "/": "main h1"},
    "examiner": {"/remains/new": "form input:not([type=hidden])", "/missing": "main h1"},
}


class ADayOn:
    """Answers as if a day had passed since: what is kept for less has to be asked for again.

    A browser's clock cannot be set; so each answer says that it is good for a day less.
    """

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_aged(message):
            if message["type"] == "http.response.start":
                headers = [
                    (name, MAX_AGE.sub(_left, each) if name == b"cache-control" else each)
                    for name, each in message["headers"]
                ]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_aged)


def _left(said):
    left = max(int(said[1]) - A_DAY_S, 0)
    return b"max-age=%d%s" % (left, (said[2] or b"") if left else b"")


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        server = embedded.start(home)
        try:
            with (
                small_world(server, home) as world,
                served(world.database, seen_as=ADayOn) as address,
                sync_playwright() as play,
            ):
                names = ("chromium", "chromium-browser", "google-chrome")
                path = next(filter(None, map(shutil.which, names)))
                flags = ["--no-sandbox", "--disable-gpu"]
                browser = play.chromium.launch(executable_path=path, args=flags)
                for name, pages in PAGES.items():
                    for page, first in pages.items():
                        tell(browser, (world, address, name), page, first)
                browser.close()
        finally:
            embedded.stop(home)


def tell(browser, who, path, first):
    for visit in ("the first time", "a day later"):
        taken = []
        for _ in range(TIMES):
            context = browser.new_context(base_url=who[1])
            sign_in(who[0], context, who[2], who[1])
            page = context.new_page()
            if visit == "a day later":
                page.goto(path)
            taken.append(opened(context, page, path, first))
            context.close()
        usable, whole, came, asked = (
            sorted(each)[TIMES // 2] for each in zip(*taken, strict=True)
        )
        print(
            f"{path}, {visit}: usable {usable:.1f} s, whole {whole:.1f} s, "
            f"{came / 1e3:.0f} kB in {asked} answers"
        )


def opened(context, page, path, first):
    """Open a page over the slow link: seconds until used and until whole, bytes, answers."""
    link = context.new_cdp_session(page)
    link.send("Network.enable")
    both_ways = dict.fromkeys(("downloadThroughput", "uploadThroughput"), BYTES_PER_S)
    held = {"offline": False, "latency": LATENCY_MS, **both_ways}
    link.send("Network.emulateNetworkConditions", held)
    came, asked = [], []
    link.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    link.on("Network.responseReceivedExtraInfo", lambda told: asked.append(told["statusCode"]))
    began = time.perf_counter()
    page.goto(path, wait_until="commit")
    page.wait_for_selector(first, state="visible")
    usable = time.perf_counter() - began
    page.wait_for_load_state("load")
    return usable, time.perf_counter() - began, sum(came), len(asked)


if __name__ == "__main__":
    main()
