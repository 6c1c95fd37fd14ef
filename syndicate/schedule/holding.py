"""Holding on to a claimed run while its work goes on: the lease is renewed, the guard asked, the time limit kept."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from syndicate.clock import Clock
from syndicate.errors import LostLease, StoreError
from syndicate.observe import log
from syndicate.store import runs
from syndicate.store.engine import Connection, Store
from syndicate.store.runs import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Called by the work before each step that others can see; raises LostLease when the run is not ours any more."""

    claim: Claim
    check: Callable[[], None]

    def hold(self, connection: Connection) -> None:
        """Raise LostLease unless the run is ours until this transaction ends."""
        if not runs.is_held(connection, self.claim):
            raise LostLease(f"{self.claim.job} {self.claim.slot.isoformat()}: another scheduler has taken it over")

    def __call__(self) -> None:
        """Raise LostLease, or StoreError when nobody can tell, unless the work may go on."""
        self.check()


@dataclass(slots=True, kw_only=True)
class Holding:
    """A claim being worked on. `lease` is a span, `limit` the seconds of monotonic time that the work may take."""

    store: Store
    clock: Clock
    claim: Claim
    lease: timedelta
    limit: float
    beat: Callable[[], None]
    began: float = 0.0
    lost: str | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.began = self.clock.monotonic()

    @property
    def guard(self) -> Guard:
        """The guard to hand to the work."""
        return Guard(claim=self.claim, check=self.check)

    def check(self) -> None:
        """Raise LostLease when the run was taken over, given back or is over its time limit."""
        if self.lost is None and not runs.still_mine(self.store, self.claim):
            self.lost = "another scheduler has taken it over"
        if self.lost is not None:
            raise LostLease(f"{self.claim.job} {self.claim.slot.isoformat()}: {self.lost}")

    def pulse(self) -> bool:
        """Renew the lease and give a sign of life; False when there is nothing to hold any more."""
        try:
            if self.clock.monotonic() - self.began > self.limit:
                return self._end_overrun()
            if not runs.renew(self.store, self.claim, self.clock.now(), self.lease):
                self.lost = self.lost or "another scheduler has taken it over"
                return False
        except StoreError as error:
            log().warning("run.lease_not_renewed", job=self.claim.job, error=str(error))
        self.beat()
        return True

    def release(self) -> None:
        """Give the run back unfinished; the work stops at its next look at the guard."""
        self.lost = self.lost or "it was given back, the scheduler stops"
        runs.release(self.store, self.claim)

    def _end_overrun(self) -> bool:
        # No sign of life from here on: if the work never comes back, the watchdog ends the process.
        self.lost = f"over its time limit of {self.limit:g} s"
        log().error("run.overrun", job=self.claim.job, slot=self.claim.slot.isoformat(), limit=self.limit)
        runs.finish(self.store, self.claim, self.clock.now(), runs.FAILED, self.lost)
        return False


@contextmanager
def held(holding: Holding) -> Iterator[Guard]:
    """The guard, with the lease renewed in a thread (by monotonic time, three times per lease) until the block ends."""
    interval = min(holding.lease.total_seconds() / 3, 5.0)
    thread = threading.Thread(target=_keep_up, args=(holding, interval), name="lease", daemon=True)
    thread.start()
    try:
        yield holding.guard
    finally:
        holding.ended.set()
        thread.join()


def _keep_up(holding: Holding, interval: float) -> None:
    while not holding.ended.wait(interval):
        if not holding.pulse():
            return
