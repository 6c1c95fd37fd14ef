"""One address fetched as a careful reader does it: bounded in time, size and redirects, and never inside the house.

A name is resolved, its addresses are checked, and the connection goes to an address that was checked: what a name
points to a moment later does not count (DNS rebinding). Proxies of the environment are not used. Bodies are unpacked
while they arrive, so that a bomb costs no more than the bound.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Thread
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore2

from syndicate.errors import AddressRefused, FetchError
from syndicate.networks import Networks
from syndicate.unpack import Unpacked, UnpackError, unpack

_MOVED = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_BODILESS = frozenset({204, 304})
_SAFE = "!#$%&'()*+,/:;=?@[]~"
# A server that sends a body where none may be mostly sends it in one piece with the head.
_STRAY_SECONDS = 0.2
_HEAD_BYTES = 160 * 1024
# Bytes that are sent at a time: the library measures its time limit anew whenever the other side has taken some.
_SENT_AT_ONCE = 16 * 1024
# Forms of IPv6 that carry an address of IPv4: translated (RFC 6052), 6to4, compatible and mapped.
_TRANSLATED = IPv6Network("64:ff9b::/96")
_WRAPPED = tuple(map(IPv6Network, ("2002::/16", "64:ff9b:1::/48", "::/96", "::ffff:0:0/96", "fec0::/10")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one fetch: seconds for all of it, bytes of the unpacked body, redirects that are followed."""

    seconds: float = 30.0
    size: int = 16 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A redirect: the address that answered with `status`, and where it sent us."""

    status: int
    address: str
    target: str

    @property
    def is_permanent(self) -> bool:
        """Whether the address is to be forgotten for the target."""
        return self.status in _PERMANENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said. `address` is the final one, `body` is unpacked, `received` are its bytes on the wire.

    `headers` have names in lower case. `has_stray_body` says that bytes came after a head that allows no body.
    """

    address: str
    status: int
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    received: int = 0
    hops: tuple[Hop, ...] = ()
    has_stray_body: bool = False

    def header(self, name: str) -> str | None:
        """The header of that name, several joined as one list (RFC 9110 §5.3); None when there is none."""
        found = self.all(name)
        return ", ".join(found) if found else None

    def all(self, name: str) -> tuple[str, ...]:
        """Every header of that name."""
        return tuple(value for key, value in self.headers if key == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Fetches as `agent`; `monotonic` gives the seconds that the time limit is measured in.

    Addresses that are not public are asked only when they lie in one of the networks of `allow`, or with
    `allow_private`; `leave` says how to give leave.
    """

    agent: str
    monotonic: Callable[[], float]
    allow_private: bool = False
    allow: Networks = ()
    leave: str = "give --allow-private if that is meant"
    limits: Limits = Limits()

    def fetch(self, address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """The answer of the address, or of where it redirects to. FetchError when there is none within the bounds."""
        deadline = _Deadline(self.monotonic, self.limits.seconds)
        target, hops = checked(address), list[Hop]()
        while True:
            answer = self._ask(target, method, headers or {}, deadline, hops)
            location = answer.header("location") if answer.status in _MOVED else None
            if location is None:
                return replace(answer, hops=tuple(hops))
            hops.append(Hop(status=answer.status, address=target, target=_joined(target, location)))
            target = self._followed(hops)

    def ask(
        self, address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """What the address itself answers, whatever the status; a redirect is not followed. FetchError without a head.

        Of the body as it comes no more is taken than `limits.size` bytes, and what is missing of it when the time is
        up or the connection breaks is no failure: the head has said what there is to know.
        """
        target, deadline = checked(address), _Deadline(self.monotonic, self.limits.seconds)
        sent = {"Accept-Encoding": "identity", **(headers or {})}
        with self._answering(target, method, sent, deadline, body) as (response, _):
            return replace(_head(target, response), body=_begun(response, self.limits.size))

    def _ask(
        self, address: str, method: str, headers: Mapping[str, str], deadline: "_Deadline", hops: list[Hop]
    ) -> Answer:
        try:
            return self._one(address, method, headers, deadline)
        except AddressRefused as error:
            if not hops:
                raise
            raise _lost(hops, f"redirects to {address}, which {error.problem}") from error

    def _followed(self, hops: list[Hop]) -> str:
        """The address of the last hop, where it may be followed."""
        if len(hops) > self.limits.redirects:
            raise _lost(hops[:1], f"redirects more than {self.limits.redirects} times")
        if hops[-1].target in {hop.address for hop in hops}:
            raise _lost(hops, f"redirects in a circle, back to {hops[-1].target}")
        try:
            return checked(hops[-1].target)
        except AddressRefused as error:
            raise _lost(hops, f"redirects to {hops[-1].target}, which {error.problem}") from error

    def _one(self, address: str, method: str, headers: Mapping[str, str], deadline: "_Deadline") -> Answer:
        with self._answering(address, method, headers, deadline) as (response, backend):
            answer = _head(address, response)
            if method == "HEAD" or response.status in _BODILESS:
                return replace(answer, has_stray_body=backend.has_stray_body())
            body = self._body(answer, response.iter_stream())
            return replace(answer, body=body.data, received=body.received)

    @contextmanager
    def _answering(
        self, address: str, method: str, headers: Mapping[str, str], deadline: "_Deadline", body: bytes | None = None
    ) -> "Iterator[tuple[httpcore2.Response, _Backend]]":
        """The answer whose head has come, and the connection that it comes by."""
        backend = _Backend(address, deadline, self._is_allowed, self.leave)
        sent = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close", **headers}
        with (
            _failures_told(address, backend, self.limits),
            httpcore2.ConnectionPool(network_backend=backend) as pool,
            pool.stream(method, address, headers=list(sent.items()), content=body) as response,
        ):
            yield response, backend

    def _is_allowed(self, address: str) -> bool:
        return self.allow_private or is_public(address) or is_within(address, self.allow)

    def _body(self, answer: Answer, chunks: Iterable[bytes]) -> Unpacked:
        coding = answer.header("content-encoding") or "identity"
        try:
            return unpack(chunks, coding, self.limits.size)
        except UnpackError as error:
            raise FetchError(answer.address, str(error), "mend the server that sends it", has_answered=True) from error


def checked(address: str) -> str:
    """The address as it is asked for: in ASCII, without fragment. AddressRefused when it is not of the web."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
        host = f"[{IPv6Address(host)}]" if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise AddressRefused(address, f"is not an address ({error})", "write it as https://host/path") from error
    if parts.scheme not in ("http", "https") or not host.strip("."):
        raise AddressRefused(address, "is not an address of the web", "write it as https://host/path")
    if "@" in parts.netloc:
        raise AddressRefused(_without_user(address), "has a user name in it", "leave user name and password out")
    if quote(host, safe="[]:") != host:
        raise AddressRefused(address, "has a host that is no name", "write it as https://host/path")
    netloc = host if port is None else f"{host}:{port}"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe=_SAFE) or "/", quote(parts.query, safe=_SAFE), ""))


