"""An institution's OpenID provider vouches for whom it is, and for nothing it may do."""

import base64
import hmac
import html
import re
import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import httpx
import joserfc.jwt
import pytest
import sqlalchemy as sa
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from casework.errors import InvalidInput
from casework.settings import settings
from casework.signin import invitations
from casework.signin.actions import add_account
from casework.signin.credentials import Invitation, Provider
from casework.signin.model import Account, Institution
from casework.signin.providers import demand_safe_address, judge_token
from casework.signin.queries import find_account
from casework.signin.vouching import set_provider
from privacy.errors import WrongProof
from privacy.permissions import Role
from tests.casework.signin import an_openid_provider_people as people

TOOLS = Path(__file__).parents[3] / ".venv-tools" / "bin" / "python"
SCRIPT = Path(__file__).with_name("an_openid_provider.py")
HERE = "http://127.0.0.1"
BACK = f"{HERE}/sign-in/institution/back"
NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
KEY = RSAKey.generate_key(2048, parameters={"kid": "here"})
OURS = Provider(
    institution_id=1,
    issuer="https://id.example",
    client_id="reunir",
    second_factors=["mfa", "https://id.example/acr/two"],
)


def a_token(key=KEY, algorithm="RS256", **changed):
    said = {
        "iss": OURS.issuer,
        "aud": OURS.client_id,
        "sub": "rosa",
        "nonce": "asked",
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(minutes=5)).timestamp()),
    }
    said = {name: value for name, value in (said | changed).items() if value is not None}
    algorithms = [algorithm]
    return joserfc.jwt.encode(
        {"alg": algorithm, "kid": "here"}, said, key, algorithms=algorithms
    )


def judge(token, key=KEY, at=NOW):
    keys = {"keys": [key.as_dict(private=False)]}
    return judge_token(token, keys, OURS, nonce="asked", at=at)


def seconds(offset):
    return int(NOW.timestamp()) + offset


def test_a_true_word_is_believed():
    vouched = judge(a_token())

    assert (vouched.subject, vouched.second_factor) == ("rosa", False)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "somebody else"},
        {"aud": ["somebody else"]},
        {"aud": None},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": seconds(-61)},
        {"exp": None},
        {"iat": seconds(120)},
        {"nbf": seconds(120)},
        {"sub": None},
        {"sub": 7},
        {"aud": ["reunir", "other"], "azp": "other"},
    ],
    ids=str,
)
def test_a_word_about_something_else_is_not_believed(changed):
    with pytest.raises(WrongProof):
        judge(a_token(**changed))


def test_a_word_signed_by_another_key_is_not_believed():
    stranger = RSAKey.generate_key(2048, parameters={"kid": "here"})

    with pytest.raises(WrongProof):
        judge(a_token(stranger))


def test_a_word_signed_by_nobody_is_not_believed():
    _, said, _ = a_token().split(".")

    # RFC 7515: {"alg":"none"} and an empty signature.
    with pytest.raises(WrongProof):
        judge(f"eyJhbGciOiJub25lIn0.{said}.")


def test_a_word_signed_with_the_public_key_as_a_secret_is_not_believed():
    # joserfc itself would not sign so; an attacker does it by hand.
    _, said, _ = a_token().split(".")
    head = urlsafe(b'{"alg":"HS256","kid":"here"}')
    secret = KEY.as_pem(private=False)
    signed = urlsafe(hmac.digest(secret, f"{head}.{said}".encode(), "sha256"))

    with pytest.raises(WrongProof):
        judge(f"{head}.{said}.{signed}")


def urlsafe(told):
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


@pytest.mark.parametrize("token", ["", "a.b.c", "not a token", a_token()[:-4] + "AAAA"])
def test_what_is_no_token_is_not_believed(token):
    with pytest.raises(WrongProof):
        judge(token)


@pytest.mark.parametrize(
    ("said", "is_second"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "https://id.example/acr/two"}, True),
        ({"amr": ["pwd"]}, False),
        ({"acr": "2"}, False),
        ({"amr": "mfa"}, False),
    ],
)
def test_a_second_factor_is_believed_only_by_agreed_words(said, is_second):
    assert judge(a_token(**said)).second_factor == is_second


@pytest.mark.parametrize(
    "address", ["http://id.example", "ftp://id.example", "id.example", "http://10.0.0.1"]
)
def test_a_provider_is_spoken_with_over_https_only(address):
    with pytest.raises(InvalidInput):
        demand_safe_address(address)


@pytest.fixture(scope="module")
def provider():
    """Start a real provider beside us."""
    if not TOOLS.exists():
        pytest.fail("The tools are not installed: make test does that.")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [TOOLS, SCRIPT, str(port), BACK], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    issuer = f"http://127.0.0.1:{port}"
    wait_for(f"{issuer}/.well-known/openid-configuration", process)
    yield issuer
    process.terminate()
    process.wait(timeout=10)


def wait_for(address, process, patience=60):
    until = time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        try:
            return httpx.get(address, timeout=5)
        except httpx.HTTPError:
            time.sleep(0.2)
    return pytest.fail("the provider does not start")


