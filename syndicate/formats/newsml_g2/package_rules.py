"""Rules about packages and about items that are pictures, videos or sounds."""

import re
from collections.abc import Iterable, Iterator, Mapping

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.item_rules import ns
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import shown
from syndicate.markup.xml import Node

rules = RuleSet("newsml-g2")

_SECONDS = re.compile(r"[0-9]+\Z", re.ASCII)
# What tells files apart only by where they are or who wrote it down, and children that say no more.
_WHERE = frozenset({"href", "residref", "id", "creator", "creatoruri", "modified"})
_SAME = frozenset(map(ns, ("altId", "altLoc", "hash")))
_MEDIA = n.ITEM_CLASSES["ninat"] - {"text", "composite"}


@rules.rule("newsml-g2.package.class", on=(ns(n.PACKAGE_ITEM),), severity=WARNING, spec="NewsML-G2, packageItem",
            summary="a package is of the class composite")  # fmt: skip
def package_class(package: Node, run: Run) -> Iterator[Fault]:
    """Receivers choose by the class how to store the item, and look for a text where there is none."""
    node = _class_node(package)
    if node is not None and _class(package) in _MEDIA | {"text"}:
        yield at(node, f"a package is ninat:composite, not {shown(node.get('qcode') or '')}", attribute="qcode")


@rules.rule("newsml-g2.group.mode-unknown", on=(ns(n.GROUP),), severity=WARNING,
            spec="IPTC NewsCodes, package group mode", summary="the mode of a group is one of IPTC's")  # fmt: skip
def group_mode_unknown(group: Node, run: Run) -> Iterator[Fault]:
    """Nobody can tell whether the items stand in order, or are alternatives of which one is to be shown."""
    alias, _, code = (group.get("mode") or "").partition(":")
    if alias == "pgrmod" and code not in n.GROUP_MODES:
        known = ", ".join(sorted(n.GROUP_MODES))
        yield at(group, f"{shown(code)} is no mode of a group; known: {known}", attribute="mode")


@rules.rule("newsml-g2.group.circle", on=(ns(n.GROUP_SET),), severity=ERROR, spec="NewsML-G2, groupSet",
            summary="no group is part of itself")  # fmt: skip
def group_circle(group_set: Node, run: Run) -> Iterator[Fault]:
    """A receiver that follows the groups never comes to an end."""
    groups = group_set.find_all(ns(n.GROUP))
    inner = {
        group.get("id") or "": [one.get("idref") or "" for one in group.find_all(ns(n.GROUP_REF))] for group in groups
    }
    name = _in_circle(inner)
    for group in groups:
        if name and group.get("id") == name:
            yield at(group, f"the group {shown(name)} is part of itself", attribute="id")
            return


def _in_circle(inner: Mapping[str, list[str]]) -> str | None:
    """The name of a group that is part of itself. Each group is followed once, however many it is part of."""
    done: set[str] = set()
    for start in inner:
        around, following = {start}, [(start, iter(inner[start]))]
        while following:
            name, rest = following[-1]
            found = next((one for one in rest if one in inner and one not in done), None)
            if found is None:
                following.pop()
                around.discard(name)
                done.add(name)
            elif found in around:
                return found
            else:
                around.add(found)
                following.append((found, iter(inner[found])))
    return None


@rules.rule("newsml-g2.item-ref.target", on=(ns(n.ITEM_REF),), severity=WARNING, spec="NewsML-G2, itemRef",
            summary="a reference names an item")  # fmt: skip
def item_ref_target(node: Node, run: Run) -> Iterator[Fault]:
    """Nobody knows what belongs in that place of the package."""
    if not any((node.get(name) or "").strip() for name in ("residref", "href", "guidref")):
        yield at(node, "itemRef has neither residref nor href", attribute="residref")


@rules.rule("newsml-g2.remote-content.duration", on=(ns(n.REMOTE_CONTENT),), severity=WARNING,
            spec="NewsML-G2, remoteContent@duration",
            summary="a duration is a number of seconds, or says its unit")  # fmt: skip
def remote_content_duration(node: Node, run: Run) -> Iterator[Fault]:
    """A clock is read as its first number, or not at all."""
    duration = (node.get("duration") or "").strip()
    has_unit = node.get("durationunit") or node.get("durationunituri")
    if duration and not has_unit and not _SECONDS.match(duration):
        message = f"the duration {shown(duration)} is no whole number of seconds and states no unit"
        yield at(node, message, attribute="duration")


@rules.rule("newsml-g2.rendition.duplicate", on=(ns(n.CONTENT_SET),), severity=INFO,
            spec="NewsML-G2, remoteContent@rendition",
            summary="files of one rendition and type differ in more than their address")  # fmt: skip
def rendition_duplicate(content: Node, run: Run) -> Iterable[Fault]:
    """A receiver cannot choose: he takes the first, the last, or fetches all of them.

    Files of one rendition that state another width, format or language are common and good.
    """
    files = content.find_all(ns(n.REMOTE_CONTENT))
    return _rendition_duplicate(files) if len(files) > 1 else ()


def _rendition_duplicate(files: list[Node]) -> Iterator[Fault]:
    seen: set[frozenset[tuple[str, str]]] = set()
    for file in files:
        stated = frozenset((name, value.strip()) for name, value in file.attributes.items() if name not in _WHERE)
        rendition = file.get("rendition") or file.get("renditionuri")
        if not rendition or any(child.name not in _SAME for child in file.children):
            continue
        if stated in seen:
            kind = file.get("contenttype") or "no type"
            message = f"the rendition {shown(rendition)} ({kind}) is here before; only the address tells the two apart"
            yield at(file, message, attribute="rendition")
        seen.add(stated)


@rules.rule("newsml-g2.media.no-file", on=(ns(n.NEWS_ITEM),), severity=WARNING, spec="NewsML-G2, contentSet",
            summary="a picture, video or sound has a file")  # fmt: skip
def media_no_file(item: Node, run: Run) -> Iterator[Fault]:
    """There is nothing to show. A withdrawn item needs none."""
    content = item.find(ns(n.CONTENT_SET))
    if _class(item) not in _MEDIA or content is None or any(content.children) or not _is_usable(item):
        return
    yield at(content, f"the item is a {_class(item)}, but its contentSet is empty")


def _is_usable(item: Node) -> bool:
    meta = item.find(ns(n.ITEM_META))
    status = None if meta is None else meta.find(ns(n.PUB_STATUS))
    return status is None or (status.get("qcode") or "stat:usable").endswith(":usable")


def _class_node(item: Node) -> Node | None:
    meta = item.find(ns(n.ITEM_META))
    return None if meta is None else meta.find(ns(n.ITEM_CLASS))


def _class(item: Node) -> str:
    """The code of the item's class where it is one of IPTC's, else nothing."""
    node = _class_node(item)
    alias, _, code = ("" if node is None else node.get("qcode") or "").partition(":")
    return code if alias == "ninat" else ""
