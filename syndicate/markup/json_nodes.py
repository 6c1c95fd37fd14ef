"""JSON as nodes that know their lines and columns, so that the same tables and rules look at it as at XML.

An object is a node with a child for each member; the elements of the list `tags` are children `tags[]` of the node
`tags`. Texts, numbers and words are the text of their node. Names that begin with `_` are somebody's own: they are in
a namespace of theirs. The outermost value is called `ROOT`, as no member can be.
"""

import json
import re
from typing import Literal, NoReturn

from syndicate.markup.xml import Document, Fault, Node, Scope, Source

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 128
MAX_COUNT = 1_000_000
ROOT = "{json}the document"
PRIVATE = "_"
"""The namespace of names that begin with `_`."""

Type = Literal["object", "list", "text", "number", "true or false", "null"]

_BOM = b"\xef\xbb\xbf"
_SPACE = re.compile(rb"[ \t\n\r]*+")
_SCALAR = re.compile(
    rb'("[^"\\\x00-\x1f]*+(?>(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*+)*)")|(-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)'
    rb"|(true|false)|(null)"
)
_TYPES: tuple[Type, ...] = ("text", "number", "true or false", "null")
_SURROGATE = re.compile("[\ud800-\udfff]")
# What other languages write, and how JSON writes it.
_CURES = (
    (re.compile(rb"[+-]?(?:NaN|Infinity|nan|inf)\b"), "JSON has no such number; write null, or leave the member out"),
    (re.compile(rb"//|/\*|#"), "JSON has no comments; take it away"),
    (re.compile(rb"'|\xe2\x80[\x98-\x9f]"), "texts and names stand in straight double quotes"),
    (re.compile(rb"(?:True|False|TRUE|FALSE)\b"), "true and false are written in small letters"),
    (re.compile(rb"(?:None|nil|undefined|NULL|Null)\b"), "write null"),
    (re.compile(rb"\+\d"), "a number has no plus sign"),
    (re.compile(rb"-?\.\d"), "a number has a digit in front of its point"),
    (re.compile(rb"\d"), "a number has no zero in front, and a digit behind its point"),
    (re.compile(rb"[\x00-\x1f]"), "take the control character away"),
    (re.compile(rb"\xef\xbb\xbf|\xc2\xa0"), "only plain white space may stand between values"),
    (re.compile(rb","), "one comma is too many"),
    (re.compile(rb"\""), "a comma is missing before it"),
)
_WORD = re.compile(rb"[^\s,:{}\[\]\"]{1,20}")


class JsonNode(Node):
    """A value of JSON, with its type."""

    __slots__ = ("type",)

    def __init__(self, name: str, qname: str, parent: "Node | None", at: int, kind: Type) -> None:
        super().__init__(name, qname, {}, parent, at, _SCOPE)
        self.type: Type = kind


_SCOPE = Scope({})


def parse_json(data: bytes) -> Document:
    """The document as nodes. Never raises for what the bytes hold; after a fault the tree ends where it was found."""
    document = Document(syntax="json", encoding="utf-8")
    if len(data) > MAX_BYTES:
        message = f"the document has {len(data)} bytes; at most {MAX_BYTES} are read"
        document.faults.append(Fault(kind="too-large", message=message))
        return document
    data = bytes(data)
    if data.startswith(_BOM):
        document.faults.append(Fault(kind="byte-order-mark", message="a byte order mark stands before the first value",
                                     line=1, column=1))  # fmt: skip
        data = data.removeprefix(_BOM)
    _Reader(document, _decoded(document, data)).read()
    return document


