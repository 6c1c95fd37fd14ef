"""Which hubs have to be told of which documents: one row for a hub and a topic, however often that changes.

A row is put in the transaction that keeps what an export published, so no change is lost. Whoever sends it claims it
first; a newer change gives it another `turn`, and an answer counts only for the turn that it was given to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from syndicate.store.engine import Connection, marks, next_number
from syndicate.store.record import microseconds, moment

DUE, SENT, REFUSED = "due", "sent", "refused"
# No pause is that long: a row further ahead was dated by a clock that was wrong.
_FAR = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """What a hub is to be told, or was: `state` is due, sent or refused.

    `attempts` are failures in a row, `failing_since` their beginning, `answer` what was said last.
    """

    hub: str
    topic: str
    turn: int
    state: str
    put_at: datetime
    attempts: int
    next_try: datetime
    failing_since: datetime | None
    answered_at: datetime | None
    answer: str | None


def put(connection: Connection, hubs: Iterable[str], topics: Sequence[str], now: datetime) -> None:
    """Tell these hubs of these topics, as soon as may be: one that fails is not asked sooner because of it."""
    turn, at = next_number(connection, "ping"), microseconds(now)
    failing = _failing(connection, now)
    connection.run_many(
        "INSERT INTO ping (hub, topic, turn, state, put_at, attempts, next_try, failing_since)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hub, topic) DO UPDATE"
        " SET turn = excluded.turn, put_at = excluded.put_at, state = excluded.state,"
        " attempts = excluded.attempts, next_try = excluded.next_try,"
        " failing_since = CASE ping.state WHEN 'due' THEN coalesce(excluded.failing_since, ping.failing_since)"
        " ELSE excluded.failing_since END",
        [(hub, topic, turn, DUE, at, *failing.get(hub, (0, at, None))) for hub in hubs for topic in topics],
    )


def keep_only(connection: Connection, hubs: Sequence[str]) -> None:
    """Forget hubs that are not told anything any more."""
    _lock(connection)
    but = f" WHERE hub NOT IN ({marks(len(hubs))})" if hubs else ""
    connection.run(f"DELETE FROM ping{but}", hubs)


def is_any_due(connection: Connection, hubs: Sequence[str], now: datetime) -> bool:
    """Whether one of these hubs is to be told something by now."""
    only = f" AND hub IN ({marks(len(hubs))}) LIMIT 1"
    return connection.row(f"SELECT 1 FROM ping WHERE {_DUE}{only}", (*_due(now), *hubs)) is not None


def claim(connection: Connection, hub: str, now: datetime, until: datetime, count: int) -> tuple[Ping, ...]:
    """Some pings that are due at that hub, nobody else's until then, which is their `next_try` now.

    Those that were tried last come last.
    """
    _lock(connection)
    order = "ORDER BY coalesce(answered_at, 0), put_at, topic LIMIT ?"
    rows = connection.rows(f"SELECT {_COLUMNS} FROM ping WHERE {_DUE} AND hub = ? {order}", (*_due(now), hub, count))
    return tuple(replace(one, next_try=until) for one in map(_ping, rows) if _take(connection, one, until))


def release(connection: Connection, claimed: Ping, now: datetime) -> None:
    """Give back all that waits for the end of that claim: what is not sent, and what was put meanwhile."""
    _lock(connection)
    connection.run(
        "UPDATE ping SET next_try = ? WHERE hub = ? AND state = 'due' AND next_try = ?",
        (microseconds(now), claimed.hub, microseconds(claimed.next_try)),
    )


def sent(connection: Connection, ping: Ping, now: datetime, answer: str) -> None:
    """Note that the hub has been told."""
    _end(connection, ping, SENT, now, answer)


def refused(connection: Connection, ping: Ping, now: datetime, answer: str) -> None:
    """Note that the hub does not want it; the next change is another matter."""
    _end(connection, ping, REFUSED, now, answer)


def failed(connection: Connection, ping: Ping, now: datetime, next_try: datetime, answer: str) -> None:
    """Note that the hub could not be told: everything for it waits until then, or longer where it does already.

    What waits for the end of the claim only is given back.
    """
    _lock(connection)
    at, then, far = microseconds(now), microseconds(next_try), microseconds(now + _FAR)
    connection.run(
        "UPDATE ping SET attempts = attempts + 1, failing_since = coalesce(failing_since, ?), answer = ?,"
        " next_try = CASE WHEN next_try > ? AND next_try <= ? AND next_try <> ? THEN next_try ELSE ? END"
        " WHERE hub = ? AND state = 'due'",
        (at, answer, then, far, microseconds(ping.next_try), then, ping.hub),
    )
    connection.run("UPDATE ping SET answered_at = ? WHERE hub = ? AND topic = ?", (at, ping.hub, ping.topic))


def revive(connection: Connection, now: datetime) -> tuple[Ping, ...]:
    """Give another go at once to what was refused or fails; the rows as they were."""
    _lock(connection)
    found = tuple(one for one in all_of(connection) if one.state == REFUSED or one.attempts)
    connection.run(
        "UPDATE ping SET state = 'due', attempts = 0, next_try = ? WHERE state = 'refused' OR attempts > 0",
        (microseconds(now),),
    )
    return found


def all_of(connection: Connection) -> tuple[Ping, ...]:
    """Every hub and topic, by hub and topic."""
    return tuple(map(_ping, connection.rows(f"SELECT {_COLUMNS} FROM ping ORDER BY hub, topic")))


def counts(connection: Connection) -> dict[str, int]:
    """How many pings there are of each state."""
    found = connection.rows("SELECT state, count(*) FROM ping GROUP BY state")
    return dict.fromkeys((DUE, SENT, REFUSED), 0) | {str(state): int(count) for state, count in found}


_NAMES = Ping.__slots__
_COLUMNS = ", ".join(_NAMES)
_MOMENTS = ("put_at", "next_try", "failing_since", "answered_at")
_DUE = "state = 'due' AND (next_try <= ? OR next_try > ?)"


def _due(now: datetime) -> tuple[int, int]:
    return microseconds(now), microseconds(now + _FAR)


def _lock(connection: Connection) -> None:
    """Let nobody else touch several pings until the end of the transaction, whose orders could cross (PostgreSQL).

    It is the lock that `put` takes with its number; before the first `put` there is nothing to lock.
    """
    connection.run("UPDATE counter SET value = value WHERE name = 'ping'")


def _failing(connection: Connection, now: datetime) -> dict[str, tuple[int, int, int | None]]:
    """Of each hub that is failing: how often it has failed, when it may be asked again, and since when it fails."""
    rows = connection.rows(
        "SELECT hub, max(attempts), max(CASE WHEN next_try > ? THEN 0 ELSE next_try END), min(failing_since)"
        " FROM ping WHERE state = 'due' AND attempts > 0 GROUP BY hub",
        (microseconds(now + _FAR),),
    )
    return {hub: (attempts, max(next_try, microseconds(now)), since) for hub, attempts, next_try, since in rows}


def _take(connection: Connection, ping: Ping, until: datetime) -> bool:
    """Date it anew, where it is still that turn and dated as it was seen; whether it was."""
    return bool(
        connection.run(
            "UPDATE ping SET next_try = ? WHERE hub = ? AND topic = ? AND turn = ? AND state = 'due' AND next_try = ?",
            (microseconds(until), ping.hub, ping.topic, ping.turn, microseconds(ping.next_try)),
        )
    )


def _end(connection: Connection, ping: Ping, state: str, now: datetime, answer: str) -> None:
    at = microseconds(now)
    # A newer turn stays due, and what the hub said counts for it too.
    connection.run(
        "UPDATE ping SET state = CASE turn WHEN ? THEN ? ELSE state END,"
        " next_try = CASE turn WHEN ? THEN next_try ELSE ? END,"
        " attempts = 0, answered_at = ?, answer = ?, failing_since = NULL WHERE hub = ? AND topic = ?",
        (ping.turn, state, ping.turn, at, at, answer, ping.hub, ping.topic),
    )


def _ping(row: Sequence[Any]) -> Ping:
    values = dict(zip(_NAMES, row, strict=True))
    values |= {name: moment(values[name]) for name in _MOMENTS if values[name] is not None}
    return Ping(**values)
