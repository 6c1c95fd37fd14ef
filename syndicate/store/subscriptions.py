"""Who has subscribed at the own hub, and what subscribers have asked for and not confirmed yet.

A subscription says which version it has; what is published and is another one is owed to it. So nothing is queued, and
nothing is lost: whoever looks compares. Work on a row is claimed by a `fence`, a number that only grows: a claim pushes
the row's next attempt away for as long as it may take, and an outcome counts only under the fence that it was begun
with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from syndicate.store.engine import Connection
from syndicate.store.record import microseconds, moment

SUBSCRIBE, UNSUBSCRIBE, DENIED = "subscribe", "unsubscribe", "denied"
# No pause is that long: a row further ahead was dated by a clock that was wrong.
_FAR = timedelta(hours=2)
# For how long a request waits for its turn to be confirmed.
_PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A callback that gets a topic until `lease_until`; `attempts` are failures in a row, `answer` what was said last.

    `delivered_sha256` is the version that it has or has refused, None when that is not known.
    """

    topic: str
    callback: str
    host: str
    secret: str | None
    lease_until: datetime
    verified_at: datetime
    delivered_sha256: str | None
    delivered_at: datetime | None
    attempts: int
    next_try: datetime
    failing_since: datetime | None
    answer: str | None
    fence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What somebody wants, to be confirmed at the callback: `mode` is subscribe or unsubscribe; or a denial to be told.

    `published_sha256` is the version that was published when it was asked for.
    """

    topic: str
    callback: str
    mode: str
    host: str
    secret: str | None
    lease_seconds: int
    reason: str | None
    published_sha256: str | None
    attempts: int
    next_try: datetime
    fence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How many subscriptions there are, and how many of them have failed at the last attempt."""

    count: int
    failing: int


def ask(connection: Connection, intent: Intent) -> None:
    """Keep what was asked for; the newest request for the same takes the place of those before."""
    connection.run(
        f"INSERT INTO intent ({_INTENT}) VALUES ({', '.join('?' * len(_INTENT_NAMES))})"
        " ON CONFLICT (topic, callback, mode) DO UPDATE SET secret = excluded.secret, reason = excluded.reason,"
        " lease_seconds = excluded.lease_seconds, published_sha256 = excluded.published_sha256,"
        " attempts = excluded.attempts, next_try = excluded.next_try, fence = intent.fence + 1",
        _values(intent, _INTENT_NAMES),
    )


def count_of(connection: Connection, host: str) -> tuple[int, int]:
    """How many subscriptions there are in all, and at callbacks of that host."""
    in_all = connection.value("SELECT count(*) FROM subscription")
    return int(in_all), int(connection.value("SELECT count(*) FROM subscription WHERE host = ?", (host,)))


def unconfirmed(connection: Connection, host: str) -> tuple[int, int]:
    """How many requests for a new subscription there are in all, and for callbacks of that host."""
    count = (
        "SELECT count(*) FROM intent WHERE mode = 'subscribe' AND NOT EXISTS (SELECT 1 FROM subscription"
        " WHERE subscription.topic = intent.topic AND subscription.callback = intent.callback)"
    )
    in_all = connection.value(count)
    return int(in_all), int(connection.value(f"{count} AND host = ?", (host,)))


def is_known(connection: Connection, topic: str, callback: str) -> bool:
    """Whether that callback has subscribed to the topic."""
    row = connection.row("SELECT 1 FROM subscription WHERE topic = ? AND callback = ?", (topic, callback))
    return row is not None


def intents_due(connection: Connection, now: datetime) -> tuple[Intent, ...]:
    """What is to be confirmed or told by now, the oldest first."""
    rows = connection.rows(f"SELECT {_INTENT} FROM intent WHERE {_DUE} {_ORDER}", _due(now))
    return tuple(_read(Intent, _INTENT_NAMES, row) for row in rows)


def claim_intents(connection: Connection, wanted: Iterable[Intent], until: datetime) -> tuple[Intent, ...]:
    """Those of them that are nobody else's until then, under their new fence."""
    return tuple(one for intent in wanted if (one := _claimed(connection, "intent", intent, until)))


