"""Who may see how things stand: decided from a request's own marks, before anything is looked up.

The status page has a port of its own that only this machine can reach. What comes in at the port for readers may have
come through a proxy that says nothing of it, so there only the password opens; without one nothing is there.
"""

import base64
import binascii
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from ipaddress import ip_address

_REALM = b'Basic realm="syndicate status", charset="UTF-8"'
# Who tries passwords, as many as are remembered.
_MOST = 10_000
# With these a proxy says that it speaks for somebody else.
_FORWARDED = (b"forwarded", b"via", b"x-real-ip")


class Sight(Enum):
    """What somebody may see: everything, everything but articles that are not out, a question who it is, nothing."""

    ALL = "all"
    FIGURES = "figures"
    ASKED = "asked"
    NOTHING = "nothing"

    @property
    def is_operator(self) -> bool:
        """Whether this is somebody who runs the place."""
        return self in (Sight.ALL, Sight.FIGURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The marks of a request: whether it came in at the port of this machine, and its headers by lower-case name."""

    at_home: bool
    headers: Mapping[bytes, bytes]


def visit(at_home: bool, headers: Iterable[tuple[bytes, bytes]]) -> Visit:
    """The visit with headers that came several times joined (RFC 9110, 5.2)."""
    joined: dict[bytes, bytes] = {}
    for name, value in headers:
        joined[name] = b"%s, %s" % (joined[name], value) if name in joined else value
    return Visit(at_home=at_home, headers=joined)


def sight(found: Visit, password: str | None) -> Sight:
    """What the visitor may see. A password, once there is one, is asked of everybody."""
    if password is not None:
        return Sight.ALL if _knows(found.headers.get(b"authorization", b""), password) else Sight.ASKED
    return Sight.FIGURES if found.at_home and _is_direct(found) else Sight.NOTHING


def is_trying(found: Visit) -> bool:
    """Whether the visitor offers a password."""
    return b"authorization" in found.headers


class Tries:
    """Passwords that were wrong, by who tried: `burst` of them at once, and then one every `pause` seconds."""

    def __init__(self, burst: int = 20, pause: float = 5.0) -> None:
        self._burst = burst
        self.pause = pause
        self._spent: dict[object, tuple[float, float]] = {}

    def may_try(self, who: object, now: float) -> bool:
        """Whether the next password is looked at, right or wrong; `now` is in seconds that never jump."""
        return self._left(who, now) >= 1

    def failed(self, who: object, now: float) -> None:
        """It was wrong."""
        left = self._left(who, now) - 1
        self._spent.pop(who, None)
        self._spent[who] = (left, now)
        if len(self._spent) > _MOST:
            del self._spent[next(iter(self._spent))]

    def _left(self, who: object, now: float) -> float:
        left, then = self._spent.get(who, (float(self._burst), now))
        return min(self._burst, left + (now - then) / self.pause)


def challenge() -> tuple[bytes, bytes]:
    """The header that asks for the password (RFC 7617)."""
    return b"www-authenticate", _REALM


def _knows(offered: bytes, password: str) -> bool:
    """Whether these credentials hold the password; it takes as long whichever it is."""
    scheme, _, rest = offered.partition(b" ")
    try:
        pair = base64.b64decode(rest.strip(), validate=True)
    except binascii.Error:
        return False
    if scheme.lower() != b"basic":
        return False
    return bool(password) and hmac.compare_digest(pair.partition(b":")[2], password.encode())


def _is_direct(found: Visit) -> bool:
    """Whether this machine was asked by its own name, by nobody who speaks for others.

    A name that leads here from elsewhere is how a foreign page would read this one (DNS rebinding).
    """
    if any(name in _FORWARDED or name.startswith(b"x-forwarded-") for name in found.headers):
        return False
    return _is_this_machine(found.headers.get(b"host", b"").decode("latin-1"))


def _is_this_machine(host: str) -> bool:
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if name.lower() in ("localhost", "localhost."):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
