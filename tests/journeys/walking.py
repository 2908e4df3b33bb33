"""A walk by links through every page that a duty can open, once for each kind of page.

A kind is a route with its step; of each, the first page met is looked at. Links are followed
from the pages themselves, so that a new page stands in the walk as soon as one leads to it.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from fastapi.routing import APIRoute, iter_route_contexts
from playwright.sync_api import Error

PLACE = re.compile(r"{(\w+)(:int)?}")
LED_TO = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
NO_PAGES = ("/api/", "/static/", "/sign-out")
SAMPLES = "/components"  # shows links of pages that its reader may not open
RECORDS = 3
FILES = (".pdf", ".csv", ".json", ".jsonld")

# A window of 1280 points, a telephone, and that window with everything twice as large.
WIDTHS = {"screen": 1280, "telephone": 360, "window at 200 %": 640}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNNAMED = """[...document.querySelectorAll('main input:not([type=hidden]):not([aria-label])')]
    .filter(each => !each.labels.length).map(each => each.outerHTML)"""
SENT = """[...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource')]
    .reduce((sum, each) => sum + each.encodedBodySize, 0)"""
COMING = ".htmx-request, .htmx-settling"  # a part that a page asks for once it is open
HURDLES = """async ([where, rules]) => (await axe.run(where, {
    resultTypes: ['violations'], preload: false, ...rules,
})).violations.map(each => `${each.id} (${each.impact}): ${each.nodes.length} × ` +
    each.nodes[0].html.slice(0, 120))"""
CONTRAST = "color-contrast"
OFF = ":disabled, [aria-disabled=true], [aria-hidden=true], [inert]"  # axe-core passes them
# What decides whether a text can be read: its letters, and all that lies under it. Of each
# such look the first three on a page are marked, unless an earlier page had it.
NEW_LOOKS = """([seen, off]) => {
    const known = new Set(seen), grounds = new Map(), met = {};
    const ground = each => {
        if (!each) return '';
        if (!grounds.has(each)) {
            const {backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode} =
                getComputedStyle(each);
            const own = [backgroundColor, backgroundImage, opacity, position, filter,
                mixBlendMode].join(' ');
            const under = ground(each.parentElement);
            grounds.set(each, under.endsWith(own) ? under : under + '|' + own);
        }
        return grounds.get(each);
    };
    const says = each => ['INPUT', 'SELECT', 'TEXTAREA'].includes(each.tagName) ||
        [...each.childNodes].some(part => part.nodeType === 3 && part.data.trim());
    for (const each of document.body.querySelectorAll('*')) {
        const named = each.closest('label')?.control;
        if (!says(each) || !each.checkVisibility() || each.closest(off) || named?.disabled)
            continue;
        const {color, fontSize, fontWeight, textShadow} = getComputedStyle(each);
        const look = [color, fontSize, fontWeight, textShadow, ground(each)].join(' ');
        if (known.has(look)) continue;
        met[look] = (met[look] ?? 0) + 1;
        if (met[look] <= 3) each.dataset.newLook = '';
    }
    return Object.keys(met);
}"""
HEAVIEST = 150_000  # bytes: all that a page brings, as it comes over the line


@dataclass
class Walked:
    """What was seen: where each kind of page was looked at, what is amiss, what led nowhere."""

    looked_at: dict[str, str] = field(default_factory=dict)
    amiss: dict[str, list[str]] = field(default_factory=dict)
    led_nowhere: dict[str, int] = field(default_factory=dict)


class Walk:
    """Follows links as one duty after another; what one of them looked at, the next passes."""

    def __init__(self, application, look):
        self.look = look
        self.kinds = [(path, _pattern(path)) for path in page_routes(application)]
        self.walked = Walked()

    def as_somebody(self, page, starts):
        """Go everywhere that links lead from `starts`."""
        met, queue, looked = Counter(), deque(starts), self.walked.looked_at
        while queue:
            address = queue.popleft()
            kind = self.kind_of(address)
            if kind is None or met[kind] == _most(kind):
                continue
            met[kind] += 1
            if kind in looked and not kind.endswith(FILES):
                queue.extend(self._links(page.request.get(address).text()))
            elif kind not in looked:
                looked[kind] = address
                queue.extend(self._links(self._open(page, address, kind)))

    def kind_of(self, address):
        """Name the route of an address, with the step it is at; None where there is no page."""
        path = address.partition("?")[0]
        for kind, pattern in self.kinds:
            if found := pattern.match(path):
                return kind.replace("{step}", found.groupdict().get("step", "{step}"))
        return None

    def _open(self, page, address, kind):
        if kind.endswith(FILES):
            return ""  # handed out and not shown
        try:
            answer = page.goto(address)
        except Error as error:
            if "Download is starting" in str(error):
                return ""
            raise
        if answer.status != 200:
            self.walked.led_nowhere[address] = answer.status
            return ""
        if "html" not in answer.headers["content-type"] or "<html" not in answer.text():
            return ""
        amiss = self.look(page) + page.complaints
        page.complaints.clear()
        if amiss:
            self.walked.amiss[address] = amiss
        return "" if kind == SAMPLES else page.content()

    @staticmethod
    def _links(text):
        return [each.replace("&amp;", "&") for each in LED_TO.findall(text)]


def page_routes(application):
    """List the routes that are asked for by link, those of fewest places first."""
    routes = {
        context.path
        for context in iter_route_contexts(application.routes)
        if isinstance(context.original_route, APIRoute)
        and "GET" in context.methods
        and not context.path.startswith(NO_PAGES)
    }
    return sorted(routes, key=lambda path: (path.count("{"), path))


def route_of(kind):
    """Name the route of a kind of page, which says its step."""
    return re.sub(r"/record/\w+", "/record/{step}", kind)


def look(page, width=1280, seen=None):
    """Name what is amiss with a page that is open; it is left as wide as told.

    `seen`, if given, holds the looks of text that earlier pages had, and is added to.
    """
    amiss = hurdles(page, seen) + plain_faults(page)
    page.set_viewport_size({"width": width, "height": 900})
    if page.evaluate(SENT) > HEAVIEST:
        amiss.append(f"weighs {page.evaluate(SENT)} bytes")
    return amiss


def hurdles(page, seen=None):
    """Ask axe-core what keeps somebody from reading or using the page that is open."""
    page.wait_for_selector(COMING, state="detached")
    page.evaluate(AXE_SCRIPT)
    but_contrast = {"rules": {CONTRAST: {"enabled": False}}}
    return page.evaluate(HURDLES, ["html", but_contrast]) + pale(page, seen)


def pale(page, seen=None):
    """Name texts that cannot be read on their ground; axe-core stands in the page already.

    Contrast is what takes axe-core longest, and the same letters on the same ground are as
    legible on each page as on the first.
    """
    seen = set() if seen is None else seen
    fresh = page.evaluate(NEW_LOOKS, [sorted(seen), OFF])
    seen.update(fresh)
    only = {"runOnly": {"type": "rule", "values": [CONTRAST]}}
    return page.evaluate(HURDLES, ["[data-new-look]", only]) if fresh else []


def plain_faults(page):
    """Name what axe-core does not look for: one title, tables that say what they hold, room."""
    told = {
        "has one title": page.locator("h1").count() == 1,
        "says what each table holds": not page.locator("table:not(:has(caption))").count(),
        "names each field": page.evaluate(UNNAMED) == [],
    }
    for what, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        told[f"fits a {what}"] = page.evaluate(WIDER) <= 0
    return [what for what, holds in told.items() if not holds]


def _most(kind):
    """Say of how many pages of a kind the links are followed: records differ in theirs."""
    return RECORDS if kind.endswith("}") and kind.count("{") == 1 else 1


def _pattern(path):
    places = PLACE.sub(lambda each: f"(?P<{each[1]}>{'[0-9]+' if each[2] else '[^/]+'})", path)
    return re.compile(f"{places}$")
