"""What is behind the first fault of a document is found too, at its true place, and nothing that a repair broke."""

import pytest

from syndicate.markup.places import parse_places
from syndicate.markup.xml import Node
from syndicate.markup.xml_patches import MAX_REPAIRS
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.validate.test_run import RSS


def told(data: bytes) -> list[tuple[int | None, int | None, str]]:
    return [(one.line, one.column, one.message) for one in parse_places(data).faults if one.kind != "no-encoding"]


def shape(node: Node) -> str:
    """The tree in short: `!` marks what is not sure."""
    pieces = [node.content] if isinstance(node.content, str) else node.content
    inside = "".join(piece if isinstance(piece, str) else shape(piece) for piece in pieces)
    return f"{node.qname}{'' if node.closed else '!'}[{inside}]"


# By document: what is read of it, and a part of the first message.
MENDED = {
    b"<a>R&D</a>": ("a[R&D]", "a bare & stands in the text: write &amp;"),
    b"<a>R&copy D</a>": ("a[R&copy D]", "write &amp;copy, or the character itself"),
    b"<a>&#X41;</a>": ("a[&#X41;]", "small x"),
    b"<a>&#0;&#xFFFE;&#99999999999;</a>": ("a[   ]", "&#0; is the number of no character"),
    b"<a>1 < 2</a>": ("a[1 < 2]", "a bare < stands in the text: write &lt;"),
    b"<a>x]]>y</a>": ("a[x]]>y]", "']]>' stands in a text"),
    b"<a>x\x0by\0z</a>": ("a[x y z]", "the character U+000B is not allowed"),
    b"<a>\xef\xbf\xbf</a>": ("a[ ]", "the character U+FFFF is not allowed"),
    b"<a><![CDATA[\x0b]]><b/></a>": ("a[ b[]]", "the character U+000B"),
    b"<a><!-- x -- y --><b/></a>": ("a[b[]]", "two hyphens"),
    b"<a><!-- \x0b --><b/></a>": ("a[b[]]", "the character U+000B"),
    b'<a><?xml version="1.0"?><b/></a>': ("a[b[]]", "an XML declaration stands in the middle"),
    b"<a><? x ?><b/></a>": ("a[b[]]", "has no name"),
    b"<a><b c=d/><e f=g>h</e></a>": ("a[b[]e[h]]", 'the value of c has no quotes: write c="d"'),
    b"<a><b c/></a>": ("a[b[]]", "the attribute c has no value"),
    b"<a><b c='1'd='2'/></a>": ("a[b[]]", "no space stands before the attribute d"),
    b"<a><b c='1' c='2'/></a>": ("a[b[]]", "the attribute c stands twice"),
    b"<a><b c='1' d=2 c='2'/></a>": ("a[b[]]", "the value of d has no quotes"),
    b"<a><b c='<i>&x'/></a>": ("a[b[]]", "a bare < stands"),
    b"<a><b / ></a>": ("a[b[]]", "a space stands between / and >"),
    b"<a><b>x</B></a>": ("a[b[x]]", "</B> closes <b> of line 1: write </b>"),
    b"<a><title>x</titel></a>": ("a[title[x]]", "write </title>"),
    b"<a><b>x</ b></a>": ("a[b[x]]", "written wrongly: write </b>"),
    b"<a>x</q y></a>": ("a![x]", "written wrongly"),
    b"<a><b>x</b c='1'></a>": ("a[b[x]]", "written wrongly: write </b>"),
    b"<a><b>x</zzz></b></a>": ("a![b![x]]", "</zzz> closes an element that is not open"),
    b"<a><b><i>x</b></i></a>": ("a[b![]]", "<i> of line 1 is not closed before </b>"),
    b"<a><b></a></b>": ("a![b![]]", "<b> of line 1 is not closed"),
    b"<r><c><i><t>Fog<l>x</l></i></c></r>": ("r[c[i![l[x]]]]", "<t> of line 1 is not closed before </i>"),
    b"<r><i>1</i><i><t/><i><t/></i></r>": ("r![i[1]i![t[]]i[t[]]]", "<i> of line 1 is not closed before </r>"),
    b"Warning: x\n<a/>": ("a[]", "text stands in front of the root element"),
    b"<!doctype a><a/>": ("a[]", "capitals"),
    b"<!DOCTYPE a><!DOCTYPE a><a/>": ("a[]", "a DOCTYPE stands where none may be"),
    b'<!DOCTYPE a [<!ENTITY x "y">]><a><b>&x;</b>&y;</a>': ("a![b![ ] ]", "defines the entity 'x'"),
    # Where nobody can tell how to read on.
    b"<a><b/>": ("a![b[]]", "the document ends, but <a> of line 1 is not closed"),
    b"<a><b><c": ("a![b![]]", "the document ends within the tag <c>"),
    b"<a><b c='1></a>": ("a![]", "the tag <b ...> is written wrongly"),
    b"<a><b ?></a>": ("a![]", "the tag <b ...> is written wrongly"),
    b"<a><!-- ": ("a![]", "the comment has no end"),
    b"<a><![CDATA[ ": ("a![]", "the CDATA section has no end"),
    b"<a><?x ": ("a![]", "has no end ?>"),
    b"<a/>\nmore": ("a[]", "something stands behind the end of the root element"),
    b"<a/><b/>": ("a[]", "a second root element <b>"),
    b"<a/></b>": ("a[]", "</b> closes an element that is not open"),
    b"<a/><![CDATA[x]]>": ("a[]", "a CDATA section stands outside"),
    b"<a/><": ("a[]", "a < stands there that begins no element"),
}  # fmt: skip


