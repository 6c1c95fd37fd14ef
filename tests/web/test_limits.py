"""What one client may take: the connections of a server in this process, with short limits."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from syndicate.clock import SystemClock
from syndicate.networks import networks
from syndicate.web.counts import Counts
from syndicate.web.feeds import Feeds, Ready
from syndicate.web.protocol import Limits, Serving, connections_of
from syndicate.web.site import Message, Receive, Scope, Send, Site
from tests.web import tree
from tests.web.wire import Broken, Client

SHORT = Limits(head_time=0.3, idle_time=0.3, stall_time=0.3, body=1000, connections=8)
LARGE = tree.text(60_000)
GET = b"GET /town/rss.xml HTTP/1.1\r\nHost: a\r\n\r\n"


async def echo(_scope: Scope, receive: Receive, send: Send) -> None:
    """An application that says how long the request's body is."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    body = b"%d" % size
    start: Message = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]}
    await send(start)
    await send({"type": "http.response.body", "body": body})


@contextmanager
def serving(
    feeds: Feeds, limits: Limits = SHORT, apps: dict[str, Any] | None = None, proxies: tuple[str, ...] = ()
) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """A server's port, and its log."""
    site, told, ready = Site(feeds, apps), list[tuple[Any, ...]](), threading.Event()
    place: dict[str, Any] = {}
    shared = Serving(
        site=lambda: site,
        limits=limits,
        proxies=lambda: networks(proxies),
        counts=Counts(1).row(0),
        log=lambda *said: told.append(said),
    )

    async def serve() -> None:
        config = uvicorn.Config(
            _application(site), http=connections_of(shared), ws="none", lifespan="off", log_config=None
        )
        config.load()
        state, loop = ServerState(), asyncio.get_running_loop()
        place["loop"], place["stop"] = loop, asyncio.Event()
        server = await loop.create_server(lambda: shared_connection(config, state), host="127.0.0.1", port=0)
        place["port"] = server.sockets[0].getsockname()[1]
        ready.set()
        await place["stop"].wait()
        server.close()
        for connection in list(state.connections):
            connection.transport.abort()
        await asyncio.sleep(0.01)

    def shared_connection(config: uvicorn.Config, state: ServerState) -> asyncio.Protocol:
        made: Callable[..., asyncio.Protocol] = config.http_protocol_class
        return made(config, state, {})

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    try:
        yield place["port"], told
    finally:
        place["loop"].call_soon_threadsafe(place["stop"].set)
        thread.join(10)


def _application(site: Site) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await site(scope, receive, send)

    return app


@pytest.fixture
def feeds(tmp_path: Path) -> Feeds:
    """A published tree with a feed that does not fit into a socket."""
    tree.publish(tmp_path, "town", {"rss.xml": LARGE})
    return tree.feeds(tmp_path, SystemClock())


def test_who_says_nothing_is_not_waited_for(feeds: Feeds) -> None:
    with serving(feeds) as (port, _), Client(port) as client:
        assert client.is_closed()


def test_who_does_not_finish_its_headers_is_told_so(feeds: Feeds) -> None:
    with serving(feeds) as (port, _), Client(port) as client:
        client.send(b"GET / HTTP/1.1\r\nHost: a\r\nX")
        reply = client.reply()
        assert (reply.status, reply["connection"]) == (408, "close")
        assert client.is_closed()


def test_a_slow_drip_is_no_way_to_stay(feeds: Feeds) -> None:
    pause = threading.Event()
    with serving(feeds) as (port, _), Client(port) as client:
        client.send(b"GET / HTTP/1.1\r\n")
        for _ in range(8):
            pause.wait(0.05)
            client.send(b"X: y\r\n")
        assert client.reply().status == 408


def test_an_idle_connection_is_closed_without_a_word(feeds: Feeds) -> None:
    with serving(feeds) as (port, _), Client(port) as client:
        assert client.get("/town/rss.xml").status == 200
        assert client.is_closed()


def test_who_does_not_read_is_left(feeds: Feeds) -> None:
    with serving(feeds) as (port, told), Client(port) as client:
        client.send(GET * 40)
        _until(lambda: bool(told))
        threading.Event().wait(1.2)
        with pytest.raises((Broken, OSError)):
            assert [client.reply() for _ in range(40)] == []


def test_who_reads_slowly_gets_everything(feeds: Feeds) -> None:
    pause = threading.Event()
    with serving(feeds) as (port, _), Client(port) as client:
        client.send(GET)
        client.part = 64 * 1024
        client.between = lambda: (pause.wait(0.02), None)[1]
        assert client.reply().body == LARGE


def test_one_connection_too_many_is_told_so(feeds: Feeds) -> None:
    with serving(feeds, Limits(connections=8)) as (port, _):
        clients = [Client(port) for _ in range(8)]
        assert all(client.get("/town/rss.xml", method="HEAD").status == 200 for client in clients)
        with Client(port) as one_more:
            reply = one_more.reply()
            assert (reply.status, reply["retry-after"]) == (503, "1")
            assert one_more.is_closed()
        for client in clients:
            client.close()
        _until(lambda: _is_served(port))


