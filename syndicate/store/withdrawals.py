"""Stories that were withdrawn after somebody may have got them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from syndicate.markup.article_json import loads
from syndicate.model.article import Status
from syndicate.model.tags import tags_of
from syndicate.model.visibility import Audience
from syndicate.store.articles import REMOVAL
from syndicate.store.engine import Connection, chunks, marks
from syndicate.store.record import microseconds, moment
from syndicate.store.selection import CHOSEN, Chosen, chosen_of
from syndicate.store.tags import EVERYTHING

_USABLE = Status.USABLE.value
_NEWEST = f"""
    SELECT {CHOSEN}, r.article_id, r.accepted
    FROM (SELECT DISTINCT article_id FROM change WHERE kind = ? AND at > ?) c
    JOIN article a ON a.id = c.article_id
    JOIN revision r ON r.article_id = c.article_id
        AND r.version = (SELECT max(n.version) FROM revision n WHERE n.article_id = c.article_id)
    WHERE r.status <> ? AND r.accepted > ?
    ORDER BY r.updated DESC, a.guid DESC
"""
# The last revision that was out: its time had come before the next one came in. Where a whole history came in at once,
# the stated times say so; only then do they count, since a withdrawal may state any time.
_OUT = """
    SELECT b.article_id, b.doc
    FROM revision b JOIN (
        SELECT u.article_id, max(u.version) AS version
        FROM revision u
        JOIN article a ON a.id = u.article_id
        JOIN revision n ON n.article_id = u.article_id
            AND n.version = (SELECT min(x.version) FROM revision x
                             WHERE x.article_id = u.article_id AND x.version > u.version)
        WHERE u.article_id IN ({articles}) AND u.status = ?
            AND a.published <= n.accepted AND (u.accepted < n.accepted OR a.published < n.updated) {embargo}
        GROUP BY u.article_id
    ) o ON o.article_id = b.article_id AND o.version = b.version
"""
_EMBARGO = {
    Audience.PUBLIC: (
        "AND (u.embargo IS NULL OR (u.embargo <= n.accepted AND (u.accepted < n.accepted OR u.embargo <= n.updated)))"
    ),
    Audience.PARTNER: "",
}


class Withdrawn(NamedTuple):
    """The revision that withdrew a story, when it came in, and the tags that the story had when it was out.

    Whatever time the revision states: partners hear of it for as long after it came in. `tags` are by audience, without
    those that never got the story: they are to hear nothing.
    """

    chosen: Chosen
    accepted: datetime
    tags: Mapping[Audience, frozenset[str]]


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

    One that was never out is not among them: nobody has it, and nobody is to hear of it. One that was withdrawn under
    embargo is among them for those partners only who have got it before.
    """
    at = microseconds(since)
    rows = connection.rows(_NEWEST, (REMOVAL, at, _USABLE, at))
    out = {audience: _tags_when_out(connection, [row[-2] for row in rows], audience) for audience in _EMBARGO}
    found = (
        Withdrawn(
            chosen_of(values),
            moment(accepted),
            {audience: tags[article_id] for audience, tags in out.items() if article_id in tags},
        )
        for *values, article_id, accepted in rows
    )
    return tuple(one for one in found if one.tags)


def _tags_when_out(connection: Connection, articles: Sequence[int], audience: Audience) -> dict[int, frozenset[str]]:
    """The tags that each of these articles had when this audience last had it; without those it never had."""
    found: dict[int, frozenset[str]] = {}
    for some in chunks(articles):
        asked = _OUT.format(articles=marks(len(some)), embargo=_EMBARGO[audience])
        rows = connection.iterate(asked, (*some, _USABLE))
        found.update((article_id, frozenset({EVERYTHING, *tags_of(loads(doc))})) for article_id, doc in rows)
    return found
