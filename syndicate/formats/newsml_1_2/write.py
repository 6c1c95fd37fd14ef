"""Elements of NewsML 1.2 as text, made from values; what has no value is not made, so nothing empty is written."""

from syndicate.markup.escape import escape, sound, xml_attribute
from syndicate.markup.text import one_line

Attribute = tuple[str, str | None]


def make(name: str, *children: str, attributes: tuple[Attribute, ...] = ()) -> str:
    """The element with its children on lines of their own; nothing when there is neither a child nor an attribute."""
    inner, stated = "".join(children), _attributes(attributes)
    if not inner:
        return f"<{name}{stated}/>\n" if stated else ""
    return f"<{name}{stated}>\n{inner}</{name}>\n"


def text(name: str, value: str | None, *attributes: Attribute) -> str:
    """The element with this text on one line."""
    shown = line(value)
    return f"<{name}{_attributes(attributes)}>{escape(shown)}</{name}>\n" if shown else ""


def one(name: str, formal: str | None, *attributes: Attribute) -> str:
    """The empty element whose `FormalName` says it all."""
    return f"<{name}{_attributes((('FormalName', formal), *attributes))}/>\n" if line(formal) else ""


def property_of(name: str, value: str | None, *children: str, scheme: str | None = None) -> str:
    """A `Property` of that name."""
    if line(value) is None and not any(children):
        return ""
    stated: tuple[Attribute, ...] = (("FormalName", name), ("Scheme", scheme), ("Value", value))
    return make("Property", *children, attributes=stated)


def line(value: str | None) -> str | None:
    """The text as one line without characters that XML cannot carry; None when nothing is left."""
    return one_line(sound(value)) or None if value else None


def _attributes(stated: tuple[Attribute, ...]) -> str:
    shown = ((key, line(value)) for key, value in stated)
    return "".join(f' {key}="{xml_attribute(value)}"' for key, value in shown if value)
