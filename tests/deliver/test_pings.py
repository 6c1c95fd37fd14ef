"""The outbox of pings: put with what was published, sent once, tried again, given up, seen."""

import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate.clock import FixedClock
from syndicate.deliver.attempt import courier
from syndicate.deliver.pings import Sender, Told
from syndicate.deliver.problems import PATIENCE, problems
from syndicate.deliver.retry import Backoff
from syndicate.store import pings
from syndicate.store.engine import Store, open_store
from tests.deliver.server import Elsewhere, Said, elsewhere
from tests.newsroom import Newsroom, story

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
TOPICS = tuple(f"https://harbour.example/feeds/{name}/rss.xml" for name in ("all", "town"))
LOOPBACK = ("127.0.0.0/8",)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = open_store("sqlite:///store.db", tmp_path)
    yield opened
    opened.close()


def put(store: Store, *hubs: str, topics: tuple[str, ...] = TOPICS, now: datetime = NOW) -> None:
    with store.write() as connection:
        pings.put(connection, hubs, topics, now)


def rows(store: Store) -> tuple[pings.Ping, ...]:
    with store.read() as connection:
        return pings.all_of(connection)


def sender(store: Store, now: datetime = NOW, allow: tuple[str, ...] = LOOPBACK, seconds: float = 5) -> Sender:
    fetcher = courier("https://harbour.example/", allow, time.monotonic, seconds)
    return Sender(store=store, clock=FixedClock(now), fetcher=fetcher, backoff=Backoff(), chance=lambda: 0.0)


def later() -> float:
    return time.monotonic() + 60


def test_a_hub_is_told_once(store: Store) -> None:
    with elsewhere(lambda _: Said(204)) as hub:
        put(store, hub.base)
        assert sender(store).send(hub.base, later()).sent == 2
        assert sender(store).send(hub.base, later()).sent == 0
    assert [one.fields for one in hub.got] == [
        {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic} for topic in TOPICS
    ]
    assert all(one.headers["user-agent"].startswith("syndicate/") for one in hub.got)
    assert {one.headers["content-type"] for one in hub.got} == {"application/x-www-form-urlencoded"}
    assert [(one.state, one.answer) for one in rows(store)] == [("sent", "204 No Content")] * 2


def test_changes_in_between_are_told_as_one(store: Store) -> None:
    for minute in range(3):
        put(store, "https://hub.example/", now=NOW + timedelta(minutes=minute))
    assert [(one.topic, one.state, one.attempts) for one in rows(store)] == [(topic, "due", 0) for topic in TOPICS]


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_a_failing_hub_is_left_alone_for_longer_and_longer(store: Store, status: int) -> None:
    now, pauses = NOW, []
    with elsewhere(lambda _: Said(status)) as hub:
        put(store, hub.base, topics=TOPICS[:1])
        for _ in range(8):
            told = sender(store, now).send(hub.base, later())
            assert told.next_try is not None
            pauses.append((told.next_try - now).total_seconds())
            assert sender(store, told.next_try - timedelta(seconds=1)).send(hub.base, later()).next_try is None
            now = told.next_try
        assert len(hub.got) == 8
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300]
    (one,) = rows(store)
    assert (one.attempts, one.failing_since, one.state) == (8, NOW, "due")


def test_one_failure_keeps_the_other_documents_waiting_and_not_for_ever(store: Store) -> None:
    poison = TOPICS[0]
    with elsewhere(lambda got: Said(500 if got.fields["hub.topic"] == poison else 204)) as hub:
        put(store, hub.base)
        first = sender(store).send(hub.base, later())
        assert (first.sent, len(hub.got)) == (0, 1)
        assert first.next_try is not None
        second = sender(store, first.next_try).send(hub.base, later())
    assert second.sent == 1
    assert [(one.topic, one.state) for one in rows(store)] == [(poison, "due"), (TOPICS[1], "sent")]


def test_retry_after_is_heeded(store: Store) -> None:
    with elsewhere(lambda _: Said(503, {"Retry-After": "1000"})) as hub:
        put(store, hub.base)
        told = sender(store).send(hub.base, later())
    assert told.next_try == NOW + timedelta(seconds=1000)


@pytest.mark.parametrize("status", [400, 403, 404, 410, 301])
def test_a_refusal_is_final_until_the_next_change(store: Store, status: int) -> None:
    with elsewhere(lambda _: Said(status, {"Location": "http://127.0.0.1:9/"})) as hub:
        put(store, hub.base)
        told = sender(store).send(hub.base, later())
        assert (told.refused, told.next_try) == (2, None)
        assert sender(store, NOW + timedelta(days=1)).send(hub.base, later()).refused == 0
        put(store, hub.base, topics=TOPICS[:1], now=NOW + timedelta(days=1))
        hub.answer = lambda _: Said(202)
        assert sender(store, NOW + timedelta(days=1)).send(hub.base, later()).sent == 1


