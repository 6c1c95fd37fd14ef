"""Fragments to a document: joined within the feed's frame."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain, islice, repeat
from typing import Protocol

import orjson

from syndicate.feeds.fragments import Rendered
from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.markup import gzip_parts, uris
from syndicate.markup.dates import rfc3339
from syndicate.markup.entry import History
from syndicate.model.article import Status
from syndicate.model.content import Content
from syndicate.model.feed import Feed, Publisher
from syndicate.profiles import channel
from syndicate.store.selection import Chosen

LIST_TYPE = "application/json"
# About how much of a document is handed on in one go.
_GO = 256 * 1024


class Bodies(Protocol):
    """Where the bytes of fragments come from; `Fragments` is one."""

    def data_of(self, wanted: Sequence[Rendered]) -> Iterator[bytes]:
        """The bytes of these fragments, in order."""
        ...

    def deflated_of(self, wanted: Sequence[Rendered]) -> Iterator[bytes]:
        """The deflated bytes of these fragments, in order."""
        ...


@dataclass(frozen=True)
class Build:
    """One document being built: its articles, what is known of their fragments, and the frame around them.

    `singles` are the fragments that become documents of their own, one for each article, where they do; `around` is
    what each of those has around its article.
    """

    format: str
    articles: tuple[Chosen, ...]
    fragments: tuple[Rendered, ...]
    envelope: Envelope
    head: bytes
    tail: bytes
    bodies: Bodies
    separator: bytes = b""
    singles: tuple[Rendered, ...] = ()
    around: bytes = b""

    @property
    def size(self) -> int:
        """The size of the document in bytes."""
        between = len(self.separator) * max(0, len(self.fragments) - 1)
        return len(self.head) + sum(one.size for one in self.fragments) + between + len(self.tail)

    @cached_property
    def parts(self) -> str:
        """A hash (hex) of the hashes of all parts: documents with the same one have the same bytes."""
        whole = hashlib.sha256(b"%d %d " % (len(self.head), len(self.tail)))
        hashes = "".join([one.sha256 for one in self.fragments or self.singles])
        whole.update(self.separator + self.head + self.tail + hashes.encode() + self.around)
        return whole.hexdigest()

    def mark_of(self, single: Rendered) -> str:
        """A hash (hex) that changes with the document of that article alone."""
        if not self.around:
            return single.sha256
        return hashlib.sha256(self.around + single.sha256.encode()).hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the document, part by part; which parts depends on the fragments' sizes alone."""
        pending, size = [self.head], len(self.head)
        for body in self._separated(self.bodies.data_of(self.fragments), self.separator):
            pending.append(body)
            size += len(body)
            if size >= _GO:
                yield b"".join(pending)
                pending, size = [], 0
        pending.append(self.tail)
        yield b"".join(pending)

    def pack(self, crc: int, size: int) -> Iterator[bytes]:
        """The document, of that CRC-32 and size, as a gzip file from fragments that are deflated already."""
        pieces = self._separated(self.bodies.deflated_of(self.fragments), gzip_parts.piece(self.separator))
        return gzip_parts.join(self.head, pieces, self.tail, crc, size)

    def _separated(self, bodies: Iterator[bytes], separator: bytes) -> Iterator[bytes]:
        """The fragments, with what stands between two of them."""
        if not self.separator:
            return bodies
        return islice(chain.from_iterable(zip(repeat(separator), bodies)), 1, None)

    @property
    def guids(self) -> tuple[str, ...]:
        """The articles' guids in the document's order."""
        return tuple(article.guid for article in self.articles)


