"""Documents made to break a validator: it answers, soon, and never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.validate.run import check
from tests.conftest import NOW
from tests.counting import calls
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


def test_five_thousand_different_errors_cost_linear_time() -> None:
    def cost(count: int) -> int:
        items = b"".join(
            b"<item><odd%d/><guid>g %d</guid><pubDate>%d</pubDate><title>&lt;b&gt;x&lt;/b&gt;</title></item>\n"
            % (n, n, n)
            for n in range(count)
        )
        data = RSS.replace(b"</channel>", items + b"</channel>")
        assert len(check(data, now=NOW).findings) >= 4 * count
        return calls(lambda: check(data, now=NOW))

    assert cost(2_500) < 12 * cost(250)


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
