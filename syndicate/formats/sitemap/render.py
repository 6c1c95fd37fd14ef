"""A sitemap: the pages of articles, when they were changed, and their pictures."""

from syndicate.formats.base import Envelope
from syndicate.markup import sitemap
from syndicate.markup.media_choice import files
from syndicate.markup.sitemap import element
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "1"

_PREFIXES = {"image": sitemap.IMAGE}


def omits(article: Article) -> str | None:
    """Why the article has no place in a sitemap."""
    return sitemap.why_omitted(article)


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article's page as one `url` on a line of its own."""
    found = (files(media)[0] for media in article.media if media.renditions)
    pictures = dict.fromkeys(rendition.href for rendition, _, kind in found if kind == "image")
    images = [f"<image:image>{element('image:loc', href)}</image:image>" for href in pictures]
    return sitemap.url(article, "".join(images[: sitemap.MOST_IMAGES]))


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The set around the pages; it says nothing of the feed."""
    return sitemap.frame(_PREFIXES)
