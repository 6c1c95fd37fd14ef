"""A feed as a subscriber sees it: its own date and links, and its items with ids, links, dates and content.

RSS of all versions, Atom and JSON Feed are read alike, and leniently: what is wrong with the document itself is not
asked here.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from syndicate.formats.atom import names as atom
from syndicate.formats.jsonfeed import names as json_feed
from syndicate.formats.rss import names as rss
from syndicate.formats.rss import rdf
from syndicate.markup.namespaces.small import DC_NS, DCTERMS_NS, SY_NS
from syndicate.markup.places import parse_places
from syndicate.markup.xml import Document, Node

_ABOUT = f"{{{rdf.RDF_NAMESPACE}}}about"
_ITEMS = frozenset({rss.ITEM, "entry"})
_PUBLISHED = (rss.PUB_DATE, "published", "issued", "date", "created")
_UPDATED = ("updated", "modified")
_FEED_DATES = (rss.LAST_BUILD_DATE, "updated", "modified", rss.PUB_DATE, "date")
_DATES = frozenset({*_PUBLISHED, *_UPDATED, json_feed.DATE_PUBLISHED, json_feed.DATE_MODIFIED})
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}
_OURS = frozenset({"", atom.NAMESPACE, DC_NS, DCTERMS_NS, rdf.RSS_1_0, rdf.RSS_0_90, "http://purl.org/atom/ns#"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item. `dates` are as written; `content` is a hash over all of it but ids and dates."""

    id: str | None
    link: str | None
    published: datetime | None
    updated: datetime | None
    dates: tuple[str, ...]
    content: str
    line: int

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return f"the item at line {self.line} ({self.id or self.link or 'without id and link'})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a subscriber takes from one document.

    `kind` is the root's name, rss, RDF or feed, or JSON. `rhythms` are what it says of its updates, in seconds by
    element.
    """

    kind: str
    encoding: str | None
    date: datetime | None
    self_link: str | None
    hubs: frozenset[str]
    rhythms: dict[str, int]
    items: tuple[Item, ...]

    @property
    def newest(self) -> datetime | None:
        """The newest date of an item."""
        return max((date for item in self.items for date in (item.updated, item.published) if date), default=None)


def read(data: bytes) -> Seen | None:
    """What the bytes say of themselves, as a feed; None when they are none."""
    document = parse_places(data)
    try:
        return _seen(document)
    finally:
        document.dismantle()


def _seen(document: Document) -> Seen | None:
    root = document.root
    if document.syntax == "json":
        return _seen_in_json(root)
    if root is None or root.local not in ("rss", "RDF", "feed"):
        return None
    head = next((child for child in root.children if child.local == rss.CHANNEL), root)
    return Seen(
        kind=root.local,
        encoding=document.encoding,
        date=next(filter(None, map(moment, _texts(head, _FEED_DATES))), None),
        self_link=next(_related(head, "self"), None),
        hubs=frozenset(_related(head, "hub")),
        rhythms=dict(_rhythms(head)),
        items=tuple(_item(node) for node in _items(root)),
    )


def _seen_in_json(root: Node | None) -> Seen | None:
    """A JSON Feed has no date of its own, and says nothing of its updates."""
    items = None if root is None else root.find(json_feed.ITEMS)
    if root is None or items is None or json_feed.MARK not in _value(root, json_feed.VERSION):
        return None
    hubs = (_value(hub, json_feed.URL) for one in root.find_all(json_feed.HUBS) for hub in one.children)
    return Seen(
        kind="JSON",
        encoding="utf-8",
        date=None,
        self_link=_value(root, json_feed.FEED_URL) or None,
        hubs=frozenset(filter(None, hubs)),
        rhythms={},
        items=tuple(_item_in_json(node) for node in items.children),
    )


def _item_in_json(node: Node) -> Item:
    published, updated = _value(node, json_feed.DATE_PUBLISHED), _value(node, json_feed.DATE_MODIFIED)
    return Item(
        id=_value(node, json_feed.ID) or None,
        link=_value(node, json_feed.URL) or None,
        published=moment(published),
        updated=moment(updated),
        dates=tuple(filter(None, (published, updated))),
        content=_digest(node),
        line=node.line,
    )


def _value(node: Node, name: str) -> str:
    found = node.find(name)
    return found.text.strip() if found is not None else ""


def moment(text: str) -> datetime | None:
    """The moment that a date of RFC 822 or RFC 3339 means, a day or a time without zone taken for UTC; else None."""
    text = text.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(text)
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _items(root: Node) -> Iterator[Node]:
    for child in root.children:
        if child.local in _ITEMS:
            yield child
        elif child.local == rss.CHANNEL:
            yield from (inner for inner in child.children if inner.local in _ITEMS)


def _item(node: Node) -> Item:
    published, updated = _texts(node, _PUBLISHED), _texts(node, _UPDATED)
    ids = [*_texts(node, (rss.GUID, "id")), (node.get(_ABOUT) or "").strip()]
    return Item(
        id=next(filter(None, ids), None),
        link=next(_links(node), None),
        published=next(filter(None, map(moment, published)), None),
        updated=next(filter(None, map(moment, updated)), None),
        dates=tuple(published + updated),
        content=_digest(node),
        line=node.line,
    )


def _texts(node: Node, names: tuple[str, ...]) -> list[str]:
    """The texts of the children of these names, in the order of the names."""
    found = [(child.local, child.text.strip()) for child in node.children if child.namespace in _OURS]
    return [text for name in names for local, text in found if local == name and text]


def _links(node: Node) -> Iterator[str]:
    """Where the item can be read: RSS has the address as text, Atom in a link that is alternate."""
    for child in node.children:
        if child.local == rss.LINK and (child.get("rel") or "alternate") == "alternate" and child.namespace in _OURS:
            address = (child.get("href") or child.text).strip()
            if address:
                yield address
    guid = node.find(rss.GUID)
    if guid is not None and guid.get(rss.IS_PERMA_LINK) != "false" and re.match(r"https?://", guid.text.strip()):
        yield guid.text.strip()


def _related(head: Node, relation: str) -> Iterator[str]:
    for link in head.find_all(atom.LINK):
        if (link.get("rel") or "").strip().lower() == relation and (address := (link.get("href") or "").strip()):
            yield address


def _rhythms(head: Node) -> Iterator[tuple[str, int]]:
    """RSS counts ttl in minutes; the module syndication divides a period by a frequency."""
    ttl = head.find(rss.TTL)
    if ttl is not None and (minutes := _number(ttl.text)):
        yield rss.TTL, minutes * 60
    period = head.find(f"{{{SY_NS}}}updatePeriod")
    if period is not None and period.text.strip() in _PERIODS:
        frequency = head.find(f"{{{SY_NS}}}updateFrequency")
        times = (_number(frequency.text) if frequency is not None else None) or 1
        yield "sy:updatePeriod", _PERIODS[period.text.strip()] // times


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text := text.strip()) else None


def _digest(item: Node) -> str:
    """A hash over everything in the item but its id and its dates."""
    digest = hashlib.sha256()
    for child in item.children:
        if child.local not in _DATES and child.local not in (rss.GUID, "id"):
            for node in child.iter():
                digest.update(repr((node.name, sorted(node.attributes.items()), node.text)).encode("utf-8", "replace"))
    return digest.hexdigest()
