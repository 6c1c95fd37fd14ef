"""Which encoding a document is in: marks, the server, the declaration and the bytes may each say another one."""

from typing import Any

import pytest

from syndicate.markup.places import parse_places


def xml(encoding: str, text: str = "x", more: str = "") -> str:
    return f'<?xml version="1.0" encoding="{encoding}"{more}?><a>{text}</a>'


# By document and charset of the server: the text that is read, and the faults' kinds with a part of the first message.
CASES: list[tuple[bytes, str | None, str, list[str], str]] = [
    (xml("UTF-8").encode(), "utf-8", "x", [], ""),
    (xml("UTF-8", "é").encode(), "utf-16", "é", ["charset-mismatch"], "the bytes are not"),
    (xml("UTF-8", "é").encode("latin-1"), "iso-8859-1", "é", ["charset-mismatch"], "the server is believed"),
    (b"<a>\xe9</a>", "iso-8859-1", "é", [], ""),
    (b"<a>x</a>", "klingon", "x", ["unknown-encoding"], "the charset 'klingon' of the server"),
    ("\ufeff<a>é</a>".encode(), "iso-8859-1", "é", ["charset-mismatch"], "the bytes are UTF-8"),
    (xml("utf-16").encode("utf-16"), "utf-16", "x", [], ""),
    (xml("klingon").encode(), None, "x", ["unknown-encoding"], "nobody knows the encoding 'klingon'"),
    (xml("x-sjis", "港").encode("shift_jis"), None, "港", ["other-encoding"], ""),
    (xml("utf-16").encode(), None, "x", ["encoding-mismatch"], "but the bytes are UTF-8"),
    (xml("utf-16le").encode("utf-16-be"), None, "x", ["encoding-mismatch"], "in the order of UTF-16-BE"),
    (xml("utf-8").encode("utf-32-le"), None, "x", ["encoding-mismatch"], "the bytes are UTF-32-LE"),
    (b"\xff\xfe" + xml("utf-16").encode("utf-16-be"), None, "x", ["encoding-mismatch"], "the byte order mark says one"),
    (xml("cp037").encode("cp037"), None, "x", ["obscure-encoding"], ""),
    ('<?xml version="1.0"?><a>x</a>'.encode("cp037"), None, "x", ["encoding-mismatch", "no-encoding"], "EBCDIC"),
    (xml("utf-8").encode("cp037"), None, "x", ["encoding-mismatch"], "the bytes are EBCDIC"),
    (b"+/v8-<a>x</a>", None, "x", ["obscure-encoding"], "UTF-7"),
    (xml("shift_jis").encode() + b"<!--\x81-->", None, "x", ["other-encoding", "undecodable"], ""),
    (xml("iso-8859-1", "äö").encode(), None, "Ã¤Ã¶", ["other-encoding", "looks-like-utf-8"], ""),
    (xml("iso-8859-1", "\x93").encode("latin-1"), None, "\x93", ["other-encoding", "windows-characters"], ""),
    (xml(" utf-8 ").encode(), None, "x", ["unknown-encoding"], ""),
    (xml("utf-8", more=" standalone='maybe'").encode(), None, "x", ["declaration"], "'yes' or 'no'"),
    (xml("utf-8", more=" mood='good'").encode(), None, "x", ["declaration"], "has no 'mood'"),
    (xml("utf-8", more=" encoding='utf-8'").encode(), None, "x", ["declaration"], "says something twice"),
    (b"<?xml version=1.0 encoding='utf-8'?><a>x</a>", None, "x", ["declaration"], "has no quotes"),
    (b"<?xml encoding='utf-8' version='1.0'?><a>x</a>", None, "x", ["declaration"], "in this order"),
    (b"<?xml version='1.0'encoding='utf-8'?><a>x</a>", None, "x", ["declaration"], "not written as it should be"),
    (b"<?XML version='1.0' encoding='utf-8'?><a>x</a>", None, "x", ["declaration"], "small letters"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "charset", "text", "kinds", "message"), CASES)
def test_encodings(data: bytes, charset: str | None, text: str, kinds: list[str], message: str) -> None:
    document = parse_places(data, charset=charset)
    assert document.root is not None
    assert (document.root.text, [fault.kind for fault in document.faults]) == (text, kinds)
    assert not message or message in document.faults[0].message


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        (b"\xc0\xaf", "too long for its character"),
        (b"\xe0\x80\xaf", "too long for its character"),
        (b"\xf0\x80\x80\xaf", "too long for its character"),
        (b"\xed\xa0\x80", "half of a pair of surrogates"),
        (b"\xf4\x90\x80\x80", "beyond U+10FFFF"),
        (b"\xe4", "in windows-1252 it is 'ä'"),
        (b"\x81", "declare it, or write UTF-8"),
    ],
)
def test_bytes_that_are_no_utf_8(piece: bytes, why: str) -> None:
    fault = parse_places(b"<?xml version='1.0' encoding='utf-8'?>\n<a>\n\xc3\xa9" + piece + b"</a>").faults[0]
    assert (fault.kind, fault.line, fault.column) == ("undecodable", 3, 2)
    assert "at offset 45" in fault.message
    assert why.lower() in fault.message.lower()


def test_a_document_that_ends_within_a_character() -> None:
    assert "it was cut off" in parse_places(b"<?xml version='1.0' encoding='utf-8'?><a>\xe4\xbd").faults[0].message


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"", "empty"), (b"\xef\xbb\xbf \n", "empty"), (" \n".encode("utf-16"), "empty"), (b" " * 9000, "empty"),
     (b"PK\x03\x04", "compressed"), (b"\x8b\x05\x80\x01\x02\x03", "compressed"), (b"GIF89a", "binary"),
     (b"\0" * 5000, "binary")],
)  # fmt: skip
def test_what_is_no_document(data: bytes, kind: str) -> None:
    assert [fault.kind for fault in parse_places(data).faults] == [kind]


def test_any_bytes_like_object_may_be_read() -> None:
    data: Any = memoryview(b"\xef\xbb\xbf" + xml("utf-8", "é &#38; <b/>").encode())
    document = parse_places(data)
    assert document.root is not None
    assert (document.root.text, document.faults) == ("é & ", [])
