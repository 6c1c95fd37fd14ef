"""References to items, as a package holds them. It takes lxml, which other documents are written without."""

from lxml import etree

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.read_tree import Element, child, value, words
from syndicate.formats.newsml_g2.write import attribute, make, text
from syndicate.markup.xml import parse

_ITEM = f' contenttype="{n.ITEM_TYPE}"'
_NAMED = (n.ITEM_CLASS, n.PROVIDER, n.PUB_STATUS)


def item_refs(fragment: bytes) -> bytes:
    """The `itemRef` of each item in the fragment, a line each; nothing for a story that is not usable."""
    items = list(parse(b"<items>" + fragment + b"</items>"))
    status = _meta(items[0], n.PUB_STATUS)
    if value(status, "qcode") != "stat:usable":
        return b""
    story = _title(items[0])
    return "".join(_item_ref(item, _title(item) or story) for item in items).encode()


def _item_ref(item: Element, title: str | None) -> str:
    target = attribute("residref", item.get("guid")) + attribute("version", item.get("version"))
    children = [_copy(found) for name in _NAMED if (found := _meta(item, name)) is not None]
    return (
        make(n.ITEM_REF, f"{target}{_ITEM}", "".join((*children, text(n.ITEM_TITLE, title)))).replace("\n", "") + "\n"
    )


def _copy(element: Element) -> str:
    name = words(child(element, n.NAME))
    identity = "".join(attribute(key, element.get(key)) for key in ("qcode", "uri"))
    return make(etree.QName(element).localname, identity, text(n.NAME, name))


def _meta(item: Element, name: str) -> Element | None:
    meta = child(item, n.ITEM_META)
    return None if meta is None else child(meta, name)


def _title(item: Element) -> str | None:
    """What the item is called in a list."""
    content = child(item, n.CONTENT_META)
    names = (n.HEADLINE, n.DESCRIPTION)
    texts = (None if content is None else words(child(content, name)) for name in names)
    return next(filter(None, texts), None) or words(_meta(item, n.ITEM_TITLE))
