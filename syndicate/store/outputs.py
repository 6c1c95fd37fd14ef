"""What is published of each feed in each format, and what was held back and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import delete, insert, select, update

from syndicate.store import tables
from syndicate.store.engine import Connection, next_number


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


def keep(connection: Connection, output: Output) -> None:
    """Write the state of one document over the one before."""
    values = {name: getattr(output, name) for name in Output.__slots__}
    values |= {name: orjson.dumps(values[name]) for name in ("left_out", "findings")}
    table = tables.output
    same = (table.c.feed == output.feed) & (table.c.format == output.format)
    if not connection.execute(update(table).where(same).values(**values)).rowcount:
        connection.execute(insert(table).values(**values))


def all_of(connection: Connection) -> tuple[Output, ...]:
    """The state of every document, by feed and format."""
    rows = connection.execute(select(tables.output).order_by(tables.output.c.feed, tables.output.c.format))
    return tuple(_output(row) for row in rows)


def of_feed(connection: Connection, feed: str) -> tuple[Output, ...]:
    """The state of every document of that feed, by format."""
    table = tables.output
    rows = connection.execute(select(table).where(table.c.feed == feed).order_by(table.c.format))
    return tuple(_output(row) for row in rows)


def forget_feed(connection: Connection, feed: str) -> None:
    """Drop what is known of a feed that is not defined any more."""
    connection.execute(delete(tables.output).where(tables.output.c.feed == feed))
    connection.execute(delete(tables.cursor).where(tables.cursor.c.name == cursor_name(feed)))


def cursor_name(feed: str) -> str:
    """The name under which the feed's place in the change log is kept."""
    return f"feed:{feed}"


def cursor(connection: Connection, feed: str) -> int:
    """The number of the last change that the feed's documents take account of, 0 at first."""
    value = connection.execute(select(tables.cursor.c.value).where(tables.cursor.c.name == cursor_name(feed))).scalar()
    return int(value or 0)


def cursors(connection: Connection, feeds: Iterable[str]) -> dict[str, int]:
    """The number of the last change that each feed takes account of; 0 for feeds never built."""
    rows = connection.execute(select(tables.cursor.c.name, tables.cursor.c.value))
    known = {row.name: int(row.value) for row in rows}
    return {feed: known.get(cursor_name(feed), 0) for feed in feeds}


def move_cursor(connection: Connection, feed: str, value: int) -> None:
    """Move the feed on; call it in the transaction that keeps its state."""
    table = tables.cursor
    name = cursor_name(feed)
    if not connection.execute(update(table).where(table.c.name == name).values(value=value)).rowcount:
        connection.execute(insert(table).values(name=name, value=value))


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
    values = {name: getattr(found, name) for name in Acceptance.__slots__}
    values |= {"number": next_number(connection, "acceptance"), "findings": orjson.dumps(found.findings)}
    connection.execute(insert(tables.acceptance).values(**values))


def acceptances(connection: Connection, feed: str | None = None) -> tuple[Acceptance, ...]:
    """What was accepted, newest first; for one feed when it is named."""
    table = tables.acceptance
    rows = select(table).order_by(table.c.number.desc())
    return tuple(
        Acceptance(
            feed=row.feed, format=row.format, reason=row.reason, findings=tuple(orjson.loads(row.findings)), at=row.at
        )
        for row in connection.execute(rows if feed is None else rows.where(table.c.feed == feed))
    )


def has_stamp(connection: Connection) -> bool:
    """Whether the last whole export left nothing to mend, and no other export has begun since."""
    return connection.execute(select(tables.stamp.c.name)).first() is not None


def keep_stamp(connection: Connection, value: bytes | None) -> None:
    """Keep the stamp of a whole export, or none when the tree is not as it should be."""
    table = tables.stamp
    connection.execute(delete(table))
    if value is not None:
        connection.execute(insert(table).values(name="export", value=value))


def _output(row: Any) -> Output:
    lists = {"left_out": tuple(orjson.loads(row.left_out)), "findings": tuple(orjson.loads(row.findings))}
    return Output(**{**row._mapping, **lists})
