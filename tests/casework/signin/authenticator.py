"""A passkey in software, for answers that no honest browser would give.

`test_passkeys_in_a_browser.py` does with Chromium's own authenticator what this one does here.
"""

import json
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


class Authenticator:
    """Holds one key, and signs for whatever origin it is told."""

    def __init__(self, host="localhost"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = sha256(str(id(self)).encode()).digest()
        self.host = host
        self.count = 0
        self.handle = None

    def make(self, options, origin, flags=PRESENT | VERIFIED):
        """Answer a question for a new passkey."""
        self.handle = options["user"]["id"]
        client = self._client("webauthn.create", options, origin)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(flags | HAS_KEY)}
        return self._told(clientDataJSON=client, attestationObject=cbor2.dumps(attestation))

    def prove(self, options, origin, flags=PRESENT | VERIFIED, count=None):
        """Answer a question for a proof."""
        self.count = self.count + 1 if count is None else count
        client = self._client("webauthn.get", options, origin)
        data = self._data(flags)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._told(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _client(self, kind, options, origin):
        told = {"type": kind, "challenge": options["challenge"], "origin": origin}
        return json.dumps(told).encode()

    def _data(self, flags):
        data = sha256(self.host.encode()).digest() + bytes([flags])
        data += self.count.to_bytes(4, "big")
        return data + self._public() if flags & HAS_KEY else data

    def _public(self):
        numbers = self.key.public_key().public_numbers()
        # RFC 9053: a key of the kind EC2, for ES256, on P-256.
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        length = len(self.credential_id).to_bytes(2, "big")
        return bytes(16) + length + self.credential_id + cbor2.dumps(cose)

    def _told(self, **response):
        told = {name: bytes_to_base64url(value) for name, value in response.items()}
        if self.handle and "signature" in response:
            told["userHandle"] = self.handle
        named = bytes_to_base64url(self.credential_id)
        return json.dumps(
            {
                "id": named,
                "rawId": named,
                "type": "public-key",
                "clientExtensionResults": {},
                "response": told,
            }
        )
