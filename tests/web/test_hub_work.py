"""The hub's worker against subscribers that do everything wrong, in this process."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from syndicate.clock import SystemClock
from syndicate.deliver.attempt import courier
from syndicate.deliver.retry import Backoff
from syndicate.errors import StoreError
from syndicate.store import subscriptions
from syndicate.store.engine import Connection, Store, open_store
from syndicate.store.subscriptions import Intent, Subscription
from syndicate.web.hub_topics import Topics
from syndicate.web.hub_work import Worker
from tests.deliver.server import Elsewhere, Got, Said, confirming, elsewhere
from tests.web import tree
from tests.web.servers import until

BASE = "https://harbour.example/news/feeds/"
TOPIC = f"{BASE}town/rss.xml"
SECONDS = 0.5
FIRST, SECOND = b"<rss>1</rss>", b"<rss>2</rss>"


@dataclass
class Works:
    """A worker at work, and its store and tree."""

    worker: Worker
    store: Store
    root: Path

    def ask(self, callback: str, mode: str = "subscribe", topic: str = TOPIC) -> None:
        """What the hub's door does with a good request."""
        sha256 = self.worker.topics.sha256(topic)
        intent = Intent(
            topic=topic, callback=callback, mode=mode, host="127.0.0.1", secret=None, lease_seconds=3600, reason=None,
            published_sha256=sha256, attempts=0, next_try=datetime.now(UTC),
        )  # fmt: skip
        with self.store.write() as connection:
            subscriptions.ask(connection, intent)
        self.worker.nudge()

    def publish(self, data: bytes) -> None:
        """Put another document in the place of the one before."""
        tree.publish(self.root, "town", {"rss.xml": data})

    def rows(self) -> tuple[Subscription, ...]:
        """All subscriptions."""
        with self.store.read() as connection:
            return subscriptions.all_of(connection)

    def is_idle(self) -> bool:
        """Whether nothing waits to be confirmed or told."""
        with self.store.read() as connection:
            return not subscriptions.intents_due(connection, datetime.now(UTC) + timedelta(minutes=30))

    def stepped(self) -> bool:
        """Have an idle worker do one step."""
        self.worker.step()
        return True

    def subscribe(self, subscriber: Elsewhere, path: str = "/push") -> None:
        """Subscribe for sure."""
        count = len(self.rows())
        self.ask(subscriber.base + path)
        subscriber.until(lambda: len(self.rows()) > count)


def idle(folder: Path, store: Store | None = None, allow: tuple[str, ...] = ("127.0.0.0/8",)) -> Works:
    """A worker for a tree with one document; it gives up on an answer after half a second."""
    clock = SystemClock()
    root = folder / "feeds"
    opened = store or open_store("sqlite:///store.db", folder)
    worker = Worker(
        store=opened,
        topics=Topics(root=str(root), base_url=BASE, names={"rss.xml"}, hubs=(f"{BASE}hub",), feeds={"town"}),
        clock=clock,
        fetcher=courier("https://harbour.example/", allow, clock.monotonic, SECONDS),
        backoff=Backoff(first=0.2, longest=0.4),
        chance=lambda: 0.0,
    )
    works = Works(worker, opened, root)
    works.publish(FIRST)
    return works


@contextmanager
def at_work(folder: Path, store: Store | None = None, allow: tuple[str, ...] = ("127.0.0.0/8",)) -> Iterator[Works]:
    """The same at work."""
    works = idle(folder, store, allow)
    worker, opened = works.worker, works.store
    thread = threading.Thread(target=worker.run, daemon=True)
    thread.start()
    try:
        yield works
    finally:
        worker.stop()
        thread.join(10)
        assert not thread.is_alive()
        opened.close()


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    """A worker at work."""
    with at_work(tmp_path) as found:
        yield found


def slow(got: Got) -> Iterator[bytes]:
    """The right answer, but its head comes too late."""
    threading.Event().wait(3 * SECONDS)
    yield b"HTTP/1.1 200 OK\r\n\r\n" + got.fields.get("hub.challenge", "").encode()


def dripping(got: Got) -> Iterator[bytes]:
    """A head that never comes to its end."""
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(100):
        threading.Event().wait(0.1)
        yield b"X-%d: y\r\n" % number


def endless(got: Got) -> Iterator[bytes]:
    """The right answer, and more and more."""
    yield b"HTTP/1.1 200 OK\r\n\r\n" + got.fields.get("hub.challenge", "").encode()
    yield from repeat(b"x" * 8192, 10_000)


