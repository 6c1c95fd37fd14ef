"""The scheduled runs' questions: which slots are known, who works on one, how it ended.

A run is claimed with a lease and a fence, a number that only grows. Whoever is taken over holds an old fence, and every
statement here that changes a run asks for the present one. `now` is the clock that leases are measured by.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from syndicate.store import outputs
from syndicate.store.articles import REMOVAL
from syndicate.store.engine import Connection, Store, chunks, count_changes, next_number
from syndicate.store.record import microseconds, moment

FIRST_SEEN = "first seen"
SUPERSEDED = "superseded"
FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A run that `owner` may work on as long as `fence` is the run's own; `note` says why it is there."""

    job: str
    slot: datetime
    owner: str
    fence: int
    note: str | None = None
    taken_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One row of the history; `done` is None while it waits (`owner` None) or is worked on."""

    job: str
    slot: datetime
    owner: str | None
    fence: int | None
    lease_until: datetime | None
    started: datetime | None
    done: datetime | None
    outcome: str | None
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeState:
    """The change log as a job sees it: newest number, number covered by its runs, its newest run, is one open?

    `failed_at` is when the newest run ended, if it failed. With `removals` only the changes count that withhold or
    cancel an article.
    """

    job: str
    removals: bool
    newest: int
    covered: int
    last_slot: datetime | None
    is_open: bool
    failed_at: datetime | None = None


def last_slot(connection: Connection, job: str, now: datetime) -> datetime | None:
    """The newest slot of the job up to `now`; a slot of the future was written by a clock that was wrong."""
    return _moment(connection.value("SELECT max(slot) FROM run WHERE job = ? AND slot <= ?", (job, microseconds(now))))


def history(connection: Connection, limit: int, job: str | None = None) -> tuple[RunRecord, ...]:
    """The newest runs, newest slot first; of one job when it is named."""
    only, values = ("", ()) if job is None else (" WHERE job = ?", (job,))
    rows = connection.rows(f"SELECT {_COLUMNS} FROM run{only} ORDER BY slot DESC, job LIMIT ?", (*values, limit))
    return tuple(map(_record, rows))


def stuck(connection: Connection, now: datetime) -> tuple[RunRecord, ...]:
    """The runs whose owner has been silent for longer than its lease and that nobody has taken over yet."""
    rows = connection.rows(
        f"SELECT {_COLUMNS} FROM run WHERE done_at IS NULL AND lease_until < ? ORDER BY slot, job", (microseconds(now),)
    )
    return tuple(map(_record, rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStanding:
    """How the runs of a job stand: its newest one, and the slot of the newest that came to a good end.

    `waiting_since` is the first slot after that good one, None when there is none: a run that failed, is being worked
    on or waits. `failure` is what the newest run that failed since then said. `first` is the slot of the oldest row of
    the job that is kept: as a rule when a scheduler first saw it.
    """

    newest: RunRecord
    good: datetime | None
    waiting_since: datetime | None
    failure: str | None
    first: datetime


def standings(connection: Connection, jobs: Collection[str], now: datetime) -> dict[str, JobStanding]:
    """How the runs of each of these jobs stand; a job that no scheduler has seen yet is not among them."""
    found: dict[str, JobStanding] = {}
    at = microseconds(now)
    for some in chunks(sorted(jobs)):
        for good, since, failure, first, *newest in connection.rows(_standings(len(some)), (*some, at, at, at, at)):
            found[newest[0]] = JobStanding(
                newest=_record(newest),
                good=_moment(good),
                waiting_since=_moment(since),
                failure=failure,
                first=moment(first),
            )
    return found


def first_seen(store: Store, job: str, now: datetime) -> None:
    """Note that the job is known from `now` on: what was due before is never made up for."""
    at = microseconds(now)
    with store.write() as connection:
        connection.run(
            "INSERT INTO run (job, slot, done_at, outcome) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (job, at, at, FIRST_SEEN),
        )


def insert_slots(store: Store, job: str, slots: Sequence[datetime], note: str | None) -> int:
    """Add the slots that are missing; how many were. `note` goes with the newest of them."""
    newest = max(slots)
    rows = [(job, microseconds(slot), note if slot == newest else None) for slot in slots]
    with store.write() as connection:
        return _add_missing(connection, rows)


def supersede(store: Store, job: str, before: datetime, now: datetime) -> int:
    """End the job's runs of slots before `before` that nobody has begun; how many there were."""
    with store.write() as connection:
        return connection.run(
            "UPDATE run SET done_at = ?, outcome = ?, detail = ?"
            " WHERE job = ? AND slot < ? AND done_at IS NULL AND owner IS NULL",
            (microseconds(now), SUPERSEDED, "a newer slot has come", job, microseconds(before)),
        )


