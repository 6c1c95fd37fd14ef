"""Whether readers of a feed see what they should: decided from what is known of it, with the present moment given in.

A feed is stale when something that should be in its documents, or out of them, is not, and when a run of a scheduler
that should have taken care of it has failed, hangs or was not begun; each for longer than a grace. What nobody waits
for is never stale: where exports are run by hand or by the system's cron, and nothing has changed since.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from syndicate.model.cron import Cron
from syndicate.model.feed import Feed
from syndicate.model.jobs import Job
from syndicate.model.slots import newest_slots, next_slot
from syndicate.store.outputs import Output
from syndicate.store.runs import FAILED, JobStanding

_MINUTE = timedelta(minutes=1)
_MOMENT = timedelta(microseconds=1)
_EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)


class State(StrEnum):
    """How a feed is: `new` has never been exported, and nothing was due yet."""

    FRESH = "fresh"
    NEW = "new"
    HELD = "held"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """The state of a feed, since when, and why; both None when there is nothing to say."""

    state: State
    since: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store knows of a feed: its documents, the change they take account of, the runs that concern it.

    `covered` is the last change that a run has taken care of, whether or not it touched this feed; `removed` the same
    for withdrawals. `jobs` are the scheduler's jobs of this feed that a scheduler has seen.
    """

    feed: Feed
    documents: tuple[Output, ...] = ()
    cursor: int = 0
    covered: int = 0
    removed: int = 0
    jobs: tuple[tuple[Job, JobStanding], ...] = ()

    @property
    def looked_at(self) -> datetime | None:
        """When an export last found something to note about it."""
        return max((one.checked_at for one in self.documents), default=None)

    @property
    def is_exported(self) -> bool:
        """Whether any export has dealt with it."""
        return bool(self.documents or self.cursor)

    @property
    def first(self) -> datetime | None:
        """When a scheduler began to care for a feed that was never exported; no slot before is due. Else None."""
        own = (standing.first for job, standing in self.jobs if job.id == self.feed.id)
        return None if self.is_exported else next(own, None)

    @property
    def seen(self) -> int:
        """The last change that its documents need not take account of any more."""
        return max(self.cursor, self.covered) if self.is_exported else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What all feeds share: the newest change, when some of them were accepted, withdrawals by number, signs of life.

    `whole_export` is when somebody last exported everything, `last_sign` when a scheduler last gave a sign of life.
    """

    newest: int = 0
    accepted: Mapping[int, datetime] | None = None
    removals: Sequence[tuple[int, datetime]] = ()
    whole_export: datetime | None = None
    last_sign: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """To be asked of the store: does a change after that number, accepted by `until`, touch the feed?

    `is_removal`: only those that withhold or cancel an article are meant. No slot before `first` counts.
    """

    after: int
    until: datetime
    is_removal: bool = False
    first: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """To be asked of the store: does the clock let an article of the feed come or go in `(after, until]`?"""

    after: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A reason to call the feed stale since a moment; `asks` is what has to be so for it, None when it is certain."""

    since: datetime
    reason: str
    asks: Changed | Moved | None = None


def doubts(known: Known, around: Around, now: datetime, grace: timedelta) -> Iterator[Doubt]:
    """Every reason to call the feed stale at `now`, the certain ones first."""
    latest = now - grace
    yield from _neglected_runs(known, around, latest)
    # What is due: at once for a feed built on change, with its last slot for one that has a timetable.
    due = _last_slot(known.feed, latest)
    if due is not None and known.first is not None and due < known.first:
        due = None
    yield from _waiting_changes(known, around, latest, due)
    if due is not None:
        yield from _moved_views(known, around, due)


def judge(known: Known, found: Sequence[Doubt]) -> Freshness:
    """The feed's state, from the doubts that have turned out to be right."""
    if found:
        first = min(found, key=lambda doubt: doubt.since)
        return Freshness(state=State.STALE, since=first.since, reason=first.reason)
    held = [one for one in known.documents if one.held_since is not None]
    if held:
        names = ", ".join(one.format for one in held)
        codes = ", ".join(sorted({one["code"] for document in held for one in errors_of(document)}))
        since = min(one.held_since for one in held if one.held_since is not None)
        return Freshness(state=State.HELD, since=since, reason=f"{names}: {codes}" if codes else names)
    return Freshness(state=State.FRESH if known.is_exported else State.NEW)


