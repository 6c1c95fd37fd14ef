"""The own hub from end to end, on real sockets and in real processes: discovery, intent, pushes, outages, kills."""

import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from time import monotonic

import feedparser
import pytest

from tests.cli.process import run
from tests.deliver.server import Elsewhere, Got, Said, confirming, elsewhere
from tests.web.hub_house import House, house, is_signed, links
from tests.web.servers import free_port
from tests.web.wire import Client


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A newsroom with a hub."""
    return house(tmp_path)


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_document_and_header_name_the_same_hub_and_the_same_self(home: House, name: str) -> None:
    with home.serving(), Client(home.port) as client:
        whole = client.get(f"/town/{name}")
        unchanged = client.get(f"/town/{name}", {"If-None-Match": whole["etag"] or ""})
        head = client.get(f"/town/{name}", method="HEAD")
    wanted = {("hub", f"http://127.0.0.1:{home.port}/hub"), ("self", home.topic(name))}
    assert unchanged.status == 304
    assert links(whole["link"]) == links(unchanged["link"]) == links(head["link"]) == wanted
    parsed = feedparser.parse(whole.body)
    told = {(link.rel, link.href) for link in parsed.feed.links if link.rel in ("hub", "self")}
    assert told == wanted
    assert run("validate", f"feeds/town/{name}", folder=home.folder)[:2] == (
        0,
        "1 document, 0 not valid: 0 errors, 0 warnings, 0 hints\n",
    )


def test_only_documents_of_feeds_have_hubs(home: House) -> None:
    with home.serving(), Client(home.port) as client:
        assert client.get("/")["link"] is None
        assert client.get("/nothing")["link"] is None
        assert links(client.get("/town/newsml-g2.xml")["link"]) != set()


def test_a_subscriber_is_sent_each_change_signed_within_a_second(
    home: House, record_property: Callable[[str, object], None]
) -> None:
    with home.serving() as server, elsewhere() as subscriber:
        home.subscribe(subscriber)
        (asked,) = subscriber.got
        assert asked.method == "GET"
        assert asked.fields["hub.mode"] == "subscribe"
        assert asked.fields["hub.topic"] == home.topic()
        assert asked.fields["hub.lease_seconds"] == "86400"
        assert len(asked.fields["hub.challenge"]) >= 32
        delays = []
        for version in (2, 3, 4):
            ended = home.publish(f"The ferry stops, {version}", version)
            subscriber.until(partial(has_pushes, subscriber, version - 1))
            delays.append(subscriber.pushes[-1].at - ended)
            assert subscriber.pushes[-1].body == home.published
        home.write("Withdrawn", 5, status="canceled")
        home.call("export")
        subscriber.until(lambda: len(subscriber.pushes) == 4)
        assert b"ferry" not in subscriber.pushes[-1].body
        assert server.stop() == 0
    record_property("seconds from the end of the export", max(delays))
    print(f"a push came {max(delays):.3f} s after the end of the export at most")
    assert max(delays) < 1
    assert all(is_signed(push) for push in subscriber.pushes)
    push = subscriber.pushes[0]
    assert push.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert links(push.headers["link"]) == {("hub", f"http://127.0.0.1:{home.port}/hub"), ("self", home.topic())}
    assert len({one.headers["idempotency-key"] for one in subscriber.pushes}) == 4


def test_the_scheduler_and_the_hub_together(home: House) -> None:
    with home.serving(), home.scheduling(), elsewhere() as subscriber:
        home.subscribe(subscriber)
        home.write("The ferry stops", 2)
        written = monotonic()
        subscriber.until(lambda: subscriber.pushes)
        assert subscriber.pushes[0].at - written < 5
        assert b"The ferry stops" in subscriber.pushes[0].body
    assert len(subscriber.pushes) == 1


def has_pushes(subscriber: Elsewhere, count: int) -> bool:
    return len(subscriber.pushes) == count


def outage(home: House, seconds: float) -> list[bytes]:
    """The bodies that a subscriber gets which is down for a while, and then up again until another change."""
    port = free_port()
    with home.serving() as server:
        with elsewhere(port=port) as subscriber:
            home.subscribe(subscriber)
        began = monotonic()
        home.publish("The ferry stops", 2)
        home.publish("The ferry stops for good", 3)
        threading.Event().wait(seconds - (monotonic() - began))
        assert home.json("status")["subscriptions"] == {"count": 1, "failing": 1}
        assert home.subscriptions()[0]["state"] == "failing"
        with elsewhere(port=port) as subscriber:
            subscriber.until(lambda: subscriber.pushes, seconds=max(30, 3 * seconds))
            threading.Event().wait(2)
            (push,) = subscriber.pushes
            assert b"The ferry stops for good" in push.body
            assert push.body == home.published
            assert is_signed(push)
            assert home.json("status")["subscriptions"] == {"count": 1, "failing": 0}
            home.publish("The ferry runs again", 4)
            subscriber.until(lambda: len(subscriber.pushes) == 2)
            bodies = [push.body for push in subscriber.pushes]
        assert server.stop() == 0
    return bodies


def test_a_subscriber_that_was_down_gets_it_afterwards_once(home: House) -> None:
    first, second = outage(home, 3)
    assert b"The ferry stops for good" in first
    assert b"The ferry runs again" in second


@pytest.mark.nightly
def test_a_subscriber_that_was_down_for_a_minute_gets_it_afterwards_once(tmp_path: Path) -> None:
    first, second = outage(house(tmp_path, pause=300), 60)
    assert b"The ferry stops for good" in first
    assert b"The ferry runs again" in second


@pytest.mark.fault
def test_a_push_that_is_pending_survives_a_kill_of_the_server(home: House) -> None:
    port = free_port()
    with home.serving() as server, elsewhere(port=port) as subscriber:
        home.subscribe(subscriber)
        server.signal(signal.SIGSTOP)
        home.publish("The ferry stops", 2)
        server.signal(signal.SIGKILL)
        server.process.wait(10)
        assert subscriber.pushes == []
        with home.serving():
            subscriber.until(lambda: subscriber.pushes)
            threading.Event().wait(1.5)
            home.publish("The ferry runs", 3)
            subscriber.until(lambda: len(subscriber.pushes) == 2)
    assert [b"stops" in push.body for push in subscriber.pushes] == [True, False]


@pytest.mark.fault
@pytest.mark.nightly
def test_a_server_killed_while_it_sends_sends_again_after_its_claim(home: House) -> None:
    entered, leave = threading.Event(), threading.Event()

    def hanging(got: Got) -> Said:
        if got.method == "POST" and not entered.is_set():
            entered.set()
            leave.wait(30)
            return Said(500)
        return confirming(got)

    with home.serving() as server, elsewhere(hanging) as subscriber:
        home.subscribe(subscriber)
        home.publish("The ferry stops", 2)
        assert entered.wait(10)
        server.signal(signal.SIGKILL)
        server.process.wait(10)
        leave.set()
        with home.serving():
            subscriber.until(lambda: len(subscriber.pushes) == 2, seconds=40)
    assert {push.headers["idempotency-key"] for push in subscriber.pushes} == {
        subscriber.pushes[0].headers["idempotency-key"]
    }


def test_several_processes_send_each_change_once(home: House) -> None:
    with home.serving("--workers", "2"), elsewhere() as subscriber:
        for number in range(6):
            home.subscribe(subscriber, path=f"/{number}")
        home.publish("The ferry stops", 2)
        subscriber.until(lambda: len(subscriber.pushes) >= 6)
        home.publish("The ferry runs", 3)
        subscriber.until(lambda: len(subscriber.pushes) >= 12)
        threading.Event().wait(1)
    assert sorted(push.path for push in subscriber.pushes) == sorted([f"/{number}" for number in range(6)] * 2)


def test_nobody_waits_for_those_who_hang(home: House) -> None:
    gone = threading.Event()

    def hanging(got: Got) -> Said:
        if got.method == "POST":
            gone.wait(20)
        return confirming(got)

    with home.serving(), elsewhere() as subscriber, ExitStack() as stack:
        hosts = [stack.enter_context(elsewhere(hanging, host=f"127.0.0.{number}")) for number in range(2, 7)]
        for number in range(15):
            home.subscribe(hosts[number % 5], path=f"/{number}")
        home.subscribe(subscriber)
        ended = home.publish("The ferry stops", 2)
        subscriber.until(lambda: subscriber.pushes)
        gone.set()
        assert subscriber.pushes[0].at - ended < 1


def test_a_subscription_ends_when_the_subscriber_wants_it_or_is_gone(home: House) -> None:
    with home.serving(), elsewhere() as subscriber:
        home.subscribe(subscriber, path="/one?key=1&key=2")
        assert subscriber.got[0].path.startswith("/one?key=1&key=2&hub.mode=subscribe&")
        fields = {"hub.mode": "unsubscribe", "hub.topic": home.topic()}
        assert home.ask({**fields, "hub.callback": f"{subscriber.base}/other"}).status == 404
        assert home.ask({**fields, "hub.callback": f"{subscriber.base}/one?key=1&key=2"}).status == 202
        subscriber.until(lambda: not home.subscriptions())
        assert "hub.lease_seconds" not in subscriber.got[-1].fields
        home.subscribe(subscriber, path="/two")
        subscriber.answer = lambda _: Said(410)
        home.publish("The ferry stops", 2)
        subscriber.until(lambda: not home.subscriptions())
    assert len(subscriber.pushes) == 1


def test_subscribers_of_a_feed_that_is_gone_are_told(home: House) -> None:
    with home.serving() as server, elsewhere() as subscriber:
        home.subscribe(subscriber)
        (home.folder / "config" / "feeds" / "town.toml").unlink()
        home.call("export")
        assert server.stop() == 0
        with home.serving():
            subscriber.until(lambda: subscriber.got[-1].fields.get("hub.mode") == "denied")
        assert subscriber.got[-1].fields["hub.reason"] == "The feed is not published any more."
        assert home.subscriptions() == []


def test_secrets_are_shown_nowhere(home: House) -> None:
    with home.serving() as server, elsewhere() as subscriber:
        home.subscribe(subscriber)
        home.publish("The ferry stops", 2)
        subscriber.until(lambda: subscriber.pushes)
        shown = home.call("websub", "list") + home.call("websub", "list", "--json") + home.call("status", "--json")
        assert server.stop() == 0
        assert "a secret" not in shown + server.said.read_text(encoding="utf-8")


def test_a_hub_without_an_address_is_refused_with_the_cure(home: House) -> None:
    config = home.folder / "config" / "syndicate.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("own =", "# own ="), encoding="utf-8")
    code, _, err = run("serve", "--hub", "--port", "0", folder=home.folder)
    assert code == 2
    assert "[websub] own is missing" in err
    assert 'own = "https://feeds.example.com/hub"' in err


def test_a_store_that_cannot_be_opened_is_named(home: House) -> None:
    (home.folder / "var" / "syndicate.db").write_bytes(b"a shopping list" * 100)
    code, _, err = run("serve", "--hub", "--workers", "2", "--port", "0", folder=home.folder)
    assert code == 3
    assert "the file is no SQLite database" in err


def test_reading_the_configuration_again_keeps_the_hub_and_its_subscribers(home: House) -> None:
    with home.serving() as server, elsewhere() as subscriber:
        home.subscribe(subscriber)
        server.signal(signal.SIGHUP)
        home.publish("The ferry stops", 2)
        subscriber.until(lambda: subscriber.pushes)
        home.subscribe(subscriber, path="/again")
        assert "serve.reloaded" in server.said.read_text(encoding="utf-8")
