"""What is published of each feed in each format, and what was held back and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select, update

from syndicate.store import tables

# The reader of the change log that a whole export moves on.
EXPORT = "export"


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


def forget_feed(connection: Connection, feed: str) -> None:
    """Drop what is known of a feed that is not defined any more."""
    connection.execute(delete(tables.output).where(tables.output.c.feed == feed))


def cursor(connection: Connection, name: str) -> int:
    """The number up to which that reader of the change log has come, 0 at first."""
    value = connection.execute(select(tables.cursor.c.value).where(tables.cursor.c.name == name)).scalar()
    return int(value or 0)


def move_cursor(connection: Connection, name: str, value: int) -> None:
    """Move the reader on; call it in the transaction that keeps the result."""
    table = tables.cursor
    if not connection.execute(update(table).where(table.c.name == name).values(value=value)).rowcount:
        connection.execute(insert(table).values(name=name, value=value))


def _output(row: Any) -> Output:
    lists = {"left_out": tuple(orjson.loads(row.left_out)), "findings": tuple(orjson.loads(row.findings))}
    return Output(**{**row._mapping, **lists})
