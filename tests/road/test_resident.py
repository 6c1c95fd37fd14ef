"""A resident that builds only what a change touches leaves the tree that a full rebuild gives, byte for byte."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicate.app import CONFIGURATION, App, open_app
from syndicate.errors import LostLease
from syndicate.model.jobs import ON_CHANGE
from syndicate.outcome import Order
from syndicate.pipeline import export
from syndicate.schedule.holding import Guard
from syndicate.schedule.resident import Resident
from syndicate.store import memos, outputs, runs
from syndicate.store.engine import Connection
from tests.newsroom import FEED, Newsroom, story

START = datetime(2026, 3, 4, 12, tzinfo=UTC)
SECTIONS = ("town", "sport", "science", "sea")


@dataclass
class TestClock:
    """A clock that a test moves."""

    __test__ = False
    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()


@contextmanager
def resident(room: Newsroom, clock: TestClock) -> Iterator[tuple[App, Resident]]:
    with open_app(room.config, clock) as app:
        yield app, Resident(app)


def define(room: Newsroom) -> None:
    """Many feeds: by section, by keyword, by both, with an exclusion, with an age, short ones, summaries."""
    for section in SECTIONS:
        room.feed(section, f'limit = 5\n[select]\nsections = ["{section}"]\n')
    room.feed("both", 'order = "published"\n[select]\nsections = ["town", "sea"]\nkeywords = ["k1", "k2"]\n')
    room.feed("but", '[exclude]\nkeywords = ["k1"]\n')
    room.feed("young", 'max_age = "3h"\n[select]\nsections = ["sport", "sea"]\n')
    path = room.folder / "config" / "feeds" / "short.toml"
    path.write_text(
        FEED.format(id="short").replace(', "newsml-g2"', "") + 'content = "summary"\nlimit = 3\n', encoding="utf-8"
    )
    room.show("town", "both", "young", "short")


def act(room: Newsroom, chance: random.Random, clock: TestClock, number: int) -> None:
    """One thing that happens in a newsroom."""
    clock.moment += timedelta(seconds=chance.choice([1, 60, 900]))
    now = clock.moment
    soon = (now + timedelta(minutes=chance.choice([1, 30, 90]))).isoformat()
    fields: dict[str, object] = {
        "headline": f"Headline {number}",
        "sections": chance.sample(SECTIONS, chance.randrange(3)),
        "keywords": chance.sample(["k1", "k2", "k3"], chance.randrange(3)),
        "published": (START - timedelta(hours=chance.randrange(5))).isoformat(),
        "updated": now.isoformat(),
    }
    if chance.random() < 0.5:
        fields |= chance.choice(
            [
                {"embargo": soon},
                {"expires": soon},
                {"status": "withheld"},
                {"status": "canceled"},
                {"published": soon, "updated": soon},
            ]
        )
    articles = [story(f"s{chance.randrange(15)}", **fields) for _ in range(chance.choice([1, 1, 3]))]
    room.call("import", str(room.story("c.jsonl", *articles)), now=now.isoformat())


def rebuilt(app: App, folder: Path) -> dict[str, bytes]:
    """The tree that a whole export into an empty folder gives now."""
    other = folder / f"rebuilt-{app.clock.now().timestamp()}"
    os.environ["SYNDICATE_OUTPUT__PATH"] = str(other)
    try:
        with open_app(app.folder / "config" / "syndicate.toml", app.clock) as fresh:
            list(export(fresh, Order()))
    finally:
        del os.environ["SYNDICATE_OUTPUT__PATH"]
    return {
        path.relative_to(other).as_posix(): path.read_bytes() for path in sorted(other.rglob("*")) if path.is_file()
    }


@pytest.mark.parametrize("seed", [1, 2, 7, *(pytest.param(n, marks=pytest.mark.nightly) for n in range(8, 44))])
def test_the_tree_is_a_full_rebuild_after_anything(newsroom: Newsroom, tmp_path: Path, seed: int) -> None:
    chance, clock = random.Random(seed), TestClock()
    define(newsroom)
    with resident(newsroom, clock) as (app, builder):
        for number in range(12):
            act(newsroom, chance, clock, number)
            trouble = chance.random()
            if trouble < 0.15:
                builder = Resident(app)
            elif trouble < 0.4:
                crash(app, chance)
            elif trouble < 0.55:
                newsroom.call("export", chance.choice(["all", "town", "short"]), now=clock.moment.isoformat())
            accept(app, builder)
            if number % 4 == 3:
                assert newsroom.tree() == rebuilt(app, tmp_path), (seed, number)


def crash(app: App, chance: random.Random) -> None:
    """Another process builds everything and dies on the way, before or after it has put some file in its place."""
    left = chance.randrange(1, 40)
    app.store.close()
    pid = os.fork()
    if pid == 0:
        replace = os.replace

        def die_sometime(*arguments: Any) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os._exit(9)
            replace(*arguments)

        os.replace = die_sometime  # type: ignore[assignment]
        try:
            Resident(app).update(tuple(feed.id for feed in app.feeds))
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def accept(app: App, builder: Resident) -> None:
    """Update all feeds; what is held for its changes is let out, as a person would."""
    outcomes = builder.update(tuple(feed.id for feed in app.feeds))
    for feed in {outcome.feed for outcome in outcomes if outcome.state == "held"}:
        list(export(app, Order(feeds=(feed,), accept="test")))


def test_a_change_asks_only_the_feeds_it_can_touch(newsroom: Newsroom) -> None:
    clock = TestClock()
    define(newsroom)
    newsroom.call(
        "import",
        str(newsroom.story("a.jsonl", *(story(f"s{n}", sections=["town"]) for n in range(4)))),
        now=START.isoformat(),
    )
    with resident(newsroom, clock) as (app, builder):
        everything = tuple(feed.id for feed in app.feeds)
        assert {one.feed for one in builder.update(everything)} == set(everything)
        assert builder.update(everything) == []
        newsroom.call(
            "import",
            str(newsroom.story("a.jsonl", story("s0", sections=["sea"], updated="2026-03-04T11:00:00Z"))),
            now=START.isoformat(),
        )
        before = stamps(newsroom)
        outcomes = builder.update(everything)
        assert {one.feed for one in outcomes} == {"all", "town", "sea", "both", "but", "young", "short"}
        written = {path for one in outcomes if one.state == "written" for path in files_of(newsroom, one.path)}
        touched = {path for path, stamp in stamps(newsroom).items() if before.get(path) != stamp}
        assert written <= touched
        extra = {path for path in touched - written if not path.startswith("articles/")}
        assert {path.rpartition("/")[2].partition(".")[0] for path in extra} <= {"manifest", "index", "feeds", ""}


def files_of(room: Newsroom, path: str) -> list[str]:
    return [path, path + ".gz", path + ".br"]


def stamps(room: Newsroom) -> dict[str, int]:
    root = room.folder / "feeds"
    return {path.relative_to(root).as_posix(): path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


def test_every_step_of_a_withdrawal_reaches_the_feeds_that_had_the_story(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"), story("tide"))), now=START.isoformat())
    with resident(newsroom, TestClock()) as (app, builder):
        everything = tuple(feed.id for feed in app.feeds)
        builder.update(everything)
        for status in ("withheld", "canceled"):
            filed = story("ferry", status=status, sections=["elsewhere"])
            newsroom.call("import", str(newsroom.story("a.jsonl", filed)), now=START.isoformat())
            builder.update(everything)
            assert f"stat:{status}".encode() in newsroom.tree()["town/newsml-g2.xml"]


@pytest.mark.parametrize("count", [20, pytest.param(1000, marks=pytest.mark.nightly)])
def test_an_embargo_ends_on_its_second_and_never_before(newsroom: Newsroom, count: int) -> None:
    clock = TestClock()
    newsroom.show("all", "town")
    release = START
    with resident(newsroom, clock) as (app, builder):
        everything = tuple(feed.id for feed in app.feeds)
        builder.update(everything)
        for number in range(count):
            release += timedelta(seconds=7)
            fields = {"embargo": release.isoformat(), "headline": f"Released as number {number}."}
            newsroom.call(
                "import",
                str(newsroom.story("a.jsonl", story(f"s{number % 9}", **fields))),
                now=clock.moment.isoformat(),
            )
            words = f"Released as number {number}.".encode()
            clock.moment = release - timedelta(microseconds=1)
            builder.update(everything)
            assert not any(words in data for data in newsroom.tree().values())
            clock.moment = release
            builder.update(everything)
            for path in ("all/rss.xml", "all/atom.xml", "all/newsml-g2.xml", "town/index.html", "index.html"):
                assert words in newsroom.tree()[path], (number, path)


def test_the_configuration_is_kept_once(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, kept = TestClock(), list[str]()
    keep = memos.keep

    def noting(connection: Connection, found: dict[str, tuple[str, bytes]]) -> None:
        kept.extend(found)
        keep(connection, found)

    monkeypatch.setattr(memos, "keep", noting)
    with resident(newsroom, clock) as (_, builder):
        for name in ("ferry", "tide"):
            newsroom.story("a.jsonl", story(name))
            newsroom.call("import", str(newsroom.folder / "a.jsonl"), now=START.isoformat())
            builder.update(("all", "town"))
    assert kept.count(CONFIGURATION) <= 2, "once by the first import, once by the resident that began before it"


def test_a_failed_update_is_made_up_for(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = TestClock()
    with resident(newsroom, clock) as (_, builder):
        builder.update(("all", "town"))
        newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=START.isoformat())

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", fail)
        with pytest.raises(Exception, match="No space left"):
            builder.update(("all", "town"))
        monkeypatch.undo()
        assert {one.state for one in builder.update(("all", "town"))} == {"written"}
        assert b"ferry" in newsroom.tree()["town/rss.xml"]


def test_who_was_taken_over_at_the_last_moment_keeps_nothing(newsroom: Newsroom) -> None:
    clock, lease = TestClock(), timedelta(seconds=60)
    with resident(newsroom, clock) as (app, builder):
        runs.insert_slots(app.store, ON_CHANGE, [START], None)
        mine = runs.claim(app.store, [ON_CHANGE], "one", START, lease)
        assert mine is not None
        clock.moment += lease
        theirs = runs.claim(app.store, [ON_CHANGE], "other", clock.moment, lease)
        assert theirs is not None
        with pytest.raises(LostLease, match="another scheduler has taken it over"):
            # The guard looked before the other one came.
            builder.work(("all", "town"), Guard(claim=mine, check=lambda: None))
        with app.store.read() as connection:
            assert outputs.all_of(connection) == ()
        assert builder.work(("all", "town"), Guard(claim=theirs, check=lambda: None)) == "0 written"
        with app.store.read() as connection:
            assert {one.fence for one in outputs.all_of(connection)} == {theirs.fence}
