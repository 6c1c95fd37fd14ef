"""Bytes that cannot be a document at all: nothing, or another kind of file."""

import re

from syndicate.markup.xml import Fault

NO_DOCUMENT = frozenset({"empty", "compressed", "binary"})
"""Kinds of faults after which there is nothing more to say."""

_HEAD = 4096
# How files of other kinds begin, and what to do with each.
_KINDS = (
    (b"\x1f\x8b", "compressed", "gzip bytes: unpack it, or say Content-Encoding: gzip"),
    (b"PK\x03\x04", "compressed", "a ZIP archive: unpack it and check what is inside"),
    (b"PK\x05\x06", "compressed", "an empty ZIP archive"),
    (b"\x28\xb5\x2f\xfd", "compressed", "Zstandard bytes: unpack it, or say Content-Encoding: zstd"),
    (b"BZh", "compressed", "bzip2 bytes: unpack it"),
    (b"\xfd7zXZ\0", "compressed", "xz bytes: unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "compressed", "a 7-Zip archive: unpack it and check what is inside"),
    (b"%PDF-", "binary", "a PDF: only feeds and news documents are checked"),
    (b"\x89PNG", "binary", "a PNG picture: only feeds and news documents are checked"),
    (b"\xff\xd8\xff", "binary", "a JPEG picture: only feeds and news documents are checked"),
    (b"GIF8", "binary", "a GIF picture: only feeds and news documents are checked"),
)
_BOM = re.compile(rb"\xef\xbb\xbf|\xff\xfe\0\0|\0\0\xfe\xff|\xff\xfe|\xfe\xff")
_CONTROLS = bytes(range(9)) + b"\x0b\x0c" + bytes(range(0x0E, 0x20)) + b"\x7f"
_MARKUP = re.compile(rb"[<{\[]|\x4c\x6f\xa7\x94")
# So large a part of control characters has no text of any encoding.
_MANY = 10


def what_else(data: bytes) -> Fault | None:
    """Why the bytes are no document, None where they may be one."""
    head = bytes(data[:_HEAD])
    if not head:
        return _fault("empty", "the document is empty: it has no bytes; see whether it was written or sent at all")
    mark = _BOM.match(head)
    rest = head[mark.end() :] if mark else head
    if not rest.strip(b" \t\r\n\0" if mark else b" \t\r\n") and _is_blank(data):
        return _fault("empty", "the document is empty: there is only white space in it")
    for start, kind, what in _KINDS:
        if head.startswith(start):
            return _fault(kind, f"the document is {what}")
    if not head.strip(b"\0"):
        return _fault("binary", "the document has only NUL bytes: it was not written to its end")
    if mark is None and not _MARKUP.search(head) and _is_binary(head):
        return _fault("compressed", "the document is no text: it may be compressed (Brotli has no mark) or encrypted")
    return None


def _is_blank(data: bytes) -> bool:
    return all(not bytes(data[at : at + _HEAD]).strip(b" \t\r\n\0\xfe\xff\xef\xbb\xbf")
               for at in range(0, len(data), _HEAD))  # fmt: skip


def _is_binary(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * _MANY > len(head)


def _fault(kind: str, message: str) -> Fault:
    return Fault(kind=kind, message=message, line=1, column=1)
