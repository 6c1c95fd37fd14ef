"""Fragments to a document: joined within the feed's frame."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from syndicate.feeds.fragments import Rendered
from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.markup import uris
from syndicate.markup.gzip_parts import join
from syndicate.markup.xml import DECLARATION
from syndicate.model.feed import Feed, Publisher
from syndicate.store.articles import Chosen


@dataclass(frozen=True)
class Build:
    """One document being built: its articles, their fragments, and the frame around them."""

    format: str
    articles: tuple[Chosen, ...]
    fragments: tuple[Rendered, ...]
    envelope: Envelope
    head: bytes
    tail: bytes

    @cached_property
    def data(self) -> bytes:
        """The bytes of the document."""
        return b"".join((self.head, *(one.data for one in self.fragments), self.tail))

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()

    def pack(self) -> bytes:
        """The document as a gzip file, from fragments that are deflated already."""
        return join(self.head, (one.deflated for one in self.fragments), self.tail, self.data)

    @property
    def guids(self) -> tuple[str, ...]:
        """The articles' guids in the document's order."""
        return tuple(article.guid for article in self.articles)


def build(
    feed: Feed,
    format_name: str,
    articles: Sequence[Chosen],
    fragments: Sequence[Rendered],
    publisher: Publisher,
    base_url: str,
) -> Build:
    """The document of these articles; each begins on a line of its own, so that findings tell them apart."""
    envelope = Envelope(
        feed=feed,
        publisher=publisher,
        self_url=uris.join(base_url, document_path(feed, format_name)),
        updated=date_of(articles, publisher),
        digest=_digest(fragments),
    )
    return Build(format_name, tuple(articles), tuple(fragments), envelope, *frame(format_name, envelope))


def frame(format_name: str, envelope: Envelope) -> tuple[bytes, bytes]:
    """What stands before and after the articles; what stands before ends with a line break."""
    head, tail = formats.renderer(format_name).frame(envelope)
    return (head if head.endswith(b"\n") else head + b"\n"), tail


def single(fragment: bytes) -> bytes:
    """The fragment as a document of its own."""
    return DECLARATION + fragment


def document_path(feed: Feed, format_name: str) -> str:
    """Where a feed's document lies in the published tree."""
    return f"{feed.id}/{formats.written_facts(format_name).FILE_NAME}"


def single_path(guid: str, format_name: str) -> str:
    """Where an article's own document lies in the published tree."""
    return f"articles/{uris.file_name(guid)}/{formats.written_facts(format_name).FILE_NAME}"


def date_of(articles: Sequence[Chosen], publisher: Publisher) -> datetime:
    """The date of a document: that of its newest change. An empty one is as old as the publisher's tag authority."""
    return max((article.updated for article in articles), default=publisher.since)


def _digest(fragments: Sequence[Rendered]) -> str:
    return hashlib.sha256("".join(fragment.sha256 for fragment in fragments).encode()).hexdigest()
