"""RSS 2.0 with content:encoded, Dublin Core and Media RSS."""

from typing import cast

from syndicate.formats.base import Envelope, Renderer
from syndicate.formats.rss import names
from syndicate.markup import podcast
from syndicate.markup.article_entry import entry_of, is_untold
from syndicate.markup.entry import Channel
from syndicate.markup.envelope import rss_frame, rss_item
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "1"
HAS_ARCHIVES = True


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article as one `item` on lines of its own; a withdrawn one as what its readers are told, if they are."""
    if is_untold(article):
        return b""
    return rss_item(entry_of(article, publisher, content))


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The channel around the items."""
    return rss_frame(channel(envelope))


def channel(envelope: Envelope) -> Channel:
    """What the feed says of itself."""
    feed, publisher = envelope.feed, envelope.publisher
    return Channel(
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


def variant(_name: str) -> Renderer:
    """The only one there is, `podcast`."""
    return cast("Renderer", PODCAST)


class _Podcast:
    """Articles with something to hear or see, as podcast players take them."""

    RENDERER_VERSION = "1"
    fragment = staticmethod(podcast.item)
    omits = staticmethod(podcast.why_omitted)

    @staticmethod
    def frame(envelope: Envelope) -> tuple[bytes, bytes]:
        """The channel around the episodes; what the publisher has not said of them is not stated."""
        return podcast.frame(channel(envelope))


PODCAST = _Podcast()
