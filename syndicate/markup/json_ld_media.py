"""The pictures, videos and sounds of an article in JSON-LD: MediaObject and its relatives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from syndicate.markup.json_ld_values import Properties, address, addresses, line, pieces, properties, types, whole

PROPERTIES = ("image", "video", "audio", "associatedMedia")
"""Where an article has its media."""

_TYPES = {"image": "ImageObject", "video": "VideoObject", "audio": "AudioObject", "associatedMedia": "MediaObject"}
_DURATION = re.compile(
    r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?\Z", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFile:
    """One file of a media; `width` and `height` in pixels, `size` in bytes, `format` a media type."""

    url: str
    format: str | None = None
    width: int | None = None
    height: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedMedia:
    """A picture (`ImageObject`), video, sound or other media (`type`), with its texts; `duration` in seconds."""

    type: str
    kind: str | None = None
    """What is told beyond the type (`additionalType`)."""
    name: str | None = None
    caption: str | None = None
    credit: str | None = None
    source: str | None = None
    duration: int | None = None
    position: int | None = None
    files: tuple[LinkedFile, ...] = ()
    thumbnails: tuple[str, ...] = ()


def media_of(known: Properties) -> tuple[LinkedMedia, ...]:
    """The media of an article, in the order of their positions where they state them."""
    found = [media for name in PROPERTIES for one in pieces(known.get(name)) if (media := _media(one, _TYPES[name]))]
    if not found and (thumbnails := addresses(known.get("thumbnailUrl"))):
        found = [LinkedMedia(type="ImageObject", files=(LinkedFile(url=thumbnails[0]),))]
    # Those without a position stay where they are: sorting is stable.
    return tuple(sorted(found, key=lambda media: media.position or 0))


def seconds(text: str | None) -> int | None:
    """An ISO 8601 duration (`PT1M35S`), or plain seconds; None for anything else. Fractions are cut off."""
    text = (text or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    found = _DURATION.match(text)
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, rest = (int(one or 0) for one in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + rest


def _media(value: Any, usual: str) -> LinkedMedia | None:
    if not isinstance(value, dict):
        url = address(value)
        return LinkedMedia(type=usual, files=(LinkedFile(url=url),)) if url else None
    known = properties(value)
    stated = pieces(known.get("encoding"))
    files = tuple(_files(stated or [value]))
    made = LinkedMedia(
        type=next(iter(types(value)), usual),
        kind=line(known.get("additionalType")),
        name=line(known.get("name")) or line(known.get("headline")),
        caption=line(known.get("caption")) or line(known.get("description")),
        credit=line(known.get("creditText")) or line(known.get("creator")) or line(known.get("author")),
        source=line(known.get("sourceOrganization")) or line(known.get("provider")),
        duration=seconds(line(known.get("duration"))),
        position=whole(known.get("position")),
        files=files,
        thumbnails=addresses(known.get("thumbnailUrl")) or addresses(known.get("thumbnail")),
    )
    return made if files or made.thumbnails or made.name or made.caption else None


def _files(stated: list[Any]) -> Iterator[LinkedFile]:
    for one in stated:
        url = address(one)
        known = properties(one) if isinstance(one, dict) else {}
        if url:
            yield LinkedFile(
                url=url,
                format=line(known.get("encodingFormat")) or line(known.get("fileFormat")),
                width=whole(known.get("width")),
                height=whole(known.get("height")),
                size=whole(known.get("contentSize")),
            )
