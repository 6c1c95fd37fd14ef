"""Where things stand in the documents that partners take: items, channels, pictures, and paths as profiles write them.

A path is `media:group/media:content@url`: names of elements one inside the other, an attribute at the end;
`link[rel=self]` is an element by the value of an attribute, `authors[]` each value of a list in JSON.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from syndicate.formats import base as formats
from syndicate.markup.json_nodes import ROOT
from syndicate.markup.namespaces import names
from syndicate.markup.xml import XML_NAMESPACE, Items, Node, namespace_of

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAR = "http://iptc.org/std/nar/2006-10-01/"
PREFIXES: Mapping[str, str] = {
    "atom": ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": names.DUBLIN_CORE,
    "dcterms": names.DUBLIN_CORE_TERMS,
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": names.MEDIA,
    "mi": "http://schemas.ingestion.microsoft.com/common/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "nitf": "http://iptc.org/std/NITF/2006-10-18/",
    "snf": "http://www.smartnews.be/snf",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xml": XML_NAMESPACE,
}
_STEP = re.compile(r"(?P<name>[^\[\]]+)(?:\[(?P<key>[^=\]]*)(?:=(?P<value>[^\]]*))?\])?\Z")
_MEDIA_CONTENT = ("media:content", "media:group/media:content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Documents that are built alike. `roots` are the names of their outermost elements, `items` paths to the items.

    `around` is the path to what says something of the whole, `fields` where an item's texts stand unless a profile says
    otherwise, `images` and `enclosures` where files are named.
    """

    name: str
    roots: tuple[str, ...]
    items: tuple[str, ...]
    around: str = ""
    fields: Mapping[str, tuple[str, ...]]
    images: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


class Found(NamedTuple):
    """What stands at a path: the element, the attribute or None for its text, and the value."""

    node: Node
    attribute: str | None
    value: str


class Step(NamedTuple):
    """One name of a path, with the attribute and value that choose among equals; `each` for the values of a list."""

    name: str
    key: str
    value: str | None
    each: bool


_RSS = Family(
    name="rss",
    roots=("rss",),
    items=("channel/item",),
    around="channel",
    fields={
        "guid": ("guid",),
        "headline": ("title",),
        "url": ("link",),
        "published": ("pubDate",),
        "updated": ("dcterms:modified",),
        "abstract": ("description",),
        "body": ("content:encoded",),
        "authors": ("dc:creator", "author"),
        "description": ("description",),
    },
    images=(*_MEDIA_CONTENT, "enclosure"),
    enclosures=("enclosure",),
)
_ATOM = Family(
    name="atom",
    roots=(f"{{{ATOM}}}feed",),
    items=("entry",),
    fields={
        "guid": ("id",),
        "headline": ("title",),
        "url": ("link[rel=alternate]@href", "link@href"),
        "published": ("published",),
        "updated": ("updated",),
        "abstract": ("summary",),
        "body": ("content",),
        "authors": ("author/name",),
        "description": ("subtitle",),
    },
    images=(*_MEDIA_CONTENT, "link[rel=enclosure]"),
    enclosures=("link[rel=enclosure]",),
    related=("link[rel=related]@href",),
)
_JSONFEED = Family(
    name="jsonfeed",
    roots=(ROOT,),
    items=("items[]",),
    fields={
        "guid": ("id",),
        "headline": ("title",),
        "url": ("url",),
        "published": ("date_published",),
        "updated": ("date_modified",),
        "abstract": ("summary",),
        "body": ("content_html", "content_text"),
        "authors": ("authors[]/name", "author/name"),
        "description": ("description",),
    },
    images=("attachments[]",),
    enclosures=("attachments[]",),
)
_SITEMAP = Family(
    name="news-sitemap",
    roots=(f"{{{SITEMAP}}}urlset",),
    items=("url",),
    fields={
        "guid": ("loc",),
        "headline": ("news:news/news:title",),
        "url": ("loc",),
        "published": ("news:news/news:publication_date",),
        "updated": ("lastmod",),
    },
)
_G2 = Family(
    name="newsml-g2",
    roots=(f"{{{NAR}}}newsMessage", f"{{{NAR}}}newsItem"),
    items=("itemSet/newsItem",),
    around="header",
    fields={
        "guid": ("@guid",),
        "headline": ("contentMeta/headline",),
        "url": ("itemMeta/altRep",),
        "published": ("itemMeta/firstCreated",),
        "updated": ("itemMeta/versionCreated",),
        "abstract": ("contentMeta/description",),
        "body": ("contentSet/inlineXML",),
        "authors": ("contentMeta/creator/name", "contentMeta/by"),
    },
    images=("contentSet/remoteContent",),
)
_NINJS = Family(
    name="ninjs",
    roots=(ROOT,),
    items=("[]",),
    fields={
        "guid": ("uri",),
        "headline": ("headline", "headlines[]/value", "title"),
        "url": ("url", "link"),
        "published": ("firstcreated", "firstCreated"),
        "updated": ("versioncreated", "versionCreated"),
        "abstract": ("description_text", "descriptions[]/value"),
        "body": ("body_xhtml", "body_html", "bodies[]/value", "body_text"),
        "authors": ("byline", "by"),
    },
)
_NITF = Family(
    name="nitf",
    roots=("nitf", f"{{{PREFIXES['nitf']}}}nitf"),
    items=(),
    around="head",
    fields={
        "guid": ("head/docdata/doc-id@id-string",),
        "headline": ("body/body.head/hedline/hl1", "head/title"),
        "published": ("head/docdata/date.release@norm", "head/docdata/date.issue@norm"),
        "updated": ("head/docdata/date.issue@norm",),
        "abstract": ("body/body.head/abstract",),
        "body": ("body/body.content",),
        "authors": ("body/body.head/byline",),
    },
)
_FAMILIES = {one.name: one for one in (_RSS, _ATOM, _JSONFEED, _SITEMAP, _G2, _NINJS, _NITF)}
_OTHER = Family(name="", roots=(), items=(), fields={})


