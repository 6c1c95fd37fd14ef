"""A whole web page to a tree: bounded and in linear time, with nothing in it that is not read later.

The page is written anew, tag by tag, before the parser sees it: scripts, styles, comments and all attributes that
nobody asks for are gone by then, and with them what makes HTML parsers slow.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

import lxml.html
from lxml import etree

from syndicate.markup.html_parse import MAX_NESTING, HtmlError

MAX_PAGE = 8 * 1024 * 1024
_MAX_WRITTEN = 2 * 1024 * 1024
_MAX_ATTRIBUTES = 2000
_MAX_TAGS = 150_000
_HEAD = 4096

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(
    rb"""<(?:meta\s[^>]{0,300}?charset\s*=\s*["']?|\?xml\s[^>]{0,100}?encoding\s*=\s*["'])\s*([A-Za-z0-9_.:-]{1,40})""",
    re.IGNORECASE,
)
# What browsers take these names for (WHATWG Encoding §4.2).
_MEANT = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "utf-16": "utf-8",
}  # fmt: skip

_TOKEN = re.compile(r"<(?:(?P<comment>!--)|(?P<closing>/?)(?P<name>[A-Za-z][^\s/>]*)|(?P<bogus>[!?/]))")
_ATTRIBUTE = re.compile(r"""(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s>"']*)))?""")
_SPACE = re.compile(r"[\s/]*")
_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
# What people do not read as text of the page. Those of the second line hold markup: without an end they are empty.
_RAW = frozenset({"script", "style", "textarea", "title", "xmp"})
_UNREAD = frozenset({"noscript", "template", "svg", "math", "select"})
_KEPT_RAW = frozenset({"title"})
# fmt: off
_SHALLOW = frozenset({
    "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "br", "img", "hr", "wbr", "source",
    "input", "meta", "link", "col", "colgroup", "embed", "base", "area", "track", "param", "html", "head", "body",
})
# The parser is older than these and would put into them what follows.
_VOID = frozenset({"source", "track", "wbr", "embed"})
_ATTRIBUTES = frozenset({
    "alt", "aria-hidden", "cite", "class", "colspan", "content", "data-lazy-src", "data-original", "data-src",
    "data-srcset", "datetime", "dir", "height", "hidden", "href", "hreflang", "id", "itemprop", "itemscope",
    "itemtype", "lang", "name", "poster", "property", "pubdate", "rel", "role", "rowspan", "scope", "src", "srcset",
    "style", "title", "type", "width",
})
# fmt: on
_PARSER = lxml.html.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
)


@dataclass(frozen=True, slots=True)
class WebPage:
    """The page's `html` element, and the texts of its JSON-LD scripts."""

    root: "etree._Element"
    linked: tuple[str, ...]


def page_of(data: bytes) -> WebPage:
    """The parsed page; HtmlError when it is beyond the bounds or holds no markup."""
    if len(data) > MAX_PAGE:
        raise HtmlError(f"the page is larger than {MAX_PAGE // 1024 // 1024} MiB")
    writer = _Writer(decoded(data))
    html = writer.written()
    if len(html) > _MAX_WRITTEN:
        raise HtmlError(f"the page has more than {_MAX_WRITTEN // 1024 // 1024} MiB of text and markup")
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=_PARSER)
    except etree.LxmlError:
        raise HtmlError("holds neither text nor markup") from None
    return WebPage(root, tuple(writer.linked))


