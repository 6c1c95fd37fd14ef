"""Pictures, videos and ties to other stories: the associations of an item, or the item itself where it is a picture."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.item import Item, media_uri
from syndicate.formats.ninjs.lost import lost
from syndicate.formats.ninjs.newer import ORIGINAL
from syndicate.formats.ninjs.source import Source, number
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.model.article import Link, Status
from syndicate.model.body import Block, MediaBlock
from syndicate.model.media import Media, MediaRole, MediaType, Rendition

_TYPES = {
    n.PICTURE: MediaType.PICTURE, "image": MediaType.PICTURE, "photo": MediaType.PICTURE, "video": MediaType.VIDEO,
    "audio": MediaType.AUDIO, "graphic": MediaType.GRAPHIC, "graphics": MediaType.GRAPHIC,
    n.COMPONENT: MediaType.DOCUMENT,
}  # fmt: skip
_TOPS = {"image": MediaType.PICTURE, "video": MediaType.VIDEO, "audio": MediaType.AUDIO}
_LEADS = frozenset({"featuremedia", "mainpic", "main", "lead", "featureimage"})
_LINK_NAME = re.compile(r"link\d+_(.+)\Z", re.DOTALL)
_LARGEST = 2**53
_NOT_OF_MEDIA = frozenset({
    n.VERSION, n.FIRST_CREATED, n.VERSION_CREATED, n.URGENCY, n.COPYRIGHT_HOLDER, n.COPYRIGHT_NOTICE, n.USAGE_TERMS,
    n.ED_NOTE, n.LANGUAGE, n.TITLE_PROPERTY, n.LOCATED, n.EXPIRES, n.PEOPLE, n.SUBJECTS, n.ORGANISATIONS, n.PLACES,
    n.EVENTS, n.OBJECTS, n.GENRES, "service", "keywords", "authors", n.ASSOCIATIONS,
})  # fmt: skip
_OF_LINK = frozenset({n.URI, "guid", n.TYPE, n.NAME, n.REL, n.REPRESENTATION_TYPE, n.RENDITIONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Associated:
    """What an item is associated with; `embargo` is the last one among the media."""

    media: tuple[Media, ...] = ()
    links: tuple[Link, ...] = ()
    embargo: datetime | None = None


def is_media(item: Item) -> bool:
    """Whether the item is a picture, video or the like, by its type or by that of its files."""
    return type_of(item) is not None


def type_of(item: Item) -> MediaType | None:
    """What kind of media the item is, None when it is none."""
    stated = item.get(n.TYPE)
    if isinstance(stated, str) and stated:
        return _TYPES.get(stated.lower())
    kinds = (str(one.get(n.CONTENT_TYPE) or "").partition("/")[0] for one in item.get(n.RENDITIONS) or ())
    return next((_TOPS[kind] for kind in kinds if kind in _TOPS), None)


def associated(source: Source, guid: str) -> Associated:
    """Media and links of the item."""
    media: list[Media] = []
    links: list[Link] = []
    embargoes: list[datetime] = []
    for one in source.objects(n.ASSOCIATIONS):
        inner = Source(one, repairs=source.repairs, extra=source.extra)
        if is_media(one) and (_says_more(one) or _own_id(one, guid)):
            found = _of_association(inner, guid, media)
            media += [found] if found else []
            embargo = inner.moment(n.EMBARGOED_UNTIL, decides=True)
            embargoes += [embargo] if embargo and found else []
        else:
            links += _link(inner)
    return Associated(media=tuple(media), links=tuple(links), embargo=max(embargoes, default=None))


def media_of(source: Source, media_id: str, role: MediaRole = MediaRole.INLINE) -> Media:
    """The item as media."""
    item = source.item
    captions = {
        source.word(n.ROLE, one): source.prose(n.VALUE, one, n.DESCRIPTIONS) for one in source.objects(n.DESCRIPTIONS)
    }
    credit = captions.pop("creditline", "")
    caption = captions.get(n.CAPTION) or captions.get("text") or next(filter(None, captions.values()), "")
    files = list(_files(source))
    return Media(
        id=media_id,
        type=type_of(item) or MediaType.PICTURE,
        role=role,
        name=source.text(n.SLUGLINE) or None,
        title=_title(source),
        caption=caption or _body(source) or None,
        credit=source.text(n.BY) or credit or None,
        source=_source(source),
        duration=next((found for one in source.objects(n.RENDITIONS) if (found := _duration(one)) is not None), None),
        renditions=tuple(files),
    )


def placed(media: Sequence[Media], blocks: Sequence[Block], stated: frozenset[str]) -> tuple[Media, ...]:
    """The media with roles for those whose source states none: inline in the text, the first other one on top."""
    inline = {block.media for block in blocks if isinstance(block, MediaBlock)}
    has_lead = any(one.role is MediaRole.LEAD for one in media if one.id in stated)
    made = []
    for one in media:
        if one.id in stated or one.id in inline:
            made.append(one)
            continue
        made.append(replace(one, role=MediaRole.GALLERY if has_lead else MediaRole.LEAD))
        has_lead = True
    return tuple(made)


def states_role(association: Item) -> bool:
    """Whether the association says where the media stands."""
    return _role(association) is not None


def page_of(source: Source) -> str | None:
    """The address of the item's page on the web."""
    for one in source.objects(n.RENDITIONS):
        is_page = str(one.get(n.CONTENT_TYPE) or "").startswith(n.HTML)
        if is_page and (href := _address(source, one.get(n.HREF))):
            return href
    return None


