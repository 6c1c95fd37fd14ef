"""Which articles stand on a feed's archive pages (RFC 5005, 4), and which fit into its current document. Pure."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from syndicate.feeds.select import query_of
from syndicate.model.feed import Feed
from syndicate.store.selection import Chosen, Query

# More articles than any store has.
_ALL = 2**31 - 1


def whole_of(feed: Feed, now: datetime) -> Query:
    """The store query that gives everything that the feed takes, however old and however much."""
    return replace(query_of(feed, now), oldest=None, limit=_ALL)


def pages_of(whole: Sequence[Chosen], held: Collection[str], size: int) -> tuple[tuple[Chosen, ...], ...]:
    """The pages, the oldest first: what the current document, of the guids `held`, does not hold, and what is older.

    They go by the time of publication, which never changes, and by guid: so an article stays on its page when it is
    corrected, and a new one leaves all pages but the last alone. What the current document holds of the newest is on
    no page yet; what it holds of older ones, since they were corrected, is on both.
    """
    ordered = sorted(whole, key=lambda one: (one.published, one.guid))
    end = next((number for number in range(len(ordered), 0, -1) if ordered[number - 1].guid not in held), 0)
    return tuple(tuple(ordered[start : min(start + size, end)]) for start in range(0, end, size))


def page_path(document: str, digest: str) -> str:
    """Where a page of that hash (hex) lies in the published tree, beside the feed's document."""
    path = PurePosixPath(document)
    return (path.parent / "archive" / f"{path.stem}-{digest[:16]}{path.suffix}").as_posix()


def fitting(sizes: Sequence[int], most: int, size_with: Callable[[int], int]) -> int:
    """How many of the first articles, of these sizes, fit into a document of so many bytes: one at the least.

    `size_with` tells the size of the whole document with so many of them; it is asked only when they might not all fit.
    """
    total, count = 0, 0
    for size in sizes:
        total += size
        if total > most:
            break
        count += 1
    if count and size_with(count) <= most:
        return count
    return max(1, bisect_right(range(1, count), most, key=size_with))
