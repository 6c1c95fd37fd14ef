"""Three schedulers on one store; some are killed, some frozen beyond their lease: every slot runs exactly once."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from syndicate.errors import StoreError
from syndicate.model.jobs import Due
from syndicate.store import runs
from syndicate.store.engine import Store
from syndicate.store.runs import RunRecord
from tests.conftest import ROOT
from tests.schedule.process import JOBS, SECOND, effects, make_ledger, scheduler

LEASE = 2.0
BUILT = ("built", "built before")
T0 = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def faults(history: Iterable[RunRecord], ledger: Sequence[tuple[str, str]]) -> list[str]:
    """What is wrong: slots left out, not built, or with not exactly one effect; effects of no slot."""
    found = []
    done = Counter(ledger)
    by_job: dict[str, list[datetime]] = {}
    for run in history:
        if run.outcome == runs.FIRST_SEEN:
            continue
        by_job.setdefault(run.job, []).append(run.slot)
        if run.outcome not in BUILT:
            found.append(f"{run.job} {run.slot} ended as {run.outcome}: {run.detail}")
        if (times := done.pop((run.job, run.slot.isoformat()), 0)) != 1:
            found.append(f"{run.job} {run.slot} had {times} effects")
    found += [f"{job} {slot} is no slot" for job, slot in done]
    for job, slots in by_job.items():
        wanted = {min(slots) + n * SECOND for n in range((max(slots) - min(slots)) // SECOND + 1)}
        found += [f"{job} {slot} was left out" for slot in sorted(wanted - set(slots))]
    return found


def record(job: str, second: int, outcome: str | None = "built") -> RunRecord:
    return RunRecord(
        job=job,
        slot=T0 + second * SECOND,
        owner="a",
        fence=1,
        lease_until=T0,
        started=T0,
        done=T0,
        outcome=outcome,
        detail=None,
    )


def effect(job: str, second: int) -> tuple[str, str]:
    return (job, (T0 + second * SECOND).isoformat())


GOOD = [record("town", n) for n in range(3)]
EFFECTS = [effect("town", n) for n in range(3)]


@pytest.mark.parametrize(
    ("history", "ledger", "said"),
    [
        (GOOD, EFFECTS, None),
        (GOOD, [*EFFECTS, EFFECTS[1]], "had 2 effects"),
        (GOOD, EFFECTS[:2], "had 0 effects"),
        (GOOD[::2], EFFECTS[::2], "was left out"),
        (GOOD[:2], EFFECTS, "is no slot"),
        ([*GOOD[:2], record("town", 2, None)], EFFECTS, "ended as None"),
        ([*GOOD[:2], record("town", 2, runs.FAILED)], EFFECTS, "ended as failed"),
    ],
)
def test_the_judge_sees_each_fault(history: list[RunRecord], ledger: list[tuple[str, str]], said: str | None) -> None:
    found = faults(history, ledger)
    assert (found == []) if said is None else (len(found) == 1 and said in found[0])


@dataclass
class Crew:
    """The scheduler processes, and what was done to them."""

    store: Store
    folder: Path
    alive: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    killed: list[int] = field(default_factory=list)
    frozen: list[int] = field(default_factory=list)
    hired: int = 0

    def hire(self) -> None:
        """Start one more."""
        command = [sys.executable, "-m", "tests.schedule.process", str(self.folder), str(LEASE)]
        with (self.folder / "log").open("ab") as log:
            one = subprocess.Popen(command, cwd=ROOT, stderr=log, start_new_session=True)
        self.alive[one.pid] = one
        self.hired += 1

    def history(self) -> tuple[RunRecord, ...]:
        """All runs."""
        with self.store.read() as connection:
            return runs.history(connection, 100_000)

    def worker(self) -> tuple[int, RunRecord]:
        """A process that is working on a run, and the run."""
        busy: list[tuple[int, RunRecord]] = []

        def look() -> bool:
            begun = [run for run in self.history()[:50] if run.done is None and run.owner is not None]
            busy[:] = [(pid_of(run), run) for run in begun if pid_of(run) in self.alive]
            return bool(busy)

        assert until(look, 10), "nobody works"
        return busy[0]

    def owner_of(self, run: RunRecord) -> int:
        """The process that has the run now."""
        return next(pid_of(one) for one in self.history() if (one.job, one.slot) == (run.job, run.slot))

    def kill(self) -> None:
        """Kill one at work, and see its run taken over."""
        pid, run = self.worker()
        os.kill(pid, signal.SIGKILL)
        assert self.alive.pop(pid).wait(5) == -signal.SIGKILL
        if self.owner_of(run) == pid and self.is_open(run):
            self.killed.append(pid)
            assert until(lambda: self.owner_of(run) != pid, LEASE + 10), "nobody took the killed one's run over"

    def freeze(self) -> None:
        """Stop one at work until its run was taken over, let it go on, and see it notice."""
        pid, run = self.worker()
        lost, frozen = self.count("run.lost"), len(self.frozen)
        os.kill(pid, signal.SIGSTOP)
        try:
            # Already done: then nobody need take over. Stopped while it held SQLite's lock: then nobody can.
            with contextlib.suppress(StoreError):
                if self.is_open(run) and until(lambda: self.owner_of(run) != pid, LEASE + 3):
                    self.frozen.append(pid)
        finally:
            os.kill(pid, signal.SIGCONT)
        if len(self.frozen) > frozen:
            assert until(lambda: self.count("run.lost") > lost, 10), (
                "the frozen one did not notice that it lost its run"
            )

    def count(self, event: str) -> int:
        """How often the processes logged that."""
        return (self.folder / "log").read_text(encoding="utf-8").count(f'"event": "{event}"')

    def is_open(self, run: RunRecord) -> bool:
        """Whether the run has not ended."""
        return any(one.done is None for one in self.history() if (one.job, one.slot) == (run.job, run.slot))


def pid_of(run: RunRecord) -> int:
    return int(run.owner.split(":")[1]) if run.owner else 0


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether it came true within that time."""
    end = monotonic() + seconds
    while not condition():
        if monotonic() > end:
            return False
        threading.Event().wait(0.02)
    return True


