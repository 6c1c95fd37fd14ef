"""A podcast: RSS 2.0 whose items are articles with a file to hear or see, with the elements that Apple asks for.

Nothing is stated that nobody has said: whether a podcast is explicit, and what its artwork is, is up to its publisher,
who says it in the profile `podcast`. Directories refuse podcasts that do not state it; that a podcast is not for adults
is a statement too.
"""

from collections.abc import Iterator

from syndicate.markup.article_entry import entry_of
from syndicate.markup.entry import Channel
from syndicate.markup.envelope import rss_frame, rss_item
from syndicate.markup.escape import attribute, escape, sound, xml_data
from syndicate.markup.media_choice import attached, posters, type_of
from syndicate.markup.summary import cut, summary
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Status
from syndicate.model.content import Content
from syndicate.model.feed import Publisher
from syndicate.model.media import Media, MediaRole, MediaType, Rendition

NAMESPACE = "http://www.itunes.com/dtds/podcast-1.0.dtd"
# Those that players play: MP3, AAC and MPEG-4.
PLAYED = frozenset({"audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a", "audio/aac", "video/mp4", "video/x-m4v",
                    "video/quicktime"})  # fmt: skip

_DECLARED = f' xmlns:itunes="{NAMESPACE}"'.encode()
_ROOT, _ITEM_END = b"<rss", b"</item>"
_LONGEST = 4000
# Of Apple's list.
_CATEGORY = "News"
# Apple takes squares of that size, as JPEG or PNG.
_LEAST_PIXELS, _MOST_PIXELS = 1400, 3000
_ARTWORK = frozenset({"image/jpeg", "image/png"})


def why_omitted(article: Article) -> str | None:
    """Why the article is no episode, None when it is one."""
    if article.status is not Status.USABLE:
        return "was withdrawn"
    return None if _episode(article) else "has no audio or video file that players of podcasts play"


def item(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article as one `item` on lines of its own, its file as the only enclosure.

    A feed of headlines has no files: what such a one says of the article is an item all the same.
    """
    made = rss_item(entry_of(article, publisher, content))
    found = _episode(article) if content is not Content.HEADLINE else None
    extras = "".join(_about_episode(article, *found)) if found else ""
    before, _, after = made.rpartition(_ITEM_END)
    return b"".join((before, extras.encode(), _ITEM_END, after))


def frame(channel: Channel) -> tuple[bytes, bytes]:
    """What stands before the first and after the last item."""
    head, tail = rss_frame(channel)
    before, root, after = head.partition(_ROOT)
    line = after.rstrip(b"\n")
    return b"".join((before, root, _DECLARED, line, "".join(_about_show(channel)).encode(), b"\n")), tail


def _episode(article: Article) -> tuple[Media, Rendition] | None:
    """The file that goes along with the article, if it is one to hear or see."""
    found = attached(article)
    if found is None or found[0].type not in (MediaType.AUDIO, MediaType.VIDEO):
        return None
    return found if (type_of(found[1]) or "").lower() in PLAYED else None


def _about_episode(article: Article, media: Media, file: Rendition) -> Iterator[str]:
    if names := [name for one in article.authors if (name := one_line(sound(one.name)))]:
        yield f"<itunes:author>{escape(', '.join(names))}</itunes:author>"
    if media.duration:
        yield f"<itunes:duration>{media.duration}</itunes:duration>"
    if told := summary(article):
        yield f"<itunes:summary>{escape(cut(sound(told), _LONGEST - 1))}</itunes:summary>"
    if picture := next(filter(_is_artwork, _pictures(article, media)), None):
        yield f'<itunes:image href="{attribute(sound(picture.href))}"/>'


def _pictures(article: Article, media: Media) -> Iterator[Rendition]:
    """Those that stand for the file, then those of the story's lead."""
    yield from posters(media)
    for one in article.media:
        if one.role is MediaRole.LEAD and one.type in (MediaType.PICTURE, MediaType.GRAPHIC):
            yield from one.renditions


def _is_artwork(picture: Rendition) -> bool:
    size = picture.width or 0
    is_square = size == picture.height and _LEAST_PIXELS <= size <= _MOST_PIXELS
    return is_square and type_of(picture) in _ARTWORK


def _about_show(channel: Channel) -> Iterator[str]:
    yield f"<itunes:author>{xml_data(sound(channel.author))}</itunes:author>"
    yield f'<itunes:category text="{_CATEGORY}"/>'
    yield "<itunes:type>episodic</itunes:type>"
