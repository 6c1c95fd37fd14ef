"""Which encoding a document is in, and its characters: what marks, names and bytes tell."""

import codecs
import re
from collections.abc import Callable

from syndicate.markup.mapped import let_go

Flaw = tuple[str, str, int | None, int | None]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE = (
    (b"\0\0\0<", "utf-32-be"), (b"<\0\0\0", "utf-32-le"), (b"\0<", "utf-16-be"), (b"<\0", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)  # fmt: skip
_UTF7 = re.compile(rb"\+/v[89+/]-?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]*\Z")
# Codecs that Python has but that are no character encodings for documents.
_NOT_FOR_DOCUMENTS = frozenset({
    "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos",
})  # fmt: skip
# Names that the web knows (Encoding Standard §4.2) and Python does not.
_ALIASES = {
    "x-sjis": "shift_jis", "ms_kanji": "shift_jis", "x-gbk": "gbk", "x-x-big5": "big5", "cn-big5": "big5",
    "x-euc-jp": "euc_jp", "windows-874": "cp874", "dos-874": "cp874", "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic", "x-mac-ukrainian": "mac_cyrillic", "unicode-1-1-utf-8": "utf-8",
    "x-unicode20utf8": "utf-8", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6", "iso-10646-ucs-2": "utf-16", "ucs-2": "utf-16", "iso-10646-ucs-4": "utf-32",
    "ucs-4": "utf-32", "csunicode": "utf-16", "windows-949": "cp949", "x-cp1250": "cp1250", "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
}  # fmt: skip
_EXPECTED = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be"})
# The encodings that web pages and mails of the last decades really used; readers know at least these.
_FAMILIAR = frozenset({
    "ascii", "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8",
    "iso8859-9", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "cp1250", "cp1251", "cp1252", "cp1253",
    "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8-r", "koi8-u", "shift_jis", "euc_jp", "iso2022_jp",
    "gb2312", "gbk", "gb18030", "big5", "euc_kr", "cp949", "tis-620", "windows-31j", "cp932",
})  # fmt: skip
_EBCDIC = frozenset({"cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"})
_WESTERN = frozenset({"iso8859-1", "ascii"})
_C1 = re.compile(rb"[\x80-\x84\x86-\x9f]")
_SEQUENCE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")
# So many sequences of several bytes are no accident.
_SURE = 2
_PIECE = 4 * 1024 * 1024


def mark(data: bytes) -> tuple[str | None, int]:
    """The encoding that a byte order mark says, and its length."""
    start = bytes(data[:8])
    for bom, name in _BOMS:
        if start.startswith(bom):
            return _turned(start, len(bom), name), len(bom)
    found = _UTF7.match(start)
    return ("utf-7", found.end()) if found else (None, 0)


def _turned(start: bytes, length: int, name: str) -> str:
    """The encoding of the bytes behind the mark, which may be the other way round than it says."""
    swapped = {"utf-16-le": (b"\0<", "utf-16-be"), "utf-16-be": (b"<\0", "utf-16-le")}.get(name)
    return swapped[1] if swapped and start[length:].startswith(swapped[0]) else name


def bare(data: bytes) -> str | None:
    """The encoding that the first characters show, where it is none in which ASCII is ASCII."""
    start = bytes(data[:8])
    return next((name for first, name in _BARE if start.startswith(first)), None)


def is_turned(data: bytes) -> bool:
    """Whether a byte order mark says the wrong order."""
    start = bytes(data[:8])
    return any(start.startswith(bom) and _turned(start, len(bom), name) != name for bom, name in _BOMS)


def choose(
    declared: str | None, charset: str | None, marked: str | None, sniffed: str | None, faults: list[Flaw]
) -> str:
    """The codec to use; what is odd about it goes to `faults`."""
    said = None if charset is None else _said(charset, marked, sniffed, faults)
    if declared is None:
        if sniffed == "cp037":
            faults.append(("encoding-mismatch", "the bytes are EBCDIC, and no encoding is declared: use UTF-8", 1, 1))
        if marked == "utf-7":
            faults.append(("obscure-encoding", "the document is in UTF-7, which readers refuse: use UTF-8", 1, 1))
        return said or sniffed or "utf-8"
    name = codec_of(declared)
    if name is None:
        faults.append(("unknown-encoding", f"nobody knows the encoding {declared!r}: use UTF-8", 1, 1))
        return said or sniffed or "utf-8"
    if said is not None:
        if not _agree(said, name):
            told = f"the server says charset={charset}, the document declares {declared}: the server is believed"
            faults.append(("charset-mismatch", f"{told}; make both say UTF-8", 1, 1))
        _about_rarity(declared, name, faults)
        return said
    return _by_declaration(declared, name, marked, sniffed, faults)


def _by_declaration(declared: str, name: str, marked: str | None, sniffed: str | None, faults: list[Flaw]) -> str:
    actual = sniffed or "utf-8"
    if _family(actual) != _family(name):
        shown = "EBCDIC" if actual == "cp037" else actual.upper() if sniffed else "UTF-8"
        told = f"declared as {declared}, but the bytes are {shown}: declare the encoding that is used"
        faults.append(("encoding-mismatch", told, 1, 1))
        _about_rarity(declared, name, faults)
        return actual
    if marked == "utf-8" and name != "utf-8":
        told = f"declared as {declared}, but the byte order mark says UTF-8: declare UTF-8, or take the mark away"
        faults.append(("encoding-mismatch", told, 1, 1))
    elif sniffed and not _agree(sniffed, name) and sniffed != "cp037":
        told = f"declared as {declared}, but the bytes are in the order of {sniffed.upper()}: declare UTF-8 and use it"
        faults.append(("encoding-mismatch", told, 1, 1))
    _about_rarity(declared, name, faults)
    return name if sniffed is None or sniffed == "cp037" else sniffed


def _said(charset: str, marked: str | None, sniffed: str | None, faults: list[Flaw]) -> str | None:
    """The codec of the charset that the server says, where the bytes do not tell of another one for certain."""
    name = codec_of(charset.strip().strip("\"'"))
    if name is None:
        faults.append(("unknown-encoding", f"nobody knows the charset {charset!r} of the server: say UTF-8", 1, 1))
        return None
    certain = marked or sniffed
    if certain is not None and not (_agree(name, certain) or (certain == "cp037" and name in _EBCDIC)):
        told = f"the server says charset={charset}, but the bytes are {certain.upper()}: let it say so"
        faults.append(("charset-mismatch", told, 1, 1))
        return certain
    if certain is None and _family(name) != _family("utf-8"):
        told = f"the server says charset={charset}, but the bytes are not: let it say UTF-8"
        faults.append(("charset-mismatch", told, 1, 1))
        return None
    return certain if certain not in (None, "cp037") else name


def _about_rarity(declared: str, name: str, faults: list[Flaw]) -> None:
    if name not in _EXPECTED:
        kind = "other-encoding" if name in _FAMILIAR else "obscure-encoding"
        faults.append((kind, f"the encoding is {declared}; only UTF-8 and UTF-16 are known to every reader", 1, 1))


def _family(name: str) -> str:
    """Encodings of one family show the same bytes for ASCII."""
    if name.startswith(("utf-16", "utf-32")):
        return name[:6]
    return "ebcdic" if name in _EBCDIC else "ascii"


def _agree(one: str, other: str) -> bool:
    """Whether both are the same encoding; UTF-16 without an order is either."""
    same = one == other or {one, other} == {"ascii", "utf-8"}
    return same or (_family(one) == _family(other) and _family(one) in (one, other))


def codec_of(declared: str) -> str | None:
    """Python's name for it, None when it has none that is meant for documents."""
    if not _NAME.match(declared):
        return None
    try:
        found = codecs.lookup(_ALIASES.get(declared.lower(), declared))
        found.decode(b"")
    except Exception:  # a codec may refuse in any way it likes
        return None
    is_text = bool(getattr(found, "_is_text_encoding", True))
    return found.name if is_text and found.name not in _NOT_FOR_DOCUMENTS else None


def characters(data: bytes, name: str) -> tuple[str, list[Flaw]]:
    """The characters of the bytes, and what is odd about them."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        text = data.decode(name, "replace")
        return text, [_undecodable(data, name, error, text.count("\ufffd"))]
    except UnicodeError as error:
        return data.decode("latin-1"), [("undecodable", f"not {name.upper()}: {error}", 1, 1)]
    return text, list(_suspicions(data, name, text))


def _undecodable(data: bytes, name: str, error: UnicodeDecodeError, count: int) -> Flaw:
    before = data[: error.start].decode(name, "replace")
    shown = data[error.start : error.start + 1].hex().upper()
    told = f"byte 0x{shown} at offset {error.start} is not {name.upper()}: {_why(data, name, error.start)}"
    if count > 1:
        told += f" ({count} places)"
    line, column = _place(before)
    return "undecodable", told, line, column


def _place(before: str) -> tuple[int, int]:
    lines = before.replace("\r\n", "\n").replace("\r", "\n")
    return lines.count("\n") + 1, len(lines) - lines.rfind("\n")


def _why(data: bytes, name: str, at: int) -> str:
    """What the byte is that the encoding does not have, and what to do."""
    other = "the document is in another encoding: declare it, or write UTF-8"
    if name != "utf-8":
        return other
    found = next((told for is_so, told in _REASONS if is_so(data[at : at + 4])), None)
    if found is not None:
        return found
    if at >= len(data) - 3 and data[at] >= 0xC2 and all(0x80 <= byte < 0xC0 for byte in data[at + 1 :]):
        return "the document ends within a character: it was cut off"
    character = bytes((data[at],)).decode("cp1252", "replace")
    return f"{other}. In windows-1252 it is {character!r}" if character != "\ufffd" else other


_REASONS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (lambda four: four[0] in (0xC0, 0xC1), "a form that is too long for its character, which is forbidden"),
    (lambda four: four[0] == 0xE0 and four[1:2] < b"\xa0" and four[1:2] >= b"\x80",
     "a form that is too long for its character, which is forbidden"),
    (lambda four: four[0] == 0xF0 and b"\x80" <= four[1:2] < b"\x90",
     "a form that is too long for its character, which is forbidden"),
    (lambda four: four[0] == 0xED and b"\xa0" <= four[1:2] < b"\xc0",
     "half of a pair of surrogates: write the whole character in UTF-8"),
    (lambda four: (four[0] == 0xF4 and b"\x90" <= four[1:2] < b"\xc0") or 0xF5 <= four[0] <= 0xF7,
     "beyond U+10FFFF, where there are no characters"),
)  # fmt: skip


def _suspicions(data: bytes, name: str, text: str) -> list[Flaw]:
    """What shows that bytes which can be decoded are meant in another encoding."""
    if name not in _FAMILIAR or len(text) != len(data) or data.isascii():
        return []
    found = _SEQUENCE.search(data)
    if found and is_utf8(data) and len(_SEQUENCE.findall(data)) >= _SURE:
        character = found[0].decode("utf-8", "replace")[:1]
        told = f"the bytes are UTF-8 ({character!r}, not {found[0].decode(name, 'replace')!r}): declare UTF-8"
        return [("looks-like-utf-8", f"declared as {name}, but {told}", *_place(text[: found.start()]))]
    if name in _WESTERN and (found := _C1.search(data)):
        meant = found[0].decode("cp1252", "replace")
        told = f"byte 0x{found[0].hex().upper()} at offset {found.start()} is a control character in ISO-8859-1"
        cure = f"{told}; in windows-1252 it is {meant!r}: write UTF-8, or declare windows-1252"
        return [("windows-characters", cure, *_place(text[: found.start()]))]
    return []


def is_utf8(data: bytes) -> bool:
    """Whether all of it is UTF-8; looked at in pieces, so that it may be of any size."""
    at, size = 0, len(data)
    try:
        while at < size:
            end = min(size, at + _PIECE)
            _, used = codecs.utf_8_decode(data[at:end], "strict", end == size)
            let_go(data, at, at + used)
            at += used
    except UnicodeDecodeError:
        return False
    return True
