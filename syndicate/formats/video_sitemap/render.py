"""A sitemap of videos: the pages of articles, with each video that has a file and a picture to stand for it."""

from collections.abc import Iterator
from typing import NamedTuple

from syndicate.formats.base import Envelope
from syndicate.markup import sitemap
from syndicate.markup.dates import rfc3339
from syndicate.markup.media_choice import files, posters
from syndicate.markup.sitemap import element
from syndicate.markup.summary import cut, summary
from syndicate.markup.text import one_line
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.feed import Publisher
from syndicate.model.media import Media, MediaType

RENDERER_VERSION = "1"

_PREFIXES = {"video": sitemap.VIDEO}
_LONGEST_TITLE, _LONGEST_DESCRIPTION, _LONGEST_VIDEO = 100, 2048, 28_800
# Google fetches files, no streams.
_STREAMS = frozenset({"application/vnd.apple.mpegurl", "application/x-mpegurl", "application/dash+xml"})


class _Video(NamedTuple):
    media: Media
    href: str
    thumbnail: str


def omits(article: Article) -> str | None:
    """Why the article has no place in a sitemap of videos."""
    if reason := sitemap.why_omitted(article):
        return reason
    return None if any(_videos(article)) else "has no video with a file and a picture that stands for it"


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article's page as one `url` on a line of its own."""
    return sitemap.url(article, "".join(_written(article, video) for video in _videos(article)))


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The set around the pages; it says nothing of the feed."""
    return sitemap.frame(_PREFIXES)


def _videos(article: Article) -> Iterator[_Video]:
    """The videos that Google can show: each file once, none of them the page itself."""
    seen = {article.url}
    for media in article.media:
        pictures = posters(media) if media.type is MediaType.VIDEO else ()
        for rendition, stated, kind in files(media)[:1] if pictures else ():
            if kind == "video" and (stated or "").lower() not in _STREAMS and rendition.href not in seen:
                seen.add(rendition.href)
                yield _Video(media, rendition.href, pictures[0].href)


def _written(article: Article, video: _Video) -> str:
    media = video.media
    headline = one_line(article.headline) or article.guid
    title = one_line(media.title or "") or headline
    description = one_line(media.caption or "") or summary(article) or title
    is_timed = media.duration is not None and 1 <= media.duration <= _LONGEST_VIDEO
    pieces = (
        element("video:thumbnail_loc", video.thumbnail),
        element("video:title", cut(title, _LONGEST_TITLE - 1)),
        element("video:description", cut(description, _LONGEST_DESCRIPTION - 1)),
        element("video:content_loc", video.href),
        element("video:duration", str(media.duration)) if is_timed else "",
        element("video:publication_date", rfc3339(article.published)),
    )
    return f"<video:video>{''.join(pieces)}</video:video>"