@contextmanager
def crew_of_three(store: Store, folder: Path) -> Iterator[Crew]:
    crew = Crew(store=store, folder=folder)
    try:
        for _ in range(3):
            crew.hire()
        yield crew
    finally:
        for one in crew.alive.values():
            os.kill(one.pid, signal.SIGCONT)
            one.kill()
            one.wait()


def dismiss(crew: Crew) -> None:
    """End all by SIGTERM, then work off what they left waiting, with no new slots."""
    assert until(lambda: crew.count("schedule.started") == crew.hired, 20), "one does not start"
    for one in crew.alive.values():
        one.terminate()
    codes = {pid: one.wait(30) for pid, one in crew.alive.items()}
    crew.alive.clear()
    assert set(codes.values()) == {0}, codes
    rest = scheduler(crew.store, LEASE, due=lambda job, last, now: Due())

    def is_worked_off() -> bool:
        rest.tick()
        return all(run.done is not None for run in crew.history())

    assert until(is_worked_off, LEASE + 10)


def assert_all_ran_once(crew: Crew, seconds: float) -> None:
    history = crew.history()
    assert crew.killed, "nobody was killed at work"
    assert crew.frozen, "nobody was frozen at work"
    assert len(history) >= seconds * len(JOBS) / 2, "hardly anything ran"
    assert sum((run.detail or "").count("taken over") for run in history) >= len(crew.killed) + len(crew.frozen)
    assert faults(history, effects(crew.store)) == []


@pytest.mark.fault
@pytest.mark.timeout(120)
def test_a_killed_and_a_frozen_scheduler_leave_no_gap_and_no_double(store: Store, tmp_path: Path) -> None:
    make_ledger(store)
    began = monotonic()
    with crew_of_three(store, tmp_path) as crew:
        assert until(lambda: len({pid_of(run) for run in crew.history() if run.outcome == "built"}) >= 2, 20)
        while not crew.killed:
            crew.kill()
            crew.hire()
        while not crew.frozen:
            crew.freeze()
        took = monotonic() - began
        dismiss(crew)
    assert_all_ran_once(crew, took - 3)


@pytest.mark.fault
@pytest.mark.nightly
@pytest.mark.timeout(400)
def test_two_minutes_of_kills_and_freezes(store: Store, tmp_path: Path) -> None:
    make_ledger(store)
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    end = monotonic() + 120
    with crew_of_three(store, tmp_path) as crew:
        while monotonic() < end:
            if chance.random() < 0.6:
                crew.kill()
                crew.hire()
            else:
                crew.freeze()
            threading.Event().wait(chance.random() * 2)
        dismiss(crew)
    assert_all_ran_once(crew, 120)
    assert len(crew.killed) >= 5
