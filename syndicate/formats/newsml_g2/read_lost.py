"""What of an item reading looks at; everything else that says something is listed as lost, by its path."""

from collections.abc import Iterable, Iterator, Mapping

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.read_tree import Element, any_local, local, raw

_CONCEPTS = (n.LOCATED, n.INFO_SOURCE, n.CREATOR, n.CONTRIBUTOR, n.GENRE, n.SUBJECT)
_IDENTITY = ("qcode", "uri", "literal", "type", "typeuri", "role", "roleuri")
# Elements by their path below the item. Some of them are noted as lost by who reads them, when it cannot carry them.
_READ = frozenset(
    {
        n.RIGHTS_INFO: ("", n.COPYRIGHT_HOLDER, f"{n.COPYRIGHT_HOLDER}/{n.NAME}", n.COPYRIGHT_NOTICE, n.USAGE_TERMS),
        n.ITEM_META: (
            "", n.ITEM_CLASS, n.VERSION_CREATED, n.FIRST_CREATED, n.EMBARGOED, n.PUB_STATUS, n.SERVICE,
            f"{n.SERVICE}/{n.NAME}", n.ITEM_TITLE, n.ED_NOTE, n.SIGNAL, n.ALT_REP, n.EXPIRES, n.LINK,
            # Said of every item, and of no use to readers.
            n.PROVIDER, f"{n.PROVIDER}/{n.NAME}", n.GENERATOR, f"{n.ITEM_CLASS}/{n.NAME}", f"{n.PUB_STATUS}/{n.NAME}",
        ),
        n.CONTENT_META: (
            "", n.URGENCY, n.CONTENT_CREATED, n.CONTENT_MODIFIED, n.LANGUAGE, n.KEYWORD, n.SLUGLINE, n.HEADLINE,
            n.DATELINE, n.BY, n.CREDITLINE, n.DESCRIPTION, *_CONCEPTS, *(f"{one}/{n.NAME}" for one in _CONCEPTS),
            *(f"{one}/{part}" for one in (n.CREATOR, n.CONTRIBUTOR) for part in (
                n.PERSON_DETAILS, f"{n.PERSON_DETAILS}/{n.CONTACT_INFO}",
                f"{n.PERSON_DETAILS}/{n.CONTACT_INFO}/{n.EMAIL}",
            )),
        ),
    }.items()
)  # fmt: skip
_PATHS = frozenset(f"{part}/{name}".rstrip("/") for part, names in _READ for name in names)
_PARTS = frozenset({n.CATALOG, n.CATALOG_REF, n.RIGHTS_INFO, n.ITEM_META, n.CONTENT_META, n.CONTENT_SET})
_ATTRIBUTES = frozenset({*_IDENTITY, "separator", "id", "custom", "tag", "version", "contenttype", "versioninfo"})
_OF_LINKS = frozenset({"rel", "reluri", "href", "residref", "guidref", "title", "size"})
_DEEPEST = 8
# What is said of media, and what is of no use to readers.
_OF_MEDIA = frozenset(
    {
        *(f"{n.CONTENT_META}/{name}" for name in (
            n.HEADLINE, n.SLUGLINE, n.CREDITLINE, n.INFO_SOURCE, n.DESCRIPTION, n.LANGUAGE, n.CONTENT_CREATED,
            n.CONTENT_MODIFIED, n.URGENCY,
        )),
        *(f"{n.ITEM_META}/{name}" for name in (
            n.ITEM_CLASS, n.PROVIDER, n.VERSION_CREATED, n.FIRST_CREATED, n.EMBARGOED, n.PUB_STATUS, n.GENERATOR,
            n.ITEM_TITLE, n.LINK,
        )),
    }
)  # fmt: skip


def lost_in(item: Element) -> Iterator[str]:
    """The paths of what is not looked at: `contentMeta/audience`, `contentMeta/subject/broader`."""
    for part in item:
        name = local(part)
        if name in (n.RIGHTS_INFO, n.ITEM_META, n.CONTENT_META):
            yield from _below(part, name, 0)
        elif name not in _PARTS and _says_something(part):
            yield any_local(part)


def lost_with(media: Element, told: Mapping[str, set[str]], kind: str) -> Iterator[str]:
    """What a media item says, but neither its story (`told`) nor what media have: `picture/contentMeta/subject`."""
    for path, texts in told_by(media).items():
        if path not in _OF_MEDIA and not texts <= told.get(path, set()):
            yield f"{kind}/{path}"


def told_by(item: Element) -> dict[str, set[str]]:
    """What the metadata of an item say, by path."""
    found: dict[str, set[str]] = {}
    for part in item:
        if local(part) in (n.RIGHTS_INFO, n.ITEM_META, n.CONTENT_META):
            for one in part:
                if _says_something(one):
                    path = f"{local(part)}/{any_local(one)}"
                    values = (value for inner in one.iter() for value in inner.attrib.values())
                    found.setdefault(path, set()).add(f"{raw(one)} {' '.join(map(str, values))}".strip())
    return found


def _below(element: Element, path: str, depth: int) -> Iterator[str]:
    for child in element:
        name = local(child)
        inner = f"{path}/{name or any_local(child)}"
        if not name or inner not in _PATHS or depth > _DEEPEST:
            if _says_something(child):
                yield inner
            continue
        yield from _attributes(child, inner)
        if name not in (n.LINK, n.ED_NOTE, n.DESCRIPTION):
            yield from _below(child, inner, depth + 1)


def _attributes(element: Element, path: str) -> Iterable[str]:
    known = _ATTRIBUTES | _OF_LINKS if local(element) in (n.LINK, n.ALT_REP) else _ATTRIBUTES
    return (f"{path}@{name}" for name, value in element.attrib.items() if _is_lost(str(name), str(value), known))


def _is_lost(name: str, value: str, known: frozenset[str]) -> bool:
    return not name.startswith("{") and name not in known and bool(value.strip())


def _says_something(element: Element) -> bool:
    return any(value.strip() for one in element.iter() for value in one.attrib.values()) or bool(raw(element).strip())
