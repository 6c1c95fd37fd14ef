"""Any inline markup as a tree of the safe subset. Never raises, whatever the text holds."""

import re

from lxml import etree

from syndicate.markup.html import clean_inline
from syndicate.markup.html_inline import SAFE, text_of
from syndicate.markup.html_parse import HtmlError
from syndicate.markup.xml import clean

ROOT = "inline"

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)
_NAMES = SAFE | {"br"}
_ATTRIBUTES = frozenset({"href", "hreflang", "title", "lang", "dir"})
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+\Z", re.IGNORECASE)


def inline_elements(html: str) -> etree._Element:
    """The inline markup inside a wrapper `<inline>`, all names without namespace.

    Only elements and attributes of the safe subset come back. Markup that is not well-formed, or beyond the subset, is
    cleaned first; what cannot be cleaned comes back as text.
    """
    html = clean(html)
    if "<" not in html and "&" not in html:
        return _text(html)
    root = _parsed(html)
    return root if root is not None and _is_safe(root) else _cleaned(html)


def _parsed(html: str) -> etree._Element | None:
    try:
        return etree.fromstring(f"<{ROOT}>{html}</{ROOT}>", _PARSER)
    except etree.XMLSyntaxError:
        return None


def _is_safe(root: etree._Element) -> bool:
    if root.attrib or root.tag != ROOT:
        return False
    return all(
        element.tag in _NAMES
        and all(name in _ATTRIBUTES for name in map(str, element.attrib))
        and (element.tag != "a" or _ADDRESS.match(element.get("href", "")))
        for element in root.iterdescendants()
    )


def _cleaned(html: str) -> etree._Element:
    try:
        root = _parsed(clean_inline(html)[0])
    except HtmlError:
        root = None
    return _text(clean(text_of(html))) if root is None else root


def _text(text: str) -> etree._Element:
    root = etree.Element(ROOT)
    root.text = text
    return root
