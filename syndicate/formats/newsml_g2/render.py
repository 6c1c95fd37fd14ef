"""Articles to NewsML-G2: one `newsItem` each, joined in a `newsMessage`; in a package each media is an item too."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from syndicate.formats.base import Envelope
from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.content_meta import content_meta
from syndicate.formats.newsml_g2.content_set import content_set
from syndicate.formats.newsml_g2.dialects import DIALECTS, NEWEST, Dialect
from syndicate.formats.newsml_g2.item_meta import catalogs, item_meta, language_of, rights_info
from syndicate.formats.newsml_g2.package import media_item, package_item
from syndicate.formats.newsml_g2.schemes import PLACE
from syndicate.formats.newsml_g2.write import attribute, line, make, text
from syndicate.markup.dates import rfc3339
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article, Status
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "2"

# The middle of 1 to 9, what is urgent is said by each item; a withdrawal must not wait.
_PRIORITY, _AT_ONCE = "5", "1"
_XMLNS = f' xmlns="{n.NAMESPACE}"'


@dataclass(frozen=True, slots=True)
class Items:
    """Renders articles as items of one dialect."""

    dialect: Dialect
    RENDERER_VERSION: str = RENDERER_VERSION

    def fragment(self, article: Article, publisher: Publisher, content: Content) -> bytes:
        """One `newsItem`, complete in itself; `content` changes nothing, since one guid and version say one thing."""
        return _item(article, publisher, self.dialect).encode()

    def frame(self, envelope: Envelope) -> tuple[bytes, bytes]:
        """The `newsMessage` around its items; the same items in the same feed make the same message."""
        head = f"<{n.NEWS_MESSAGE}{_XMLNS}>\n{_header(envelope)}<{n.ITEM_SET}>\n"
        return DECLARATION + head.encode(), f"</{n.ITEM_SET}>\n</{n.NEWS_MESSAGE}>\n".encode()


@dataclass(frozen=True, slots=True)
class Package:
    """Renders articles as items with an item for each media, and a package that puts them in order."""

    items: Items
    RENDERER_VERSION: str = RENDERER_VERSION

    def fragment(self, article: Article, publisher: Publisher, content: Content) -> bytes:
        """The story's `newsItem`, then those of its media."""
        story = self.items.fragment(article, publisher, content)
        if article.status is Status.CANCELED:
            return story
        start = start_of(self.items.dialect.version)
        media = (media_item(article, one, publisher, start, RENDERER_VERSION) for one in article.media)
        return story + "".join(media).encode()

    def listed(self, fragment: bytes) -> bytes:
        """The references to the items of a story; empty for one that was withdrawn, which no front shows."""
        # It takes lxml, which is loaded for nothing else here.
        from syndicate.formats.newsml_g2.item_refs import item_refs

        return item_refs(fragment)

    def frame(self, envelope: Envelope) -> tuple[bytes, bytes]:
        """The message, with the package before the items that it is made of."""
        head, tail = self.items.frame(envelope)
        package = package_item(envelope, start_of(self.items.dialect.version), RENDERER_VERSION)
        return head + package, tail


def start_of(version: str) -> str:
    """The attributes that every item of that version begins with."""
    return f'{_XMLNS} standard="{n.STANDARD}" standardversion="{version}" conformance="{n.CONFORMANCE}"'


def variant(name: str) -> Items | Package:
    """What renders under the name of the variant."""
    dialect = DIALECTS[name]
    return Package(Items(dialect)) if dialect.has_media_items else Items(dialect)


_NEWEST = Items(NEWEST)
fragment = _NEWEST.fragment
frame = _NEWEST.frame


def _item(article: Article, publisher: Publisher, dialect: Dialect) -> str:
    identity = attribute("guid", line(article.guid)) + attribute("version", str(max(article.version, 1)))
    has_place = dialect.is_for_superdesk and article.dateline is not None and line(article.dateline.place)
    parts = (
        catalogs(article, publisher, *((PLACE,) if has_place else ())),
        rights_info(article, publisher),
        item_meta(article, publisher, RENDERER_VERSION),
        content_meta(article, publisher, dialect),
        content_set(article, dialect),
    )
    language = attribute("xml:lang", language_of(article))
    return make(n.NEWS_ITEM, f"{start_of(dialect.version)}{identity}{language}", "".join(parts))


def _header(envelope: Envelope) -> str:
    publisher, feed = envelope.publisher, envelope.feed
    children = (
        text(n.SENT, rfc3339(envelope.updated)),
        make(n.CATALOG_REF, attribute("href", n.IPTC_CATALOG)),
        text(n.SENDER, urlsplit(publisher.url).hostname or publisher.name),
        text(n.TRANSMIT_ID, f"tag:{publisher.tag_authority}:{feed.id}:{envelope.digest[:12]}"),
        text(n.PRIORITY, _AT_ONCE if envelope.has_withdrawals else _PRIORITY),
        text(n.ORIGIN, n.GENERATOR_NAME),
        text(n.DESTINATION, feed.destination),
        text(n.CHANNEL, feed.id),
    )
    return make(n.HEADER, children="".join(children))
