"""Articles to NewsML-G2: one `newsItem` each, joined in a `newsMessage`."""

from urllib.parse import urlsplit

from syndicate.formats.base import Envelope
from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.content_meta import content_meta
from syndicate.formats.newsml_g2.item_meta import catalogs, item_meta, language_of, rights_info
from syndicate.formats.newsml_g2.write import attribute, line, make, text
from syndicate.markup import body_nitf, nitf_names
from syndicate.markup.dates import rfc3339
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article, Status
from syndicate.model.feed import Content, Publisher

RENDERER_VERSION = "1"

# The middle of 1 to 9; what is urgent is said by each item.
_PRIORITY = "5"
_XMLNS = f' xmlns="{n.NAMESPACE}"'
_STANDARD = f'{_XMLNS} standard="{n.STANDARD}" standardversion="{n.STANDARD_VERSION}" conformance="{n.CONFORMANCE}"'
_EMPTY_SET = make(n.CONTENT_SET)


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """One `newsItem`, complete in itself; `content` changes nothing, since one guid and version say one thing."""
    identity = attribute("guid", line(article.guid)) + attribute("version", str(max(article.version, 1)))
    parts = (
        catalogs(article, publisher),
        rights_info(article, publisher),
        item_meta(article, publisher, RENDERER_VERSION),
        content_meta(article, publisher),
        _content_set(article),
    )
    language = attribute("xml:lang", language_of(article))
    return make(n.NEWS_ITEM, f"{_STANDARD}{identity}{language}", "".join(parts)).encode()


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The `newsMessage` around its items; the same items in the same feed make the same message, `transmitId` too."""
    head = f"<{n.NEWS_MESSAGE}{_XMLNS}>\n{_header(envelope)}<{n.ITEM_SET}>\n"
    return DECLARATION + head.encode(), f"</{n.ITEM_SET}>\n</{n.NEWS_MESSAGE}>\n".encode()


def _header(envelope: Envelope) -> str:
    publisher, feed = envelope.publisher, envelope.feed
    children = (
        text(n.SENT, rfc3339(envelope.updated)),
        make(n.CATALOG_REF, attribute("href", n.IPTC_CATALOG)),
        text(n.SENDER, urlsplit(publisher.url).hostname or publisher.name),
        text(n.TRANSMIT_ID, f"tag:{publisher.tag_authority}:{feed.id}:{envelope.digest[:12]}"),
        text(n.PRIORITY, _PRIORITY),
        text(n.ORIGIN, "syndicate"),
        text(n.CHANNEL, feed.id),
    )
    return make(n.HEADER, children="".join(children))


def _content_set(article: Article) -> str:
    """The text as NITF. A kill has an empty set: Superdesk refuses an item without one, and the kill would be lost."""
    if article.status is Status.CANCELED:
        return _EMPTY_SET
    body, words = body_nitf.body(article)
    nitf = f'<nitf xmlns="{nitf_names.NAMESPACE}">{body}</nitf>\n'
    attributes = f' contenttype="{n.NITF_TYPE}" wordcount="{words}"'
    return make(n.CONTENT_SET, children=make(n.INLINE_XML, attributes, nitf))
