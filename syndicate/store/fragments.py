"""Rendered articles, kept with what the rules found in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, tuple_

from syndicate.store import tables
from syndicate.store.engine import insert_rows

_table = tables.fragment
_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A revision rendered in one format and content level, also deflated; `findings` as JSON, empty bytes for none."""

    revision: int
    format: str
    content: str
    key: str
    data: bytes
    deflated: bytes
    findings: bytes = b""


def load(connection: Connection, revisions: Sequence[int], format_name: str, content: str, key: str) -> list[Fragment]:
    """Those of these revisions' fragments that are there under that key."""
    found = []
    for start in range(0, len(revisions), _MOST):
        some = revisions[start : start + _MOST]
        wanted = select(_table).where(
            _table.c.revision_id.in_(some),
            _table.c.format == format_name,
            _table.c.content == content,
            _table.c.key == key,
        )
        found += [
            Fragment(
                revision=one[0],
                format=one[1],
                content=one[2],
                key=one[3],
                data=one[4],
                deflated=one[5],
                findings=one[6],
            )
            for one in connection.execute(wanted)
        ]
    return found


def keep(connection: Connection, fragments: Iterable[Fragment]) -> None:
    """Write fragments over those before; one whose revision is not listed any more is not kept."""
    rows = {(one.revision, one.format, one.content): one for one in fragments}
    listed = _listed(connection, {one.revision for one in rows.values()})
    kept = {place: one for place, one in rows.items() if one.revision in listed}
    places = list(kept)
    for start in range(0, len(places), _MOST // 3):
        some = places[start : start + _MOST // 3]
        connection.execute(
            delete(_table).where(tuple_(_table.c.revision_id, _table.c.format, _table.c.content).in_(some))
        )
    insert_rows(
        connection, _table, [(*place, one.key, one.data, one.deflated, one.findings) for place, one in kept.items()]
    )


def _listed(connection: Connection, revisions: Iterable[int]) -> set[int]:
    wanted, found = sorted(revisions), set[int]()
    revision = tables.revision
    for start in range(0, len(wanted), _MOST):
        some = wanted[start : start + _MOST]
        found.update(
            connection.execute(select(revision.c.id).where(revision.c.id.in_(some), revision.c.listed)).scalars()
        )
    return found
