"""Which file of a picture or video to show, and which media of an article to attach."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from syndicate.markup.identity_cache import IdentityCache
from syndicate.model.article import Article
from syndicate.model.media import Media, MediaRole, MediaType, Rendition

Kind = Literal["image", "video", "audio", "document"]
# A rendition with its media type and what it is, in the words of Media RSS.
File = tuple[Rendition, str | None, Kind]

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
# What files of the types that are stated again and again are, None when that is up to their media.
_KNOWN = {stated: _TOPS.get(stated.partition("/")[0]) for stated in _TYPES.values()}
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
    return stated if stated and (stated in _KNOWN or _TYPE.match(stated)) else _guessed(rendition.href)


def _guessed(href: str) -> str | None:
    return _TYPES.get(urlsplit(href).path.rpartition(".")[2].lower())


def files(media: Media) -> tuple[File, ...]:
    """The renditions that are the media itself, each with its media type and what it is; the best one first.

    That is the widest one up to 2048 pixels. Where a video or sound has only pictures, those stand for it: a picture
    among the renditions of a video is an image, so that nobody tries to play it.
    """
    return _chosen(media).files


def posters(media: Media) -> tuple[Rendition, ...]:
    """The pictures that stand for a video or sound until it is played, the best one first."""
    return _chosen(media).posters


class _Chosen(NamedTuple):
    files: tuple[File, ...]
    posters: tuple[Rendition, ...]


# The formats of an article, and its text and its head in each, ask for the same ones in turn.
_CHOSEN: IdentityCache[Media, _Chosen] = IdentityCache(32)


def _chosen(media: Media) -> _Chosen:
    return _CHOSEN.get(media) or _CHOSEN.keep(media, _choose(media))


def _choose(media: Media) -> _Chosen:
    kind = _KINDS[media.type]
    every = [_file(rendition, kind) for rendition in media.renditions]
    own = [one for one in every if one[2] == kind] or every
    own.sort(key=_rank)
    if kind not in {"video", "audio"}:
        return _Chosen(tuple(own), ())
    pictures = [one for one in every if one[2] == "image" and one not in own]
    return _Chosen(tuple(own), tuple([one[0] for one in sorted(pictures, key=_rank)]))


def _file(rendition: Rendition, kind: Kind) -> File:
    stated = type_of(rendition)
    if kind == "document" or stated is None:
        return rendition, stated, kind
    top = _KNOWN[stated] if stated in _KNOWN else _TOPS.get(stated.partition("/")[0])
    return rendition, stated, top or kind


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
        for rendition, stated, kind in files(media)[:1]:
            if stated and kind == _KINDS[media.type]:
                return media, rendition
    return None


def _rank(file: File) -> tuple[bool, int, bool]:
    """Small is good: within the bound, then wide, then of a type that every reader plays."""
    rendition, stated, _ = file
    width = rendition.width or 0
    too_wide = width > _WIDEST
    return too_wide, width if too_wide else -width, stated not in {"video/mp4", "audio/mpeg"}