def challenge(got: Got) -> bytes:
    return got.fields["hub.challenge"].encode()


@pytest.mark.parametrize(
    ("answer", "attempts"),
    [
        pytest.param(answer, attempts, id=name)
        for name, attempts, answer in (
            ("nothing", 1, lambda got: Said(body=b"")),
            ("something_else", 1, lambda got: Said(body=b"yes")),
            ("cut_off", 1, lambda got: Said(body=challenge(got)[:-1])),
            ("too_much", 1, lambda got: Said(body=challenge(got) + b"x")),
            ("not_found", 1, lambda got: Said(404, body=challenge(got))),
            ("gone", 1, lambda got: Said(410, body=challenge(got))),
            ("redirect", 1, lambda got: Said(301, {"Location": "/push"}, challenge(got))),
            ("redirect_inside", 1, lambda got: Said(307, {"Location": "http://127.0.0.1:9/"}, challenge(got))),
            ("endless", 1, lambda got: Said(raw=endless(got))),
            ("error", 3, lambda got: Said(500, body=challenge(got))),
            ("slow", 3, lambda got: Said(raw=slow(got))),
            ("dripping", 3, lambda got: Said(raw=dripping(got))),
            ("other_protocol", 3, lambda got: Said(raw=iter([b"SSH-2.0-x\r\n"]))),
            ("cut", 3, lambda got: Said(raw=iter([b""]))),
        )
    ],
)
def test_what_is_not_confirmed_is_no_subscription(works: Works, answer: Callable[[Got], Said], attempts: int) -> None:
    with elsewhere(answer) as subscriber:
        works.ask(f"{subscriber.base}/push")
        until(works.is_idle)
        assert works.rows() == ()
        assert len(subscriber.got) == attempts


def test_a_host_gets_no_more_by_having_many_ports(tmp_path: Path) -> None:
    works = idle(tmp_path)
    with closing(works.store):
        for port in range(2000, 2005):
            works.ask(f"https://reader.example:{port}/push")
        with works.store.read() as connection:
            intents = subscriptions.intents_due(connection, datetime.now(UTC))
        assert (len(intents), len(list(works.worker._wishes(intents, 0.0)))) == (5, 1)


def test_a_line_end_behind_the_challenge_is_forgiven(works: Works) -> None:
    with elsewhere(lambda got: Said(body=challenge(got) + b"\n")) as subscriber:
        works.ask(f"{subscriber.base}/push")
        until(works.rows)
        assert [one.callback for one in works.rows()] == [f"{subscriber.base}/push"]


def test_an_unsubscription_that_is_not_confirmed_changes_nothing(works: Works) -> None:
    with elsewhere() as subscriber:
        works.subscribe(subscriber)
        subscriber.answer = lambda got: Said(404)
        works.ask(f"{subscriber.base}/push", mode="unsubscribe")
        subscriber.until(lambda: len(subscriber.got) == 2)
        until(works.is_idle)
        assert len(works.rows()) == 1


def test_callbacks_inside_the_house_are_never_asked(tmp_path: Path) -> None:
    with at_work(tmp_path, allow=()) as works, elsewhere() as subscriber:
        works.ask(f"{subscriber.base}/push")
        works.ask(f"http://localhost:{subscriber.port}/push")
        until(works.is_idle)
        assert (subscriber.got, works.rows()) == ([], ())


def test_a_name_that_leads_into_the_house_later_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(tmp_path) as works, elsewhere() as subscriber:
        works.subscribe(subscriber)
        works.worker.fetcher = courier("https://harbour.example/", ("10.0.0.0/8",), time.monotonic, SECONDS)
        works.publish(SECOND)
        until(lambda: works.rows()[0].attempts)
        (row,) = works.rows()
        assert (row.answer or "").startswith("is inside the house (127.0.0.1)")
        assert subscriber.pushes == []


PUSH_FAULTS = (
    ("error", lambda got: Said(500)),
    ("busy", lambda got: Said(503, {"Retry-After": "0"})),
    ("slow", lambda got: Said(raw=slow(got))),
    ("dripping", lambda got: Said(raw=dripping(got))),
    ("cut", lambda got: Said(raw=iter([b""]))),
    ("other_protocol", lambda got: Said(raw=iter([b"SSH-2.0-x\r\n"]))),
)


