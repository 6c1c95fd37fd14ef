"""Looking into the store for how things stand: one picture for `status`, the status page, metrics and health."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syndicate.condition.freshness import (
    Around,
    Changed,
    Doubt,
    Freshness,
    Known,
    Moved,
    State,
    doubts,
    following,
    judge,
    late_since,
)
from syndicate.deliver.problems import problems
from syndicate.feeds.affected import Matcher
from syndicate.model.feed import Feed
from syndicate.model.jobs import NET, ON_CHANGE, TAKE_DOWN, jobs_of
from syndicate.store import articles, changes, outputs, pings, runs, stamp, subscriptions
from syndicate.store.changes import Change
from syndicate.store.engine import Connection, Store, count_changes
from syndicate.store.outputs import Acceptance, Output
from syndicate.store.runs import JobStanding, RunRecord
from syndicate.store.subscriptions import Summary

# More changes than these are not looked into: they count as touching the feed.
_MOST_LOOKED_INTO = 500
_MOST_REMOVALS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCondition:
    """How one feed stands.

    `waiting` is how many changes its documents have not taken account of, whether or not they touch it; `next_slot` is
    None for a feed that is built on change, `last_run` while no scheduler has run it.
    """

    feed: Feed
    freshness: Freshness
    documents: tuple[Output, ...]
    waiting: int
    next_slot: datetime | None
    last_run: RunRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hubs:
    """Who is told of changes at once: pings to other people's hubs by state, subscriptions at the own hub.

    `problems` are lines about what needs a person.
    """

    pings: dict[str, int]
    subscriptions: Summary
    problems: tuple[str, ...]

    @property
    def are_used(self) -> bool:
        """Whether anybody is told at all."""
        return bool(sum(self.pings.values()) or self.subscriptions.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How things stand at `now`. `waiting` are the changes that some feed has not taken account of."""

    now: datetime
    articles: int
    newest_change: int
    waiting: int
    next_change_of_view: datetime | None
    coming: dict[str, int]
    feeds: tuple[FeedCondition, ...]
    jobs: tuple[JobStanding, ...]
    accepted: tuple[Acceptance, ...]
    hubs: Hubs

    @property
    def stale(self) -> tuple[FeedCondition, ...]:
        """The feeds whose readers do not see what they should."""
        return self.are(State.STALE)

    def are(self, state: State) -> tuple[FeedCondition, ...]:
        """The feeds of that state."""
        return tuple(one for one in self.feeds if one.freshness.state is state)


def look(store: Store, feeds: Sequence[Feed], now: datetime, grace: timedelta) -> Condition:
    """How these feeds stand at `now`; something late by no more than `grace` is in time. Raises StoreError."""
    with store.read() as connection:
        standings = runs.standings(connection, [job.id for job in jobs_of(feeds)], now)
        known, around = _gather(connection, feeds, standings)
        found = _judged(connection, feeds, known, around, now, grace)
        exported = [one.seen for one in known]
        return Condition(
            now=now,
            articles=articles.count(connection),
            newest_change=around.newest,
            waiting=around.newest - min(exported, default=around.newest),
            next_change_of_view=changes.next_move_in_sight(connection, now),
            coming=changes.count_coming(connection, now),
            feeds=tuple(
                FeedCondition(
                    feed=one.feed,
                    freshness=found[one.feed.id],
                    documents=one.documents,
                    waiting=around.newest - one.seen,
                    next_slot=following(one.feed, now),
                    last_run=_last_run(one),
                )
                for one in known
            ),
            jobs=tuple(standings.values()),
            accepted=outputs.acceptances(connection),
            hubs=_hubs(connection, now),
        )


def _hubs(connection: Connection, now: datetime) -> Hubs:
    counts = pings.counts(connection)
    # What was sent well is most of them, and says nothing more.
    found = pings.all_of(connection) if counts[pings.DUE] or counts[pings.REFUSED] else ()
    return Hubs(pings=counts, subscriptions=subscriptions.summary(connection), problems=tuple(problems(found, now)))