def _decoded(document: Document, data: bytes) -> bytes:
    """The bytes as UTF-8 that can be decoded: others become U+FFFD, the first of them is a fault."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line, column = Source(data[: error.start].decode("utf-8", "replace").encode()).place(error.start)
        message = f"byte {error.start} (0x{data[error.start]:02X}) is no UTF-8, which JSON must be in"
        document.faults.append(Fault(kind="undecodable", message=message, line=line, column=column))
        return data.decode("utf-8", "replace").encode()
    return data


def _name_of(name: str) -> str:
    """The name of a member as that of its node: none is in a namespace by the way it is written."""
    if name.startswith("_"):
        return f"{{{PRIVATE}}}{name}"
    return f"\0{name}" if name.startswith("{") else name


class _Stop(Exception):
    """The document cannot be read any further; a fault says why."""


class _Reader:
    """Reads values from left to right, without recursion: nesting is bounded, not by Python's own stack."""

    def __init__(self, document: Document, data: bytes) -> None:
        self.document = document
        self.data = data
        self.source = Source(data)
        self.at = 0
        self.count = 0

    def read(self) -> None:
        """Put the tree into the document."""
        open_: list[JsonNode] = []
        try:
            self.value(None, ROOT, open_)
            while open_:
                self.member(open_) if open_[-1].type == "object" else self.element(open_)
            self.skip()
            if self.at < len(self.data):
                self.stop("not-json", "something stands behind the end of the document")
        except _Stop:
            for node in open_:
                node.closed = False

    def value(self, parent: JsonNode | None, name: str, open_: list[JsonNode]) -> JsonNode:
        """Read a value, or the opening of one; it becomes a child of the parent, or the root."""
        self.skip()
        first = self.data[self.at : self.at + 1]
        if first in (b"{", b"["):
            node = self.node(parent, name, "object" if first == b"{" else "list")
            self.at += 1
            open_.append(node)
            if len(open_) > MAX_DEPTH:
                self.stop("too-deep", f"values are nested more than {MAX_DEPTH} levels deep")
            return node
        found = _SCALAR.match(self.data, self.at)
        if found is None and first == b'"':
            self.stop("not-json", "the text has no end, or a control character or a wrong escape in it")
        if found is None:
            self.stop("not-json", f"a value is expected, not {self.seen()}{self.cure()}")
        node = self.node(parent, name, _TYPES[(found.lastindex or 1) - 1])
        node.content = self.text(found[0]) if node.type == "text" else found[0].decode()
        self.at = found.end()
        return node

    def member(self, open_: list[JsonNode]) -> None:
        """Read the next member of the innermost object, or its end."""
        node = open_[-1]
        if not self.goes_on(node, b"}", open_):
            return
        found = _SCALAR.match(self.data, self.at)
        if found is None or found.lastindex != 1:
            self.stop("not-json", f"the name of a member is expected, not {self.seen()}{self.cure(is_name=True)}")
        start, name = self.at, self.text(found[0])
        self.at = found.end()
        self.skip()
        if self.data[self.at : self.at + 1] != b":":
            self.stop("not-json", f"a colon is expected behind the name, not {self.seen()}")
        self.at += 1
        # A finding about a member points to its name.
        self.value(node, name, open_).at = start

    def element(self, open_: list[JsonNode]) -> None:
        """Read the next element of the innermost list, or its end."""
        node = open_[-1]
        if self.goes_on(node, b"]", open_):
            self.value(node, f"{node.qname}[]", open_)

    def goes_on(self, node: JsonNode, end: bytes, open_: list[JsonNode]) -> bool:
        """Whether there is one more inside; the comma before it is taken, the end too."""
        self.skip()
        sign = self.data[self.at : self.at + 1]
        if sign == end:
            self.at += 1
            open_.pop()
            return False
        if node.content:
            if sign != b",":
                self.stop("not-json", f"a comma or {end.decode()} is expected, not {self.seen()}{self.cure()}")
            self.at += 1
            self.skip()
            if self.data[self.at : self.at + 1] in (b"}", b"]"):
                self.stop(
                    "not-json",
                    f"a comma stands before the end: take it away, or write what comes before {end.decode()}",
                )
        return True

    def node(self, parent: JsonNode | None, name: str, kind: Type) -> JsonNode:
        self.count += 1
        if self.count > MAX_COUNT:
            self.stop("too-many", f"the document has more than {MAX_COUNT} values")
        node = JsonNode(_name_of(name) if parent else name, name, parent, self.at, kind)
        if parent is None:
            node.qname = node.local
            node.source = self.source
            self.document.root = node
        else:
            parent.add(node)
        return node

    def text(self, token: bytes) -> str:
        """The text of a string; halves of characters that stand alone become U+FFFD."""
        if b"\\" not in token:
            return token[1:-1].decode()
        text: str = json.loads(token)
        found = _SURROGATE.search(text)
        if found:
            line, column = self.source.place(self.at)
            message = f"the text holds U+{ord(found[0]):04X}, half of a character"
            self.document.faults.append(Fault(kind="surrogate", message=message, line=line, column=column))
            text = _SURROGATE.sub("\ufffd", text)
        return text

    def skip(self) -> None:
        """Go on to what is no white space."""
        found = _SPACE.match(self.data, self.at)
        self.at = found.end() if found else self.at

    def seen(self) -> str:
        """What stands here, for a message."""
        if self.at >= len(self.data):
            return "the end of the document"
        word = _WORD.match(self.data, self.at)
        return repr(word[0].decode("utf-8", "replace") if word else chr(self.data[self.at]))

    def cure(self, *, is_name: bool = False) -> str:
        """What to do about what stands here, where that is known."""
        if self.at >= len(self.data):
            return ": it was cut off"
        rest = self.data[self.at : self.at + 20]
        found = next((cure for start, cure in _CURES if start.match(rest)), None)
        if found is None and is_name:
            found = "write the name in double quotes"
        return f": {found}" if found else ""

    def stop(self, kind: str, message: str) -> NoReturn:
        """Note the fault at the present place, and end the reading."""
        line, column = self.source.place(self.at)
        self.document.faults.append(Fault(kind=kind, message=message, line=line, column=column))
        raise _Stop