def family_of(format_name: str) -> Family:
    """How documents of that format, or of a variant of it, are built; one without anything where nobody knows."""
    return _FAMILIES.get(formats.format_of(format_name), _OTHER)


def is_known(format_name: str) -> bool:
    """Whether it is known how documents of that format are built."""
    return family_of(format_name) is not _OTHER


def is_of(root: Node, family: Family) -> bool:
    """Whether the outermost element is one of that family."""
    if root.name != ROOT or root.name not in family.roots:
        return root.name in family.roots
    version = root.find("version")
    is_feed = version is not None and "jsonfeed.org" in version.text
    return is_feed is (family is _JSONFEED)


def items_of(root: Node, family: Family) -> list[Node]:
    """The items of the document, in order; the document itself where it is one."""
    found = [one.node for path in family.items for one in nodes_at(root, path, PREFIXES)]
    if family is _NINJS and (kind := root.find("type")) is not None and kind.text == "composite":
        inside = root.find("associations")
        return [] if inside is None else list(inside.children)
    if not found and (family in (_NITF, _NINJS) or root.local == "newsItem"):
        return [root]
    return found


def handed_over(root: Node, family: Family, take: Callable[[Node], None]) -> Items | None:
    """What has the items of a document with that root handed over while it is read; None where they cannot be."""
    if not is_of(root, family) or not family.items or root.name == ROOT:
        return None
    *above, name = family.items[0].split("/")
    parent = _clark(above[-1], root.namespace, PREFIXES) if above else root.name
    return Items(name=_clark(name, root.namespace, PREFIXES), parent=parent, depth=len(above) + 1, take=take)


def around(root: Node, family: Family) -> Node | None:
    """What says something of the whole document."""
    if not family.around:
        return root
    return next((one.node for one in nodes_at(root, family.around, PREFIXES)), None)


def values_at(node: Node, paths: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[Found]:
    """What stands at the paths below the node and is not empty; `contentSet/` is that element, whatever is in it."""
    for path in paths:
        steps, attribute = _split(path)
        key = None if attribute is None else _clark(attribute, "", prefixes)
        for found in _nodes(node, steps, prefixes, node.namespace):
            value = found.all_text() if key is None else found.get(key) or ""
            if value.strip() or path.endswith("/"):
                yield Found(found, attribute, value.strip())


def nodes_at(node: Node, path: str, prefixes: Mapping[str, str]) -> Iterator[Found]:
    """The elements at the path, whatever is in them."""
    for found in _nodes(node, _split(path)[0], prefixes, node.namespace):
        yield Found(found, None, "")


def _nodes(node: Node, steps: tuple[Step, ...], prefixes: Mapping[str, str], namespace: str) -> Iterator[Node]:
    """The elements; names without a prefix are in the namespace of the element that the path begins at."""
    if not steps:
        yield node
        return
    for child in _children(node, steps[0], prefixes, namespace):
        yield from _nodes(child, steps[1:], prefixes, namespace)


def _children(node: Node, step: Step, prefixes: Mapping[str, str], namespace: str) -> Iterator[Node]:
    if step.each:
        owner = node.find(step.name) if step.name else node
        if owner is not None:
            yield from (one for one in owner.children if one.name.endswith("[]"))
        return
    for child in node.find_all(_clark(step.name, namespace, prefixes)):
        if not step.key or child.get(step.key) == step.value:
            yield child


def _clark(name: str, namespace: str, prefixes: Mapping[str, str]) -> str:
    """The name in Clark form; without a prefix it is in the namespace given."""
    prefix, colon, local = name.rpartition(":")
    uri = prefixes.get(prefix, prefix) if colon else namespace
    return f"{{{uri}}}{local}" if uri and uri != namespace_of(ROOT) else local


@lru_cache(maxsize=1024)
def _split(path: str) -> tuple[tuple[Step, ...], str | None]:
    elements, at, attribute = path.partition("@")
    return tuple(map(_step, filter(None, elements.split("/")))), attribute if at else None


def _step(text: str) -> Step:
    if text.endswith("[]"):
        return Step(text[:-2], "", None, True)
    found = _STEP.match(text)
    if found is None:
        return Step(text, "", None, False)
    return Step(found["name"], found["key"] or "", found["value"], False)