def _gather(
    connection: Connection, feeds: Sequence[Feed], standings: Mapping[str, JobStanding]
) -> tuple[list[Known], Around]:
    documents: dict[str, list[Output]] = {}
    for one in outputs.all_of(connection):
        documents.setdefault(one.feed, []).append(one)
    cursors = outputs.cursors(connection, [feed.id for feed in feeds])
    covered, removed = outputs.cursor(connection, ON_CHANGE), outputs.cursor(connection, TAKE_DOWN)
    jobs = {job.id: job for job in jobs_of(feeds)}
    known = [
        Known(
            feed=feed,
            documents=tuple(one for one in documents.get(feed.id, ()) if one.format in feed.formats),
            cursor=cursors[feed.id],
            covered=covered if feed.schedule is None else 0,
            removed=removed,
            jobs=tuple((jobs[name], standings[name]) for name in jobs_for(feed) if name in standings),
        )
        for feed in feeds
    ]
    head = outputs.stamp_head(connection)
    around = Around(
        newest=count_changes(connection),
        accepted=changes.accepted_at(connection, {one.seen + 1 for one in known}),
        removals=changes.removals_after(
            connection, min((one.seen for one in known if one.is_exported), default=0), _MOST_REMOVALS
        ),
        whole_export=None if head is None else stamp.made_in(head),
        last_sign=max((_sign_of(one) for one in standings.values()), default=None),
    )
    return known, around


def jobs_for(feed: Feed) -> tuple[str, ...]:
    """The jobs of `jobs_of` that build this feed; what takes down comes for all."""
    return (*((ON_CHANGE, NET) if feed.schedule is None else (feed.id,)), TAKE_DOWN)


def _sign_of(standing: JobStanding) -> datetime:
    """When a scheduler last showed itself in that job."""
    newest = standing.newest
    return max(one for one in (newest.slot, newest.started, newest.done or newest.lease_until) if one is not None)


def _last_run(known: Known) -> RunRecord | None:
    found = [standing.newest for job, standing in known.jobs if job.id != TAKE_DOWN]
    return max((one for one in found if one.outcome != runs.FIRST_SEEN), key=lambda one: one.slot, default=None)


def _judged(
    connection: Connection,
    feeds: Sequence[Feed],
    known: Iterable[Known],
    around: Around,
    now: datetime,
    grace: timedelta,
) -> dict[str, Freshness]:
    asking = _Asking(connection, Matcher(feeds), around.newest)
    return {one.feed.id: judge(one, asking.confirmed(one.feed, list(doubts(one, around, now, grace)))) for one in known}


class _Asking:
    """Asks the store whether doubts are right; what several feeds ask is asked once."""

    def __init__(self, connection: Connection, matcher: Matcher, newest: int) -> None:
        self._connection = connection
        self._matcher = matcher
        self._newest = newest
        self._touching: dict[int, list[tuple[Change, Collection[str]]]] = {}
        self._moved: dict[Moved, tuple[datetime | None, Collection[str]]] = {}

    def confirmed(self, feed: Feed, found: Sequence[Doubt]) -> list[Doubt]:
        """Those of the doubts that are right; nothing is asked where one is certain."""
        certain = [doubt for doubt in found if doubt.asks is None]
        return certain or [right for doubt in found if (right := self._confirm(feed, doubt))]

    def _confirm(self, feed: Feed, doubt: Doubt) -> Doubt | None:
        if isinstance(doubt.asks, Changed):
            return self._changed(feed, doubt, doubt.asks)
        if isinstance(doubt.asks, Moved):
            first, touched = self._moving(doubt.asks)
            return replace(doubt, since=first) if first is not None and feed.id in touched else None
        return doubt

    def _changed(self, feed: Feed, doubt: Doubt, asked: Changed) -> Doubt | None:
        """The doubt since the first such change that touches the feed; as it is where they are too many to look at."""
        if self._newest - asked.after > _MOST_LOOKED_INTO:
            return doubt
        for change, touched in self._after(asked.after):
            if feed.id in touched and change.at <= asked.until and (change.is_removal or not asked.is_removal):
                return replace(doubt, since=late_since(feed, asked, change.at))
        return None

    def _after(self, number: int) -> list[tuple[Change, Collection[str]]]:
        """The changes after that number, each with the feeds that it touches."""
        if number not in self._touching:
            found = changes.each_changed(self._connection, number, self._newest)
            self._touching[number] = [(change, self._matcher.touched_by(change.tags)) for change in found]
        return self._touching[number]

    def _moving(self, asked: Moved) -> tuple[datetime | None, Collection[str]]:
        """The first moment in that time at which the clock changes what is seen, and the feeds that this touches."""
        if asked not in self._moved:
            first = changes.next_move_in_sight(self._connection, asked.after)
            if first is None or first > asked.until:
                self._moved[asked] = (None, ())
            else:
                tags = changes.tags_moved_in_sight(self._connection, asked.after, asked.until)
                self._moved[asked] = (first, self._matcher.touched_by(tags) if tags else ())
        return self._moved[asked]
