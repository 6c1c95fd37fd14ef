"""RSS 1.0 with content:encoded, Dublin Core, PRISM and Media RSS: RDF, whose channel lists its items."""

import re
from collections.abc import Iterator

from syndicate.formats.base import Envelope
from syndicate.formats.rss_1_0 import names as n
from syndicate.markup.article_entry import entry_of, is_untold, scheme_uri
from syndicate.markup.dates import rfc3339
from syndicate.markup.entry import Entry
from syndicate.markup.entry_extras import RSS_PREFIXES, dublin_core, media_rss
from syndicate.markup.escape import attribute, escape
from syndicate.markup.feed_topics import topic_of
from syndicate.markup.text import one_line
from syndicate.markup.xml import DECLARATION, clean
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "1"

_PREFIXES = {
    "rdf": n.RDF,
    "content": n.CONTENT,
    "taxo": n.TAXONOMY,
    "prism": n.PRISM,
    "atom": n.ATOM,
    **RSS_PREFIXES,
}
_DECLARED = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in sorted(_PREFIXES.items()))
_ABOUT = re.compile(rb'<item rdf:about="([^"]*)"')
_GENERATOR = "syndicate"


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article as one `item` and a line end; a withdrawn one as what its readers are told, if they are."""
    if is_untold(article):
        return b""
    entry = entry_of(article, publisher, content)
    pieces = [
        f'<item rdf:about="{attribute(entry.id)}">',
        f"<title>{escape(entry.title)}</title>",
        f"<link>{escape(article.url or '')}</link>",
        *_texts(entry),
        f"<dc:date>{rfc3339(entry.published)}</dc:date><dcterms:issued>{rfc3339(entry.published)}</dcterms:issued>",
        dublin_core(entry),
        *_rights(article),
        *_words(article, publisher),
        f"<prism:expirationDate>{rfc3339(article.expires)}</prism:expirationDate>" if article.expires else "",
        media_rss(entry),
        "</item>\n",
    ]
    return clean("".join(pieces)).encode()


def omits(article: Article) -> str | None:
    """An item has a link (RSS 1.0 §5.5.2)."""
    return None if article.url else "has no address"


def listed(fragment: bytes) -> bytes:
    """The item's place in the channel's table of contents (RSS 1.0 §5.3.5)."""
    found = _ABOUT.match(fragment)
    return b'<rdf:li rdf:resource="%s"/>' % found[1] if found else b""


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The channel, which names its items, and the end of the document."""
    feed, publisher = envelope.feed, envelope.publisher
    pieces = [
        f'<rdf:RDF xmlns="{n.RSS}"{_DECLARED}>',
        f'<channel rdf:about="{attribute(envelope.self_url)}">',
        f"<title>{escape(feed.title)}</title>",
        f"<link>{escape(feed.link)}</link>",
        f"<description>{escape(escape(feed.description))}</description>",
        f'<atom:link href="{attribute(envelope.self_url)}" rel="self" type="{n.MEDIA_TYPE}"/>',
        *(f'<atom:link href="{attribute(hub)}" rel="hub"/>' for hub in envelope.hubs),
        f"<dc:language>{escape(feed.language)}</dc:language>",
        f"<dc:publisher>{escape(publisher.name)}</dc:publisher>",
        f"<dc:rights>{escape(publisher.rights)}</dc:rights>" if publisher.rights else "",
        f"<dc:date>{rfc3339(envelope.updated)}</dc:date>",
        f"<atom:generator>{_GENERATOR}</atom:generator>",
        "<items><rdf:Seq>",
    ]
    head = DECLARATION + clean("".join(pieces)).encode() + b"".join(envelope.listed)
    return head + b"</rdf:Seq></items></channel>\n", b"</rdf:RDF>\n"


def _texts(entry: Entry) -> Iterator[str]:
    """Readers take a description for HTML: `AT&T <b>` must reach them as text."""
    if entry.summary:
        yield f"<description>{escape(escape(entry.summary))}</description>"
    if entry.content:
        yield f"<content:encoded>{escape(entry.content)}</content:encoded>"


def _rights(article: Article) -> Iterator[str]:
    """Beside the notice, which is Dublin Core's own."""
    if article.rights.holder:
        yield f"<dcterms:rightsHolder>{escape(article.rights.holder)}</dcterms:rightsHolder>"
    if article.rights.usage:
        yield f"<dcterms:accessRights>{escape(article.rights.usage)}</dcterms:accessRights>"


def _words(article: Article, publisher: Publisher) -> Iterator[str]:
    """Sections, genre, concepts in the rich form of the module Dublin Core, keywords as plain subjects."""
    for section in article.sections:
        yield f"<prism:section>{escape(section)}</prism:section>"
    if article.genre:
        yield f"<prism:genre>{escape(one_line(article.genre))}</prism:genre>"
    for one in article.subjects:
        topic = attribute(topic_of(scheme_uri(one.scheme, publisher.tag_authority), one.code))
        value = f"<rdf:value>{escape(one.name)}</rdf:value>" if one.name else ""
        described = f'<taxo:topic rdf:resource="{topic}"/>{value}'
        yield f"<dc:subject><rdf:Description>{described}</rdf:Description></dc:subject>"
    for keyword in article.keywords:
        yield f"<dc:subject>{escape(keyword)}</dc:subject>"
