# ruff: noqa: T201 - a script that prints
"""What every page costs in a registry, for every duty: time and weight.

    python -m tests.benchmarks.pages FOLDER [ROLE …]

FOLDER is the data folder of an embedded registry: where `make demo` keeps its own, or a large
one such as docs/methods/new-records.md makes. Nothing in it is changed but the log of what was
read and an account for each duty that has none. Signed in as each duty, every address that
answers that duty with a page is asked for, the ones of a record for the first of its list:
once to warm up, then TIMES times. Prints of each the time of the clock, what both processes
computed, and its weight as written and as sent, with what it brings along; last what exceeds a
second or 150 kB: by the clock, and in brackets what it computed. Asserts nothing about time.
"""

import gzip
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

from fastapi.routing import APIRoute, iter_route_contexts

sys.path.insert(0, str(Path(__file__).parents[2]))

from casework.settings import settings
from casework.web.compressing import LEVEL
from privacy.permissions import HUMAN_ROLES, Role
from tests.benchmarks.meter import Meter
from tests.benchmarks.standing import become, standing

TIMES = int(os.environ.get("TIMES", "20"))
A_SECOND, AS_HEAVY_AS_MAY_BE = 1_000, 150_000
PLACE = re.compile(r"{[^}]+}")
BROUGHT = re.compile(r'(?:src|href)="(/static/[^"]+)"')
# Searches, orders and later pages: what costs differently from a list's first page.
ASKED = (
    "/missing?page=10",
    "/missing?page=1000",
    "/missing?q=Maria+Lopez",
    "/missing?sort=age",
    "/remains?page=10",
    "/remains?q=Tapachula",
    "/pairings?page=10",
    "/pairings?sex=female",
    "/pairings?least=2",
    "/pairings?q=Tapachula",
    "/search?q=Maria+Lopez",
    "/search?q=Tapachula",
    "/desk?tray=closed",
    "/groups?page=10",
    "/log?deed=missing:case:read",
    "/log?page=100",
    "/log?about=MP-2222-2222",
)
LEAVES = ("/sign-out",)


def main(folder, roles):
    with standing(folder) as registry:
        for role in roles if registry else ():
            become(registry, role)
            walk(registry, role)


def walk(registry, role):
    """Ask for every page that opens to a duty, and print what each costs."""
    print(f"\n{role.value}")
    beyond, browser = [], registry.browser
    for address in addresses(browser, registry.app):
        page = browser.get(address, follow_redirects=False)
        if page.status_code != 200 or "text/html" not in page.headers["content-type"]:
            continue
        meter = Meter(server=registry.server)
        for _ in range(TIMES):
            with meter:
                browser.get(address, follow_redirects=False)
        plain, sent = weight(browser, page)
        slow = meter.clock(0.95) * 1e3
        print(f"  {address}: {meter}; {plain / 1e3:.0f} kB in all, {sent / 1e3:.0f} sent")
        if slow > A_SECOND or sent > AS_HEAVY_AS_MAY_BE:
            worked = meter.computed(0.95) * 1e3
            beyond.append(f"{address} {slow:.0f} ms [{worked:.0f}], {sent / 1e3:.0f} kB")
    print("  beyond a second or 150 kB:", "; ".join(beyond) or "none")


def addresses(browser, app):
    """Give each address once; for a place in it, what the first row of its list leads to."""
    known = first_rows(browser)
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if not isinstance(route, APIRoute) or "GET" not in route.methods:
            continue
        if context.path.startswith(("/api/", *LEAVES)):
            continue
        area = context.path.split("/")[1]
        if "{" not in context.path:
            yield context.path
        elif context.path.count("{") == 1 and known[area]:
            yield PLACE.sub(known[area], context.path)
    yield from ASKED


def first_rows(browser):
    """Name the first record of each list that has one."""
    found = defaultdict(str)
    for area in (
        "missing",
        "remains",
        "incidents",
        "pairings",
        "living",
        "groups",
        "desk",
        "rights",
        "imports",
    ):
        page = browser.get(f"/{area}", follow_redirects=False)
        rows = re.findall(rf'href="/{area}/([A-Z]{{2}}-[0-9A-Z-]+|\d+)"', page.text)
        found[area] = rows[0] if rows else ""
    return found


def weight(browser, page):
    """Weigh a page with all that it brings: as written, and as it is sent."""
    brought = [browser.get(each) for each in sorted(set(BROUGHT.findall(page.text)))]
    whole = [page, *brought]
    return sum(len(each.content) for each in whole), sum(map(sent, whole))


def sent(answer):
    """Count the bytes of a body on its way; the client has unpacked it already."""
    if answer.headers.get("content-encoding") == "gzip":
        return len(gzip.compress(answer.content, LEVEL))
    return len(answer.content)


if __name__ == "__main__":
    named = [Role(each) for each in sys.argv[2:]]
    main(Path(sys.argv[1]) if sys.argv[1:] else settings().data_dir, named or HUMAN_ROLES)
