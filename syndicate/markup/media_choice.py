"""Which file of a picture or video to show, and which media of an article to attach."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from syndicate.model.article import Article
from syndicate.model.media import Media, MediaRole, MediaType, Rendition

Kind = Literal["image", "video", "audio", "document"]

# Wide enough for every screen a feed is read on; larger files only cost the reader time.
_WIDEST = 2048
_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+\Z")
# A fixed list, since what `mimetypes` says depends on the machine's files.
_TYPES = {
    "avif": "image/avif", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png",
    "svg": "image/svg+xml", "webp": "image/webp", "m3u8": "application/vnd.apple.mpegurl", "m4v": "video/mp4",
    "mov": "video/quicktime", "mp4": "video/mp4", "webm": "video/webm", "aac": "audio/aac", "m4a": "audio/mp4",
    "mp3": "audio/mpeg", "ogg": "audio/ogg", "wav": "audio/wav", "pdf": "application/pdf",
}  # fmt: skip
_TOPS: dict[str, Kind] = {"image": "image", "video": "video", "audio": "audio"}
_KINDS: dict[MediaType, Kind] = {
    MediaType.PICTURE: "image",
    MediaType.GRAPHIC: "image",
    MediaType.VIDEO: "video",
    MediaType.AUDIO: "audio",
    MediaType.DOCUMENT: "document",
}


def type_of(rendition: Rendition) -> str | None:
    """The rendition's media type: the stated one if it is one, else what its file name tells, else None."""
    stated = rendition.type
    return stated if stated and _is_type(stated) else _guessed(rendition.href)


# The same few types again and again.
@lru_cache(maxsize=256)
def _is_type(stated: str) -> bool:
    return _TYPE.match(stated) is not None


def _guessed(href: str) -> str | None:
    return _TYPES.get(urlsplit(href).path.rpartition(".")[2].lower())


def kind_of(media: Media, rendition: Rendition) -> Kind:
    """`image`, `video`, `audio` or `document` (the words of Media RSS): what that one file is.

    A picture among the renditions of a video is an image, so that nobody tries to play it.
    """
    kind = _KINDS[media.type]
    if kind == "document":
        return kind
    return _TOPS.get((type_of(rendition) or "").partition("/")[0], kind)


def played(media: Media) -> tuple[Rendition, ...]:
    """The renditions that are the media itself, the best one first.

    Where a video or sound has only pictures, those stand for it.
    """
    kind = _KINDS[media.type]
    own = [one for one in media.renditions if kind_of(media, one) == kind] or media.renditions
    return tuple(sorted(own, key=_rank) if len(own) > 1 else own)


def posters(media: Media) -> tuple[Rendition, ...]:
    """The pictures that stand for a video or sound until it is played, the best one first."""
    if _KINDS[media.type] not in {"video", "audio"}:
        return ()
    chosen = played(media)
    found = [one for one in media.renditions if kind_of(media, one) == "image" and one not in chosen]
    return tuple(sorted(found, key=_rank))


def best(media: Media) -> Rendition | None:
    """The rendition to show where there is room for one: the widest up to 2048 pixels. None without renditions."""
    return next(iter(played(media)), None)


def attached(article: Article) -> tuple[Media, Rendition] | None:
    """The one file that goes along with an article: a video, else a sound, else its lead picture, else any picture.

    Media without an address or without a known type is passed over.
    """
    for wanted in (MediaType.VIDEO, MediaType.AUDIO):
        if found := _first(media for media in article.media if media.type is wanted):
            return found
    pictures = [media for media in article.media if _KINDS[media.type] == "image"]
    lead = [media for media in pictures if media.role is MediaRole.LEAD]
    return _first([*lead, *pictures])


def credit_of(media: Media) -> str:
    """Whom to name for the media: its credit and, unless that says so already, its source."""
    credit, source = media.credit or "", media.source or ""
    return credit if source in credit else " / ".join(filter(None, (credit, source)))


def _first(several: Iterable[Media]) -> tuple[Media, Rendition] | None:
    for media in several:
        rendition = best(media)
        if rendition is not None and type_of(rendition) and kind_of(media, rendition) == _KINDS[media.type]:
            return media, rendition
    return None


def _rank(rendition: Rendition) -> tuple[bool, int, bool]:
    """Small is good: within the bound, then wide, then of a type that every reader plays."""
    width = rendition.width or 0
    too_wide = width > _WIDEST
    return too_wide, width if too_wide else -width, type_of(rendition) not in {"video/mp4", "audio/mpeg"}
