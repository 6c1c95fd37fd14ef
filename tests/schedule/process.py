"""One scheduler as a process of its own, with a slot per second and an effects ledger: `python -m … FOLDER LEASE`.

An effect is a row without a unique key, so that doing it twice shows. It is written under the guard: in the transaction
that asks whether the fence is still ours, and only when it is not there yet.
"""

import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from syndicate import observe
from syndicate.clock import SystemClock
from syndicate.errors import LostLease
from syndicate.model.cron import Cron
from syndicate.model.jobs import Due, Job
from syndicate.schedule.holding import Guard
from syndicate.schedule.local import owner_name, run_scheduler
from syndicate.schedule.loop import Loop, Work
from syndicate.store import runs
from syndicate.store.engine import Store, open_store

SECOND = timedelta(seconds=1)
# The cron text only says that the jobs have times; `every_second` gives them.
JOBS = tuple(Job(id=name, feeds=(name,), cron=Cron.parse("* * * * *"), missed="all") for name in ("coast", "town"))
WORK_TAKES = 0.25


def every_second(job: Job, last: datetime, now: datetime) -> Due:
    """All full seconds after `last` and up to `now`."""
    first, end = last.replace(microsecond=0) + SECOND, now.replace(microsecond=0)
    return Due(slots=tuple(first + n * SECOND for n in range((end - first) // SECOND + 1)))


def next_second(job: Job, moment: datetime) -> datetime:
    """The full second after that moment."""
    return moment.replace(microsecond=0) + SECOND


def make_ledger(store: Store) -> None:
    """The table of effects."""
    with store.write() as connection:
        connection.run("CREATE TABLE effect (job TEXT, slot TEXT, owner TEXT, fence BIGINT)")


def effects(store: Store) -> list[tuple[str, str]]:
    """Job and slot of every effect."""
    with store.read() as connection:
        return [(job, slot) for job, slot in connection.rows("SELECT job, slot FROM effect")]


def work_on(store: Store, takes: float = WORK_TAKES) -> Work:
    """Work that takes a while and then has its effect."""

    def work(feeds: tuple[str, ...], guard: Guard) -> str:
        guard()
        threading.Event().wait(takes)
        guard()
        claim = guard.claim
        place = (claim.job, claim.slot.isoformat())
        with store.write() as connection:
            if not runs.is_held(connection, claim):
                raise LostLease("taken over just before the effect")
            known = connection.row("SELECT 1 FROM effect WHERE job = ? AND slot = ?", place)
            if known is None:
                connection.run("INSERT INTO effect VALUES (?, ?, ?, ?)", (*place, claim.owner, claim.fence))
        return "built" if known is None else "built before"

    return work


def scheduler(store: Store, lease: float, due: Callable[[Job, datetime, datetime], Due] = every_second) -> Loop:
    """The loop of one process."""
    return Loop(
        store=store,
        clock=SystemClock(),
        jobs=JOBS,
        work=work_on(store),
        owner=owner_name(),
        lease=lease,
        due=due,
        following=next_second,
    )


def main(folder: str, lease: str) -> int:
    """Run until SIGTERM; the exit code."""
    observe.set_up()
    store = open_store("sqlite:///store.db", Path(folder))
    try:
        return run_scheduler(scheduler(store, float(lease)), tick=0.2)
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
