"""The scheduled runs' questions: which slots are known, who works on one, how it ended.

A run is claimed with a lease and a fence, a number that only grows. Whoever is taken over holds an old fence, and every
statement here that changes a run asks for the present one. `now` is the clock that leases are measured by.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from syndicate.store import articles, outputs, tables
from syndicate.store.engine import Connection, Store, next_number

FIRST_SEEN = "first seen"
SUPERSEDED = "superseded"
FAILED = "failed"

_run = tables.run


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
    return connection.execute(select(func.max(_run.c.slot)).where(_run.c.job == job, _run.c.slot <= now)).scalar()


def last_runs(connection: Connection) -> tuple[RunRecord, ...]:
    """The newest run of each job, by job."""
    newest = select(_run.c.job, func.max(_run.c.slot).label("slot")).group_by(_run.c.job).subquery()
    rows = select(_run).join(newest, and_(_run.c.job == newest.c.job, _run.c.slot == newest.c.slot))
    return _records(connection, rows.order_by(_run.c.job))


def history(connection: Connection, limit: int, job: str | None = None) -> tuple[RunRecord, ...]:
    """The newest runs, newest slot first; of one job when it is named."""
    rows = select(_run).order_by(_run.c.slot.desc(), _run.c.job).limit(limit)
    return _records(connection, rows if job is None else rows.where(_run.c.job == job))


def stuck(connection: Connection, now: datetime) -> tuple[RunRecord, ...]:
    """The runs whose owner has been silent for longer than its lease and that nobody has taken over yet."""
    rows = select(_run).where(_run.c.done_at.is_(None), _run.c.lease_until < now)
    return _records(connection, rows.order_by(_run.c.slot, _run.c.job))


def first_seen(store: Store, job: str, now: datetime) -> None:
    """Note that the job is known from `now` on: what was due before is never made up for."""
    row = {"job": job, "slot": now, "done_at": now, "outcome": FIRST_SEEN}
    with store.write() as connection:
        _add_missing(connection, [row])


def insert_slots(store: Store, job: str, slots: Sequence[datetime], note: str | None) -> int:
    """Add the slots that are missing; how many were. `note` goes with the newest of them."""
    newest = max(slots)
    rows = [{"job": job, "slot": slot, "detail": note if slot == newest else None} for slot in slots]
    with store.write() as connection:
        return _add_missing(connection, rows)


def supersede(store: Store, job: str, before: datetime, now: datetime) -> int:
    """End the job's runs of slots before `before` that nobody has begun; how many there were."""
    waiting = (_run.c.job == job, _run.c.slot < before, _run.c.done_at.is_(None), _run.c.owner.is_(None))
    with store.write() as connection:
        ended = update(_run).where(*waiting).values(done_at=now, outcome=SUPERSEDED, detail="a newer slot has come")
        return connection.execute(ended).rowcount


def change_state(connection: Connection, job: str, now: datetime, *, removals: bool = False) -> ChangeState:
    """What a job that waits for changes has to decide upon."""
    unfinished = select(_run.c.slot).where(_run.c.job == job, _run.c.done_at.is_(None)).limit(1)
    newest_run = select(_run.c.outcome, _run.c.done_at).where(_run.c.job == job).order_by(_run.c.slot.desc()).limit(1)
    last = connection.execute(newest_run).first()
    covered = outputs.cursor(connection, job)
    return ChangeState(
        job=job,
        removals=removals,
        newest=_newest_removal(connection, covered) if removals else _newest_change(connection),
        covered=covered,
        last_slot=last_slot(connection, job, now),
        is_open=connection.execute(unfinished).first() is not None,
        failed_at=last.done_at if last is not None and last.outcome == FAILED else None,
    )


def _newest_change(connection: Connection) -> int:
    counter = tables.counter
    return int(connection.execute(select(counter.c.value).where(counter.c.name == "change")).scalar() or 0)


def _newest_removal(connection: Connection, covered: int) -> int:
    change = tables.change
    removed = select(func.max(change.c.number)).where(change.c.number > covered, change.c.kind == articles.REMOVAL)
    return int(connection.execute(removed).scalar() or covered)


