"""A real browser with a real authenticator makes a passkey and comes in with it."""

import socket
import threading
import time

import pytest
import uvicorn

from casework.settings import settings
from casework.web.app import create_app
from tests.conftest import pace_of_a_test

pytestmark = pytest.mark.browser


@pytest.fixture
def address(database, monkeypatch):
    """Serve the registry under a name, for browsers make no passkeys for a number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("REUNIR_PUBLIC_URL", f"http://localhost:{port}")
    settings.cache_clear()
    app = create_app(database, pace=pace_of_a_test())
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://localhost:{port}"
    server.should_exit = True
    thread.join(timeout=10)
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def page(browser, address):
    """A page whose browser has an authenticator that knows its holder."""
    context = browser.new_context(base_url=address, locale="es-MX")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: page.complaints.append(said.text) if said.type == "error" else None,
    )
    page.authenticator = add_authenticator(context, page)
    yield page
    context.close()


def add_authenticator(context, page):
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def make_a_passkey(page):
    page.goto("/sign-in")
    page.fill("#sign_in_name", "amal")
    page.fill("#password", "una frase bastante larga")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/enrol")
    page.fill("#label", "teléfono")
    page.click("text=Crear la llave")
    page.wait_for_url("**/purpose")


def test_r31_a_browser_makes_a_passkey_and_comes_in_with_it_alone(page):
    make_a_passkey(page)
    page.click("text=Salir")
    page.wait_for_url("**/sign-in")

    page.click("text=Entrar con llave de acceso")
    page.wait_for_url("**/purpose")
    page.click("text=Búsqueda")
    page.goto("/me")

    assert page.locator("text=teléfono").count() >= 1
    assert page.complaints == []


def test_r31_a_passkey_confirms_a_step_up_and_leads_back(page):
    make_a_passkey(page)

    page.goto("/step-up?next=/incidents")
    page.click("text=Usar mi llave de acceso")
    page.wait_for_url("**/incidents")

    assert page.complaints == []


def test_r31_the_browser_gives_the_passkey_to_no_other_origin(page, address):
    make_a_passkey(page)
    page.click("text=Salir")
    page.wait_for_url("**/sign-in")

    # The same server under another name is another site to the browser.
    page.goto(address.replace("localhost", "127.0.0.1") + "/sign-in")
    outcome = page.evaluate(
        """async () => {
            const challenge = new Uint8Array(32);
            try {
                await navigator.credentials.get({publicKey: {challenge, rpId: "localhost"}});
                return "given";
            } catch (refusal) { return refusal.name; }
        }"""
    )

    assert outcome == "SecurityError"