def build(
    feed: Feed,
    format_name: str,
    articles: Sequence[Chosen],
    fragments: Sequence[Rendered],
    bodies: Bodies,
    publisher: Publisher,
    base_url: str,
    hubs: tuple[str, ...] = (),
    *,
    history: History | None = None,
    path: str | None = None,
) -> Build:
    """The document of these articles; each begins on a line of its own, so that findings tell them apart.

    In a format whose documents hold one article each, it is the list of their files. `history` is its place in the
    feed's archive, `path` where it lies if it is no document that readers subscribe to.
    """
    say = formats.listed(format_name)
    envelope = Envelope(
        feed=feed,
        publisher=publisher,
        self_url=uris.join(base_url, path or document_path(feed, format_name)),
        updated=date_of(articles, publisher),
        digest=_digest(fragments),
        hubs=hubs,
        listed=() if say is None else tuple(map(say, bodies.data_of(fragments))),
        has_withdrawals=any(article.status is not Status.USABLE for article in articles),
        history=history,
    )
    if formats.each(format_name) is not None:
        head, around = listing(format_name, envelope, articles), b"".join(frame(format_name, envelope))
        made = (format_name, tuple(articles), (), envelope, head, b"", bodies)
        return Build(*made, singles=tuple(fragments), around=around)
    head, tail = frame(format_name, envelope)
    separator = formats.separator(format_name)
    singles = tuple(fragments) if _is_alone(format_name, feed) else ()
    return Build(format_name, tuple(articles), tuple(fragments), envelope, head, tail, bodies, separator, singles)


def _is_alone(format_name: str, feed: Feed) -> bool:
    """Whether the feed's articles are documents of their own too, which all feeds share: whole, and for everybody."""
    is_for_all = feed.content is Content.FULL and feed.profile is None and not feed.is_hidden
    return is_for_all and formats.written_facts(format_name).STANDALONE


def frame(format_name: str, envelope: Envelope) -> tuple[bytes, bytes]:
    """What stands before and after the articles; what stands before ends with a line break."""
    profile = envelope.feed.profile
    if profile is not None and format_name == profile.format:
        return channel.frame(profile, envelope)
    head, tail = formats.renderer(format_name).frame(envelope)
    return (head if not head or head.endswith(b"\n") else head + b"\n"), tail


def listing(format_name: str, envelope: Envelope, articles: Sequence[Chosen]) -> bytes:
    """The list of the feed's files, one for each article, in JSON: what a partner asks for to know what has changed."""
    feed = envelope.feed
    folder = document_path(feed, format_name).rpartition("/")[0]
    items = [
        {
            "guid": one.guid,
            "version": one.version,
            "status": one.status.value,
            "published": rfc3339(one.published),
            "updated": rfc3339(one.updated),
            "file": single_path(feed, one.guid, format_name).removeprefix(f"{folder}/"),
        }
        for one in articles
    ]
    values = {
        "feed": feed.id,
        "format": format_name,
        "title": feed.title,
        "media_type": formats.written_facts(format_name).MEDIA_TYPE,
        "updated": rfc3339(envelope.updated),
        "items": items,
    }
    return orjson.dumps(values, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def single(format_name: str, fragment: bytes, envelope: Envelope) -> bytes:
    """The fragment as a document of its own."""
    if formats.each(format_name) is None:
        return formats.alone(format_name)(fragment)
    head, tail = frame(format_name, envelope)
    return head + fragment + tail


def document_path(feed: Feed, format_name: str) -> str:
    """Where a feed's document lies in the published tree."""
    return f"{feed.id}/{formats.written_facts(format_name).FILE_NAME}"


def single_path(feed: Feed, guid: str, format_name: str) -> str:
    """Where an article's own document lies in the published tree: of what is made for one feed, in its folder."""
    if end := formats.each(format_name):
        folder = document_path(feed, format_name).rpartition("/")[0]
        return f"{folder}/{uris.file_name(guid)}{end}"
    return f"articles/{uris.file_name(guid)}/{formats.written_facts(format_name).FILE_NAME}"


def date_of(articles: Sequence[Chosen], publisher: Publisher) -> datetime:
    """The date of a document: that of its newest change. An empty one is as old as the publisher's tag authority."""
    return max((article.updated for article in articles), default=publisher.since)


def _digest(fragments: Sequence[Rendered]) -> str:
    return hashlib.sha256("".join([fragment.sha256 for fragment in fragments]).encode()).hexdigest()
