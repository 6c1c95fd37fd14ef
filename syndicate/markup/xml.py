"""XML in and out: the nodes of a parse that knows lines and columns (`places.py`), a parse for lxml, and cleaning.

No entity is ever resolved, nothing is fetched.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node:
    """An element with its place. Names are in Clark form, `{namespace}local` or `local`.

    `content` holds text pieces and child elements in document order.
    """

    __slots__ = (
        "_groups", "attributes", "closed", "column", "content", "line", "name", "namespaces", "parent", "prefix",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        prefix: str,
        attributes: dict[str, str],
        parent: "Node | None",
        line: int,
        column: int,
        namespaces: dict[str, str],
    ) -> None:
        self.name = name
        self.prefix = prefix
        self.attributes = attributes
        self.parent = parent
        self.line = line
        self.column = column
        self.namespaces = namespaces
        self.content: list[str | Node] = []
        self.closed = False
        self._groups: tuple[int, dict[str, list[Node]]] = _NO_GROUPS

    @property
    def namespace(self) -> str:
        """The namespace, empty when there is none."""
        return namespace_of(self.name)

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition("}")[2]

    @property
    def qname(self) -> str:
        """The name as written, with its prefix."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local

    @property
    def text(self) -> str:
        """The element's own text, without that of its children."""
        content = self.content
        if len(content) == 1:
            piece = content[0]
            return piece if isinstance(piece, str) else ""
        return "".join([piece for piece in content if isinstance(piece, str)]) if content else ""

    @property
    def children(self) -> Iterator["Node"]:
        """The child elements in order."""
        return iter([piece for piece in self.content if not isinstance(piece, str)])

    @property
    def groups(self) -> dict[str, list["Node"]]:
        """The child elements by name, each name's in order; not to be changed. Made anew when the content has grown."""
        content = self.content
        if self._groups[0] != len(content):
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
        return "".join(piece if isinstance(piece, str) else piece.all_text() for piece in self.content)

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

    def shed(self, kept: frozenset[str] = frozenset()) -> None:
        """Let go of everything inside but the children of these names, which keep their texts.

        Nodes know each other in both directions: taken apart, they are free at once.
        """
        stays: list[str | Node] = []
        for name, nodes in self.groups.items():
            if name in kept:
                stays.extend(nodes)
                continue
            for node in nodes:
                if len(node.content) > 1 or (node.content and not node.text):
                    node.shed()
        self.content = stays
        self._groups = _NO_GROUPS


_NO_GROUPS: tuple[int, dict[str, list[Node]]] = (0, {})


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


def parse(data: bytes) -> etree._Element:
    """The root element for lxml; raises `etree.XMLSyntaxError`. Entities stay unresolved, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def clean(text: str) -> str:
    """The text without characters that XML 1.0 cannot carry (§2.2 Char)."""
    return _NOT_XML.sub("", text)
