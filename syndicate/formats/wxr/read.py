"""Exports of WordPress (WXR 1.0 to 1.2) to drafts: the posts; pages and the like are refused with the reason."""

from collections.abc import Iterator
from typing import BinaryIO

from syndicate.errors import InputError
from syndicate.formats.wxr import names as n
from syndicate.formats.wxr.read_post import post_draft
from syndicate.formats.wxr.site import Site, site_of, wp
from syndicate.markup.feed_read_document import in_document
from syndicate.markup.feed_read_xml import root_of
from syndicate.markup.xml import Node
from syndicate.model.draft import Draft, Reading, Rejected


def detect(head: bytes, name: str) -> bool:
    """Whether the root is `rss` and declares a namespace of such exports."""
    root, namespaces = root_of(head)
    return root == n.RSS and any(uri.startswith(n.EXPORT) for uri in namespaces)


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The posts, one by one, and last what was attached to none of them; InputError when it is no such export."""
    return in_document(stream, file, lambda root: _items(root, file, reading))


def _items(root: Node, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    channel = root.find(n.CHANNEL)
    if root.name != n.RSS or channel is None:
        raise InputError(file, root.line, f"begins with {root.qname}: an export of WordPress is wanted")
    items = channel.find_all(n.ITEM)
    site = site_of(channel, items, file, reading)
    for item in items:
        kind = wp(item, "post_type") or n.POST
        if kind == n.POST:
            yield post_draft(item, site)
        elif kind != n.ATTACHMENT:
            yield _refused(item, site, f"is of the kind {kind[:40]!r}: only posts are read")
    for attached in site.attachments.values():
        if attached.post_id not in site.used:
            yield _refused(attached.item, site, "is attached, but no post that was read shows it")


def _refused(item: Node, site: Site, reason: str) -> Rejected:
    return Rejected(file=site.file, line=item.line, reason=reason)
