"""Inline markup of the safe subset, written anew from a tree: what is not on the list cannot come out."""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from syndicate.markup.addresses import AddressError, absolute
from syndicate.markup.escape import escape
from syndicate.markup.html_parse import BLOCKS, DROPPED, MAX_NESTING, MEDIA, TABLE_PARTS, HtmlError, name_of
from syndicate.markup.text import repair

Element: TypeAlias = "etree._Element"

SAFE = frozenset({"a", "em", "strong", "sub", "sup", "code", "span"})
_SAME = {
    "b": "strong", "i": "em", "cite": "em", "dfn": "em", "var": "em", "tt": "code", "kbd": "code", "samp": "code",
    "bdo": "span", "bdi": "span",
}  # fmt: skip
# Their text stays and nothing is lost that a feed could show.
_TRANSPARENT = frozenset({"time", "abbr", "wbr", "source"})
_QUOTED = {"q": ("“", "”")}
_KEPT = {"span": ("lang", "dir"), "a": ("hreflang", "title")}
# Stands for the edge of a block inside inline markup; the input cannot hold it (no control character gets here).
_EDGE = "\x01"
_EDGES = re.compile("[ \x01]*\x01[ \x01]*")
_SPACE = re.compile("[ \t\n\r\f]+")
_BREAKS = re.compile(" ?(<br/>) ?")
_TAG = re.compile("<[^>]*>")
ENDS = " \xa0\u200b\ufeff"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_UNWANTED = {"script", "style", "noscript", "template", "head", "meta", "link", "title", "base"}


@dataclass(slots=True)
class Notes:
    """What was changed and how often; `images` are pictures and players met inside inline markup."""

    base: str | None = None
    counted: dict[str, int] = field(default_factory=dict)
    images: list[Element] = field(default_factory=list)

    def add(self, what: str) -> None:
        """One more of these changes."""
        self.counted[what] = self.counted.get(what, 0) + 1

    def clauses(self) -> tuple[str, ...]:
        """The changes, one clause each."""
        return tuple(what if times == 1 else f"{what} ({times} times)" for what, times in self.counted.items())


def text_of(html: str) -> str:
    """The plain text of safe inline markup."""
    if "<" not in html and "&" not in html:
        return html
    plain = _TAG.sub("", html.replace("<br/>", " "))
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def inline_of(element: Element, notes: Notes) -> str:
    """The element's content as inline markup; empty when it shows nothing."""
    if len(element) == 0:
        html = tidy(escape(element.text or ""), notes)
    else:
        pieces: list[str] = []
        add_content(element, pieces, notes)
        html = tidy("".join(pieces), notes)
    return _spoken(element, html) if element.attrib and html else html


def tidy(html: str, notes: Notes) -> str:
    """The markup with single spaces, without breaks and spaces at its ends, in sound text.

    It comes from a parser, or is sound already.
    """
    html = _single_spaced(html)
    html, repaired = _with_edges(html) if _EDGE in html else _sound(html.strip(ENDS))
    for what in repaired:
        notes.add(what)
    return _without_breaks(html)


def settled(html: str) -> str:
    """What `tidy` gives for markup whose text is sound and that holds no block."""
    if "\n" in html or "  " in html or "\t" in html or "<br/>" in html:
        return _without_breaks(_single_spaced(html).strip(ENDS))
    return html.strip(ENDS)


def _without_breaks(html: str) -> str:
    """The markup without breaks and spaces at its ends, and without spaces around a break."""
    return _trimmed(_BREAKS.sub(r"\1", html)).strip(ENDS) if "<br/>" in html else html.strip(ENDS)


def _single_spaced(html: str) -> str:
    if "\n" in html or "  " in html or "\t" in html or "\r" in html or "\f" in html:
        return _SPACE.sub(" ", html)
    return html


def _sound(html: str) -> tuple[str, tuple[str, ...]]:
    """The markup repaired. What an XML parser lets through in ASCII is sound as it is."""
    return (html, ()) if html.isascii() else repair(html)


def add_content(element: Element, pieces: list[str], notes: Notes, depth: int = 0, linked: bool = False) -> None:
    """Append the markup of what the element holds."""
    if depth > MAX_NESTING:
        raise HtmlError(f"the HTML is nested more than {MAX_NESTING} deep")
    if element.text:
        pieces.append(escape(element.text))
    for child in element:
        add_element(child, pieces, notes, depth + 1, linked)
        if child.tail:
            pieces.append(escape(child.tail))


