"""References to items, as a package holds them. It takes lxml, which other documents are written without."""

import re

from lxml import etree

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.read_tree import Element, value, words
from syndicate.formats.newsml_g2.write import attribute, make, text
from syndicate.markup.xml import parse

_OURS = f"{{{n.NAMESPACE}}}"
_ITEM = f' contenttype="{n.ITEM_TYPE}"'
# Most of an item, and nothing that a reference says.
_CONTENT = re.compile(rb"<%(name)b>.*?</%(name)b>\n" % {b"name": n.CONTENT_SET.encode()}, re.DOTALL)
_NAMED = (n.ITEM_CLASS, n.PROVIDER, n.PUB_STATUS)


def item_refs(fragment: bytes) -> bytes:
    """The `itemRef` of each item in the fragment, a line each; nothing for a story that is not usable."""
    items = list(parse(b"<items>" + _CONTENT.sub(b"", fragment) + b"</items>"))
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
    name = words(element.find(f"{_OURS}{n.NAME}"))
    identity = "".join(attribute(key, element.get(key)) for key in ("qcode", "uri"))
    return make(etree.QName(element).localname, identity, text(n.NAME, name))


def _meta(item: Element, name: str) -> Element | None:
    return item.find(f"{_OURS}{n.ITEM_META}/{_OURS}{name}")


def _title(item: Element) -> str | None:
    """What the item is called in a list."""
    texts = (words(item.find(f"{_OURS}{n.CONTENT_META}/{_OURS}{name}")) for name in (n.HEADLINE, n.DESCRIPTION))
    return next(filter(None, texts), None) or words(_meta(item, n.ITEM_TITLE))