def change_state(connection: Connection, job: str, now: datetime, *, removals: bool = False) -> ChangeState:
    """What a job that waits for changes has to decide upon."""
    last = connection.row(
        "SELECT outcome, done_at FROM run WHERE job = ? AND slot <= ? ORDER BY slot DESC LIMIT 1",
        (job, microseconds(now)),
    )
    covered = outputs.cursor(connection, job)
    return ChangeState(
        job=job,
        removals=removals,
        newest=_newest_removal(connection, covered) if removals else count_changes(connection),
        covered=covered,
        last_slot=last_slot(connection, job, now),
        is_open=connection.row("SELECT 1 FROM run WHERE job = ? AND done_at IS NULL LIMIT 1", (job,)) is not None,
        failed_at=_moment(last[1]) if last is not None and last[0] == FAILED else None,
    )


def _newest_removal(connection: Connection, covered: int) -> int:
    asked = "SELECT max(number) FROM change WHERE number > ? AND kind = ?"
    return int(connection.value(asked, (covered, REMOVAL)) or covered)


def insert_change(store: Store, state: ChangeState, now: datetime, note: str) -> bool:
    """Add a run that covers all changes of `state`, unless somebody else has done so since `state` was read."""
    with store.write() as connection:
        present = change_state(connection, state.job, now, removals=state.removals)
        if present.is_open or (present.covered, present.last_slot) != (state.covered, state.last_slot):
            return False
        outputs.move_cursor(connection, state.job, state.newest)
        return _add_missing(connection, [(state.job, microseconds(now), note)]) == 1


def claim(
    store: Store, jobs: Collection[str], owner: str, now: datetime, lease: timedelta, urgent: Collection[str] = ()
) -> Claim | None:
    """The oldest run of these jobs that is due and free, now this owner's for `lease`; None when there is none.

    The `urgent` among the jobs come before all others.

    Free is what nobody has begun and what was begun by an owner whose lease is over. A job that is being worked on
    waits, so two runs of one job are never worked on at once.
    """
    with store.read() as connection:
        if _next_free(connection, jobs, now, lease, urgent) is None:
            return None
    with store.write() as connection:
        # The counter's row is locked first: so claims wait for one another on PostgreSQL too.
        fence = next_number(connection, "fence")
        row = _next_free(connection, jobs, now, lease, urgent)
        if row is None:
            return None
        job, slot, before, detail = row
        note = "; ".join(filter(None, [detail, before and f"taken over from {before}"])) or None
        connection.run(
            "UPDATE run SET owner = ?, fence = ?, lease_until = ?, started_at = ?, detail = ?"
            " WHERE job = ? AND slot = ?",
            (owner, fence, microseconds(now + lease), microseconds(now), note, job, slot),
        )
    return Claim(job=job, slot=moment(slot), owner=owner, fence=fence, note=note, taken_from=before)


def renew(store: Store, claim: Claim, now: datetime, lease: timedelta) -> bool:
    """Let the lease begin anew at `now`; False when the run is not this claim's any more."""
    with store.write() as connection:
        asked = f"UPDATE run SET lease_until = ? WHERE {_HELD}"
        return connection.run(asked, (microseconds(now + lease), *_held(claim))) == 1


def is_held(connection: Connection, claim: Claim) -> bool:
    """Whether the run is still this claim's; inside `write()` nobody can take it before the transaction ends.

    Asked by a change that changes nothing, since that locks the row on PostgreSQL too.
    """
    return connection.run(f"UPDATE run SET fence = fence WHERE {_HELD}", _held(claim)) == 1


def still_mine(store: Store, claim: Claim) -> bool:
    """Whether the run is still this claim's at this moment."""
    with store.read() as connection:
        return connection.row(f"SELECT 1 FROM run WHERE {_HELD}", _held(claim)) is not None


def finish(store: Store, claim: Claim, now: datetime, outcome: str, detail: str | None = None) -> bool:
    """End the run; False, and nothing is changed, when it is not this claim's any more or has ended."""
    said = "; ".join(filter(None, [claim.note, detail])) or None
    with store.write() as connection:
        asked = f"UPDATE run SET done_at = ?, outcome = ?, detail = ? WHERE {_HELD}"
        return connection.run(asked, (microseconds(now), outcome, said, *_held(claim))) == 1