def add_element(element: Element, pieces: list[str], notes: Notes, depth: int = 0, linked: bool = False) -> None:
    """Append the markup of the element itself, without the text after it."""
    name = name_of(element)
    if name is None:
        return
    name = _SAME.get(name, name)
    if name in SAFE:
        _add_safe(name, element, pieces, notes, depth, linked)
    elif name == "br":
        pieces.append("<br/>")
    elif name in MEDIA:
        notes.images.append(element)
        pieces.append(" ")
    elif name in DROPPED:
        drop(element, notes)
    else:
        _add_foreign(name, element, pieces, notes, depth, linked)


def drop(element: Element, notes: Notes) -> None:
    """Note that the element is left out, with its address or the beginning of its text."""
    name = name_of(element) or ""
    said = " ".join("".join(str(part) for part in element.itertext()).split())
    shown = element.get("src") or ("" if name in _UNWANTED else said)
    notes.add(f"{name} left out" + (f" ({shown[:80]})" if shown else ""))


def _add_safe(name: str, element: Element, pieces: list[str], notes: Notes, depth: int, linked: bool) -> None:
    attributes = "" if not element.attrib else _attributes(name, element, notes)
    is_link = name == "a"
    if is_link and (linked or "href=" not in attributes):
        attributes, name = "", "span"
    inner: list[str] = []
    add_content(element, inner, notes, depth, linked or is_link)
    if (name == "span" and not attributes) or not "".join(inner).replace("<br/>", "").strip(ENDS + _EDGE + "\t\n\r\f"):
        pieces.extend(inner)
        return
    pieces.append(f"<{name}{attributes}>")
    pieces.extend(inner)
    pieces.append(f"</{name}>")


def _add_foreign(name: str, element: Element, pieces: list[str], notes: Notes, depth: int, linked: bool) -> None:
    edge = _EDGE if name in BLOCKS or name in TABLE_PARTS else ""
    before, after = _QUOTED.get(name, (edge, edge))
    if not (edge or before or name in _TRANSPARENT):
        notes.add(f"the markup <{name}> left out, its text kept")
    pieces.append(before)
    add_content(element, pieces, notes, depth, linked)
    pieces.append(after)


def _attributes(name: str, element: Element, notes: Notes) -> str:
    found = [("href", _href(element, notes))] if name == "a" else []
    found += [(key, _kept(key, element.get(key))) for key in _KEPT.get(name, ())]
    return "".join(f' {key}="{_quoted(value)}"' for key, value in found if value)


def _kept(key: str, value: str | None) -> str | None:
    """The attribute's value if it is one that the attribute can have."""
    if not value:
        return None
    if key == "dir":
        return value.lower() if value.lower() in {"ltr", "rtl", "auto"} else None
    if key == "title":
        return repair(" ".join(value.split()))[0] or None
    return value if _LANGUAGE.match(value) else None


def _href(element: Element, notes: Notes) -> str | None:
    href = element.get("href")
    if href is None:
        return None
    try:
        return absolute(href, notes.base)
    except AddressError as error:
        notes.add(f"link with {error} left out, its text kept")
        return None


def _quoted(value: str) -> str:
    return escape(value).replace('"', "&quot;")


def _spoken(element: Element, html: str) -> str:
    """The markup in a span when its block says which language it is in, or which way it runs."""
    found = [(key, _kept(key, element.get(key))) for key in ("lang", "dir")]
    attributes = "".join(f' {key}="{value}"' for key, value in found if value)
    return f"<span{attributes}>{html}</span>" if attributes else html


def _with_edges(html: str) -> tuple[str, tuple[str, ...]]:
    """Edges of blocks made breaks, but for those at the ends. Control characters go first, the edge is one."""
    parts = [_sound(part) for part in _EDGES.sub(_EDGE, html).strip(ENDS + _EDGE).split(_EDGE)]
    return "<br/>".join(part for part, _ in parts), tuple(what for _, whats in parts for what in whats)


def _trimmed(html: str) -> str:
    while html.startswith("<br/>"):
        html = html[5:].lstrip(ENDS)
    while html.endswith("<br/>"):
        html = html[:-5].rstrip(ENDS)
    return html
