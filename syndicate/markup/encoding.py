"""Bytes to characters as XML 1.0 appendix F tells it: byte order mark, then declaration, then UTF-8."""

import codecs
import re
from dataclasses import dataclass

KINDS = frozenset({
    "space-before-declaration", "undecodable", "unknown-encoding", "encoding-mismatch", "obscure-encoding",
    "other-encoding", "no-encoding", "version",
})  # fmt: skip

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE = ((b"\0<\0?", "utf-16-be"), (b"<\0?\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"<\0", "utf-16-le"))
_DECLARATION = re.compile(r"(\s*)<\?xml(?=\s)([^>]{0,400}?)\?>")
_PLAIN = re.compile(rb"""<\?xml version=(?:"1\.0"|'1\.0') encoding=(?:"([Uu][Tt][Ff]-8)"|'([Uu][Tt][Ff]-8)') ?\?>""")
_PART = re.compile(r"""\s(version|encoding)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENCODING_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]*\Z")
# Codecs that Python has but that are no character encodings for documents.
_NOT_FOR_DOCUMENTS = frozenset({
    "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos",
})  # fmt: skip
_EXPECTED = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be"})
# The encodings that web pages and mails of the last decades really used; readers know at least these.
_FAMILIAR = frozenset({
    "ascii", "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8",
    "iso8859-9", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "cp1250", "cp1251", "cp1252", "cp1253",
    "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8-r", "koi8-u", "shift_jis", "euc_jp", "iso2022_jp",
    "gb2312", "gbk", "gb18030", "big5", "euc_kr", "cp949", "tis-620", "windows-31j", "cp932",
})  # fmt: skip

_Fault = tuple[str, str, int | None, int | None]

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
    faults: tuple[_Fault, ...]


def plain(data: bytes) -> str | None:
    """The declared encoding when it is UTF-8 and declared in the usual way: a parser may take the bytes as such."""
    found = _PLAIN.match(data)
    return (found[1] or found[2]).decode() if found else None


def decode(data: bytes) -> Decoded:
    """The characters, whatever the bytes hold: what cannot be decoded becomes U+FFFD and one fault."""
    mark, bom_length = _mark(data)
    head = data[bom_length : bom_length + 2048].decode(mark or "latin-1", "replace")
    declaration = _DECLARATION.match(head)
    parts = _parts(declaration)
    declared, version = parts.get("encoding"), parts.get("version")
    faults: list[_Fault] = []
    name = _choose(declared, mark, faults)
    text = _characters(data[bom_length:], name, faults)
    if declaration is not None:
        faults.extend(_about_declaration(declaration, version))
        text = _blanked(text, declaration)
    if declared is None and mark is None:
        faults.append(("no-encoding", "no encoding is declared, UTF-8 is assumed", 1, 1))
    return Decoded(text=text, declared=declared, version=version, faults=tuple(faults))


def _mark(data: bytes) -> tuple[str | None, int]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name, len(bom)
    return next(((name, 0) for start, name in _BARE if data.startswith(start)), (None, 0))


def _parts(declaration: re.Match[str] | None) -> dict[str, str]:
    if declaration is None:
        return {}
    return {part[1]: part[2] if part[2] is not None else part[3] for part in _PART.finditer(declaration[2])}


def _choose(declared: str | None, mark: str | None, faults: list[_Fault]) -> str:
    """The codec to use; what is odd about it goes to `faults`."""
    if declared is None:
        return mark or "utf-8"
    name = _codec(declared)
    if name is None:
        faults.append(("unknown-encoding", f"nobody knows the encoding {declared!r}: use UTF-8", 1, 1))
        return mark or "utf-8"
    if (mark or "utf-8").startswith("utf-16") != name.startswith("utf-16") and (mark or name.startswith("utf-16")):
        actual = (mark or "utf-8").upper()
        faults.append(("encoding-mismatch", f"declared as {declared}, but the bytes are {actual}", 1, 1))
        return mark or "utf-8"
    if mark == "utf-8" and name != "utf-8":
        faults.append(("encoding-mismatch", f"declared as {declared}, but the byte order mark says UTF-8", 1, 1))
    if name not in _EXPECTED:
        kind = "other-encoding" if name in _FAMILIAR else "obscure-encoding"
        faults.append((kind, f"the encoding is {declared}; only UTF-8 and UTF-16 are known to every reader", 1, 1))
    return mark or name


def _codec(declared: str) -> str | None:
    """Python's name for it, None when it has none that is meant for documents."""
    if not _ENCODING_NAME.match(declared):
        return None
    try:
        found = codecs.lookup(declared)
        found.decode(b"")
    except Exception:  # a codec may refuse in any way it likes
        return None
    is_text = bool(getattr(found, "_is_text_encoding", True))
    return found.name if is_text and found.name not in _NOT_FOR_DOCUMENTS else None


def _characters(data: bytes, name: str, faults: list[_Fault]) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(name, "replace")
        shown = data[error.start : error.start + 1].hex().upper()
        message = f"byte 0x{shown} at offset {error.start} is not {name.upper()}: the document is in another encoding"
        faults.append(("undecodable", message, before.count("\n") + 1, len(before) - before.rfind("\n")))
        return data.decode(name, "replace")
    except UnicodeError as error:
        faults.append(("undecodable", f"not {name.upper()}: {error}", 1, 1))
        return data.decode("latin-1")


def _about_declaration(declaration: re.Match[str], version: str | None) -> list[_Fault]:
    space, found = declaration[1], []
    line = space.count("\n") + 1
    if space:
        message = "the XML declaration must be the very first thing: remove the white space in front of it"
        found.append(("space-before-declaration", message, 1, 1))
    if version != "1.0":
        said = "no version" if version is None else f"version {version!r}"
        found.append(("version", f"the XML declaration has {said}; feeds are XML 1.0", line, 1))
    return list(found)


def _blanked(text: str, declaration: re.Match[str]) -> str:
    """The text with the declaration as white space: its lines stay, and expat has nothing left to object to."""
    end = declaration.end()
    return re.sub(r"[^\r\n]", " ", text[:end]) + text[end:]
