"""Passkeys (WebAuthn): the private key never leaves its holder, nor signs for another origin.

What a browser sends is judged against a challenge that was given to this browser and to no
other, against the registry's own origin and name, and with the holder verified (PIN or body).
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from privacy.errors import WrongProof

NAME = "reunir"
_VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Whom a passkey speaks to: this registry, at this address and no other."""

    host: str
    origin: str

    @classmethod
    def at(cls, public_url: str) -> "RelyingParty":
        parts = urlsplit(public_url)
        return cls(host=parts.hostname or "", origin=f"{parts.scheme}://{parts.netloc}")

    @property
    def can_have_passkeys(self) -> bool:
        """Say whether browsers make passkeys here: for a name, over https or on localhost."""
        is_name = not self.host.replace(".", "").isdigit() and ":" not in self.host
        is_safe = self.origin.startswith("https://") or self.host == "localhost"
        return bool(self.host) and is_name and is_safe


@dataclass(frozen=True, slots=True)
class Asked:
    """A challenge, to be kept here, and what the browser is told of it."""

    challenge: bytes
    options: str  # JSON of the WebAuthn specification


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """The public half of a passkey just made."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def ask_for_a_new_one(
    party: RelyingParty, *, account_id: int, sign_in_name: str, known: list[bytes]
) -> Asked:
    """Ask a browser to make a passkey that can be found without typing a name."""
    options = webauthn.generate_registration_options(
        rp_id=party.host,
        rp_name=NAME,
        user_id=handle_of(account_id),
        user_name=sign_in_name,
        user_display_name=sign_in_name,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
    )
    return Asked(options.challenge, webauthn.options_to_json(options))


def check_new_one(party: RelyingParty, challenge: bytes, answer: str) -> NewPasskey:
    """Accept a passkey just made.

    Raises
    ------
    WrongProof
        If it was made for another origin, for another challenge, or without its holder.
    """
    try:
        made = webauthn.verify_registration_response(
            credential=_parsed(answer),
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise WrongProof from error
    return NewPasskey(made.credential_id, made.credential_public_key, made.sign_count)


def ask_for_a_proof(party: RelyingParty, *, allowed: list[bytes]) -> Asked:
    """Ask a browser to prove that its holder is there; nobody named lets any passkey answer."""
    options = webauthn.generate_authentication_options(
        rp_id=party.host,
        allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in allowed],
        user_verification=_VERIFIED,
    )
    return Asked(options.challenge, webauthn.options_to_json(options))


def credential_named_in(answer: str) -> bytes:
    """Read which passkey an answer says it comes from; nothing is proved by that.

    Raises
    ------
    WrongProof
        If the answer is none.
    """
    try:
        return webauthn.base64url_to_bytes(str(_parsed(answer)["rawId"]))
    except (ValueError, KeyError) as error:
        raise WrongProof from error


def check_proof(
    party: RelyingParty,
    challenge: bytes,
    answer: str,
    *,
    account_id: int,
    public_key: bytes,
    sign_count: int,
) -> int:
    """Accept a proof, and give the passkey's new count of signatures.

    Raises
    ------
    WrongProof
        If it was signed by another key, for another origin or challenge, for another account,
        without its holder, or by a copy whose count has fallen behind.
    """
    given = _parsed(answer)
    try:
        handle = given["response"].get("userHandle")
        proved = webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongProof from error
    if handle and handle != bytes_to_base64url(handle_of(account_id)):
        raise WrongProof
    return proved.new_sign_count


def handle_of(account_id: int) -> bytes:
    """Give the account's handle inside a passkey: its number, and nothing about the person."""
    return f"account:{account_id}".encode()


def _parsed(answer: str) -> dict[str, Any]:
    try:
        given = json.loads(answer)
    except ValueError as error:
        raise WrongProof from error
    if not isinstance(given, dict):
        raise WrongProof
    return given
