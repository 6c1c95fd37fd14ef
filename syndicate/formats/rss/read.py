"""RSS 2.0 and its forerunners 0.91 to 0.94 to drafts, as the field writes them. RSS 1.0 and 0.90 are RDF: `rss-1-0`."""

from collections.abc import Iterator
from typing import BinaryIO

from syndicate.errors import InputError
from syndicate.formats.rss import names as n
from syndicate.markup.feed_read_document import in_document
from syndicate.markup.feed_read_items import channel_of, item_draft
from syndicate.markup.feed_read_xml import root_of
from syndicate.markup.xml import Node
from syndicate.model.draft import Draft, Reading, Rejected

# An export of WordPress is RSS with much more in it, and has a reader of its own.
_EXPORT = "http://wordpress.org/export/"


def detect(head: bytes, name: str) -> bool:
    """Whether the root is `rss`, and it is no export of WordPress."""
    root, namespaces = root_of(head)
    return root.rpartition("}")[2] == n.RSS and not any(uri.startswith(_EXPORT) for uri in namespaces)


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The items of the feed, one by one; InputError when it cannot be read to its end, or is no RSS."""
    return in_document(stream, file, lambda root: _items(root, file, reading))


def _items(root: Node, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    own = root.namespace
    channel = next((one for one in root.children if one.local == n.CHANNEL), None)
    if root.local != n.RSS or channel is None:
        raise InputError(file, root.line, f"begins with {root.qname}: an rss element with a channel in it is wanted")
    stated = channel_of(channel, file, reading, own)
    # Some have their items behind the channel, as RSS 1.0 does.
    for holder in (channel, root):
        for item in holder.children:
            if item.local == n.ITEM and item.namespace in ("", own):
                yield item_draft(item, stated)
