"""The items of a feed in one poll, and from one poll to the next. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from syndicate.markup.addresses import shown
from syndicate.model.finding import Finding, Place, Rule
from syndicate.validate import poll_rules as r
from syndicate.validate.poll_feed import Item, Seen

_TRACKING = re.compile(
    r"[?&;](?:utm_[a-z]+|fbclid|gclid|dclid|msclkid|yclid|mc_cid|mc_eid|igshid|at_(?:medium|campaign|custom\d)|cmpid|"
    r"ns_(?:source|mchannel|campaign)|wt\.?mc(?:_id)?|xtor|ito|_hsenc|ref_src)=",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"[?&;/](?:jsessionid|phpsessid|aspsessionid[a-z]*|cfid|cftoken|sessionid|session_id|osCsid)=|"
    r"[?&;](?:sid|sess|session)=[0-9a-z]{16,}",
    re.IGNORECASE,
)
# Clocks and time zones of newsrooms are not exact; a feed that is built once a minute is dated within it.
_EARLY = timedelta(minutes=10)
_BUILT = timedelta(seconds=60)


def check(seen: Seen, now: datetime) -> Iterator[Finding]:
    """What is wrong with ids, dates and links of the items of one poll."""
    items = seen.items
    yield from _told(r.ID_MISSING, [item for item in items if item.id is None], items, "without an id")
    counts = Counter(item.id for item in items if item.id)
    twice = [item for item in items if item.id and counts[item.id] > 1]
    yield from _told(r.ID_DUPLICATE, twice, items, "with an id that another has too")
    dateless = [item for item in items if item.published is None and item.updated is None]
    yield from _told(r.ITEM_DATELESS, dateless, items, "without a readable date")
    early = [item for item in items if max(_dates(item), default=now) > now + _EARLY]
    yield from _told(r.ITEM_FUTURE, early, items, "dated in the future")
    if not _is_newest_first(items):
        yield Finding(rule=r.ORDER, message=f"the {len(items)} items are not in the order of their dates")
    for rule, pattern, what in ((r.TRACKING, _TRACKING, "tracking"), (r.SESSION, _SESSION, "a session")):
        marked = [item for item in items if any(pattern.search(text or "") for text in (item.id, item.link))]
        yield from _told(rule, marked, items, f"with {what} in the address")


def compare(before: Seen, after: Seen, moments: tuple[datetime, datetime]) -> Iterator[Finding]:
    """What changed between two polls although no story did; `moments` are when they were made."""
    renamed = _renamed(before, after)
    yield from _told(r.ID_CHANGED, renamed, after.items, "with another id than in the poll before")
    old = {item.id: item for item in before.items if item.id}
    redated = [item for item in after.items if _is_redated(old.get(item.id or ""), item)]
    yield from _told(r.DATE_CHANGED, redated, after.items, "with another date than in the poll before, unchanged else")
    if is_built_now := _is_built_now(before, after, moments):
        yield Finding(rule=r.BUILD_TIME, message=is_built_now)


def are_same(before: Seen, after: Seen) -> bool:
    """Whether both hold the same items, in whatever order."""
    return _facts(before) == _facts(after)


def _facts(seen: Seen) -> list[tuple[str, ...]]:
    return sorted((item.id or "", item.link or "", item.content, *item.dates) for item in seen.items)


def _told(rule: Rule, wrong: Sequence[Item], items: Sequence[Item], what: str) -> Iterator[Finding]:
    """One finding for all of them, at the place of the first."""
    if wrong:
        first = wrong[0]
        address = shown(first.id or first.link or "neither id nor link")
        message = f"{len(wrong)} of {len(items)} items {what}; the first at line {first.line}: {address}"
        yield Finding(rule=rule, message=message, place=Place(line=first.line))


def _dates(item: Item) -> tuple[datetime, ...]:
    return tuple(filter(None, (item.published, item.updated)))


def _is_newest_first(items: Iterable[Item]) -> bool:
    """By the time of publishing or by that of the last change: both are orders that feeds have."""
    published = [item.published or item.updated for item in items]
    updated = [item.updated or item.published for item in items]
    return any(_falls([date for date in dates if date]) for dates in (published, updated))


def _falls(dates: list[datetime]) -> bool:
    return all(first >= second for first, second in pairwise(dates))


def _renamed(before: Seen, after: Seen) -> list[Item]:
    """The items that have the link of before but another id; links that several items share tell nothing."""
    old, new = _by_link(before), _by_link(after)
    return [item for link, item in new.items() if link in old and old[link].id and item.id and old[link].id != item.id]


def _by_link(seen: Seen) -> dict[str, Item]:
    counts = Counter(item.link for item in seen.items)
    return {item.link: item for item in seen.items if item.link and counts[item.link] == 1}


def _is_redated(before: Item | None, after: Item) -> bool:
    return before is not None and before.content == after.content and before.dates != after.dates


def _is_built_now(before: Seen, after: Seen, moments: tuple[datetime, datetime]) -> str:
    """How the date of the feed shows to be that of the request; empty when it does not."""
    if before.date is None or after.date is None:
        return ""
    if before.date != after.date and are_same(before, after):
        return f"the date went from {before.date.isoformat()} to {after.date.isoformat()} with the same items"
    if all(_is_fresh(seen, now) for seen, now in zip((before, after), moments, strict=True)):
        return f"the date is that of the moment ({after.date.isoformat()}), the newest item is older"
    return ""


def _is_fresh(seen: Seen, now: datetime) -> bool:
    if seen.date is None or seen.newest is None:
        return False
    return abs(now - seen.date) <= _BUILT and seen.newest < seen.date - _BUILT
