"""A signed root can be read by whoever holds the public key, and by nobody changed."""

from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from privacy.audit.checkpoint import Checkpoint, Verifier, read_checkpoint, sign
from privacy.errors import UnreadableCheckpoint

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VERIFIER = Verifier("invented.example/action-log", KEY.public_key())


@pytest.fixture
def checkpoint(noon):
    return Checkpoint("invented.example/action-log", 12, sha256(b"twelve lines").digest(), noon)


@pytest.fixture
def note(checkpoint):
    return sign(checkpoint, KEY)


def test_what_was_signed_is_read_back(note, checkpoint):
    assert read_checkpoint(note, VERIFIER) == checkpoint


def test_a_checkpoint_is_written_as_c2sp_asks(note, checkpoint):
    text, signature = note.split("\n\n")
    origin, size, root, _time = text.split("\n")
    dash, name, signed = signature.split()

    assert (origin, size, root) == (
        "invented.example/action-log",
        "12",
        b64encode(checkpoint.root).decode(),
    )
    assert (dash, name) == ("\N{EM DASH}", origin)
    # signed-note: key ID = SHA-256(name || 0x0A || 0x01 || public key), its first four bytes.
    key_id = sha256(f"{name}\n".encode() + b"\x01" + KEY.public_key().public_bytes_raw())
    assert b64decode(signed)[:4] == key_id.digest()[:4]
    KEY.public_key().verify(b64decode(signed)[4:], f"{text}\n".encode())


@pytest.mark.parametrize(
    ("signed", "changed"),
    [("\n12\n", "\n11\n"), ("2026", "2027"), ("\n\n", "\nmore\n\n"), ("time", "date")],
)
def test_a_changed_checkpoint_is_refused(note, signed, changed):
    with pytest.raises(UnreadableCheckpoint, match="changed after it was signed"):
        read_checkpoint(note.replace(signed, changed), VERIFIER)


def test_no_checkpoint_cut_short_is_read(note):
    for length in range(len(note)):
        with pytest.raises(UnreadableCheckpoint):
            read_checkpoint(note[:length], VERIFIER)


def test_a_signature_that_is_not_base64_is_refused(note):
    with pytest.raises(UnreadableCheckpoint, match="signature is cut short"):
        read_checkpoint(note[:-2] + "\n", VERIFIER)


def test_another_key_is_refused(note):
    other = Verifier(VERIFIER.name, Ed25519PrivateKey.generate().public_key())

    with pytest.raises(UnreadableCheckpoint, match="not signed with the key"):
        read_checkpoint(note, other)


def test_a_second_institutions_signature_may_stand_beside_ours(note, checkpoint):
    witness = sign(replace(checkpoint, origin="witness.example"), KEY).splitlines()[-1]
    ours = note.splitlines()[-1]
    both = note.replace(ours, f"{witness}\n{ours}")

    assert read_checkpoint(both, VERIFIER) == checkpoint


def signed_text(text):
    signature = b64encode(VERIFIER.key_id + KEY.sign(text.encode())).decode()
    return f"{text}\n\N{EM DASH} {VERIFIER.name} {signature}\n"


@pytest.mark.parametrize(
    ("line", "wrong"),
    [(1, "twelve"), (1, "012"), (2, "not base64"), (2, "c2hvcnQ="), (3, "time yesterday")],
)
def test_something_else_under_a_good_signature_is_no_checkpoint(checkpoint, line, wrong):
    lines = checkpoint.text().split("\n")
    lines[line] = wrong

    with pytest.raises(UnreadableCheckpoint, match="no checkpoint of ours"):
        read_checkpoint(signed_text("\n".join(lines)), VERIFIER)


def test_too_few_lines_under_a_good_signature_are_no_checkpoint():
    with pytest.raises(UnreadableCheckpoint, match="no checkpoint of ours"):
        read_checkpoint(signed_text("only one line\n"), VERIFIER)


def test_another_logs_checkpoint_is_refused(checkpoint):
    of_another = replace(checkpoint, origin="another.example/action-log")

    with pytest.raises(UnreadableCheckpoint, match=r"of another log: another\.example"):
        read_checkpoint(signed_text(of_another.text()), VERIFIER)


def test_the_time_is_kept_to_the_microsecond_and_in_utc(checkpoint):
    precise = replace(checkpoint, at=checkpoint.at + timedelta(microseconds=1))

    assert read_checkpoint(sign(precise, KEY), VERIFIER) == precise
    assert "+00:00" in precise.text()


def test_a_public_key_is_read_back():
    assert Verifier.of(f"{VERIFIER.text()}\n").text() == VERIFIER.text()


@pytest.mark.parametrize("text", ["", "name+only", "name+0000+!!!!", "name+00000000+AQID"])
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(UnreadableCheckpoint, match="not the public key"):
        Verifier.of(text)


def test_a_public_key_under_another_name_is_refused():
    with pytest.raises(UnreadableCheckpoint, match="changed or cut short"):
        Verifier.of(VERIFIER.text().replace("invented", "another"))
