"""Pictures and players in body HTML as media of the article."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.html_inline import Element, Notes
from syndicate.markup.html_parse import name_of
from syndicate.markup.text import repair
from syndicate.model.media import Media, MediaType, Rendition

MOST = 500
"""How many media one text shows: no story has more, and each picture is looked for among those before it."""

_PIXELS = re.compile(r"\d{1,5}\Z")
_WORD = re.compile(r"\w+")
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src", "data-srcset", "srcset")
_OTHER_SOURCES = frozenset(_SOURCES) - {"src"}
_MEDIA_TYPES = {"img": MediaType.PICTURE, "video": MediaType.VIDEO, "audio": MediaType.AUDIO}
_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "svg": "image/svg+xml", "mp4": "video/mp4", "webm": "video/webm", "mov": "video/quicktime",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or player in HTML: its element's name, its attributes, the addresses that are offered inside it."""

    name: str
    attributes: Mapping[str, str]
    offered: tuple[str, ...] = ()


def picture_of(element: Element) -> Picture:
    """The picture or player that the element stands for."""
    offered = (child.get("src") for child in element if name_of(child) == "source")
    return Picture(name_of(element) or "img", dict(element.attrib), tuple(filter(None, offered)))


def media_of(picture: Picture, caption: str | None, known: list[Media], notes: Notes) -> str | None:
    """The id of the media for that picture; a new one is added to `known`.

    None when it has no address to publish, and for what comes after the first `MOST`.
    """
    attributes = picture.attributes
    alt = repair(" ".join(attributes.get("alt", "").split()))[0]
    if is_tracking(attributes):
        notes.add("a tracking picture left out")
        return None
    try:
        href = absolute(source_of(picture), notes.base, WEB)
    except AddressError as error:
        notes.add(f"{picture.name} with {error} left out" + (f" ({alt})" if alt else ""))
        return None
    for index, media in enumerate(known):
        for rendition in media.renditions:
            if rendition.href == href:
                known[index] = _captioned(media, caption, notes)
                return media.id
    if not has_room(known, notes):
        return None
    made = _made(picture, href, caption, alt, known)
    known.append(made)
    return made.id


def has_room(known: Sequence[Media], notes: Notes) -> bool:
    """Whether one more media may come; noted where it may not."""
    if len(known) < MOST:
        return True
    notes.add(f"media after the first {MOST} left out")
    return False


def is_tracking(attributes: Mapping[str, str]) -> bool:
    """Whether the picture counts readers and shows them nothing."""
    return attributes.get("width") in {"0", "1"} and attributes.get("height") in {"0", "1"}


def source_of(picture: Picture) -> str:
    """The address of the picture or player as its markup gives it; empty when there is none."""
    attributes = picture.attributes
    if not picture.offered and attributes.keys().isdisjoint(_OTHER_SOURCES):
        return attributes.get("src", "").strip()
    candidates = (*(attributes.get(name) for name in _SOURCES), *picture.offered)
    found = [value.strip() for value in candidates if value and not value.isspace()]
    best = next((value for value in found if not value.lower().startswith("data:")), found[0] if found else "")
    is_set = best and best in (attributes.get("srcset"), attributes.get("data-srcset"))
    return best.split()[0].rstrip(",") if is_set else best


def _captioned(media: Media, caption: str | None, notes: Notes) -> Media:
    if not caption:
        return media
    if media.caption is None:
        return replace(media, caption=caption)
    if tells_more(caption, media.caption, media.credit, media.title, media.source):
        notes.add(f"another caption of media {media.id!r} left out ({caption[:200]})")
    return media


def tells_more(caption: str, own: str, *others: str | None) -> bool:
    """Whether the caption has a word that neither the media's own caption nor its other texts have."""
    rest = caption.replace(own, "").strip()
    texts = " ".join(filter(None, (own, *others)))
    return rest not in texts and bool(set(_WORD.findall(caption)) - set(_WORD.findall(texts)))


def _made(picture: Picture, href: str, caption: str | None, alt: str, known: Sequence[Media]) -> Media:
    number, taken = len(known) + 1, [media.id for media in known]
    while f"m{number}" in taken:
        number += 1
    width, height = _pixels(picture.attributes.get("width")), _pixels(picture.attributes.get("height"))
    extension = href.partition("?")[0].rpartition(".")[2].lower()
    rendition = Rendition(href=href, type=_TYPES.get(extension), width=width, height=height)
    title = alt if caption and alt and alt != caption and alt not in caption else None
    return Media(
        id=f"m{number}",
        type=_MEDIA_TYPES[picture.name],
        title=title,
        caption=caption or alt or None,
        renditions=(rendition,),
    )


def _pixels(value: str | None) -> int | None:
    return int(value) or None if value and _PIXELS.match(value) else None