def insert_change(store: Store, state: ChangeState, now: datetime, note: str) -> bool:
    """Add a run that covers all changes of `state`, unless somebody else has done so since `state` was read."""
    with store.write() as connection:
        present = change_state(connection, state.job, now, removals=state.removals)
        if present.is_open or (present.covered, present.last_slot) != (state.covered, state.last_slot):
            return False
        outputs.move_cursor(connection, state.job, state.newest)
        return _add_missing(connection, [{"job": state.job, "slot": now, "detail": note}]) == 1


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
        note = "; ".join(filter(None, [row.detail, row.owner and f"taken over from {row.owner}"])) or None
        taken = {"owner": owner, "fence": fence, "lease_until": now + lease, "started_at": now, "detail": note}
        connection.execute(update(_run).where(_run.c.job == row.job, _run.c.slot == row.slot).values(**taken))
    return Claim(job=row.job, slot=row.slot, owner=owner, fence=fence, note=note, taken_from=row.owner)


def renew(store: Store, claim: Claim, now: datetime, lease: timedelta) -> bool:
    """Let the lease begin anew at `now`; False when the run is not this claim's any more."""
    with store.write() as connection:
        return connection.execute(update(_run).where(_held(claim)).values(lease_until=now + lease)).rowcount == 1


def is_held(connection: Connection, claim: Claim) -> bool:
    """Whether the run is still this claim's; inside `write()` nobody can take it before the transaction ends."""
    return connection.execute(select(_run.c.fence).where(_held(claim)).with_for_update()).first() is not None


def still_mine(store: Store, claim: Claim) -> bool:
    """Whether the run is still this claim's at this moment."""
    with store.read() as connection:
        return connection.execute(select(_run.c.fence).where(_held(claim))).first() is not None


def finish(store: Store, claim: Claim, now: datetime, outcome: str, detail: str | None = None) -> bool:
    """End the run; False, and nothing is changed, when it is not this claim's any more or has ended."""
    said = "; ".join(filter(None, [claim.note, detail])) or None
    ended = update(_run).where(_held(claim)).values(done_at=now, outcome=outcome, detail=said)
    with store.write() as connection:
        return connection.execute(ended).rowcount == 1


def release(store: Store, claim: Claim) -> bool:
    """Give the run back unfinished, for anybody to claim at once; False when it is not this claim's any more."""
    freed = update(_run).where(_held(claim)).values(owner=None, fence=None, lease_until=None, started_at=None)
    with store.write() as connection:
        return connection.execute(freed).rowcount == 1


def forget(store: Store, before: datetime) -> int:
    """Drop the runs that ended before that moment, but for the newest of each job; how many were dropped."""
    later = _run.alias()
    newest = select(func.max(later.c.slot)).where(later.c.job == _run.c.job).scalar_subquery()
    with store.write() as connection:
        return connection.execute(delete(_run).where(_run.c.done_at < before, _run.c.slot < newest)).rowcount


def _held(claim: Claim) -> ColumnElement[bool]:
    same = and_(_run.c.job == claim.job, _run.c.slot == claim.slot)
    return and_(same, _run.c.fence == claim.fence, _run.c.done_at.is_(None))


def _next_free(
    connection: Connection, jobs: Collection[str], now: datetime, lease: timedelta, urgent: Collection[str]
) -> Any:
    # A lease that ends later than any can (all schedulers share the settings) is from before the clock went back;
    # its owner, if alive, renews it soon.
    is_live = and_(_run.c.lease_until > now, _run.c.lease_until <= now + 2 * lease)
    busy = select(_run.c.job).where(_run.c.done_at.is_(None), is_live)
    free = or_(_run.c.lease_until.is_(None), ~is_live)
    # A slot is due once it is inserted, even where the clock has gone back before it since.
    due = select(_run).where(_run.c.done_at.is_(None), free)
    mine = due.where(_run.c.job.in_(list(jobs)), _run.c.job.not_in(busy))
    return connection.execute(mine.order_by(_run.c.job.not_in(list(urgent)), _run.c.slot, _run.c.job).limit(1)).first()


def _add_missing(connection: Connection, rows: list[dict[str, Any]]) -> int:
    insert = postgresql.insert if connection.driver.dialect.name == "postgresql" else sqlite.insert
    return connection.execute(insert(_run).values(rows).on_conflict_do_nothing()).rowcount


def _records(connection: Connection, rows: Select[Any]) -> tuple[RunRecord, ...]:
    return tuple(
        RunRecord(
            job=row.job,
            slot=row.slot,
            owner=row.owner,
            fence=row.fence,
            lease_until=row.lease_until,
            started=row.started_at,
            done=row.done_at,
            outcome=row.outcome,
            detail=row.detail,
        )
        for row in connection.execute(rows)
    )
