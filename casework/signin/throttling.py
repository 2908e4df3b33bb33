"""Guessing is slow, and nobody can be locked out by somebody else's guessing.

An attempt is counted before the password is looked at, by the name and the network it comes
from, and by the network alone; a right password takes its count back. From a browser that its
owner came in with before, attempts are counted by that browser instead: whatever strangers
do, the owner's own browser, and every passkey, go on opening. Nothing here asks whether the
name exists.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from casework.errors import TooOften
from casework.signin.credentials import Attempts, KnownDevice
from casework.signin.model import Account
from casework.signin.queries import token_hash

# Slips of the hand are free; then each failure doubles the pause. A quarter of an hour at most
# allows a stranger 96 guesses a day from one network, and an owner is never gone for long.
FREE_BY_NAME = 5
FREE_BY_NETWORK = 50  # a whole office may stand behind one address
# Codes have six digits: guesses from many networks are counted together, by the account.
FREE_BY_ACCOUNT = 20
LONGEST_PAUSE = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
DEVICE_IS_KNOWN_FOR = timedelta(days=180)
# People type passwords into the field for names. Sixteen bits keep names of one network apart,
# and tell a thief of this table next to nothing of what was typed.
NAME_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Bucket:
    """What failures are counted by, and how many of them cost nothing."""

    key: str
    free: int


def buckets_of(name: str, network: str, device: bytes | None) -> tuple[Bucket, ...]:
    """Name what an attempt is counted by."""
    if device is not None:
        return (Bucket(f"device:{device.hex()[:32]}", FREE_BY_NAME),)
    told = sha256(f"{network} {name.strip().lower()}".encode()).hexdigest()[:NAME_DIGITS]
    return (
        Bucket(f"name:{told}:{network}"[:80], FREE_BY_NAME),
        Bucket(f"network:{network}"[:80], FREE_BY_NETWORK),
    )


def code_buckets(account_id: int, network: str, device: bytes | None) -> tuple[Bucket, ...]:
    """Name what a guess at a one-time code is counted by, once the password was right."""
    if device is not None:
        return (Bucket(f"code:device:{device.hex()[:32]}", FREE_BY_NAME),)
    return (
        Bucket(f"code:{account_id}:{network}"[:80], FREE_BY_NAME),
        Bucket(f"code:{account_id}", FREE_BY_ACCOUNT),
    )


def token_buckets(number: int, network: str) -> tuple[Bucket, ...]:
    """Name what a guess at a program's token is counted by: the token and where from."""
    return (
        Bucket(f"token:{number}:{network}"[:80], FREE_BY_NAME),
        Bucket(f"tokens:{network}"[:80], FREE_BY_NETWORK),
    )


def invitation_buckets(network: str) -> tuple[Bucket, ...]:
    """Name what a try at an invitation is counted by; each closes itself after five besides."""
    return (Bucket(f"invitation:{network}"[:80], FREE_BY_NETWORK),)


def pause_after(failures: int, *, free: int) -> timedelta:
    """Say how long to wait after so many failures: none, then 1, 2, 4 … seconds."""
    if failures < free:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - free, 20)), LONGEST_PAUSE)


def begin_attempt(session: Session, buckets: tuple[Bucket, ...], *, at: datetime) -> None:
    """Count an attempt as failed before it is judged, so that many at once count as many.

    Raises
    ------
    TooOften
        If there were too many failures to judge another one now. It is not counted.
    """
    session.execute(sa.delete(Attempts).where(Attempts.last_at < at - FORGOTTEN_AFTER))
    free = {each.key: each.free for each in buckets}
    session.execute(
        insert(Attempts)
        .values([{"bucket": key, "failures": 0, "last_at": at} for key in sorted(free)])
        .on_conflict_do_nothing()
    )
    counted = session.scalars(
        sa.select(Attempts)
        .where(Attempts.bucket.in_(free))
        .order_by(Attempts.bucket)
        .with_for_update()
    ).all()
    left = max(_left_of_pause(each, free[each.bucket], at) for each in counted)
    if left > timedelta(0):
        raise TooOften(seconds=max(1, round(left.total_seconds())))
    for each in counted:
        each.failures += 1
        each.last_at = at


def demand_no_pause(session: Session, buckets: tuple[Bucket, ...], *, at: datetime) -> None:
    """Refuse to judge anything while a pause lasts; nothing is counted.

    Raises
    ------
    TooOften
        If there were too many failures a moment ago.
    """
    free = {each.key: each.free for each in buckets}
    counted = session.scalars(sa.select(Attempts).where(Attempts.bucket.in_(free))).all()
    left = max((_left_of_pause(each, free[each.bucket], at) for each in counted), default=None)
    if left and left > timedelta(0):
        raise TooOften(seconds=max(1, round(left.total_seconds())))


def forgive(session: Session, buckets: tuple[Bucket, ...]) -> None:
    """Take back the count of an attempt that was right; of its name, all of them."""
    by_name, *others = buckets
    session.execute(sa.delete(Attempts).where(Attempts.bucket == by_name.key))
    session.execute(
        sa.update(Attempts)
        .where(Attempts.bucket.in_([each.key for each in others]))
        .values(failures=sa.func.greatest(Attempts.failures - 1, 0))
    )


def known_device(
    session: Session, token: str | None, name: str, *, at: datetime
) -> bytes | None:
    """Recognise a browser that the owner of `name` came in with before."""
    return session.scalar(
        sa.select(KnownDevice.token_hash)
        .join(Account, Account.id == KnownDevice.account_id)
        .where(
            KnownDevice.token_hash == token_hash(token or ""),
            KnownDevice.seen_at > at - DEVICE_IS_KNOWN_FOR,
            Account.sign_in_name == name.strip().lower(),
        )
    )


def remember_device(session: Session, token: str, account_id: int, *, at: datetime) -> None:
    """Remember the browser that somebody just came in with, whoever used it before."""
    session.execute(
        sa.delete(KnownDevice).where(
            sa.or_(
                KnownDevice.token_hash == token_hash(token),
                KnownDevice.seen_at < at - DEVICE_IS_KNOWN_FOR,
            )
        )
    )
    session.add(KnownDevice(token_hash=token_hash(token), account_id=account_id, seen_at=at))
    session.flush()


def _left_of_pause(counted: Attempts, free: int, at: datetime) -> timedelta:
    # A clock that went back makes the last attempt lie ahead; the pause then begins anew.
    counted.last_at = min(counted.last_at, at)
    return counted.last_at + pause_after(counted.failures, free=free) - at