def test_a_change_while_a_hub_is_being_told_is_told_again(store: Store) -> None:
    def change(_: object) -> Said:
        if len(hub.got) == 1:
            put(store, hub.base, topics=TOPICS[:1])
        return Said(204)

    with elsewhere(change) as hub:
        put(store, hub.base, topics=TOPICS[:1])
        assert sender(store).send(hub.base, later()).sent == 2
    assert [one.state for one in rows(store)] == ["sent"]


def test_a_hub_inside_the_house_needs_leave(store: Store) -> None:
    with elsewhere(lambda _: Said(204)) as hub:
        put(store, hub.base)
        told = sender(store, allow=()).send(hub.base, later())
        assert hub.got == []
    assert told.refused == 2
    assert told.trouble == "is inside the house (127.0.0.1); name its network in [websub] allow if it is in the house"


@pytest.mark.parametrize("seconds", [0.3])
def test_silent_and_endless_answers_end(store: Store, seconds: float) -> None:
    def endless() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            yield b"x" * 4096

    given_up = threading.Event()

    def silent() -> Iterator[bytes]:
        given_up.wait(20)
        yield b""

    with elsewhere(lambda _: Said(raw=endless())) as hub:
        put(store, hub.base)
        assert sender(store, seconds=seconds).send(hub.base, later()).sent == 2
    with elsewhere(lambda _: Said(raw=silent())) as hub:
        put(store, hub.base)
        told = sender(store, seconds=seconds).send(hub.base, later())
        given_up.set()
    assert told.trouble == "gives no whole answer within 0.3 s"


def test_what_a_dead_process_had_claimed_is_told_after_its_time(store: Store) -> None:
    put(store, "https://hub.example/")
    with store.write() as connection:
        claimed = pings.claim(connection, "https://hub.example/", NOW, NOW + timedelta(seconds=60), 10)
        assert len(claimed) == 2
        assert pings.claim(connection, "https://hub.example/", NOW, NOW + timedelta(seconds=60), 10) == ()
        again = pings.claim(
            connection, "https://hub.example/", NOW + timedelta(seconds=60), NOW + timedelta(seconds=120), 10
        )
    assert [one.topic for one in again] == [one.topic for one in claimed]


def test_a_clock_that_was_wrong_keeps_nothing_back(store: Store) -> None:
    put(store, "https://hub.example/", now=NOW + timedelta(days=400))
    with store.read() as connection:
        assert pings.is_any_due(connection, ("https://hub.example/",), NOW)


def test_when_time_is_up_the_rest_is_given_back(store: Store) -> None:
    with elsewhere(lambda _: Said(204)) as hub:
        put(store, hub.base)
        assert sender(store).send(hub.base, time.monotonic() - 1).sent == 0
        assert sender(store).send(hub.base, later()).sent == 2


