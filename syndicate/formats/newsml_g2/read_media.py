"""Pictures, videos, audio and graphics: as items of their own, and as hints in a link to one."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.read_concepts import Catalog, name_of
from syndicate.formats.newsml_g2.read_times import seconds
from syndicate.formats.newsml_g2.read_tree import Element, Notes, children, local, number, value, words
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.model.body import Block, MediaBlock
from syndicate.model.media import Media, MediaRole, MediaType, Rendition

# `graphics` is none of IPTC's codes, but it is sent.
CLASSES = {"picture": MediaType.PICTURE, "graphic": MediaType.GRAPHIC, "graphics": MediaType.GRAPHIC,
           "video": MediaType.VIDEO, "animation": MediaType.VIDEO, "audio": MediaType.AUDIO}  # fmt: skip
_TYPES = {"image": MediaType.PICTURE, "video": MediaType.VIDEO, "audio": MediaType.AUDIO}
_MIME = re.compile(r"[A-Za-z0-9][\w.+-]*/[\w.+-]+\Z")
_OURS = re.compile(r"[:#]media[:#](?P<id>[^:#]+)\Z")

# Each is held against each, and no story shows more.
_MOST = 200

Found = Mapping[str, Sequence[Element]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where media are read from: its catalog, its language, and the notes of the item."""

    catalog: Catalog
    language: str | None
    notes: Notes


def media_of(media_id: str, kind: MediaType, found: Found, source: Source) -> Media:
    """The media that these elements (by name) tell of."""
    title = _first(found, n.HEADLINE)
    name = _first(found, n.ITEM_TITLE) or _first(found, n.SLUGLINE)
    credit = _first(found, n.CREDITLINE)
    parties = (name_of(one, source.language) for one in found.get(n.INFO_SOURCE, ()))
    origin = next(filter(None, parties), None)
    files = found.get(n.REMOTE_CONTENT, ())
    return Media(
        id=media_id,
        type=kind,
        name=name if name != title else None,
        title=title,
        caption=_caption(found, source),
        credit=credit if credit != origin else None,
        source=origin,
        duration=next((time for file in files if (time := _duration(file)) is not None), None),
        renditions=tuple(dict.fromkeys(one for file in files if (one := _rendition(file, source.notes)))),
    )


def hinted(link: Element, number: int, guid: str, source: Source) -> Media | None:
    """The media that a link of the item of that guid tells of by its hints; None when it leads to something else."""
    found: dict[str, list[Element]] = {}
    for one in link:
        found.setdefault(local(one), []).append(one)
    target = value(link, "residref") or ""
    ours = _OURS.match(target[len(guid) :]) if guid and target.startswith(guid) else None
    kinds = (source.catalog.word(one) for one in found.get(n.ITEM_CLASS, ()))
    kind = next((CLASSES[one] for one in kinds if one in CLASSES), MediaType.DOCUMENT if ours else None)
    if kind is None:
        return None
    return media_of(unquote(ours["id"]) if ours else f"m{number}", kind, found, source)


def type_of(item_class: str, files: Iterable[Element]) -> MediaType:
    """The kind of media: by the class of the item, else by its first file."""
    types = ((value(file, "contenttype") or "").partition("/")[0].lower() for file in files)
    return CLASSES.get(item_class) or next((_TYPES[one] for one in types if one in _TYPES), MediaType.DOCUMENT)


def joined(
    payload: Sequence[Media], known: Sequence[Media], blocks: Iterable[Block]
) -> tuple[tuple[Media, ...], tuple[Block, ...]]:
    """The known media and those that stand in the payload alone; blocks point to what is the same media."""
    made = {one.id: one for one in known}
    left, ids = list(known[:_MOST]), dict[str, str]()
    for count, media in enumerate(payload):
        alike = [one for one in left if _is_same(one, media)] if count < _MOST else []
        same = next((one for one in alike if _said(one) == _said(media)), next(iter(alike), None))
        if same is not None:
            left.remove(same)
            made[same.id] = _filled(same, media)
        ids[media.id] = same.id if same is not None else free(media.id, made)
        made.setdefault(ids[media.id], replace(media, id=ids[media.id]))
    return tuple(made.values()), tuple(
        MediaBlock(media=ids.get(block.media, block.media)) if isinstance(block, MediaBlock) else block
        for block in blocks
    )


def led(media: tuple[Media, ...], blocks: tuple[Block, ...]) -> tuple[tuple[Media, ...], tuple[Block, ...]]:
    """The same with media that stand above all text leading the story, which need no place in it."""
    count = next((index for index, block in enumerate(blocks) if not isinstance(block, MediaBlock)), len(blocks))
    leading = {block.media for block in blocks[:count] if isinstance(block, MediaBlock)}
    shown = tuple(replace(one, role=MediaRole.LEAD) if one.id in leading else one for one in media)
    return shown, blocks[count:]


def _filled(known: Media, other: Media) -> Media:
    """The known media with what only the payload says of it."""
    return replace(
        known,
        role=other.role,
        caption=known.caption or (other.caption if other.caption != known.title else None),
        duration=other.duration if known.duration is None else known.duration,
        renditions=known.renditions or other.renditions,
    )


def free(wanted: str, taken: Collection[str]) -> str:
    """The id, or one like it that is not taken."""
    count, found = 1, wanted
    while found in taken:
        count += 1
        found = f"{wanted}-{count}"
    return found


def _is_same(known: Media, other: Media) -> bool:
    """Whether both are one media: they share a file or, where one of them has none, their texts are the same."""
    files = {one.href for one in known.renditions}
    others = {one.href for one in other.renditions}
    if files and others:
        return not files.isdisjoint(others)
    return _said(known) == _said(other) and bool(_said(known)) and known.duration == other.duration


def _said(media: Media) -> set[str]:
    return set(filter(None, (media.name, media.title, media.caption, media.credit or media.source)))


def _first(found: Found, name: str) -> str | None:
    return next((text for one in found.get(name, ()) if (text := words(one))), None)


def _caption(found: Found, source: Source) -> str | None:
    """The description that is a caption, else the first one that has no other purpose."""
    texts = [(source.catalog.word(one, "role", "roleuri"), words(one)) for one in found.get(n.DESCRIPTION, ())]
    ranked = sorted(((_rank(role.lower()), text) for role, text in texts if text), key=lambda pair: pair[0])
    return ranked[0][1] if ranked and ranked[0][0] < 2 else None


def _rank(role: str) -> int:
    return 0 if "caption" in role else 2 if "alttext" in role else 1


def _duration(file: Element) -> int | None:
    return seconds(value(file, "duration"), value(file, "durationunit") or value(file, "durationunituri"))


def _rendition(file: Element, notes: Notes) -> Rendition | None:
    """The file; None, which is noted, when it has no address."""
    try:
        href = absolute(value(file, "href") or "", None, WEB)
    except AddressError:
        if file.get("hascontent") != "false":
            notes.lose(f"{n.CONTENT_SET}/{n.REMOTE_CONTENT}")
        return None
    stated = value(file, "contenttype")
    return Rendition(
        href=href,
        type=stated if stated and _MIME.match(stated) else None,
        width=number(file, "width", 99_999),
        height=number(file, "height", 99_999),
        bytes=number(file, "size"),
    )


def files_of(content: Iterable[Element]) -> list[Element]:
    """The files that content sets name."""
    return [one for part in content for one in children(part, n.REMOTE_CONTENT)]
