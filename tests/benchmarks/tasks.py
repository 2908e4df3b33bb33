# ruff: noqa: T201 - a script that prints
"""What four daily tasks cost the hands: reunir driven in a real browser, beside two registries.

    python -m tests.benchmarks.tasks [--page=docs/explanation/measured-against-registries.md]

A small invented world is loaded and served; each task is done with keys and mouse as somebody
would who knows the page, starting at the home page, and what it should leave behind is looked
for afterwards. Primero and Uwazi are counted from their source, in registries.py beside this.
With a page, the tables are written into it. Some two minutes.
"""

import platform
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from casework import embedded
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.queries import find_account
from privacy.consent.asking import may_be_searched
from privacy.permissions import DOOR, KEEPER
from tests.benchmarks import told
from tests.benchmarks.hands import Hands
from tests.benchmarks.peers.measure import write_page
from tests.benchmarks.registries import FILES, TASKS, counted
from tests.journeys.serving import served, sign_in, small_world

TITLES = {
    "report": "File a report by phone",
    "odontogram": "Enter an odontogram",
    "misspelt": "Find a person by a misspelt name",
    "withdrawal": "Record that a relative withdrew consent",
}
HEAD = (
    "| program | steps | pages, dialogs | fields | clicks | keystrokes "
    "| of them Tab, Enter and the like | seconds of hands and thought | what is reached |\n"
    + "|---" * 9
    + "|"
)


def file_a_report(hands):
    """The mother calls; the officer writes while she speaks."""
    hands.click("a[href='/missing/new']")
    hands.arrive("**/missing/new")
    hands.choose("kinship", "ma", says="madre")
    hands.fill("reporter_name", told.CALLER)
    hands.fill("reporter_contact", told.CONTACT)
    hands.fill("reporter_language", told.LANGUAGE)
    hands.pick("consent", "granted")
    hands.tick("shows_name")
    hands.fill("given_names", told.GIVEN)
    hands.fill("surname_1", told.FIRST_SURNAME, goes_on=True)
    hands.fill("surname_2", told.SECOND_SURNAME, goes_on=True)
    hands.fill("nickname", told.NICKNAME)
    hands.choose("sex", "ho", says="hombre")
    hands.fill("age_min", told.AGE)
    hands.fill("birth_from", told.BORN["slashes"])
    hands.choose("nationality", "hon", says="Honduras")
    hands.fill("last_contact_from", told.LAST_SEEN["slashes"])
    hands.fill("destination", told.DESTINATION)
    hands.choose("country", "mé", says="México")
    hands.fill("admin1", told.STATE, goes_on=True)
    hands.fill("place", told.PLACE, goes_on=True)
    hands.command("Enter")
    hands.arrive("**/missing/MP-*")


def enter_an_odontogram(hands, label):
    """The examiner has the label in hand, and a colleague dictates."""
    hands.search(label)
    hands.click(".hit a")
    hands.arrive("**/remains/HR-*")
    hands.click("main a[href$='/record/teeth']")
    hands.arrive("**/record/teeth")
    hands.fill("teeth", told.TEETH)
    hands.click("button[name=go][value=file]")
    hands.arrive(lambda url: "/record" not in url)


def find_the_person(hands):
    """Somebody asks for him as the name sounded."""
    hands.search(told.MISSPELT)
    hands.page.found = hands.page.locator("#found-people ~ ol > li").all_inner_texts()
    hands.click(".hit a")
    hands.arrive("**/missing/MP-*")


def withdraw_the_consent(hands):
    """The mother calls again: she no longer wants it."""
    hands.search(told.SURNAMES)
    hands.click(".hit a")
    hands.arrive("**/missing/MP-*")
    hands.click("main a[href$='/consents']")
    hands.arrive("**/consents")
    hands.click("text=Retirar todo lo suyo")
    hands.arrive("**/consents/withdraw*")
    hands.click("text=Retirar ahora")
    hands.arrive("**/consents")


def do_all(world, visit):
    """Do the four tasks, see what they left, and give task → (tally, what is reached)."""
    officer, examiner = visit("liaison"), visit("examiner")
    report = _done(officer, file_a_report)
    reference = officer.url.rsplit("/", 1)[1]
    _see_the_report(officer)
    searched_before = _is_searched(world, reference)
    misspelt = _done(officer, find_the_person)
    rank = next(at for at, hit in enumerate(officer.found, start=1) if reference in hit)
    read_before = examiner.goto(f"/missing/{reference}").status
    withdrawal = _done(officer, withdraw_the_consent)
    assert searched_before
    assert not _is_searched(world, reference)
    assert (read_before, examiner.goto(f"/missing/{reference}").status) == (200, 404)
    label = _own_label(world, examiner)
    odontogram = _done(examiner, lambda hands: enter_an_odontogram(hands, label))
    _see_the_teeth(examiner)
    return {
        "report": (report, "16 of 16 facts"),
        "odontogram": (odontogram, "a chart of 32 teeth with faces and materials, compared"),
        "misspelt": (misspelt, f"found, {rank} of {len(officer.found)} listed"),
        "withdrawal": (withdrawal, "who, what and when; closed and searched for no more"),
    }


