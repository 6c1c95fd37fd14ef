"""HTML as a partner reads it: tags and texts in order, in one pass of linear cost that builds no tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from syndicate.markup.xml import Node

_TAG_START = re.compile(r"<(?:!--|!\[CDATA\[|[!?]|(/?)([A-Za-z][^\s/>]*))")
_TAG_REST = re.compile(r"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>"}
_BLANK = re.compile(r"\s+")
# Elements that hold nothing, and those whose text nobody reads.
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
                   "track", "wbr"})  # fmt: skip
_UNREAD = frozenset({"script", "style", "template"})
# A new one of these ends the one before it.
_SELF_ENDING = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option"})
_ADDRESSES = frozenset({"href", "xlink:href", "src", "poster", "cite", "background", "longdesc", "data", "action",
                        "formaction"})  # fmt: skip
# What asks the partner's own page again where it is empty; elsewhere an empty address is none.
_FETCHED = frozenset({"href", "src"})
_SETS = frozenset({"srcset", "imagesrcset"})
_DATA_ADDRESS = re.compile(r"data-[\w-]*(?:src|href|url|original|poster|image)[\w-]*\Z")
_CANDIDATE = re.compile(r"([^\s,]\S*+)(?>(?:\s++[\d.]++[wxh])?)")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag with its attributes, entities resolved; `depth` is 1 plus the number of elements it stands in."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    depth: int

    def get(self, name: str) -> str | None:
        """The value of an attribute."""
        return next((value for key, value in self.attributes if key == name), None)


@dataclass(frozen=True, slots=True)
class Look:
    """What stands in a piece of HTML: its start tags, and its text on one line."""

    tags: tuple[Tag, ...]
    text: str

    @property
    def depth(self) -> int:
        """How many elements stand inside each other at most."""
        return max((tag.depth for tag in self.tags), default=0)


def look_at(html: str) -> Look:
    """What stands in the HTML, however broken it is."""
    if "<" not in html:
        return Look((), _BLANK.sub(" ", unescape(html)).strip())
    tags: list[Tag] = []
    texts: list[str] = []
    open_: list[str] = []
    for piece in _pieces(html):
        if isinstance(piece, str):
            if not _UNREAD.intersection(open_[-1:]):
                texts.append(piece)
            continue
        is_end, name, rest = piece
        if is_end:
            _close(open_, name)
        else:
            if name in _SELF_ENDING and open_ and open_[-1] == name:
                open_.pop()
            tags.append(Tag(name, _attributes(rest), len(open_) + 1))
            if name not in _VOID and not rest.endswith("/>"):
                open_.append(name)
        texts.append(" ")
    return Look(tuple(tags), _BLANK.sub(" ", unescape("".join(texts))).strip())


def look_in(node: Node) -> Look:
    """The same for markup that is part of the document (XHTML, NITF)."""
    tags = tuple(_tags(node, 0))
    return Look(tags, _BLANK.sub(" ", " ".join(_texts(node))).strip())


def addresses(tag: Tag) -> Iterator[tuple[str, str]]:
    """The attributes that hold addresses, and each address in them."""
    for name, value in tag.attributes:
        if name in _SETS or (name.startswith("data-") and name.endswith("srcset")):
            yield from ((name, found[1].rstrip(",")) for found in _CANDIDATE.finditer(value))
        elif (name in _ADDRESSES or _DATA_ADDRESS.match(name)) and (value.strip() or name in _FETCHED):
            yield name, value.strip()


def _pieces(html: str) -> Iterator[str | tuple[bool, str, str]]:
    """Texts, and tags as (whether it ends something, name, the rest of it); what does not end is text."""
    at = 0
    while found := _TAG_START.search(html, at):
        yield html[at : found.start()]
        if found[2] is None:
            end = _ENDS.get(found[0], ">")
            at = html.find(end, found.end())
            if at < 0:
                return
            if found[0] == "<![CDATA[":
                yield html[found.end() : at]
            at += len(end)
            continue
        rest = _TAG_REST.match(html, found.end())
        if rest is None:
            yield html[found.start() :]
            return
        yield bool(found[1]), found[2].lower(), rest[0]
        at = rest.end()
    yield html[at:]


def _close(open_: list[str], name: str) -> None:
    """Leave the innermost element of that name; an end without a beginning is passed over. Looks 64 back at most."""
    for back in range(1, min(len(open_), 64) + 1):
        if open_[-back] == name:
            del open_[-back:]
            return


def _attributes(rest: str) -> tuple[tuple[str, str], ...]:
    if rest in (">", "/>"):
        return ()
    found = _ATTRIBUTE.findall(rest)
    return tuple((name.lower(), unescape(double or single or bare)) for name, double, single, bare in found)


def _tags(node: Node, depth: int) -> Iterator[Tag]:
    for child in node.children:
        named = tuple((name.rpartition("}")[2], value) for name, value in child.attributes.items())
        yield Tag(child.local.lower(), named, depth + 1)
        yield from _tags(child, depth + 1)


def _texts(node: Node) -> Iterator[str]:
    content = node.content
    for piece in [content] if isinstance(content, str) else content:
        if isinstance(piece, str):
            yield piece
        else:
            yield from _texts(piece)