@pytest.mark.parametrize("data", MENDED, ids=lambda data: repr(data)[:50])
def test_what_is_read_of_a_faulty_document(data: bytes) -> None:
    document = parse_places(data)
    assert document.root is not None
    assert (shape(document.root), MENDED[data][1] in told(data)[0][2]) == (MENDED[data][0], True), told(data)


def test_there_is_nothing_but_comments() -> None:
    assert told(b"<!-- x -->") == [(1, 11, "there is no element in the document")]


def test_places_behind_a_repair_are_those_of_the_document() -> None:
    data = "<a>\n<b c=d>&nbsp;ä & ö</b> <e/>\n<f g='1' g='2'/><h><i>x</h>\n<k/></a>".encode()
    root = parse_places(data).root
    assert root is not None
    assert [(node.qname, node.line, node.column) for node in root.iter()] == [
        ("a", 1, 1), ("b", 2, 1), ("e", 2, 24), ("f", 3, 1), ("h", 3, 17), ("k", 4, 1)
    ]  # fmt: skip
    assert [(line, column) for line, column, _ in told(data)] == [(2, 4), (2, 8), (2, 16), (3, 10), (3, 24)]


def test_so_many_faults_are_told() -> None:
    faults = told(b"<a>" + b"&\n" * 100_000 + b"<b/></a>")
    assert len(faults) == MAX_REPAIRS + 1
    assert "the rest is not read" in faults[-1][2]


def test_no_finding_is_made_by_a_repair() -> None:
    item = b"<item><title>Fog</title><link>https://harbour.example/%d</link>%s</item>\n"
    odd = (b"<description>R&D</description>", b"<description>Fog <b>x</description>",
           b"<category>Fog", b"<pubDate>Mon, 02 Mar 2026 08:30:00 GMT</pubdate>", b"<guid isPermaLink=false>x</guid>",
           b"<odd/>")  # fmt: skip
    data = RSS.replace(b"</channel>", b"".join(item % (n, one) for n, one in enumerate(odd)) + b"</channel>")
    findings = check(data, now=NOW).findings
    grave = [(one.rule.id, one.place.line) for one in findings if one.severity.value == "error"]
    wrong = "xml.document.not-well-formed"
    assert grave == [(wrong, 8), (wrong, 9), (wrong, 10), (wrong, 11), (wrong, 12), ("rss.element.unknown", 13)]
