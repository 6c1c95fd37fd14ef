"""Why an article is, or is not, in a feed: every condition, the limit, and what the gate said last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from syndicate.errors import UnknownName
from syndicate.feeds.select import Condition, conditions, query_of, withdrawn_from
from syndicate.formats import base as formats
from syndicate.markup.dates import rfc3339
from syndicate.model.article import Article, Status
from syndicate.model.feed import Feed
from syndicate.model.visibility import takes_over
from syndicate.profiles.shape import shape
from syndicate.store import articles, outputs, selection
from syndicate.store.engine import Store
from syndicate.store.outputs import Output
from syndicate.store.selection import Chosen
from syndicate.store.withdrawals import Withdrawn, withdrawn_since

# The rule that an export tells of what the byte budget cuts off.
_OVER_BUDGET = "feed.bytes.over"
_UNITS = ((86400, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The revision that stands for the article, the conditions with their outcomes, and the answer."""

    article: Article
    feed: str
    conditions: tuple[Condition, ...]
    formats: int

    @property
    def is_in(self) -> bool:
        """Whether the article is in the feed: every condition holds, and it has a place in one of the formats."""
        asked = [one for one in self.conditions if not one.name.startswith("format.")]
        without = len(self.conditions) - len(asked)
        has_place = without < self.formats or any(
            one.holds for one in self.conditions if one.name.startswith("format.")
        )
        return all(one.holds for one in asked) and has_place


def explain(store: Store, guid: str, feed: Feed, now: datetime) -> Explanation:
    """The explanation at `now`; UnknownName when there is no such article.

    Limit and gate are looked at only when all conditions hold, as an export does. Of a withdrawn article the
    last condition is whether the feed tells of that.
    """
    with store.read() as connection:
        history = articles.history(connection, guid)
        revisions = [one.article for one in history if one.is_listed or one.article.status is not Status.USABLE]
        if not revisions:
            raise UnknownName("article", guid, articles.guids_like(connection, guid))
        chosen = selection.choose(connection, query_of(feed, now), feed.audience, now)
        states = [one for one in outputs.all_of(connection) if one.feed == feed.id]
        withdrawn = withdrawn_from(feed, withdrawn_since(connection, now - feed.withdrawn), now)
    article = next((one for one in reversed(revisions) if takes_over(one, now, feed.audience)), revisions[-1])
    found = list(conditions(article, feed, now))
    if all(one.holds for one in found):
        found.append(_limit(article, feed, chosen))
        found.extend(_places(article, feed))
    if all(one.holds or one.name.startswith("format.") for one in found):
        found.extend(_gate(article, state) for state in states if state.format in feed.formats)
        found.extend(one for state in states if (one := _budget(article, feed, chosen, state)))
    if article.status is not Status.USABLE:
        found.append(_told(article, feed, next((one for one in withdrawn if one.chosen.guid == guid), None)))
    return Explanation(article=article, feed=feed.id, conditions=tuple(found), formats=len(feed.formats))


def _places(article: Article, feed: Feed) -> Iterator[Condition]:
    """Whether the article, as it goes out, has a place in those of the feed's formats that leave some out."""
    sent = article if feed.profile is None else shape(article, feed.profile).article
    for name in feed.formats:
        omits = formats.omits(name)
        why = None if omits is None else omits(sent)
        if omits is not None:
            yield Condition(
                name=f"format.{name}", holds=why is None, wanted="a place in that format", found=why or "it has one"
            )


def _told(article: Article, feed: Feed, withdrawn: Withdrawn | None) -> Condition:
    """Whether the feed says, in formats that can, that the article was withdrawn, and until when."""
    is_told = withdrawn is not None and any(map(formats.tells_withdrawals, feed.formats))
    until = None if withdrawn is None else rfc3339(withdrawn.accepted + feed.withdrawn)
    return Condition(
        name="withdrawal told",
        holds=is_told,
        wanted=f"the feed takes what it was, and it was withdrawn less than {_span(feed.withdrawn)} ago",
        found=f"{article.status.value} until {until}" if is_told else "nothing is said of it",
    )


def _span(age: timedelta) -> str:
    """The age in the largest unit that it is whole in."""
    seconds = int(age.total_seconds())
    return next(f"{seconds // one} {unit}" for one, unit in _UNITS if seconds % one == 0)


def _limit(article: Article, feed: Feed, chosen: Sequence[Chosen]) -> Condition:
    place = _place(article.guid, chosen)
    filled = f"{len(chosen)} newer articles fill the feed"
    return Condition(
        name="limit",
        holds=place is not None or feed.archive is not None,
        wanted=f"among the newest {feed.limit} by time {feed.order.value}"
        + (", else in the archive" if feed.archive else ""),
        found=f"place {place}" if place else f"{filled}: in the archive" if feed.archive else filled,
    )


def _place(guid: object, chosen: Sequence[Chosen]) -> int | None:
    return next((number for number, one in enumerate(chosen, 1) if one.guid == guid), None)


def _budget(article: Article, feed: Feed, chosen: Sequence[Chosen], state: Output) -> Condition | None:
    """That the article did not fit into the document at the last export, if it is on no archive page; else None."""
    first = next((one.get("guid") for one in state.findings if one["code"] == _OVER_BUDGET), None)
    place, end = _place(article.guid, chosen), _place(first, chosen)
    if place is None or end is None or place < end:
        return None
    return Condition(
        name=f"max_bytes.{state.format}",
        holds=False,
        wanted=f"among the newest that fit into {feed.max_bytes} bytes",
        found=f"over the byte budget, as all from place {end} on",
    )


def _gate(article: Article, state: Output) -> Condition:
    held = f"document held since {rfc3339(state.held_since)}" if state.held_since else None
    left_out = "left out for errors of its own" if article.guid in state.left_out else None
    found = [one for one in state.findings if left_out is None or one.get("guid") == article.guid]
    problems = ", ".join(sorted({str(one["code"]) for one in found if one["severity"] == "error"}))
    return Condition(
        name=f"gate.{state.format}",
        holds=left_out is None and held is None,
        wanted="no error at the last export",
        found=f"{left_out or held}: {problems}" if left_out or held else f"passed at {rfc3339(state.checked_at)}",
    )
