"""What the demonstration leaves for its people to enter, so that no page stands empty.

Two reports of one woman and two finds of one person, each pair linked; a group, samples with
their way, a cemetery with a niche, a person's request, and a code for a family. All is entered
as people enter it, by the forms; only the records are written down at once.
"""

import re
from datetime import UTC, datetime

from casework.candidates.adopted import SetState, WeightSet
from casework.learning.weighing import report_of
from casework.profiles.forms import packed
from casework.signin.queries import find_account, viewer_of
from privacy.permissions import DOOR, KEEPER
from tests.builders import a_missing_person, a_relative, remains_found
from tests.casework.learning.test_report import a_world
from tests.journeys.deciding import decide

A_DAY = datetime(2026, 3, 9, tzinfo=UTC)
REASON = "El mismo nombre y la misma cicatriz, dicho por la madre."
PROBLEM = re.compile(r'class="(?:problems|notice|field__problem)[^>]*>(.{0,300})', re.DOTALL)
SEARCH = "/search?q=Inventada"
SITE = {"name": "Panteón inventado", "kind": "cemetery", "country": "MX", "admin1": "Chiapas"}
SITE |= {"coordinates": "14.9123, -92.2601", "precision": "gps", "place": "Tras la ermita"}
GRAVE = re.compile(r"GV-[\dA-Z]{4}-[\dA-Z]{4}")
DP = re.compile(r"DP-[\dA-Z]{4}-[\dA-Z]{4}")
SAMPLE = re.compile(r'/samples/(\d+)"')
READ = re.compile(r'name="read" value="([^"]+)"')
UNREAD_WARNING = 422
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def furnish(world, visit):
    """Enter it all, as two of the cast; gives where each duty begins to come by it."""
    people, finds = _records(world)
    lidia, amal = visit("liaison"), visit("examiner")
    (hers, other), (one, part) = people, finds
    person, remains = f"/missing/{hers}", f"/remains/{one}"
    _send(lidia, f"{person}/links", other=other, saying="same_person", reason=REASON)
    _send(amal, f"{remains}/links", other=part, saying="parts_of_one", reason=REASON)
    said = {"kind": "truck", "told_by": "relative", "place": "Tapachula"}
    group = _send(lidia, "/groups", departed_from="2025-03", **said).url
    member = {"record": hers, "told_by": "relative", "reason": REASON}
    _send(lidia, group, to=f"{group}/members", **member)
    rack = _send(amal, f"{remains}/samples", kind="bone", element="fémur izquierdo")
    sample = SAMPLE.search(rack.text())[1]
    profiles = f"{remains}/profiles"
    _send(amal, profiles, to=f"{profiles}/read", pasted="muestra;TH01\nfémur;6/9.3\n")
    profile = {"packed": packed(b"muestra;TH01\nf;6/9.3\n"), "by_hand": "true"}
    profile["sample"] = sample
    kept = DP.search(_send(amal, profiles, **profile).text())[0]
    site = _send(amal, "/sites/new", **SITE).url
    grave = _send(amal, site, to=f"{site}/graves", kind="niche", number="14").text()
    at_place = GRAVE.search(grave)[0]
    _send(amal, site, to=f"{site}/remains", remains=one, at_place=at_place, how="lie")
    asked = {"about": hers, "kind": "access", "asker": "person", "reason": "Quiere saber"}
    asked |= {"identity_proof": "document_seen", "received_on": "2026-03-09"}
    request = _send(lidia, "/rights/new", **asked).url
    # A place is marked on the map from its step by a button, not by a link.
    known = [f"{person}/record/last_contact/place/place", f"{person}/record", person]
    known += [
        f"{person}/matchability",
        f"{person}/links",
        f"{person}/together",
        f"/retention/{hers}",
        group,
        request,
    ]
    found = [f"{remains}/record/find/place/place", f"{remains}/record", remains]
    found += [
        f"{site}?grave={at_place}",
        f"{remains}/samples/{sample}",
        f"{profiles}/{kept}",
        "/profiles/import",
        f"{remains}/together",
        "/step-up?next=/",
        "/purpose",
    ]
    decided = decide(world)
    return {
        "examiner": [*found, SEARCH, *decided["examiner"]],
        "coordinator": decided["coordinator"],
        "liaison": [*known, SEARCH],
        "administrator": ["/components", "/factors/code"],
        "protection": [f"/log/about/{hers}"],
    }


def _records(world):
    made = []
    with world.database.transaction(DOOR) as session:
        lidia, amal = (
            viewer_of(find_account(session, each)) for each in ("liaison", "examiner")
        )
    with world.database.transaction(lidia) as session:
        people = [a_missing_person(session, lidia, invented=False) for _ in range(2)]
        for each in people:
            a_relative(session, each)
        made.append([each.reference for each in people])
    with world.database.transaction(amal) as session:
        made.append([remains_found(session, amal, invented=False).reference for _ in range(2)])
    _report(world)
    return made


def _report(world):
    """Put down what decisions of an invented world would teach."""
    with world.database.transaction(DOOR) as session:
        bruno = viewer_of(find_account(session, "coordinator"))
    with world.database.transaction(bruno) as session:
        asked = WeightSet(
            state=SetState.MADE, requested_at=A_DAY, requested_by=bruno.account_id
        )
        session.add(asked)
        session.flush()
        number = asked.id
    with world.database.transaction(KEEPER) as session:
        made = session.get_one(WeightSet, number)
        made.factors, made.report = report_of(a_world(), [], {})


def _send(page, where, *, to=None, **form):
    """Fill in the form of a page and send it; what is refused says why."""
    token = TOKEN.search(page.request.get(where).text())
    origin = page.url.split("/", 3)
    form = {"form_token": token[1], **form}
    headers = {"origin": "/".join(origin[:3])}
    answer = page.request.post(to or where, form=form, headers=headers)
    # Another journey's site may stand close by: the warning was read.
    if answer.status == UNREAD_WARNING and (read := READ.search(answer.text())):
        form["read"] = read[1]
        answer = page.request.post(to or where, form=form, headers=headers)
    assert answer.ok, f"{where}: {answer.status} {PROBLEM.findall(answer.text())}"
    return answer
