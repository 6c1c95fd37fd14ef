"""What runs when, as values: the jobs of a set of feeds, and the pure decisions about them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from syndicate.model.cron import Cron
from syndicate.model.feed import Feed
from syndicate.model.slots import newest_slots, next_slot, slots

# No feed can have these names (FeedDefinition.id), so they stand for several feeds in the table of runs.
ON_CHANGE = "@on-change"
NET = "@hourly-net"
TAKE_DOWN = "@take-down"
MOST_MISSED = 1000
# Under steady changes feeds are built after that many times the quiet that was asked for.
PATIENCE = 10

Missed = Literal["last", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is built when: `feeds` at the times of `cron` in `zone`, or after changes when `cron` is None.

    With `removals` it waits for the changes that withhold or cancel an article, and comes before all other jobs.
    `missed`: which of the slots that nobody was there for are made up for, the last one or all.
    """

    id: str
    feeds: tuple[str, ...]
    cron: Cron | None
    zone: str = "UTC"
    missed: Missed = "last"
    removals: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The slots to insert, in order, and how many older ones are left out (`is_cut`: at least that many)."""

    slots: tuple[datetime, ...] = ()
    left_out: int = 0
    is_cut: bool = False

    @property
    def note(self) -> str | None:
        """What the history says about the slots left out."""
        if not self.left_out:
            return None
        return f"stands for {self.left_out}{' or more' if self.is_cut else ''} missed before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Changes that no run covers yet: the newest number, and when the first and the last were noticed (monotonic)."""

    number: int
    first: float
    last: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRun:
    """A run to come; `slot` is None for a job that waits for a change."""

    job: str
    slot: datetime | None
    feeds: tuple[str, ...]


DueSlots = Callable[[Job, datetime, datetime], Due]


def jobs_of(feeds: Iterable[Feed], missed: Missed = "last") -> tuple[Job, ...]:
    """One job per feed with a schedule; for all feeds built on change one, and an hourly one as a net; one for kills.

    A killed or withheld article leaves every feed at once, whatever the feed's own schedule. The net carries what no
    change announces: articles that grow older than a feed's `max_age`, new definitions.
    """
    known = tuple(feeds)
    timed = tuple(
        Job(id=feed.id, feeds=(feed.id,), cron=feed.schedule, zone=feed.zone, missed=missed)
        for feed in known
        if feed.schedule is not None
    )
    on_change = tuple(feed.id for feed in known if feed.schedule is None)
    take_down = Job(id=TAKE_DOWN, feeds=tuple(feed.id for feed in known), cron=None, removals=True)
    changed = Job(id=ON_CHANGE, feeds=on_change, cron=None)
    net = Job(id=NET, feeds=on_change, cron=Cron.parse("@hourly"))
    return tuple(job for job in (take_down, *timed, changed, net) if job.feeds)


def due_slots(job: Job, last_slot: datetime, now: datetime) -> Due:
    """The slots of a timed job after `last_slot` and up to `now` that its policy wants run."""
    if job.cron is None:
        return Due()
    first = _slot_after(job.cron, job.zone, last_slot)
    if first is None or first > now:
        return Due()
    found = newest_slots(job.cron, ZoneInfo(job.zone), last_slot, now, MOST_MISSED + 1)
    kept = found[-1:] if job.missed == "last" else found[-MOST_MISSED:]
    return Due(slots=kept, left_out=len(found) - len(kept), is_cut=len(found) > MOST_MISSED)


def following_slot(job: Job, moment: datetime) -> datetime | None:
    """The first slot of the job after that moment; None when it has no more."""
    return None if job.cron is None else _slot_after(job.cron, job.zone, moment)


# A tick asks the same of several jobs; the answer depends on nothing else.
@lru_cache(maxsize=4096)
def _slot_after(cron: Cron, zone: str, moment: datetime) -> datetime | None:
    return next_slot(cron, ZoneInfo(zone), moment)


def notice(watch: Watch | None, newest: int, covered: int, at: float) -> Watch | None:
    """What is known of the changes after `covered` now that `newest` is the last of them; None when there are none."""
    if newest <= covered:
        return None
    if watch is None:
        return Watch(number=newest, first=at, last=at)
    return watch if newest == watch.number else replace(watch, number=newest, last=at)


def is_settled(watch: Watch, debounce: float, at: float) -> bool:
    """Whether to build: quiet for `debounce` seconds, or changes going on for ten times as long."""
    return at - watch.last >= debounce or at - watch.first >= PATIENCE * debounce


def next_runs(jobs: Iterable[Job], now: datetime, count: int) -> tuple[NextRun, ...]:
    """The next `count` runs by time, after the jobs that wait for a change."""
    known = tuple(jobs)
    waiting = tuple(NextRun(job=job.id, slot=None, feeds=job.feeds) for job in known if job.cron is None)
    coming = merge(*(_coming(job, now) for job in known), key=lambda item: (item[0], item[1].id))
    timed = (NextRun(job=job.id, slot=slot, feeds=job.feeds) for slot, job in islice(coming, count))
    return (*waiting, *timed)


def _coming(job: Job, now: datetime) -> Iterator[tuple[datetime, Job]]:
    if job.cron is not None:
        for slot in slots(job.cron, ZoneInfo(job.zone), now, datetime.max.replace(tzinfo=UTC)):
            yield slot, job
