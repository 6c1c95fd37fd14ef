"""The status page, metrics and health over HTTP, of a newsroom with troubles."""

import asyncio
import base64
import json
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from syndicate.app import load_configuration, open_app
from syndicate.clock import FixedClock
from syndicate.store import pings
from syndicate.web import status
from syndicate.web.counts import Counts
from syndicate.web.site import Message, Send
from syndicate.web.status import Status
from tests.cli.process import run
from tests.conftest import NOW
from tests.newsroom import story
from tests.web.servers import Server, nginx, syndicate, until
from tests.web.troubled import AT, HIDDEN, MINUTE, call, define, home_of, make, store
from tests.web.wire import Client, Reply

HOME = {"Host": "127.0.0.1"}
KNOWS = {"Authorization": "Basic " + base64.b64encode(b"desk:tide and time").decode()}
LINK = re.compile(r'href="([^"]+)"')


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom with troubles."""
    return make(tmp_path_factory.mktemp("troubled") / "room")


@pytest.fixture
def room(made: Path, tmp_path: Path) -> Path:
    """A copy of it to do things to."""
    return Path(shutil.copytree(made, tmp_path / "room"))


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[Server, Client, Client]]:
    """A server at the newsroom's moment, a client at the readers' port, and one at the port of this machine."""
    with (
        syndicate(folder, *options, before=("--now", AT)) as server,
        Client(server.port) as reader,
        Client(home_of(server)) as home,
    ):
        yield server, reader, home


@pytest.fixture(scope="module")
def open_room(made: Path) -> Iterator[tuple[Server, Client, Client]]:
    """The newsroom, served without a password."""
    with served(made) as found:
        yield found


@pytest.fixture
def home(open_room: tuple[Server, Client, Client]) -> Client:
    """Somebody at this machine."""
    return open_room[2]


@pytest.fixture
def reader(open_room: tuple[Server, Client, Client]) -> Client:
    """Somebody at the readers' port."""
    return open_room[1]


