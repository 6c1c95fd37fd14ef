"""The parse that knows lines and columns. Depth, and what is held in memory, are bounded; no entity is resolved."""

import re
from collections.abc import Callable
from html.entities import html5
from typing import Any, NoReturn
from xml.parsers import expat

from syndicate.markup import encoding
from syndicate.markup.charsets import Flaw, characters, is_utf8
from syndicate.markup.json_head import is_json
from syndicate.markup.mapped import let_go
from syndicate.markup.no_document import what_else
from syndicate.markup.xml import XML_NAMESPACE, Document, Fault, Items, Node, Open, Scope, Source
from syndicate.markup.xml_patches import MAX_TIMES, Patches, undefined

MAX_BYTES = 64 * 1024 * 1024
"""So many bytes of a document are held at a time: items that are handed over one by one do not count together."""
MAX_DEPTH = 256
MAX_COUNT = 1_000_000
# Of these, so many places are told.
_COUNTED = frozenset({"namespace-declaration", "duplicate-attribute", "qualified-name"})
_CHUNK = 1024 * 1024
# What a look at the markup may tell how to read on behind; "entity" are definitions, which are never read.
_MENDABLE = frozenset({"not-well-formed", "undefined-entity", "entity"})

_NO_ITEMS = Items(name="", parent="", depth=-1, take=lambda node: None)
_Start = Callable[[str, dict[str, str]], None]
_Take = Callable[[str], None]


def parse_places(data: bytes, opened: Open | None = None, *, charset: str | None = None) -> Document:
    """The document as nodes that know their lines and columns, whether it is XML or JSON.

    `data` is anything with bytes in it, a file mapped into memory too, which has to stay open as long as the document.
    `charset` is what the server says that the document came from. Never raises for what the bytes hold.
    """
    if is_json(data[:100]):
        # Loaded where a document is of that kind.
        from syndicate.markup.json_nodes import parse_json

        return parse_json(data)
    if no_document := what_else(data):
        return Document(faults=[no_document])
    document = Document()
    # Most documents are good and in UTF-8: they are read as they are. What is amiss in others is looked for then.
    if type(data) is bytes and charset is None:
        document.encoding, document.declared_version = encoding.plain(data), "1.0"
        if document.encoding is not None:
            document.is_odd = _is_odd(data)
            if _Builder(document, data, opened).build() and not document.faults:
                return document
    return _parse_with_care(data, opened, charset)


def _parse_with_care(data: bytes, opened: Open | None, charset: str | None) -> Document:
    head = encoding.look(data, charset)
    document = Document(encoding=head.declared, declared_version=head.version)
    text, faults = _in_utf8(data, head)
    of_bytes = [Fault(kind=kind, message=message, line=line, column=column)
                for kind, message, line, column in (*head.faults, *faults)]  # fmt: skip
    document.is_odd = _is_odd(text)
    document.faults = list(of_bytes)
    blank = Patches(patches=[(0, len(head.blank), head.blank.encode())] if head.blank else [], end=len(text))
    if _Builder(document, text, opened, blank).build():
        return document
    if document.faults[-1].kind not in _MENDABLE:
        return document
    from syndicate.markup.xml_repair import repair

    patches = repair(text, blank)
    defined = [fault for fault in document.faults if fault.kind in ("entity", "external-entity")]
    if not patches.faults and not defined:
        # Nothing that is looked for: what the parser says is all there is to say.
        return document
    document.faults = [*of_bytes, *defined, *patches.faults]
    _Builder(document, text, opened, patches).build()
    document.faults.sort(key=lambda fault: (fault.line or 0, fault.column or 0))
    return document


def _in_utf8(data: bytes, head: encoding.Head) -> tuple[bytes, tuple[Flaw, ...]]:
    """The document in UTF-8 without its byte order mark: as it is, where it can be."""
    rest: Any = data[head.mark :] if isinstance(data, bytes) else memoryview(data)[head.mark :]
    if head.codec == "utf-8" and is_utf8(rest):
        return rest, ()
    text, faults = characters(bytes(rest), head.codec)
    return text.encode("utf-8", "surrogatepass"), tuple(faults)


def _is_odd(data: Any) -> bool:
    """Whether there may be control characters of the C1 block or U+FFFD in the document, as such or by number."""
    if isinstance(data, bytes):
        # A single byte first: it is looked for much faster than two.
        return (b"#" in data and b"&#" in data) or encoding.has_odd(data)
    for at in range(0, len(data), _CHUNK):
        piece = bytes(data[at : at + _CHUNK + 3])
        if b"&#" in piece or encoding.has_odd(piece):
            return True
        let_go(data, at, at + _CHUNK)
    return False


