"""Components and content items that stand for pictures, videos, sounds and documents."""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from syndicate.formats.newsml_1_2 import names as n
from syndicate.formats.newsml_1_2.read_tree import Notes, children, find, formal, has, line, local, says, text_of
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.nitf_read import read_body
from syndicate.model.body import MediaBlock
from syndicate.model.media import Media, MediaType, Rendition

if TYPE_CHECKING:
    from lxml import etree

_TYPES = {
    "photo": MediaType.PICTURE, "picture": MediaType.PICTURE, "image": MediaType.PICTURE, "graphic": MediaType.GRAPHIC,
    "video": MediaType.VIDEO, "animation": MediaType.VIDEO, "audio": MediaType.AUDIO, "sound": MediaType.AUDIO,
    "quote": MediaType.AUDIO, "jpeg": MediaType.PICTURE, "jpg": MediaType.PICTURE, "jpeg baseline": MediaType.PICTURE,
    "mpeg3": MediaType.AUDIO, "logo": MediaType.PICTURE, "supplementary": MediaType.DOCUMENT,
}  # fmt: skip
# Components of these roles are about one picture or sound, whatever text is in them.
_OF_ONE = frozenset({"photo", "picture", "graphic", "video", "audio", "quote", "sound", "image"})
_TITLES = frozenset({"title", "headline"})
_CAPTIONS = frozenset({"caption", "body", "description"})
# Stand in components of media too, where nothing takes them.
_UNREAD = frozenset({
    n.CREATOR, n.CONTRIBUTOR, n.DATELINE, n.BYLINE, n.KEYWORDLINE, n.NEWSLINE, n.SUBJECT_CODE, n.LOCATION, n.RIGHTS,
})  # fmt: skip
_NUMBER = re.compile(r"([0-9]{1,9})(?:\.[0-9]*)?\Z", re.ASCII)
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{1,2})\Z", re.ASCII)


def is_file(item: "etree._Element") -> bool:
    """Whether a content item is a file that stands elsewhere, or says what such a file is."""
    if (item.get(n.HREF) or "").strip():
        return True
    kind = (formal(find(item, n.MEDIA_TYPE_ELEMENT)) or "").lower()
    return kind in _TYPES and find(item, n.DATA) is None


def grouped(component: "etree._Element") -> bool:
    """Whether everything in the component is about one picture, video or sound."""
    parts, files = list(children(component, n.COMPONENT)), 0
    own = (formal(find(component, n.ROLE)) or "").lower()
    if component.get(n.EUID) is not None and own in (*_OF_ONE, "supplementary"):
        return True
    for part in (component, *parts):
        items = [one for one in children(part, n.CONTENT_ITEM) if says(one)]
        role = (formal(find(part, n.ROLE)) or "").lower()
        is_text = any(not is_file(one) for one in items)
        if part is not component and (has(part, n.COMPONENT, n.ITEM) or has(find(part, n.LINES), n.HEADLINE)):
            return False
        if is_text and not (role in _TITLES or role == "caption" or (role in _CAPTIONS and own in _OF_ONE)):
            return False
        files += bool(items) and not is_text
    return bool(files) and (files == 1 or own in _OF_ONE or _has_caption(parts))


def _has_caption(parts: "list[etree._Element]") -> bool:
    return any((formal(find(part, n.ROLE)) or "").lower() == "caption" for part in parts)


def media_of(element: "etree._Element", taken: Collection[str], notes: Notes) -> Media | None:
    """The media that a component or a single content item stands for; None when nothing is said of it."""
    items = [one for one in element.iter() if local(one) == n.CONTENT_ITEM]
    files = [one for one in items if is_file(one)]
    lines = find(element, n.LINES)
    names = [text_of(find(lines, n.SLUGLINE)), *(_name(one) for one in files)]
    source = next(
        (name for one in element.iter() if local(one) == n.SOURCE and (name := formal(find(one, n.PARTY)))), None
    )
    credit = text_of(find(lines, n.CREDITLINE))
    title = text_of(find(lines, n.HEADLINE)) or _text(element, _TITLES) or next(filter(None, map(_title, files)), None)
    made = Media(
        id=line(element.get(n.EUID)) or _free(taken),
        type=_type(element, files),
        name=next(filter(None, names), None),
        title=title,
        caption=_text(element, _CAPTIONS),
        credit=credit if credit != source else None,
        source=source,
        duration=next((one for one in map(_duration, files) if one is not None), None),
        renditions=tuple(one for one in map(_rendition, files) if one is not None),
    )
    if made.renditions or made.name or made.title or made.caption or element.get(n.EUID) is not None:
        _note_unread(element, names, notes)
        return made
    if files:
        notes.lose(n.CONTENT_ITEM)
    return None


