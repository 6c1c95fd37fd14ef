"""Rules about the links of a feed or entry taken together (RFC 4287 §4.2.7, RFC 5005)."""

from collections.abc import Iterator

from syndicate.formats.atom import names as n
from syndicate.formats.atom.value_rules import SPEC
from syndicate.markup.rules import ERROR, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.value_addresses import scheme_of
from syndicate.markup.xml import XML_NAMESPACE, Node

rules = RuleSet("atom")

_SHORT = frozenset({"alternate", "enclosure", "related", "self", "via"})
_PAGING = frozenset({"first", "last", "next", "previous", "prev-archive", "next-archive", "current"})
_FEED_TYPES = frozenset({"application/atom+xml", "application/xml", "text/xml"})
_HISTORY = "http://purl.org/syndication/history/1.0"
_COMPLETE = f"{{{_HISTORY}}}complete"
_ARCHIVE = f"{{{_HISTORY}}}archive"
_BASE = f"{{{XML_NAMESPACE}}}base"


def relation(link: Node) -> str:
    """The relation of a link, in its short form."""
    stated = link.attributes.get("rel")
    if stated in _SHORT:
        return stated
    return (stated or "alternate").strip().removeprefix("http://www.iana.org/assignments/relation/")


def of(node: Node, *relations: str) -> list[Node]:
    """The links of the feed or entry with one of the relations."""
    return [link for link in node.find_all(n.LINK) if relation(link) in relations]


@rules.rule("atom.self.missing", on=(n.FEED,), severity=WARNING, spec=f"{SPEC} §4.1.1",
            summary="a feed has a link with rel=\"self\"", reference="MissingSelf")  # fmt: skip
def self_missing(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers that got the feed as a file or by a redirect cannot find the address to subscribe to."""
    if not of(feed, "self"):
        yield at(feed, 'the feed has no <link rel="self" href="...">: add the address of the feed', element="link")


@rules.rule("atom.self.relative", on=(n.FEED,), severity=WARNING, spec=f"{SPEC} §4.1.1",
            summary="the self link is a full address", reference="RelativeSelf")  # fmt: skip
def self_relative(feed: Node, run: Run) -> Iterator[Fault]:
    """A copy of the feed has another base, and then points to itself."""
    for link in of(feed, "self"):
        href = link.get("href")
        if href and scheme_of(href.strip()) is None and not (link.inherited(_BASE) or "").startswith("http"):
            yield at(link, f"the self link {href!r} is relative: write the full address", attribute="href")


@rules.rule("atom.self.type", on=(n.FEED, n.ENTRY), severity=WARNING, spec=f"{SPEC} §4.1.1",
            summary="the self link has the media type of a feed", reference="SelfNotAtom")  # fmt: skip
def self_type(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers take it for a web page."""
    for link in of(feed, "self"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if kind and kind not in _FEED_TYPES:
            yield at(link, f"the self link says {kind}: write application/atom+xml", attribute="type")


@rules.rule("atom.link.duplicate-alternate", on=(n.FEED, n.ENTRY, n.SOURCE), severity=ERROR,
            spec=f"{SPEC} §4.1.1, §4.1.2",
            summary="alternate links differ in media type or language", reference="DuplicateAtomLink")  # fmt: skip
def duplicate_alternate(node: Node, run: Run) -> Iterator[Fault]:
    """Readers cannot know which of them to open."""
    seen: set[tuple[str, str]] = set()
    for link in of(node, "alternate"):
        key = ((link.get("type") or "").lower(), (link.get("hreflang") or "").lower())
        if key in seen:
            yield at(link, "there is another alternate link of the same type and language")
        seen.add(key)


@rules.rule("atom.link.paging-in-entry", on=(n.ENTRY,), severity=WARNING, spec="RFC 5005 §3, §4",
            summary="paging links stand in the feed, not in an entry", reference="FeedHistoryRelInEntry")  # fmt: skip
def paging_in_entry(entry: Node, run: Run) -> Iterator[Fault]:
    """Readers that fetch earlier pages look at the feed only."""
    for link in of(entry, *_PAGING):
        yield at(link, f"the link {relation(link)!r} is about pages of a feed", attribute="rel")


@rules.rule("atom.link.paging-in-complete", on=(n.FEED,), severity=ERROR, spec="RFC 5005 §2",
            summary="a complete feed has no paging links", reference="FeedRelInCompleteFeed")  # fmt: skip
def paging_in_complete(feed: Node, run: Run) -> Iterator[Fault]:
    """A feed that says it is complete has no other pages."""
    if feed.find(_COMPLETE) is not None:
        for link in of(feed, *(_PAGING - {"current"})):
            yield at(link, f"the feed is complete, but has the link {relation(link)!r}", attribute="rel")


@rules.rule("atom.link.current-in-complete", on=(n.FEED,), severity=ERROR, spec="RFC 5005 §2",
            summary="the current link of a complete feed is its self link",
            reference="CurrentNotSelfInCompleteFeed")  # fmt: skip
def current_in_complete(feed: Node, run: Run) -> Iterator[Fault]:
    """A complete feed is its own current version."""
    if feed.find(_COMPLETE) is not None:
        own = {link.get("href") for link in of(feed, "self")}
        for link in of(feed, "current"):
            if own and link.get("href") not in own:
                yield at(link, "the feed is complete, but its current link is another document", attribute="href")


@rules.rule("atom.link.past-end", on=(n.FEED,), severity=ERROR, spec="RFC 5005 §3",
            summary="the first page has no previous one, the last page no next one",
            reference="LinkPastEnd")  # fmt: skip
def past_end(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers that follow the links never come to an end."""
    own = {link.get("href") for link in of(feed, "self")}
    for end, beyond in (("last", "next"), ("first", "previous")):
        if own and any(link.get("href") in own for link in of(feed, end)):
            for link in of(feed, beyond):
                yield at(link, f"this is the {end} page, but it has the link {beyond!r}", attribute="rel")


@rules.rule("atom.archive.no-links", on=(n.FEED,), severity=WARNING, spec="RFC 5005 §4",
            summary="an archive document links to other archive documents", reference="ArchiveIncomplete")  # fmt: skip
def archive_incomplete(feed: Node, run: Run) -> Iterator[Fault]:
    """Readers cannot go on from here."""
    is_part = feed.find(_ARCHIVE) is not None and feed.find(_COMPLETE) is None
    if is_part and not of(feed, "prev-archive", "next-archive"):
        yield at(feed, "the archive document has no prev-archive or next-archive link", element="link")


@rules.rule("atom.archive.no-current", on=(n.FEED,), severity=WARNING, spec="RFC 5005 §4",
            summary="an archive document links to the current feed", reference="MissingCurrentInArchive")  # fmt: skip
def archive_without_current(feed: Node, run: Run) -> Iterator[Fault]:
    """Who finds the archive cannot find the living feed."""
    is_part = feed.find(_ARCHIVE) is not None and feed.find(_COMPLETE) is None
    if is_part and not of(feed, "current"):
        yield at(feed, "the archive document has no link to the current feed", element="link")