def is_within(text: str, networks: Networks) -> bool:
    """Whether the IP address lies in one of the networks; one of IPv4 counts as such in its mapped form too."""
    address = ip_address(text)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in network for network in networks)


def is_public(text: str) -> bool:
    """Whether the IP address lies in the public net: not private, loopback, link-local, multicast or reserved."""
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        if address in _TRANSLATED:
            return is_public(str(ip_address(int(address) & 0xFFFFFFFF)))
        if any(address in network for network in _WRAPPED):
            return False
    return address.is_global and not address.is_multicast


class _Deadline:
    """How many seconds are left."""

    def __init__(self, monotonic: Callable[[], float], seconds: float) -> None:
        self._monotonic, self._end = monotonic, monotonic() + seconds

    def left(self) -> float:
        """The seconds left, more than none; a timeout otherwise."""
        left = self._end - self._monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is up")
        return left


class _Backend(httpcore2.NetworkBackend):
    """Connects to checked addresses only, and lets nothing last longer than the deadline."""

    def __init__(self, address: str, deadline: _Deadline, is_allowed: Callable[[str], bool], leave: str) -> None:
        self._address, self._deadline, self._is_allowed, self._leave = address, deadline, is_allowed, leave
        self._inner = httpcore2.SyncBackend()
        self.stream: _Stream | None = None

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:  # fmt: skip
        """A connection to the first of the host's addresses that takes one; a silent one leaves time for the others."""
        found = self._addresses(host, port)
        for rest, address in zip(range(len(found), 0, -1), found, strict=True):
            seconds = self._deadline.left() / rest
            try:
                stream = self._inner.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if rest == 1:
                    raise
            else:
                self.stream = _Stream(stream, self._deadline)
                return self.stream
        raise httpcore2.ConnectError("it has no address")

    def has_stray_body(self) -> bool:
        """Whether something stands behind the head of the answer."""
        return self.stream is not None and self.stream.has_stray_body()

    def has_answered(self) -> bool:
        """Whether anything came."""
        return self.stream is not None and bool(self.stream.head)

    def _addresses(self, host: str, port: int) -> list[str]:
        found = _resolved(self._address, host, port, self._deadline.left())
        allowed = list(filter(self._is_allowed, found))
        if found and not allowed:
            raise AddressRefused(self._address, f"is inside the house ({found[0]})", self._leave)
        return allowed


