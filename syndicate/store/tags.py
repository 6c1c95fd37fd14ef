"""The tags that revisions are found by: a feed is a range of the index over one of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from syndicate.store.engine import Connection, chunks, marks, take_numbers
from syndicate.store.record import Record

# Every revision that can be shown carries it, so that a feed without conditions is a range of the same index.
EVERYTHING = "*"
# So many rows go in by one statement: setting one going costs as much as a row.
_AT_ONCE = 50


def known(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """The numbers of these tags, as far as the store has them."""
    found: dict[str, int] = {}
    for some in chunks(sorted(names)):
        found.update(connection.rows(f"SELECT name, id FROM tag WHERE name IN ({marks(len(some))})", some))
    return found


def put(connection: Connection, listed: Sequence[tuple[int, Record]]) -> None:
    """Add the rows by which these revisions are found, in the order in which they lie in the table."""
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, one in sorted(listed, key=lambda pair: (pair[1].updated, pair[0])):
        row = one.updated, number, one.published
        for name in (EVERYTHING, *one.tags):
            found[name].append(row)
    ids = _numbers(connection, found.keys())
    _add(connection, [(ids[name], *row) for name in sorted(found, key=ids.__getitem__) for row in found[name]])


def _add(connection: Connection, rows: Sequence[tuple[int, ...]]) -> None:
    whole = len(rows) - len(rows) % _AT_ONCE
    parts = (rows[start : start + _AT_ONCE] for start in range(0, whole, _AT_ONCE))
    connection.run_many(_added(_AT_ONCE), map(tuple, map(chain.from_iterable, parts)))
    connection.run_many(_added(1), rows[whole:])


def _added(count: int) -> str:
    rows = ", ".join([f"({marks(4)})"] * count)
    return f"INSERT INTO revision_tag (tag_id, updated, revision_id, published) VALUES {rows}"


def take_away(connection: Connection, listed: Sequence[tuple[int, int, Iterable[str]]]) -> None:
    """Take away the rows by which revisions were found: (revision, updated, tags) of each."""
    ids = known(connection, {EVERYTHING, *(name for *_, names in listed for name in names)})
    connection.run_many(
        "DELETE FROM revision_tag WHERE tag_id = ? AND updated = ? AND revision_id = ?",
        [
            (ids[name], updated, number)
            for number, updated, names in listed
            for name in (EVERYTHING, *names)
            if name in ids
        ],
    )


def _numbers(connection: Connection, names: Collection[str]) -> dict[str, int]:
    """The numbers of these tags; those that the store does not have yet get one."""
    found = known(connection, names)
    missing = sorted(set(names) - found.keys())
    if not missing:
        return found
    first = take_numbers(connection, "tag", len(missing))
    made = dict(zip(missing, range(first, first + len(missing)), strict=True))
    connection.run_many("INSERT INTO tag (id, name) VALUES (?, ?)", [(number, name) for name, number in made.items()])
    return found | made
