"""Vault's transit engine, against a small real server that keeps its documented contract.

No Vault can be installed where these tests run: the server below is ours. It speaks HTTP over
a socket and really encrypts; what it cannot show is that Vault itself answers as documented.
"""

import json
import os
import threading
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.errors import KeyDestroyed, KeysUnavailable, WrongKeys
from privacy.sealing.cipher import new_key
from privacy.sealing.vault import AT_A_TIME, VaultKeys

NOW = datetime(2026, 3, 9, tzinfo=UTC)
TOKEN = "s.invented"


class Transit:
    """One transit key with its versions, and a key-value store."""

    def __init__(self):
        self.keys, self.lowest, self.kept, self.requests = {1: os.urandom(32)}, 1, {}, []

    def encrypt(self, item):
        version = max(self.keys)
        nonce = os.urandom(12)
        sealed = AESGCM(self.keys[version]).encrypt(
            nonce, b64decode(item["plaintext"]), b64decode(item["associated_data"])
        )
        text = b64encode(nonce + sealed).decode()
        return {"ciphertext": f"vault:v{version}:{text}", "key_version": version}

    def decrypt(self, item):
        try:
            _, version, text = item["ciphertext"].split(":")
            raw, number = b64decode(text), int(version[1:])
            if number < self.lowest:
                return {"error": "ciphertext or signature version is disallowed by policy"}
            place = b64decode(item["associated_data"])
            clear = AESGCM(self.keys[number]).decrypt(raw[:12], raw[12:], place)
        except (InvalidTag, ValueError, KeyError):
            return {"error": "cipher: message authentication failed"}
        return {"plaintext": b64encode(clear).decode()}

    def answer(self, method, path, body):
        """Answer as the documentation of the HTTP API says: a status and a body."""
        self.requests.append((method, path))
        verb, _, rest = path.removeprefix("/v1/").partition("/")
        if verb == "secret":
            return self.keep(method, rest, body)
        if rest in {"encrypt/reunir", "decrypt/reunir"}:
            work = self.encrypt if rest.startswith("encrypt") else self.decrypt
            results = [work(item) for item in body["batch_input"]]
            is_all_wrong = all("error" in each for each in results)
            return (400 if is_all_wrong else 200), {"data": {"batch_results": results}}
        if rest == "keys/reunir/rotate":
            self.keys[max(self.keys) + 1] = os.urandom(32)
        if rest == "keys/reunir/config":
            self.lowest = body["min_decryption_version"]
        if rest == "keys/reunir/trim":
            self.keys = {
                v: key for v, key in self.keys.items() if v >= body["min_available_version"]
            }
        known = {
            "latest_version": max(self.keys),
            "min_decryption_version": self.lowest,
            "keys": dict.fromkeys(map(str, self.keys), 0),
        }
        return 200, {"data": known}

    def keep(self, method, path, body):
        """Keep secrets of version 2: written at `data/…`, listed at `metadata/…?list=true`."""
        kind, _, name = path.partition("/")
        if method == "POST" and kind == "data":
            self.kept[name] = body["data"]
            return 200, {"data": {"version": 1}}
        folder = name.partition("?")[0]
        names = [each.removeprefix(folder) for each in self.kept if each.startswith(folder)]
        return (200, {"data": {"keys": names}}) if names else (404, {"errors": []})


@pytest.fixture
def transit():
    return Transit()


@pytest.fixture
def address(transit):
    class Handler(BaseHTTPRequestHandler):
        def respond(self):
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            if self.headers["X-Vault-Token"] != TOKEN:
                status, said = 403, {"errors": ["permission denied"]}
            else:
                status, said = transit.answer(self.command, self.path, body)
            told = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_POST = respond  # noqa: N815 - the library's names

        def log_message(self, *_said):
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/transit/keys/reunir"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def token_file(tmp_path):
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    return tmp_path / "token"


@pytest.fixture
def provider(address, token_file):
    opened = VaultKeys(address, token_file)
    yield opened
    opened.close()


def test_many_keys_are_wrapped_and_unwrapped_in_few_requests(provider, transit):
    keys = {uuid4(): new_key() for _ in range(AT_A_TIME + 1)}

    assert provider.unwrap(provider.wrap(keys)) == keys
    assert sum(path.endswith("encrypt/reunir") for _, path in transit.requests) == 2


def test_a_wrapped_key_unwraps_for_no_other_case(provider):
    case = uuid4()
    wrapped = provider.wrap({case: new_key()})

    with pytest.raises(WrongKeys):
        provider.unwrap({uuid4(): wrapped[case]})


def test_one_wrong_key_among_many_refuses_them_all(provider):
    first, second = uuid4(), uuid4()
    wrapped = provider.wrap({first: new_key(), second: new_key()})

    with pytest.raises(WrongKeys):
        provider.unwrap({first: wrapped[first], second: wrapped[first]})


def test_rotating_keeps_the_old_version_until_it_is_retired(provider):
    case = uuid4()
    old = provider.wrap({case: new_key()})

    assert provider.rotate() == 2
    assert provider.unwrap(old).keys() == {case}
    assert provider.wrap({case: new_key()})[case].version == 2
    provider.retire(1)
    assert provider.versions() == {2}
    with pytest.raises(WrongKeys):
        provider.unwrap(old)


def test_the_newest_version_cannot_be_retired(provider):
    with pytest.raises(KeysUnavailable, match="rotate first"):
        provider.retire(1)


def test_r20_an_erased_case_is_refused_from_every_machine(provider, address, token_file):
    case = uuid4()
    wrapped = provider.wrap({case: new_key()})
    another_machine = VaultKeys(address, token_file)

    another_machine.destroy(case, at=NOW)
    another_machine.close()

    with pytest.raises(KeyDestroyed):
        provider.unwrap(wrapped)


def test_a_refused_token_says_what_to_do(provider, token_file):
    token_file.write_text("s.wrong")

    with pytest.raises(KeysUnavailable, match="REUNIR_KEYS_TOKEN_FILE"):
        provider.wrap({uuid4(): new_key()})


@pytest.mark.parametrize("server", ["http://vault.example", "http://10.0.0.7:8200"])
def test_keys_cross_no_network_in_clear(token_file, server):
    with pytest.raises(KeysUnavailable, match="in clear"):
        VaultKeys(f"{server}/transit/keys/reunir", token_file)

    # Shown to see: by https the same server is taken.
    VaultKeys(f"{server.replace('http', 'https')}/transit/keys/reunir", token_file).close()


def test_a_server_that_is_gone_says_what_to_do(token_file):
    gone = VaultKeys("http://127.0.0.1:9/transit/keys/reunir", token_file)

    with pytest.raises(KeysUnavailable, match="key server"):
        gone.newest()
    gone.close()


@pytest.mark.parametrize("address", ["", "https://keys.invalid", "transit/keys/x"])
def test_an_address_that_names_no_key_is_refused(address, token_file):
    with pytest.raises(KeysUnavailable, match="REUNIR_KEYS must read"):
        VaultKeys(address, token_file)


def test_a_batch_refused_without_a_word_about_any_key_opens_nothing(provider, transit):
    wrapped = provider.wrap({(case := uuid4()): new_key()})
    answer = transit.answer
    transit.answer = lambda method, path, body: (
        (400, {"errors": ["malformed request"]})
        if "decrypt" in path
        else answer(method, path, body)
    )

    with pytest.raises(WrongKeys):
        provider.unwrap({case: wrapped[case]})
