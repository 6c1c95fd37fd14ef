"""Fetching: what a server may do to a reader, and what a reader does about it."""

import gzip
import itertools
import socket
import ssl
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from threading import Event, Thread

import brotli
import httpcore2
import pytest

from syndicate.errors import AddressRefused, FetchError
from syndicate.fetch import Answer, Fetcher, Limits, checked, is_public
from syndicate.unpack import UnpackError, unpack
from tests.feed_server import Reply, Request, Tweak, serving

MIB = 1024 * 1024
TEXT = b"Ferry and crane. " * 5000


def fetcher(*, seconds: float = 10, size: int = 16 * MIB, allow_private: bool = True) -> Fetcher:
    return Fetcher(
        agent="test", monotonic=time.monotonic, allow_private=allow_private, limits=Limits(seconds=seconds, size=size)
    )


def fetch(tweak: Tweak, asking: Fetcher | None = None, path: str = "/feed") -> Answer:
    with serving(None, tweak) as server:
        return (asking or fetcher()).fetch(server.base + path)


def refusal(tweak: Tweak, asking: Fetcher | None = None) -> FetchError:
    with pytest.raises(FetchError) as told:
        fetch(tweak, asking)
    return told.value


def raw(make: Callable[[], Iterator[bytes]]) -> Tweak:
    """The server sends that in place of an answer."""

    def tweak(request: Request, reply: Reply) -> None:
        reply.raw = make()

    return tweak


def body(data: bytes, coding: str | None = None) -> Tweak:
    def tweak(request: Request, reply: Reply) -> None:
        reply.body = data
        reply.headers = {"Content-Length": str(len(data)), "Content-Encoding": coding}

    return tweak


def bare_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(data) + engine.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        (None, TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:999]) + gzip.compress(TEXT[999:])),
        ("gzip", gzip.compress(TEXT) + b"\0\0\0"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT) + b"\x1f\x8b\x08"),
        ("deflate", bare_deflate(TEXT)),
        ("br", brotli.compress(TEXT)),
    ],
)
def test_bodies_are_unpacked(coding: str | None, packed: bytes) -> None:
    answer = fetch(body(packed, coding))
    assert answer.body == TEXT
    assert answer.received == len(packed)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "identity"])
def test_nothing_is_nothing_in_every_coding(coding: str) -> None:
    assert unpack([], coding, 10).data == b""


@pytest.mark.parametrize(
    ("coding", "packed", "said"),
    [
        ("gzip", TEXT, "is not the gzip that its head promises"),
        ("br", TEXT, "is not the br that its head promises"),
        ("deflate", b"\x78\xff\xff\xff", "is not the deflate that its head promises"),
        ("gzip", gzip.compress(TEXT)[:-20], "sends a body that is cut off in the middle"),
        ("br", brotli.compress(TEXT)[:-5], "sends a body that is cut off in the middle"),
        ("zstd", TEXT, "is packed as 'zstd', which nobody asked for"),
        ("gzip, br", TEXT, "is packed as 'gzip, br', which nobody asked for"),
    ],
)
def test_bodies_that_are_not_what_they_say(coding: str, packed: bytes, said: str) -> None:
    error = refusal(body(packed, coding))
    assert said in str(error)
    assert error.has_answered


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_pieces_of_any_size(cut: int) -> None:
    for coding, packed in (("gzip", gzip.compress(TEXT)), ("br", brotli.compress(TEXT))):
        pieces = [packed[:cut], b"", *(packed[at : at + 1] for at in range(cut, len(packed)))]
        assert unpack(pieces, coding, len(TEXT)).data == TEXT
        with pytest.raises(UnpackError, match="more than"):
            unpack(pieces, coding, len(TEXT) - 1)


def endless() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n"
    yield from itertools.repeat(b"<item/>" * 10_000)


def test_an_endless_body() -> None:
    assert "sends more than 2 MiB" in str(refusal(raw(endless), fetcher(size=2 * MIB)))


def test_an_endless_chunked_body() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        yield from itertools.repeat(b"2710\r\n" + b"x" * 10_000 + b"\r\n")

    assert "sends more than 1 MiB" in str(refusal(raw(chunks), fetcher(size=MIB)))


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_bomb_costs_no_more_than_the_bound(coding: str) -> None:
    zeros = bytes(256 * MIB)
    bomb = gzip.compress(zeros, 6) if coding == "gzip" else brotli.compress(zeros, quality=4)
    del zeros
    tracemalloc.start()
    try:
        error = refusal(body(bomb, coding), fetcher(size=4 * MIB))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "sends more than 4 MiB" in str(error)
    assert peak < 24 * MIB


