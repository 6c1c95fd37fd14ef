"""The inline markup of body blocks in pieces, and as plain text. Never raises, whatever the text holds."""

import re

from syndicate.markup.escape import escape, sound

_TAG = re.compile("(<[^>]*>)")
_EMPTY = re.compile("<(?!br[ />])([a-z]+)([^>]*)/>")
# Markup as cleaning writes it is well-formed and safe as it stands, so that nothing has to be parsed.
_BARE = frozenset({
    "<br/>", "</a>", "</span>", "<em>", "</em>", "<strong>", "</strong>", "<code>", "</code>", "<sub>", "</sub>",
    "<sup>", "</sup>",
})  # fmt: skip
_VALUE = '[^ "&<>]*(?:&(?:amp|lt|gt|quot);[^ "&<>]*)*'
_TITLE = _VALUE.replace("^ ", "^")
_CLEANED = re.compile(
    rf'<(?:a href="(?:https?://|mailto:|tel:)(?!"){_VALUE}"(?: hreflang="{_VALUE}")?(?: title="{_TITLE}")?'
    rf'|span(?: lang="{_VALUE}")?(?: dir="{_VALUE}")?)>'
)
# What nests deeper is left to the parser, which has a bound of its own.
_DEEPEST = 50
_REFERENCE = re.compile("&(?!(?:amp|lt|gt);)")


def tokens(html: str) -> list[str]:
    """The markup in pieces: text, tag, text, tag, ..., text. Only elements and attributes of the safe subset come back.

    Texts are character data, with `&amp;`, `&lt;`, `&gt;` and `&#13;` in them, and may be empty. A tag is `<br/>` or,
    as `<em>` and `</em>`, has its partner; values of attributes are escaped, in double quotes.
    """
    if html.isprintable():
        if "<" not in html and "&" not in html:
            return [escape(html)]
        found = _TAG.split(html)
        if _is_cleaned(found):
            return found
    return _read(html)


def is_data(text: str) -> bool:
    """Whether printable text is character data that holds no other references than `&amp;`, `&lt;` and `&gt;`."""
    return "<" not in text and ">" not in text and ("&" not in text or _REFERENCE.search(text) is None)


def cut(element: str) -> list[str]:
    """What stands in an element that lxml wrote, in such pieces."""
    return _TAG.split(_EMPTY.sub(r"<\1\2></\1>", element))[2:-2]


def plain(html: str) -> str:
    """The text of inline markup, a line break for each `br`."""
    if "<" not in html and "&" not in html:
        return sound(html)
    found = tokens(html)
    found[1::2] = ["\n" if tag.startswith("<br") else "" for tag in found[1::2]]
    text = "".join(found)
    if "&" not in text:
        return text
    return text.replace("&#13;", "\r").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _is_cleaned(found: list[str]) -> bool:
    """Whether the pieces are such markup: every reference and every tag known, each element closed, none too deep."""
    if not all(map(is_data, found[::2])):
        return False
    opened: list[str] = []
    for tag in found[1::2]:
        if tag not in _BARE and not _CLEANED.fullmatch(tag):
            return False
        if tag[1] != "/":
            if tag != "<br/>":
                opened.append(tag[1:-1].partition(" ")[0])
                if len(opened) > _DEEPEST:
                    return False
        elif not opened or opened.pop() != tag[2:-1]:
            return False
    return not opened


def _read(html: str) -> list[str]:
    from lxml import etree

    from syndicate.markup.inline_tree import inline_elements

    return cut(etree.tostring(inline_elements(html), encoding="unicode"))