class _Builder:
    """Expat without its own namespaces: prefixes are resolved here, so that one unbound prefix hides nothing else."""

    def __init__(self, document: Document, text: bytes, opened: Open | None, patches: Patches | None = None) -> None:
        self.document = document
        self.source = Source(text)
        document.root = document.begun = None
        self.opened = opened
        self.patches = patches or Patches(end=len(text))
        self.places = self.patches.places()
        # Bytes of items that were let go again.
        self.released = 0
        self.told: dict[str, int] = {}
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, self.text, self.innermost = self.handlers()
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self.start_doctype
        parser.EntityDeclHandler = self.entity
        parser.SkippedEntityHandler = self.skipped

    def build(self) -> bool:
        """Whether the document was read to its end."""
        try:
            self.feed()
        except expat.ExpatError as error:
            self.fatal(error)
        except _StopParsing:
            pass
        else:
            self.let_go()
            return True
        node = self.innermost()
        while node is not None:
            node.closed = False
            node = node.parent
        self.let_go()
        return False

    def feed(self) -> None:
        """Hand the document to the parser, with what takes the place of parts of it."""
        patches, data = self.patches, self.source.data
        if not patches.patches and isinstance(data, bytes) and patches.end == len(data) <= MAX_BYTES:
            self.parser.Parse(data, True)
            return
        at = 0
        for start, end, put in patches.patches:
            self.feed_part(at, start)
            self.parser.Parse(put, False)
            at = end
        self.feed_part(at, patches.end)
        self.parser.Parse(b"", True)

    def feed_part(self, at: int, end: int) -> None:
        step = min(_CHUNK, MAX_BYTES)
        while at < end:
            size = min(step, end - at)
            if at + size - self.released > MAX_BYTES:
                self.too_large(at)
            self.parser.Parse(self.source.data[at : at + size], False)
            let_go(self.source.data, at, at + size)
            at += size

    def too_large(self, at: int) -> NoReturn:
        line, column = self.source.place(at)
        told = f"more than {MAX_BYTES} bytes have to be held in memory to here, in one item or around the items"
        self.document.faults.append(
            Fault(kind="too-large", message=f"{told}; the rest is not read", line=line, column=column)
        )
        raise _StopParsing

    def let_go(self) -> None:
        """Forget the callbacks, which know the parser that knows them."""
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
        depth = count = before = 0
        # An element or attribute takes up four bytes at least.
        is_long = len(self.source.data) > 4 * MAX_COUNT
        places, unsure = self.places, self.patches.unsure

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal node, scope, depth, count, items, before
            depth += 1
            if is_long:
                if depth == items.depth + 1:
                    before = count
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
            at = parser.CurrentByteIndex
            node = Node(clark, name, attributes, parent, at if places is None else places.original(at), scope)
            if parent is None:
                items = self.open_root(node)
            elif type(parent.content) is list:
                parent.content.append(node)
            else:
                parent.add(node)

        def end(name: str) -> None:
            nonlocal node, scope, depth, count
            depth -= 1
            if unsure and node.at in unsure:
                _doubt(node, drop=depth > max(1, items.depth))
            if depth == items.depth and _hand_over(node, items):
                # What is left of it: the element itself, and what is kept inside.
                if is_long:
                    count = before + 1 + (len(node.content) if node.content else 0)
                self.released += parser.CurrentByteIndex - node.at
            node = node.parent
            if node is not None and node.scope is not scope:
                scope = scope.outer

        def text(text: str) -> None:
            if node.content:
                node.add(text)
            else:
                node.content = text

        def leave() -> Node | None:
            """The innermost open element; what the parser still says goes nowhere."""
            nonlocal node
            left: Node | None = node
            node = Node("", "", {}, None, 0, scope)
            if left is not None and left.content:
                # The last of its text may be cut anywhere.
                left.content = "" if isinstance(left.content, str) else _without_last_text(left.content)
            return left

        return start, end, text, leave

    def open_root(self, node: Node) -> Items:
        self.document.root = node
        node.source = self.source
        return (self.opened(self.document) if self.opened is not None else None) or _NO_ITEMS

    def fatal(self, error: expat.ExpatError) -> None:
        """Note what the parser stumbles over, unless that is where the reading was to end."""
        if self.patches.is_cut and error.code in _AT_THE_END:
            return
        message = expat.errors.messages.get(error.code, str(error))
        kind, at = "not-well-formed", self.parser.ErrorByteIndex
        if error.code == _UNDEFINED_ENTITY:
            name = _ENTITY.match(self.source.data, at) if self.places is None else None
            kind, message = "undefined-entity", undefined(name[1].decode("utf-8", "replace") if name else "?")
        if self.places is None:
            line, column = error.lineno, error.offset + 1
        else:
            line, column = self.source.place(min(self.places.original(at), len(self.source.data)))
        self.document.faults.append(Fault(kind=kind, message=message, line=line, column=column))

    def fault(self, kind: str, message: str) -> None:
        if kind in _COUNTED:
            times = self.told[kind] = self.told.get(kind, 0) + 1
            if times > MAX_TIMES:
                return
        at = self.parser.CurrentByteIndex
        line, column = self.source.place(at if self.places is None else self.places.original(at))
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
        self.fault("entity", f"the document defines the entity {name!r}: write what it stands for instead")
        raise _StopParsing

    def skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self.text(html5.get(f"{name};", " "))

    def declare(self, outer: Scope, attributes: dict[str, str]) -> Scope:
        """The scope with the namespaces that the attributes declare."""
        fresh = {key[6:]: value for key, value in attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
        if not fresh:
            return outer
        self.check_declared(fresh)
        key = tuple(fresh.items())
        found = outer.inner.get(key)
        if found is None:
            found = Scope({**outer.namespaces, **fresh}, outer)
            if outer.depth < _DEPTH_KEPT and len(outer.inner) < _SCOPES_KEPT and _length(fresh) <= _LONGEST_KEPT:
                outer.inner[key] = found
        return found

    def check_declared(self, fresh: dict[str, str]) -> None:
        """What Namespaces in XML forbids to declare."""
        for prefix, uri in fresh.items():
            if (prefix == "xml") != (uri == XML_NAMESPACE):
                what = f"the namespace {XML_NAMESPACE}" if prefix != "xml" else "the prefix xml"
                self.fault(
                    "namespace-declaration", f"{what} cannot be bound to something else: take xmlns:{prefix} away"
                )
            elif prefix == "xmlns" or uri == _XMLNS:
                self.fault("namespace-declaration", f"xmlns is never declared: take xmlns:{prefix} away")
            elif prefix and not uri:
                told = f"the prefix {prefix!r} is bound to no namespace by an empty value: name the namespace"
                self.fault("namespace-declaration", told)

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
                clark = self.resolve(scope, key)
                if clark in named and clark.startswith("{"):
                    self.fault(
                        "duplicate-attribute", f"{key} is an attribute that stands there already by another prefix"
                    )
                named[clark] = value
        return named

    def resolve(self, scope: Scope, name: str) -> str:
        """The Clark name; an unbound prefix is a fault, told so many times."""
        prefix, colon, local = name.partition(":")
        if not colon:
            prefix, local = "", name
        elif ":" in local or not prefix or not local:
            self.fault("qualified-name", f"the name {name!r} has a colon too many: it is prefix:name")
            return name.replace(":", "_")
        uri = scope.namespaces.get(prefix, "")
        if not uri and prefix:
            if prefix in scope.namespaces:
                return local
            times = self.told[prefix] = self.told.get(prefix, 0) + 1
            if times <= MAX_TIMES:
                more = "" if times < MAX_TIMES else "; further places are not told"
                told = f"the prefix of {name!r} is bound to no namespace: declare xmlns:{prefix}{more}"
                self.fault("unbound-prefix", told)
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


def _hand_over(node: Node, items: Items) -> bool:
    """Whether it is one of the items: it was looked at then, and is let go."""
    parent = node.parent
    if parent is None or (node.name, parent.name) != (items.name, items.parent):
        return False
    items.take(node)
    node.shed(items.kept)
    # Items that have no end are looked at in the end: this one has.
    node.closed = True
    return True


def _doubt(node: Node, *, drop: bool) -> None:
    """Judge nothing that the element lacks, nor the element at all where what it holds is not what was meant."""
    node.closed = False
    parent = node.parent
    if parent is not None:
        parent.closed = False
        if drop and isinstance(parent.content, list):
            parent.content.pop()
            parent.content = parent.content or ""


def _without_last_text(content: list[str | Node]) -> list[str | Node]:
    return content[:-1] if isinstance(content[-1], str) else content


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
_AT_THE_END = frozenset(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_XMLNS = "http://www.w3.org/2000/xmlns/"
_ENTITY = re.compile(rb"&([^;\s<&]{1,64})")
