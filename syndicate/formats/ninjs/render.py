"""Articles as ninjs: whole items, and the feed as one composite item that they are associated with."""

from collections.abc import Callable
from dataclasses import dataclass

import orjson

from syndicate.formats.base import Envelope, Renderer
from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.item import Item, filled, item_of, page, provider
from syndicate.formats.ninjs.older import to_1, to_2
from syndicate.markup.dates import rfc3339
from syndicate.markup.escape import sound
from syndicate.markup.uris import file_name
from syndicate.markup.xml import clean
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "1"


@dataclass(slots=True)
class _Version:
    """The renderer of one version; `spelled` makes its items of those of 3.1."""

    version: str
    spelled: Callable[[Item], Item]
    RENDERER_VERSION: str = RENDERER_VERSION

    @property
    def by_key(self) -> bool:
        """Whether associations are an object, each under a key of its own, instead of a list."""
        return self.version.startswith("1.")

    def fragment(self, article: Article, publisher: Publisher, content: Content) -> bytes:
        """The article as an association of the feed, on one line."""
        item = self.spelled(item_of(article, publisher, content))
        if self.by_key:
            return b'"%s": %s\n' % (_key(article.guid).encode(), orjson.dumps(item))
        return orjson.dumps({n.NAME: item[n.URI], **item}, option=orjson.OPT_APPEND_NEWLINE)

    def frame(self, envelope: Envelope) -> tuple[bytes, bytes]:
        """The feed as a composite item around its articles."""
        head = orjson.dumps({**self._standard(), **self.spelled(_feed(envelope))}, option=orjson.OPT_INDENT_2)
        opening, closing = ("{", "}") if self.by_key else ("[", "]")
        return head[:-2] + f',\n  "{n.ASSOCIATIONS}": {opening}\n'.encode(), f"{closing}}}\n".encode()

    def alone(self, fragment: bytes) -> bytes:
        """The article's item as a document of its own."""
        item: Item = orjson.loads(fragment.partition(b":")[2] if self.by_key else fragment)
        if not self.by_key:
            del item[n.NAME]
        return orjson.dumps({**self._standard(), **item}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    def _standard(self) -> Item:
        stated = {n.NAME: "ninjs", n.VERSION: self.version, n.SCHEMA: n.schema_of(self.version)}
        return self.spelled({n.STANDARD: stated})


_NEWEST = _Version(n.NEWEST, lambda item: item)
_OLDER = {"2.2": _Version("2.2", to_2), "1.6": _Version("1.6", to_1)}

fragment = _NEWEST.fragment
frame = _NEWEST.frame
alone = _NEWEST.alone


def variant(name: str) -> Renderer:
    """The renderer of an older version."""
    return _OLDER[name]


def _key(guid: str) -> str:
    """A key for the article in letters that 1.x allows, different for different guids."""
    return file_name(guid).replace("-", "_").replace(".", "_")


def _feed(envelope: Envelope) -> Item:
    feed, publisher = envelope.feed, envelope.publisher
    return filled({
        n.URI: f"tag:{publisher.tag_authority}:feed:{feed.id}",
        n.TYPE: n.COMPOSITE,
        n.REPRESENTATION_TYPE: n.FULL,
        n.VERSION_CREATED: rfc3339(envelope.updated),
        n.PUB_STATUS: "usable",
        # A withdrawal must be the first thing that a receiver works on.
        n.URGENCY: 1 if envelope.has_withdrawals else None,
        n.COPYRIGHT_NOTICE: clean(publisher.rights or ""),
        n.LANGUAGE: sound(feed.language),
        n.TITLE_PROPERTY: clean(feed.title),
        n.DESCRIPTIONS: [{n.VALUE: clean(feed.description)}] if feed.description else [],
        n.INFO_SOURCES: [provider(publisher)],
        n.RENDITIONS: [*page(feed.link), *page(envelope.self_url, n.SELF, n.MEDIA_TYPE)],
    })  # fmt: skip