def decoded(data: bytes) -> str:
    """The characters of a page: by byte order mark, by what it states, as UTF-8, else as Windows-1252."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    stated = _CHARSET.search(data, 0, _HEAD)
    names: tuple[str, ...] = ("utf-8", "cp1252")
    if stated is not None:
        label = stated[1].decode().lower()
        names = (_MEANT.get(label, label), *names)
    for name in names:
        try:
            return data.decode(name) if _is_text(name) else data.decode()
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _is_text(name: str) -> bool:
    return bool(getattr(codecs.lookup(name), "_is_text_encoding", False))


@dataclass(slots=True)
class _Writer:
    """The page being written anew."""

    html: str
    linked: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    depth: int = 0
    tags: int = 0
    opened: Counter[str] = field(default_factory=Counter)
    endless: set[str] = field(default_factory=set)

    def written(self) -> str:
        """The page without what is not read."""
        html, position = self.html, 0
        while (token := _TOKEN.search(html, position)) is not None:
            self.parts.append(html[position : token.start()])
            position = self._after(token)
        self.parts.append(html[position:])
        return "".join(self.parts)

    def _after(self, token: re.Match[str]) -> int:
        """Where the page goes on behind the token."""
        if token["comment"]:
            return self._behind("-->", token.end())
        if token["bogus"]:
            return self._behind(">", token.end())
        name = token["name"].lower()
        attributes, end = self._attributes(token.end())
        if token["closing"]:
            self._write(name, {}, is_closing=True)
        elif name in _RAW or name in _UNREAD:
            return self._raw(name, attributes, end)
        else:
            self._write(name, attributes)
        return end

    def _behind(self, mark: str, position: int) -> int:
        found = self.html.find(mark, position)
        return len(self.html) if found < 0 else found + len(mark)

    def _attributes(self, position: int) -> tuple[dict[str, str], int]:
        """The attributes from there on that are read, and where the tag ends."""
        kept: dict[str, str] = {}
        html, seen = self.html, 0
        while True:
            position = _SPACE.match(html, position).end()  # type: ignore[union-attr]
            if position >= len(html) or html[position] == ">":
                return kept, position + 1
            found = _ATTRIBUTE.match(html, position)
            if found is None:  # pragma: no cover - the pattern takes any character but the end of the tag
                return kept, self._behind(">", position)
            name, position, seen = found["name"].lower(), found.end(), seen + 1
            if seen > _MAX_ATTRIBUTES:
                raise HtmlError(f"a tag of the page has more than {_MAX_ATTRIBUTES} attributes")
            if name in _ATTRIBUTES and name not in kept:
                kept[name] = found["a"] or found["b"] or found["c"] or ""

    def _raw(self, name: str, attributes: dict[str, str], start: int) -> int:
        """Behind an element whose content is no markup, or none that is read; JSON-LD is kept apart."""
        if name in self.endless:
            return start
        end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.html, start)
        if end is None and name in _UNREAD:
            self.endless.add(name)
            return start
        text = self.html[start : end.start() if end else len(self.html)]
        if name == "script" and attributes.get("type", "").partition(";")[0].strip().lower() == "application/ld+json":
            self.linked.append(text)
        if name in _KEPT_RAW:
            self.parts.append(f"<{name}>{text.replace('<', '&lt;')}</{name}>")
        return self._behind(">", end.end()) if end else len(self.html)

    def _write(self, name: str, attributes: dict[str, str], *, is_closing: bool = False) -> None:
        if not _NAME.match(name):
            return
        self.tags += 1
        if self.tags > _MAX_TAGS:
            raise HtmlError(f"the page has more than {_MAX_TAGS} tags")
        if name not in _SHALLOW:
            if is_closing and not self.opened[name]:
                return
            step = -1 if is_closing else 1
            self.depth += step
            self.opened[name] += step
            if self.depth > MAX_NESTING:
                raise HtmlError(f"the page is nested more than {MAX_NESTING} deep")
        if is_closing:
            self.parts.append(f"</{name}>")
        else:
            values = "".join(f' {key}="{_quoted(value)}"' for key, value in attributes.items())
            self.parts.append(f"<{name}{values}{'/' if name in _VOID else ''}>")


def _quoted(value: str) -> str:
    return value.replace('"', "&quot;")


def linked_text(text: str) -> str:
    """The JSON of a JSON-LD script without the wrappings that old sites put around it."""
    text = text.strip()
    for begin, end in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")):
        text = text.removeprefix(begin).removesuffix(end).strip()
    return unescape(text) if text.startswith(("{&quot;", "[{&quot;")) else text
