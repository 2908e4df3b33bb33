"""Where a request comes from: what guesses and requests are counted by."""

import ipaddress

from fastapi import Request


def network_of(request: Request) -> str:
    """Name where a request comes from: an IPv4 address, or the /64 of one IPv6 customer."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:  # noqa: PLR2004 - the version itself
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
