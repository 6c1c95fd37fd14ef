"""Documents of agencies as XML for lxml, with what many of them get wrong mended: encodings, entities, controls."""

import re
from html.entities import html5

from lxml import etree

from syndicate.markup.encoding import decode
from syndicate.markup.xml import clean, parse

# Names of HTML that no XML document knows without their definition.
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
_CONTROLS = re.compile(r"&#(?:x0*(?:[0-8BCEFbcef]|1[0-9A-Fa-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));")
_LONE = re.compile(r"&(?!#?[A-Za-z0-9]{1,31};)")


def parsed(data: bytes) -> tuple[etree._Element, tuple[str, ...]]:
    """The root and what had to be mended, as clauses; raises `etree.XMLSyntaxError` where that is not enough."""
    try:
        return parse(data.lstrip()), ()
    except etree.XMLSyntaxError as error:
        text, repairs = _mended(data)
        if not repairs:
            raise
        try:
            return parse(text.encode()), repairs
        except etree.XMLSyntaxError:
            raise error from None


def _mended(data: bytes) -> tuple[str, tuple[str, ...]]:
    found = decode(data)
    repairs = [message for kind, message, _, _ in found.faults if kind in ("undecodable", "encoding-mismatch")]
    text = found.text.lstrip()
    for changed, what in (
        (_NAMED.sub(_character, text), "names of characters that only HTML knows replaced"),
        (_CONTROLS.sub("", text), "control characters left out"),
        (_LONE.sub("&amp;", text), "an & that begins nothing written as &amp;"),
    ):
        if changed != text:
            repairs.append(what)
    mended = clean(_LONE.sub("&amp;", _CONTROLS.sub("", _NAMED.sub(_character, text))))
    if mended != text and not repairs:
        repairs.append("control characters left out")
    return mended, tuple(repairs)


def _character(name: re.Match[str]) -> str:
    """The character of that name; what has none is text."""
    shown = html5.get(name[1])
    return f"&amp;{name[1]}" if shown is None else shown.replace("&", "&amp;").replace("<", "&lt;")
