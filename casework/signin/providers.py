"""Coming in by the institution's own OpenID provider: authorization code, PKCE, nonce, state.

The provider says who somebody is, and nothing of what they may do: the duty stands in the
account that an administrator gave and another person confirmed.
"""

import secrets
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import httpx
import joserfc.jwt
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.deprecate import AuthlibDeprecationWarning  # type: ignore[import-untyped]
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from casework.errors import InvalidInput
from casework.signin.credentials import Provider
from privacy.errors import WrongProof

with warnings.catch_warnings():
    # It would rather have a successor of httpx, and says so to whoever starts reunir.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from joserfc.jwk import KeySetSerialization

# What a token may be signed with: a pair of keys, never a shared secret and never nothing.
ALGORITHMS = tuple(f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512))
CLOCKS_DIFFER_S = 60
PATIENCE_S = 5.0
VERIFIER_BYTES = 48


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider is asked, by its own word."""

    authorization: str
    token: str
    keys: str
    authentication: str  # how it wants to be shown the client's secret


@dataclass(frozen=True, slots=True)
class Question:
    """Where a browser is sent, and what it must bring back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for, and whether with a second factor."""

    subject: str
    second_factor: bool


def demand_safe_address(address: str) -> None:
    """Let only https be spoken with a provider, except on this very machine.

    Raises
    ------
    InvalidInput
        If the address is another.
    """
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and _is_this_machine(parts.hostname or ""):
        return
    raise InvalidInput("An identity provider is spoken with over https only.")


def find_endpoints(issuer: str) -> Endpoints:
    """Ask a provider where it is asked.

    Raises
    ------
    WrongProof
        If it does not answer, or answers for another issuer.
    """
    told = _fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    try:
        if told["issuer"] != issuer:
            raise WrongProof
        found = Endpoints(
            authorization=str(told["authorization_endpoint"]),
            token=str(told["token_endpoint"]),
            keys=str(told["jwks_uri"]),
            authentication=_authentication(told),
        )
        for address in (found.authorization, found.token, found.keys):
            demand_safe_address(address)
    except (KeyError, InvalidInput) as error:
        raise WrongProof from error
    return found


def ask_provider(provider: Provider, endpoints: Endpoints, *, back: str) -> Question:
    """Make up the question that one browser takes to the provider."""
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    verifier = secrets.token_urlsafe(VERIFIER_BYTES)
    with OAuth2Client(
        client_id=provider.client_id,
        scope="openid",
        redirect_uri=back,
        code_challenge_method="S256",
    ) as client:
        address, _ = client.create_authorization_url(
            endpoints.authorization, state=state, nonce=nonce, code_verifier=verifier
        )
    return Question(address, state, nonce, verifier)


def exchange_code(
    provider: Provider,
    endpoints: Endpoints,
    *,
    secret: str,
    code: str,
    verifier: str,
    back: str,
) -> str:
    """Exchange the code that a browser brought for the provider's signed word.

    Raises
    ------
    WrongProof
        If the provider does not take it.
    """
    try:
        with OAuth2Client(
            client_id=provider.client_id,
            client_secret=secret,
            token_endpoint_auth_method=endpoints.authentication,
            redirect_uri=back,
            timeout=PATIENCE_S,
        ) as client:
            token = client.fetch_token(endpoints.token, code=code, code_verifier=verifier)
            return str(token["id_token"])
    except (AuthlibBaseError, httpx.HTTPError, KeyError, ValueError) as error:
        raise WrongProof from error


def judge_token(
    token: str,
    keys: Mapping[str, Any],
    provider: Provider,
    *,
    nonce: str,
    at: datetime,
) -> Vouched:
    """Judge a provider's word: signed by its keys, about this question, for us, and now.

    Raises
    ------
    WrongProof
        If any of it does not hold.
    """
    try:
        word = joserfc.jwt.decode(
            token,
            KeySet.import_key_set(cast("KeySetSerialization", keys)),
            algorithms=list(ALGORITHMS),
        )
        joserfc.jwt.JWTClaimsRegistry(
            now=int(at.timestamp()),
            leeway=CLOCKS_DIFFER_S,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(word.claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise WrongProof from error
    claims = word.claims
    meant_for = claims.get("azp", provider.client_id)
    if meant_for != provider.client_id or not isinstance(claims["sub"], str):
        raise WrongProof
    return Vouched(claims["sub"], _second_factor_in(claims, provider))


def fetch_keys(endpoints: Endpoints) -> Mapping[str, Any]:
    """Fetch the keys that a provider signs with.

    Raises
    ------
    WrongProof
        If it does not answer.
    """
    return _fetch(endpoints.keys)


def _second_factor_in(claims: Mapping[str, Any], provider: Provider) -> bool:
    """Believe a second factor only where it was agreed which words mean one."""
    said = claims.get("amr")
    words = {str(each) for each in said} if isinstance(said, list) else set()
    words.add(str(claims.get("acr", "")))
    return not words.isdisjoint(provider.second_factors)


def _fetch(address: str) -> Mapping[str, Any]:
    try:
        answer = httpx.get(address, timeout=PATIENCE_S, follow_redirects=False)
        answer.raise_for_status()
        told = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise WrongProof from error
    if not isinstance(told, dict):
        raise WrongProof
    return told


def _authentication(told: Mapping[str, Any]) -> str:
    offered = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