def drip(head: bytes, piece: bytes) -> Callable[[], Iterator[bytes]]:
    """The head, then a piece every moment, for ever; the server waits on a socket that nobody writes to."""

    def pieces() -> Iterator[bytes]:
        yield head
        quiet, _keep = socket.socketpair()
        with quiet, _keep:
            quiet.settimeout(0.02)
            while True:
                try:
                    quiet.recv(1)
                except TimeoutError:
                    yield piece

    return pieces


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"<"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Slow: yes\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"y"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_a_slow_drip_ends_at_the_deadline(head: bytes, piece: bytes) -> None:
    start = time.monotonic()
    error = refusal(raw(drip(head, piece)), fetcher(seconds=0.4))
    assert "gives no whole answer within 0.4 s" in str(error)
    assert error.has_answered
    assert time.monotonic() - start < 5


def test_a_server_that_takes_what_it_is_sent_slowly() -> None:
    def take(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            while not ended.wait(0.02) and connection.recv(256 * 1024):
                pass

    ended = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        taking = Thread(target=take, args=(server,))
        taking.start()
        start = time.monotonic()
        with pytest.raises(FetchError, match=r"gives no whole answer within 0\.4 s"):
            fetcher(seconds=0.4).ask(
                f"http://127.0.0.1:{server.getsockname()[1]}/", method="POST", body=bytes(64 * MIB)
            )
        took = time.monotonic() - start
        ended.set()
        taking.join()
    assert took < 2


def test_a_server_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(FetchError) as told:
        fetcher(seconds=0.2).fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert "gives no whole answer within 0.2 s" in str(told.value)
    assert not told.value.has_answered


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\xff\xfe garbage\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
        b"HTTP/1.1 two hundred OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: minus\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 300_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: x\r\n" * 30_000 + b"\r\n",
    ],
)
def test_what_is_no_http(data: bytes) -> None:
    assert "does not give an answer in HTTP/1.1" in str(refusal(raw(lambda: iter([data]))))


def to(*targets: str, status: int = 302) -> Tweak:
    """One redirect after the other, the last for ever."""

    def tweak(request: Request, reply: Reply) -> None:
        target = targets[min(request.number, len(targets) - 1)]
        reply.status, reply.body, reply.headers = status, b"", {"Location": target, "Content-Length": "0"}

    return tweak


