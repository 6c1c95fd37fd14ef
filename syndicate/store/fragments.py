"""Rendered articles, kept with what the rules found in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from syndicate.store.engine import Connection, chunks, marks

_KEEP = (
    "INSERT INTO fragment (revision_id, format, content, key, sha256, size, lines, findings, data, deflated) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (revision_id, format, content) DO UPDATE SET key = excluded.key, sha256 = excluded.sha256, "
    "size = excluded.size, lines = excluded.lines, findings = excluded.findings, data = excluded.data, "
    "deflated = excluded.deflated"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A revision rendered in one format and content level, also deflated where that is wanted.

    `findings` as JSON, empty bytes for none.
    """

    revision: int
    format: str
    content: str
    key: str
    sha256: str
    lines: int
    data: bytes
    deflated: bytes | None
    findings: bytes = b""


def find(
    connection: Connection, revisions: Sequence[int], format_name: str, content: str, key: str
) -> Iterator[tuple[int, str, int, int, bytes]]:
    """Revision, hash, size, lines and findings of these revisions' fragments that are there under that key."""
    return _rows(
        connection, "revision_id, sha256, size, lines, findings", revisions, "AND key = ?", (format_name, content, key)
    )


def data_of(
    connection: Connection, revisions: Sequence[int], format_name: str, content: str
) -> Iterator[tuple[int, str, bytes]]:
    """Revision, hash and bytes of these revisions' fragments."""
    return _rows(connection, "revision_id, sha256, data", revisions, "", (format_name, content))


def deflated_of(
    connection: Connection, revisions: Sequence[int], format_name: str, content: str
) -> Iterator[tuple[int, str, bytes | None]]:
    """Revision, hash and deflated bytes of these revisions' fragments."""
    return _rows(connection, "revision_id, sha256, deflated", revisions, "", (format_name, content))


def newest_key(connection: Connection) -> str | None:
    """The key of the fragment that was written last."""
    key = connection.value("SELECT key FROM fragment ORDER BY revision_id DESC LIMIT 1")
    return None if key is None else str(key)


def keep(connection: Connection, fragments: Iterable[Fragment]) -> None:
    """Write fragments over those before; one whose revision is not listed any more is not kept."""
    made = list(fragments)
    listed = _listed(connection, {one.revision for one in made})
    rows = [
        (one.revision, one.format, one.content, one.key, one.sha256, len(one.data), one.lines, one.findings, one.data,
         one.deflated)
        for one in made
        if one.revision in listed
    ]  # fmt: skip
    connection.run_many(_KEEP, rows)


def _rows(
    connection: Connection, columns: str, revisions: Sequence[int], more: str, values: tuple[str, ...]
) -> Iterator[Any]:
    for some in chunks(revisions):
        asked = (
            f"SELECT {columns} FROM fragment WHERE revision_id IN ({marks(len(some))}) AND format = ? AND content = ?"
        )
        yield from connection.rows(f"{asked} {more}", (*some, *values))


def _listed(connection: Connection, revisions: Iterable[int]) -> set[int]:
    found = set[int]()
    for some in chunks(sorted(revisions)):
        rows = connection.rows(
            f"SELECT id FROM revision WHERE id IN ({marks(len(some))}) AND listed = ?",
            (*some, True),
        )
        found.update(row[0] for row in rows)
    return found
