"""RSS 1.0 and 0.90, which are RDF, to drafts: the items stand beside the channel."""

from collections.abc import Iterator
from typing import BinaryIO

from syndicate.errors import InputError
from syndicate.formats.rss_1_0 import names as n
from syndicate.markup.feed_read_document import in_document
from syndicate.markup.feed_read_items import Channel, channel_of, item_draft
from syndicate.markup.feed_read_xml import root_of
from syndicate.markup.xml import Node
from syndicate.model.draft import Draft, Reading, Rejected

_NAMESPACES = frozenset({n.RSS, n.RSS_0_90})


def detect(head: bytes, name: str) -> bool:
    """Whether the root is that of RDF, and RSS 1.0 or 0.90 is declared in it."""
    root, namespaces = root_of(head)
    return root == n.ROOT and not _NAMESPACES.isdisjoint(namespaces)


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The items of the feed, one by one; InputError when it cannot be read to its end, or is no RSS."""
    return in_document(stream, file, lambda root: _items(root, file, reading))


def _items(root: Node, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    channel = next((one for one in root.children if one.local == n.CHANNEL and _is_rss(one)), None)
    if root.name != n.ROOT or channel is None:
        raise InputError(file, root.line, f"begins with {root.qname}: rdf:RDF with a channel of RSS in it is wanted")
    stated: Channel = channel_of(channel, file, reading, channel.namespace)
    for holder in (root, channel):
        for item in holder.children:
            if item.local == n.ITEM and _is_rss(item):
                yield item_draft(item, stated)


def _is_rss(node: Node) -> bool:
    """Some forget the namespace."""
    return node.namespace in _NAMESPACES or not node.namespace
