"""Which articles a feed takes: as a store query, and as an explanation of one article's case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from syndicate.markup.dates import rfc3339
from syndicate.model.article import Article
from syndicate.model.feed import Feed, Order
from syndicate.model.tags import conditions_of, tags_of
from syndicate.model.visibility import why_hidden
from syndicate.store.selection import Chosen, Query
from syndicate.store.withdrawals import Withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a feed on one article: what is asked, what the article has, and whether it holds."""

    name: str
    holds: bool
    wanted: str
    found: str


def query_of(feed: Feed, now: datetime) -> Query:
    """The store query that gives the feed's articles at `now`."""
    return Query(
        conditions=tuple(tags for _, tags in conditions_of(feed.select)),
        excluded=tuple(tag for _, tags in conditions_of(feed.exclude) for tag in tags),
        order=feed.order,
        oldest=None if feed.max_age is None else now - feed.max_age,
        limit=feed.limit,
    )


def withdrawn_from(feed: Feed, found: Sequence[Withdrawn], now: datetime) -> tuple[Withdrawn, ...]:
    """Those of the withdrawn stories that the feed tells of at `now`: it took them when they were out, whenever."""
    wanted = [frozenset(tags) for _, tags in conditions_of(feed.select)]
    excluded = {tag for _, tags in conditions_of(feed.exclude) for tag in tags}
    return tuple(
        one
        for one in withdrawn_for(feed, found, now)
        if (tags := one.tags[feed.audience]).isdisjoint(excluded) and not any(map(tags.isdisjoint, wanted))
    )[: feed.limit]


def withdrawn_for(feed: Feed, found: Sequence[Withdrawn], now: datetime) -> tuple[Withdrawn, ...]:
    """Those that the feed would tell of at `now` if it had them: it may have sent them, and they are not too old."""
    oldest = now - feed.withdrawn
    return tuple(one for one in found if one.accepted > oldest and feed.audience in one.tags)


def in_order(feed: Feed, *some: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """All of these in the feed's order."""
    is_by_update = feed.order is Order.UPDATED
    return tuple(
        sorted(chain(*some), key=lambda one: (one.updated if is_by_update else one.published, one.guid), reverse=True)
    )


def ages_at(feed: Feed, chosen: Sequence[Chosen], withdrawn: Sequence[Withdrawn] = ()) -> datetime | None:
    """The moment at which the first of these becomes too old for the feed, None when age does not matter."""
    ends = [one.accepted + feed.withdrawn for one in withdrawn]
    if feed.max_age is not None and chosen:
        moments = (one.updated if feed.order is Order.UPDATED else one.published for one in chosen)
        # An article of exactly that age is still taken.
        ends.append(min(moments) + feed.max_age + timedelta(microseconds=1))
    return min(ends, default=None)


def is_explained(standing: Chosen, feed: Feed, since: datetime, now: datetime) -> bool:
    """Whether an article that left the feed did so by somebody's act, or by its age.

    It was withdrawn, has expired, is too old, or was revised after `since` (into another section, say).
    """
    if why_hidden(standing, feed.audience, now) is not None or standing.updated > since:
        return True
    moment = standing.updated if feed.order is Order.UPDATED else standing.published
    return feed.max_age is not None and moment < now - feed.max_age


def conditions(article: Article, feed: Feed, now: datetime) -> tuple[Condition, ...]:
    """Every condition with its outcome; the article qualifies when all hold (the limit is the feed's own question)."""
    return (_visibility(article, feed, now), *_selection(article, feed), *_age(article, feed, now))


def _visibility(article: Article, feed: Feed, now: datetime) -> Condition:
    hidden = why_hidden(article, feed.audience, now)
    times = [f"published {rfc3339(article.published)}"]
    times += [f"embargo {rfc3339(article.embargo)}"] if article.embargo else []
    times += [f"expires {rfc3339(article.expires)}"] if article.expires else []
    return Condition(
        name="visible",
        holds=hidden is None,
        wanted=f"usable and released at {rfc3339(now)}",
        found=", ".join([hidden.value if hidden else article.status.value, *times]),
    )


def _selection(article: Article, feed: Feed) -> Iterator[Condition]:
    tags = set(tags_of(article))
    for field, wanted in conditions_of(feed.select):
        yield Condition(
            name=f"select.{field}",
            holds=not tags.isdisjoint(wanted),
            wanted="any of " + _values(wanted),
            found=_values(_alike(tags, wanted)),
        )
    for field, unwanted in conditions_of(feed.exclude):
        yield Condition(
            name=f"exclude.{field}",
            holds=tags.isdisjoint(unwanted),
            wanted="none of " + _values(unwanted),
            found=_values(_alike(tags, unwanted)),
        )


def _age(article: Article, feed: Feed, now: datetime) -> Iterator[Condition]:
    if feed.max_age is None:
        return
    moment = article.updated if feed.order is Order.UPDATED else article.published
    oldest = now - feed.max_age
    is_archived = moment < oldest and feed.archive is not None
    yield Condition(
        name="max_age",
        holds=moment >= oldest or is_archived,
        wanted=f"{feed.order.value} at or after {rfc3339(oldest)}" + (", else in the archive" if feed.archive else ""),
        found=rfc3339(moment) + (": in the archive" if is_archived else ""),
    )


def _alike(tags: set[str], wanted: tuple[str, ...]) -> tuple[str, ...]:
    kind = wanted[0].partition(":")[0] + ":"
    return tuple(sorted(tag for tag in tags if tag.startswith(kind)))


def _values(tags: tuple[str, ...]) -> str:
    return ", ".join(tag.partition(":")[2] for tag in tags) or "nothing"
