"""Telling other people's hubs what has changed: what is due, hub by hub."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syndicate.clock import Clock
from syndicate.deliver import websub
from syndicate.deliver.attempt import Attempt
from syndicate.deliver.retry import Backoff, Verdict
from syndicate.fetch import Fetcher
from syndicate.store import pings
from syndicate.store.engine import Store
from syndicate.store.pings import Ping

# Pings that one claim takes: what a dead process had claimed waits for its end.
_AT_ONCE = 10
_GRACE = timedelta(seconds=10)
# Seconds without which no further attempt is begun: a hub that is well must not fail for want of time.
_LEAST = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of a hub's pings: how many it took, and what kept it from taking the rest."""

    hub: str
    sent: int = 0
    refused: int = 0
    trouble: str | None = None
    next_try: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends a hub what is due. `chance` gives random numbers below 1 for the pauses between attempts."""

    store: Store
    clock: Clock
    fetcher: Fetcher
    backoff: Backoff
    chance: Callable[[], float]

    def send(self, hub: str, until: float) -> Told:
        """Send everything that is due at the hub, until it fails or that monotonic second has come."""
        sent = refused = 0
        trouble, next_try = None, None
        for attempt, when in self._attempts(hub, until):
            sent += attempt.verdict is Verdict.DONE
            refused += attempt.verdict in (Verdict.REFUSED, Verdict.GONE)
            if attempt.verdict is not Verdict.DONE:
                trouble, next_try = attempt.said, when
        return Told(hub=hub, sent=sent, refused=refused, trouble=trouble, next_try=next_try)

    def _attempts(self, hub: str, until: float) -> Iterator[tuple[Attempt, datetime | None]]:
        least, claimed = 0.0, self._claimed(hub, None)
        while claimed:
            for ping in claimed:
                left = until - self.clock.monotonic()
                if left <= least:
                    with self.store.write() as connection:
                        pings.release(connection, ping, self.clock.now())
                    return
                attempt = websub.ping(self._fetcher(left), hub, ping.topic, self.clock.now())
                yield attempt, self._noted(ping, attempt)
                if attempt.verdict is Verdict.RETRY:
                    return
                least = _LEAST
            claimed = self._claimed(hub, claimed[-1])

    def _fetcher(self, seconds: float) -> Fetcher:
        """What makes a request within so many seconds, or fewer; to a tenth, since people read how many."""
        limits = self.fetcher.limits
        bound = limits.seconds if seconds >= limits.seconds else max(round(seconds, 1), 0.1)
        return replace(self.fetcher, limits=replace(limits, seconds=bound))

    def _claimed(self, hub: str, done: Ping | None) -> tuple[Ping, ...]:
        """What is due, after a claim that is `done`: what was put since waits for it no longer."""
        now = self.clock.now()
        lease = timedelta(seconds=_AT_ONCE * self.fetcher.limits.seconds) + _GRACE
        with self.store.write() as connection:
            if done is not None:
                pings.release(connection, done, now)
            return pings.claim(connection, hub, now, now + lease, _AT_ONCE)

    def _noted(self, ping: Ping, attempt: Attempt) -> datetime | None:
        """When it is tried again, None for never."""
        now = self.clock.now()
        with self.store.write() as connection:
            if attempt.verdict is Verdict.DONE:
                pings.sent(connection, ping, now, attempt.said)
            elif attempt.verdict is Verdict.RETRY:
                pause = self.backoff.pause(ping.attempts + 1, self.chance(), attempt.asked)
                next_try = now + timedelta(seconds=pause)
                pings.failed(connection, ping, now, next_try, attempt.said)
                return next_try
            else:
                pings.refused(connection, ping, now, attempt.said)
        return None