def test_a_redirect_is_followed_and_noted() -> None:
    def tweak(request: Request, reply: Reply) -> None:
        if request.path == "/feed":
            to("next?a=ü#top", status=301)(request, reply)

    with serving(None, tweak) as server:
        answer = fetcher().fetch(f"{server.base}/feed")
        assert answer.address == f"{server.base}/next?a=%C3%BC"
        assert [hop.status for hop in answer.hops] == [301]
        assert answer.body.startswith(b"<?xml")


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        (["/feed"], "redirects in a circle"),
        (["/a", "/b", "/a"], "redirects in a circle"),
        ([f"/{number}" for number in range(9)], "redirects more than 5 times"),
        (["file:///etc/passwd"], "redirects to file:///etc/passwd, which is not an address of the web"),
        (["http://[::1"], "which is not an address"),
        (["javascript:alert(1)"], "is not an address of the web"),
        (["http://me:secret@harbour.example/"], "which has a user name in it"),
    ],
)
def test_redirects_that_lead_nowhere(targets: list[str], said: str) -> None:
    error = refusal(to(*targets))
    assert said in str(error)
    assert error.has_answered
    assert error.exit_code == 3


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A net in which names have the addresses of this table, and every public address is this machine."""
    table = {"harbour.example": "203.0.113.7"}
    monkeypatch.setattr("syndicate.fetch.is_public", lambda text: text != "127.0.0.1" and not text.startswith("10."))

    def resolve(host: str, port: int, *rest: object, **named: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (table.get(host, host), port))]

    original = httpcore2.SyncBackend.connect_tcp

    def connect(self: httpcore2.SyncBackend, host: str, *rest: object) -> httpcore2.NetworkStream:
        connected.append(host)
        return original(self, "127.0.0.1", *rest)  # type: ignore[arg-type]

    connected = list[str]()
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    monkeypatch.setattr("tests.test_fetch.CONNECTED", connected)
    return table


CONNECTED: list[str] = []


def test_a_connection_goes_to_the_address_that_was_checked(net: dict[str, str]) -> None:
    with serving() as server:
        port = server.base.rpartition(":")[2]
        answer = fetcher(allow_private=False).fetch(f"http://harbour.example:{port}/feed")
        assert server.requests[0].headers["host"] == f"harbour.example:{port}"
    assert answer.status == 200
    assert CONNECTED == ["203.0.113.7"]


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/secret", "http://inside.example:{port}/secret"])
def test_a_redirect_into_the_house_is_refused(net: dict[str, str], target: str) -> None:
    net["inside.example"] = "10.0.0.8"
    with serving() as server:
        port = server.base.rpartition(":")[2]
        server.tweak = to(target.format(port=port))
        with pytest.raises(FetchError) as told:
            fetcher(allow_private=False).fetch(f"http://harbour.example:{port}/feed")
        assert len(server.requests) == 1
    assert "which is inside the house" in str(told.value)
    assert told.value.has_answered


def test_private_addresses_are_refused_before_anything_is_sent() -> None:
    with serving() as server, pytest.raises(AddressRefused, match=r"inside the house.*--allow-private") as told:
        fetcher(allow_private=False).fetch(f"{server.base}/feed")
    assert server.requests == []
    assert told.value.exit_code == 2


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.100.100.200", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "224.0.0.1",
        "239.1.1.1", "240.0.0.1", "255.255.255.255", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1",
        "2002:7f00:1::", "2002:808:808::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001::1",
        "192.0.2.1", "198.18.0.1",
    ],
)  # fmt: skip
def test_addresses_inside_the_house(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_the_public_net(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://harbour.example/", "is not an address of the web"),
        ("harbour.example/feed", "is not an address of the web"),
        ("http:///feed", "is not an address of the web"),
        ("http://[::1/feed", "is not an address"),
        ("http://harbour.example:99999/", "is not an address"),
        ("http://ada:secret@harbour.example/", "has a user name in it"),
        ("http://har bour.example/", "has a host that is no name"),
        ("http://har%0d%0abour.example/", "has a host that is no name"),
        (f"http://{'x' * 80}.example/", "is not an address"),
    ],
)
def test_what_is_no_address(address: str, said: str) -> None:
    with pytest.raises(AddressRefused, match=said) as told:
        checked(address)
    assert "secret" not in str(told.value)


def test_addresses_are_asked_for_in_ascii_and_without_fragment() -> None:
    assert checked(" https://Bücher.example/ü b?q=ä%20#top ") == "https://xn--bcher-kva.example/%C3%BC%20b?q=%C3%A4%20"
    assert checked("http://[::1]:80") == "http://[::1]:80/"


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(FetchError, match="cannot be connected to") as told:
        fetcher().fetch(f"http://127.0.0.1:{port}/")
    assert (told.value.has_answered, told.value.exit_code) == (False, 3)


def test_an_address_that_is_silent_leaves_time_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    given, original = dict[str, float](), httpcore2.SyncBackend.connect_tcp

    def resolve(host: str, port: int, *rest: object, **named: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("203.0.113.7", "127.0.0.1")]

    def connect(
        self: httpcore2.SyncBackend, host: str, port: int, timeout: float, *rest: object
    ) -> httpcore2.NetworkStream:
        given[host] = timeout
        if host == "203.0.113.7":
            raise httpcore2.ConnectTimeout("timed out")
        return original(self, host, port, timeout, *rest)  # type: ignore[arg-type]

    with serving() as server:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
        port = server.base.rpartition(":")[2]
        assert fetcher(seconds=10).fetch(f"http://harbour.example:{port}/feed").status == 200
    assert given["203.0.113.7"] <= 5 < given["127.0.0.1"] <= 10


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(FetchError, match="has a host that is not found"):
        fetcher().fetch("http://nowhere.invalid/")


def test_a_resolver_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = socket.socketpair()
    with first, second:
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: list(first.recv(1)[:0]))
        with pytest.raises(FetchError, match="the resolver does not answer"):
            fetcher(seconds=0.2).fetch("http://harbour.example/")
        second.send(b"x")


def test_https_where_http_is_spoken() -> None:
    with serving() as server, pytest.raises(FetchError, match="has no safe connection") as told:
        fetcher().fetch(server.base.replace("http:", "https:"))
    assert isinstance(told.value.__cause__, httpcore2.ConnectError)
    assert issubclass(ssl.SSLError, OSError)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")
    assert fetch(lambda request, reply: None).status == 200


@pytest.mark.parametrize("status", [204, 304])
def test_a_head_that_allows_no_body(status: int) -> None:
    def tweak(request: Request, reply: Reply) -> None:
        reply.status, reply.body, reply.headers = status, b"", {}

    assert not fetch(tweak).has_stray_body
    late = raw(lambda: iter([b"HTTP/1.1 304 Not Modified\r\n\r\n", b"<rss/>"]))
    assert fetch(late).has_stray_body
