"""Articles to NewsML 1.2: one `NewsItem` each, joined in a `NewsML`, without a namespace as its receivers want it."""

from urllib.parse import urlsplit

from syndicate.formats.base import Envelope
from syndicate.formats.newsml_1_2 import names as n
from syndicate.formats.newsml_1_2.component import component, language
from syndicate.formats.newsml_1_2.item import identification, management
from syndicate.formats.newsml_1_2.write import make, one, text
from syndicate.markup.dates import compact
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "1"

# The middle of 1 to 8; what is urgent is said by each item. A kill goes first.
_PRIORITY, _FIRST = "5", "1"
_YEARS = range(1900, 2200)


def omits(article: Article) -> str | None:
    """Why the article has no place: NewsML 1.2 knows the years 1900 to 2199."""
    times = filter(None, (article.published, article.updated, article.embargo))
    return None if all(one.year in _YEARS for one in times) else "is of a year that NewsML 1.2 cannot write"


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """One `NewsItem`; `content` changes nothing, since one identifier and revision say one thing."""
    return make(
        n.ITEM,
        text(n.COMMENT, article.note, (n.FORMAL_NAME, n.NOTE)),
        identification(article, publisher),
        management(article),
        component(article, publisher),
        attributes=language(article),
    ).encode()


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The `NewsML` around its items; the same items in the same feed make the same document."""
    publisher, feed = envelope.publisher, envelope.feed
    head = make(
        n.ENVELOPE,
        text(n.TRANSMISSION_ID, f"{feed.id}-{envelope.digest[:12]}"),
        make(n.SENT_FROM, one(n.PARTY, urlsplit(publisher.url).hostname or publisher.name)),
        text(n.DATE_AND_TIME, compact(envelope.updated)),
        one(n.SERVICE, publisher.name),
        one(n.PRODUCT, feed.id),
        one(n.PRIORITY, _FIRST if envelope.has_withdrawals else _PRIORITY),
    )
    start = f'<{n.NEWSML} Version="{n.VERSION}">\n{head}'
    return DECLARATION + start.encode(), f"</{n.NEWSML}>\n".encode()
