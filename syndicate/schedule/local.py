"""The scheduler on one machine: APScheduler as a timer for the loop, signals, and the watchdog.

APScheduler keeps nothing here: one job in memory that calls `Loop.tick`. What is due is decided by the loop alone.
"""

import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from syndicate.observe import log
from syndicate.schedule.loop import Loop
from syndicate.schedule.watchdog import Watchdog

EXIT_SILENT = 70
LONGEST_TICK = 5.0
_JOB = "tick"
_LOOK_EVERY = 1.0
_LAST_WORDS = 5.0

Leave = Callable[[int], Any]


def owner_name() -> str:
    """A name for this process in the table of runs: host, process id and a random part, since ids come again."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


def run_scheduler(
    loop: Loop,
    *,
    tick: float = 1.0,
    grace: float = 20.0,
    silence: float = 30.0,
    leave: Leave = os._exit,
) -> int:
    """Run the loop until SIGTERM or SIGINT; the exit code, 0.

    `tick` is the seconds between two looks at what is due (5 at most). At the end the present run may take `grace`
    more seconds (none after a second signal), then it is given back for another scheduler. After `silence` seconds
    without a sign of life the process ends with exit code 70 through `leave`, for its supervisor to start it again.
    """
    watchdog = Watchdog(silence=silence, interval=_LOOK_EVERY)
    loop.beat = watchdog.beat
    stop, hurry = threading.Event(), threading.Event()
    with _signals(stop, hurry):
        timer = start_timer(loop.tick, tick)
        log().info("schedule.started", owner=loop.owner, jobs=[job.id for job in loop.jobs])
        _watch(loop, timer, watchdog, stop, leave)
        loop.stopping.set()
        timer.shutdown(wait=False)
        _end(loop, grace, hurry, leave)
    log().info("schedule.ended", owner=loop.owner)
    return 0


def start_timer(call: Callable[[], object], tick: float) -> BackgroundScheduler:
    """A running timer that makes the call now and then every `tick` seconds, never two calls at once."""
    # It warns of each tick that falls into a long run, which is how it should be; faults of the call are logged by it.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    timer = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()}, executors={"default": ThreadPoolExecutor(1)}, timezone=UTC
    )
    timer.add_job(
        call,
        _Every(timedelta(seconds=min(tick, LONGEST_TICK))),
        id=_JOB,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    timer.start()
    return timer


def nudge(timer: BackgroundScheduler) -> None:
    """Let the timer call at once: it goes by the wall clock and stands still for an hour that the clock went back."""
    timer.reschedule_job(_JOB, trigger=timer.get_job(_JOB).trigger)


@dataclass(frozen=True, slots=True)
class _Every(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """Always `span` after now. The library's own interval counts from the last call, second by second over any jump."""

    span: timedelta

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return now if previous is None else now + self.span


def _watch(loop: Loop, timer: BackgroundScheduler, watchdog: Watchdog, stop: threading.Event, leave: Leave) -> None:
    """Return when told to stop; until then look after the loop once a second."""
    while not stop.wait(_LOOK_EVERY):
        silent = watchdog.look(loop.clock.monotonic())
        if silent >= watchdog.silence:
            log().critical("schedule.silent", seconds=silent, owner=loop.owner)
            leave(EXIT_SILENT)
            return
        if silent > 2 * LONGEST_TICK and loop.idle.is_set():
            nudge(timer)


def _end(loop: Loop, grace: float, hurry: threading.Event, leave: Leave) -> None:
    """Wait for the present run, or give it back; leave hard when its work does not even notice that."""
    deadline = loop.clock.monotonic() + grace
    while not loop.idle.wait(0.1):
        if hurry.is_set() or loop.clock.monotonic() >= deadline:
            break
    holding = loop.holding
    if holding is not None:
        holding.release()
    if not loop.idle.wait(_LAST_WORDS):
        log().warning("schedule.left", owner=loop.owner)
        leave(0)


@contextmanager
def _signals(stop: threading.Event, hurry: threading.Event) -> Iterator[None]:
    """SIGTERM and SIGINT set `stop`, a second one `hurry`; as before at the end."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            hurry.set()
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
