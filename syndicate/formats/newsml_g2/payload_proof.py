"""A NITF payload as our renderer writes it: a pattern that it is well-formed, and the count of its words.

Inside a payload the rules look at ids, which our renderer does not write, and at the number of words. So that words
can be counted without a tree, every element that parts words stands on a line of its own.
"""

import re
from collections.abc import Iterable

from syndicate.markup import nitf_names
from syndicate.markup.proof import any_element, attribute, constant, either, element, empty, many, maybe, named, some

# Entities are looked at once for the whole item.
_TEXT = "[^<]*+"
_VALUE = r"[\x00-!#-;=-\xff]*+"
_TAG = re.compile(rb"<[^>]*+>")
# White space, which parts words. What is not ASCII is looked for by its first byte, since that is mostly the end of it.
_BLANKS = bytes(ord(" ") if chr(byte).isspace() and byte < 128 else ord("x") for byte in range(256))
_WIDE_BLANKS = tuple(
    (bytes([first]), re.compile(bytes([first]) + rest))
    for first, rest in (
        (0xC2, rb"[\x85\xa0]"),
        (0xE1, rb"\x9a\x80"),
        (0xE2, rb"(?:\x80[\x80-\x8a\xa8\xa9\xaf]|\x81\x9f)"),
        (0xE3, rb"\x80\x80"),
    )
)


def _line(*pieces: str) -> str:
    return "".join(pieces) + r"\n"


def _value(name: str) -> str:
    return maybe(attribute(name, _VALUE))


def _inline(depth: int) -> str:
    """Text with inline elements, nested so deep."""
    if depth == 0:
        return _TEXT
    attributes = _value("href") + _value("title") + _value("class") + _value("xml:lang")
    inner = any_element(("a", "em", "lang"), _inline(depth - 1), attributes)
    number = element("num", any_element(("sub", "sup"), _TEXT))
    return _TEXT + many(either(inner, number, _line(empty("br"))), _TEXT)


_CLASS = _value("class")


def _text(name: str) -> str:
    return _line(element(name, _TEXT))


def _block(name: str, *lines: str, attributes: str = "") -> str:
    return _line(element(name, r"\n" + "".join(lines), attributes))


_P = ("p",)
_LEAVES = ("p", "hl2")


def _leaf(names: Iterable[str]) -> str:
    return _line(any_element(names, _inline(2), _CLASS))


_HEAD = _block(
    "body.head",
    maybe(_block("hedline", _text("hl1"))),
    many(_block("byline", _text("person"), maybe(_text("byttl")))),
    maybe(_text("distributor")),
    maybe(_line(element("dateline", maybe(element("location", element("city", _TEXT))) + _TEXT))),
    many(_block("abstract", some(_text("p")), attributes=_CLASS)),
)
_LIST = _line(any_element(("ul", "ol"), r"\n" + some(_leaf(("li",)))))
_REFERENCE = "".join(
    map(_value, ("name", "source-credit", "time", "time-unit-of-measure", "source", "mime-type", "width", "height"))
)
_MEDIA = _block(
    "media",
    maybe(_line(empty("media-metadata", attribute("name", _VALUE) + attribute("value", _VALUE)))),
    some(_line(empty("media-reference", _REFERENCE))),
    many(_text("media-caption")),
    maybe(_text("media-producer")),
    attributes=attribute("media-type", "[a-z]++"),
)
_QUOTE = _block("bq", either(_block("block", _leaf(_P)), _line(empty("block"))), maybe(_text("credit")))
_SPAN = _value("colspan") + _value("rowspan")


def _row() -> str:
    cell = either(any_element(("td", "th"), _inline(2), _SPAN), f"<t[dh]{_SPAN}/>")
    return _block("tr", some(_line(cell)))


_PARTS = either(_line(any_element(("thead", "tbody"), r"\n" + some(_row()))), _row())
_TABLE = _block("table", maybe(_text("caption")), some(_PARTS))
_BLOCKS = many(either(_leaf(_LEAVES), _MEDIA, _LIST, _QUOTE, _TABLE))
_CONTENT = _line(
    element("body.content", named("text", r"\n" + either(_block("block", _BLOCKS), _line(empty("block")))))
)
_END = _block("body.end", _line(element("tagline", _inline(2), _value("type"))))
_BODY = element("body", r"\n" + either(_HEAD, _line(empty("body.head"))) + _CONTENT + maybe(_END))
PAYLOAD = element("nitf", _BODY, attribute("xmlns", constant(nitf_names.NAMESPACE)))


def words_of(text: bytes) -> int:
    """The words of the text of the body (the group `text`)."""
    words = b" " + _TAG.sub(b"", text)
    if any(first in words and blank.search(words) for first, blank in _WIDE_BLANKS):
        return len(words.decode().split())
    return words.translate(_BLANKS).count(b" x")
