"""The work of a scheduler that stays: it knows what it has built, so that a change costs the feeds it touches."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from syndicate.app import App
from syndicate.feed_export import nothing_kept
from syndicate.feeds.affected import Matcher
from syndicate.feeds.fragments import RESIDENT
from syndicate.model.jobs import ON_CHANGE, TAKE_DOWN
from syndicate.outcome import HELD, WRITTEN, Order, Outcome
from syndicate.pipeline import export
from syndicate.schedule.holding import Guard
from syndicate.store import changes
from syndicate.store.engine import count_changes

_PLAIN = Order()


class Resident:
    """Exports feeds by what changed since it last built them; keeps fragments in memory in between.

    What it does not know of a feed (at first, after a failure) is settled by building it. Runs by the clock build their
    feeds whatever is known, so that a lost file comes back.
    """

    def __init__(self, app: App) -> None:
        app.keep_configuration()
        self._app = replace(app, unkept=None)
        self._matcher = Matcher(app.feeds)
        self._kept = nothing_kept(app, memory=RESIDENT)
        # For sets of feeds that were asked for together: up to which change, and to which moment, they are built.
        self._built: dict[tuple[str, ...], tuple[int, datetime]] = {}
        self._unknown: set[str] = set()
        self._ends: dict[str, datetime] = {}

    def work(self, feeds: tuple[str, ...], guard: Guard) -> str:
        """Bring these feeds up to date under the guard; the outcome in a word or two."""
        if guard.claim.job not in (ON_CHANGE, TAKE_DOWN):
            self.forget(feeds)
        return said_of(self.update(feeds, Order(fence=guard.claim.fence, guard=guard, hold=guard.hold)))

    def update(self, feeds: tuple[str, ...], order: Order = _PLAIN) -> list[Outcome]:
        """Bring these feeds up to date; what became of the documents that could have changed."""
        now = self._app.clock.now()
        with self._app.store.read() as connection:
            newest = count_changes(connection)
        affected = self._affected(feeds, newest, now)
        # Whoever fails half-way leaves them unknown, so that the next run settles them.
        self._unknown |= affected
        # A whole export also takes away what belongs to no feed any more.
        is_whole = len(affected) == len(self._app.feeds)
        wanted = replace(order, feeds=() if is_whole else tuple(sorted(affected)))
        outcomes = list(export(self._app, wanted, self._kept)) if affected else []
        self._unknown -= affected
        self._built[feeds] = (newest, now)
        for feed in affected:
            self._ends.pop(feed, None)
        self._ends |= {outcome.feed: outcome.until for outcome in outcomes if outcome.until is not None}
        return outcomes

    def forget(self, feeds: Iterable[str]) -> None:
        """Know nothing of these feeds any more."""
        self._unknown |= set(feeds)
        self._kept.front.is_out = False

    def _affected(self, feeds: tuple[str, ...], newest: int, now: datetime) -> set[str]:
        """Those of the feeds that a change, the clock or age can have touched since they were built."""
        change, since = self._built.get(feeds, (0, now))
        if feeds not in self._built or now < since:
            return set(feeds)
        with self._app.store.read() as connection:
            tags = changes.tags_changed(connection, change, newest)
            tags |= changes.tags_moved(connection, since, now)
        touched = self._matcher.touched_by(tags) if tags else set()
        touched |= self._unknown | {feed for feed, end in self._ends.items() if end <= now}
        return touched.intersection(feeds)


def said_of(outcomes: Iterable[Outcome]) -> str:
    """The outcome of a run in a few words: `3 written, 1 held`."""
    found = list(outcomes)
    written = sum(outcome.state == WRITTEN for outcome in found)
    held = sum(outcome.state == HELD for outcome in found)
    left_out = len({guid for outcome in found for guid, _ in outcome.left_out})
    said = [f"{written} written"] + [f"{held} held"] * (held > 0) + [f"{left_out} articles left out"] * (left_out > 0)
    return ", ".join(said)
