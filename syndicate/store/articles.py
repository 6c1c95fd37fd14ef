"""The articles' questions: adding a revision, finding one, selecting what an audience may see."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from syndicate.markup.article_json import dumps, loads
from syndicate.model.article import Article, Status
from syndicate.model.feed import Order
from syndicate.model.tags import tags_of
from syndicate.model.visibility import Audience, may_see
from syndicate.store import tables
from syndicate.store.engine import next_number

# Every revision that can be shown carries it, so that a feed without conditions is a range of the same index.
EVERYTHING = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A revision with how it came in: `source` is file:line, `batch` the number of the import."""

    article: Article
    source: str
    batch: int
    accepted: datetime


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


def add(connection: Connection, article: Article, *, kind: str, source: str, batch: int, now: datetime) -> int:
    """Add a revision with its tags and its change-log row; the number of the change comes back.

    A revision that takes over at once unlists the older ones; under an embargo they stay listed until it ends.
    """
    article_id = _article_id(connection, article)
    if article.embargo is None or article.status is not Status.USABLE:
        _unlist(connection, article_id)
    listed = article.status is Status.USABLE
    revision_id = connection.execute(
        insert(tables.revision)
        .values(
            article_id=article_id,
            version=article.version,
            status=article.status.value,
            updated=article.updated,
            embargo=article.embargo,
            expires=article.expires,
            listed=listed,
            doc=dumps(article),
            source=source,
            batch=batch,
            accepted=now,
        )
        .returning(tables.revision.c.id)
    ).scalar_one()
    if listed:
        _list(connection, article, revision_id)
    number = next_number(connection, "change")
    connection.execute(
        insert(tables.change).values(number=number, article_id=article_id, version=article.version, kind=kind, at=now)
    )
    return number


def latest_of(connection: Connection, guids: Iterable[str]) -> dict[str, Stored]:
    """The newest revision of each of these guids that the store has."""
    newest = (
        select(tables.revision.c.article_id, func.max(tables.revision.c.version).label("version"))
        .join(tables.article)
        .where(tables.article.c.guid.in_(list(guids)))
        .group_by(tables.revision.c.article_id)
        .subquery()
    )
    rows = connection.execute(
        select(*_STORED).join(
            newest,
            and_(tables.revision.c.article_id == newest.c.article_id, tables.revision.c.version == newest.c.version),
        )
    )
    found = (_stored(row) for row in rows)
    return {one.article.guid: one for one in found}


def history(connection: Connection, guid: str) -> tuple[Stored, ...]:
    """All revisions of the article, oldest first; empty when there is none of that guid."""
    rows = connection.execute(
        select(*_STORED).join(tables.article).where(tables.article.c.guid == guid).order_by(tables.revision.c.version)
    )
    return tuple(_stored(row) for row in rows)


def newest(connection: Connection, limit: int) -> tuple[Stored, ...]:
    """The newest revisions of the articles last changed, newest first: what staff see, whatever the status."""
    last = select(
        tables.change.c.article_id, tables.change.c.version, func.max(tables.change.c.number).label("number")
    ).group_by(tables.change.c.article_id)
    ranked = last.order_by(func.max(tables.change.c.number).desc()).limit(limit).subquery()
    rows = connection.execute(
        select(*_STORED)
        .join(ranked, tables.revision.c.article_id == ranked.c.article_id)
        .where(tables.revision.c.version == ranked.c.version)
        .order_by(ranked.c.number.desc())
    )
    return tuple(_stored(row) for row in rows)


def count(connection: Connection) -> int:
    """How many articles there are."""
    return int(connection.execute(select(func.count()).select_from(tables.article)).scalar_one())


def guids_like(connection: Connection, part: str, limit: int = 5) -> tuple[str, ...]:
    """A few guids that contain `part`, for hints."""
    rows = connection.execute(
        select(tables.article.c.guid).where(tables.article.c.guid.contains(part, autoescape=True)).limit(limit)
    )
    return tuple(rows.scalars())


def visible(connection: Connection, guid: str, audience: Audience, now: datetime) -> Article | None:
    """The revision of that article that stands for it at `now`, if the audience may see it."""
    row = connection.execute(
        select(tables.revision.c.doc)
        .join(tables.article)
        .where(tables.article.c.guid == guid, *_shown(audience, now))
        .order_by(tables.revision.c.version.desc())
        .limit(1)
    ).scalar()
    return None if row is None else loads(row)


def choose(connection: Connection, query: Query, audience: Audience, now: datetime) -> tuple[Article, ...]:
    """The articles that the query selects among those the audience may see at `now`, newest first, ties by guid.

    Each tag of the first condition is one range of an index; the ranges are merged here.
    """
    driving, *others = query.conditions or ((EVERYTHING,),)
    ranges = [_range(connection, tag, others, query, audience, now) for tag in driving]
    merged = heapq.merge(*ranges, key=lambda row: (row[0], row[1]), reverse=True)
    articles = (loads(doc) for _, _, doc in _once(merged))
    return tuple(islice((one for one in articles if may_see(one, audience, now)), query.limit))