def text(reply: Reply) -> str:
    """The words of a page, without its marks."""
    page = re.sub(r"(?s)<style>.*?</style>", "", reply.body.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def password(folder: Path, word: str = "tide and time") -> None:
    """Set the password."""
    config = folder / "config" / "syndicate.toml"
    settings = config.read_text(encoding="utf-8").partition("[serve]")[0]
    config.write_text(settings + f'[serve]\npassword = "{word}"\n', encoding="utf-8")


def every_page(client: Client, headers: dict[str, str]) -> dict[str, Reply]:
    """All pages of the status that links lead to."""
    found: dict[str, Reply] = {}
    waiting = ["/-/status", "/healthz"]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = client.get(path, headers)
            links = LINK.findall(found[path].body.decode())
            waiting += [link.partition("#")[0] for link in links if link.startswith("/-/")]
    return found


def test_the_overview_says_what_needs_somebody(home: Client) -> None:
    said = text(home.get("/-/status", HOME))
    assert "4 feeds: 1 stale, 1 held, 1 incomplete" in said
    assert "town stale for 30 minutes The run town fails: PublishError: feeds/town: No space left on device." in said
    assert "Export it with syndicate export town" in said
    assert "Look with syndicate diff culture" in said
    assert "culture held for 50 minutes Held as atom, newsml-g2, rss: feed.items.lost" in said
    assert "sport incomplete 1 article left out: rss.date.invalid" in said
    assert "4 March 2026, 14:00 UTC in 2 hours publication all , sport" in said
    assert "5 March 2026, 06:00 UTC in 18 hours embargo ends all , town" in said


def test_a_feed_in_depth(home: Client) -> None:
    said = text(home.get("/-/status/feeds/sport", HOME))
    assert "Fresh, but 1 article left out" in said
    assert "rss.date.invalid error rss, line 31 pubDate" in said
    assert "Left out: tag:harbour.example,2019:story:s1" in said
    assert "4 March 2026, 13:00 UTC in 60 minutes" in said
    assert "What happened about s10 tag:harbour.example,2019:story:s10 44 hours ago" in said
    held = text(home.get("/-/status/feeds/culture", HOME))
    assert "4 items become 0" in held
    assert "It is built on every change" in held


def test_a_feed_may_have_any_name(room: Path) -> None:
    for name in ("runs", "rules", "feeds"):
        define(room, name, "")
    with served(room) as (_, _, home):
        overview = home.get("/-/status", HOME).body.decode()
        for name in ("runs", "rules", "feeds"):
            assert f'href="/-/status/feeds/{name}"' in overview
            assert f"Status of the feed {name}" in text(home.get(f"/-/status/feeds/{name}", HOME))
        assert "Status of the feed feeds" in text(home.get("/-/status/feeds", HOME))
        assert "<h1>Runs</h1>" in home.get("/-/status/runs", HOME).body.decode()


def test_the_address_without_the_folder_leads_to_the_feed_too(home: Client) -> None:
    assert home.get("/-/status/town", HOME).body == home.get("/-/status/feeds/town", HOME).body


def test_hubs_are_shown_where_there_are_any(room: Path, home: Client) -> None:
    assert 'id="hubs"' not in home.get("/-/status", HOME).body.decode()
    hub, topic = "https://hub.example/", "https://harbour.example/feeds/town/rss.xml"
    with open_app(room / "config" / "syndicate.toml", FixedClock(NOW)) as app, app.store.write() as connection:
        pings.put(connection, [hub, "https://other.example/"], [topic], NOW - 20 * MINUTE)
        (first, *_) = pings.all_of(connection)
        pings.refused(connection, first, NOW - 19 * MINUTE, "403 Forbidden <b>")
    with served(room) as (_, _, client):
        page = client.get("/-/status", HOME)
        figures = client.get("/-/metrics", HOME).body.decode()
    said = text(page)
    assert "Pings waiting 1" in said
    assert "4 feeds: 1 stale, 1 held, 1 incomplete; 1 hub problem" in said
    assert said.count("Hub https://hub.example/: refuses to be told of 1 document") == 2
    assert "Hub https://hub.example/: refuses to be told of 1 document: 403 Forbidden &lt;b&gt;" in said
    assert 'syndicate_pings{state="refused"} 1.0' in figures
    assert "syndicate_subscriptions 0.0" in figures


def test_runs_and_rules(home: Client) -> None:
    said = text(home.get("/-/status/runs", HOME))
    assert "town failed 15 minutes ago 1 second PublishError" in said
    assert "@on-change done 39 minutes ago 1 second 3 written, 1 held" in said
    rule = text(home.get("/-/status/rules/feed.items.lost", HOME))
    assert "feed.items.lost" in rule
    assert "Severity error" in rule


def test_every_link_leads_somewhere_and_every_page_is_private(home: Client) -> None:
    pages = every_page(home, HOME)
    assert len(pages) > 15
    for path, reply in pages.items():
        if path == "/healthz":
            continue
        assert reply.status == 200, path
        assert reply["cache-control"] == "no-store", path
        assert reply["access-control-allow-origin"] is None, path
        if path != "/-/metrics":
            assert "frame-ancestors 'none'" in (reply["content-security-policy"] or ""), path
            assert (reply["refresh"] is None) is ("still=1" in path), path


def test_no_page_tells_of_an_article_that_is_not_out(home: Client) -> None:
    pages = every_page(home, HOME)
    for hidden in HIDDEN:
        assert [path for path, reply in pages.items() if hidden.encode() in reply.body] == []


@pytest.mark.parametrize(
    "change",
    [{"status": "withheld"}, {"status": "canceled"}, {"expires": AT}],
    ids=["withheld", "canceled", "expired"],
)
def test_an_article_that_was_left_out_and_is_gone_since_is_not_named(room: Path, change: dict[str, object]) -> None:
    gone = story("s1", sections=["sport"], version=2, updated="2026-03-04T11:50:00Z", **change)
    store(room, [gone], AT)
    with served(room) as (_, _, home):
        page = home.get("/-/status/feeds/sport", HOME)
    assert "rss.date.invalid error rss, line 31 (in an article that is not out any more)" in text(page)
    assert b"story:s1<" not in page.body
    assert b"about s1<" not in page.body
    password(room)
    with served(room) as (_, _, home):
        assert b"story:s1<" in home.get("/-/status/feeds/sport", KNOWS).body


@pytest.mark.parametrize("path", ["/-/", "/-/status", "/-/status/feeds/town", "/-/metrics", "/-/nothing"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_at_the_readers_port_nothing_is_there(reader: Client, path: str, method: str) -> None:
    nothing = reader.get("/nothing/at/all", HOME, method)
    found = reader.get(path, HOME, method)
    assert (found.status, found.body) == (nothing.status, nothing.body)
    kept = [dict(one.headers) for one in (found, nothing)]
    for one in kept:
        one.pop("date", None)
    assert kept[0] == kept[1]


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {**HOME, "X-Forwarded-For": "192.0.2.7"}, {**HOME, "Via": "1.1 proxy"}]
)
def test_at_the_port_of_this_machine_only_it_is_answered(home: Client, headers: dict[str, str]) -> None:
    assert home.get("/-/status", headers).status == 404
    assert home.get("/-/metrics", headers).status == 404
    assert json.loads(home.get("/healthz", headers).body) == {"status": "unhealthy"}


@pytest.mark.parametrize(
    "path", ["/-/nothing", "/-/status/feeds/nothing", "/-/status/feeds/town/x", "/-/status/rules/no.such"]
)
def test_what_is_not_there_is_said_to_operators(home: Client, path: str) -> None:
    reply = home.get(path, HOME)
    assert reply.status == 404
    assert "There is no page of that name" in text(reply)


@pytest.mark.parametrize("path", ["/-/", "/-/status/"])
def test_other_spellings_lead_to_the_page(home: Client, path: str) -> None:
    reply = home.get(path, HOME)
    assert (reply.status, reply["location"]) == (308, "/-/status")


def test_a_name_in_an_address_is_no_markup(home: Client) -> None:
    reply = home.get("/-/status/feeds/%3Cscript%3E", HOME)
    assert reply.status == 404
    assert b"<script" not in reply.body


def test_head_and_other_methods(home: Client) -> None:
    reply = home.get("/-/status", HOME, "HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply["content-length"] or 0) > 1000
    assert home.get("/-/status", HOME, "POST").status == 405


# Health


def test_health_names_feeds_to_operators_alone(home: Client, reader: Client) -> None:
    told, public = home.get("/healthz", HOME), reader.get("/healthz")
    assert (told.status, public.status) == (503, 503)
    assert json.loads(public.body) == {"status": "unhealthy"}
    assert json.loads(told.body) == {
        "status": "unhealthy",
        "problems": [
            {
                "feed": "town",
                "since": "2026-03-04T11:30:00Z",
                "reason": "the run town fails: PublishError: feeds/town: No space left on device",
            }
        ],
    }


def test_health_is_well_again_once_the_feed_is_exported(room: Path) -> None:
    call(room, "export", "town", at=AT)
    with served(room) as (_, reader, home):
        assert (reader.get("/healthz").status, reader.get("/healthz").body) == (200, b'{"status":"ok"}\n')
        assert "4 feeds: 1 held, 1 incomplete" in text(home.get("/-/status", HOME))


# The store is away


def away(folder: Path) -> None:
    (folder / "var" / "syndicate.db").rename(folder / "var" / "elsewhere.db")


def broken(folder: Path) -> None:
    (folder / "var" / "syndicate.db").write_bytes(b"no database at all " * 500)


def newer(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "var" / "syndicate.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.commit()


@pytest.mark.parametrize(
    ("harm", "said"),
    [(away, "there is no store yet"), (broken, "not a database"), (newer, "has schema 0099 where")],
    ids=["away", "broken", "newer"],
)
def test_without_a_store_the_page_says_so_and_feeds_are_served(
    room: Path, harm: Callable[[Path], None], said: str
) -> None:
    harm(room)
    with served(room) as (_, reader, home):
        for path in ("/-/status", "/-/status/feeds/town", "/-/status/runs"):
            reply = home.get(path, HOME)
            assert reply.status == 503
            assert "The store cannot be asked" in text(reply)
            assert said in text(reply)
        health = home.get("/healthz", HOME)
        assert health.status == 503
        assert said in json.loads(health.body)["problems"][0]["reason"]
        assert json.loads(reader.get("/healthz").body) == {"status": "unhealthy"}
        assert b"syndicate_store_up 0.0\n" in home.get("/-/metrics", HOME).body
        assert reader.get("/town/rss.xml").status == 200
    assert not (room / "var" / "syndicate.db").exists() or harm is not away, "looking makes no store"


def test_a_store_that_comes_back_is_seen(room: Path) -> None:
    away(room)
    with served(room) as (_, _, home):
        assert home.get("/-/status", HOME).status == 503
        (room / "var" / "elsewhere.db").rename(room / "var" / "syndicate.db")
        until(lambda: home.get("/-/status", HOME).status == 200)


def test_a_locked_store_is_not_waited_for(room: Path) -> None:
    with closing(sqlite3.connect(room / "var" / "syndicate.db")) as connection, served(room) as (_, reader, home):
        connection.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        home.send(b"GET /-/status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert reader.get("/town/rss.xml").status == 200
        assert time.monotonic() - began < 2
        reply = home.reply()
        assert time.monotonic() - began < 8
        assert reply.status == 503
        assert "has not answered within 2 s" in text(reply)
        connection.rollback()
        until(lambda: home.get("/-/status", HOME).status == 200)


# The password


def test_the_password_opens_both_ports_and_shows_everything(room: Path) -> None:
    password(room)
    with served(room) as (server, reader, home):
        said = server.said.read_text(encoding="utf-8")
        assert re.search(rf"have the password, at http://\S+/-/status .* and http://\S+:{server.port}/-/status\n", said)
        for client in (reader, home):
            asked = client.get("/-/status", HOME)
            assert asked.status == 401
            assert (asked["www-authenticate"] or "").startswith("Basic realm=")
            assert client.get("/-/metrics", HOME).status == 401
            assert json.loads(client.get("/healthz", HOME).body) == {"status": "unhealthy"}
            assert "problems" in json.loads(client.get("/healthz", KNOWS).body)
            page = client.get("/-/status", KNOWS).body
            assert all(hidden.encode() in page for hidden in HIDDEN)
            assert client.get("/-/metrics", KNOWS).status == 200


def test_wrong_passwords_are_slowed_down(room: Path) -> None:
    password(room)
    wrong = {"Authorization": "Basic " + base64.b64encode(b"desk:guess").decode()}
    with served(room) as (_, reader, home):
        statuses = [reader.get("/-/status", wrong).status for _ in range(21)]
        assert statuses == [401] * 20 + [429]
        late = reader.get("/-/status", KNOWS)
        assert (late.status, late["retry-after"]) == (429, "5")
        assert reader.get("/town/rss.xml").status == 200
        assert home.get("/-/status", KNOWS).status == 200


def test_a_new_password_is_read_with_the_configuration(room: Path) -> None:
    with served(room) as (server, reader, _):
        assert reader.get("/-/status", KNOWS).status == 404
        password(room)
        server.signal(signal.SIGHUP)
        until(lambda: reader.get("/-/status").status == 401)
        assert reader.get("/-/status", KNOWS).status == 200


def test_the_password_is_kept_nowhere(room: Path) -> None:
    password(room)
    call(room, "export", at=AT)
    assert b"tide and time" not in (room / "var" / "syndicate.db").read_bytes()
    with served(room) as (server, reader, home):
        pages = {**every_page(reader, KNOWS), **every_page(home, KNOWS)}
        assert not [path for path, reply in pages.items() if b"tide and time" in reply.body]
        assert b"tide and time" not in server.said.read_bytes()


# nginx in front


def test_behind_nginx_there_is_health_and_no_status(room: Path, tmp_path: Path) -> None:
    password(room)
    with served(room) as (server, _, _):
        changes = {"server 127.0.0.1:8080": f"server 127.0.0.1:{server.port}"}
        with nginx(tmp_path, "nginx-proxy.conf", changes) as port, Client(port) as client:
            assert client.get("/-/status", KNOWS).status == 404
            assert client.get("/-/metrics", KNOWS).status == 404
            assert json.loads(client.get("/healthz").body) == {"status": "unhealthy"}
            assert client.get("/town/rss.xml").status == 200


# Load


@pytest.mark.parametrize("requests", [1000, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_readers_do_not_feel_who_looks_at_the_status(room: Path, requests: int) -> None:
    def took(client: Client) -> float:
        spans = []
        for _ in range(requests):
            began = time.perf_counter()
            assert client.get("/town/rss.xml").status == 200
            spans.append(time.perf_counter() - began)
        return statistics.median(spans)

    with served(room) as (_, reader, home):
        ended, seen = threading.Event(), []

        def look() -> None:
            while not ended.wait(0.02):
                seen.append(home.get("/-/status", HOME).status)

        alone = took(reader)
        looking = threading.Thread(target=look)
        looking.start()
        beside = took(reader)
        ended.set()
        looking.join()
    assert set(seen) == {200}
    assert beside < 3 * alone + 0.001, (alone, beside)


def test_it_ends_although_a_store_hangs(room: Path) -> None:
    with closing(sqlite3.connect(room / "var" / "syndicate.db")) as connection, served(room) as (server, _, home):
        connection.execute("BEGIN EXCLUSIVE")
        home.send(b"GET /-/status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert home.reply().status == 503
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 5
        connection.rollback()


def test_where_the_next_port_is_taken_feeds_are_served_all_the_same(room: Path) -> None:
    with pair() as (port, _), syndicate(room, port=port) as server, Client(server.port) as client:
        assert client.get("/town/rss.xml").status == 200
        said = f"no status page: port {port + 1} is taken; name another with [serve] status_port"
        assert said in server.said.read_text(encoding="utf-8")


def test_a_port_for_the_status_that_was_named_must_be_free(room: Path) -> None:
    with pair() as (_, taken):
        config = room / "config" / "syndicate.toml"
        config.write_text(f"{config.read_text(encoding='utf-8')}[serve]\nstatus_port = {taken}\n", encoding="utf-8")
        code, _, err = run("serve", "--port", "0", folder=room)
    assert code == 3
    assert f"127.0.0.1:{taken}: cannot listen there" in err


def test_both_ports_cannot_be_the_same(room: Path) -> None:
    config = room / "config" / "syndicate.toml"
    with pair() as (free, _):
        config.write_text(f"{config.read_text(encoding='utf-8')}[serve]\nstatus_port = {free}\n", encoding="utf-8")
        code, _, err = run("serve", "--host", "127.0.0.2", "--port", str(free), folder=room)
    assert code == 2
    assert f"[serve] status_port: {free} is the readers' port" in err


def test_the_same_port_at_another_address_is_that_of_readers(room: Path) -> None:
    configuration = load_configuration(room / "config" / "syndicate.toml")
    found = Status(configuration=configuration, clock=FixedClock(NOW), counts=Counts(1), home=("127.0.0.1", 8080))

    async def asked(address: str) -> int:
        sent: list[Message] = []
        scope = {"method": "GET", "path": "/-/status", "query_string": b"", "headers": [(b"host", b"127.0.0.1")],
                 "server": (address, 8080)}  # fmt: skip
        await found.apps["/-/"](scope, nothing_comes, into(sent))
        return int(sent[0]["status"])

    assert asyncio.run(asked("127.0.0.1")) == 200
    assert asyncio.run(asked("192.168.1.5")) == 404


def test_pages_are_made_beside_the_requests(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = load_configuration(room / "config" / "syndicate.toml")
    found = Status(configuration=configuration, clock=FixedClock(NOW), counts=Counts(1), home=("127.0.0.1", 8080))
    makers: dict[str, int] = {}
    for name in ("overview_page", "feed_page", "runs_page", "rule_page"):
        monkeypatch.setattr(status, name, noting(makers, name))

    async def ask(path: str) -> None:
        scope = {"method": "GET", "path": path, "query_string": b"", "headers": [(b"host", b"127.0.0.1")],
                 "server": ("127.0.0.1", 8080)}  # fmt: skip
        sent: list[Message] = []
        await found.apps["/-/"](scope, nothing_comes, into(sent))
        assert sent[0]["status"] == 200

    for path in ("", "/town", "/runs", "/rules/rss.guid.missing"):
        asyncio.run(ask("/-/status" + path))
    assert len(makers) == 4
    assert threading.get_ident() not in makers.values()


def noting(makers: dict[str, int], name: str) -> Callable[..., bytes]:
    """What makes a page of nothing and notes in which thread."""

    def make(*_values: object, **_named: object) -> bytes:
        makers[name] = threading.get_ident()
        return b""

    return make


async def nothing_comes() -> Message:
    """A request without a body."""
    return {"type": "http.disconnect"}


def into(sent: list[Message]) -> Send:
    """What puts an answer there."""

    async def send(message: Message) -> None:
        sent.append(message)

    return send


@contextmanager
def pair() -> Iterator[tuple[int, int]]:
    """A free port, and the one after it, which is taken."""
    for _ in range(50):
        with socket.socket() as taken, socket.socket() as free:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            after = taken.getsockname()[1]
            with suppress(OSError):
                free.bind(("127.0.0.1", after - 1))
                free.close()
                yield after - 1, after
                return
    raise AssertionError("no two ports beside each other are free")
