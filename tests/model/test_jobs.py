"""The decisions about jobs: which slots are made up for, when changes have settled, what comes next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.model import jobs
from syndicate.model.cron import Cron
from syndicate.model.feed import Feed
from syndicate.model.jobs import (
    NET,
    ON_CHANGE,
    TAKE_DOWN,
    Due,
    Job,
    Watch,
    due_slots,
    is_settled,
    jobs_of,
    next_runs,
    notice,
)

T0 = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
EVERY_5 = Job(id="town", feeds=("town",), cron=Cron.parse("*/5 * * * *"))


def test_each_timed_feed_is_a_job_and_the_others_share_one_with_a_net(feed: Feed) -> None:
    timed = replace(feed, id="timed", schedule=Cron.parse("0 6 * * *"), zone="Europe/Berlin")
    made = {job.id: job for job in jobs_of([feed, timed, replace(feed, id="coast")], "all")}
    assert set(made) == {"timed", ON_CHANGE, NET, TAKE_DOWN}
    assert made["timed"] == Job(
        id="timed", feeds=("timed",), cron=Cron.parse("0 6 * * *"), zone="Europe/Berlin", missed="all"
    )
    assert made[ON_CHANGE].feeds == made[NET].feeds == ("town", "coast")
    assert [job.id for job in jobs_of([timed])] == [TAKE_DOWN, "timed"]
    assert made[TAKE_DOWN].feeds == ("town", "timed", "coast")
    assert jobs_of([]) == ()


def test_nothing_is_due_before_the_next_slot() -> None:
    assert due_slots(EVERY_5, T0, T0 + 5 * MINUTE - MINUTE / 60) == Due()
    assert due_slots(EVERY_5, T0, T0 + 5 * MINUTE) == Due(slots=(T0 + 5 * MINUTE,))
    assert due_slots(EVERY_5, T0, T0 - HOUR) == Due()
    assert due_slots(replace(EVERY_5, cron=None), T0, T0 + HOUR) == Due()


def test_after_downtime_the_last_slot_stands_for_the_missed_ones() -> None:
    due = due_slots(EVERY_5, T0, T0 + HOUR + MINUTE)
    assert due.slots == (T0 + HOUR,)
    assert due.note == "stands for 11 missed before"


def test_after_downtime_all_slots_are_made_up_for_when_asked() -> None:
    due = due_slots(replace(EVERY_5, missed="all"), T0, T0 + HOUR)
    assert due.slots == tuple(T0 + n * 5 * MINUTE for n in range(1, 13))
    assert due.note is None


@pytest.mark.parametrize(
    ("missed", "kept", "note"),
    [
        ("last", 1, "stands for 1000 or more missed before"),
        ("all", jobs.MOST_MISSED, "stands for 1 or more missed before"),
    ],
)
def test_a_year_away_costs_bounded_work(missed: jobs.Missed, kept: int, note: str) -> None:
    job = replace(EVERY_5, missed=missed, cron=Cron.parse("* * * * *"))
    due = due_slots(job, T0 - timedelta(days=365), T0)
    assert (len(due.slots), due.slots[-1], due.note) == (kept, T0, note)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=8))
def test_looking_often_or_seldom_finds_the_same_slots(steps: list[int]) -> None:
    job = replace(EVERY_5, missed="all", zone="America/New_York", cron=Cron.parse("*/7 0-20 * * *"))
    found: list[datetime] = []
    now = T0
    for step in steps:
        now += step * MINUTE
        found += due_slots(job, found[-1] if found else T0, now).slots
    assert tuple(found) == due_slots(job, T0, now).slots


def test_changes_are_watched_until_they_settle() -> None:
    assert notice(None, 7, 7, 0.0) is None
    watch = notice(None, 8, 7, 10.0)
    assert watch == Watch(number=8, first=10.0, last=10.0)
    assert not is_settled(watch, 2.0, 11.9)
    assert is_settled(watch, 2.0, 12.0)
    later = notice(watch, 9, 7, 11.0)
    assert later == Watch(number=9, first=10.0, last=11.0)
    assert notice(later, 9, 7, 11.5) == later
    assert not is_settled(later, 2.0, 12.5)
    assert notice(later, 9, 9, 12.0) is None


def test_steady_changes_are_built_after_ten_times_the_quiet() -> None:
    watch: Watch | None = None
    at = 0.0
    for number in range(1, 100):
        watch = notice(watch, number, 0, at)
        assert watch is not None
        if is_settled(watch, 2.0, at):
            break
        at += 1.0
    assert at == 20.0


def test_no_quiet_at_all_builds_at_once() -> None:
    watch = notice(None, 1, 0, 5.0)
    assert watch is not None
    assert is_settled(watch, 0.0, 5.0)


def test_the_next_runs_by_time() -> None:
    daily = Job(id="daily", feeds=("daily",), cron=Cron.parse("0 8 * * *"), zone="America/New_York")
    waiting = Job(id=ON_CHANGE, feeds=("coast",), cron=None)
    hourly = Job(id="hourly", feeds=("hourly",), cron=Cron.parse("@hourly"))
    coming = next_runs([hourly, daily, waiting], T0, 3)
    assert [(run.job, run.slot) for run in coming] == [
        (ON_CHANGE, None),
        ("daily", T0 + HOUR),
        ("hourly", T0 + HOUR),
        ("hourly", T0 + 2 * HOUR),
    ]
    assert next_runs([], T0, 3) == ()
