"""The articles' questions: adding a revision, finding one, selecting what an audience may see."""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from syndicate.markup.article_json import loads
from syndicate.model.article import Article, Status
from syndicate.model.feed import Order
from syndicate.model.tags import tags_of
from syndicate.model.visibility import Audience, may_see, takes_over
from syndicate.store import tables
from syndicate.store.engine import Connection, insert_rows, take_numbers
from syndicate.store.record import Record, microseconds, record_of

# Every revision that can be shown carries it, so that a feed without conditions is a range of the same index.
EVERYTHING = "*"
# The kind of a change that withholds or cancels an article: schedulers look for these first.
REMOVAL = "removal"
_USABLE = Status.USABLE.value

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A revision with how it came in: `source` is file:line, `batch` the number of the import."""

    article: Article
    source: str
    batch: int
    accepted: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A revision that was selected, without its text: `revision` is the number that the text is kept under."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A revision to add: `kind` says why (new, updated), `source` where it came from."""

    article: Article | Record
    kind: str
    source: str


def add_all(connection: Connection, additions: Sequence[Addition], *, batch: int, now: datetime) -> int:
    """Add revisions with their tags and change-log rows, in order; the number of the last change comes back.

    A revision that takes over at once unlists the older ones; under an embargo they stay listed until it ends.
    """
    records = [one.article if isinstance(one.article, Record) else record_of(one.article) for one in additions]
    known = _known_ids(connection, {one.guid for one in records})
    ids = known | _new_ids(connection, [one for one in records if one.guid not in known])
    replaced = _taking_over(records)
    for guid in replaced.keys() & known.keys():
        _unlist(connection, known[guid])
    first_revision = take_numbers(connection, "revision", len(records))
    first_change = take_numbers(connection, "change", len(records))
    moment, rows, changes, listed = microseconds(now), [], [], []
    for number, (one, addition) in enumerate(zip(records, additions, strict=True)):
        article_id, is_listed = ids[one.guid], one.status == _USABLE and number >= replaced.get(one.guid, 0)
        key = first_revision + number
        if is_listed:
            listed.append((key, one))
        rows.append((key, article_id, one.version, one.status, one.updated, one.embargo, one.expires, is_listed,
                     one.doc, addition.source, batch, moment))  # fmt: skip
        kind = addition.kind if one.status == _USABLE else REMOVAL
        changes.append((first_change + number, article_id, one.version, kind, moment))
    insert_rows(connection, tables.revision, rows)
    _list(connection, listed)
    insert_rows(connection, tables.change, changes)
    return first_change + len(records) - 1


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


def choose(connection: Connection, query: Query, audience: Audience, now: datetime) -> tuple[Chosen, ...]:
    """What the query selects among the articles that the audience may see at `now`, newest first, ties by guid.

    Each tag of the first condition is one range of an index; the ranges are merged here.
    """
    driving, *others = query.conditions or ((EVERYTHING,),)
    ranges = [_range(connection, tag, others, query, audience, now) for tag in driving]
    is_updated = query.order is Order.UPDATED
    merged = heapq.merge(
        *ranges, key=lambda one: (one.updated if is_updated else one.published, one.guid), reverse=True
    )
    return tuple(islice((one for one in _once(merged) if may_see(one, audience, now)), query.limit))


def standing_of(connection: Connection, guids: Iterable[str], now: datetime) -> dict[str, Chosen]:
    """The revision that stands for each of these articles at `now`, whoever may see it."""
    revision, article = tables.revision, tables.article
    found: dict[str, Chosen] = {}
    for some in _chunks(sorted(guids)):
        rows = select(*_CHOSEN).join(article).where(article.c.guid.in_(some)).order_by(revision.c.version)
        for one in (_chosen(*row) for row in connection.execute(rows)):
            if takes_over(one, now):
                found[one.guid] = one
    return found


def texts_of(connection: Connection, revisions: Iterable[int]) -> dict[int, Article]:
    """The articles of these revision numbers, which `choose` gave: the audience was asked for there."""
    revision = tables.revision
    found: dict[int, Article] = {}
    for some in _chunks(sorted(revisions)):
        rows = connection.execute(select(revision.c.id, revision.c.doc).where(revision.c.id.in_(some)))
        found |= {row.id: loads(row.doc) for row in rows}
    return found


def tags_changed(connection: Connection, after: int, until: int) -> set[str]:
    """All tags that the articles of these changes have now or had before: each names feeds that may be touched."""
    change, revision = tables.change, tables.revision
    touched = (
        select(change.c.article_id, func.min(change.c.version).label("version"))
        .where(change.c.number > after, change.c.number <= until)
        .group_by(change.c.article_id)
        .subquery()
    )
    older = revision.alias()
    standing = (
        select(func.max(older.c.version))
        .where(
            older.c.article_id == touched.c.article_id, older.c.version < touched.c.version, older.c.embargo.is_(None)
        )
        .scalar_subquery()
    )
    rows = connection.execute(
        select(revision.c.doc)
        .join(touched, revision.c.article_id == touched.c.article_id)
        .where(revision.c.version >= func.coalesce(standing, 0))
    )
    return {tag for doc in rows.scalars() for tag in (EVERYTHING, *tags_of(loads(doc)))}


