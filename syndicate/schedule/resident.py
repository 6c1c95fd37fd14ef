"""The work of a scheduler that stays: it knows what it has built, so that a change costs the feeds it touches."""

from collections.abc import Callable, Iterable
from datetime import datetime

from syndicate.app import App
from syndicate.feeds.affected import Matcher
from syndicate.pipeline import HELD, WRITTEN, Order, Outcome, export, nothing_kept
from syndicate.schedule.holding import Guard
from syndicate.schedule.jobs import ON_CHANGE, TAKE_DOWN
from syndicate.store import articles
from syndicate.store.engine import count_changes


class Resident:
    """Exports feeds by what changed since it last built them; keeps fragments in memory in between.

    What it does not know of a feed (at first, after a failure) is settled by building it. Runs by the clock build their
    feeds whatever is known, so that a lost file comes back.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._matcher = Matcher(app.feeds)
        self._kept = nothing_kept(app)
        self._built: dict[str, tuple[int, datetime]] = {}
        self._ends: dict[str, datetime | None] = {}

    def work(self, feeds: tuple[str, ...], guard: Guard) -> str:
        """Bring these feeds up to date under the guard; the outcome in a word or two."""
        if guard.claim.job not in (ON_CHANGE, TAKE_DOWN):
            self.forget(feeds)
        return said_of(self.update(feeds, guard=guard, fence=guard.claim.fence))

    def update(
        self, feeds: Iterable[str], *, guard: Callable[[], None] = lambda: None, fence: int = 0
    ) -> list[Outcome]:
        """Bring these feeds up to date; what became of the documents that could have changed."""
        wanted = tuple(feeds)
        now = self._app.clock.now()
        with self._app.store.read() as connection:
            newest = count_changes(connection)
        affected = self._affected(wanted, newest, now)
        self.forget(affected)
        is_whole = set(affected) == {feed.id for feed in self._app.feeds}
        # A whole export also takes away what belongs to no feed any more.
        order = Order(feeds=() if is_whole else affected, fence=fence, guard=guard)
        outcomes = list(export(self._app, order, self._kept)) if affected else []
        self._built |= dict.fromkeys(wanted, (newest, now))
        self._ends |= dict.fromkeys(affected)
        self._ends |= {outcome.feed: outcome.until for outcome in outcomes}
        return outcomes

    def forget(self, feeds: Iterable[str]) -> None:
        """Know nothing of these feeds any more."""
        for feed in feeds:
            self._built.pop(feed, None)

    def _affected(self, feeds: tuple[str, ...], newest: int, now: datetime) -> tuple[str, ...]:
        """Those of the feeds that a change, the clock or age can have touched since they were built."""
        known = [self._built[feed] for feed in feeds if feed in self._built]
        if not known:
            return feeds
        change, since = min(known)[0], min(moment for _, moment in known)
        if now < since:
            return feeds
        with self._app.store.read() as connection:
            tags = articles.tags_changed(connection, change, newest)
            tags |= articles.tags_moved(connection, since, now)
        touched = self._matcher.touched_by(tags) if tags else set()
        return tuple(feed for feed in feeds if feed in touched or feed not in self._built or self._has_aged(feed, now))

    def _has_aged(self, feed: str, now: datetime) -> bool:
        end = self._ends.get(feed)
        return end is not None and end <= now


def said_of(outcomes: Iterable[Outcome]) -> str:
    """The outcome of a run in a few words: `3 written, 1 held`."""
    found = list(outcomes)
    written = sum(outcome.state == WRITTEN for outcome in found)
    held = sum(outcome.state == HELD for outcome in found)
    left_out = len({guid for outcome in found for guid, _ in outcome.left_out})
    said = [f"{written} written"] + [f"{held} held"] * (held > 0) + [f"{left_out} articles left out"] * (left_out > 0)
    return ", ".join(said)