def _done(page, task):
    page.goto("/")
    hands = Hands(page)
    task(hands)
    hands.leave()
    return hands.tally


def _see_the_report(page):
    shown = page.inner_text("main")
    for fact in (told.NAME, told.NICKNAME, "hombre", "24 años", "14 de mayo de 2001"):
        assert fact in shown, fact
    for fact in ("Honduras", "21 de febrero de 2026", told.DESTINATION):
        assert fact in shown, fact
    for fact in (told.PLACE, told.STATE, told.COUNTRY):
        assert fact in shown, fact
    page.goto(f"{page.url}/consents")
    ledger = page.inner_text("main")
    for fact in ("Madre", told.CALLER, told.CONTACT, "nombre e identidad"):
        assert fact in ledger, fact


def _see_the_teeth(page):
    drawn = " ".join(page.locator(".teeth title").all_text_contents())
    said = {int(number) for number in re.findall(r"\b(\d\d):", drawn)}
    assert said == set(told.CHART), said ^ set(told.CHART)
    for tooth in ("16:", "26:", "36: perdido en vida", "46:"):
        assert tooth in drawn, tooth
    assert drawn.count("sano") == list(told.CHART.values()).count("sa")


def _is_searched(world, reference):
    at = datetime.now(UTC)
    may_be = may_be_searched(MissingPerson.search_consent, MissingPerson.search_until, at)
    with world.database.transaction(KEEPER) as session:
        query = sa.select(may_be).where(MissingPerson.reference == reference)
        return session.execute(query).scalar_one()


def _own_label(world, examiner):
    """Give half the reference of remains of the examiner's institution, without teeth."""
    with world.database.transaction(DOOR) as session:
        own = find_account(session, "examiner").institution_id
    with world.database.transaction(KEEPER) as session:
        found = session.scalars(
            sa.select(Remains.reference)
            .where(Remains.owner_institution_id == own)
            .order_by(Remains.id)
        )
        references = list(found)
    for reference in references:
        examiner.goto(f"/remains/{reference}")
        half = reference.split("-")[1]
        if not examiner.locator(".teeth").count() and any(sign.isdigit() for sign in half):
            return half
    raise AssertionError("no remains without teeth")


def rows_of(task, tally, reached):
    """Give the rows of a task's table: reunir, then what the others need."""
    rows = [_row("reunir", tally, reached)]
    for program, variants in TASKS[task].items():
        for words, acts, end in variants:
            name = f"{program}, {words}" if words else program
            rows.append(_row(name, counted(acts), end))
    return rows


def _row(name, tally, reached):
    told_of = (
        *(name, tally.steps, tally.pages, tally.fields, tally.clicks, tally.keystrokes),
        *(tally.keys, f"{tally.seconds:.0f}", reached),
    )
    return f"| {' | '.join(map(str, told_of))} |"


def tables(done):
    """Write all tables, and act by act what the figures of the others rest on."""
    now = datetime.now(UTC)
    parts = [
        f"{now:%Y-%m-%d}; Chromium, {platform.system()}, Python {platform.python_version()}."
    ]
    for task, (tally, reached) in done.items():
        parts.append("\n".join([f"**{TITLES[task]}**\n", HEAD, *rows_of(task, tally, reached)]))
    parts.append("### What the figures of the others rest on")
    parts.append("Paths of Primero's screens begin at `app/javascript/components/`.")
    for task, programs in TASKS.items():
        for program, variants in programs.items():
            words, acts, _ = variants[-1]
            about = f"{TITLES[task]}, {program}{f' ({words})' if words else ''}"
            parts.append("\n".join([f"*{about}*\n", *_listed(acts)]))
    return "\n\n".join(parts)


def _listed(acts):
    teeth = [act for act in acts if act.what.isdecimal()]
    others = [act for act in acts if act not in teeth]
    if teeth:
        chart = f"{len(teeth)} lists, one for each tooth"
        yield from _lines(others[:-1])
        yield f"{len(others)}. {chart} ({_source(teeth[0].file)})"
        yield f"{len(others) + 1}. {others[-1].what} ({_source(others[-1].file)})"
        return
    yield from _lines(acts)


def _lines(acts):
    for number, act in enumerate(acts, start=1):
        wrote = f": `{act.writes}`" if act.writes else ""
        yield f"{number}. {act.what}{wrote} ({_source(act.file)})"


def _source(key):
    path, commit = FILES[key]
    return f"`{path}` at `{commit}`"


def main(arguments):
    page = next((each[7:] for each in arguments if each.startswith("--page=")), "")
    folder = Path(tempfile.mkdtemp(prefix="reunir-tasks-"))
    folder.chmod(0o755)
    home = Path(tempfile.mkdtemp(prefix="reunir-demo-"))
    try:
        written = tables(_measured(embedded.start(folder), home))
    finally:
        embedded.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
    print(written)
    if page:
        write_page(Path(page), [written])


def _measured(server, home):
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with (
        small_world(server, home) as world,
        served(world.database) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])

        def visit(name):
            context = browser.new_context(locale="es-MX", base_url=address)
            sign_in(world, context, name, address)
            return context.new_page()

        return do_all(world, visit)


if __name__ == "__main__":
    main(sys.argv[1:])