def media_id(association: Item, guid: str, number: int) -> str:
    """The id that the media had when it was written by us, else its name here, else a new one."""
    name = association.get(n.NAME)
    return _own_id(association, guid) or (name if isinstance(name, str) and name.strip() else f"m{number}")


def _own_id(association: Item, guid: str) -> str:
    """The id in a uri that we have given to media of the item; empty where it is somebody else's."""
    uri, prefix = str(association.get(n.URI) or ""), media_uri(guid, "")
    return unquote(uri.removeprefix(prefix)) if guid and uri.startswith(prefix) else ""


def _of_association(source: Source, guid: str, others: Sequence[Media]) -> Media | None:
    """The association as media; None when its provider has withdrawn it."""
    item = source.item
    status = source.word(n.PUB_STATUS).lower()
    if status and status != Status.USABLE:
        source.report("media", f"{source.text(n.NAME) or source.text(n.URI)!r} left out: its status is {status[:20]!r}")
        return None
    wanted = chosen = media_id(item, guid, len(others) + 1)
    taken = {one.id for one in others}
    while chosen in taken:
        chosen = f"{wanted}-{len(taken) + 1}"
    media = media_of(source, chosen, _role(item) or MediaRole.INLINE)
    source.extra += (f"{n.ASSOCIATIONS}/{name}" for name in lost(_inner(item), source.dropped | _NOT_OF_MEDIA))
    return media


def _inner(item: Item) -> Item:
    """The association's own properties, without those that tie it to the item."""
    return {name: value for name, value in item[ORIGINAL].items() if name not in (n.NAME, n.REL)}


def _role(association: Item) -> MediaRole | None:
    relation = association.get(n.REL)
    stated = next((role for role in MediaRole if role.value == relation), None)
    if stated is not None:
        return stated
    return MediaRole.LEAD if str(association.get(n.NAME)).lower() in _LEADS else None


def _says_more(item: Item) -> bool:
    """Whether there is more of the media than a reference."""
    return any(item.get(name) for name in (n.RENDITIONS, n.HEADLINES, n.DESCRIPTIONS, n.SLUGLINE, n.BODIES, n.BY))


def _title(source: Source) -> str | None:
    found = (source.prose(n.VALUE, one, n.HEADLINES) for one in source.objects(n.HEADLINES))
    return next(filter(None, found), None) or source.text(n.TITLE_PROPERTY) or None


def _body(source: Source) -> str:
    return next(filter(None, (source.prose(n.VALUE, one, n.BODIES) for one in source.objects(n.BODIES))), "")


def _source(source: Source) -> str | None:
    found = (source.text(n.NAME, one) for one in source.objects(n.INFO_SOURCES))
    return next(filter(None, found), None) or source.text("source") or None


def _files(source: Source) -> Iterator[Rendition]:
    for one in source.objects(n.RENDITIONS):
        href = _address(source, one.get(n.HREF))
        if href:
            kind = source.word(n.CONTENT_TYPE, one)
            sizes = (_size(one.get(name)) for name in (n.WIDTH, n.HEIGHT, n.SIZE_IN_BYTES))
            width, height, size = sizes
            yield Rendition(href=href, type=kind or None, width=width, height=height, bytes=size)


def _address(source: Source, href: object) -> str | None:
    if not isinstance(href, str) or not href.strip():
        return None
    try:
        return absolute(href, None, WEB)
    except AddressError as error:
        source.report(n.RENDITIONS, f"{error} left out")
        return None


def _size(value: object) -> int | None:
    found = number(value)
    return found if found is not None and found < _LARGEST else None


def _duration(rendition: Item) -> int | None:
    """In whole seconds; half a second more is one more."""
    value = rendition.get(n.DURATION)
    if isinstance(value, float) and 0 <= value < _LARGEST:
        return int(value + 0.5)
    return _size(value)


def _link(source: Source) -> Iterator[Link]:
    """A tie to another story, with what is said of that besides as lost."""
    item = source.item
    target = source.word(n.URI) or source.word("guid")
    page = page_of(source)
    if not target and not page:
        source.extra.append(n.ASSOCIATIONS)
        return
    left_out = {name for name in item if name not in _OF_LINK}
    source.extra += (
        f"{n.ASSOCIATIONS}/{name}" for name in lost(_inner(item), left_out) if name.partition("/")[1] == ""
    )
    yield Link(rel=_relation(source), guid=target if target != page and target else None, url=page)


def _relation(source: Source) -> str:
    stated = source.text(n.REL)
    named = _LINK_NAME.match(source.text(n.NAME))
    return stated or (named[1] if named else "") or "seeAlso"
