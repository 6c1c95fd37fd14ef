"""How often one client may ask: a bucket of tokens for each, in which an unchanged feed costs next to nothing."""

from ipaddress import ip_address, ip_network
from math import ceil

from syndicate.networks import Networks

# What a 304 costs of a whole answer: a reader that polls politely is never slowed down.
_UNCHANGED = 0.01
_MISSED = 0.5
# Clients that are remembered; the one that has been away longest goes first.
_MOST = 20_000


class Buckets:
    """Tokens by client: `rate` come back each second, `burst` is the most; a rate of 0 lets everything through."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = max(burst, 1.0)
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, client: str | None, status: int, now: float) -> int:
        """0 when the client may have an answer of that status, else the whole seconds until it may.

        `now` is in seconds that never jump. Nobody in particular (None) is not counted.
        """
        if client is None or not self._rate:
            return 0
        left, then = self._left.pop(client, (self._burst, now))
        left = min(self._burst, left + (now - then) * self._rate)
        cost = cost_of(status)
        missing = cost - left
        self._left[client] = (left if missing > 0 else left - cost, now)
        if len(self._left) > _MOST:
            del self._left[next(iter(self._left))]
        return max(1, ceil(missing / self._rate)) if missing > 0 else 0


def cost_of(status: int) -> float:
    """What an answer costs, in whole answers."""
    if status in (200, 206):
        return 1.0
    return _UNCHANGED if status in (204, 304, 308) else _MISSED


def client_of(peer: str, forwarded: bytes | None, proxies: Networks) -> str | None:
    """Whom a request is counted for; None for nobody: what comes from this machine itself, or from nowhere.

    `forwarded` is X-Forwarded-For, which is believed as far as trusted proxies wrote it: from the right, the first
    address that is not one of theirs. An IPv6 client has a whole /64 to itself.
    """
    for text in [peer, *reversed((forwarded or b"").decode("latin-1").split(","))]:
        try:
            address = ip_address(text.strip().strip("[]"))
        except ValueError:
            return None
        if address.version == 6 and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        if not any(address in network for network in proxies):
            break
    else:
        return None
    if address.is_loopback:
        return None
    return str(address) if address.version == 4 else str(ip_network((address, 64), strict=False))
