"""The scheduler's loop: insert what is due, claim one run, work, finish. A timer calls `tick()`; the loop never waits.

The truth is the table of runs, so any number of these loops may run on one store, and any may die at any moment.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush

from syndicate.clock import Clock
from syndicate.errors import EnvironmentFailure, LostLease
from syndicate.model.jobs import DueSlots, Job, Watch, due_slots, following_slot, is_settled, notice
from syndicate.observe import log
from syndicate.schedule.holding import Guard, Holding, held
from syndicate.store import changes, runs
from syndicate.store.engine import Store
from syndicate.store.runs import ChangeState, Claim

RETRY_AFTER = timedelta(seconds=5)
KEEP_HISTORY = timedelta(days=30)
_TIDY_EVERY = 3600.0

Work = Callable[[tuple[str, ...], Guard], str]


def _set_event() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass(slots=True, kw_only=True)
class Loop:
    """One scheduler. `work(feeds, guard)` builds these feeds and gives the outcome in a word or two.

    `work` calls `guard()` before each effect and may come twice for one run (`guard.claim`), so a repeated effect must
    change nothing. `lease` and `debounce` are the settings' seconds; `limit` in seconds is the longest a run may take.
    """

    store: Store
    clock: Clock
    jobs: tuple[Job, ...]
    work: Work
    owner: str
    lease: float = 60.0
    debounce: float = 1.0
    limit: float = 600.0
    due: DueSlots = due_slots
    following: Callable[[Job, datetime], datetime | None] = following_slot
    beat: Callable[[], None] = lambda: None
    stopping: threading.Event = field(default_factory=threading.Event)
    idle: threading.Event = field(default_factory=_set_event)
    holding: Holding | None = None
    _last: dict[str, datetime] = field(default_factory=dict)
    _coming: list[tuple[datetime, int]] = field(default_factory=list)
    _looked: datetime | None = None
    _waiting: tuple[Job, ...] = ()
    _known: frozenset[str] = frozenset()
    _urgent: frozenset[str] = frozenset()
    _watch: Watch | None = None
    _view: tuple[tuple[int, datetime], datetime | None] | None = None
    _tidied: float | None = None

    def __post_init__(self) -> None:
        self._waiting = tuple(job for job in self.jobs if job.cron is None)
        self._known = frozenset(job.id for job in self.jobs)
        self._urgent = frozenset(job.id for job in self.jobs if job.removals)

    def tick(self) -> int:
        """Do all that is due, run by run, until nothing is or the loop is stopping; how many runs were worked on.

        A store that fails is logged and tried again at the next tick; nothing is lost but time.
        """
        done = 0
        self.idle.clear()
        try:
            while not self.stopping.is_set() and self._step():
                done += 1
        except EnvironmentFailure as error:
            log().error("schedule.interrupted", error=str(error))
        except Exception as error:
            # The timer would drop it silently; the next tick may find a world that works.
            log().exception("schedule.broken", error=repr(error))
        finally:
            self.idle.set()
        return done

    def _step(self) -> bool:
        self.beat()
        now = self.clock.now()
        self._tidy(now)
        for job in self._waiting:
            self._insert_change(job, now)
        self._insert_coming(now)
        claim = self._claim(now)
        if claim is not None:
            self._run(claim)
        return claim is not None

    def _claim(self, now: datetime) -> Claim | None:
        lease = timedelta(seconds=self.lease)
        return runs.claim(self.store, self._known, self.owner, now, lease, self._urgent)

    def _insert_coming(self, now: datetime) -> None:
        """Insert the slots that have come, asking only the jobs whose next one has; all when the clock went back."""
        if self._looked is None or now < self._looked:
            self._coming = [(now, number) for number, job in enumerate(self.jobs) if job.cron is not None]
        self._looked = now
        while self._coming and self._coming[0][0] <= now:
            number = self._coming[0][1]
            job = self.jobs[number]
            self._insert_due(job, now)
            following = self.following(job, now)
            # Only now, so that a job whose slots could not be inserted is asked again.
            heappop(self._coming)
            if following is not None:
                heappush(self._coming, (following, number))

    def _insert_due(self, job: Job, now: datetime) -> None:
        last = self._last_slot(job, now)
        if last is None:
            runs.first_seen(self.store, job.id, now)
            self._last[job.id] = now
            return
        due = self.due(job, last, now)
        if not due.slots:
            return
        self.beat()
        runs.insert_slots(self.store, job.id, due.slots, due.note)
        if job.missed == "last":
            runs.supersede(self.store, job.id, due.slots[-1], now)
        self._last[job.id] = due.slots[-1]

    def _last_slot(self, job: Job, now: datetime) -> datetime | None:
        """The newest slot known; asked anew when the clock has gone back before it."""
        known = self._last.get(job.id)
        if known is not None and known <= now:
            return known
        with self.store.read() as connection:
            last = runs.last_slot(connection, job.id, now)
        if last is not None:
            self._last[job.id] = last
        return last

    def _insert_change(self, job: Job, now: datetime) -> None:
        with self.store.read() as connection:
            state = runs.change_state(connection, job.id, now, removals=job.removals)
        reason = self._reason_to_remove(state) if job.removals else self._reason(state, now)
        if state.failed_at is not None:
            # Whatever there is to build, it waits with the retry: what failed would most likely fail again at once.
            # A failure that lies ahead was dated by a clock that was wrong.
            is_fresh = state.failed_at <= now < state.failed_at + RETRY_AFTER
            reason = None if is_fresh else "again after a failure"
        if reason is not None and not state.is_open:
            runs.insert_change(self.store, state, now, reason)

    def _reason_to_remove(self, state: ChangeState) -> str | None:
        return f"taken down up to change {state.newest}" if state.newest > state.covered else None

    def _reason(self, state: ChangeState, now: datetime) -> str | None:
        """Why feeds are to be built now, or None."""
        at = self.clock.monotonic()
        self._watch = notice(self._watch, state.newest, state.covered, at)
        if self._watch is not None and is_settled(self._watch, self.debounce, at):
            return f"changes {state.covered + 1}-{state.newest}"
        moment = self._next_view(state)
        if moment is not None and moment <= now:
            return f"seen differently from {moment.isoformat()}"
        return None

    def _next_view(self, state: ChangeState) -> datetime | None:
        """The first moment after the last run at which an article appears or goes, by its embargo or expiry.

        Kept until a change or a run gives another answer, since it is a question about all articles.
        """
        if state.last_slot is None:
            return None
        key = (state.newest, state.last_slot)
        if self._view is None or self._view[0] != key:
            with self.store.read() as connection:
                self._view = (key, changes.next_change_of_view(connection, state.last_slot))
        return self._view[1]

    def _run(self, claim: Claim) -> None:
        feeds = next(job.feeds for job in self.jobs if job.id == claim.job)
        said = {"job": claim.job, "slot": claim.slot.isoformat(), "fence": claim.fence}
        log().info("run.started", **said, feeds=feeds, taken_from=claim.taken_from)
        holding = self.holding = Holding(
            store=self.store,
            clock=self.clock,
            claim=claim,
            lease=timedelta(seconds=self.lease),
            limit=self.limit,
            beat=self.beat,
        )
        try:
            with held(holding) as guard:
                outcome, detail = self._worked(feeds, guard)
        finally:
            self.holding = None
        if runs.finish(self.store, claim, self.clock.now(), outcome, detail):
            log().info("run.done", **said, outcome=outcome, detail=detail)
        else:
            log().warning("run.lost", **said, reason=holding.lost or "another scheduler has taken it over")

    def _worked(self, feeds: tuple[str, ...], guard: Guard) -> tuple[str, str | None]:
        """Outcome and detail; whatever the work raises is an outcome too, so that the next runs go on."""
        try:
            return self.work(feeds, guard), None
        except LostLease as error:
            return runs.FAILED, str(error)
        except Exception as error:
            log().error("run.failed", job=guard.claim.job, error=repr(error), exc_info=True)
            return runs.FAILED, f"{type(error).__name__}: {error}"

    def _tidy(self, now: datetime) -> None:
        at = self.clock.monotonic()
        if self._tidied is None or at - self._tidied >= _TIDY_EVERY:
            self._tidied = at
            runs.forget(self.store, now - KEEP_HISTORY)
