"""The articles' questions: adding revisions, and finding what is there. What may be shown is chosen in `selection`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from syndicate.markup.article_json import loads
from syndicate.model.article import Article, Status
from syndicate.model.lifecycle import Act
from syndicate.model.tags import tags_of
from syndicate.store import tags
from syndicate.store.engine import Connection, chunks, marks, take_numbers
from syndicate.store.record import Record, microseconds, moment, record_of

# The kind of a change that withholds or cancels an article: schedulers look for these first.
REMOVAL = "removal"
_USABLE = Status.USABLE.value


def source_of(act: Act) -> str:
    """The source of a revision that the act made."""
    return f"articles {act}"


# Whole names: a folder may be called so that its files begin like these.
_ACTS = tuple(map(source_of, Act))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A revision with how it came in: `source` is file:line or an act, `batch` the number of the import.

    `is_listed` says that it may be selected, now or after its embargo.
    """

    article: Article
    source: str
    batch: int
    accepted: datetime
    is_listed: bool

    @property
    def is_act(self) -> bool:
        """Whether an act made it."""
        return self.source in _ACTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A revision to add: `kind` says why (new, updated), `source` where it came from."""

    article: Article | Record
    kind: str
    source: str


def add_all(connection: Connection, additions: Sequence[Addition], *, batch: int, now: datetime) -> None:
    """Add revisions with their tags and change-log rows, in order.

    A revision that takes over at once unlists the older ones. Under an embargo those that are out already stay listed
    until it ends; those that are not never come out, whenever their own embargo ends.
    """
    if not additions:
        return
    records = [one.article if isinstance(one.article, Record) else record_of(one.article) for one in additions]
    known = _known_ids(connection, {one.guid for one in records})
    ids = known | _new_ids(connection, [one for one in records if one.guid not in known])
    replaced = _taking_over(records)
    at = microseconds(now)
    _unlist(connection, [known[guid] for guid in replaced if guid in known], _EVERY)
    _unlist(connection, [known[one.guid] for one in records if one.guid in known], _NOT_OUT.format(now=at))
    last = {one.guid: number for number, one in enumerate(records)}
    first_revision = take_numbers(connection, "revision", len(records))
    first_change = take_numbers(connection, "change", len(records))
    rows, changes, listed = [], [], []
    for number, (one, addition) in enumerate(zip(records, additions, strict=True)):
        is_over = number < last[one.guid] and max(one.embargo or 0, one.published) > at
        article_id, is_listed = ids[one.guid], one.status == _USABLE and number >= replaced.get(one.guid, 0)
        is_listed = is_listed and not is_over
        key = first_revision + number
        if is_listed:
            listed.append((key, one))
        rows.append((key, article_id, one.version, one.status, one.updated, one.embargo, one.expires, is_listed,
                     one.doc, addition.source, batch, at))  # fmt: skip
        kind = addition.kind if one.status == _USABLE else REMOVAL
        changes.append((first_change + number, article_id, one.version, kind, at))
    connection.run_many(_ADD_REVISION, rows)
    tags.put(connection, listed)
    connection.run_many("INSERT INTO change (number, article_id, version, kind, at) VALUES (?, ?, ?, ?, ?)", changes)


def latest_of(connection: Connection, guids: Iterable[str]) -> dict[str, Stored]:
    """The newest revision of each of these guids that the store has."""
    found = {}
    for some in chunks(sorted(guids)):
        for guid, *values in connection.rows(_latest(len(some)), some):
            found[guid] = _stored(*values)
    return found


def acted_on(connection: Connection, guids: Iterable[str]) -> set[str]:
    """Those of these guids of which acts made a revision."""
    found: set[str] = set()
    for some in chunks(sorted(guids)):
        found.update(guid for (guid,) in connection.rows(_acted(len(some)), (*some, *_ACTS)))
    return found


def history(connection: Connection, guid: str) -> tuple[Stored, ...]:
    """All revisions of the article, oldest first; empty when there is none of that guid."""
    rows = connection.rows(
        f"SELECT {_STORED} FROM revision r JOIN article a ON a.id = r.article_id WHERE a.guid = ? ORDER BY r.version",
        (guid,),
    )
    return tuple(_stored(*row) for row in rows)


def newest(connection: Connection, limit: int) -> tuple[Stored, ...]:
    """The newest revisions of the articles last changed, newest first: what staff see, whatever the status."""
    last: dict[int, int] = {}
    for article_id, number in connection.iterate("SELECT article_id, number FROM change ORDER BY number DESC"):
        if len(last) >= limit:
            break
        last.setdefault(article_id, number)
    found = []
    for some in chunks(list(last.values())):
        rows = connection.rows(
            f"SELECT {_STORED} FROM change c JOIN revision r ON r.article_id = c.article_id AND r.version = c.version"
            f" WHERE c.number IN ({marks(len(some))}) ORDER BY c.number DESC",
            some,
        )
        found += [_stored(*row) for row in rows]
    return tuple(found)


def count(connection: Connection) -> int:
    """How many articles there are."""
    return int(connection.value("SELECT count(*) FROM article"))


def guids_like(connection: Connection, part: str, limit: int = 5) -> tuple[str, ...]:
    """A few guids that contain `part`, for hints."""
    pattern = part.replace("/", "//").replace("%", "/%").replace("_", "/_")
    rows = connection.rows("SELECT guid FROM article WHERE guid LIKE ? ESCAPE '/' LIMIT ?", (f"%{pattern}%", limit))
    return tuple(row[0] for row in rows)


_STORED = "r.doc, r.source, r.batch, r.accepted, r.listed"
_EVERY = ""
_NOT_OUT = (
    "AND (r.embargo > {now} OR EXISTS (SELECT 1 FROM article a WHERE a.id = r.article_id AND a.published > {now}))"
)
_ADD_REVISION = (
    "INSERT INTO revision (id, article_id, version, status, updated, embargo, expires, listed, doc, source, batch,"
    f" accepted) VALUES ({marks(12)})"
)


def _latest(count: int) -> str:
    return (
        f"SELECT a.guid, {_STORED} FROM article a JOIN revision r ON r.article_id = a.id"
        f" WHERE a.guid IN ({marks(count)})"
        " AND r.version = (SELECT max(n.version) FROM revision n WHERE n.article_id = a.id)"
    )


def _acted(count: int) -> str:
    return (
        "SELECT DISTINCT a.guid FROM article a JOIN revision r ON r.article_id = a.id"
        f" WHERE a.guid IN ({marks(count)}) AND r.source IN ({marks(len(_ACTS))})"
    )


def _stored(doc: bytes, source: str, batch: int, accepted: int, listed: bool) -> Stored:
    return Stored(article=loads(doc), source=source, batch=batch, accepted=moment(accepted), is_listed=bool(listed))


def _known_ids(connection: Connection, guids: Collection[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for some in chunks(sorted(guids)):
        known |= connection.rows(f"SELECT guid, id FROM article WHERE guid IN ({marks(len(some))})", some)
    return known


def _new_ids(connection: Connection, found: Sequence[Record]) -> dict[str, int]:
    """The ids that these articles get, now that they enter the store with their time of publication."""
    published = {one.guid: one.published for one in found}
    first = take_numbers(connection, "article", len(published)) if published else 0
    made = dict(zip(published, range(first, first + len(published)), strict=True))
    rows = [(made[guid], guid, at) for guid, at in published.items()]
    connection.run_many("INSERT INTO article (id, guid, published) VALUES (?, ?, ?)", rows)
    return made


def _taking_over(records: Sequence[Record]) -> dict[str, int]:
    """By guid, the place of the last one that unlists what was before it."""
    return {one.guid: number for number, one in enumerate(records) if one.embargo is None or one.status != _USABLE}


def _unlist(connection: Connection, articles: Sequence[int], which: str) -> None:
    """Take these revisions of the articles out of what can be selected."""
    listed: list[tuple[Any, ...]] = []
    for some in chunks(articles):
        asked = (
            f"SELECT id, updated, doc FROM revision r WHERE article_id IN ({marks(len(some))}) AND listed = ? {which}"
        )
        listed += connection.rows(asked, (*some, True))
    if listed:
        tags.take_away(connection, [(number, updated, tags_of(loads(doc))) for number, updated, doc in listed])
        connection.run_many("UPDATE revision SET listed = ? WHERE id = ?", [(False, number) for number, *_ in listed])
        connection.run_many("DELETE FROM fragment WHERE revision_id = ?", [(number,) for number, *_ in listed])
