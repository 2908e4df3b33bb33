# ruff: noqa: T201 - a script that prints
"""How long it takes until what people send is kept, and the next page there, in a registry.

    python -m tests.benchmarks.sending FOLDER

FOLDER is the data folder of an embedded registry, as for `pages` beside this. Never one that
somebody uses: what is sent stays in it, as invented people. Each form is opened as its page
gives it, filled in and sent, TIMES times, by somebody of the duty that does it daily; the
clock runs from sending until the page that follows has come. Prints what each takes by the
clock and what both processes computed, and what exceeds a second. Asserts nothing about time.
"""

import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from privacy.permissions import Role
from tests.benchmarks.meter import Meter
from tests.benchmarks.pages import A_SECOND, TIMES
from tests.benchmarks.standing import become, standing
from tests.benchmarks.told import CALLER, CONTACT, FIRST_SURNAME, GIVEN, SECOND_SURNAME, TEETH

REPORT = {
    "kinship": "mother",
    "reporter_name": CALLER,
    "reporter_contact": CONTACT,
    "consent": "granted",
    "shows_name": "yes",
    "given_names": GIVEN,
    "surname_1": FIRST_SURNAME,
    "surname_2": SECOND_SURNAME,
    "sex": "male",
    "age_min": "24",
    "last_contact_from": "2026-02-21",
    "country": "MX",
    "place": "Tapachula",
}
FOUND = {
    "post_mortem_number": "PM-1",
    "sex": "male",
    "found_from": "2026-03-02",
    "country": "MX",
    "place": "Tapachula",
}
LOOKS = {"hair_style": "una trenza larga", "said_by": CALLER}
SAID_TEETH = {"teeth": TEETH}


@dataclass
class Sheet:
    """One form of a page: where it goes, and what it holds before anybody writes."""

    action: str
    held: dict


class Sheets(HTMLParser):
    """Reads the forms of a page with what stands in their fields."""

    def __init__(self):
        super().__init__()
        self.sheets, self._chosen, self._long = [], None, None

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.sheets.append(Sheet(said.get("action", ""), {}))
        name = said.get("name")
        if tag == "input" and name and said.get("type") not in {"file", "submit"}:
            ticked = said.get("type") in {"checkbox", "radio"} and "checked" not in said
            if not ticked:
                self._hold(name, said.get("value") or "")
        elif tag == "select":
            self._chosen = name
        elif tag == "option" and self._chosen and "selected" in said:
            self._hold(self._chosen, said.get("value") or "")
        elif tag == "textarea" and name:
            self._long = name
            self._hold(name, "")

    def handle_endtag(self, tag):
        if tag == "select":
            self._chosen = None
        elif tag == "textarea":
            self._long = None

    def handle_data(self, data):
        if self._long:
            self._hold(self._long, data.strip())

    def _hold(self, name, value):
        if self.sheets:
            self.sheets[-1].held[name] = value


def main(folder):
    with standing(folder) as registry:
        if registry is None:
            return
        hand = Hand(registry)
        become(registry, Role.LIAISON_OFFICER)
        report_and_after(hand)
        a_request(hand)
        become(registry, Role.FORENSIC_EXAMINER)
        remains_and_after(hand)
    print("beyond a second by the clock:", "; ".join(hand.beyond()) or "none")


def report_and_after(hand):
    """File reports; complete, find and withdraw each of them."""
    files = [hand.send("a report", "/missing/new", REPORT) for _ in range(TIMES)]
    for file in files:
        hand.send("a step, looks", f"{file}/record/looks", LOOKS)
        hand.send("a step, teeth", f"{file}/record/teeth", SAID_TEETH)
    for file in files:
        way = re.search(r"[^\"]+/consents/withdraw[^\"]*", hand.page(f"{file}/consents"))
        hand.send("a withdrawal", way[0].replace("&amp;", "&"), {})


def a_request(hand):
    """Ask another office for something."""
    offices = re.findall(r'<option value="(\d+)"', hand.page("/desk/new"))
    in_a_month = datetime.now(UTC).date() + timedelta(days=30)
    said = {"to": offices[0], "due_on": f"{in_a_month}", "words": "Una muestra de la madre."}
    for _ in range(TIMES):
        hand.send("a request to another office", "/desk/new", said)


def remains_and_after(hand):
    """Enter remains and complete each of them."""
    files = [hand.send("remains", "/remains/new", FOUND) for _ in range(TIMES)]
    for file in files:
        hand.send("a step of remains, teeth", f"{file}/record/teeth", SAID_TEETH)


class Hand:
    """Opens, fills in and sends forms, and takes the time of each kind of sending."""

    def __init__(self, registry):
        self._browser, self._server = registry.browser, registry.server
        self._meters = {}

    def page(self, address):
        """Give a page as it comes."""
        found = self._browser.get(address)
        assert found.status_code == 200, f"{address}: {found.status_code}"
        return found.text

    def send(self, what, address, said):
        """Fill in the form of a page and send it; give the address of the page that follows."""
        reader = Sheets()
        reader.feed(self.page(address))
        path = address.split("?")[0]
        sheet = next(
            each for each in reversed(reader.sheets) if each.action.split("?")[0] in {"", path}
        )
        meter = self._meters.setdefault(what, Meter(server=self._server))
        with meter:
            answer = self._browser.post(sheet.action or address, data={**sheet.held, **said})
        # Somebody refused would be quick, and nothing would be kept.
        assert answer.status_code == 200, f"{what}: {answer.status_code} {problems(answer)}"
        assert answer.history, f"{what}: the form came back"
        return answer.url.path

    def beyond(self):
        """Tell what everything took; give what took more than a second."""
        for what, meter in self._meters.items():
            print(f"  {what}: {meter}")
            if meter.clock(0.95) * 1e3 > A_SECOND:
                yield f"{what} {meter.clock(0.95):.1f} s"


def problems(answer):
    """Give what a page says was wrong."""
    return re.findall(r'class="(?:notice|field__error)[^>]*>(.{0,200})', answer.text)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
