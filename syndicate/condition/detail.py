"""What the status page shows beyond the picture of all feeds: releases to come, runs, one feed in depth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syndicate.condition.look import Condition, FeedCondition, jobs_for, look
from syndicate.feeds.affected import Matcher
from syndicate.feeds.select import conditions, query_of
from syndicate.model.feed import Feed
from syndicate.model.jobs import jobs_of, next_runs
from syndicate.model.tags import tags_of
from syndicate.model.visibility import Audience, may_see
from syndicate.store import changes, runs, selection
from syndicate.store.changes import Coming
from syndicate.store.engine import Connection, Store
from syndicate.store.runs import RunRecord

_MOST_RELEASES = 100
# So many moments of the whole store are looked at for those of one feed.
_MOST_LOOKED_AT = 2000
_MOST_RUNS = 8
_MOST_SLOTS = 5
_MOST_NEWEST = 5
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An article that the clock will bring or take away at `at`, and the feeds that it enters or leaves then."""

    at: datetime
    kind: str
    guid: str
    headline: str
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All feeds, what is to come, and the last runs, newest first."""

    condition: Condition
    releases: tuple[Release, ...]
    runs: tuple[RunRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """An article that the feed should carry now, with the time of its last change."""

    guid: str
    headline: str
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InDepth:
    """One feed: its condition, what is to come in it, its last runs, its next slots.

    `has_later` says that releases of it may follow that are not listed. `newest` are the first articles that the public
    should find in it, by the feed's own order; `visible` are those of the articles left out of it that the public may
    see.
    """

    now: datetime
    found: FeedCondition
    releases: tuple[Release, ...]
    has_later: bool
    runs: tuple[RunRecord, ...]
    slots: tuple[datetime, ...]
    newest: tuple[Newest, ...]
    visible: frozenset[str]


def overview(store: Store, feeds: Sequence[Feed], now: datetime, grace: timedelta) -> Overview:
    """Everything at a glance. Raises StoreError."""
    condition = look(store, feeds, now, grace)
    with store.read() as connection:
        return Overview(
            condition=condition,
            releases=tuple(_releases(connection, feeds, now, _MOST_RELEASES)),
            runs=runs.history(connection, _MOST_RUNS),
        )


def in_depth(store: Store, feeds: Sequence[Feed], feed_id: str, now: datetime, grace: timedelta) -> InDepth | None:
    """Everything about one feed, None where it is not defined. Raises StoreError."""
    condition = look(store, feeds, now, grace)
    found = next((one for one in condition.feeds if one.feed.id == feed_id), None)
    if found is None:
        return None
    left_out = {guid for document in found.documents for guid in document.left_out}
    with store.read() as connection:
        standing = selection.standing_of(connection, left_out, now)
        releases, has_later = _releases_of(connection, feeds, feed_id, now)
        return InDepth(
            now=now,
            found=found,
            releases=releases,
            has_later=has_later,
            runs=_runs_of(connection, found.feed),
            slots=_slots_of(found.feed, now),
            newest=tuple(_newest(connection, found.feed, now)),
            visible=frozenset(guid for guid, one in standing.items() if may_see(one, Audience.PUBLIC, now)),
        )


def _runs_of(connection: Connection, feed: Feed) -> tuple[RunRecord, ...]:
    found = [one for job in jobs_for(feed) for one in runs.history(connection, _MOST_RUNS, job)]
    return tuple(sorted(found, key=lambda one: one.slot, reverse=True)[:_MOST_RUNS])


def _newest(connection: Connection, feed: Feed, now: datetime) -> Iterator[Newest]:
    query = replace(query_of(feed, now), limit=min(_MOST_NEWEST, feed.limit))
    chosen = selection.choose(connection, query, Audience.PUBLIC, now)
    texts = selection.texts_of(connection, [one.revision for one in chosen])
    for one in chosen:
        yield Newest(guid=one.guid, headline=texts[one.revision].headline, updated=one.updated)


def _slots_of(feed: Feed, now: datetime) -> tuple[datetime, ...]:
    coming = next_runs(jobs_of([feed]), now, _MOST_SLOTS)
    return tuple(one.slot for one in coming if one.slot is not None and one.job == feed.id)


def _releases_of(
    connection: Connection, feeds: Sequence[Feed], feed_id: str, now: datetime
) -> tuple[tuple[Release, ...], bool]:
    """The first releases of one feed, and whether more may follow; further on than the page of all feeds looks."""
    for looked_at in (_MOST_RELEASES, _MOST_LOOKED_AT):
        found = tuple(_releases(connection, feeds, now, looked_at))
        its = tuple(one for one in found if feed_id in one.feeds)
        if len(found) < looked_at or len(its) >= _MOST_RELEASES:
            break
    return its[:_MOST_RELEASES], len(found) == looked_at or len(its) > _MOST_RELEASES


def _releases(connection: Connection, feeds: Sequence[Feed], now: datetime, most: int) -> Iterator[Release]:
    matcher, known = Matcher(feeds), {feed.id: feed for feed in feeds}
    for one in changes.coming(connection, now, most):
        near = [known[feed] for feed in sorted(matcher.touched_by(tags_of(one.article)))]
        taking = tuple(feed.id for feed in near if _takes(feed, one))
        yield Release(at=one.at, kind=one.kind, guid=one.article.guid, headline=one.article.headline, feeds=taking)


def _takes(feed: Feed, coming: Coming) -> bool:
    """Whether the article is in the feed from that moment on, or was until then."""
    moment = coming.at - _MOMENT if coming.kind == "expiry" else coming.at
    return all(condition.holds for condition in conditions(coming.article, feed, moment))
