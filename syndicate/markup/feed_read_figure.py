"""A figure in a feed's HTML to media of the article: a picture or player, and a caption in which we mark the parts."""

from dataclasses import dataclass, replace

from lxml import etree

from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.escape import escape
from syndicate.markup.html import clean_inline
from syndicate.markup.html_inline import Element, Notes, text_of
from syndicate.markup.html_media import Picture, has_room, is_tracking, media_of, picture_of
from syndicate.markup.html_parse import name_of
from syndicate.markup.text import one_line, repair
from syndicate.model.media import Media, MediaType, Rendition

_SHOWN = frozenset({"img", "video", "audio", "a"})


@dataclass(slots=True)
class _Caption:
    title: str | None = None
    caption: str | None = None
    duration: int | None = None
    credit: str | None = None


def figure_of(element: Element, known: list[Media], notes: Notes) -> str | None:
    """The id of the figure's media, which is added to `known` unless it is there; None for a figure of another kind."""
    children = [child for child in element if name_of(child) is not None]
    caption = children.pop() if children and name_of(children[-1]) == "figcaption" else None
    if len(children) > 1 or _loose(element) or (children and not _is_simple(children[0])):
        return None
    said = _caption(caption, notes) if caption is not None else _Caption()
    if not children:
        return _texts_alone(said, known, notes)
    is_link = name_of(children[0]) == "a"
    found = (_linked if is_link else _shown)(children[0], said, known, notes)
    if found is not None:
        index = place_of(found, known)
        known[index] = _told(known[index], said)
    return found


def clock(text: str) -> int | None:
    """The seconds of `1:35` or `1:02:07`; None for another text."""
    parts = text.strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() and len(part) <= 6 for part in parts):
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds


def free_id(known: list[Media]) -> str:
    """An id that none of the media has."""
    number, taken = len(known) + 1, [media.id for media in known]
    while f"m{number}" in taken:
        number += 1
    return f"m{number}"


def place_of(media_id: str, known: list[Media]) -> int:
    """Where the media of that id stands; mostly last."""
    return next(index for index in range(len(known) - 1, -1, -1) if known[index].id == media_id)


def _loose(element: Element) -> bool:
    return bool("".join([element.text or "", *(child.tail or "" for child in element)]).strip())


def _is_simple(shown: Element) -> bool:
    name = name_of(shown)
    return name in _SHOWN and (name != "a" or (len(shown) == 0 and bool(shown.get("href"))))


def _texts_alone(said: _Caption, known: list[Media], notes: Notes) -> str | None:
    """Media of which only the texts are known."""
    if said == _Caption() or not has_room(known, notes):
        return None
    kind = MediaType.PICTURE if said.duration is None else MediaType.VIDEO
    known.append(
        Media(
            id=free_id(known), type=kind, title=said.title, caption=said.caption, duration=said.duration,
            credit=said.credit,
        )
    )  # fmt: skip
    return known[-1].id


def _linked(link: Element, said: _Caption, known: list[Media], notes: Notes) -> str | None:
    """A document to download."""
    try:
        href = absolute(link.get("href") or "", notes.base, WEB)
    except AddressError:
        return None
    if found := _with_file(href, known):
        return found
    if not has_room(known, notes):
        return None
    title = one_line(repair(link.text or "")[0])
    made = Media(
        id=free_id(known),
        type=MediaType.DOCUMENT,
        title=title if title not in (href, said.caption) else None,
        renditions=(Rendition(href=href),),
    )
    known.append(made)
    return made.id


def _with_file(href: str, known: list[Media]) -> str | None:
    return next((media.id for media in known if any(one.href == href for one in media.renditions)), None)


def _shown(element: Element, said: _Caption, known: list[Media], notes: Notes) -> str | None:
    """A picture or player; a new one has all its files."""
    count, picture = len(known), picture_of(element)
    if is_tracking(picture.attributes) and said != _Caption():
        # What counts readers has no caption.
        kept = {key: value for key, value in picture.attributes.items() if key not in ("width", "height")}
        picture = Picture(picture.name, kept, picture.offered)
    found = media_of(picture, said.caption, known, notes)
    if found is not None and len(known) > count and name_of(element) != "img":
        known[-1] = replace(known[-1], renditions=(*known[-1].renditions, *_others(element, known[-1], notes)))
    return found


def _others(element: Element, media: Media, notes: Notes) -> list[Rendition]:
    """The other files of a player, and the picture that stands for it."""
    offered = [(child.get("src"), child.get("type")) for child in element if name_of(child) == "source"]
    made: list[Rendition] = []
    seen = {one.href for one in media.renditions}
    for src, stated in [*offered, (element.get("poster"), None)]:
        try:
            href = absolute(src or "", notes.base, WEB)
        except AddressError:
            continue
        if href not in seen:
            seen.add(href)
            made.append(Rendition(href=href, type=stated or None))
    return made


def _caption(element: Element, notes: Notes) -> _Caption:
    """The parts of the caption: title first in bold, duration and credit in spans of their class, else caption."""
    said = _Caption()
    rest = [escape(element.text or "")]
    for index, child in enumerate(element):
        name, mark = name_of(child), child.get("class") or ""
        text = one_line(repair("".join(str(part) for part in child.itertext()))[0])
        if name == "strong" and index == 0 and not (element.text or "").strip():
            said.title = text or None
        elif name == "span" and mark == "duration" and clock(text) is not None:
            said.duration = clock(text)
        elif name == "span" and mark == "credit":
            said.credit = text or None
        elif name is not None:
            rest.append(etree.tostring(child, encoding="unicode", with_tail=False))
        rest.append(escape(child.tail or ""))
    html, repairs = clean_inline("".join(rest), notes.base)
    for what in repairs:
        notes.add(what)
    said.caption = text_of(html).strip() or None
    return said


def _told(media: Media, said: _Caption) -> Media:
    """The media with what the caption adds to it."""
    return replace(
        media,
        title=media.title or said.title,
        caption=media.caption or said.caption,
        duration=media.duration if media.duration is not None else said.duration,
        credit=media.credit or said.credit,
    )
