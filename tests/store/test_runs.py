"""The table of runs: slots once, one owner at a time, nothing changed without the present fence."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.store import runs
from syndicate.store.engine import Store, next_number
from syndicate.store.runs import Claim, RunRecord

T0 = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEASE = timedelta(seconds=30)


def claimed(store: Store, owner: str = "a", now: datetime = T0, jobs: tuple[str, ...] = ("town",)) -> Claim:
    claim = runs.claim(store, jobs, owner, now, LEASE)
    assert claim is not None
    return claim


def all_runs(store: Store) -> tuple[RunRecord, ...]:
    with store.read() as connection:
        return runs.history(connection, 1000)


def change(store: Store, times: int = 1) -> None:
    with store.write() as connection:
        for _ in range(times):
            next_number(connection, "change")


def test_a_slot_is_inserted_once(store: Store) -> None:
    assert runs.insert_slots(store, "town", [T0, T0 + MINUTE], None) == 2
    assert runs.insert_slots(store, "town", [T0 + MINUTE, T0 + 2 * MINUTE], "stands for 3 missed before") == 1
    assert [(run.slot, run.detail) for run in all_runs(store)] == [
        (T0 + 2 * MINUTE, "stands for 3 missed before"),
        (T0 + MINUTE, None),
        (T0, None),
    ]


def test_the_oldest_due_run_is_claimed_first_with_growing_fences(store: Store) -> None:
    runs.insert_slots(store, "town", [T0 + MINUTE], None)
    runs.insert_slots(store, "coast", [T0], None)
    first, second = (claimed(store, jobs=("town", "coast")) for _ in range(2))
    assert (first.job, second.job) == ("coast", "town")
    assert second.fence > first.fence
    assert runs.claim(store, ("town", "coast"), "b", T0, LEASE) is None


def test_only_the_named_jobs_are_claimed(store: Store) -> None:
    runs.insert_slots(store, "town", [T0], None)
    assert runs.claim(store, ("coast",), "a", T0, LEASE) is None
    assert runs.claim(store, (), "a", T0, LEASE) is None
    assert claimed(store).job == "town"


def test_an_urgent_job_comes_before_older_runs(store: Store) -> None:
    runs.insert_slots(store, "town", [T0], None)
    runs.insert_slots(store, "@take-down", [T0 + MINUTE], None)
    claim = runs.claim(store, ("town", "@take-down"), "a", T0 + MINUTE, LEASE, urgent=("@take-down",))
    assert claim is not None
    assert claim.job == "@take-down"


def test_a_job_is_worked_on_by_one_at_a_time(store: Store) -> None:
    runs.insert_slots(store, "town", [T0, T0 + MINUTE], None)
    first = claimed(store)
    assert runs.claim(store, ("town",), "b", T0, LEASE) is None
    assert runs.finish(store, first, T0, "built")
    assert claimed(store, "b").slot == T0 + MINUTE


def test_a_lease_that_is_over_is_taken_over(store: Store) -> None:
    runs.insert_slots(store, "town", [T0], "stands for 3 missed before")
    old = claimed(store)
    assert runs.claim(store, ("town",), "b", T0 + LEASE - MINUTE / 60, LEASE) is None
    new = claimed(store, "b", T0 + LEASE)
    assert (new.slot, new.taken_from) == (old.slot, "a")
    assert new.fence > old.fence
    assert new.note == "stands for 3 missed before; taken over from a"
    assert not runs.still_mine(store, old)
    assert runs.still_mine(store, new)
    assert not runs.renew(store, old, T0 + LEASE, LEASE)
    assert not runs.release(store, old)
    assert not runs.finish(store, old, T0 + LEASE, "built")
    assert runs.finish(store, new, T0 + LEASE, "built", "3 documents")
    assert not runs.finish(store, new, T0 + LEASE, "built again")
    (run,) = all_runs(store)
    assert (run.owner, run.outcome) == ("b", "built")
    assert run.detail == "stands for 3 missed before; taken over from a; 3 documents"


def test_a_renewed_lease_holds_on(store: Store) -> None:
    runs.insert_slots(store, "town", [T0], None)
    claim = claimed(store)
    assert runs.renew(store, claim, T0 + LEASE / 2, LEASE)
    assert runs.claim(store, ("town",), "b", T0 + LEASE, LEASE) is None


def test_a_lease_from_before_the_clock_went_back_does_not_block(store: Store) -> None:
    runs.insert_slots(store, "town", [T0], None)
    claimed(store)
    assert claimed(store, "b", T0 - timedelta(hours=1)).taken_from == "a"


def test_the_fence_is_asked_inside_a_transaction(store: Store) -> None:
    runs.insert_slots(store, "town", [T0], None)
    claim = claimed(store)
    with store.write() as connection:
        assert runs.is_held(connection, claim)
    runs.finish(store, claim, T0, "built")
    with store.write() as connection:
        assert not runs.is_held(connection, claim)


def test_a_run_given_back_can_be_claimed_at_once(store: Store) -> None:
    runs.insert_slots(store, "town", [T0], None)
    old = claimed(store)
    assert runs.release(store, old)
    assert not runs.still_mine(store, old)
    new = claimed(store, "b")
    assert new.taken_from is None
    assert new.fence > old.fence


def test_waiting_runs_are_superseded_and_begun_ones_are_not(store: Store) -> None:
    runs.insert_slots(store, "town", [T0], None)
    begun = claimed(store)
    runs.insert_slots(store, "town", [T0 + MINUTE, T0 + 2 * MINUTE], None)
    assert runs.supersede(store, "town", T0 + 2 * MINUTE, T0 + 2 * MINUTE) == 1
    assert [run.outcome for run in all_runs(store)] == [None, runs.SUPERSEDED, None]
    assert runs.still_mine(store, begun)


def test_a_slot_of_the_future_is_no_last_slot(store: Store) -> None:
    runs.insert_slots(store, "town", [T0, T0 + timedelta(days=9000)], None)
    with store.read() as connection:
        assert runs.last_slot(connection, "town", T0 + MINUTE) == T0
        assert runs.last_slot(connection, "coast", T0) is None


def test_stuck_leases_and_the_history_of_a_job(store: Store) -> None:
    runs.insert_slots(store, "town", [T0, T0 + MINUTE], None)
    runs.first_seen(store, "coast", T0)
    claimed(store)
    with store.read() as connection:
        assert runs.stuck(connection, T0 + LEASE) == ()
        assert [run.slot for run in runs.stuck(connection, T0 + LEASE + MINUTE)] == [T0]
        assert [run.job for run in runs.history(connection, 5, job="coast")] == ["coast"]


def test_old_runs_are_forgotten_but_for_the_newest(store: Store) -> None:
    for job in ("town", "coast"):
        runs.insert_slots(store, job, [T0, T0 + MINUTE], None)
        for _ in range(2):
            runs.finish(store, claimed(store, jobs=(job,)), T0 + MINUTE, "built")
    assert runs.forget(store, T0 + MINUTE) == 0
    assert runs.forget(store, T0 + 2 * MINUTE) == 2
    assert [run.slot for run in all_runs(store)] == [T0 + MINUTE, T0 + MINUTE]


def test_changes_are_covered_once(store: Store) -> None:
    change(store, 3)
    with store.read() as connection:
        state = runs.change_state(connection, "@on-change", T0)
    assert (state.newest, state.covered, state.last_slot, state.is_open) == (3, 0, None, False)
    assert runs.insert_change(store, state, T0, "changes 1-3")
    assert not runs.insert_change(store, state, T0 + MINUTE, "changes 1-3")
    with store.read() as connection:
        state = runs.change_state(connection, "@on-change", T0)
    assert (state.newest, state.covered, state.last_slot, state.is_open) == (3, 3, T0, True)
    change(store)
    assert not runs.insert_change(store, state, T0 + MINUTE, "one is open")


def test_many_claimers_never_share_a_run(store: Store) -> None:
    slots = [T0 + n * MINUTE for n in range(12)]
    for index in range(3):
        runs.insert_slots(store, f"job{index}", slots, None)
    taken: list[Claim] = []
    failures: list[Exception] = []

    def take(owner: str) -> None:
        try:
            while claim := runs.claim(store, ("job0", "job1", "job2"), owner, T0, LEASE):
                taken.append(claim)
                assert runs.finish(store, claim, T0, "built")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=take, args=(f"owner{n}",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # A claimer goes home when the three jobs are all being worked on, so some runs may be left for one more round.
    take("last")
    assert not failures
    assert sorted((one.job, one.slot) for one in taken) == sorted((f"job{n}", slot) for n in range(3) for slot in slots)
    assert len({one.fence for one in taken}) == len(taken)


def test_times_need_a_zone(store: Store) -> None:
    with pytest.raises(ValueError, match="zone"):
        runs.insert_slots(store, "town", [T0.replace(tzinfo=None)], None)
    assert all_runs(store) == ()
