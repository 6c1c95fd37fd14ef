"""Media RSS, enclosures and their like to media of an article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.feed_read_figure import clock, free_id
from syndicate.markup.feed_read_xml import base_of
from syndicate.markup.html import HtmlError, has_markup, plain_of
from syndicate.markup.media_choice import type_of
from syndicate.markup.namespaces import names
from syndicate.markup.text import one_line, repair
from syndicate.markup.xml import Node
from syndicate.model.media import Media, MediaRole, MediaType, Rendition

# Some leave out the slash at the end, or have it twice.
MEDIA_RSS = frozenset({names.MEDIA, names.MEDIA.rstrip("/"), "http://search.yahoo.com/mrss//"})
_TEXTS = ("title", "description", "credit")
_KINDS = {
    "image": MediaType.PICTURE,
    "video": MediaType.VIDEO,
    "audio": MediaType.AUDIO,
    "document": MediaType.DOCUMENT,
    "application": MediaType.DOCUMENT,
    "text": MediaType.DOCUMENT,
}
_TIMED = frozenset({MediaType.VIDEO, MediaType.AUDIO})
_MOST_DIGITS = 16
_MOST = 500
_TOO_MANY = f"media after the first {_MOST} left out"


@dataclass(slots=True)
class Gallery:
    """The media of one entry while it is read; `remarks` are clauses on what was left out, `lost` names of elements."""

    base: str | None
    media: list[Media] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    texts: dict[tuple[int, str], str | None] = field(default_factory=dict)
    """What an element says of the media in it, by its identity: that of the entry is asked for with each of them."""

    def address(self, text: str | None, base: str | None = None) -> str | None:
        """The address in full; None, with a remark, when it cannot be published."""
        if not text or not text.strip():
            return None
        try:
            return absolute(text.strip(), base or self.base, WEB)
        except AddressError as error:
            self.remarks.append(f"{error} left out")
            return None

    def has_room(self) -> bool:
        """Whether one more may come; a remark where it may not."""
        if len(self.media) >= _MOST:
            self.remarks += [] if _TOO_MANY in self.remarks else [_TOO_MANY]
            return False
        return True

    def add_file(self, href: str, stated: str | None, *, size: int | None = None, **texts: object) -> None:
        """One file that goes along: what is known of it already is completed, else it is media of its own."""
        for index, media in enumerate(self.media):
            if any(one.href == href for one in media.renditions):
                self.media[index] = _completed(media, href, stated, size, texts)
                return
        if not self.has_room():
            return
        rendition = Rendition(href=href, type=stated or None, bytes=size)
        made = Media(id=free_id(self.media), type=kind_of(None, rendition), renditions=(rendition,))
        self.media.append(_completed(made, href, stated, size, texts))


def _completed(media: Media, href: str, stated: str | None, size: int | None, texts: dict[str, object]) -> Media:
    renditions = tuple(
        replace(one, type=one.type or stated, bytes=one.bytes or size) if one.href == href else one
        for one in media.renditions
    )
    fresh = {name: value for name, value in texts.items() if value is not None and getattr(media, name) is None}
    return replace(media, renditions=renditions, **fresh)  # type: ignore[arg-type]


def kind_of(medium: str | None, rendition: Rendition) -> MediaType:
    """What the media is: by its medium, else by the type or the name of its file."""
    if medium in _KINDS:
        return _KINDS[medium]
    top = (type_of(rendition) or "").partition("/")[0]
    return _KINDS.get(top, MediaType.DOCUMENT)


def is_media_rss(node: Node) -> bool:
    """Whether the element is one of Media RSS."""
    return node.namespace in MEDIA_RSS


def read_media_rss(item: Node, gallery: Gallery) -> None:
    """All media of the entry; texts come from the content, the group around it, or the entry (Media RSS, §Optional)."""
    shared = [child for child in item.children if is_media_rss(child)]
    contents = 0
    for child in shared:
        if child.local == "group":
            contents += _add(gallery, _contents(child), (child, item))
        elif child.local == "content":
            contents += _add(gallery, (child,), (item,))
    thumbnails = [child for child in shared if child.local == "thumbnail"]
    if contents:
        # Pictures that stand beside the media of the entry stand for its first one.
        gallery.media[-contents] = _with_posters(gallery, gallery.media[-contents], thumbnails)
    else:
        _add_pictures(gallery, thumbnails, item)
    gallery.lost += [_name(child) for child in _others(item, contents > 0)]


def _contents(group: Node) -> tuple[Node, ...]:
    return tuple(child for child in group.children if is_media_rss(child) and child.local == "content")


def _add(gallery: Gallery, contents: tuple[Node, ...], around: tuple[Node, ...]) -> int:
    """One media of these files, the default one first; 0 when none has an address."""
    ordered = sorted(contents, key=lambda one: one.get("isDefault") != "true")
    found = [(one, rendition) for one in ordered for rendition in _rendition(one, gallery)]
    holders = [*ordered, *around]
    gallery.lost += [_name(child) for one in (*ordered, *around[:-1]) for child in _others(one, True)]
    if not found:
        gallery.lost += ["media:content"] if contents else []
    if not found or not gallery.has_room():
        return 0
    first = found[0]
    kind = kind_of(first[0].get("medium"), first[1])
    made = Media(
        id=free_id(gallery.media),
        type=kind,
        title=_text(holders, "title", gallery),
        caption=_text(holders, "description", gallery),
        credit=_text(holders, "credit", gallery),
        duration=next((length for one, _ in found if (length := seconds(one.get("duration"))) is not None), None),
        renditions=tuple({one.href: one for _, one in reversed(found)}.values())[::-1],
    )
    inner = [child for one in (*ordered, *around[:-1]) for child in one.children if _is_thumbnail(child)]
    gallery.media.append(_with_posters(gallery, made, inner))
    return 1


def _is_thumbnail(node: Node) -> bool:
    return is_media_rss(node) and node.local == "thumbnail"


def _rendition(content: Node, gallery: Gallery) -> Iterator[Rendition]:
    href = gallery.address(content.get("url"), base_of(content, gallery.base))
    if href:
        yield Rendition(
            href=href,
            type=(content.get("type") or "").strip().lower() or None,
            width=whole(content.get("width")) or None,
            height=whole(content.get("height")) or None,
            bytes=whole(content.get("fileSize")) or None,
        )


def _with_posters(gallery: Gallery, media: Media, thumbnails: Iterable[Node]) -> Media:
    known = {one.href for one in media.renditions}
    fresh = [one for node in thumbnails for one in _rendition(node, gallery) if one.href not in known]
    if media.type in _TIMED:
        # Without a type nobody could tell that it is no other file of the film.
        fresh = [one if type_of(one) else replace(one, type="image/jpeg") for one in fresh]
    return replace(media, renditions=(*media.renditions, *dict.fromkeys(fresh)))


def _add_pictures(gallery: Gallery, thumbnails: list[Node], item: Node) -> None:
    """Thumbnails without anything that they stand for: sizes of one picture."""
    found = [one for node in thumbnails for one in _rendition(node, gallery)]
    if found:
        gallery.media.append(
            Media(
                id=free_id(gallery.media),
                type=MediaType.PICTURE,
                role=MediaRole.INLINE,
                title=_text([item], "title", gallery),
                caption=_text([item], "description", gallery),
                credit=_text([item], "credit", gallery),
                renditions=tuple(dict.fromkeys(found)),
            )
        )


def _others(node: Node, is_used: bool) -> Iterator[Node]:
    """The elements of Media RSS in it that have no place in an article."""
    for child in node.children:
        known = child.local in {"group", "content", "thumbnail"} or (is_used and child.local in _TEXTS)
        if is_media_rss(child) and not known and (child.all_text().strip() or child.attributes):
            yield child


def _name(node: Node) -> str:
    return f"media:{node.local}"


def _text(holders: Iterable[Node], local: str, gallery: Gallery) -> str | None:
    """The text of that name that stands nearest, as plain text."""
    return next(filter(None, (_told(holder, local, gallery) for holder in holders)), None)


def _told(holder: Node, local: str, gallery: Gallery) -> str | None:
    """What the element itself says under that name: the first text, or all whom to name."""
    key = (id(holder), local)
    if key not in gallery.texts:
        found = [one for name in MEDIA_RSS for one in holder.find_all(f"{{{name}}}{local}") if one.all_text().strip()]
        found.sort(key=lambda one: one.at)
        gallery.texts[key] = _credits(found) if local == "credit" else _plain(found[0], gallery) if found else None
    return gallery.texts[key]


def _credits(nodes: Iterable[Node]) -> str | None:
    found = (one_line(repair(node.all_text())[0]) for node in nodes)
    return ", ".join(dict.fromkeys(filter(None, found))) or None


def _plain(node: Node, gallery: Gallery) -> str | None:
    text, remarks = repair(node.all_text())
    gallery.remarks += remarks
    if node.get("type") == "html" or (node.get("type") is None and has_markup(text)):
        try:
            text, remarks = plain_of(text)
        except HtmlError as error:
            gallery.remarks.append(f"media:{node.local} left out: {error}")
            return None
        gallery.remarks += remarks
    return one_line(text) or None


def whole(text: str | None) -> int | None:
    """The number that the text begins with, None where it is none that can be meant."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < _MOST_DIGITS else None


def seconds(text: str | None) -> int | None:
    """A duration in whole seconds, or as a clock shows it."""
    stated = (text or "").strip()
    return clock(stated.partition(".")[0]) if stated else None
