"""The parse that knows lines and columns. Depth, size and number of elements are bounded; no entity is resolved."""

import re
from collections.abc import Callable
from html.entities import html5
from typing import Any, NoReturn
from xml.parsers import expat

from syndicate.markup import encoding
from syndicate.markup.json_nodes import is_json, parse_json
from syndicate.markup.xml import XML_NAMESPACE, Document, Fault, Items, Node, Open, Scope, Source

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 256
MAX_COUNT = 1_000_000

_NO_ITEMS = Items(name="", parent="", depth=-1, take=lambda node: None)
_Start = Callable[[str, dict[str, str]], None]
_Take = Callable[[str], None]


def parse_places(data: bytes, opened: Open | None = None) -> Document:
    """The document as nodes that know their lines and columns, whether it is XML or JSON.

    Never raises for what the bytes hold.
    """
    if is_json(data):
        return parse_json(data)
    document = Document()
    if len(data) > MAX_BYTES:
        document.faults.append(
            Fault(kind="too-large", message=f"the document has {len(data)} bytes; at most {MAX_BYTES} are read")
        )
        return document
    # Most documents are good and in UTF-8: they are read as they are. What is amiss in others is looked for then.
    document.encoding, document.declared_version = encoding.plain(data), "1.0"
    if document.encoding is not None:
        document.is_odd = _is_odd(data)
        if _Builder(document, data, opened).build() and not document.faults:
            return document
    return _parse_with_care(data, opened)


def _parse_with_care(data: bytes, opened: Open | None) -> Document:
    document = Document()
    found = encoding.decode(data)
    document.faults.extend(Fault(kind=kind, message=message, line=line, column=column)
                           for kind, message, line, column in found.faults)  # fmt: skip
    document.encoding, document.declared_version = found.declared, found.version
    text = found.text.encode("utf-8", "surrogatepass")
    document.is_odd = _is_odd(text)
    _Builder(document, text, opened).build()
    if any(fault.kind == "undefined-entity" for fault in document.faults):
        # Only entities stand in the way: read on, so that everything else is found in the same run.
        document.faults = [fault for fault in document.faults if fault.kind in encoding.KINDS]
        document.is_odd = True
        _Builder(document, text, opened, lenient=True).build()
    return document


def _is_odd(data: bytes) -> bool:
    """Whether there may be control characters of the C1 block or U+FFFD in the document, as such or by number."""
    # A single byte first: it is looked for much faster than two.
    return (b"#" in data and b"&#" in data) or encoding.has_odd(data)


