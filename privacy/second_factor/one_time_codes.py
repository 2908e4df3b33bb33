"""One-time codes from a telephone (TOTP, RFC 6238): the fallback where no passkey works.

A code holds for thirty seconds and is accepted one step early or late. It works once: whoever
checks a code keeps the step it belonged to and asks for a later one next time.
"""

from datetime import datetime
from hmac import compare_digest

import pyotp

from privacy.errors import ClockWentBack

STEP_S = 30  # RFC 6238 section 5.2 recommends thirty seconds
DIGITS = 6
NEIGHBOURS = 1  # RFC 6238 section 5.2: at most one step for delay in the network
ISSUER = "reunir"


def new_secret() -> str:
    """Draw a secret of 160 bits, as long as the hash (RFC 4226 section 4, R6)."""
    return pyotp.random_base32()


def provisioning_address(secret: str, sign_in_name: str) -> str:
    """Give the `otpauth:` address that a telephone reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in_name, issuer_name=ISSUER)


def in_groups(secret: str) -> str:
    """Write a secret in groups of four, for whoever types it in."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def step_of(at: datetime) -> int:
    """Give the number of the half minute that an instant stands in."""
    return int(at.timestamp()) // STEP_S


def matching_step(secret: str, code: str, *, at: datetime, last_step: int) -> int | None:
    """Find the step that `code` belongs to, later than the last one used; None if none fits.

    Raises
    ------
    ClockWentBack
        If the last code accepted lies further ahead than any code may: this clock was later.
    """
    now = step_of(at)
    if last_step > now + NEIGHBOURS:
        raise ClockWentBack(
            "The server's clock stands before the last code that it accepted. Set the clock "
            "right; until then codes are refused and passkeys go on working."
        )
    given = "".join(code.split())
    # Each candidate is compared, whether or not one fitted: the time says nothing.
    fitting = [
        step
        for step in range(now - NEIGHBOURS, now + NEIGHBOURS + 1)
        if compare_digest(_code(secret, step).encode(), given.encode())
    ]
    return next((step for step in fitting if step > last_step), None)


def _code(secret: str, step: int) -> str:
    return pyotp.TOTP(secret, digits=DIGITS).at(step * STEP_S)