def unless_asked(answer: Callable[[Got], Said]) -> Callable[[Got], Said]:
    return lambda got: confirming(got) if got.method == "GET" else answer(got)


@pytest.mark.parametrize(("name", "answer"), PUSH_FAULTS, ids=[name for name, _ in PUSH_FAULTS])
def test_a_push_that_fails_is_sent_again_until_it_succeeds(
    works: Works, name: str, answer: Callable[[Got], Said]
) -> None:
    with elsewhere(unless_asked(answer)) as subscriber:
        works.subscribe(subscriber)
        works.publish(SECOND)
        subscriber.until(lambda: len(subscriber.pushes) >= 2)
        until(lambda: works.rows()[0].attempts)
        (row,) = works.rows()
        assert row.delivered_sha256 is None
        assert row.failing_since is not None
        subscriber.answer = confirming
        until(lambda: works.rows()[0].delivered_sha256 == works.worker.topics.sha256(TOPIC))
        (row,) = works.rows()
        assert (row.attempts, row.failing_since, row.answer) == (0, None, "204 No Content")
        count = len(subscriber.pushes)
        threading.Event().wait(0.6)
        assert len(subscriber.pushes) == count
        assert {push.body for push in subscriber.pushes} == {SECOND}


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 404, 413])
def test_a_push_that_is_refused_is_not_sent_again_but_the_next_is(works: Works, status: int) -> None:
    with elsewhere(unless_asked(lambda got: Said(status, {"Location": "/elsewhere"}))) as subscriber:
        works.subscribe(subscriber)
        works.publish(SECOND)
        until(lambda: works.rows()[0].attempts)
        threading.Event().wait(0.8)
        assert [push.path for push in subscriber.pushes] == ["/push"]
        subscriber.answer = confirming
        works.publish(FIRST)
        subscriber.until(lambda: len(subscriber.pushes) == 2)
        until(lambda: works.rows()[0].attempts == 0)


def test_an_endless_answer_to_a_push_counts_by_its_status(works: Works) -> None:
    with elsewhere(unless_asked(lambda got: Said(raw=endless(got)))) as subscriber:
        works.subscribe(subscriber)
        works.publish(SECOND)
        until(lambda: works.rows()[0].delivered_at)
        assert len(subscriber.pushes) == 1


def test_gone_ends_the_subscription(works: Works) -> None:
    with elsewhere(unless_asked(lambda got: Said(410))) as subscriber:
        works.subscribe(subscriber)
        works.publish(SECOND)
        until(lambda: not works.rows())
        assert len(subscriber.pushes) == 1


def test_a_new_subscriber_is_not_sent_what_was_there_already(works: Works) -> None:
    with elsewhere() as subscriber:
        works.subscribe(subscriber)
        threading.Event().wait(0.5)
        assert subscriber.pushes == []
        works.publish(SECOND)
        subscriber.until(lambda: subscriber.pushes)
    assert [push.body for push in subscriber.pushes] == [SECOND]


def test_a_change_between_request_and_confirmation_is_sent(works: Works) -> None:
    def late(got: Got) -> Said:
        if got.method == "GET":
            works.publish(SECOND)
        return confirming(got)

    with elsewhere(late) as subscriber:
        works.subscribe(subscriber)
        subscriber.until(lambda: subscriber.pushes)
    assert [push.body for push in subscriber.pushes] == [SECOND]


def test_a_renewed_subscription_is_one_and_keeps_what_it_has(works: Works) -> None:
    with elsewhere() as subscriber:
        works.subscribe(subscriber)
        works.publish(SECOND)
        subscriber.until(lambda: subscriber.pushes)
        until(lambda: works.rows()[0].delivered_at)
        before = works.rows()[0]
        works.ask(f"{subscriber.base}/push")
        until(lambda: works.rows()[0].verified_at > before.verified_at)
        threading.Event().wait(0.5)
        assert len(works.rows()) == 1
        assert works.rows()[0].lease_until > before.lease_until
        assert len(subscriber.pushes) == 1


def test_a_lease_that_is_over_gets_nothing_more(works: Works) -> None:
    with elsewhere() as subscriber:
        works.subscribe(subscriber)
        with works.store.write() as connection:
            connection.run("UPDATE subscription SET lease_until = 1")
        works.publish(SECOND)
        works.worker._tidied = float("-inf")
        until(lambda: not works.rows())
        assert subscriber.pushes == []


