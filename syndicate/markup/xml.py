"""XML in and out: a parse that knows lines and columns, a parse for lxml, and canonical writing.

No entity is ever resolved, nothing is fetched, depth and size are bounded (see `MAX_BYTES`, `MAX_DEPTH`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from xml.parsers import expat

from lxml import etree

from syndicate.markup import encoding

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 256
MAX_COUNT = 1_000_000
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node:
    """An element with its place. Names are in Clark form, `{namespace}local` or `local`.

    `content` holds text pieces and child elements in document order.
    """

    __slots__ = ("attributes", "closed", "column", "content", "line", "name", "namespaces", "parent", "prefix")

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


def parse_places(data: bytes) -> Document:
    """The document as nodes that know their lines and columns. Never raises for what the bytes hold."""
    document = Document()
    if len(data) > MAX_BYTES:
        document.faults.append(
            Fault(kind="too-large", message=f"the document has {len(data)} bytes; at most {MAX_BYTES} are read")
        )
        return document
    found = encoding.decode(data)
    document.faults.extend(Fault(kind=kind, message=message, line=line, column=column)
                           for kind, message, line, column in found.faults)  # fmt: skip
    document.encoding, document.declared_version = found.declared, found.version
    text = found.text.encode("utf-8", "surrogatepass")
    _Builder(document).build(text)
    if any(fault.kind == "undefined-entity" for fault in document.faults):
        # Only entities stand in the way: read on, so that everything else is found in the same run.
        document.faults = [fault for fault in document.faults if fault.kind in encoding.KINDS]
        _Builder(document, lenient=True).build(text)
    return document


class _Builder:
    """Expat without its own namespaces: prefixes are resolved here, so that one unbound prefix hides nothing else."""

    def __init__(self, document: Document, *, lenient: bool = False) -> None:
        self.document = document
        document.root = None
        self.node: Node | None = None
        self.depth = self.count = 0
        self.lenient = lenient
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self.start_doctype
        parser.EntityDeclHandler = self.entity
        parser.SkippedEntityHandler = self.skipped
        if lenient:
            parser.UseForeignDTD(True)

    def build(self, text: bytes) -> None:
        try:
            self.parser.Parse(text, True)
        except expat.ExpatError as error:
            self.fatal(error, text)
        except _StopParsing:
            pass

    def fatal(self, error: expat.ExpatError, text: bytes) -> None:
        message = expat.errors.messages.get(error.code, str(error))
        kind = "not-well-formed"
        if error.code == _UNDEFINED_ENTITY:
            name = _ENTITY.match(text, self.parser.ErrorByteIndex)
            kind, message = "undefined-entity", _undefined(name[1].decode("utf-8", "replace") if name else "?")
        self.document.faults.append(Fault(kind=kind, message=message, line=error.lineno, column=error.offset + 1))

    def fault(self, kind: str, message: str) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self.document.faults.append(Fault(kind=kind, message=message, line=line, column=column))

    def start_doctype(self, name: str, system_id: str | None, public_id: str | None, internal: bool) -> None:
        self.document.doctype, self.document.system_id, self.document.public_id = name, system_id, public_id
        if system_id:
            self.fault("external-doctype", f"the document names an outside definition ({system_id}); it is not fetched")

    def entity(
        self, name: str, is_parameter: bool, value: str | None, base: str | None, system_id: str | None, *_: object
    ) -> None:
        if value is None and not is_parameter:
            self.fault("external-entity", f"the entity {name!r} names the outside file {system_id}; it is not fetched")
            return
        self.fault("entity", f"the document defines the entity {name!r}; such documents are not read further")
        raise _StopParsing

    def skipped(self, name: str, is_parameter: bool) -> None:
        if self.lenient and not is_parameter:
            self.fault("undefined-entity", _undefined(name))
        if not is_parameter:
            self.text(html5.get(f"{name};", " "))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1 + len(attributes)
        if self.depth > MAX_DEPTH:
            self.stop("too-deep", f"elements are nested more than {MAX_DEPTH} deep; the rest is not read")
        if self.count > MAX_COUNT:
            self.stop(
                "too-many", f"the document has more than {MAX_COUNT} elements and attributes; the rest is not read"
            )
        outer = self.node.namespaces if self.node is not None else _OUTERMOST
        namespaces = self.declared(outer, attributes) if attributes else outer
        prefix, _, local = name.rpartition(":")
        node = Node(
            self.clark(namespaces, prefix, local, name),
            prefix,
            self.attributes(attributes, namespaces) if attributes else {},
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

    def declared(self, outer: dict[str, str], attributes: dict[str, str]) -> dict[str, str]:
        fresh = {key[6:]: value for key, value in attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
        return {**outer, **fresh} if fresh else outer

    def attributes(self, attributes: dict[str, str], namespaces: dict[str, str]) -> dict[str, str]:
        named = {}
        for key, value in attributes.items():
            prefix, colon, local = key.rpartition(":")
            if not colon:
                if key != "xmlns":
                    named[key] = value
            elif prefix != "xmlns":
                named[self.clark(namespaces, prefix, local, key)] = value
        return named

    def clark(self, namespaces: dict[str, str], prefix: str, local: str, name: str) -> str:
        uri = namespaces.get(prefix, "")
        if not uri and prefix:
            self.fault("unbound-prefix", f"the prefix of {name!r} is bound to no namespace: declare xmlns:{prefix}")
        return f"{{{uri}}}{local}" if uri else local

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.node is not None:
            self.node.closed = True
            self.node = self.node.parent

    def text(self, text: str) -> None:
        if self.node is not None:
            self.node.content.append(text)

    def stop(self, kind: str, message: str) -> None:
        self.fault(kind, message)
        raise _StopParsing


class _StopParsing(Exception):
    pass


_OUTERMOST = {"xml": XML_NAMESPACE}
_UNDEFINED_ENTITY = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
_ENTITY = re.compile(rb"&([^;\s<&]{1,64})")


def _undefined(name: str) -> str:
    plain = html5.get(f"{name};")
    cure = f"write &#{ord(plain)}; or the character itself" if plain and len(plain) == 1 else "write the character"
    return f"the entity &{name}; is not defined in XML: {cure}"


def parse(data: bytes) -> etree._Element:
    """The root element for lxml; raises `etree.XMLSyntaxError`. Entities stay unresolved, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def clean(text: str) -> str:
    """The text without characters that XML 1.0 cannot carry (§2.2 Char)."""
    return _NOT_XML.sub("", text)
