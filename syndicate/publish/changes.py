"""What a new document changes against the published one, and whether that is plausible. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import lt
from typing import Any

from syndicate.markup.dates import parse_rfc3339
from syndicate.markup.rules import ERROR, WARNING, RuleSet
from syndicate.model.finding import Finding, Place, Rule
from syndicate.publish.manifest import Document

rules = RuleSet("feed")
IDS_CHANGED = rules.state(
    "feed.ids.changed", severity=ERROR, spec="RSS 2.0, guid; RFC 4287 §4.2.6",
    summary="a feed does not change the ids of all its items at once",
    why="Every subscriber would get every story again. Items that are newer than all before are no such change.",
)  # fmt: skip
ITEMS_LOST = rules.state(
    "feed.items.lost", severity=ERROR, spec="none", summary="a feed does not lose half of its items at once",
    why="A mistyped selection or a damaged store looks like that. Articles that were withdrawn, have expired or have "
    "grown too old are no loss.",
)  # fmt: skip
DATE_BACK = rules.state(
    "feed.date.back", severity=ERROR, spec="RFC 4287 §4.2.15", summary="the date of a feed does not go back",
    why="Readers that compare dates would not look at the feed any more until it has caught up.",
)  # fmt: skip
SIZE_JUMP = rules.state(
    "feed.size.jump", severity=ERROR, spec="none", summary="a feed does not grow to many times its size at once",
    why="Many readers refuse documents of some megabytes; such a jump is mostly an accident.",
)  # fmt: skip
OVER_BUDGET = rules.state(
    "feed.bytes.over", severity=WARNING, spec="none", summary="all articles of a feed fit into its byte budget",
    why="Readers who come seldom miss those that `max_bytes` cuts off; with `archive` they are on archive pages.",
)  # fmt: skip

_FEWEST = 2
_JUMP, _LARGE = 10, 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a new document changes by item: guids that come, go, change their place or their content."""

    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    bytes_before: int = 0
    bytes_after: int = 0

    @property
    def items(self) -> tuple[tuple[str, str], ...]:
        """Every item with what happens to it: in, out, moved, changed."""
        kinds = (("in", self.came), ("out", self.gone), ("moved", self.moved), ("changed", self.changed))
        return tuple((kind, guid) for kind, guids in kinds for guid in guids)


Entry = dict[str, Any]


def compare(entry: Entry | None, document: Document | None) -> Changes:
    """The changes between the manifest's entry of the published document and the new one; either may be missing."""
    before = {} if entry is None else dict(zip(entry["guids"], entry.get("fragments", ()), strict=False))
    order = [] if entry is None else list(entry["guids"])
    after = {} if document is None else dict(zip(document.guids, document.fragments, strict=True))
    places = {guid: number for number, guid in enumerate(order)}
    common = [guid for guid in after if guid in places]
    stayed = _longest_rising([places[guid] for guid in common])
    kept = {order[index] for index in stayed}
    return Changes(
        came=tuple(guid for guid in after if guid not in places),
        gone=tuple(guid for guid in order if guid not in after),
        moved=tuple(guid for guid in common if guid not in kept),
        changed=tuple(guid for guid in common if before.get(guid, "") != after[guid][:16]),
        bytes_before=0 if entry is None else entry["bytes"],
        bytes_after=0 if document is None else document.size,
    )


def doubts(entry: Entry, document: Document | None, explained: int, are_newer: bool) -> Iterator[Finding]:
    """Why the new document (None: there would be none) should not take the place of the published one unasked.

    `explained` is how many of the articles gone were withdrawn, have expired or are too old; `are_newer` says that
    everything that came is newer than everything before.
    """
    changes = compare(entry, document)
    before, after = len(entry["guids"]), len(document.guids) if document else 0
    missing = before - after - explained
    if missing >= _FEWEST and 2 * missing >= before:
        yield _finding(
            ITEMS_LOST, f"{before} items become {after}; {explained} of those gone were withdrawn or too old"
        )
    is_churn = before >= _FEWEST and len(changes.gone) == before and after > 0
    if is_churn and before > explained and not are_newer:
        yield _finding(IDS_CHANGED, f"none of the {before} ids of the published feed is in the new one")
    if document is None:
        return
    was = parse_rfc3339(entry["updated"])
    gone_by_order = bool(changes.gone) and after >= before
    if document.updated.replace(microsecond=0) < was and after and not explained and not gone_by_order:
        yield _finding(DATE_BACK, f"the date goes back from {entry['updated']} to {document.updated.isoformat()}")
    if document.size > max(_LARGE, _JUMP * entry["bytes"]):
        yield _finding(SIZE_JUMP, f"{entry['bytes']} bytes become {document.size}")


def is_suspicious(entry: Entry, document: Document | None) -> bool:
    """Whether `doubts` could have anything to say: a quick look before the store is asked about the articles gone."""
    if document is None:
        return True
    before = set(entry["guids"])
    few = len(before) - len(document.guids) >= _FEWEST
    churn = len(before) >= _FEWEST and before.isdisjoint(document.guids)
    back = document.updated.replace(microsecond=0) < parse_rfc3339(entry["updated"])
    return few or churn or back or document.size > _LARGE


def _finding(rule: Rule, message: str) -> Finding:
    return Finding(rule=rule, message=f"{message}; export it with --accept REASON if that is meant", place=Place())


def _longest_rising(places: Sequence[int]) -> list[int]:
    """A longest rising run of these numbers: the items that need not be said to have moved."""
    if all(map(lt, places, islice(places, 1, None))):
        return list(places)
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(place)
            last.append(index)
        else:
            ends[at], last[at] = place, index
    found, index = [], last[-1] if last else -1
    while index >= 0:
        found.append(places[index])
        index = before[index]
    return found[::-1]
