"""The key that signs the log is made once, closed to others, and never guessed at."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from privacy.audit.checkpoint import Verifier
from privacy.audit.signing_key import load_signing_key, make_signing_key
from privacy.errors import NoSigningKey


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys" / "log-signing.pem"


def test_the_key_is_made_closed_to_others_with_its_public_half_beside_it(path):
    assert make_signing_key(path, name="invented.example/action-log")

    key = load_signing_key(path)
    public = Verifier.of(path.with_suffix(".pub").read_text("utf-8"))
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o077) == (0o600, 0)
    assert public.key == key.public_key()
    assert public.name == "invented.example/action-log"


def test_a_key_that_is_there_is_never_replaced(path):
    make_signing_key(path, name="invented.example/action-log")
    first = path.read_bytes()

    assert not make_signing_key(path, name="invented.example/action-log")
    assert path.read_bytes() == first


def test_a_missing_key_is_refused_with_what_to_do(path):
    with pytest.raises(NoSigningKey, match="Put it back from its back-up"):
        load_signing_key(path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(path, mode):
    make_signing_key(path, name="invented.example/action-log")
    path.chmod(mode)

    with pytest.raises(NoSigningKey, match="open to others"):
        load_signing_key(path)


def test_a_damaged_key_is_refused(path):
    make_signing_key(path, name="invented.example/action-log")
    path.write_bytes(path.read_bytes()[:40])

    with pytest.raises(NoSigningKey, match="damaged"):
        load_signing_key(path)


def test_another_kind_of_key_is_refused(path):
    make_signing_key(path, name="invented.example/action-log")
    other = X25519PrivateKey.generate()
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    with pytest.raises(NoSigningKey, match="another kind"):
        load_signing_key(path)