def test_a_hub_that_hangs_gets_no_longer_than_what_is_left(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hub = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        put(store, hub)
        began = time.monotonic()
        told = sender(store, seconds=20).send(hub, began + 0.2)
        assert time.monotonic() - began < 5
    assert told.trouble == "gives no whole answer within 0.2 s"


def test_no_hub_fails_because_there_was_next_to_no_time_for_it(store: Store) -> None:
    with elsewhere(lambda _: Said(204)) as hub:
        put(store, hub.base)
        assert sender(store).send(hub.base, time.monotonic() + 0.8) == Told(hub=hub.base, sent=1)
        assert [(one.state, one.attempts) for one in rows(store)] == [("sent", 0), ("due", 0)]
        assert sender(store).send(hub.base, later()).sent == 1


def test_what_needs_a_person(store: Store) -> None:
    with elsewhere(lambda _: Said(500)) as hub:
        put(store, hub.base)
        sender(store).send(hub.base, later())
    assert list(problems(rows(store), NOW + PATIENCE - timedelta(seconds=1))) == []
    (line,) = problems(rows(store), NOW + PATIENCE)
    assert line == (
        f"hub {hub.base}: could not be told of 2 documents since 2026-03-04T12:00:00+00:00: 500 Internal Server Error"
    )


# The whole road: an export puts pings and tells hubs, whatever happens in between.


def with_hub(newsroom: Newsroom, hub: str, rest: str = "") -> None:
    text = newsroom.config.read_text(encoding="utf-8").partition("[websub]")[0]
    newsroom.config.write_text(
        f'{text}[websub]\nhubs = ["{hub}"]\nallow = ["127.0.0.1"]\n{rest}', encoding="utf-8"
    )  # fmt: skip


def import_(newsroom: Newsroom, *stories: dict[str, object]) -> None:
    assert newsroom.call("import", str(newsroom.story("a.jsonl", *stories)))[0] == 0


def names(hub: Elsewhere) -> list[str]:
    return [one.fields["hub.topic"].removeprefix("https://harbour.example/feeds/") for one in hub.got]


ALL = [f"{feed}/{name}" for feed in ("all", "town") for name in ("atom.xml", "newsml-g2.xml", "rss.xml")]


def test_an_export_tells_hubs_of_what_it_has_written_and_of_nothing_else(newsroom: Newsroom) -> None:
    with elsewhere(lambda _: Said(204)) as hub:
        with_hub(newsroom, hub.base)
        import_(newsroom, story("ferry"))
        code, _, err = newsroom.call("export")
        assert (code, sorted(names(hub))) == (0, ALL)
        assert f"hub {hub.base}: told of 6 documents" in err
        newsroom.call("export")
        newsroom.call("export", "--force")
        assert len(hub.got) == 6
        import_(newsroom, story("museum", sections=["culture"]))
        newsroom.call("export")
        assert sorted(names(hub)[6:]) == [name for name in ALL if name.startswith("all/")]
        import_(newsroom, story("museum", status="canceled", version=2, updated="2026-03-01T09:00:00Z"))
        newsroom.call("export")
    assert sorted(names(hub)[9:]) == [name for name in ALL if name.startswith("all/")]


def test_a_failing_hub_does_not_fail_an_export_and_is_told_by_a_later_one(newsroom: Newsroom) -> None:
    with elsewhere(lambda _: Said(503)) as hub:
        with_hub(newsroom, hub.base)
        import_(newsroom, story("ferry"))
        code, _, err = newsroom.call("export")
        assert code == 0
        assert f"hub {hub.base}: cannot be told now: 503 Service Unavailable; again from 20" in err
        assert len(newsroom.json("status")["pings"]) == 6
        hub.answer = lambda _: Said(204)
        newsroom.call("export")
        assert len(hub.got) == 1
        after = (datetime.now(UTC) + timedelta(seconds=30)).isoformat()
        code, _, err = newsroom.call("export", now=after)
        assert (code, len(hub.got)) == (0, 7)
        assert newsroom.call("export", now=after)[2].endswith("6 unchanged\n")


def test_what_was_written_by_an_export_that_was_killed_is_told_by_the_next(newsroom: Newsroom) -> None:
    with elsewhere(lambda _: Said(204)) as hub:
        with_hub(newsroom, hub.base)
        import_(newsroom, story("ferry"))
        newsroom.call("export")
        # As if it had been killed after the last rename: what it had written is not remembered.
        with closing(sqlite3.connect(newsroom.folder / "var" / "syndicate.db")) as driver, driver:
            driver.execute("UPDATE output SET sha256 = 'before' WHERE feed = 'town' AND format = 'rss'")
            driver.execute("DELETE FROM stamp")
        assert newsroom.call("export")[2].startswith("6 unchanged")
        assert names(hub)[6:] == ["town/rss.xml"]
        newsroom.call("export")
    assert len(hub.got) == 7


def test_dry_runs_and_exports_without_hubs_tell_nobody(newsroom: Newsroom) -> None:
    import_(newsroom, story("ferry"))
    newsroom.call("export")
    assert newsroom.json("status")["pings"] == []
    with elsewhere(lambda _: Said(204)) as hub:
        with_hub(newsroom, hub.base)
        newsroom.call("export", "--dry-run")
        assert hub.got == []


def test_refusals_are_seen_and_get_another_go(newsroom: Newsroom) -> None:
    with elsewhere(lambda _: Said(403)) as hub:
        with_hub(newsroom, hub.base)
        import_(newsroom, story("ferry"))
        code, _, err = newsroom.call("export")
        assert code == 0
        assert f"hub {hub.base}: refuses 6 documents: 403 Forbidden" in err
        code, _, err = newsroom.call("status")
        assert code == 1
        assert "hubs: 6 pings waiting; 0 subscriptions, 0 failing" in err
        assert f"hub {hub.base}: refuses to be told of 6 documents: 403 Forbidden; mend that, then:" in err
        assert {one["state"] for one in newsroom.json("websub", "list")["pings"]} == {"refused"}
        hub.answer = lambda _: Said(204)
        code, out, err = newsroom.call("websub", "retry")
        assert code == 0
        assert out.count("403 Forbidden") == 6
        assert "another go for 6 pings and 0 subscriptions" in err
        assert newsroom.call("status")[0] == 0
        out = newsroom.call("websub", "list")[1]
    assert out.count("204 No Content") == 6


def test_where_there_are_no_hubs_nothing_is_asked_for_them(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(pings, "is_any_due", lambda *given: asked.append(given))
    assert newsroom.call("websub", "retry")[0] == 0
    assert asked == []


def test_hubs_that_are_not_named_any_more_are_forgotten(newsroom: Newsroom) -> None:
    with elsewhere(lambda _: Said(503)) as hub:
        with_hub(newsroom, hub.base)
        import_(newsroom, story("ferry"))
        newsroom.call("export")
    text = newsroom.config.read_text(encoding="utf-8").partition("[websub]")[0]
    newsroom.config.write_text(text, encoding="utf-8")
    newsroom.call("export")
    assert newsroom.json("status")["pings"] == []
    assert newsroom.call("export")[2] == "6 unchanged\n"
