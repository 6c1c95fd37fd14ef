"""Text as it stands in markup, as character data and in attributes: for HTML and XML alike, or just as lxml has it."""

from syndicate.markup.xml import clean


def escape(text: str) -> str:
    """The text as character data of XML and HTML alike."""
    # Most texts are short and hold none of them: to look takes half the time of replacing nothing.
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attribute(value: str) -> str:
    """The text as the value of an attribute in double quotes. Line feeds and tabs survive parsing."""
    if "&" in value or "<" in value or ">" in value or '"' in value:
        value = escape(value).replace('"', "&quot;")
    return value if value.isprintable() else value.replace("\n", "&#10;").replace("\t", "&#9;")


def sound(text: str) -> str:
    """The text without characters that XML cannot carry; printable text, as most is, has none."""
    return text if text.isprintable() else clean(text)


def xml_data(text: str) -> str:
    """Sound text as lxml writes it between tags: a carriage return survives parsing too."""
    text = escape(text)
    return text.replace("\r", "&#13;") if "\r" in text else text


def xml_attribute(value: str) -> str:
    """The text as lxml writes it in an attribute, without characters that XML cannot carry."""
    return attribute(value) if value.isprintable() else attribute(clean(value)).replace("\r", "&#13;")
