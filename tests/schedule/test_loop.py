"""The loop with a clock moved by hand: what is due runs, once, whatever happens to the others."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from syndicate.errors import LostLease, StoreError
from syndicate.model.article import Article, Status
from syndicate.model.cron import Cron
from syndicate.model.jobs import ON_CHANGE, TAKE_DOWN, Job
from syndicate.schedule.holding import Guard
from syndicate.schedule.loop import Loop
from syndicate.store import articles, runs
from syndicate.store.engine import Store
from syndicate.store.runs import RunRecord
from tests.schedule.conftest import HandClock

TOWN = Job(id="town", feeds=("town",), cron=Cron.parse("*/5 * * * *"))
CHANGED = Job(id=ON_CHANGE, feeds=("coast", "sport"), cron=None)


@dataclass
class Works:
    """Work that keeps a ledger of what it did, and does `during` in between."""

    during: Callable[[Guard], None] = lambda guard: None
    done: list[tuple[str, datetime]] = field(default_factory=list)
    feeds: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, feeds: tuple[str, ...], guard: Guard) -> str:
        self.during(guard)
        guard()
        self.done.append((guard.claim.job, guard.claim.slot))
        self.feeds.append(feeds)
        return "built"


@pytest.fixture
def work() -> Works:
    return Works()


@pytest.fixture
def loop(store: Store, clock: HandClock, work: Works) -> Loop:
    return Loop(store=store, clock=clock, jobs=(TOWN, CHANGED), work=work, owner="a", lease=30.0, debounce=2.0)


def history(store: Store) -> list[RunRecord]:
    with store.read() as connection:
        return [run for run in runs.history(connection, 1000) if run.outcome != runs.FIRST_SEEN][::-1]


def put(store: Store, article: Article, now: datetime) -> None:
    with store.write() as connection:
        addition = articles.Addition(article=article, kind="new", source="story:1")
        articles.add_all(connection, [addition], batch=1, now=now)


def test_nothing_is_made_up_for_before_the_job_was_known(loop: Loop, work: Works, clock: HandClock) -> None:
    assert loop.tick() == 0
    clock.forward(minutes=4, seconds=59)
    assert loop.tick() == 0
    start = clock.wall
    clock.forward(seconds=1)
    assert loop.tick() == 1
    assert work.done == [("town", start + timedelta(seconds=1))]
    assert work.feeds == [("town",)]
    assert loop.tick() == 0


def test_a_slot_missed_while_nobody_ran_is_made_up_for(loop: Loop, store: Store, clock: HandClock) -> None:
    loop.tick()
    clock.forward(hours=3)
    work = Works()
    again = replace_loop(loop, work=work, owner="b")
    assert again.tick() == 1
    assert work.done == [("town", clock.wall)]
    (run,) = history(store)
    assert (run.outcome, run.detail) == ("built", "stands for 35 missed before")


def test_all_missed_slots_are_made_up_for_when_asked(loop: Loop, work: Works, clock: HandClock) -> None:
    loop.jobs = (replace(TOWN, missed="all"),)
    loop.tick()
    start = clock.wall
    clock.forward(minutes=16)
    assert loop.tick() == 3
    assert work.done == [("town", start + timedelta(minutes=n)) for n in (5, 10, 15)]


def test_a_failing_run_is_kept_with_its_reason_and_the_next_goes_on(loop: Loop, store: Store, clock: HandClock) -> None:
    def fail(guard: Guard) -> None:
        raise RuntimeError("the crane fell over")

    loop.work = Works(during=fail)
    loop.tick()
    clock.forward(minutes=5)
    assert loop.tick() == 1
    assert loop.tick() == 0
    loop.work = Works()
    clock.forward(minutes=5)
    assert loop.tick() == 1
    failed, built = history(store)
    assert (failed.outcome, failed.detail) == (runs.FAILED, "RuntimeError: the crane fell over")
    assert built.outcome == "built"


def test_two_loops_share_the_work_without_doubling_it(loop: Loop, work: Works, clock: HandClock) -> None:
    other = replace_loop(loop, owner="b")
    for _ in range(60):
        clock.forward(minutes=1)
        loop.tick()
        other.tick()
    assert len(work.done) == len(set(work.done)) == 12


def test_a_frozen_loop_is_taken_over_and_does_no_harm(loop: Loop, store: Store, clock: HandClock) -> None:
    other_work = Works()
    other = replace_loop(loop, work=other_work, owner="b")

    def freeze(guard: Guard) -> None:
        clock.forward(seconds=31)
        assert other.tick() == 1

    frozen = Works(during=freeze)
    loop.work = frozen
    loop.tick()
    clock.forward(minutes=5)
    slot = clock.wall
    loop.tick()
    assert frozen.done == []
    assert other_work.done == [("town", slot)]
    (run,) = history(store)
    assert (run.owner, run.outcome, run.detail) == ("b", "built", "taken over from a")


def test_a_loop_that_is_killed_leaves_its_run_to_others(loop: Loop, store: Store, clock: HandClock) -> None:
    def die(guard: Guard) -> None:
        raise KeyboardInterrupt

    loop.work = Works(during=die)
    loop.tick()
    clock.forward(minutes=5)
    slot = clock.wall
    with pytest.raises(KeyboardInterrupt):
        loop.tick()
    work = Works()
    other = replace_loop(loop, work=work, owner="b")
    clock.forward(seconds=29)
    assert other.tick() == 0
    clock.forward(seconds=1)
    assert other.tick() == 1
    assert work.done == [("town", slot)]
    assert history(store)[0].outcome == "built"


def test_changes_are_built_together_when_they_have_settled(
    loop: Loop, work: Works, store: Store, clock: HandClock, article: Article
) -> None:
    put(store, article, clock.wall)
    assert loop.tick() == 0
    clock.forward(seconds=1)
    put(store, replace(article, version=3), clock.wall)
    assert loop.tick() == 0
    clock.forward(seconds=2)
    assert loop.tick() == 1
    assert work.feeds == [("coast", "sport")]
    assert [(run.job, run.detail) for run in history(store)] == [(ON_CHANGE, "changes 1-2")]
    clock.forward(minutes=1)
    assert loop.tick() == 0


def test_a_failure_of_a_clock_that_was_wrong_holds_nothing_up(
    loop: Loop, store: Store, clock: HandClock, article: Article
) -> None:
    def fail(guard: Guard) -> None:
        raise StoreError("the disk is away")

    loop.work = Works(during=fail)
    loop.debounce = 0.0
    clock.wall += timedelta(hours=1)
    put(store, article, clock.wall)
    assert loop.tick() == 1
    clock.wall -= timedelta(hours=1)
    work = Works()
    loop.work = work
    put(store, replace(article, version=3), clock.wall)
    assert loop.tick() == 1
    assert work.feeds == [("coast", "sport")]
    assert [loop.tick() for _ in range(3)] == [0, 0, 0]


def test_a_failed_build_is_tried_again(loop: Loop, store: Store, clock: HandClock, article: Article) -> None:
    def fail(guard: Guard) -> None:
        raise StoreError("the disk is away")

    loop.work = Works(during=fail)
    loop.debounce = 0.0
    put(store, article, clock.wall)
    assert loop.tick() == 1
    assert loop.tick() == 0, "not at once"
    loop.work = Works()
    clock.forward(seconds=5)
    assert loop.tick() == 1
    clock.forward(minutes=1)
    assert loop.tick() == 0
    assert [(run.outcome, run.detail) for run in history(store)] == [
        (runs.FAILED, "changes 1-1; StoreError: the disk is away"),
        ("built", "again after a failure"),
    ]


def test_two_loops_build_a_change_once(
    loop: Loop, work: Works, store: Store, clock: HandClock, article: Article
) -> None:
    other = replace_loop(loop, owner="b")
    put(store, article, clock.wall)
    for _ in range(10):
        loop.tick()
        other.tick()
        clock.forward(seconds=1)
    assert len(work.done) == 1


def test_an_embargo_that_ends_is_a_change(
    loop: Loop, work: Works, store: Store, clock: HandClock, article: Article
) -> None:
    end = clock.wall + timedelta(seconds=30)
    put(store, replace(article, embargo=end, expires=end + timedelta(minutes=1)), clock.wall)
    loop.jobs = (CHANGED,)
    built = []
    for _ in range(120):
        if loop.tick():
            built.append((clock.wall - end).total_seconds())
        clock.forward(seconds=1)
    assert built == [-28.0, 0.0, 60.0]
    assert [run.detail for run in history(store)] == [
        "changes 1-1",
        "seen differently from 2026-03-04T12:00:30+00:00",
        "seen differently from 2026-03-04T12:01:30+00:00",
    ]


@pytest.mark.parametrize("status", [Status.CANCELED, Status.WITHHELD])
def test_a_killed_article_leaves_all_feeds_at_once(
    loop: Loop, work: Works, store: Store, clock: HandClock, article: Article, status: Status
) -> None:
    removed = Job(id=TAKE_DOWN, feeds=("town", "coast", "sport"), cron=None, removals=True)
    loop = replace(loop, jobs=(TOWN, CHANGED, removed))
    put(store, article, clock.wall)
    assert loop.tick() == 0
    put(store, replace(article, version=3, status=status), clock.wall)
    assert loop.tick() == 1
    assert work.feeds == [("town", "coast", "sport")]
    assert [run.detail for run in history(store)] == ["taken down up to change 2"]
    put(store, replace(article, version=4), clock.wall)
    assert loop.tick() == 0


def test_a_slot_that_waits_is_superseded_by_the_next(loop: Loop, work: Works, store: Store, clock: HandClock) -> None:
    loop.tick()
    start = clock.wall
    runs.insert_slots(store, "town", [start + timedelta(minutes=5)], None)
    clock.forward(minutes=10)
    assert loop.tick() == 1
    assert work.done == [("town", start + timedelta(minutes=10))]
    assert [run.outcome for run in history(store)] == [runs.SUPERSEDED, "built"]


@pytest.mark.parametrize("hours", [1, 5000])
def test_a_clock_that_goes_back_doubles_and_stops_nothing(
    loop: Loop, work: Works, clock: HandClock, hours: int
) -> None:
    loop.jobs = (replace(TOWN, missed="all"),)
    loop.tick()
    clock.forward(hours=2)
    assert loop.tick() == 24
    clock.step(hours=-hours)
    for _ in range(120 if hours == 1 else 10):
        clock.forward(minutes=1)
        loop.tick()
    assert len(work.done) == len(set(work.done)) == (24 + 12 if hours == 1 else 24 + 2)


def test_a_clock_that_was_far_ahead_does_not_stop_the_job(loop: Loop, work: Works, clock: HandClock) -> None:
    loop.tick()
    clock.step(days=4000)
    assert loop.tick() == 1
    clock.step(days=-4000)
    clock.forward(minutes=5)
    assert loop.tick() == 1
    assert work.done[-1] == ("town", clock.wall)


def test_a_store_that_fails_is_tried_again(loop: Loop, work: Works, store: Store, clock: HandClock) -> None:
    loop.tick()
    clock.forward(minutes=5)
    with store.write() as connection:
        connection.run("ALTER TABLE run RENAME TO away")
    assert loop.tick() == 0
    with store.write() as connection:
        connection.run("ALTER TABLE away RENAME TO run")
    assert loop.tick() == 1
    assert len(work.done) == 1


def test_a_stopping_loop_finishes_the_run_and_begins_none(loop: Loop, store: Store, clock: HandClock) -> None:
    loop.jobs = (replace(TOWN, missed="all"),)
    loop.work = Works(during=lambda guard: loop.stopping.set())
    loop.tick()
    clock.forward(minutes=10)
    assert loop.tick() == 1
    assert loop.idle.is_set()
    assert [run.outcome for run in history(store)] == ["built", None]


def test_a_run_given_back_is_taken_up_at_once(loop: Loop, store: Store, clock: HandClock) -> None:
    def give_back(guard: Guard) -> None:
        assert loop.holding is not None
        loop.holding.release()
        loop.stopping.set()

    loop.work = Works(during=give_back)
    loop.tick()
    clock.forward(minutes=5)
    loop.tick()
    assert history(store)[0].outcome is None
    work = Works()
    assert replace_loop(loop, work=work, owner="b").tick() == 1
    assert len(work.done) == 1


def test_a_run_over_its_time_limit_fails_and_stays_failed(loop: Loop, store: Store, clock: HandClock) -> None:
    beats: list[float] = []
    refused: list[str] = []

    def hang(guard: Guard) -> None:
        loop.stopping.set()
        assert loop.holding is not None
        clock.forward(seconds=10)
        assert loop.holding.pulse()
        clock.forward(seconds=600)
        before = len(beats)
        assert not loop.holding.pulse()
        assert len(beats) == before
        with pytest.raises(LostLease, match="over its time limit of 600 s") as lost:
            guard()
        refused.append(str(lost.value))

    loop.beat = lambda: beats.append(clock.seconds)
    loop.work = Works(during=hang)
    loop.tick()
    clock.forward(minutes=5)
    loop.tick()
    assert refused
    (run,) = history(store)
    assert (run.outcome, run.detail) == (runs.FAILED, "over its time limit of 600 s")


def test_the_lease_is_renewed_while_the_work_goes_on(loop: Loop, store: Store, clock: HandClock) -> None:
    other = replace_loop(loop, work=Works(), owner="b")

    def take_long(guard: Guard) -> None:
        assert loop.holding is not None
        for _ in range(6):
            clock.forward(seconds=20)
            assert loop.holding.pulse()
            assert other.tick() == 0

    loop.work = Works(during=take_long)
    loop.tick()
    clock.forward(minutes=5)
    loop.tick()
    assert [(run.owner, run.outcome) for run in history(store)] == [("a", "built")]


def test_a_store_away_during_a_pulse_is_no_loss_yet(loop: Loop, store: Store, clock: HandClock) -> None:
    def lose_store(guard: Guard) -> None:
        assert loop.holding is not None
        with store.write() as connection:
            connection.run("ALTER TABLE run RENAME TO away")
        assert loop.holding.pulse()
        with store.write() as connection:
            connection.run("ALTER TABLE away RENAME TO run")

    loop.work = Works(during=lose_store)
    loop.tick()
    clock.forward(minutes=5)
    assert loop.tick() == 1
    assert history(store)[0].outcome == "built"


def test_a_fault_of_ours_does_not_end_the_loop(loop: Loop, work: Works, clock: HandClock) -> None:
    def broken(job: Job, last: datetime, now: datetime) -> None:
        raise ZeroDivisionError

    good, loop.due = loop.due, broken  # type: ignore[assignment]
    loop.tick()
    assert loop.tick() == 0
    assert loop.idle.is_set()
    loop.due = good
    clock.forward(minutes=5)
    assert loop.tick() == 1
    assert len(work.done) == 1


def replace_loop(loop: Loop, *, owner: str, work: Works | None = None) -> Loop:
    """Another scheduler on the same store."""
    return Loop(
        store=loop.store,
        clock=loop.clock,
        jobs=loop.jobs,
        work=work or loop.work,
        owner=owner,
        lease=loop.lease,
        debounce=loop.debounce,
    )