def tags_moved(connection: Connection, since: datetime, until: datetime) -> set[str]:
    """All tags of articles that an embargo, a time of publication or an expiry lets come or go in `(since, until]`."""
    revision, article = tables.revision, tables.article
    moved = or_(
        and_(revision.c.embargo > since, revision.c.embargo <= until),
        and_(revision.c.expires > since, revision.c.expires <= until),
    )
    ids = (
        select(revision.c.article_id)
        .where(moved)
        .union(select(article.c.id).where(article.c.published > since, article.c.published <= until))
    )
    rows = connection.execute(select(revision.c.doc).where(revision.c.article_id.in_(ids)))
    return {tag for doc in rows.scalars() for tag in (EVERYTHING, *tags_of(loads(doc)))}


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


_CHOSEN = (
    tables.revision.c.id,
    tables.article.c.guid,
    tables.revision.c.version,
    tables.revision.c.status,
    tables.article.c.published,
    tables.revision.c.updated,
    tables.revision.c.embargo,
    tables.revision.c.expires,
)


def _stored(row: Any) -> Stored:
    return Stored(article=loads(row.doc), source=row.source, batch=row.batch, accepted=row.accepted)


def _once(rows: Iterable[Chosen]) -> Iterator[Chosen]:
    seen: set[str] = set()
    for row in rows:
        if row.guid not in seen:
            seen.add(row.guid)
            yield row


def _range(
    connection: Connection,
    tag: str,
    others: Sequence[tuple[str, ...]],
    query: Query,
    audience: Audience,
    now: datetime,
) -> list[Chosen]:
    tags, revision, article = tables.revision_tag, tables.revision, tables.article
    key = tags.c.updated if query.order is Order.UPDATED else tags.c.published
    wanted = (
        select(*_CHOSEN)
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
    return [_chosen(*row) for row in connection.execute(wanted)]


def _chosen(
    revision: int,
    guid: str,
    version: int,
    status: str,
    published: datetime,
    updated: datetime,
    embargo: datetime | None,
    expires: datetime | None,
) -> Chosen:
    return Chosen(
        revision=revision,
        guid=guid,
        version=version,
        status=Status(status),
        published=published,
        updated=updated,
        embargo=embargo,
        expires=expires,
    )


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


def _known_ids(connection: Connection, guids: Collection[str]) -> dict[str, int]:
    article = tables.article
    rows = connection.execute(select(article.c.guid, article.c.id).where(article.c.guid.in_(guids)))
    return {row.guid: int(row.id) for row in rows}


def _new_ids(connection: Connection, found: Sequence[Record]) -> dict[str, int]:
    """The ids that these articles get, now that they enter the store with their time of publication."""
    published = {one.guid: one.published for one in found}
    first = take_numbers(connection, "article", len(published)) if published else 0
    made = dict(zip(published, range(first, first + len(published)), strict=True))
    insert_rows(connection, tables.article, [(made[guid], guid, moment) for guid, moment in published.items()])
    return made


def _taking_over(records: Sequence[Record]) -> dict[str, int]:
    """By guid, the place of the last one that unlists what was before it."""
    return {one.guid: number for number, one in enumerate(records) if one.embargo is None or one.status != _USABLE}


def _unlist(connection: Connection, article_id: int) -> None:
    revision, tags = tables.revision, tables.revision_tag
    listed = select(revision.c.id, revision.c.updated, revision.c.doc).where(
        revision.c.article_id == article_id, revision.c.listed
    )
    for row in connection.execute(listed).all():
        ids = _tag_ids(connection, (EVERYTHING, *tags_of(loads(row.doc)))).values()
        connection.execute(
            delete(tags).where(tags.c.tag_id.in_(ids), tags.c.updated == row.updated, tags.c.revision_id == row.id)
        )
        connection.execute(update(revision).where(revision.c.id == row.id).values(listed=False))
        connection.execute(delete(tables.fragment).where(tables.fragment.c.revision_id == row.id))


def _list(connection: Connection, listed: Sequence[tuple[int, Record]]) -> None:
    """Add the rows by which these revisions are found, in the order in which they lie in the table."""
    ids = _tag_ids(connection, {EVERYTHING, *(name for _, one in listed for name in one.tags)} if listed else ())
    rows = [
        (ids[name], one.updated, number, one.published) for number, one in listed for name in (EVERYTHING, *one.tags)
    ]
    rows.sort()
    insert_rows(connection, tables.revision_tag, rows)


def _tag_ids(connection: Connection, names: Collection[str]) -> dict[str, int]:
    tag = tables.tag
    known: dict[str, int] = {}
    for some in _chunks(sorted(names)):
        known |= {
            row.name: row.id for row in connection.execute(select(tag.c.name, tag.c.id).where(tag.c.name.in_(some)))
        }
    missing = [name for name in sorted(names) if name not in known]
    if missing:
        made = dict(zip(missing, range(take_numbers(connection, "tag", len(missing)), 2**62), strict=False))
        insert_rows(connection, tag, [(number, name) for name, number in made.items()])
        known |= made
    return known


def _chunks(values: Sequence[_Value], size: int = 500) -> Iterator[Sequence[_Value]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