class _Stream(httpcore2.NetworkStream):
    """A connection whose every read and write ends at the deadline; `head` are the first bytes that came."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: _Deadline) -> None:
        self._inner, self._deadline = inner, deadline
        self.head = bytearray()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes."""
        data = self._inner.read(max_bytes, self._deadline.left())
        if len(self.head) < _HEAD_BYTES:
            self.head += data
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes."""
        for start in range(0, len(buffer), _SENT_AT_ONCE):
            self._inner.write(buffer[start : start + _SENT_AT_ONCE], self._deadline.left())

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The connection from here on encrypted, with a certificate of the host's name."""
        self._inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left())
        return self

    def get_extra_info(self, info: str) -> Any:
        """What is known of the connection."""
        return self._inner.get_extra_info(info)

    def has_stray_body(self) -> bool:
        """Whether bytes stand behind the head of the answer, or come within a moment."""
        if self.head.partition(b"\r\n\r\n")[2]:
            return not self.head.startswith(b"HTTP/1.1 1")
        try:
            return bool(self._inner.read(1, min(_STRAY_SECONDS, self._deadline.left())))
        except (httpcore2.TimeoutException, httpcore2.NetworkError):
            return False


@contextmanager
def _failures_told(address: str, backend: _Backend, limits: Limits) -> Iterator[None]:
    """Whatever the library raises as a FetchError with a cure."""
    try:
        yield
    except httpcore2.TimeoutException as error:
        problem = f"gives no whole answer within {limits.seconds:g} s"
        cure = "look whether the server is alive, or give it longer with --timeout"
        raise FetchError(address, problem, cure, has_answered=backend.has_answered()) from error
    except (httpcore2.ProtocolError, httpcore2.ReadError, httpcore2.WriteError) as error:
        problem = f"does not give an answer in HTTP/1.1 ({error or 'the connection was cut'})"
        raise FetchError(address, problem, "mend the server", has_answered=backend.has_answered()) from error
    except httpcore2.ConnectError as error:
        raise _unconnected(address, error) from error


def _unconnected(address: str, error: Exception) -> FetchError:
    cause = error.__cause__ or error.__context__ or error
    if isinstance(cause, ssl.SSLError):
        problem = f"has no safe connection ({getattr(cause, 'verify_message', '') or cause.reason or cause})"
        return FetchError(address, problem, "give the server a valid certificate of its name", has_answered=True)
    reason = getattr(cause, "strerror", None) or cause
    return FetchError(address, f"cannot be connected to ({reason})", "check the address and that the server runs")


def _resolved(address: str, host: str, port: int, seconds: float) -> list[str]:
    """The host's IP addresses. The system's resolver takes no time limit, so it is asked from a thread of its own."""
    found: list[str] = []
    failures: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            failures.append(getattr(error, "strerror", None) or str(error))

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        reason = failures[0] if failures else "the resolver does not answer"
        raise FetchError(address, f"has a host that is not found ({reason})", "check the name and the network")
    return list(found)


def _head(address: str, response: httpcore2.Response) -> Answer:
    told = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers)
    return Answer(address=address, status=response.status, reason=_reason(response), headers=told)


def _begun(response: httpcore2.Response, most: int) -> bytes:
    """At most so many bytes of the body, as far as it comes."""
    body = bytearray()
    with suppress(httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError):
        for chunk in response.iter_stream():
            body += chunk[: most - len(body)]
            if len(body) >= most:
                break
    return bytes(body)


def _joined(base: str, location: str) -> str:
    try:
        # Some servers send addresses in UTF-8; header values were read as Latin-1.
        location = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        location = location.strip()
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return location


def _lost(hops: list[Hop], problem: str) -> FetchError:
    return FetchError(hops[-1].address, problem, "redirect to the feed itself, at once", has_answered=True)


def _reason(response: httpcore2.Response) -> str:
    phrase = response.extensions.get("reason_phrase", b"")
    return phrase.decode("latin-1") if isinstance(phrase, bytes) else ""


def _without_user(address: str) -> str:
    scheme, _, rest = address.partition("//")
    return f"{scheme}//{rest.rpartition('@')[2]}"
