"""Elements of NewsML-G2, made from values; what has no value is not made, so nothing empty is ever written."""

from collections.abc import Iterable, Mapping

from lxml import etree

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.structure import CHILDREN, places
from syndicate.markup.text import one_line
from syndicate.markup.xml import XML_NAMESPACE, clean

Element = etree._Element
Attributes = Mapping[str, str | None]

LANG = f"{{{XML_NAMESPACE}}}lang"
_NONE: Attributes = {}


def make(name: str, attributes: Attributes = _NONE, children: Iterable[Element | None] = ()) -> Element:
    """The element with its children, put in the order of the standard and on lines of their own."""
    made = etree.Element(f"{{{n.NAMESPACE}}}{name}", nsmap={None: n.NAMESPACE})
    for key, value in attributes.items():
        if value:
            made.set(key, clean(value))
    made.extend(_placed(name, [child for child in children if child is not None]))
    if len(made):
        made.text = "\n"
        for child in made:
            child.tail = "\n"
    return made


def text(name: str, value: str | None, attributes: Attributes = _NONE) -> Element | None:
    """The element with this text on one line (most texts are of type g2normalizedString); None without text."""
    value = line(value)
    if value is None:
        return None
    made = make(name, attributes)
    made.text = value
    return made


def line(value: str | None) -> str | None:
    """The text as one line without characters that XML cannot carry; None when nothing is left."""
    cleaned = clean(value or "")
    cleaned = one_line(cleaned) if any(mark in cleaned for mark in "\t\n\r") else cleaned.strip()
    return cleaned or None


def data(element: Element) -> bytes:
    """The element as UTF-8, without an XML declaration."""
    return etree.tostring(element, encoding="utf-8", xml_declaration=False)


def _placed(name: str, children: list[Element]) -> list[Element]:
    if name not in CHILDREN:
        return children
    place = places(name)
    return sorted(children, key=lambda child: place[etree.QName(child).localname])
