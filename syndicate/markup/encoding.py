"""Bytes to characters: byte order mark, then the charset that a server says, then the declaration, then UTF-8.

XML 1.0 appendix F and RFC 7303 §3.
"""

import re
from dataclasses import dataclass

from syndicate.markup import charsets
from syndicate.markup.charsets import Flaw

KINDS = frozenset({
    "space-before-declaration", "declaration", "undecodable", "unknown-encoding", "encoding-mismatch",
    "charset-mismatch", "obscure-encoding", "other-encoding", "no-encoding", "version", "windows-characters",
    "looks-like-utf-8",
})  # fmt: skip

_DECLARATION = re.compile(r"(\s*)<\?(xml)(?=[\s?])([^>]{0,400}?)\?>", re.IGNORECASE)
_PLAIN = re.compile(rb"""<\?xml version=(?:"1\.0"|'1\.0') encoding=(?:"([Uu][Tt][Ff]-8)"|'([Uu][Tt][Ff]-8)') ?\?>""")
_PART = re.compile(r"""\s*([A-Za-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'?>]+))""")
_RIGHT = re.compile(
    r"""\s+version\s*=\s*(?:"[^"]*"|'[^']*')(?:\s+encoding\s*=\s*(?:"[^"]*"|'[^']*'))?"""
    r"""(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\Z"""
)
_ORDER = ("version", "encoding", "standalone")

# Characters that show that a text went through a wrong encoding: controls of the C1 block but for the line end NEL,
# and the replacement character; below, the same ones in UTF-8.
ODD = re.compile("[\x80-\x84\x86-\x9f\ufffd]")
_ODD_C1 = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_REPLACEMENT = b"\xef\xbf\xbd"


def has_odd(data: bytes) -> bool:
    """Whether there are characters of `ODD` in what is UTF-8."""
    # Single bytes first: they are looked for much faster than several.
    return (b"\xef" in data and _REPLACEMENT in data) or (b"\xc2" in data and _ODD_C1.search(data) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The characters of a document without byte order mark and with its declaration blanked out (same length).

    `faults` are (kind, message, line, column).
    """

    text: str
    declared: str | None
    version: str | None
    faults: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the beginning of a document says of the rest: `codec` reads what stands behind the byte order mark.

    `blank` takes the place of the declaration and what stands before it.
    """

    codec: str
    mark: int
    declared: str | None
    version: str | None
    blank: str
    faults: list[Flaw]


def plain(data: bytes) -> str | None:
    """The declared encoding when it is UTF-8 and declared in the usual way: a parser may take the bytes as such."""
    found = _PLAIN.match(data)
    return (found[1] or found[2]).decode() if found else None


def look(data: bytes, charset: str | None = None) -> Head:
    """What the first bytes, and the charset that came with them by HTTP, say."""
    name, length = charsets.mark(data)
    sniffed = name or charsets.bare(data)
    text = bytes(data[length : length + 2048]).decode(sniffed or "latin-1", "replace")
    declaration = _DECLARATION.match(text)
    parts = _parts(declaration)
    declared = parts.get("encoding")
    faults: list[Flaw] = []
    codec = charsets.choose(declared, charset, name, sniffed, faults)
    if charsets.is_turned(data):
        told = f"the byte order mark says one order of bytes, but they are {codec.upper()}: use UTF-8"
        faults.append(("encoding-mismatch", told, 1, 1))
    if declaration is not None:
        faults.extend(_about_declaration(declaration, parts.get("version")))
    if declared is None and name is None and charset is None:
        faults.append(("no-encoding", "no encoding is declared, UTF-8 is assumed", 1, 1))
    blank = "" if declaration is None else re.sub(r"[^\r\n]", " ", declaration[0])
    version = parts.get("version")
    return Head(codec=codec, mark=length, declared=declared, version=version, blank=blank, faults=faults)


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """The characters, whatever the bytes hold: what cannot be decoded becomes U+FFFD and one fault."""
    head = look(data, charset)
    text, faults = charsets.characters(bytes(data[head.mark :]), head.codec)
    # The declaration as white space: its lines stay, and a parser has nothing left to object to.
    text = head.blank + text[len(head.blank) :]
    return Decoded(text=text, declared=head.declared, version=head.version, faults=(*head.faults, *faults))


def as_written(data: bytes, charset: str | None = None) -> str:
    """The characters as they stand, with the declaration, for people to look at."""
    head = look(data, charset)
    return charsets.characters(bytes(data[head.mark :]), head.codec)[0]


def _parts(declaration: re.Match[str] | None) -> dict[str, str]:
    """What the declaration says, by name; of what stands twice, the first."""
    parts: dict[str, str] = {}
    for part in _PART.finditer(declaration[3]) if declaration is not None else ():
        parts.setdefault(part[1].lower(), next(value for value in part.group(2, 3, 4) if value is not None))
    return parts


def _about_declaration(declaration: re.Match[str], version: str | None) -> list[Flaw]:
    space, found = declaration[1], []
    line = space.count("\n") + 1
    if space:
        message = "the XML declaration must be the very first thing: remove the white space in front of it"
        found.append(("space-before-declaration", message, 1, 1))
    if version != "1.0":
        said = "no version" if version is None else f"version {version!r}"
        found.append(("version", f'the XML declaration has {said}; feeds are XML 1.0: write version="1.0"', line, 1))
    if version is not None and (declaration[2] != "xml" or not _RIGHT.match(declaration[3])):
        found.append(("declaration", _what_is_wrong(declaration), line, 1))
    return list(found)


def _what_is_wrong(declaration: re.Match[str]) -> str:
    """Why the declaration is not as the grammar wants it."""
    if declaration[2] != "xml":
        return f"the XML declaration begins with <?{declaration[2]}: write <?xml in small letters"
    parts = list(_PART.finditer(declaration[3]))
    names = [part[1] for part in parts]
    cure = 'write <?xml version="1.0" encoding="UTF-8"?>'
    for part in parts:
        if part[1] not in _ORDER:
            return f"the XML declaration has no {part[1]!r}: {cure}"
        if part[4] is not None:
            return f"the value of {part[1]} has no quotes: {cure}"
        if part[1] == "standalone" and (part[2] or part[3]) not in ("yes", "no"):
            return f"standalone is 'yes' or 'no', not {part[2] or part[3]!r}: leave it out"
    if len(set(names)) < len(names):
        return f"the XML declaration says something twice: {cure}"
    if names != sorted(names, key=_ORDER.index):
        return f"the XML declaration has {', '.join(names)} in this order: write version, encoding, standalone"
    return f"the XML declaration is not written as it should be: {cure}"
