"""XML in and out: the nodes of a parse that knows lines and columns (`places.py`), a parse for lxml, and cleaning.

No entity is ever resolved, nothing is fetched.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from lxml import etree

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Scope:
    """The namespaces that hold in a part of a document, and names that were resolved by them.

    `names` are those of elements and attributes as written, with their Clark names; `plain` are names of attributes
    without prefix; `inner` are the scopes of elements that declare something more.
    """

    __slots__ = ("depth", "inner", "names", "namespaces", "outer", "plain")

    def __init__(self, namespaces: dict[str, str], outer: "Scope | None" = None) -> None:
        self.namespaces = namespaces
        self.outer = outer or self
        self.depth: int = 0 if outer is None else outer.depth + 1
        self.names: dict[str, str] = {}
        self.plain: set[str] = set()
        self.inner: dict[tuple[tuple[str, str], ...], Scope] = {}


class Source:
    """The bytes of a document, in UTF-8, and where in them lines begin: worked out when somebody asks.

    Whoever asks for places in any order does not have it counted from the beginning again and again.
    """

    __slots__ = ("_marks", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._marks = [(0, 1, 1)]

    def place(self, at: int) -> tuple[int, int]:
        """The line and the column, in characters and from 1, of the character that begins at that byte."""
        marks = self._marks
        start, line, column = marks[bisect_right(marks, (at + 1,)) - 1]
        while at - start > _STEP:
            step = self._beginning(start + _STEP)
            line, column = self._ahead(start, line, column, step)
            start = step
            insort(marks, (start, line, column))
        return self._ahead(start, line, column, at)

    def _beginning(self, at: int) -> int:
        """The beginning of the character that the byte belongs to, but no line feed of a pair of two."""
        while at and 0x80 <= self.data[at] < 0xC0:
            at -= 1
        return at - 1 if self.data[at] == 0x0A and self.data[at - 1] == 0x0D else at

    def _ahead(self, start: int, line: int, column: int, end: int) -> tuple[int, int]:
        piece = bytes(self.data[start:end])
        breaks = piece.count(b"\n")
        if b"\r" in piece:
            breaks += piece.count(b"\r") - piece.count(b"\r\n")
        if breaks:
            column = 1
            piece = piece[max(piece.rfind(b"\n"), piece.rfind(b"\r")) + 1 :]
        return line + breaks, column + (len(piece) if piece.isascii() else len(piece.translate(None, _NOT_FIRST)))


class Node:
    """An element with its place. Names are in Clark form, `{namespace}local` or `local`.

    `qname` is the name as written, with its prefix. `content` is the text of an element without children, else a list
    of text pieces and child elements in document order. `at` is the byte of the source at which the element begins.
    """

    __slots__ = ("_groups", "at", "attributes", "closed", "content", "name", "parent", "qname", "scope", "source")

    def __init__(
        self, name: str, qname: str, attributes: dict[str, str], parent: "Node | None", at: int, scope: Scope
    ) -> None:
        self.name = name
        self.qname = qname
        self.attributes = attributes
        self.parent = parent
        self.at = at
        self.scope = scope
        self.content: str | list[str | Node] = ""
        self.closed = True
        self._groups: tuple[int, dict[str, list[Node]]] = _NO_GROUPS
        self.source: Source | None = None

    @property
    def namespace(self) -> str:
        """The namespace, empty when there is none."""
        return namespace_of(self.name)

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition("}")[2]

    @property
    def namespaces(self) -> dict[str, str]:
        """The namespaces that hold for the element, by prefix."""
        return self.scope.namespaces

    @property
    def line(self) -> int:
        """The line of its start tag, from 1."""
        return self.place(self.at)[0]

    @property
    def column(self) -> int:
        """The column of its start tag, in characters and from 1."""
        return self.place(self.at)[1]

    @property
    def root(self) -> "Node":
        """The outermost element."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def place(self, at: int) -> tuple[int, int]:
        """The line and column of a tag in the same document."""
        source = self.root.source
        return (1, 1) if source is None else source.place(at)

    @property
    def text(self) -> str:
        """The element's own text, without that of its children."""
        content = self.content
        if isinstance(content, str):
            return content
        return "".join([piece for piece in content if isinstance(piece, str)])

    @property
    def children(self) -> Iterator["Node"]:
        """The child elements in order."""
        content = self.content
        return iter(() if isinstance(content, str) else [piece for piece in content if not isinstance(piece, str)])

    @property
    def groups(self) -> dict[str, list["Node"]]:
        """The child elements by name, each name's in order; not to be changed. Made anew when the content has grown."""
        content = self.content
        if self._groups[0] != len(content) and not isinstance(content, str):
            groups: dict[str, list[Node]] = {}
            for piece in content:
                if not isinstance(piece, str):
                    if piece.name in groups:
                        groups[piece.name].append(piece)
                    else:
                        groups[piece.name] = [piece]
            self._groups = (len(content), groups)
        return self._groups[1]

    def all_text(self) -> str:
        """The text of the element and everything in it."""
        content = self.content
        if isinstance(content, str):
            return content
        return "".join(piece if isinstance(piece, str) else piece.all_text() for piece in content)

    def find(self, name: str) -> "Node | None":
        """The first child of that Clark name, or None."""
        found = self.groups.get(name)
        return found[0] if found else None

    def find_all(self, name: str) -> list["Node"]:
        """The children of that Clark name; not to be changed."""
        return self.groups.get(name) or []

    def iter(self) -> Iterator["Node"]:
        """The element and all elements in it, in document order."""
        yield self
        for child in self.children:
            yield from child.iter()

    def get(self, attribute: str) -> str | None:
        """The attribute of that Clark name, or None."""
        return self.attributes.get(attribute)

    def inherited(self, attribute: str) -> str | None:
        """The attribute on the element or its nearest ancestor that has it (xml:lang, xml:base)."""
        node: Node | None = self
        while node is not None:
            if attribute in node.attributes:
                return node.attributes[attribute]
            node = node.parent
        return None

    def add(self, piece: "str | Node") -> None:
        """Put a text or a child behind what is inside."""
        content = self.content
        if isinstance(content, list):
            content.append(piece)
        elif content:
            self.content = [content, piece]
        else:
            self.content = piece if isinstance(piece, str) else [piece]

    def shed(self, kept: frozenset[str] = frozenset()) -> None:
        """Let go of everything inside but the children of these names, which keep their texts.

        Nodes know each other in both directions: those that were looked at are taken apart, so that they are free at
        once; others wait for the collector.
        """
        stays: list[str | Node] = []
        for name, nodes in self.groups.items():
            if name in kept:
                stays.extend(nodes)
                continue
            for node in nodes:
                if node._groups is not _NO_GROUPS:
                    node.shed()
        self.content = stays or ""
        self._groups = _NO_GROUPS


