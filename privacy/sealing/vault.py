"""Keys in HashiCorp Vault's transit engine: the wrapping key never leaves that server.

Written against the documented HTTP contract: `POST /v1/<mount>/encrypt/<name>` and
`/decrypt/<name>` with `batch_input` and `associated_data`, `POST …/keys/<name>/rotate`,
`GET …/keys/<name>`, `POST …/keys/<name>/config` and `…/trim`. Rotation decrypts and encrypts
again instead of calling `rewrap`, because the binding to the case must be proven and given
anew. The list of erased cases stands in the key-value engine (version 2) of the same server.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx

from privacy.errors import KeyDestroyed, KeysUnavailable, WrongKeys
from privacy.sealing.providers import Wrapped, binding_of

AT_A_TIME = 1_000
_NO_SUCH = 404
_REFUSED = 400


class VaultKeys:
    """The transit key at `https://server/<mount>/keys/<name>`."""

    def __init__(self, address: str, token_file: Path) -> None:
        parts = urlsplit(address)
        mount, _, name = parts.path.strip("/").partition("/keys/")
        if not (parts.scheme and parts.netloc and mount and name):
            raise KeysUnavailable(
                "REUNIR_KEYS must read vault:https://server/transit/keys/name."
            )
        if parts.scheme != "https" and not _is_this_machine(parts.hostname or ""):
            raise KeysUnavailable(
                "Keys cross no network in clear: REUNIR_KEYS must name Vault by https, except "
                "on this very machine."
            )
        self._transit, self._name = f"/v1/{mount}", name
        self._erased = f"/v1/secret/%s/reunir/{name}/erased"
        self._token_file = token_file
        self._client = httpx.Client(base_url=f"{parts.scheme}://{parts.netloc}", timeout=30)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def newest(self) -> int:
        return int(self._key()["latest_version"])

    def versions(self) -> frozenset[int]:
        key = self._key()
        oldest = int(key["min_decryption_version"])
        return frozenset(version for version in map(int, key["keys"]) if version >= oldest)

    def wrap(self, keys: Mapping[UUID, bytes | bytearray]) -> dict[UUID, Wrapped]:
        """Wrap many keys, a thousand in each request."""
        items = [
            {"plaintext": _text(key), "associated_data": _text(binding_of(case))}
            for case, key in keys.items()
        ]
        answers = self._batch("encrypt", items)
        return {
            case: _wrapped(answer["ciphertext"])
            for case, answer in zip(keys, answers, strict=True)
        }

    def unwrap(self, wrapped: Mapping[UUID, Wrapped]) -> dict[UUID, bytearray]:
        """Unwrap many keys, none of an erased case."""
        if not self.destroyed().isdisjoint(wrapped):
            raise KeyDestroyed
        items = [
            {
                "ciphertext": each.sealed.decode("ascii", "replace"),
                "associated_data": _text(binding_of(case)),
            }
            for case, each in wrapped.items()
        ]
        answers = self._batch("decrypt", items)
        return {
            case: bytearray(b64decode(answer["plaintext"]))
            for case, answer in zip(wrapped, answers, strict=True)
        }

    def rotate(self) -> int:
        """Have the server make a new version."""
        self._ask("POST", f"{self._transit}/keys/{self._name}/rotate")
        return self.newest()

    def retire(self, version: int) -> None:
        """Have the server destroy this version and all before it."""
        if version >= self.newest():
            raise KeysUnavailable("The newest key cannot be retired: rotate first.")
        lowest = {"min_decryption_version": version + 1, "min_encryption_version": 0}
        key = f"{self._transit}/keys/{self._name}"
        self._ask("POST", f"{key}/config", json=lowest)
        self._ask("POST", f"{key}/trim", json={"min_available_version": version + 1})

    def destroy(self, case: UUID, *, at: datetime) -> None:
        """Write the case down as erased, beside the wrapping key."""
        entry = {"data": {"at": at.isoformat()}}
        self._ask("POST", f"{self._erased % 'data'}/{case}", json=entry)

    def destroyed(self) -> frozenset[UUID]:
        """Read the list each time: another machine may have erased a case a moment ago."""
        path = f"{self._erased % 'metadata'}/"
        answer = self._ask("GET", path, params={"list": "true"}, missing_is_fine=True)
        return frozenset(map(UUID, answer["data"]["keys"])) if answer else frozenset()

    def _key(self) -> dict[str, Any]:
        key: dict[str, Any] = self._ask("GET", f"{self._transit}/keys/{self._name}")["data"]
        return key

    def _batch(self, verb: str, items: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
        answers: list[dict[str, str]] = []
        for some in _in_parts(items):
            path = f"{self._transit}/{verb}/{self._name}"
            answer = self._ask("POST", path, json={"batch_input": list(some)})
            answers += answer["data"]["batch_results"]
        if any(answer.get("error") for answer in answers):
            raise WrongKeys(
                "Vault does not open what this database holds: its key is another one, was "
                "trimmed, or a wrapped key was changed. Set REUNIR_KEYS to the key in use "
                "when the database was written."
            )
        return answers

    def _ask(
        self, method: str, path: str, *, missing_is_fine: bool = False, **body: Any
    ) -> dict[str, Any]:
        try:
            token = self._token_file.read_text("utf-8").strip()
            answer = self._client.request(
                method, path, headers={"X-Vault-Token": token}, **body
            )
            if missing_is_fine and answer.status_code == _NO_SUCH:
                return {}
            if answer.status_code == _REFUSED and "batch_input" in body.get("json", {}):
                # A batch of which every item failed is answered as a bad request.
                return answer.json() if "data" in answer.json() else _all_failed(body["json"])
            answer.raise_for_status()
            return answer.json() if answer.content else {}
        except (httpx.HTTPError, OSError, ValueError) as error:
            raise KeysUnavailable(
                f"The key server does not give the keys ({type(error).__name__}). See that it "
                "runs and is unsealed, and that the token in REUNIR_KEYS_TOKEN_FILE is valid."
            ) from error


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _all_failed(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"data": {"batch_results": [{"error": "refused"} for _ in asked["batch_input"]]}}


def _wrapped(ciphertext: str) -> Wrapped:
    return Wrapped(ciphertext.encode(), int(ciphertext.split(":")[1].removeprefix("v")))


def _in_parts(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[at : at + AT_A_TIME] for at in range(0, len(items), AT_A_TIME))


def _text(raw: bytes | bytearray) -> str:
    return b64encode(raw).decode()