def confirm(connection: Connection, intent: Intent, now: datetime) -> None:
    """The subscriber meant it: its subscription begins, goes on with a new lease, or ends.

    A new one has what was published when it was asked for; one that goes on keeps what it has.
    """
    if not forget(connection, intent):
        return
    if intent.mode == UNSUBSCRIBE:
        connection.run(f"DELETE FROM subscription WHERE {_SAME}", (intent.topic, intent.callback))
        return
    at, until = microseconds(now), microseconds(now + timedelta(seconds=intent.lease_seconds))
    connection.run(
        "INSERT INTO subscription (topic, callback, host, secret, lease_until, verified_at, delivered_sha256, attempts,"
        " next_try, fence) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 0) ON CONFLICT (topic, callback) DO UPDATE"
        " SET secret = excluded.secret, lease_until = excluded.lease_until, verified_at = excluded.verified_at,"
        # Who comes back after failures is not kept waiting; others may be being sent something just now.
        " next_try = CASE WHEN subscription.attempts > 0 THEN excluded.next_try ELSE subscription.next_try END",
        (intent.topic, intent.callback, intent.host, intent.secret, until, at, intent.published_sha256, at),
    )


def retry(connection: Connection, intent: Intent, next_try: datetime) -> None:
    """Nobody answered: ask again then."""
    connection.run(
        f"UPDATE intent SET attempts = attempts + 1, next_try = ? WHERE {_SAME} AND mode = ? AND fence = ?",
        (microseconds(next_try), intent.topic, intent.callback, intent.mode, intent.fence),
    )


def forget(connection: Connection, intent: Intent) -> bool:
    """Drop the request; whether it was still this one."""
    return bool(
        connection.run(
            f"DELETE FROM intent WHERE {_SAME} AND mode = ? AND fence = ?",
            (intent.topic, intent.callback, intent.mode, intent.fence),
        )
    )


def topics(connection: Connection) -> tuple[str, ...]:
    """The topics that somebody has subscribed to."""
    return tuple(topic for (topic,) in connection.rows("SELECT DISTINCT topic FROM subscription ORDER BY topic"))


def topics_failing(connection: Connection, now: datetime) -> tuple[str, ...]:
    """The topics of which somebody is to be sent something again by now."""
    rows = connection.rows(
        f"SELECT DISTINCT topic FROM subscription WHERE delivered_sha256 IS NULL AND {_DUE}", _due(now)
    )
    return tuple(topic for (topic,) in rows)


def waiting(connection: Connection, topic: str, sha256: str, now: datetime) -> tuple[Subscription, ...]:
    """Those who are owed that version of the topic and may be sent it now; who has not failed comes first."""
    rows = connection.rows(
        f"SELECT {_SUBSCRIPTION} FROM subscription WHERE topic = ? AND lease_until > ?"
        f" AND (delivered_sha256 IS NULL OR delivered_sha256 <> ?) AND {_DUE} ORDER BY attempts, next_try, callback",
        (topic, microseconds(now), sha256, *_due(now)),
    )
    return tuple(_read(Subscription, _SUBSCRIPTION_NAMES, row) for row in rows)


def claim(connection: Connection, wanted: Iterable[Subscription], until: datetime) -> tuple[Subscription, ...]:
    """Those of them that are nobody else's until then, under their new fence."""
    return tuple(one for found in wanted if (one := _claimed(connection, "subscription", found, until)))


def delivered(connection: Connection, found: Subscription, sha256: str, now: datetime, answer: str) -> None:
    """Note that it has that version."""
    at = microseconds(now)
    _end(connection, found, "delivered_sha256 = ?, delivered_at = ?, attempts = 0, failing_since = NULL,"
         " next_try = ?, answer = ?", (sha256, at, at, answer))  # fmt: skip


def refused(connection: Connection, found: Subscription, sha256: str, now: datetime, answer: str) -> None:
    """Note that it does not want that version; the next one is another matter."""
    at = microseconds(now)
    _end(connection, found, "delivered_sha256 = ?, attempts = attempts + 1, next_try = ?, answer = ?,"
         " failing_since = coalesce(failing_since, ?)", (sha256, at, answer, at))  # fmt: skip


def failed(connection: Connection, found: Subscription, now: datetime, next_try: datetime, answer: str) -> None:
    """Note that it could not be sent anything: what it has now is not known, and it is asked again then."""
    at, then = microseconds(now), microseconds(next_try)
    _end(connection, found, "delivered_sha256 = NULL, attempts = attempts + 1, next_try = ?, answer = ?,"
         " failing_since = coalesce(failing_since, ?)", (then, answer, at))  # fmt: skip


