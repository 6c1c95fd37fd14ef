"""The pictures and enclosures of an item against a profile."""

from collections.abc import Iterator
from dataclasses import dataclass

from syndicate.markup.media_choice import type_of
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding
from syndicate.model.media import Rendition
from syndicate.profiles import rules
from syndicate.profiles.check_texts import insecure, misplaced, shown
from syndicate.profiles.hosts import is_full, scheme_of
from syndicate.profiles.places import Found, nodes_at
from syndicate.profiles.seen import Item, Level

_ADDRESS = ("url", "href", "src")
_TYPE = ("type", "contenttype", "mime_type", "mimetype")
_BYTES = ("fileSize", "size", "length", "size_in_bytes")


@dataclass(frozen=True, slots=True)
class File:
    """One file that an item names, with what it says of it; None for what it does not say."""

    node: Node
    attribute: str
    href: str
    type: str | None
    width: int | None
    height: int | None
    bytes: int | None

    @property
    def is_picture(self) -> bool:
        """Whether it is one, by its type, by what the document calls it, or by its name."""
        medium = self.node.get("medium")
        return medium == "image" if medium else (self.type or "").startswith("image/")

    @property
    def side(self) -> int | None:
        """The shorter side."""
        sides = [one for one in (self.width, self.height) if one is not None]
        return min(sides) if sides else None


def media(item: Item) -> Iterator[Finding]:
    """What is wrong with the files that the item names."""
    files = list(_files(item))
    for one in files:
        yield from _address(item, one)
    pictures = _pictures(files)
    for alternatives in pictures:
        yield from _picture(item, alternatives)
    yield from _numbers(item, len(pictures))


def _files(item: Item) -> Iterator[File]:
    seen: set[str] = set()
    for path in item.view.family.images:
        for found in nodes_at(item.node, path, item.view.prefixes):
            one = _file(found.node)
            # An enclosure says the same file again, and less of it.
            if one is not None and one.href not in seen:
                seen.add(one.href)
                yield one


def _file(node: Node) -> File | None:
    for name in _ADDRESS:
        if href := _fact(node, (name,)):
            stated = type_of(Rendition(href=href, type=_fact(node, _TYPE)))
            numbers = (_number(node, ("width",)), _number(node, ("height",)), _number(node, _BYTES))
            return File(node, name, href, stated, *numbers)
    return None


def _fact(node: Node, names: tuple[str, ...]) -> str | None:
    """What the element says under one of these names, in an attribute or (JSON) in a member."""
    for name in names:
        child = node.find(name)
        value = node.get(name) or (child.text if child is not None else "")
        if value.strip():
            return value.strip()
    return None


def _number(node: Node, names: tuple[str, ...]) -> int | None:
    text = _fact(node, names) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 and int(text) else None


def _pictures(files: list[File]) -> list[list[File]]:
    """The pictures, each with the sizes it comes in: those of one group are one picture."""
    found: dict[int, list[File]] = {}
    for number, one in enumerate(files):
        if one.is_picture:
            parent = one.node.parent
            is_grouped = parent is not None and parent.local == "group"
            found.setdefault(id(parent) if is_grouped else -number - 1, []).append(one)
    return list(found.values())


def _picture(item: Item, alternatives: list[File]) -> Iterator[Finding]:
    best = max(alternatives, key=lambda one: (one.side or 0, one.width or 0))
    for level in item.view.levels:
        yield from _size(item, level, best)
        types, most = level.limits.image_types, level.limits.image_max
        if types and best.type is not None and best.type not in types:
            message = f"the picture is {best.type}, {', '.join(types)} are {level.taken}: {shown(best.href)}"
            yield item.view.finding(level.rule(rules.IMAGE_TYPE), message, best.node)
        if most and best.bytes is not None and best.bytes > most:
            message = f"the picture has {best.bytes} bytes, at most {most} are {level.taken}: {shown(best.href)}"
            yield item.view.finding(level.rule(rules.IMAGE_LARGE), message, best.node)


def _size(item: Item, level: Level, one: File) -> Iterator[Finding]:
    limits = level.limits
    for least, actual, what in (
        (limits.image_width, one.width, "wide"),
        (limits.image_height, one.height, "high"),
        (limits.image_side, one.side, "at its shorter side"),
    ):
        if least and actual is None and not level.is_advice:
            message = f"how large the picture is is not said, {least} pixels {what} are needed: {shown(one.href)}"
            yield item.view.finding(rules.IMAGE_UNSIZED, message, one.node)
        elif least and actual is not None and actual < least:
            message = f"the picture is {actual} pixels {what}, at least {least} are {level.needed}: {shown(one.href)}"
            yield item.view.finding(level.rule(rules.IMAGE_SMALL), message, one.node)


def _address(item: Item, one: File) -> Iterator[Finding]:
    found = Found(one.node, one.attribute, one.href)
    if not is_full(one.href):
        message = f"{one.attribute} of {one.node.qname} is no full address: {shown(one.href)}"
        yield item.view.finding(rules.RELATIVE, message, one.node, attribute=one.attribute)
    for level in item.view.levels:
        if level.limits.https and scheme_of(one.href) == "http":
            yield insecure(item, level, found, one.attribute)
    yield from misplaced(item, found, f"{one.attribute} of {one.node.qname}")


def _numbers(item: Item, pictures: int) -> Iterator[Finding]:
    inside = sum(tag.name == "img" for _, look in item.looks for tag in look.tags)
    enclosures = [
        found for path in item.view.family.enclosures for found in nodes_at(item.node, path, item.view.prefixes)
    ]
    for level in item.view.levels:
        least, most = level.limits.images_min, level.limits.enclosures_max
        if least and max(pictures, inside) < least:
            message = f"the item has {max(pictures, inside)} pictures, at least {least} are {level.needed}"
            yield item.view.finding(level.rule(rules.IMAGES_FEW), message, item.node)
        if most and len(enclosures) > most:
            message = f"the item has {len(enclosures)} enclosures, at most {most} are {level.taken}"
            yield item.view.finding(level.rule(rules.ENCLOSURES), message, enclosures[most].node)
