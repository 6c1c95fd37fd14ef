"""The parse with places: encodings, recovery, bounds. Whatever the bytes, it answers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup import places
from syndicate.markup.places import parse_places
from syndicate.markup.xml import Document, Items, Node
from tests.counting import calls


def kinds(document: Document) -> list[str]:
    return [fault.kind for fault in document.faults]


def test_elements_know_their_places_names_and_texts() -> None:
    root = parse_places(b'<a xmlns="urn:x:y" xmlns:b="urn:x:z">\n  <b:c d="1" b:e="2">t<!-- -->u</b:c>\n</a>').root
    assert root is not None
    child = next(root.children)
    assert (root.name, child.name, child.qname) == ("{urn:x:y}a", "{urn:x:z}c", "b:c")
    assert (child.line, child.column) == (2, 3)
    assert child.attributes == {"d": "1", "{urn:x:z}e": "2"}
    assert child.text == "tu"
    assert root.closed
    assert child.closed


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<a>ä</a>".encode(), "ä"),
        ("\ufeff<a>ä</a>".encode(), "ä"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><a>ä</a>'.encode("latin-1"), "ä"),
        ('<?xml version="1.0" encoding="windows-1252"?><a>€</a>'.encode("cp1252"), "€"),
        ('<?xml version="1.0" encoding="Shift_JIS"?><a>港</a>'.encode("shift_jis"), "港"),
        ('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>港</a>'.encode("utf-16-be"), "港"),
        ('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>港</a>'.encode("utf-16-le"), "港"),
        ("<a>港</a>".encode("utf-16-le"), "港"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    document = parse_places(data)
    assert document.root is not None
    assert document.root.text == text
    assert set(kinds(document)) <= {"no-encoding", "other-encoding"}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"<a>", "not-well-formed"),
        (b"<a><b></a></b>", "not-well-formed"),
        (b"<a/><b/>", "not-well-formed"),
        (b"<a>AT&T</a>", "not-well-formed"),
        (b"<a>\x0b</a>", "not-well-formed"),
        (b'\n<?xml version="1.0"?><a/>', "space-before-declaration"),
        (b'<?xml version="1.1" encoding="utf-8"?><a/>', "version"),
        (b"<a>\xe4</a>", "undecodable"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "unknown-encoding"),
        (b'<?xml version="1.0" encoding="rot13"?><a/>', "unknown-encoding"),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', "encoding-mismatch"),
        (b'\xef\xbb\xbf<?xml version="1.0" encoding="iso-8859-1"?><a/>', "encoding-mismatch"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><a/>', "other-encoding"),
        (b'<?xml version="1.0" encoding="cp437"?><a/>', "obscure-encoding"),
        (b"<a/>", "no-encoding"),
        (b"<a>&nbsp;</a>", "undefined-entity"),
        (b"<a><x:b/></a>", "unbound-prefix"),
        (b'<!DOCTYPE a SYSTEM "http://dtd.invalid/a.dtd"><a/>', "external-doctype"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "entity"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "external-entity"),
    ],
)
def test_faults(data: bytes, kind: str) -> None:
    assert kind in kinds(parse_places(data))


def test_a_fault_says_where() -> None:
    fault = next(fault for fault in parse_places("<a>\nä <b></a>".encode()).faults if fault.kind == "not-well-formed")
    assert (fault.line, fault.column) == (2, 6)
    fault = next(fault for fault in parse_places(b"<a>\n<b/>\n \xe4</a>").faults if fault.kind == "undecodable")
    assert (fault.line, fault.column) == (3, 2)


def test_undefined_entities_and_prefixes_hide_nothing_behind_them() -> None:
    document = parse_places(b"<a>&nbsp;<x:b/>\n&hellip;<c/></a>")
    assert kinds(document) == ["no-encoding", "undefined-entity", "unbound-prefix", "undefined-entity"]
    assert document.root is not None
    assert [child.qname for child in document.root.children] == ["x:b", "c"]
    assert document.root.text == "\xa0\n…"


def test_after_a_fatal_fault_the_tree_holds_what_came_before() -> None:
    root = parse_places(b"<a><b>1</b><c>").root
    assert root is not None
    assert [(child.local, child.closed) for child in root.children] == [("b", True), ("c", False)]
    assert not root.closed


def test_entities_do_not_grow() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = parse_places(f'<!DOCTYPE a [<!ENTITY l0 "lol">{levels}]><a>&l9;</a>'.encode())
    assert "entity" in kinds(document)
    assert document.root is not None
    assert document.root.text == " "


def test_depth_size_and_count_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "too-deep" in kinds(parse_places(b"<a>" * 100_000))
    monkeypatch.setattr(places, "MAX_COUNT", 100)
    assert "too-many" in kinds(parse_places(b"<a>" + b"<b/>" * 200 + b"</a>"))
    monkeypatch.setattr(places, "MAX_BYTES", 1000)
    assert kinds(parse_places(b"<a>" + b" " * 1000 + b"</a>")) == ["no-encoding", "too-large"]


def test_many_faults_cost_linear_time() -> None:
    def cost(count: int) -> int:
        data = b"<a>" + b"".join(b"<x%d:b/>&e%d;\n" % (n, n) for n in range(count)) + b"</a>"
        assert len(parse_places(data).faults) == 2 * count + 1
        return calls(lambda: parse_places(data))

    assert cost(16_000) < 10 * cost(2_000)


def test_items_are_handed_over_whole_and_shed() -> None:
    taken: list[tuple[str, str | None, bool]] = []

    def opened(document: Document) -> Items:
        taken.clear()
        return Items(name="i", parent="c", depth=2, take=take, kept=frozenset({"k"}))

    def take(node: Node) -> None:
        taken.append((node.all_text(), node.parent.name if node.parent else None, node.closed))

    data = b"<r><i>no</i><c><i>1<k>2</k>&nbsp;<m><i>3</i></m></i>\n<i/></c><c><i>4"
    document = parse_places(data, opened)
    assert taken == [("12\xa03", "c", True), ("", "c", True)]
    assert document.root is not None
    first, second = document.root.find_all("c")
    assert [[child.name for child in item.children] for item in first.children] == [["k"], []]
    assert first.find_all("i")[0].all_text() == "2"
    assert not second.closed
    assert second.all_text() == ""


@given(st.lists(st.sampled_from(["\n", "\r\n", "\r", " ", "ä", "港", "🙂", "x" * 50_000, "<b/>"]), max_size=30))
def test_lines_and_columns_are_those_of_the_characters(pieces: list[str]) -> None:
    text = "".join(pieces)
    root = parse_places(f"<a>{text}</a>".encode()).root
    assert root is not None
    at, places = 0, []
    while (at := text.find("<b/>", at)) >= 0:
        lines = re.split("\r\n|\r|\n", "<a>" + text[:at])
        places.append((len(lines), len(lines[-1]) + 1))
        at += 1
    assert [(node.line, node.column) for node in reversed(list(root.children))] == places[::-1]


@pytest.mark.parametrize("line_end", [b"\n", b"\r", b"\r\n"])
def test_very_many_empty_lines(line_end: bytes) -> None:
    root = parse_places(b"<a>" + line_end * 50_000 + b" <b/></a>").root
    assert root is not None
    assert [(node.line, node.column) for node in root.children] == [(50_001, 2)]


@given(st.binary(max_size=400))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    document = parse_places(data)
    assert document.root is not None or document.faults


@given(st.text(alphabet='<>&;/!?[]"= \n:axml-ä\ufeff', max_size=200), st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_any_markup_has_an_answer(text: str, encoding: str) -> None:
    document = parse_places(text.encode(encoding, "replace"))
    assert document.root is not None or document.faults
