"""Articles to a document: fragments rendered once per article, joined within the feed's frame."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.markup import uris
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article
from syndicate.model.feed import Content, Feed, Publisher

FragmentOf = Callable[[str, Article, Content], bytes]


@dataclass(frozen=True)
class Build:
    """One document being built: its articles, their fragments, and the frame around them."""

    format: str
    articles: tuple[Article, ...]
    fragments: tuple[bytes, ...]
    envelope: Envelope
    head: bytes
    tail: bytes

    @cached_property
    def data(self) -> bytes:
        """The bytes of the document."""
        return b"".join((self.head, *self.fragments, self.tail))

    @property
    def guids(self) -> tuple[str, ...]:
        """The articles' guids in the document's order."""
        return tuple(article.guid for article in self.articles)


def build(
    feed: Feed,
    format_name: str,
    articles: Sequence[Article],
    publisher: Publisher,
    base_url: str,
    fragment_of: FragmentOf,
) -> Build:
    """The document of these articles; each begins on a line of its own, so that findings tell them apart."""
    fragments = tuple(fragment_of(format_name, article, feed.content) for article in articles)
    envelope = Envelope(
        feed=feed,
        publisher=publisher,
        self_url=uris.join(base_url, document_path(feed, format_name)),
        updated=date_of(articles, publisher),
        digest=_digest(fragments),
    )
    head, tail = formats.renderer(format_name).frame(envelope)
    head = head if head.endswith(b"\n") else head + b"\n"
    return Build(format_name, tuple(articles), fragments, envelope, head, tail)


def fragments(publisher: Publisher) -> FragmentOf:
    """A function that renders an article's fragment, once per article, version, format and content level."""
    kept: dict[tuple[str, int, str, Content], bytes] = {}

    def fragment_of(format_name: str, article: Article, content: Content) -> bytes:
        key = (article.guid, article.version, format_name, content)
        if key not in kept:
            made = formats.renderer(format_name).fragment(article, publisher, content)
            kept[key] = made if made.endswith(b"\n") else made + b"\n"
        return kept[key]

    return fragment_of


def single(fragment: bytes) -> bytes:
    """The fragment as a document of its own."""
    return DECLARATION + fragment


def document_path(feed: Feed, format_name: str) -> str:
    """Where a feed's document lies in the published tree."""
    return f"{feed.id}/{formats.written_facts(format_name).FILE_NAME}"


def single_path(article: Article, format_name: str) -> str:
    """Where an article's own document lies in the published tree."""
    return f"articles/{uris.file_name(article.guid)}/{formats.written_facts(format_name).FILE_NAME}"


def date_of(articles: Sequence[Article], publisher: Publisher) -> datetime:
    """The date of a document: that of its newest change. An empty one is as old as the publisher's tag authority."""
    return max((article.updated for article in articles), default=publisher.since)


def _digest(fragments: Sequence[bytes]) -> str:
    whole = hashlib.sha256()
    for fragment in fragments:
        whole.update(hashlib.sha256(fragment).digest())
    return whole.hexdigest()