@pytest.fixture
def world(database, admin, dora, app, provider, monkeypatch):
    """Somebody invited to an institution that has a provider, and the time it really is."""
    at = datetime.now(UTC)
    app.state.clock = lambda: datetime.now(UTC)
    monkeypatch.setenv("REUNIR_PUBLIC_URL", HERE)
    settings.cache_clear()
    with database.transaction(admin) as session:
        employer = session.scalars(
            sa.select(Institution).where(Institution.name.contains("comite"))
        ).one()
        issuer = httpx.get(f"{provider}/.well-known/openid-configuration").json()["issuer"]
        set_provider(
            session,
            admin,
            employer,
            issuer=issuer,
            client_id=people.CLIENT,
            client_secret=people.SECRET,
            second_factors=[],
            at=at,
        )
        account = add_account(
            session,
            admin,
            employer,
            sign_in_name="rosa@comite",
            display_name="Rosa",
            role=Role.LIAISON_OFFICER,
            at=at,
        )
        link = invitations.invite(session, admin, account, at=at)
    with database.transaction(dora) as session:
        invitation = session.scalars(sa.select(Invitation)).one()
        code = invitations.confirm_invitation(session, dora, invitation, at=at)
    yield SimpleNamespace(institution=employer.id, link=link, code=code, issuer=issuer)
    settings.cache_clear()


def sign_in_there(address, name):
    """Go through the provider's own pages as a person does, to where it sends back to."""
    with httpx.Client(follow_redirects=False, timeout=20) as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                target = urljoin(str(answer.url), answer.headers["location"])
                if target.startswith(BACK):
                    return target
                answer = browser.get(target)
                continue
            answer = browser.post(answer.url, data=filled(answer.text, name))
    return pytest.fail("the provider sends nobody back")


def filled(page, name):
    fields = {
        found[1]: html.unescape(found[2])
        for found in re.finditer(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page)
    }
    if 'name="password"' in page:
        return fields | {"password": people.PEOPLE[name]}
    if 'name="login"' in page:
        return fields | {"login": name}
    return fields | {"answer": "accept"}


def come_back(client, address):
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def link_rosa(client, world):
    page = client.post(f"/invitation/{world.link}/institution", data={"code": world.code})
    address = html.unescape(re.search(rf'href="({world.issuer}[^"]+)"', page.text)[1])
    return come_back(client, sign_in_there(address, "rosa"))


def leave(client, world):
    answer = client.get(f"/sign-in/institution/{world.institution}", follow_redirects=False)
    return answer.headers["location"]


def test_somebody_invited_is_linked_once_and_comes_in_by_their_institution(
    client, world, database, admin
):
    linked = link_rosa(client, world)
    client.cookies.clear()

    answer = come_back(client, sign_in_there(leave(client, world), "rosa"))

    with database.transaction(admin) as session:
        account = find_account(session, "rosa@comite")
    assert (linked.status_code, answer.status_code) == (200, 200)
    assert account.provider_subject == "rosa"
    assert account.role == Role.LIAISON_OFFICER
    # The provider said nothing of a second factor: ours is asked for.
    assert client.get("/sign-in").url.path == "/sign-in/enrol"


def test_whoever_was_not_invited_is_not_let_in(client, world, database, admin):
    answer = come_back(client, sign_in_there(leave(client, world), "uninvited"))

    with database.transaction(admin) as session:
        accounts = session.scalar(
            sa.select(sa.func.count()).where(Account.provider_subject.is_not(None))
        )
    assert (answer.status_code, accounts) == (401, 0)


def test_an_answer_opens_nothing_in_another_browser(app, client, world):
    link_rosa(client, world)
    client.cookies.clear()
    address = sign_in_there(leave(client, world), "rosa")

    with TestClient(app, base_url=HERE) as stranger:
        answer = come_back(stranger, address)

    assert answer.status_code == 401


def test_an_answer_with_another_state_opens_nothing(client, world):
    link_rosa(client, world)
    client.cookies.clear()
    address = sign_in_there(leave(client, world), "rosa")

    answer = come_back(client, re.sub(r"state=[^&]+", "state=another", address))

    assert answer.status_code == 401


def test_an_answer_opens_once(client, world):
    link_rosa(client, world)
    client.cookies.clear()
    address = sign_in_there(leave(client, world), "rosa")
    ceremony = client.cookies["reunir_ceremony"]

    first = come_back(client, address)
    client.cookies.clear()
    client.cookies.set("reunir_ceremony", ceremony, domain="127.0.0.1", path="/")
    second = come_back(client, address)

    assert (first.status_code, second.status_code) == (200, 401)


def test_a_provider_that_does_not_answer_is_said_so(client, world, database, admin):
    with database.transaction(admin) as session:
        session.execute(sa.update(Provider).values(issuer="http://127.0.0.1:9"))

    answer = client.get(f"/sign-in/institution/{world.institution}")

    assert answer.status_code == 401


def test_the_duty_is_never_what_a_provider_says():
    # The planted fault would be a claim that is read: none but these ever is.
    vouched = judge(a_token(roles=["administrator"], groups=["forensic_coordinator"]))

    assert set(vouched.__slots__) == {"subject", "second_factor"}
