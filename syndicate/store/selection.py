"""What an audience may see: the revisions that a feed selects, those that stand for their articles, the texts."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from syndicate.markup.article_json import loads
from syndicate.model.article import Article, Status
from syndicate.model.feed import Order
from syndicate.model.visibility import Audience, may_see, takes_over
from syndicate.store import tags
from syndicate.store.engine import Connection, chunks, marks
from syndicate.store.record import microseconds, moment


class Chosen(NamedTuple):
    """A revision that was selected, without its text: `revision` is the number that the text is kept under.

    A tuple, since an export makes ten thousand of them: a frozen dataclass takes five times as long.
    """

    revision: int
    guid: str
    version: int
    status: Status
    published: datetime
    updated: datetime
    embargo: datetime | None
    expires: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to select: any tag of each condition, no tag of `excluded`; newest first by `order`.

    `oldest` is the earliest moment (by the same order) that is still wanted.
    """

    conditions: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[str, ...] = ()
    order: Order = Order.UPDATED
    oldest: datetime | None = None
    limit: int = 50


def choose(connection: Connection, query: Query, audience: Audience, now: datetime) -> tuple[Chosen, ...]:
    """What the query selects among the articles that the audience may see at `now`, newest first, ties by guid.

    Each tag of the first condition is one range of an index; the ranges are merged here.
    """
    ranges = _ranges(connection, query, audience, now)
    key = itemgetter(_UPDATED if query.order is Order.UPDATED else _PUBLISHED, _GUID)
    merged = ranges[0] if len(ranges) == 1 else heapq.merge(*ranges, key=key, reverse=True)
    chosen = (chosen_of(row) for row in _once(merged))
    return tuple(islice((one for one in chosen if may_see(one, audience, now)), query.limit))


def standing_of(
    connection: Connection, guids: Iterable[str], now: datetime, audience: Audience = Audience.PUBLIC
) -> dict[str, Chosen]:
    """The revision that stands for each of these articles at `now`, whoever may see it."""
    found: dict[str, Chosen] = {}
    for some in chunks(sorted(guids)):
        for row in connection.rows(_revisions(len(some)), some):
            one = chosen_of(row)
            if takes_over(one, now, audience):
                found[one.guid] = one
    return found


def texts_of(connection: Connection, revisions: Iterable[int]) -> dict[int, Article]:
    """The articles of these revision numbers, which `choose` gave: the audience was asked for there."""
    found: dict[int, Article] = {}
    for some in chunks(sorted(revisions)):
        rows = connection.iterate(f"SELECT id, doc FROM revision WHERE id IN ({marks(len(some))})", some)
        found.update((number, loads(doc)) for number, doc in rows)
    return found


CHOSEN = "r.id, a.guid, r.version, r.status, a.published, r.updated, r.embargo, r.expires"
_GUID, _PUBLISHED, _UPDATED = 1, 4, 5
_STATUS = {one.value: one for one in Status}


def _ranges(connection: Connection, query: Query, audience: Audience, now: datetime) -> list[list[tuple[Any, ...]]]:
    """What each tag of the first condition gives, newest first."""
    wanted = query.conditions or ((tags.EVERYTHING,),)
    ids = tags.known(connection, {name for names in (*wanted, query.excluded) for name in names})
    driving, *others = ([ids[name] for name in names if name in ids] for names in wanted)
    excluded = [ids[name] for name in query.excluded if name in ids]
    if not all(others):
        return []
    asked = _range(query.order, audience, query.oldest is not None, tuple(map(len, others)), len(excluded))
    values: list[Any] = [] if query.oldest is None else [microseconds(query.oldest)]
    values += [microseconds(now)] * _shown(audience).count("?")
    values += [*(number for some in others for number in some), *excluded, query.limit]
    return [connection.rows(asked, (number, *values)) for number in driving]


@cache
def _range(order: Order, audience: Audience, has_oldest: bool, others: tuple[int, ...], excluded: int) -> str:
    """The question for one tag; `others` are the numbers of tags in each further condition."""
    key = f"t.{order.value}"
    return (
        f"SELECT {CHOSEN} FROM revision_tag t JOIN revision r ON r.id = t.revision_id"
        " JOIN article a ON a.id = r.article_id WHERE t.tag_id = ?"
        + (f" AND {key} >= ?" if has_oldest else "")
        + _shown(audience)
        + "".join(f" AND EXISTS ({_has(count)})" for count in others)
        + (f" AND NOT EXISTS ({_has(excluded)})" if excluded else "")
        + f" ORDER BY {key} DESC, a.guid DESC LIMIT ?"
    )


def _has(count: int) -> str:
    return (
        f"SELECT 1 FROM revision_tag o WHERE o.tag_id IN ({marks(count)})"
        " AND o.updated = t.updated AND o.revision_id = t.revision_id"
    )


def _shown(audience: Audience) -> str:
    """`model.visibility` as SQL: the same conditions, and no newer revision that has taken over. Each `?` is now."""
    if audience is Audience.STAFF:
        return ""
    if audience is Audience.PARTNER:
        return (
            f" AND r.status = '{Status.USABLE.value}' AND (r.expires IS NULL OR r.expires > ?) AND a.published <= ?"
            " AND NOT EXISTS (SELECT 1 FROM revision n WHERE n.article_id = r.article_id AND n.version > r.version)"
        )
    return (
        f" AND r.status = '{Status.USABLE.value}'"
        " AND (r.embargo IS NULL OR r.embargo <= ?) AND (r.expires IS NULL OR r.expires > ?) AND a.published <= ?"
        " AND NOT EXISTS (SELECT 1 FROM revision n WHERE n.article_id = r.article_id AND n.version > r.version"
        f" AND (n.status <> '{Status.USABLE.value}' OR n.embargo IS NULL OR n.embargo <= ?))"
    )


def _revisions(count: int) -> str:
    return (
        f"SELECT {CHOSEN} FROM article a JOIN revision r ON r.article_id = a.id"
        f" WHERE a.guid IN ({marks(count)}) AND (r.listed OR r.status <> '{Status.USABLE.value}') ORDER BY r.version"
    )


def _once(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    seen: set[str] = set()
    for row in rows:
        if row[_GUID] not in seen:
            seen.add(row[_GUID])
            yield row


def chosen_of(row: Sequence[Any]) -> Chosen:
    """The revision of a row with the columns `CHOSEN`."""
    revision, guid, version, status, published, updated, embargo, expires = row
    return Chosen(
        revision,
        guid,
        version,
        _STATUS[status],
        moment(published),
        moment(updated),
        None if embargo is None else moment(embargo),
        None if expires is None else moment(expires),
    )
