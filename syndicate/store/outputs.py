"""What is published of each feed in each format, and what was held back and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from syndicate.store.engine import Connection, marks, next_number
from syndicate.store.record import microseconds, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """The state of one document; `sha256` is None before the first publication, `held_since` None when not held."""

    feed: str
    format: str
    path: str
    sha256: str | None
    items: int
    bytes: int
    published_at: datetime | None
    checked_at: datetime
    held_since: datetime | None
    left_out: tuple[str, ...]
    findings: tuple[dict[str, Any], ...]
    fence: int


def keep_all(connection: Connection, outputs: Iterable[Output]) -> None:
    """Write the states of documents over those before."""
    connection.run_many(_KEEP, map(_row, outputs))


def all_of(connection: Connection) -> tuple[Output, ...]:
    """The state of every document, by feed and format."""
    return tuple(_output(row) for row in connection.rows(f"SELECT {_COLUMNS} FROM output ORDER BY feed, format"))


def of_feed(connection: Connection, feed: str) -> tuple[Output, ...]:
    """The state of every document of that feed, by format."""
    rows = connection.rows(f"SELECT {_COLUMNS} FROM output WHERE feed = ? ORDER BY format", (feed,))
    return tuple(_output(row) for row in rows)


def forget_feed(connection: Connection, feed: str) -> None:
    """Drop what is known of a feed that is not defined any more."""
    connection.run("DELETE FROM output WHERE feed = ?", (feed,))
    connection.run("DELETE FROM cursor WHERE name = ?", (cursor_name(feed),))


def cursor_name(feed: str) -> str:
    """The name under which the feed's place in the change log is kept."""
    return f"feed:{feed}"


def cursor(connection: Connection, feed: str) -> int:
    """The number of the last change that the feed's documents take account of, 0 at first."""
    return int(connection.value("SELECT value FROM cursor WHERE name = ?", (cursor_name(feed),)) or 0)


def cursors(connection: Connection, feeds: Iterable[str]) -> dict[str, int]:
    """The number of the last change that each feed takes account of; 0 for feeds never built."""
    known = dict(connection.rows("SELECT name, value FROM cursor"))
    return {feed: known.get(cursor_name(feed), 0) for feed in feeds}


def move_cursor(connection: Connection, feed: str, value: int) -> None:
    """Move the feed on; call it in the transaction that keeps its state."""
    move_cursors(connection, {feed: value})


def move_cursors(connection: Connection, values: Mapping[str, int]) -> None:
    """Move feeds on; call it in the transaction that keeps their states."""
    connection.run_many(
        "INSERT INTO cursor (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(cursor_name(feed), value) for feed, value in values.items()],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A person's word that a document goes out although its changes looked wrong."""

    feed: str
    format: str
    reason: str
    findings: tuple[dict[str, Any], ...]
    at: datetime


def accept(connection: Connection, found: Acceptance) -> None:
    """Keep a person's word."""
    number = next_number(connection, "acceptance")
    connection.run(
        "INSERT INTO acceptance (number, feed, format, reason, findings, at) VALUES (?, ?, ?, ?, ?, ?)",
        (number, found.feed, found.format, found.reason, orjson.dumps(found.findings), microseconds(found.at)),
    )


def acceptances(connection: Connection, feed: str | None = None) -> tuple[Acceptance, ...]:
    """What was accepted, newest first; for one feed when it is named."""
    only, values = ("", ()) if feed is None else (" WHERE feed = ?", (feed,))
    rows = connection.rows(
        f"SELECT feed, format, reason, findings, at FROM acceptance{only} ORDER BY number DESC", values
    )
    return tuple(
        Acceptance(feed=feed, format=name, reason=reason, findings=tuple(orjson.loads(findings)), at=moment(at))
        for feed, name, reason, findings, at in rows
    )


def has_pings(connection: Connection) -> bool:
    """Whether any hub was ever to be told of anything (see `store.pings`)."""
    return connection.row("SELECT 1 FROM ping LIMIT 1") is not None


def has_stamp(connection: Connection) -> bool:
    """Whether the last whole export left nothing to mend, and no other export has begun since."""
    return connection.row("SELECT 1 FROM stamp") is not None


def stamp_head(connection: Connection) -> bytes | None:
    """The beginning of the stamp, as much as holds its single values (see `store.stamp`); None without a stamp."""
    found = connection.value("SELECT substr(value, 1, 512) FROM stamp")
    return None if found is None else bytes(found)


def keep_stamp(connection: Connection, value: bytes | None) -> None:
    """Keep the stamp of a whole export, or none when the tree is not as it should be."""
    connection.run("DELETE FROM stamp")
    if value is not None:
        connection.run("INSERT INTO stamp (name, value) VALUES ('export', ?)", (value,))


_NAMES = Output.__slots__
_COLUMNS = ", ".join(_NAMES)
_KEEP = (
    f"INSERT INTO output ({_COLUMNS}) VALUES ({marks(len(_NAMES))}) ON CONFLICT (feed, format) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _NAMES[2:])
)
_MOMENTS = ("published_at", "checked_at", "held_since")
_LISTS = ("left_out", "findings")


def _row(output: Output) -> list[Any]:
    values = {name: getattr(output, name) for name in _NAMES}
    values |= {name: microseconds(values[name]) for name in _MOMENTS if values[name] is not None}
    values |= {name: orjson.dumps(values[name]) for name in _LISTS}
    return list(values.values())


def _output(row: Sequence[Any]) -> Output:
    values = dict(zip(_NAMES, row, strict=True))
    values |= {name: moment(values[name]) for name in _MOMENTS if values[name] is not None}
    values |= {name: tuple(orjson.loads(values[name])) for name in _LISTS}
    return Output(**values)
