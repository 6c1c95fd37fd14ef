"""Pictures and players in body HTML as media of the article."""

import re
from collections.abc import Sequence
from dataclasses import replace

from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.html_inline import Element, Notes
from syndicate.markup.html_parse import name_of
from syndicate.markup.text import repair
from syndicate.model.media import Media, MediaType, Rendition

_PIXELS = re.compile(r"\d{1,5}\Z")
_WORD = re.compile(r"\w+")
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src", "data-srcset", "srcset")
_MEDIA_TYPES = {"img": MediaType.PICTURE, "video": MediaType.VIDEO, "audio": MediaType.AUDIO}
_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "svg": "image/svg+xml", "mp4": "video/mp4", "webm": "video/webm", "mov": "video/quicktime",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg",
}  # fmt: skip


def media_of(image: Element, caption: str | None, known: list[Media], notes: Notes) -> str | None:
    """The id of the media for that element; a new one is added to `known`. None when it has no address to publish."""
    alt = repair(" ".join((image.get("alt") or "").split()))[0]
    if image.get("width") in {"0", "1"} and image.get("height") in {"0", "1"}:
        notes.add("a tracking picture left out")
        return None
    try:
        href = absolute(_source(image), notes.base, WEB)
    except AddressError as error:
        notes.add(f"{name_of(image)} with {error} left out" + (f" ({alt})" if alt else ""))
        return None
    for index, media in enumerate(known):
        if any(one.href == href for one in media.renditions):
            known[index] = _captioned(media, caption, notes)
            return media.id
    made = _made(image, href, caption, alt, known)
    known.append(made)
    return made.id


def _source(image: Element) -> str:
    candidates = [image.get(name) for name in _SOURCES]
    candidates += [child.get("src") for child in image if name_of(child) == "source"]
    found = [value.strip() for value in candidates if value and value.strip()]
    best = next((value for value in found if not value.lower().startswith("data:")), found[0] if found else "")
    return best.split()[0].rstrip(",") if best and best in (image.get("srcset"), image.get("data-srcset")) else best


def _captioned(media: Media, caption: str | None, notes: Notes) -> Media:
    if not caption:
        return media
    if media.caption is None:
        return replace(media, caption=caption)
    rest = caption.replace(media.caption, "").strip()
    own = " ".join(filter(None, (media.caption, media.credit, media.title, media.source)))
    if rest not in own and set(_WORD.findall(caption)) - set(_WORD.findall(own)):
        notes.add(f"another caption of media {media.id!r} left out ({caption[:200]})")
    return media


def _made(image: Element, href: str, caption: str | None, alt: str, known: Sequence[Media]) -> Media:
    taken = {media.id for media in known}
    number = next(n for n in range(len(known) + 1, 2 * len(known) + 2) if f"m{n}" not in taken)
    width, height = (_pixels(image.get(name)) for name in ("width", "height"))
    extension = href.partition("?")[0].rpartition(".")[2].lower()
    rendition = Rendition(href=href, type=_TYPES.get(extension), width=width, height=height)
    title = alt if caption and alt and alt != caption and alt not in caption else None
    return Media(
        id=f"m{number}",
        type=_MEDIA_TYPES[name_of(image) or "img"],
        title=title,
        caption=caption or alt or None,
        renditions=(rendition,),
    )


def _pixels(value: str | None) -> int | None:
    return int(value) if value and _PIXELS.match(value) and int(value) else None
