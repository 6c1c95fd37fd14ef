"""Inline markup of NITF as that of the safe subset, and as plain text. Elements are known by their local names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from syndicate.markup.addresses import AddressError, absolute
from syndicate.markup.escape import escape
from syndicate.markup.html_inline import Notes, text_of, tidy
from syndicate.markup.html_parse import DROPPED, name_of
from syndicate.markup.text import one_line, repair
from syndicate.markup.xml import XML_NAMESPACE

Element: TypeAlias = etree._Element

LANG = f"{{{XML_NAMESPACE}}}lang"
# What nests deeper is taken as its text.
DEEPEST = 64
BLOCKS = frozenset({
    "p", "hl1", "hl2", "table", "nitf-table", "media", "ol", "ul", "li", "dl", "dt", "dd", "bq", "fn", "note", "pre",
    "hr", "block", "body.content", "tr", "td", "th", "caption", "credit", "div", "section", "blockquote", "h1", "h2",
    "h3", "h4", "h5", "h6", "figure", "figcaption",
})  # fmt: skip
_SAME = {
    "b": "strong", "strong": "strong", "i": "em", "cite": "em", "em": "em", "sub": "sub", "sup": "sup", "code": "code",
    "tt": "code",
}  # fmt: skip
_STRONG, _CODE = frozenset({"strong", "bold", "b"}), frozenset({"code", "mono", "tt"})
# They have a text that stays, and say more of it in attributes.
_TELLING = {
    "org": ("value",), "person": ("value",), "event": ("value",), "function": ("value",), "object.title": ("value",),
    "virtloc": ("value",), "classifier": ("value",), "alt-code": ("value",), "chron": ("norm",), "money": ("unit",),
    "location": ("location-code",), "sublocation": ("location-code",), "city": ("city-code",), "state": ("state-code",),
    "region": ("region-code",), "country": ("iso-cc",), "pronounce": ("guide", "phonetic"),
}  # fmt: skip
# Their text is all there is to them.
_PLAIN = frozenset({
    "num", "frac", "numer", "denom", "frac-sep", "name.given", "name.family", "postaddr", "addressee", "care.of",
    "delivery.point", "postcode", "delivery.office", "copyrite", "copyrite.year", "copyrite.holder", "span", "u",
    "rights.owner", "rights.startdate", "rights.enddate", "rights.agent", "rights.geography", "rights.type",
    "rights.limitations", "byttl", "story.date",
})  # fmt: skip
# Stands for the edge of a block inside inline markup.
_EDGE = "<br/>"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
# Two spaces may be meant (before a dash), what stands around a line end never is.
_SPACE = re.compile(r"[ \t\n\r]+")
_DOUBLE = re.compile("(?: ?<br/> ?){2,}")


@dataclass(slots=True)
class NitfNotes(Notes):
    """What was changed, what could not be carried, and media met inside inline markup."""

    lost: dict[str, None] = field(default_factory=dict)
    media: list[Element] = field(default_factory=list)

    def lose(self, what: str) -> None:
        """This has no place in an article."""
        self.lost[what] = None


def inline_of(element: Element, notes: NitfNotes) -> str:
    """What the element holds as inline markup; empty when it shows nothing."""
    if len(element) == 0:
        return tidy(escape(element.text or ""), notes)
    pieces: list[str] = []
    add_content(element, pieces, notes)
    html = tidied(pieces, notes)
    return html if pieces.count(_EDGE) < 2 else _DOUBLE.sub("<br/>", html)


def tidied(pieces: list[str], notes: NitfNotes) -> str:
    """The pieces as inline markup without breaks and spaces at its ends."""
    start, end = 0, len(pieces)
    while start < end and (pieces[start] == _EDGE or pieces[start].isspace()):
        start += 1
    while end > start and (pieces[end - 1] == _EDGE or pieces[end - 1].isspace()):
        end -= 1
    return tidy("".join(pieces[start:end]), notes)


def plain_of(element: Element, notes: NitfNotes) -> str:
    """What the element holds as plain text on one line."""
    return one_line(text_of(inline_of(element, notes)))


_BETWEEN = ", "


def place_text(element: Element) -> str:
    """The text of a dateline or location on one line; its parts are set apart where nothing stands between them."""
    text = "".join(_parts(element, 0))
    # What was set between parts of which one is empty stands at an end now.
    text = text.removeprefix(_BETWEEN).removesuffix(_BETWEEN).strip()
    return repair(_SPACE.sub(_on_a_line, text))[0].strip()


def _on_a_line(space: re.Match[str]) -> str:
    return " " * len(space[0]) if space[0].count(" ") == len(space[0]) else " "


def _parts(element: Element, depth: int) -> Iterator[str]:
    yield element.text or ""
    between = _BETWEEN if name_of(element) == "location" else " "
    inner = [child for child in element if name_of(child) is not None]
    for child in inner:
        if depth < DEEPEST:
            yield from _parts(child, depth + 1)
        tail = child.tail or ""
        yield tail if tail.strip() or child is inner[-1] else between


def add_content(element: Element, pieces: list[str], notes: NitfNotes, depth: int = 0, linked: bool = False) -> None:
    """Append the markup of what the element holds."""
    if depth > DEEPEST:
        pieces.append(escape(" ".join(str(text) for text in element.itertext())))
        notes.add(f"markup nested more than {DEEPEST} deep left out, its text kept")
        return
    if element.text:
        pieces.append(escape(element.text))
    for child in element:
        add_element(child, pieces, notes, depth + 1, linked)
        if child.tail:
            pieces.append(escape(child.tail))


def add_element(element: Element, pieces: list[str], notes: NitfNotes, depth: int = 0, linked: bool = False) -> None:
    """Append the markup of the element itself, without the text after it."""
    name = name_of(element)
    if name is None:
        return
    if name == "br":
        pieces.append("<br/>")
    elif name in ("media", "img"):
        (notes.media if name == "media" else notes.images).append(element)
        pieces.append(" ")
    elif name == "a":
        _add_link(element, pieces, notes, depth, linked)
    elif name in _SAME:
        _wrap(_like(name, element), element, pieces, notes, depth, linked)
    elif name in ("lang", "span"):
        language = element.get(LANG) or element.get("lang") or ""
        tag = f'span lang="{language}"' if _LANGUAGE.match(language) else ""
        _wrap(tag, element, pieces, notes, depth, linked)
    elif name in DROPPED and name not in BLOCKS:
        notes.lose(name)
    else:
        _add_other(name, element, pieces, notes, depth, linked)


def _like(name: str, element: Element) -> str:
    """The element of the safe subset that an emphasis is."""
    classes = frozenset((element.get("class") or "").lower().split()) if name == "em" else frozenset()
    return "strong" if classes & _STRONG else "code" if classes & _CODE else _SAME[name]


def _wrap(tag: str, element: Element, pieces: list[str], notes: NitfNotes, depth: int, linked: bool) -> None:
    inner: list[str] = []
    add_content(element, inner, notes, depth, linked)
    if not tag or not "".join(inner).replace("<br/>", "").strip():
        pieces.extend(inner)
        return
    pieces.append(f"<{tag}>")
    pieces.extend(inner)
    pieces.append(f"</{tag.partition(' ')[0]}>")


def _add_link(element: Element, pieces: list[str], notes: NitfNotes, depth: int, linked: bool) -> None:
    href = None if linked else address(element, notes)
    if href is None:
        add_content(element, pieces, notes, depth, linked)
        return
    title = repair(" ".join((element.get("title") or "").split()))[0]
    tag = f'a href="{_quoted(href)}"' + (f' title="{_quoted(title)}"' if title else "")
    _wrap(tag, element, pieces, notes, depth, True)


def address(element: Element, notes: NitfNotes) -> str | None:
    """Where the link goes, in full; None when that cannot be published."""
    href = (element.get("href") or "").strip()
    if not href:
        return None
    try:
        return absolute(href, notes.base)
    except AddressError as error:
        notes.add(f"link with {error} left out, its text kept")
        return None


def _add_other(name: str, element: Element, pieces: list[str], notes: NitfNotes, depth: int, linked: bool) -> None:
    for attribute in _TELLING.get(name, ()):
        if (element.get(attribute) or "").strip():
            notes.lose(f"{name}@{attribute}")
    before, after = ("“", "”") if name == "q" else (_EDGE, _EDGE) if name in BLOCKS else ("", "")
    if not before and name not in _TELLING and name not in _PLAIN:
        notes.add(f"the markup <{name}> left out, its text kept")
    pieces.append(before)
    add_content(element, pieces, notes, depth, linked)
    pieces.append(after)


def _quoted(value: str) -> str:
    return escape(value).replace('"', "&quot;")
