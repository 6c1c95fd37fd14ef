"""Elements of NewsML-G2 as text, made from values; what has no value is not made, so nothing empty is ever written.

Each ends with a line break. Who makes an element puts its children in the order of the standard (`structure.CHILDREN`).
"""

from syndicate.markup.escape import escape, sound, xml_attribute
from syndicate.markup.text import one_line


def make(name: str, attributes: str = "", children: str = "") -> str:
    """The element with its children on lines of their own."""
    return f"<{name}{attributes}>\n{children}</{name}>\n" if children else f"<{name}{attributes}/>\n"


def text(name: str, value: str | None, attributes: str = "") -> str:
    """The element with this text on one line (most texts are of type g2normalizedString); empty without text."""
    if not value:
        return ""
    value = value.strip() if value.isprintable() else line(value)
    return f"<{name}{attributes}>{escape(value)}</{name}>\n" if value else ""


def attribute(name: str, value: str | None) -> str:
    """The attribute with a space before it; empty without a value."""
    return f' {name}="{xml_attribute(value)}"' if value else ""


def line(value: str | None) -> str | None:
    """The text as one line without characters that XML cannot carry; None when nothing is left."""
    if not value:
        return None
    if not value.isprintable():
        value = sound(value)
        value = one_line(value) if any(mark in value for mark in "\t\n\r") else value
    return value.strip() or None
