"""What changes in the store and by the clock, and which tags that touches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from syndicate.markup.article_json import loads
from syndicate.model.article import Article, Status
from syndicate.model.tags import tags_of
from syndicate.store.articles import REMOVAL
from syndicate.store.engine import Connection, chunks, marks
from syndicate.store.record import microseconds, moment
from syndicate.store.tags import EVERYTHING


def tags_changed(connection: Connection, after: int, until: int) -> set[str]:
    """All tags that the articles of these changes have now or had before: each names feeds that may be touched."""
    return _tags_in(connection, _CHANGED, (after, until))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change, when it was accepted, and all tags that its article had just before it or has just after."""

    number: int
    at: datetime
    is_removal: bool
    tags: frozenset[str]


def each_changed(connection: Connection, after: int, until: int) -> tuple[Change, ...]:
    """The changes in `(after, until]` one by one, in order. Two revisions are read for each of them, as a rule."""
    found: dict[int, tuple[int, str, set[str]]] = {}
    for number, at, kind, doc in connection.iterate(_EACH_CHANGED, (after, until)):
        found.setdefault(number, (at, kind, {EVERYTHING}))[2].update(tags_of(loads(doc)))
    return tuple(
        Change(number=number, at=moment(at), is_removal=kind == REMOVAL, tags=frozenset(tags))
        for number, (at, kind, tags) in found.items()
    )


def tags_moved(connection: Connection, since: datetime, until: datetime) -> set[str]:
    """All tags of articles that an embargo, a time of publication or an expiry lets come or go in `(since, until]`."""
    return _tags_in(connection, _MOVED, (microseconds(since), microseconds(until)) * 3)


def tags_moved_in_sight(connection: Connection, since: datetime, until: datetime) -> set[str]:
    """The same of articles whose newest revision is usable: what was withdrawn neither comes nor goes."""
    return _tags_in(connection, _MOVED_IN_SIGHT, (*(microseconds(since), microseconds(until)) * 3, _USABLE))


def accepted_at(connection: Connection, numbers: Iterable[int]) -> dict[int, datetime]:
    """When each of these changes was accepted; numbers that no change has are left out."""
    found: dict[int, datetime] = {}
    for some in chunks(sorted(numbers)):
        rows = connection.rows(f"SELECT number, at FROM change WHERE number IN ({marks(len(some))})", some)
        found.update((number, moment(at)) for number, at in rows)
    return found