def test_a_document_that_is_away_for_a_while_ends_nothing(works: Works) -> None:
    with elsewhere() as subscriber:
        works.subscribe(subscriber)
        tree.publish(works.root, "town", {})
        threading.Event().wait(0.5)
        assert len(works.rows()) == 1
        works.publish(SECOND)
        subscriber.until(lambda: subscriber.pushes)
    assert subscriber.pushes[0].body == SECOND


def test_a_store_that_fails_for_a_while_loses_nothing(tmp_path: Path) -> None:
    class Shaky(Store):
        is_away = False

        @contextmanager
        def write(self) -> Iterator[Connection]:
            if self.is_away:
                raise StoreError("is away")
            with super().write() as connection:
                yield connection

    opened = open_store("sqlite:///store.db", tmp_path)
    shaky = Shaky(opened._database)
    with at_work(tmp_path, shaky) as works, elsewhere() as subscriber:
        works.subscribe(subscriber)
        entered, leave = threading.Event(), threading.Event()

        def waiting(got: Got) -> Said:
            entered.set()
            leave.wait(SECONDS / 2)
            return Said(204)

        subscriber.answer = waiting
        works.publish(SECOND)
        assert entered.wait(10)
        shaky.is_away = True
        leave.set()
        threading.Event().wait(1.2)
        shaky.is_away = False
        until(lambda: works.rows()[0].delivered_at)
        assert len(subscriber.pushes) == 1
        works.publish(FIRST)
        subscriber.until(lambda: len(subscriber.pushes) == 2)


@pytest.mark.parametrize("way", ["read", "write"])
def test_a_change_is_not_lost_when_the_store_fails_as_it_is_seen(tmp_path: Path, way: str) -> None:
    away: set[str] = set()

    class Shaky(Store):
        @contextmanager
        def read(self) -> Iterator[Connection]:
            if "read" in away:
                raise StoreError("is away")
            with super().read() as connection:
                yield connection

        @contextmanager
        def write(self) -> Iterator[Connection]:
            if "write" in away:
                raise StoreError("is away")
            with super().write() as connection:
                yield connection

    with elsewhere() as subscriber, closing(Shaky(open_store("sqlite:///store.db", tmp_path)._database)) as store:
        works = idle(tmp_path, store)
        works.ask(f"{subscriber.base}/push")
        until(lambda: works.stepped() and works.rows())
        works.worker.step()
        works.publish(SECOND)
        away.add(way)
        works.worker._asked = works.worker._tidied = float("-inf")
        with pytest.raises(StoreError):
            works.worker.step()
        away.clear()
        works.worker._tidied = works.worker.clock.monotonic()
        until(lambda: works.stepped() and subscriber.pushes)
        until(lambda: works.stepped() and works.rows()[0].delivered_at)
    assert [push.body for push in subscriber.pushes] == [SECOND]


def test_a_document_that_is_copied_in_place_is_sent_once_it_is_whole(works: Works) -> None:
    whole = b"<rss>" + b"x" * 1000 + b"</rss>"
    with elsewhere() as subscriber, TemporaryDirectory() as folder:
        works.subscribe(subscriber)
        tree.publish(Path(folder), "town", {"rss.xml": whole})
        target = works.root / "town"
        (target / "manifest.json").write_bytes(Path(folder, "town", "manifest.json").read_bytes())
        for size in (7, 500, 1000):
            (target / "rss.xml").write_bytes(whole[:size])
            threading.Event().wait(0.15)
        (target / "rss.xml").write_bytes(whole)
        subscriber.until(lambda: subscriber.pushes)
        until(lambda: works.rows()[0].delivered_at)
    assert [push.body for push in subscriber.pushes] == [whole]


def test_two_workers_on_one_store_send_each_change_once(tmp_path: Path) -> None:
    with at_work(tmp_path) as one, elsewhere() as subscriber:
        for number in range(20):
            one.subscribe(subscriber, f"/{number}")
        with at_work(tmp_path):
            for data in (SECOND, FIRST, SECOND):
                one.publish(data)
                count = len(subscriber.pushes)
                subscriber.until(lambda count=count: len(subscriber.pushes) >= count + 20)  # type: ignore[misc]
                until(lambda: {row.answer for row in one.rows()} == {"204 No Content"})
            threading.Event().wait(0.6)
    assert sorted(push.path for push in subscriber.pushes) == sorted([f"/{number}" for number in range(20)] * 3)
