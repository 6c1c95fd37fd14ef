"""Documents made to break a validator: it answers, soon, and never raises."""

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.validate.checked import Asked, check_data
from syndicate.validate.report.hints import Hints
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.counting import calls
from tests.validate.faulty import MAKERS, made
from tests.validate.test_run import RSS


def item(text: bytes) -> bytes:
    whole = b"<item><title>Fog</title><guid isPermaLink='false'>1</guid><description>" + text + b"</description></item>"
    return RSS.replace(b"</channel>", whole + b"\n</channel>")


@pytest.mark.parametrize(
    "text",
    [
        b"&lt;!--" * 50_000,
        b"&lt;a " * 50_000,
        b"&lt;a b='" * 50_000,
        b"&lt;a " + b"b " * 100_000 + b"&gt;",
        b"&lt;a b" + b" " * 200_000 + b"&gt;",
        b"&lt;a style='" + b"/*" * 100_000 + b"'&gt;",
        b"&amp;#" + b"1" * 200_000,
        b"&amp;" * 100_000,
        b"&lt;" * 100_000,
    ],
    ids=["comments", "tags", "quotes", "attributes", "blanks", "style", "digits", "ampersands", "angles"],
)
@pytest.mark.timeout(60)
def test_html_made_to_be_slow(text: bytes) -> None:
    assert check(item(text), now=NOW).format == "rss-2.0"


@pytest.mark.parametrize("element", ["link", "guid", "pubDate", "language", "managingEditor", "ttl"])
@pytest.mark.parametrize("piece", ["a.", "a@", "1 ", "(", "%", "-a", "tag:", ": "])
@pytest.mark.timeout(60)
def test_values_made_to_be_slow(element: str, piece: str) -> None:
    text = (piece * (60_000 // len(piece))).encode()
    data = RSS.replace(b"</channel>", b"<%s>%s</%s></channel>" % (element.encode(), text, element.encode()))
    assert not check(data, now=NOW).valid


REPORTS = ("text", "json", "sarif", "junit", "github", "summary")


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.timeout(120)
def test_ten_times_the_errors_cost_ten_times_as_much(kind: str) -> None:
    def cost(count: int) -> int:
        data = made(kind, count)
        return calls(lambda: check(data, now=NOW))

    check(made(kind, 1), now=NOW)
    assert cost(1_000) < 11 * cost(100)


@pytest.mark.parametrize("kind", ["newsml-g2", "atom", "nitf"])
def test_so_they_do_by_a_schema(shared: Path, kind: str) -> None:
    def cost(count: int) -> int:
        data = made(kind, count)
        return calls(lambda: check(data, now=NOW, schemas=shared / "schemas"))

    check(made(kind, 1), now=NOW, schemas=shared / "schemas")
    assert cost(1_000) < 11 * cost(100)


@pytest.mark.parametrize("report", REPORTS)
def test_so_they_do_in_every_report(report: str) -> None:
    render = import_module(f"syndicate.validate.report.{report}").render

    def cost(count: int) -> int:
        asked, data = Asked(now=NOW, with_lines=True), made("rss", count)
        return calls(lambda: list(render([check_data("feed.xml", data, asked)], Hints(True))))

    cost(1)
    assert cost(1_000) < 11 * cost(100)


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind != "not-well-formed"])
def test_each_of_them_is_told(kind: str) -> None:
    found = check(made(kind, 500), now=NOW).findings
    assert len(found) >= 500
    assert len({(one.place.line, one.place.column, one.rule.id, one.message) for one in found}) == len(found)


@pytest.mark.parametrize("data", [b"", b"\0" * 1000, b"<", b"<rss", b"{}", b"\xff\xfe", b"%PDF-1.4", RSS[:200]])
def test_what_is_no_document(data: bytes) -> None:
    assert not check(data, now=NOW).valid


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    assert not check(data, now=NOW).valid


@given(st.integers(0, len(RSS)), st.integers(0, 40), st.binary(max_size=20))
def test_any_damage_to_a_feed(start: int, length: int, put: bytes) -> None:
    report = check(RSS[:start] + put + RSS[start + length :], now=NOW)
    assert report.format in (None, "rss-2.0", "rss-0.91", "rss-0.92", "atom-1.0", "opml-2.0")


@given(st.text(max_size=60))
def test_any_text_anywhere(text: str) -> None:
    escaped = "".join(f"&#{ord(char)};" if char in "<&>" else char for char in text).encode("utf-8", "replace")
    for old in (b"Harbour Post", b"https://harbour.example/<", b"News of the harbour", b"self", b"2.0"):
        new = escaped.replace(b'"', b"") + (b"<" if old.endswith(b"<") else b"")
        assert check(RSS.replace(old, new), now=NOW).findings
