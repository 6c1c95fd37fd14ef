"""The `media` of NITF as media of an article."""

import re
from collections.abc import Collection, Sequence

from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.html_parse import name_of
from syndicate.markup.nitf_read_inline import Element, NitfNotes, plain_of
from syndicate.markup.text import one_line, repair
from syndicate.model.media import Media, MediaRole, MediaType, Rendition

_TYPES = {
    "image": MediaType.PICTURE, "picture": MediaType.PICTURE, "photo": MediaType.PICTURE, "video": MediaType.VIDEO,
    "audio": MediaType.AUDIO, "graphic": MediaType.GRAPHIC, "graphics": MediaType.GRAPHIC,
    "other": MediaType.DOCUMENT,
}  # fmt: skip
_PERIOD = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d+)?S)?\Z")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})\Z")
_NUMBER = re.compile(r"\d{1,8}\Z", re.ASCII)
_UNITS = {"": 1, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "min": 60, "minute": 60, "minutes": 60}
_BYTES = "bytes-"


def media_of(element: Element, taken: Collection[str], role: MediaRole, notes: NitfNotes) -> Media | None:
    """The media; None when nothing is said of it. Its id is none of those that are taken."""
    metadata = {one.get("name", "").lower(): one.get("value", "").strip() for one in _named(element, "media-metadata")}
    references = _named(element, "media-reference")
    if any(True for one in element.iter() if name_of(one) == "media-object"):
        notes.lose("media/media-object")
    classes = frozenset((element.get("class") or "").split())
    title, caption = _texts(element, references, notes)
    source = _first(references, "source-credit")
    made = Media(
        id=_id(media_id(element), taken),
        type=_type(element, references, classes),
        role=next((one for one in MediaRole if one.value in classes), role),
        name=_name(references, notes),
        title=title,
        caption=caption,
        credit=_credit(element, source, notes),
        source=source,
        duration=_duration(metadata, references),
        renditions=_renditions(references, metadata),
    )
    says = made.name or made.title or made.caption or made.credit or made.renditions or media_id(element)
    return made if says else None


def media_id(element: Element) -> str | None:
    """The id that the media says it has."""
    found = (one.get("value", "").strip() for one in _named(element, "media-metadata") if one.get("name") == "id")
    return next(found, None) or None


def _named(element: Element, name: str) -> list[Element]:
    return [child for child in element if name_of(child) == name]


def _line(value: str | None) -> str | None:
    return one_line(repair(value)[0]) or None if value else None


def _first(references: Sequence[Element], attribute: str) -> str | None:
    return next((line for one in references if (line := _line(one.get(attribute)))), None)


def _id(stated: str | None, taken: Collection[str]) -> str:
    if stated and stated not in taken:
        return stated
    number = len(taken) + 1
    while f"m{number}" in taken:
        number += 1
    return f"m{number}"


def _type(element: Element, references: Sequence[Element], classes: frozenset[str]) -> MediaType:
    if "type-graphic" in classes:
        return MediaType.GRAPHIC
    stated = (element.get("media-type") or "").strip().lower()
    words = (stated, *((one.get("mime-type") or "").partition("/")[0].lower() for one in references))
    return next((_TYPES[word] for word in words if word in _TYPES), MediaType.DOCUMENT)


def _texts(element: Element, references: Sequence[Element], notes: NitfNotes) -> tuple[str | None, str | None]:
    """Title and caption: of two captions the first is a title; a single one is one where its class says so."""
    captions = [(one, text) for one in _named(element, "media-caption") if (text := plain_of(one, notes))]
    titles = [text for one, text in captions if one.get("class") in ("title", "headline")]
    others = [text for one, text in captions if one.get("class") not in ("title", "headline")]
    if not titles and len(others) > 1 and not any(one.get("class") for one, _ in captions):
        titles, others = others[:1], others[1:]
    alternate = _first(references, "alternate-text")
    title = " ".join(titles) or (alternate if others and alternate not in others else None)
    return title, " ".join(others) or (None if titles else alternate)


def _name(references: Sequence[Element], notes: NitfNotes) -> str | None:
    """The name of the file, or what stands in the place of an address and is none."""
    if name := _first(references, "name"):
        return name
    return next((_line(source) for one in references if (source := one.get("source")) and not _href(one)), None)


def _credit(element: Element, source: str | None, notes: NitfNotes) -> str | None:
    """Whom to name; a producer that only repeats the source is no credit, unless its class says that it is."""
    producers = [(one, text) for one in _named(element, "media-producer") if (text := plain_of(one, notes))]
    return ", ".join(text for one, text in producers if text != source or one.get("class") == "credit") or None


def _duration(metadata: dict[str, str], references: Sequence[Element]) -> int | None:
    stated = metadata.get("duration", "")
    if period := _PERIOD.match(stated):
        return sum(int(part or 0) * unit for part, unit in zip(period.groups(), (3600, 60, 1), strict=True))
    if clock := _CLOCK.match(stated):
        return sum(int(part or 0) * unit for part, unit in zip(clock.groups(), (3600, 60, 1), strict=True))
    for one in references:
        time, unit = (one.get("time") or "").strip(), (one.get("time-unit-of-measure") or "").strip().lower()
        if _NUMBER.match(time) and unit in _UNITS:
            return int(time) * _UNITS[unit]
    return None


def _renditions(references: Sequence[Element], metadata: dict[str, str]) -> tuple[Rendition, ...]:
    found = ((number, one, _href(one)) for number, one in enumerate(references, 1))
    return tuple(
        Rendition(
            href=href,
            type=_line(one.get("mime-type")),
            width=_count(one.get("width")),
            height=_count(one.get("height")),
            bytes=_count(metadata.get(f"{_BYTES}{number}")),
        )
        for number, one, href in found
        if href
    )


def _href(reference: Element) -> str | None:
    try:
        return absolute((reference.get("source") or "").strip(), None, WEB)
    except AddressError:
        return None


def _count(value: str | None) -> int | None:
    return int(value) or None if value and _NUMBER.match(value.strip()) else None
