"""Feeds in XML on their way in: the document as a whole, its root, and what any element of it says."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from syndicate.errors import InputError, LimitError
from syndicate.markup import encoding
from syndicate.markup.escape import attribute, escape
from syndicate.markup.places import MAX_BYTES, parse_places
from syndicate.markup.xml import XML_NAMESPACE, Document, Fault, Node

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
BASE = f"{{{XML_NAMESPACE}}}base"
LANG = f"{{{XML_NAMESPACE}}}lang"

# Faults after which a part of the document is missing or means something else.
_CURES = {
    "not-well-formed": "mend the XML there, or fetch the feed anew",
    "not-json": "mend the JSON there, or fetch the feed anew",
    "entity": "take the definitions of entities out and write the characters themselves",
    "external-entity": "take the definition out and write the characters themselves",
    "too-large": "cut the feed into parts",
    "too-deep": "no feed needs that",
    "too-many": "cut the feed into parts",
}
_LIMITS = frozenset({"too-large", "too-deep", "too-many"})
_QUIET = frozenset({
    "no-encoding", "other-encoding", "obscure-encoding", "space-before-declaration", "version", "external-doctype",
    "byte-order-mark",
})  # fmt: skip
_BEFORE_ROOT = re.compile(
    r"(?>(?:[\s\ufeff]++|<\?[^?]*+(?>(?:(?!\?>)\?[^?]*+)*)\?>|<!--[^-]*+(?>(?:(?!-->)-[^-]*+)*)-->"
    r"|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?>)*)"
)
_START = re.compile(r"<([A-Za-z_][\w.:-]*+)((?>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*))(/?>|\Z)")
_NAMESPACE = re.compile(r"""\bxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ADDRESSES = frozenset({"href", "src", "cite", "poster", "data"})
_VOID = frozenset({"br", "hr", "img", "wbr", "source", "input", "col"})


def root_of(head: bytes) -> tuple[str, frozenset[str]]:
    """The Clark name of the root of the XML that begins like that, and all namespaces that its start tag declares.

    Empty where there is no XML.
    """
    start = head[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] != b"<" and head[:2] not in (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0"):
        return "", frozenset()
    text = encoding.decode(head).text
    before = _BEFORE_ROOT.match(text)
    found = _START.match(text, before.end() if before else 0)
    if found is None:
        return "", frozenset()
    prefix, _, local = found[1].rpartition(":")
    declared = {one[1] or "": one[2] or one[3] or "" for one in _NAMESPACE.finditer(found[2])}
    uri = declared.get(prefix, "")
    return f"{{{uri}}}{local}" if uri else local, frozenset(declared.values())


def document_of(data: bytes, file: str) -> Document:
    """The parsed document; InputError, with line and cure, where it cannot be read to its end."""
    document = parse_places(data)
    for fault in document.faults:
        if fault.kind in _CURES:
            raise _error(fault, file)
    if document.root is None:
        raise InputError(file, 1, "is empty: a feed is wanted")
    return document


def too_large(data: bytes, file: str) -> None:
    """LimitError for a document beyond the bound."""
    if len(data) > MAX_BYTES:
        raise LimitError(file, None, f"is larger than {MAX_BYTES // 1024 // 1024} MiB: cut the feed into parts")


def _error(fault: Fault, file: str) -> InputError:
    kind = LimitError if fault.kind in _LIMITS else InputError
    return kind(file, fault.line, f"{fault.message}; {_CURES[fault.kind]}")


def remarks(document: Document) -> Iterator[str]:
    """What had to be mended to read the document, in clauses."""
    for kind in dict.fromkeys(fault.kind for fault in document.faults):
        found = [fault for fault in document.faults if fault.kind == kind]
        if kind not in _QUIET:
            times = f" ({len(found)} times)" if len(found) > 1 else ""
            yield f"in line {found[0].line}, {found[0].message}; read on{times}"


def base_of(node: Node, outer: str | None = None) -> str | None:
    """Where relative addresses in the element begin: every `xml:base` around it, joined (XML Base §3)."""
    stated: list[str] = []
    one: Node | None = node
    while one is not None:
        if value := one.get(BASE):
            stated.append(value.strip())
        one = one.parent
    for value in reversed(stated):
        outer = join(outer, value)
    return outer


def join(base: str | None, address: str) -> str:
    """The address in full, as far as it can be."""
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def language_of(node: Node) -> str | None:
    """What `xml:lang` says of the element."""
    return (node.inherited(LANG) or "").strip() or None


def inner_markup(node: Node, base: str | None, inside: str | None = None) -> str:
    """What stands in the element, as HTML: names without prefixes.

    Relative addresses start at `base`, and are written in full where they start elsewhere: in the whole of the element
    when `inside` is given, or where there is an `xml:base` further in.
    """
    return _inner(node, inside or base, base)


def _inner(node: Node, here: str | None, base: str | None) -> str:
    content = node.content
    if isinstance(content, str):
        return escape(content)
    return "".join(escape(piece) if isinstance(piece, str) else _markup(piece, here, base) for piece in content)


def _markup(node: Node, outer: str | None, base: str | None) -> str:
    name, own = node.local, node.get(BASE)
    here = join(outer, own.strip()) if own else outer
    attributes = "".join(
        f' {key}="{attribute(join(here, value) if here != base and key in _ADDRESSES else value)}"'
        for key, value in _plain(node)
    )
    inner = _inner(node, here, base)
    return f"<{name}{attributes}/>" if name in _VOID and not inner else f"<{name}{attributes}>{inner}</{name}>"


def _plain(node: Node) -> Iterator[tuple[str, str]]:
    """The attributes that HTML has: those without a namespace, and `xml:lang` as `lang`."""
    for key, value in node.attributes.items():
        if key == LANG:
            yield "lang", value
        elif not key.startswith("{"):
            yield key, value


def holds_markup(node: Node) -> bool:
    """Whether there are elements in the element; long text alone may come in several pieces."""
    return next(node.children, None) is not None


def says_something(node: Node) -> bool:
    """Whether the element has a text or an attribute."""
    return bool(node.attributes) or bool(node.all_text().strip()) or any(map(says_something, node.children))
