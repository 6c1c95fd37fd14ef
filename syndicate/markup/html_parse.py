"""HTML from anywhere to a tree that is cheap to walk. Time and depth are bounded; nothing is fetched."""

import re
from collections import Counter
from collections.abc import Callable
from html.entities import html5

import lxml.html
import nh3
from lxml import etree

from syndicate.markup.text import repair

MAX_BYTES = 256 * 1024
MAX_NESTING = 128


class HtmlError(ValueError):
    """HTML beyond the bounds that keep one article from costing more than itself; the text says which."""


# fmt: off
DROPPED = frozenset({
    "script", "style", "iframe", "noscript", "template", "object", "embed", "applet", "svg", "math", "canvas", "frame",
    "frameset", "form", "button", "select", "textarea", "input", "option", "head", "meta", "link", "base", "title",
})
MEDIA = frozenset({"img", "video", "audio"})
CONTAINERS = frozenset({
    "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center", "details", "summary",
    "fieldset", "hgroup", "body", "html", "figcaption", "dl", "dt", "dd", "p", "pre", "li", "picture",
})
BLOCKS = CONTAINERS | {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "figure", "hr"}
TABLE_PARTS = frozenset({"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})
# Elements that a parser closes by itself, or that hold nothing: they do not add to the depth.
_SHALLOW = frozenset({
    "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "br", "img", "hr", "wbr", "source",
    "input", "meta", "link", "col", "colgroup", "embed", "base",
})
# fmt: on
_ATTRIBUTES = {
    "*": {"lang", "dir", "cite"},
    "a": {"href", "hreflang", "title"},
    "img": {"src", "srcset", "data-src", "data-srcset", "data-original", "data-lazy-src", "alt", "width", "height"},
    "video": {"src", "poster"},
    "audio": {"src"},
    "source": {"src", "type", "srcset"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "iframe": {"src"},
}
# Schemes outside this list vanish with their attribute, so that they are seen and reported the common bad ones stay.
_SCHEMES = {"http", "https", "mailto", "tel", "ftp", "javascript", "vbscript", "data", "file", "blob", "about", "sms"}
_CLEANER = nh3.Cleaner(
    tags=set(BLOCKS | TABLE_PARTS | _INLINE | MEDIA | DROPPED),
    clean_content_tags=set(),
    attributes=_ATTRIBUTES,
    link_rel=None,
    url_schemes=_SCHEMES,
)
_XML = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)
_VOID = re.compile(r'<(?:img|hr|wbr|source)((?:\s+[a-z-]+="[^"<>]*")*)\s*>')
_NAMED = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)([A-Za-z][A-Za-z0-9]*;)")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")


def parse(html: str, report: Callable[[str], None]) -> "etree._Element":
    """A `div` that holds the parsed HTML; HtmlError when it is too large or nested too deep.

    `report` is told what had to be repaired in its text.

    Well-formed HTML takes the XML parser, which is ten times faster; the rest is mended as browsers mend it.
    """
    if is_too_large(html):
        raise HtmlError(f"the HTML is larger than {MAX_BYTES // 1024} KiB")
    root = _as_xml(html)
    return _mended(html, report) if root is None else root


def is_too_large(html: str) -> bool:
    """Whether the HTML has more than `MAX_BYTES` in UTF-8."""
    if len(html) * 4 <= MAX_BYTES:
        return False
    return len(html) > MAX_BYTES or (not html.isascii() and len(html.encode("utf-8", "replace")) > MAX_BYTES)


def without_names(html: str) -> str:
    """The HTML with the characters that HTML has names for, but for those that markup itself needs."""
    return html if html.count("&") == html.count("&amp;") else _NAMED.sub(_character, html)


def _as_xml(html: str) -> "etree._Element | None":
    """The tree when the HTML is well-formed (but for unclosed `<br>` and `<img>`), else None."""
    html = without_names(html).replace("<br>", "<br/>")
    if "<img" in html or "<source" in html or "<hr" in html or "<wbr" in html:
        html = _VOID.sub(_closed, html)
    try:
        return etree.fromstring(f"<div>{html}</div>", _XML)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _closed(tag: re.Match[str]) -> str:
    return tag[0] if tag[0].endswith("/>") else tag[0][:-1] + "/>"


def _character(name: re.Match[str]) -> str:
    return html5.get(name[1], name[0])


def _mended(html: str, report: Callable[[str], None]) -> "etree._Element":
    """The tree that a browser would see; libxml2 moves more about, so it is asked last."""
    _bound(html)
    sound, before = repair(html)
    cleaned, after = repair(_CLEANER.clean(sound))
    for what in (*before, *after):
        report(what)
    root = _as_xml(cleaned)
    return lxml.html.fragment_fromstring(cleaned, create_parent="div") if root is None else root


def _bound(html: str) -> None:
    """HtmlError for HTML on which the HTML parser takes more than linear time."""
    depth, still_open = 0, Counter[str]()
    for closing, tag in _TAG.findall(html):
        name = tag.lower()
        if name in _SHALLOW or (closing and not still_open[name]):
            continue
        step = -1 if closing else 1
        depth += step
        still_open[name] += step
        if depth > MAX_NESTING:
            raise HtmlError(f"the HTML is nested more than {MAX_NESTING} deep")


def name_of(element: "etree._Element") -> str | None:
    """The element's name in lower case without namespace; None for what is no element."""
    tag = element.tag
    if not isinstance(tag, str):
        return None
    return tag if tag.islower() and tag[0] != "{" else tag.rpartition("}")[2].lower()