def errors_of(document: Output) -> list[dict[str, str]]:
    """The findings that hold a document or keep articles out of it."""
    return [one for one in document.findings if one["severity"] == "error"]


def late_since(feed: Feed, asked: Changed, accepted: datetime) -> datetime:
    """Since when the feed is late with a change accepted then: from its next slot on, with a withdrawal at once."""
    if asked.is_removal or feed.schedule is None:
        return accepted
    return following(feed, max(accepted, asked.first or accepted) - _MOMENT) or accepted


def following(feed: Feed, moment: datetime) -> datetime | None:
    """The feed's first slot after that moment; None when it is built on change."""
    return None if feed.schedule is None else _next(feed.schedule, feed.zone, moment)


def _neglected_runs(known: Known, around: Around, latest: datetime) -> Iterator[Doubt]:
    """Runs of a scheduler that did not come to a good end, and slots that no scheduler has begun.

    Who exported since then, by hand say, has done their work. Where somebody exports by hand and schedulers have been
    silent since, their timetable is nobody's any more.
    """
    by_hand = _latest(around.whole_export, known.looked_at)
    is_by_hand = by_hand is not None and around.last_sign is not None and by_hand > around.last_sign
    for job, standing in known.jobs:
        since = standing.waiting_since
        if since is not None and since <= latest:
            if by_hand is None or by_hand < since:
                yield Doubt(since=since, reason=_said(job, standing))
        elif job.cron is not None and not is_by_hand:
            slot = _next(job.cron, job.zone, standing.newest.slot)
            if slot is not None and slot <= latest:
                yield Doubt(since=slot, reason=f"no scheduler has begun the run {job.id} that was due then")


def _said(job: Job, standing: JobStanding) -> str:
    newest = standing.newest
    if newest.outcome == FAILED or (newest.done is None and standing.failure):
        return f"the run {job.id} fails: {standing.failure or newest.detail}"
    if newest.owner is not None:
        return f"the run {job.id} has not come to an end; {newest.owner} works on it"
    return f"the run {job.id} waits for a scheduler"


def _waiting_changes(known: Known, around: Around, latest: datetime, due: datetime | None) -> Iterator[Doubt]:
    accepted = (around.accepted or {}).get(known.seen + 1) if known.seen < around.newest else None
    if accepted is not None and due is not None and accepted <= due:
        asked = Changed(after=known.seen, until=due, first=known.first)
        what = "what changed then is not exported yet" if known.is_exported else "it was never exported"
        yield Doubt(since=late_since(known.feed, asked, accepted), reason=what, asks=asked)
    if not known.is_exported:
        return
    gone = max(known.seen, known.removed)
    withdrawn = next((at for number, at in around.removals if number > gone), None)
    if withdrawn is not None and withdrawn <= latest:
        reason = "what was withdrawn then is not taken out yet"
        yield Doubt(since=withdrawn, reason=reason, asks=Changed(after=gone, until=latest, is_removal=True))


def _moved_views(known: Known, around: Around, due: datetime) -> Iterator[Doubt]:
    looked = _latest(around.whole_export, known.looked_at, *(standing.good for _, standing in known.jobs))
    if looked is not None and looked < due:
        reason = "an embargo, a time of publication or an expiry came then, and was not exported yet"
        yield Doubt(since=due, reason=reason, asks=Moved(after=looked, until=due))


def _latest(*moments: datetime | None) -> datetime | None:
    return max((one for one in moments if one is not None), default=None)


def _last_slot(feed: Feed, latest: datetime) -> datetime | None:
    if feed.schedule is None:
        return latest
    # Slots lie on whole minutes, so that the answer of a minute is remembered.
    return _newest(feed.schedule, feed.zone, latest.replace(second=0, microsecond=0))


@lru_cache(maxsize=4096)
def _newest(cron: Cron, zone: str, until: datetime) -> datetime | None:
    return next(iter(newest_slots(cron, ZoneInfo(zone), _EARLIEST, until, 1)), None)


@lru_cache(maxsize=4096)
def _next(cron: Cron, zone: str, moment: datetime) -> datetime | None:
    return next_slot(cron, ZoneInfo(zone), moment)