def _note_unread(element: "etree._Element", names: "list[str | None]", notes: Notes) -> None:
    """Name what a picture or sound says of itself that media have no place for."""
    if len(set(filter(None, names))) > 1:
        notes.lose(f"{n.CONTENT_ITEM}@{n.HREF}")
    for one in element.iter():
        if local(one) in _UNREAD and says(one):
            notes.lose(f"media/{local(one)}")


def _free(taken: Collection[str]) -> str:
    number = len(taken) + 1
    while f"m{number}" in taken:
        number += 1
    return f"m{number}"


def _type(element: "etree._Element", files: "list[etree._Element]") -> MediaType:
    roles = (formal(one) for one in element.iter() if local(one) == n.ROLE)
    kinds = (formal(find(one, name)) for one in files for name in (n.MEDIA_TYPE_ELEMENT, n.FORMAT))
    mimes = ((formal(find(one, n.MIME_TYPE)) or "").partition("/")[0] for one in files)
    words = ((word or "").lower() for word in (*kinds, *mimes, *roles))
    return next((_TYPES[word] for word in words if word in _TYPES), MediaType.DOCUMENT)


def _text(element: "etree._Element", roles: frozenset[str]) -> str | None:
    """The words of the texts in components of these roles."""
    found = []
    for part in (element, *children(element, n.COMPONENT)):
        if (formal(find(part, n.ROLE)) or "").lower() in roles:
            found += [_words(find(item, n.DATA)) for item in children(part, n.CONTENT_ITEM) if not is_file(item)]
    return " ".join(filter(None, found)) or None


def _words(data: "etree._Element | None") -> str | None:
    """The text as one line; paragraphs are parted."""
    if data is None or not has(data):
        return text_of(data)
    nitf = find(data, n.NITF)
    blocks = [one for one in read_body(data if nitf is None else nitf).blocks if not isinstance(one, MediaBlock)]
    texts = (re.sub("<[^>]*>", " ", getattr(one, "html", getattr(one, "title", ""))) for one in blocks)
    return line(" ".join(texts).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def _properties(item: "etree._Element") -> "Iterator[tuple[str, str]]":
    for one in children(find(item, n.CHARACTERISTICS), n.PROPERTY):
        name, value = formal(one), line(one.get(n.VALUE))
        if name and value:
            yield name.lower(), value


def _property(item: "etree._Element", *names: str) -> str | None:
    return next((value for name, value in _properties(item) if name in names), None)


def _title(item: "etree._Element") -> str | None:
    return _property(item, "title")


def _name(item: "etree._Element") -> str | None:
    """What stands in the place of an address and is none."""
    stated = line(item.get(n.HREF))
    return stated if stated and _href(item) is None else None


def _href(item: "etree._Element") -> str | None:
    try:
        return absolute((item.get(n.HREF) or "").strip(), None, WEB)
    except AddressError:
        return None


def _rendition(item: "etree._Element") -> Rendition | None:
    href = _href(item)
    if href is None:
        return None
    return Rendition(
        href=href,
        type=formal(find(item, n.MIME_TYPE)),
        width=_count(_property(item, "width", "pixelwidth")),
        height=_count(_property(item, "height", "pixelheight")),
        bytes=_count(text_of(find(item, n.CHARACTERISTICS, n.SIZE))),
    )


def _count(value: str | None) -> int | None:
    found = _NUMBER.match(value or "")
    return int(found[1]) or None if found else None


def _duration(item: "etree._Element") -> int | None:
    stated = _property(item, "duration", "totalduration") or ""
    if clock := _CLOCK.match(stated):
        return sum(int(part or 0) * unit for part, unit in zip(clock.groups(), (3600, 60, 1), strict=True))
    found = _NUMBER.match(stated)
    return int(found[1]) or None if found else None