def removals_after(connection: Connection, number: int, limit: int) -> tuple[tuple[int, datetime], ...]:
    """The first `limit` changes after that one that withhold or cancel an article: their numbers and times."""
    asked = "SELECT number, at FROM change WHERE kind = ? AND number > ? ORDER BY number LIMIT ?"
    return tuple((found, moment(at)) for found, at in connection.rows(asked, (REMOVAL, number, limit)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A revision that comes or goes by the clock at `at`; `kind` is embargo (its end), publication or expiry."""

    at: datetime
    kind: str
    article: Article


def coming(connection: Connection, now: datetime, limit: int) -> tuple[Coming, ...]:
    """The first `limit` moments after `now` at which the newest revision of a usable article comes or goes."""
    at = microseconds(now)
    found = [row for asked in _COMING for row in connection.rows(asked, (at, _USABLE, limit))]
    found.sort(key=itemgetter(0, 1))
    return tuple(Coming(at=moment(when), kind=kind, article=loads(doc)) for when, kind, doc in found[:limit])


def count_coming(connection: Connection, now: datetime) -> dict[str, int]:
    """How many such moments there are, by kind; kinds of which there are none are left out."""
    at = microseconds(now)
    return {kind: count for asked in _COUNT_COMING for kind, count in connection.rows(asked, (at, _USABLE)) if count}


def next_change_of_view(connection: Connection, now: datetime) -> datetime | None:
    """The next moment after `now` at which an embargo ends, a publication time comes or an article expires."""
    at = microseconds(now)
    found = (connection.value(asked, (at,)) for asked in _NEXT)
    first = min((one for one in found if one is not None), default=None)
    return None if first is None else moment(first)


def next_move_in_sight(connection: Connection, now: datetime) -> datetime | None:
    """The same for articles whose newest revision is usable, which people are told; exports count with all."""
    at = microseconds(now)
    found = [row[0] for asked in _NEXT_IN_SIGHT for row in connection.rows(asked, (at, _USABLE))]
    return moment(min(found)) if found else None


_USABLE = Status.USABLE.value
_KINDS = {"embargo": "r.embargo", "publication": "a.published", "expiry": "r.expires"}
_NEWEST = (
    " FROM revision r JOIN article a ON a.id = r.article_id WHERE {column} > ? AND r.status = ?"
    " AND r.version = (SELECT max(n.version) FROM revision n WHERE n.article_id = r.article_id)"
)
_COMING = tuple(
    f"SELECT {column}, '{kind}', r.doc{_NEWEST.format(column=column)} ORDER BY {column}, r.id LIMIT ?"
    for kind, column in _KINDS.items()
)
_COUNT_COMING = tuple(f"SELECT '{kind}', count(*){_NEWEST.format(column=column)}" for kind, column in _KINDS.items())
_NEXT = (
    "SELECT min(embargo) FROM revision WHERE embargo > ?",
    "SELECT min(expires) FROM revision WHERE expires > ?",
    "SELECT min(published) FROM article WHERE published > ?",
)
_STATUS = "(SELECT n.status FROM revision n WHERE n.article_id = {} ORDER BY n.version DESC LIMIT 1)"
# Old revisions too: one stands as long as the newest is under embargo, and may expire until then.
_NEXT_IN_SIGHT = tuple(
    f"SELECT o.{column} FROM {table} o WHERE o.{column} > ? AND {_STATUS.format(f'o.{key}')} = ?{listed}"
    f" ORDER BY o.{column} LIMIT 1"
    for table, column, key, listed in (
        ("revision", "embargo", "article_id", " AND o.listed"),
        ("revision", "expires", "article_id", " AND o.listed"),
        ("article", "published", "id", ""),
    )
)
# From the revision on that last was out before the first of these changes: a feed that tells of its withdrawal is found
# by its tags, whatever the withdrawal's own are.
_CHANGED = f"""
    SELECT r.doc
    FROM (SELECT article_id, min(version) AS version FROM change WHERE number > ? AND number <= ? GROUP BY article_id)
        AS touched
    JOIN revision r ON r.article_id = touched.article_id
    WHERE r.version >= coalesce(
        (SELECT max(o.version) FROM revision o
         WHERE o.article_id = touched.article_id AND o.version < touched.version AND o.embargo IS NULL
            AND o.status = '{_USABLE}'), 0)
"""
_EACH_CHANGED = f"""
    SELECT c.number, c.at, c.kind, r.doc
    FROM change c JOIN revision r ON r.article_id = c.article_id
    WHERE c.number > ? AND c.number <= ? AND r.version <= c.version
        AND r.version >= coalesce(
            (SELECT max(o.version) FROM revision o
             WHERE o.article_id = c.article_id AND o.version < c.version AND o.embargo IS NULL
                AND o.status = '{_USABLE}'), 0)
    ORDER BY c.number
"""
_MOVED = """
    SELECT doc FROM revision WHERE article_id IN (
        SELECT article_id FROM revision WHERE embargo > ? AND embargo <= ?
        UNION SELECT article_id FROM revision WHERE expires > ? AND expires <= ?
        UNION SELECT id FROM article WHERE published > ? AND published <= ?)
"""
_MOVED_IN_SIGHT = f"{_MOVED} AND {_STATUS.format('revision.article_id')} = ?"


def _tags_in(connection: Connection, documents: str, values: tuple[int | str, ...]) -> set[str]:
    found: set[str] = set()
    for (doc,) in connection.iterate(documents, values):
        found.update(tags_of(loads(doc)))
        found.add(EVERYTHING)
    return found
