"""XML in and out: a parse that knows lines and columns, a parse for lxml, and canonical writing.

No entity is ever resolved, nothing is fetched, depth and size are bounded (see `MAX_BYTES`, `MAX_DEPTH`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 256
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node:
    """An element with its place. Names are in Clark form, `{namespace}local` or `local`.

    `content` holds text pieces and child elements in document order.
    """

    __slots__ = ("attributes", "column", "content", "line", "name", "namespaces", "parent", "prefix")

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

    @property
    def namespace(self) -> str:
        """The namespace, empty when there is none."""
        return self.name[1:].partition("}")[0] if self.name.startswith("{") else ""

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
        return "".join(piece for piece in self.content if isinstance(piece, str))

    @property
    def children(self) -> Iterator["Node"]:
        """The child elements in order."""
        return (piece for piece in self.content if isinstance(piece, Node))

    def all_text(self) -> str:
        """The text of the element and everything in it."""
        return "".join(piece if isinstance(piece, str) else piece.all_text() for piece in self.content)

    def find(self, name: str) -> "Node | None":
        """The first child of that Clark name, or None."""
        return next((child for child in self.children if child.name == name), None)

    def find_all(self, name: str) -> list["Node"]:
        """The children of that Clark name."""
        return [child for child in self.children if child.name == name]

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

    After a fault the tree holds what was read before it.
    """

    root: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    encoding: str | None = None
    declared_version: str | None = None
    doctype: str | None = None
    system_id: str | None = None


def parse_places(data: bytes) -> Document:
    """The document as nodes that know their lines and columns. Never raises for what the bytes hold."""
    return _Builder().build(data)


class _Builder:
    def __init__(self) -> None:
        self.document = Document()
        self.node: Node | None = None
        self.depth = 0
        self.fresh: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.namespace_prefixes = True
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartNamespaceDeclHandler = self.namespace
        self.parser.XmlDeclHandler = self.declaration
        self.parser.StartDoctypeDeclHandler = self.start_doctype
        self.parser.EntityDeclHandler = self.entity

    def build(self, data: bytes) -> Document:
        if len(data) > MAX_BYTES:
            self.fault("too-large", f"{len(data)} bytes; at most {MAX_BYTES} are read")
            return self.document
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            self.document.faults.append(
                Fault(
                    kind="not-well-formed",
                    message=expat.errors.messages.get(error.code, str(error)),
                    line=error.lineno,
                    column=error.offset + 1,
                )
            )
        except _StopParsing:
            pass
        return self.document

    def fault(self, kind: str, message: str) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self.document.faults.append(Fault(kind=kind, message=message, line=line, column=column))

    def namespace(self, prefix: str | None, uri: str | None) -> None:
        self.fresh[prefix or ""] = uri or ""

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self.document.declared_version, self.document.encoding = version, encoding

    def start_doctype(self, name: str, system_id: str | None, public_id: str | None, internal: bool) -> None:
        self.document.doctype, self.document.system_id = name, system_id

    def entity(self, name: str, *_: object) -> None:
        self.fault("entity", f"the document defines the entity {name!r}; such documents are not read further")
        raise _StopParsing

    def start(self, name: str, attributes: list[str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fault("too-deep", f"elements are nested more than {MAX_DEPTH} deep")
            raise _StopParsing
        outer = self.node.namespaces if self.node is not None else {"xml": XML_NAMESPACE}
        namespaces = {**outer, **self.fresh} if self.fresh else outer
        self.fresh = {}
        clark, prefix = _clark(name)
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        node = Node(
            clark,
            prefix,
            {_clark(key)[0]: value for key, value in pairs},
            self.node,
            self.parser.CurrentLineNumber,
            self.parser.CurrentColumnNumber + 1,
            namespaces,
        )
        if self.node is not None:
            self.node.content.append(node)
        else:
            self.document.root = node
        self.node = node

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.node is not None:
            self.node = self.node.parent

    def text(self, text: str) -> None:
        if self.node is not None:
            self.node.content.append(text)


class _StopParsing(Exception):
    pass


def _clark(name: str) -> tuple[str, str]:
    """Clark name and prefix of expat's `uri}local}prefix`."""
    parts = name.split("}")
    if len(parts) == 1:
        return name, ""
    prefix = parts[2] if len(parts) > 2 else ""
    return f"{{{parts[0]}}}{parts[1]}", prefix


def parse(data: bytes) -> etree._Element:
    """The root element for lxml; raises `etree.XMLSyntaxError`. Entities stay unresolved, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def clean(text: str) -> str:
    """The text without characters that XML 1.0 cannot carry (§2.2 Char)."""
    return _NOT_XML.sub("", text)
