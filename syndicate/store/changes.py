"""What changes in the store and by the clock, and which tags that touches."""

from datetime import datetime

from syndicate.markup.article_json import loads
from syndicate.model.tags import tags_of
from syndicate.store.engine import Connection
from syndicate.store.record import microseconds, moment
from syndicate.store.tags import EVERYTHING


def tags_changed(connection: Connection, after: int, until: int) -> set[str]:
    """All tags that the articles of these changes have now or had before: each names feeds that may be touched."""
    return _tags_in(connection, _CHANGED, (after, until))


def tags_moved(connection: Connection, since: datetime, until: datetime) -> set[str]:
    """All tags of articles that an embargo, a time of publication or an expiry lets come or go in `(since, until]`."""
    return _tags_in(connection, _MOVED, (microseconds(since), microseconds(until)) * 3)


def next_change_of_view(connection: Connection, now: datetime) -> datetime | None:
    """The next moment after `now` at which an embargo ends, a publication time comes or an article expires."""
    at = microseconds(now)
    found = (connection.value(asked, (at,)) for asked in _NEXT)
    first = min((one for one in found if one is not None), default=None)
    return None if first is None else moment(first)


_NEXT = (
    "SELECT min(embargo) FROM revision WHERE embargo > ?",
    "SELECT min(expires) FROM revision WHERE expires > ?",
    "SELECT min(published) FROM article WHERE published > ?",
)
# From the revision on that stood for the article before the first of these changes.
_CHANGED = """
    SELECT r.doc
    FROM (SELECT article_id, min(version) AS version FROM change WHERE number > ? AND number <= ? GROUP BY article_id)
        AS touched
    JOIN revision r ON r.article_id = touched.article_id
    WHERE r.version >= coalesce(
        (SELECT max(o.version) FROM revision o
         WHERE o.article_id = touched.article_id AND o.version < touched.version AND o.embargo IS NULL), 0)
"""
_MOVED = """
    SELECT doc FROM revision WHERE article_id IN (
        SELECT article_id FROM revision WHERE embargo > ? AND embargo <= ?
        UNION SELECT article_id FROM revision WHERE expires > ? AND expires <= ?
        UNION SELECT id FROM article WHERE published > ? AND published <= ?)
"""


def _tags_in(connection: Connection, documents: str, values: tuple[int, ...]) -> set[str]:
    found: set[str] = set()
    for (doc,) in connection.iterate(documents, values):
        found.update(tags_of(loads(doc)))
        found.add(EVERYTHING)
    return found