def release(store: Store, claim: Claim) -> bool:
    """Give the run back unfinished, for anybody to claim at once; False when it is not this claim's any more."""
    freed = f"UPDATE run SET owner = NULL, fence = NULL, lease_until = NULL, started_at = NULL WHERE {_HELD}"
    with store.write() as connection:
        return connection.run(freed, _held(claim)) == 1


def forget(store: Store, before: datetime) -> int:
    """Drop the runs that ended before that moment, but for the newest of each job; how many were dropped."""
    with store.write() as connection:
        return connection.run(
            "DELETE FROM run WHERE done_at < ?"
            " AND slot < (SELECT max(later.slot) FROM run later WHERE later.job = run.job)",
            (microseconds(before),),
        )


_COLUMNS = "job, slot, owner, fence, lease_until, started_at, done_at, outcome, detail"
_HELD = "job = ? AND slot = ? AND fence = ? AND done_at IS NULL"


def _standings(count: int) -> str:
    """The question for that many jobs. Each part of it is a short walk along the primary key (job, slot)."""
    wanted = ", ".join(["(?)"] * count)
    since = "r.job = s.job AND r.slot > coalesce(s.good, 0) AND r.slot <= ?"
    columns = ", ".join(f"n.{name}" for name in _COLUMNS.split(", "))
    return f"""
        WITH wanted(job) AS (VALUES {wanted}),
        s AS (SELECT w.job AS job,
            (SELECT r.slot FROM run r WHERE r.job = w.job AND r.slot <= ? ORDER BY r.slot DESC LIMIT 1) AS newest,
            (SELECT r.slot FROM run r WHERE r.job = w.job AND r.slot <= ? AND r.done_at IS NOT NULL
                AND r.outcome NOT IN ('{FAILED}', '{SUPERSEDED}', '{FIRST_SEEN}') ORDER BY r.slot DESC LIMIT 1) AS good
            FROM wanted w)
        SELECT s.good,
            (SELECT min(r.slot) FROM run r WHERE {since} AND (r.outcome IS NULL OR r.outcome <> '{FIRST_SEEN}')),
            (SELECT r.detail FROM run r WHERE {since} AND r.outcome = '{FAILED}' ORDER BY r.slot DESC LIMIT 1),
            (SELECT min(r.slot) FROM run r WHERE r.job = s.job),
            {columns}
        FROM s JOIN run n ON n.job = s.job AND n.slot = s.newest
    """


def _held(claim: Claim) -> tuple[str, int, int]:
    return claim.job, microseconds(claim.slot), claim.fence


def _next_free(
    connection: Connection, jobs: Collection[str], now: datetime, lease: timedelta, urgent: Collection[str]
) -> tuple[Any, ...] | None:
    """Job, slot, owner before and detail of the run that is claimed next.

    Unfinished runs are few, however many jobs there are.
    """
    # A lease that ends later than any can (all schedulers share the settings) is from before the clock went back;
    # its owner, if alive, renews it soon. A slot is due once it is inserted, even where the clock has gone back since.
    earliest, latest = microseconds(now), microseconds(now + 2 * lease)
    open_runs = connection.rows("SELECT job, slot, owner, detail, lease_until FROM run WHERE done_at IS NULL")
    live = [(until is not None and earliest < until <= latest) for *_, until in open_runs]
    busy = {run[0] for run, is_live in zip(open_runs, live, strict=True) if is_live}
    free = (run[:4] for run in open_runs if run[0] in jobs and run[0] not in busy)
    return min(free, key=lambda run: (run[0] not in urgent, run[1], run[0]), default=None)


def _add_missing(connection: Connection, rows: Sequence[tuple[str, int, str | None]]) -> int:
    """Add runs, each as job, slot and detail; how many were missing."""
    return sum(
        connection.run(
            f"INSERT INTO run (job, slot, detail) VALUES {', '.join(['(?, ?, ?)'] * len(some))} ON CONFLICT DO NOTHING",
            [value for row in some for value in row],
        )
        for some in chunks(rows)
    )


def _record(row: Sequence[Any]) -> RunRecord:
    job, slot, owner, fence, lease_until, started, done, outcome, detail = row
    return RunRecord(
        job=job,
        slot=moment(slot),
        owner=owner,
        fence=fence,
        lease_until=_moment(lease_until),
        started=_moment(started),
        done=_moment(done),
        outcome=outcome,
        detail=detail,
    )


def _moment(value: int | None) -> datetime | None:
    return None if value is None else moment(value)