class _Builder:
    """Expat without its own namespaces: prefixes are resolved here, so that one unbound prefix hides nothing else."""

    def __init__(self, document: Document, text: bytes, opened: Open | None, *, lenient: bool = False) -> None:
        self.document = document
        self.source = Source(text)
        document.root = document.begun = None
        self.opened = opened
        self.lenient = lenient
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, self.text, self.innermost = self.handlers()
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self.start_doctype
        parser.EntityDeclHandler = self.entity
        parser.SkippedEntityHandler = self.skipped
        if lenient:
            parser.UseForeignDTD(True)

    def build(self) -> bool:
        """Whether the document was read to its end."""
        text = self.source.data
        try:
            self.parser.Parse(text, True)
        except expat.ExpatError as error:
            self.fatal(error, text)
        except _StopParsing:
            pass
        else:
            self.let_go()
            return True
        node = self.innermost()
        while node is not None:
            node.closed = False
            node = node.parent
        return False

    def let_go(self) -> None:
        """Forget the callbacks, which know the parser that knows them. (After a fault they would get one more text.)"""
        parser = self.parser
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.SkippedEntityHandler = None
        self.text, self.innermost = _nothing, _nobody

    def handlers(self) -> tuple[_Start, _Take, _Take, Callable[[], Node | None]]:  # noqa: C901 (see below)
        """What is called for each start tag, end tag and text, and what tells the innermost element that is open.

        Closures that share their variables, since nothing is called more often.
        """
        parser, scope = self.parser, _outermost()
        node: Any = None
        items = _NO_ITEMS
        depth = count = 0
        # An element or attribute takes up four bytes at least.
        is_long = len(self.source.data) > 4 * MAX_COUNT

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal node, scope, depth, count, items
            depth += 1
            if is_long:
                count += 1 + len(attributes)
            if depth > MAX_DEPTH or count > MAX_COUNT:
                self.stop_at_bound(depth)
            if attributes and not scope.plain.issuperset(attributes):
                scope = self.declare(scope, attributes)
                clark = scope.names.get(name) or self.resolve(scope, name)
                attributes = self.attributes(scope, attributes)
            else:
                clark = scope.names.get(name) or self.resolve(scope, name)
            parent = node
            node = Node(clark, name, attributes, parent, parser.CurrentByteIndex, scope)
            if parent is None:
                items = self.open_root(node)
            elif type(parent.content) is list:
                parent.content.append(node)
            else:
                parent.add(node)

        def end(name: str) -> None:
            nonlocal node, scope, depth
            depth -= 1
            if depth == items.depth:
                _hand_over(node, items)
            node = node.parent
            if node is not None and node.scope is not scope:
                scope = scope.outer

        def text(text: str) -> None:
            if node.content:
                node.add(text)
            else:
                node.content = text

        return start, end, text, lambda: node

    def open_root(self, node: Node) -> Items:
        self.document.root = node
        node.source = self.source
        return (self.opened(self.document) if self.opened is not None else None) or _NO_ITEMS

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

    def declare(self, outer: Scope, attributes: dict[str, str]) -> Scope:
        """The scope with the namespaces that the attributes declare."""
        fresh = {key[6:]: value for key, value in attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
        if not fresh:
            return outer
        key = tuple(fresh.items())
        found = outer.inner.get(key)
        if found is None:
            found = Scope({**outer.namespaces, **fresh}, outer)
            if outer.depth < _DEPTH_KEPT and len(outer.inner) < _SCOPES_KEPT and _length(fresh) <= _LONGEST_KEPT:
                outer.inner[key] = found
        return found

    def attributes(self, scope: Scope, attributes: dict[str, str]) -> dict[str, str]:
        """The attributes by their Clark names, without declarations of namespaces."""
        named = {}
        for key, value in attributes.items():
            prefix, colon, _ = key.rpartition(":")
            if not colon:
                if key != "xmlns":
                    named[key] = value
                    if len(scope.plain) < _NAMES_KEPT and len(key) <= _LONGEST_KEPT:
                        scope.plain.add(key)
            elif prefix != "xmlns":
                named[self.resolve(scope, key)] = value
        return named

    def resolve(self, scope: Scope, name: str) -> str:
        """The Clark name; an unbound prefix is a fault each time."""
        prefix, _, local = name.rpartition(":")
        uri = scope.namespaces.get(prefix, "")
        if not uri and prefix:
            self.fault("unbound-prefix", f"the prefix of {name!r} is bound to no namespace: declare xmlns:{prefix}")
            return local
        found = f"{{{uri}}}{local}" if uri else local
        if len(scope.names) < _NAMES_KEPT and len(name) <= _LONGEST_KEPT:
            scope.names[name] = found
        return found

    def stop_at_bound(self, depth: int) -> NoReturn:
        if depth > MAX_DEPTH:
            self.fault("too-deep", f"elements are nested more than {MAX_DEPTH} deep; the rest is not read")
        else:
            self.fault(
                "too-many", f"the document has more than {MAX_COUNT} elements and attributes; the rest is not read"
            )
        raise _StopParsing


def _hand_over(node: Node, items: Items) -> None:
    parent = node.parent
    if parent is not None and (node.name, parent.name) == (items.name, items.parent):
        items.take(node)
        node.shed(items.kept)


def _length(declared: dict[str, str]) -> int:
    return sum(map(len, declared)) + sum(map(len, declared.values()))


def _outermost() -> Scope:
    """The scope around every root. What is known in it is kept for the next document, within bounds."""
    if len(_OUTERMOST[0].inner) >= _SCOPES_KEPT:
        _OUTERMOST[0] = Scope({"xml": XML_NAMESPACE})
    return _OUTERMOST[0]


def _nothing(text: str) -> None:
    """Takes a text."""


def _nobody() -> None:
    """No element is open."""


class _StopParsing(Exception):
    pass


_NAMES_KEPT, _SCOPES_KEPT, _DEPTH_KEPT, _LONGEST_KEPT = 500, 100, 2, 2000
_OUTERMOST = [Scope({"xml": XML_NAMESPACE})]
_UNDEFINED_ENTITY = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
_ENTITY = re.compile(rb"&([^;\s<&]{1,64})")


def _undefined(name: str) -> str:
    plain = html5.get(f"{name};")
    cure = f"write &#{ord(plain)}; or the character itself" if plain and len(plain) == 1 else "write the character"
    return f"the entity &{name}; is not defined in XML: {cure}"
