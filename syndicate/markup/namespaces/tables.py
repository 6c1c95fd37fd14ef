"""Short forms for the tables of extension namespaces."""

from collections.abc import Mapping

from syndicate.markup.structure import Attribute, Child, Element, Kind, Role
from syndicate.markup.values import anything

TEXT = Attribute()
NEEDED = Attribute(required=True)


def leaf(
    namespace: str,
    local: str,
    text: Kind = anything,
    *,
    most: int | None = 1,
    attributes: Mapping[str, Attribute] | None = None,
) -> Child:
    """An element with text and attributes, without children of its own."""
    return Child(Element(name=f"{{{namespace}}}{local}", text=text, attributes=attributes or {}), most=most)


def loose(namespace: str, local: str, *, most: int | None = 1) -> Child:
    """An element whose inside is not looked at."""
    return Child(Element(name=f"{{{namespace}}}{local}", text=anything, open=True, role=Role.OTHER), most=most)
