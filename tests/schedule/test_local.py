"""The timer, the signals and the watchdog around the loop."""

import os
import signal
import threading
from datetime import UTC, datetime

import pytest

from syndicate.clock import SystemClock
from syndicate.model.jobs import Job
from syndicate.schedule import local
from syndicate.schedule.holding import Guard
from syndicate.schedule.local import nudge, owner_name, run_scheduler, start_timer
from syndicate.schedule.loop import Loop, Work
from syndicate.store import runs
from syndicate.store.engine import Store


def loop_of(store: Store, work: Work) -> Loop:
    """A loop with one run waiting."""
    job = Job(id="town", feeds=("town",), cron=None)
    runs.insert_slots(store, job.id, [datetime(2026, 3, 4, 12, 0, tzinfo=UTC)], None)
    return Loop(store=store, clock=SystemClock(), jobs=(job,), work=work, owner=owner_name())


def outcomes(store: Store) -> list[str | None]:
    with store.read() as connection:
        return [run.outcome for run in runs.history(connection, 10)]


def test_the_timer_calls_again_and_again_and_never_twice_at_once() -> None:
    inside, most, calls = 0, 0, 0
    enough = threading.Event()

    def call() -> None:
        nonlocal inside, most, calls
        inside += 1
        most, calls = max(most, inside), calls + 1
        enough.wait(0.05)
        inside -= 1
        if calls == 3:
            enough.set()

    timer = start_timer(call, 0.02)
    try:
        assert enough.wait(10)
    finally:
        timer.shutdown()
    assert most == 1


def test_a_timer_whose_wall_clock_went_back_is_nudged() -> None:
    called = threading.Event()
    timer = start_timer(called.set, 0.02)
    try:
        assert called.wait(10)
        timer.modify_job("tick", next_run_time=datetime(2999, 1, 1, tzinfo=UTC))
        called.clear()
        assert not called.wait(0.3)
        nudge(timer)
        assert called.wait(10)
    finally:
        timer.shutdown()


def test_no_two_processes_have_the_same_name() -> None:
    assert owner_name() != owner_name()
    assert f":{os.getpid()}:" in owner_name()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_present_run_finish(store: Store, number: signal.Signals) -> None:
    before = signal.getsignal(number)

    def work(feeds: tuple[str, ...], guard: Guard) -> str:
        os.kill(os.getpid(), number)
        threading.Event().wait(1.5)
        guard()
        return "built"

    assert run_scheduler(loop_of(store, work), tick=0.05) == 0
    assert outcomes(store) == ["built"]
    assert signal.getsignal(number) == before


def test_a_run_that_takes_too_long_at_the_end_is_given_back(store: Store) -> None:
    def work(feeds: tuple[str, ...], guard: Guard) -> str:
        os.kill(os.getpid(), signal.SIGTERM)
        while True:
            guard()
            threading.Event().wait(0.05)

    assert run_scheduler(loop_of(store, work), tick=0.05, grace=0.2) == 0
    assert outcomes(store) == [None]
    with store.read() as connection:
        assert runs.history(connection, 1)[0].owner is None


def test_a_second_signal_gives_the_run_back_at_once(store: Store) -> None:
    def work(feeds: tuple[str, ...], guard: Guard) -> str:
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(1.2)
        os.kill(os.getpid(), signal.SIGTERM)
        while True:
            guard()
            threading.Event().wait(0.05)

    assert run_scheduler(loop_of(store, work), tick=0.05, grace=600.0) == 0
    assert outcomes(store) == [None]


def test_work_that_never_looks_up_is_left_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_LAST_WORDS", 0.2)
    left: list[int] = []
    let_go = threading.Event()

    def work(feeds: tuple[str, ...], guard: Guard) -> str:
        os.kill(os.getpid(), signal.SIGTERM)
        let_go.wait()
        return "too late"

    def leave(code: int) -> None:
        left.append(code)
        let_go.set()

    loop = loop_of(store, work)
    run_scheduler(loop, tick=0.05, grace=0.1, leave=leave)
    assert left == [0]
    assert loop.idle.wait(10)
    assert outcomes(store) == [None]


def test_a_silent_loop_ends_the_process_with_70(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_LOOK_EVERY", 0.1)
    left: list[int] = []
    let_go = threading.Event()

    def work(feeds: tuple[str, ...], guard: Guard) -> str:
        let_go.wait()
        return "too late"

    def leave(code: int) -> None:
        left.append(code)
        let_go.set()

    loop = loop_of(store, work)
    loop.lease, loop.limit = 0.3, 0.2
    run_scheduler(loop, tick=0.05, silence=1.0, leave=leave)
    assert left == [70]
    assert loop.idle.wait(10)
    assert outcomes(store) == [runs.FAILED]