def next_change_of_view(connection: Connection, now: datetime) -> datetime | None:
    """The next moment after `now` at which an embargo ends, a publication time comes or an article expires."""
    revision = tables.revision
    moments = (
        select(func.min(revision.c.embargo)).where(revision.c.embargo > now),
        select(func.min(revision.c.expires)).where(revision.c.expires > now),
        select(func.min(tables.article.c.published)).where(tables.article.c.published > now),
    )
    found = [connection.execute(one).scalar() for one in moments]
    return min((one for one in found if one is not None), default=None)


_STORED = (
    tables.revision.c.doc,
    tables.revision.c.source,
    tables.revision.c.batch,
    tables.revision.c.accepted,
)
_Ranked = tuple[datetime, str, bytes]


def _stored(row: Any) -> Stored:
    return Stored(article=loads(row.doc), source=row.source, batch=row.batch, accepted=row.accepted)


def _once(rows: Iterable[_Ranked]) -> Iterator[_Ranked]:
    seen: set[str] = set()
    for row in rows:
        if row[1] not in seen:
            seen.add(row[1])
            yield row


def _range(
    connection: Connection,
    tag: str,
    others: Sequence[tuple[str, ...]],
    query: Query,
    audience: Audience,
    now: datetime,
) -> list[_Ranked]:
    tags, revision, article = tables.revision_tag, tables.revision, tables.article
    key = tags.c.updated if query.order is Order.UPDATED else tags.c.published
    wanted = (
        select(key, article.c.guid, revision.c.doc)
        .select_from(tags)
        .join(revision, revision.c.id == tags.c.revision_id)
        .join(article, article.c.id == revision.c.article_id)
        .where(tags.c.tag_id == _tag_id(tag), *_shown(audience, now))
        .where(*(_has(condition) for condition in others))
        .order_by(key.desc(), article.c.guid.desc())
        .limit(query.limit)
    )
    if query.excluded:
        wanted = wanted.where(~_has(query.excluded))
    if query.oldest is not None:
        wanted = wanted.where(key >= query.oldest)
    return [(row[0], row[1], row[2]) for row in connection.execute(wanted)]


def _tag_id(name: str) -> ScalarSelect[Any]:
    return select(tables.tag.c.id).where(tables.tag.c.name == name).scalar_subquery()


def _has(names: Sequence[str]) -> ColumnElement[bool]:
    other = tables.revision_tag.alias()
    return exists(
        select(1)
        .select_from(other)
        .join(tables.tag, tables.tag.c.id == other.c.tag_id)
        .where(
            tables.tag.c.name.in_(names),
            other.c.revision_id == tables.revision.c.id,
            other.c.updated == tables.revision.c.updated,
        )
    )


def _shown(audience: Audience, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """`model.visibility` as SQL: the same conditions, and no newer revision that has taken over."""
    revision, newer = tables.revision, tables.revision.alias()
    if audience is Audience.STAFF:
        return ()
    return (
        revision.c.status == Status.USABLE.value,
        or_(revision.c.embargo.is_(None), revision.c.embargo <= now),
        or_(revision.c.expires.is_(None), revision.c.expires > now),
        tables.article.c.published <= now,
        ~exists(
            select(1).where(
                newer.c.article_id == revision.c.article_id,
                newer.c.version > revision.c.version,
                or_(newer.c.status != Status.USABLE.value, newer.c.embargo.is_(None), newer.c.embargo <= now),
            )
        ),
    )


def _article_id(connection: Connection, article: Article) -> int:
    known = connection.execute(select(tables.article.c.id).where(tables.article.c.guid == article.guid)).scalar()
    if known is not None:
        return int(known)
    made = insert(tables.article).values(guid=article.guid, published=article.published)
    return int(connection.execute(made.returning(tables.article.c.id)).scalar_one())


def _unlist(connection: Connection, article_id: int) -> None:
    revision, tags = tables.revision, tables.revision_tag
    listed = select(revision.c.id, revision.c.updated, revision.c.doc).where(
        revision.c.article_id == article_id, revision.c.listed
    )
    for row in connection.execute(listed).all():
        ids = _tag_ids(connection, (EVERYTHING, *tags_of(loads(row.doc))))
        connection.execute(
            delete(tags).where(tags.c.tag_id.in_(ids), tags.c.updated == row.updated, tags.c.revision_id == row.id)
        )
        connection.execute(update(revision).where(revision.c.id == row.id).values(listed=False))


def _list(connection: Connection, article: Article, revision_id: int) -> None:
    ids = _tag_ids(connection, (EVERYTHING, *tags_of(article)))
    connection.execute(
        insert(tables.revision_tag),
        [
            {"tag_id": tag, "updated": article.updated, "published": article.published, "revision_id": revision_id}
            for tag in sorted(ids)
        ],
    )


def _tag_ids(connection: Connection, names: Sequence[str]) -> list[int]:
    tag = tables.tag
    known = {row.name: row.id for row in connection.execute(select(tag.c.name, tag.c.id).where(tag.c.name.in_(names)))}
    missing = [name for name in names if name not in known]
    if missing:
        made = insert(tag).returning(tag.c.name, tag.c.id)
        rows = connection.execute(made, [{"name": name} for name in missing])
        known.update({row.name: row.id for row in rows})
    return list(known.values())
