"""RSS 2.0 with content:encoded, Dublin Core and Media RSS."""

from syndicate.formats.base import Envelope
from syndicate.formats.rss import names
from syndicate.markup.article_entry import entry_of, is_untold
from syndicate.markup.entry import Channel
from syndicate.markup.envelope import rss_frame, rss_item
from syndicate.model.article import Article
from syndicate.model.feed import Content, Publisher

RENDERER_VERSION = "1"
HAS_ARCHIVES = True


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article as one `item` on lines of its own; a withdrawn one as what its readers are told, if they are."""
    if is_untold(article):
        return b""
    return rss_item(entry_of(article, publisher, content))


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The channel around the items."""
    feed, publisher = envelope.feed, envelope.publisher
    return rss_frame(
        Channel(
            id=envelope.self_url,
            title=feed.title,
            link=feed.link,
            description=feed.description,
            language=feed.language,
            self_url=envelope.self_url,
            self_type=names.MEDIA_TYPE,
            author=publisher.name,
            updated=envelope.updated,
            generator="syndicate",
            rights=publisher.rights,
            hubs=envelope.hubs,
            history=envelope.history,
        )
    )
