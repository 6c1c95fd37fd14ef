"""Articles to NewsML-G2: one `newsItem` each, joined in a `newsMessage`."""

from urllib.parse import urlsplit

from lxml import etree

from syndicate.formats.base import Envelope
from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.content_meta import content_meta
from syndicate.formats.newsml_g2.item_meta import catalogs, item_meta, language_of, rights_info
from syndicate.formats.newsml_g2.write import LANG, Element, data, line, make, text
from syndicate.markup import body_nitf
from syndicate.markup.dates import rfc3339
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article, Status
from syndicate.model.feed import Content, Publisher

RENDERER_VERSION = "1"

# The middle of 1 to 9; what is urgent is said by each item.
_PRIORITY = "5"


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """One `newsItem`, complete in itself; `content` changes nothing, since one guid and version say one thing."""
    attributes = {
        "standard": n.STANDARD,
        "standardversion": n.STANDARD_VERSION,
        "conformance": n.CONFORMANCE,
        "guid": line(article.guid),
        "version": str(max(article.version, 1)),
        LANG: language_of(article),
    }
    children = [
        *catalogs(article, publisher),
        rights_info(article, publisher),
        item_meta(article, publisher, RENDERER_VERSION),
        content_meta(article, publisher),
        _content_set(article),
    ]
    return data(make(n.NEWS_ITEM, attributes, children)) + b"\n"


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The `newsMessage` around its items; the same items in the same feed make the same message, `transmitId` too."""
    holder = make(n.ITEM_SET)
    # A place to cut at: a comment cannot occur in what `make` writes.
    holder.append(etree.Comment("items"))
    message = make(n.NEWS_MESSAGE, children=[_header(envelope), holder])
    head, _, tail = data(message).partition(b"<!--items-->")
    return DECLARATION + head + b"\n", tail + b"\n"


def _header(envelope: Envelope) -> Element:
    publisher, feed = envelope.publisher, envelope.feed
    return make(
        n.HEADER,
        children=[
            text(n.SENT, rfc3339(envelope.updated)),
            make(n.CATALOG_REF, {"href": n.IPTC_CATALOG}),
            text(n.SENDER, urlsplit(publisher.url).hostname or publisher.name),
            text(n.TRANSMIT_ID, f"tag:{publisher.tag_authority}:{feed.id}:{envelope.digest[:12]}"),
            text(n.PRIORITY, _PRIORITY),
            text(n.ORIGIN, "syndicate"),
            text(n.CHANNEL, feed.id),
        ],
    )


def _content_set(article: Article) -> Element:
    """The text as NITF. A kill has an empty set: Superdesk refuses an item without one, and the kill would be lost."""
    if article.status is Status.CANCELED:
        return make(n.CONTENT_SET)
    nitf = etree.Element(f"{{{body_nitf.NAMESPACE}}}nitf", nsmap={None: body_nitf.NAMESPACE})
    nitf.append(body_nitf.body(article))
    counted = sum(map(body_nitf.words, nitf.iter(f"{{{body_nitf.NAMESPACE}}}body.content")))
    attributes = {"contenttype": n.NITF_TYPE, "wordcount": str(counted)}
    return make(n.CONTENT_SET, children=[make(n.INLINE_XML, attributes, [nitf])])