def _is_served(port: int) -> bool:
    try:
        with Client(port) as client:
            return client.get("/town/rss.xml", method="HEAD").status == 200
    except (Broken, OSError):
        return False


def _until(is_so: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(500):
        if is_so():
            return
        pause.wait(0.01)
    raise AssertionError("it does not come")


def test_another_application_gets_bodies_up_to_a_size(feeds: Feeds) -> None:
    with serving(feeds, apps={"/hub": echo, "/-/": echo}) as (port, _):
        for target in ("/hub", "/-/status", "/%2D/status"):
            with Client(port) as client:
                client.send(f"POST {target} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello".encode())
                reply = client.reply()
                assert (reply.status, reply.body) == (200, b"5")
                assert reply["date"] is not None
                assert client.get("/town/rss.xml", method="HEAD").status == 200
        with Client(port) as client:
            client.send(b"POST /hub HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000)
            assert client.reply().status == 413
            assert client.is_closed()
        with Client(port) as client:
            assert client.get("/hub/rss.xml").status == 404


def test_an_applications_request_in_parts_may_not_take_for_ever(feeds: Feeds) -> None:
    with serving(feeds, apps={"/hub": echo}) as (port, _), Client(port) as client:
        client.send(b"POST /hub HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe")
        assert client.reply().status == 408
        assert client.is_closed()


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    tree.publish(tmp_path, "town", {"rss.xml": b"<rss/>"})
    feeds = tree.feeds(tmp_path, SystemClock(), rate=0.01, burst=5)
    with serving(feeds, proxies=("127.0.0.1",)) as (port, _), Client(port) as client:
        greedy, other = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
        tag = client.get("/town/rss.xml", greedy)["etag"] or ""
        assert [client.get("/town/rss.xml", greedy).status for _ in range(3)] == [200] * 3
        assert [client.get("/town/rss.xml", greedy | {"If-None-Match": tag}).status for _ in range(50)] == [304] * 50
        reply = client.get("/town/rss.xml", greedy)
        assert (reply.status, reply["retry-after"]) == (429, "50")
        assert reply["cache-control"] == "no-store"
        assert client.get("/town/rss.xml", other).status == 200
        assert client.get("/town/rss.xml").status == 200


def test_a_large_document_goes_out_whole_in_each_way(tmp_path: Path) -> None:
    data = tree.text(90_000)
    tree.publish(tmp_path, "town", {"rss.xml": data}, codings=())
    with serving(tree.feeds(tmp_path, SystemClock())) as (port, _), Client(port) as client:
        reply = client.get("/town/rss.xml")
        assert reply.body == data
        assert client.get("/town/rss.xml", {"If-None-Match": reply["etag"] or ""}).status == 304
        assert client.get("/town/rss.xml", method="HEAD")["content-length"] == str(len(data))
        client.send(GET * 3)
        assert [client.reply().body == data for _ in range(3)] == [True] * 3


def test_requests_before_1_1_get_one_answer(feeds: Feeds) -> None:
    with serving(feeds) as (port, told), Client(port) as client:
        client.send(b"GET /town/rss.xml HTTP/1.0\r\n\r\n")
        reply = client.reply()
        assert (reply.body, reply["connection"]) == (LARGE, "close")
        assert client.is_closed()
    assert told == [(200, "GET", b"/town/rss.xml", "127.0.0.1", len(LARGE))]


def test_a_refusal_belongs_to_its_own_request(feeds: Feeds) -> None:
    with serving(feeds) as (port, told), Client(port) as client:
        assert client.get("/nothing", method="GET").status == 404
        client.send(b"HEAD /town/rss.xml HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
        reply = client.reply("HEAD")
        assert (reply.status, reply["content-length"] != "0") == (400, True)
        assert client.is_closed()
    assert told[1:] == [(400, "HEAD", b"/town/rss.xml", "127.0.0.1", 0)]


def test_what_is_no_request_has_no_method(feeds: Feeds) -> None:
    with serving(feeds) as (port, told), Client(port) as client:
        assert client.get("/nothing", method="HEAD").status == 404
        client.send(b"\x00\x01 nonsense\r\n\r\n")
        reply = client.reply()
        assert reply.status == 400
        assert reply.body.startswith(b"400 Bad Request.")
    assert [one[:2] for one in told] == [(404, "HEAD"), (400, "")]


def test_a_fault_of_ours_ends_one_connection(feeds: Feeds, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Ready:
        raise RuntimeError("broken on purpose")

    with serving(feeds) as (port, _):
        monkeypatch.setattr(Feeds, "at_once", fail)
        with Client(port) as client:
            assert client.get("/town/rss.xml").status == 500
        monkeypatch.undo()
        with Client(port) as client:
            assert client.get("/town/rss.xml").status == 200


def test_an_unreadable_tree_is_a_matter_of_the_moment(feeds: Feeds, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with serving(feeds) as (port, _), Client(port) as client:
        monkeypatch.setattr("syndicate.web.catalogue.Catalogue.find", fail)
        reply = client.get("/town/rss.xml")
        assert (reply.status, reply["retry-after"]) == (503, "1")
