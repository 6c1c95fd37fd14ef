"""The tags that revisions are found by: a feed is a range of the index over one of them."""

from collections.abc import Collection, Iterable, Sequence

from syndicate.store.engine import Connection, chunks, marks, take_numbers
from syndicate.store.record import Record

# Every revision that can be shown carries it, so that a feed without conditions is a range of the same index.
EVERYTHING = "*"


def known(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """The numbers of these tags, as far as the store has them."""
    found: dict[str, int] = {}
    for some in chunks(sorted(names)):
        found.update(connection.rows(f"SELECT name, id FROM tag WHERE name IN ({marks(len(some))})", some))
    return found


def put(connection: Connection, listed: Sequence[tuple[int, Record]]) -> None:
    """Add the rows by which these revisions are found, in the order in which they lie in the table."""
    if not listed:
        return
    ids = _numbers(connection, {EVERYTHING, *(name for _, one in listed for name in one.tags)})
    rows = [
        (ids[name], one.updated, number, one.published) for number, one in listed for name in (EVERYTHING, *one.tags)
    ]
    rows.sort()
    connection.run_many("INSERT INTO revision_tag (tag_id, updated, revision_id, published) VALUES (?, ?, ?, ?)", rows)


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