_NO_GROUPS: tuple[int, dict[str, list[Node]]] = (0, {})
_STEP = 2 * 1024
# The bytes of UTF-8 that begin no character.
_NOT_FIRST = bytes(range(0x80, 0xC0))


def namespace_of(name: str) -> str:
    """The namespace of a Clark name, empty when there is none."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a document is not (wholly) readable; `kind` is a stable word, `line` and `column` are 1-based."""

    kind: str
    message: str
    line: int | None = None
    column: int | None = None


@dataclass(slots=True, kw_only=True)
class Document:
    """A parsed document; `root` is None when not even its first element could be read.

    After a fault that stops the parser the tree holds what was read before it; elements whose end was not seen have
    `closed` False. `encoding` is the declared one.
    """

    root: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    encoding: str | None = None
    declared_version: str | None = None
    doctype: str | None = None
    public_id: str | None = None
    system_id: str | None = None
    is_odd: bool = True
    """Whether there may be characters in it that show a broken encoding; False is certain."""
    begun: object = None
    """What a checker began when the root was read."""
    syntax: Literal["xml", "json"] = "xml"

    def dismantle(self) -> None:
        """Take the tree apart, so that its memory is free at once: its nodes know each other in both directions."""
        if self.root is not None:
            self.root.shed()
        self.root = self.begun = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Which elements to hand over as soon as they are read, and to shed then: those of one name in one parent.

    `depth` is the number of elements around one, `kept` names what stays of it.
    """

    name: str
    parent: str
    depth: int
    take: Callable[[Node], None]
    kept: frozenset[str] = frozenset()


Open = Callable[["Document"], Items | None]
"""Asked when the root's start tag is read, and again when the document must be read anew: what to hand over."""


def parse(data: bytes, *, has_blanks: bool = True) -> "etree._Element":
    """The root element for lxml; raises `etree.XMLSyntaxError`. Entities stay unresolved, nothing is fetched.

    Without `has_blanks`, blanks between elements are left out: no schema minds them.
    """
    # Most who clean a text or hold a node never parse with lxml, which takes long to load.
    from lxml import etree

    root: etree._Element = etree.fromstring(data, _parser(has_blanks))
    return root


@cache
def _parser(has_blanks: bool) -> "etree.XMLParser[Any]":
    """Parsers are made once: to make one takes as long as to read a short document.

    `collect_ids=False` would be quicker still, but lets libxml2 ask for the outside part of a DOCTYPE.
    """
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_blank_text=not has_blanks,
    )


def clean(text: str) -> str:
    """The text without characters that XML 1.0 cannot carry (§2.2 Char)."""
    return _NOT_XML.sub("", text)
