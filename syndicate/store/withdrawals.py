"""Stories that were withdrawn after somebody may have got them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from syndicate.markup.article_json import loads
from syndicate.model.article import Status
from syndicate.model.tags import tags_of
from syndicate.store.articles import REMOVAL
from syndicate.store.engine import Connection
from syndicate.store.record import microseconds, moment
from syndicate.store.selection import CHOSEN, Chosen, chosen_of
from syndicate.store.tags import EVERYTHING

_USABLE = Status.USABLE.value
_NEWEST = f"""
    SELECT {CHOSEN}, r.article_id, r.accepted
    FROM (SELECT DISTINCT article_id FROM change WHERE kind = ?) c
    JOIN article a ON a.id = c.article_id
    JOIN revision r ON r.article_id = c.article_id
        AND r.version = (SELECT max(n.version) FROM revision n WHERE n.article_id = c.article_id)
    WHERE r.status <> ? AND r.accepted > ? AND a.published <= r.updated
    ORDER BY r.updated DESC, a.guid DESC
"""
# What stood for the story when it was withdrawn.
_BEFORE = """
    SELECT doc FROM revision
    WHERE article_id = ? AND version < ? AND status = ? AND (embargo IS NULL OR embargo <= ?)
    ORDER BY version DESC LIMIT 1
"""


class Withdrawn(NamedTuple):
    """The revision that withdrew a story, when it came in, and the tags that the story had when it was out.

    Whatever time the revision states: partners hear of it for as long after it came in.
    """

    chosen: Chosen
    accepted: datetime
    tags: frozenset[str]


class Withdrawals:
    """What `withdrawn_since` finds, asked once for many feeds."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, datetime], tuple[Withdrawn, ...]] = {}

    def of(self, connection: Connection, change: int, since: datetime) -> tuple[Withdrawn, ...]:
        """The stories that were withdrawn after `since`, and maybe some from the hour before; `change` is the last."""
        key = (change, since.replace(minute=0, second=0, microsecond=0))
        if key not in self._known:
            self._known = {one: found for one, found in self._known.items() if one[0] == change}
            self._known[key] = withdrawn_since(connection, key[1])
        return self._known[key]


def withdrawn_since(connection: Connection, since: datetime) -> tuple[Withdrawn, ...]:
    """The stories that stand withdrawn by a revision that came in after `since`, newest first.

    One that was never out is not among them: nobody has it, and nobody is to hear of it.
    """
    return tuple(_found(connection, connection.rows(_NEWEST, (REMOVAL, _USABLE, microseconds(since)))))


def _found(connection: Connection, rows: list[tuple[Any, ...]]) -> Iterator[Withdrawn]:
    for *values, article_id, accepted in rows:
        one = chosen_of(values)
        doc = connection.value(_BEFORE, (article_id, one.version, _USABLE, microseconds(one.updated)))
        if doc is not None:
            yield Withdrawn(one, moment(accepted), frozenset({EVERYTHING, *tags_of(loads(doc))}))
