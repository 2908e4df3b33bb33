"""On a slow link a file of ours comes once: its address names its content, for a year."""

import re
from hashlib import sha256

import pytest

from casework.web import own_files
from casework.web.templating import template_folders

NAMED = re.compile(r'(?:src|href)="(/static/[^"]+)"')
# Said in a comment; in an attribute it would be an address that does not change.
BARE = re.compile(r"=\"/static/[^\"]*\"")


def how_kept(browser, address):
    return browser.get(address).headers["cache-control"]


def test_every_file_of_a_page_is_kept_for_a_year_under_the_mark_of_its_content(signed_in):
    browser = signed_in("lidia")

    named = NAMED.findall(browser.get("/missing/new").text)

    assert len(named) >= 6
    for address in named:
        answer = browser.get(address)
        assert address.endswith(f"?v={sha256(answer.content).hexdigest()[:12]}")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "asked",
    ["", "?v=0123456789ab", "?v=", "?v={mark}&v={mark}", "?other={mark}"],
)
def test_what_does_not_name_the_content_is_asked_for_each_time(client, asked):
    mark = own_files.address_of("reunir.css").partition("=")[2]

    assert (
        how_kept(client, f"/static/reunir.css{asked.format(mark=mark)}") == "public, no-cache"
    )
    assert how_kept(client, f"/static/charts.css?v={mark}") == "public, no-cache"


def test_what_did_not_change_is_not_sent_again(client):
    answer = client.get("/static/reunir.css")

    again = client.get("/static/reunir.css", headers={"if-none-match": answer.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_no_template_names_a_file_by_hand():
    bare = {
        path.name: found
        for folder in template_folders()
        for path in folder.rglob("*.html")
        if (found := BARE.findall(path.read_text("utf-8")))
    }

    assert BARE.search('<link href="/static/reunir.css">'), "a planted one is found"
    assert bare == {}
