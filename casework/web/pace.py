"""How often somebody may ask: each person, and each network that nobody has signed in from.

The limits are far above what hands can do and far below what a program that empties a
registry needs. They stand in the memory of one server process: with several processes each
person may ask that many times more. What was asked is not remembered, only how often.
"""

import math
import time

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from casework.errors import TooOften
from casework.web.networks import network_of
from casework.web.visit import signed_in_of

# A page and what it enhances is at most three requests; nobody opens two pages a second for
# a minute. A whole office may stand behind one address, and only its door counts there.
PERSON = RateLimitItemPerMinute(300)
NETWORK = RateLimitItemPerMinute(120)


class Pace:
    """Counts requests, in windows of a minute."""

    def __init__(
        self, *, person: RateLimitItem = PERSON, network: RateLimitItem = NETWORK
    ) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._person = person
        self._network = network

    def keep(self, request: Request) -> None:
        """Count a request, or refuse it.

        Raises
        ------
        TooOften
            If this person, or this network, has asked too often within the last minute.
        """
        signed_in = signed_in_of(request)
        if signed_in is not None:
            self._count(self._person, "person", str(signed_in.viewer.account_id))
        else:
            self._count(self._network, "network", network_of(request))

    def _count(self, limit: RateLimitItem, *who: str) -> None:
        if self._limiter.hit(limit, *who):
            return
        ends = self._limiter.get_window_stats(limit, *who).reset_time
        raise TooOften(seconds=max(1, math.ceil(ends - time.time())))


def keep_pace(request: Request) -> None:
    """Let nobody ask more often than a person can. Runs after `guard`, before the endpoint."""
    request.app.state.pace.keep(request)