def end(connection: Connection, found: Subscription) -> None:
    """Nobody wants anything there any more."""
    connection.run(f"DELETE FROM subscription WHERE {_SAME} AND fence = ?", (found.topic, found.callback, found.fence))


def expire(connection: Connection, now: datetime) -> int:
    """End the subscriptions whose lease is over; how many there were."""
    return connection.run("DELETE FROM subscription WHERE lease_until <= ?", (microseconds(now),))


def expire_wishes(connection: Connection, now: datetime) -> int:
    """Drop the requests whose callback could not be asked for long, since many others wait there; how many."""
    return connection.run(
        "DELETE FROM intent WHERE mode = 'subscribe' AND next_try <= ?", (microseconds(now - _PATIENCE),)
    )


def withdraw(connection: Connection, topic: str, reason: str, now: datetime) -> int:
    """End all subscriptions to a topic that is gone for good; how many. The subscribers are told why."""
    at = microseconds(now)
    connection.run(
        "INSERT INTO intent (topic, callback, mode, host, lease_seconds, reason, attempts, next_try, fence)"
        " SELECT topic, callback, 'denied', host, 0, ?, 0, ?, 0 FROM subscription WHERE topic = ?"
        " ON CONFLICT DO NOTHING",
        (reason, at, topic),
    )
    return connection.run("DELETE FROM subscription WHERE topic = ?", (topic,))


def revive(connection: Connection, now: datetime) -> int:
    """Give another go at once to all that fail or have refused; how many."""
    return connection.run(
        "UPDATE subscription SET delivered_sha256 = NULL, next_try = ? WHERE failing_since IS NOT NULL",
        (microseconds(now),),
    )


def all_of(connection: Connection) -> tuple[Subscription, ...]:
    """Every subscription, by topic and callback."""
    rows = connection.rows(f"SELECT {_SUBSCRIPTION} FROM subscription ORDER BY topic, callback")
    return tuple(_read(Subscription, _SUBSCRIPTION_NAMES, row) for row in rows)


def summary(connection: Connection) -> Summary:
    """How many there are."""
    row = connection.row("SELECT count(*), count(failing_since) FROM subscription") or (0, 0)
    return Summary(count=int(row[0]), failing=int(row[1]))


_SUBSCRIPTION_NAMES, _INTENT_NAMES = Subscription.__slots__, Intent.__slots__
_SUBSCRIPTION, _INTENT = ", ".join(_SUBSCRIPTION_NAMES), ", ".join(_INTENT_NAMES)
_MOMENTS = ("lease_until", "verified_at", "delivered_at", "next_try", "failing_since")
_SAME = "topic = ? AND callback = ?"
_DUE = "(next_try <= ? OR next_try > ?)"
_ORDER = "ORDER BY next_try, topic, callback, mode"


def _due(now: datetime) -> tuple[int, int]:
    return microseconds(now), microseconds(now + _FAR)


def _claimed(connection: Connection, table: str, row: Any, until: datetime) -> Any:
    """The row under a new fence; None when somebody else was faster."""
    mode, values = (" AND mode = ?", (row.mode,)) if table == "intent" else ("", ())
    touched = connection.run(
        f"UPDATE {table} SET fence = fence + 1, next_try = ? WHERE {_SAME} AND fence = ?{mode}",
        (microseconds(until), row.topic, row.callback, row.fence, *values),
    )
    return replace(row, fence=row.fence + 1) if touched else None


def _end(connection: Connection, found: Subscription, what: str, values: Sequence[Any]) -> None:
    connection.run(
        f"UPDATE subscription SET {what} WHERE {_SAME} AND fence = ?",
        (*values, found.topic, found.callback, found.fence),
    )


def _values(record: Any, names: Iterable[str]) -> list[Any]:
    values = {name: getattr(record, name) for name in names}
    return [microseconds(value) if isinstance(value, datetime) else value for value in values.values()]


def _read(kind: Any, names: Sequence[str], row: Sequence[Any]) -> Any:
    values = dict(zip(names, row, strict=True))
    values |= {name: moment(values[name]) for name in _MOMENTS if values.get(name) is not None}
    return kind(**values)
