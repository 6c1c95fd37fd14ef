"""Which media belong to which story: by links, and by the packages that hold both."""

from collections.abc import Iterator, Sequence

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.read_item import Item
from syndicate.formats.newsml_g2.read_media import CLASSES, files_of
from syndicate.formats.newsml_g2.read_tree import Element, child, children, value

# Each group is looked at with all that is below it.
_MOST_GROUPS = 200
_SAYING = (
    *(f"{n.CONTENT_META}/{name}" for name in (n.HEADLINE, n.SLUGLINE, n.DESCRIPTION)),
    *(f"{n.ITEM_META}/{name}" for name in (n.ITEM_TITLE, n.ED_NOTE)),
)


def is_media(item: Item) -> bool:
    """Whether the item is a picture, video, audio or graphic and nothing else."""
    content = item.all(n.CONTENT_SET)
    if item.kind in CLASSES:
        return True
    has_text = any(True for part in content for _ in children(part, n.INLINE_XML, n.INLINE_DATA))
    return item.kind != "text" and not has_text and bool(files_of(content))


def claims(items: Sequence[Item], packages: Sequence[Item]) -> dict[str, list[str]]:
    """The guids of the media items of each story, by its guid, in the order in which they are named."""
    media = {item.guid for item in items if item.guid and is_media(item)}
    stories = {item.guid: item for item in items if item.guid not in media}
    found: dict[str, dict[str, None]] = {guid: {} for guid in stories}
    for guid, story in stories.items():
        found[guid].update((target, None) for target in story.targets() if target in media)
    for item in items:
        if item.guid in media:
            for target in item.targets():
                if target in found:
                    found[target][item.guid] = None
    for package in packages:
        for guids in _groups(package):
            told = [guid for guid in guids if guid in stories]
            if len(told) == 1:
                found[told[0]].update((guid, None) for guid in guids if guid in media)
    return {guid: list(one) for guid, one in found.items()}


def members(package: Item) -> list[str]:
    """The guids of all items that the package refers to."""
    return list(dict.fromkeys(guid for guids in _direct(package).values() for guid in guids))


def _groups(package: Item) -> Iterator[list[str]]:
    """The guids in each group with all that is below it, the innermost first; the whole package last."""
    direct, inner = _direct(package), _inner(package)
    for name in reversed(list(direct)):
        yield _under(name, direct, inner)
    yield members(package)


def _direct(package: Item) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for count, group in enumerate(_elements(package)):
        refs = [value(one, "residref") or value(one, "guidref") for one in children(group, n.ITEM_REF)]
        found.setdefault(group.get("id") or f" {count}", []).extend(filter(None, refs))
    # Some put the references into the package itself.
    loose = [value(one, "residref") for one in children(package.element, n.ITEM_REF)]
    if any(loose):
        found[" "] = list(filter(None, loose))
    return found


def _inner(package: Item) -> dict[str, list[str]]:
    return {
        group.get("id") or "": [ref for one in children(group, n.GROUP_REF) if (ref := one.get("idref"))]
        for group in _elements(package)
    }


def _elements(package: Item) -> list[Element]:
    return [group for part in package.all(n.GROUP_SET) for group in children(part, n.GROUP)][:_MOST_GROUPS]


def _under(name: str, direct: dict[str, list[str]], inner: dict[str, list[str]]) -> list[str]:
    waiting, seen, guids = [name], set[str](), list[str]()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            guids += direct.get(one, [])
            waiting += inner.get(one, [])
    return list(dict.fromkeys(guids))


def said_by(package: Item, carried: set[str]) -> Iterator[str]:
    """The names of what a package says and no article carries: its order, and its texts that are no story's."""
    yield f"{n.PACKAGE_ITEM}/{n.GROUP_SET}"
    for path in _SAYING:
        if any(text not in carried for text in package.texts(path, "package")):
            yield f"{n.PACKAGE_ITEM}/{path}"
    for group in _elements(package):
        if child(group, n.ITEM_TITLE) is not None:
            yield f"{n.PACKAGE_ITEM}/{n.GROUP_SET}/{n.GROUP}/{n.ITEM_TITLE}"
            return
