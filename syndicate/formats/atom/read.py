"""Atom 1.0 (RFC 4287), its forerunner 0.3 and tombstones (RFC 6721) to drafts, as the field writes them."""

from collections.abc import Iterator
from typing import BinaryIO

from syndicate.errors import InputError
from syndicate.formats.atom import names as n
from syndicate.formats.atom.read_entry import ATOM_0_3, Feed, entry_draft, feed_of
from syndicate.formats.atom.read_tombstone import DELETED, buried, tombstone_draft
from syndicate.markup.feed_read_document import in_document
from syndicate.markup.feed_read_xml import root_of
from syndicate.markup.xml import Node
from syndicate.model.draft import Draft, Reading, Rejected

_ROOTS = frozenset({n.FEED, n.ENTRY, f"{{{ATOM_0_3}}}feed", f"{{{ATOM_0_3}}}entry", DELETED})


def detect(head: bytes, name: str) -> bool:
    """Whether the root is a feed or an entry of Atom."""
    return root_of(head)[0] in _ROOTS


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The entries of the feed, one by one; InputError when it cannot be read to its end, or is no Atom."""
    return in_document(stream, file, lambda root: _entries(root, file, reading))


def _entries(root: Node, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    if root.name not in _ROOTS:
        raise InputError(file, root.line, f"begins with {root.qname}: a feed or an entry of Atom is wanted")
    if root.name == DELETED:
        yield tombstone_draft(root, Feed(file=file, reading=reading, own=n.NAMESPACE))
    elif root.local == "entry":
        yield entry_draft(root, Feed(file=file, reading=reading, own=root.namespace))
    else:
        yield from _feed(root, feed_of(root, file, reading))


def _feed(root: Node, feed: Feed) -> Iterator[Draft | Rejected]:
    """The entries, withdrawn where a tombstone says so; then the other tombstones."""
    stones = {(node.get("ref") or "").strip(): node for node in root.find_all(DELETED)}
    for node in root.find_all(feed.name("entry")):
        entry = entry_draft(node, feed)
        guid = entry.article.guid if isinstance(entry, Draft) else entry.guid
        stone = stones.pop(guid, None) if guid else None
        yield entry if stone is None else buried(entry, tombstone_draft(stone, feed))
    for stone in stones.values():
        yield tombstone_draft(stone, feed)
