"""Any document to findings: recognising, order, hostile input."""

import pytest

from syndicate.formats import base as formats
from syndicate.model.finding import Severity
from syndicate.validate import run
from syndicate.validate.run import all_rules, check
from tests.conftest import NOW
from tests.formats.case import cases

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>Harbour Post</title>
<link>https://harbour.example/</link>
<description>News of the harbour</description>
<atom:link rel="self" type="application/rss+xml" href="https://harbour.example/rss.xml"/>
</channel>
</rss>
"""


def test_a_good_feed_has_no_errors_and_no_warnings() -> None:
    report = check(RSS, now=NOW)
    assert report.format == "rss-2.0"
    assert report.valid
    assert [finding for finding in report.findings if finding.severity is not Severity.INFO] == []


def test_findings_come_in_the_order_of_their_lines() -> None:
    report = check(RSS.replace(b"Harbour Post", b"<b>x</b>").replace(b"https://harbour.example/<", b"x<"), now=NOW)
    lines = [finding.place.line or 0 for finding in report.findings]
    assert lines == sorted(lines)
    assert not report.valid


def test_what_nobody_knows_is_an_error() -> None:
    report = check(b"<recipe/>", now=NOW)
    assert report.format is None
    assert "document.format.unknown" in {finding.rule.id for finding in report.findings}
    assert not report.valid


def test_rule_ids_are_unique_and_sorted() -> None:
    ids = [rule.id for rule in all_rules()]
    assert ids == sorted(set(ids))
    assert len(ids) > 100


@pytest.mark.parametrize(
    ("data", "as_format", "said"),
    [
        (b"Fog.\n", None, "this is plain text, and no feed or news document: a plain text"),
        (b"Fog.\n", "rss", "this is plain text, and no feed or news document: it is no rss"),
        ("N\u00e9bel.\n".encode(), None, "video-sitemap (plain-text has to be named)"),
        ("N\u00e9bel.\n".encode(), "rss", "there is no readable element; expected rss"),
        (b'{"a": 1}', None, '"@context" of an article is not json-ld, jsonfeed, ninjs'),
        (b"<p/>", "rss", "a document that begins with p is not rss"),
    ],
)
def test_what_a_document_should_have_been_is_told(data: bytes, as_format: str | None, said: str) -> None:
    report = check(data, now=NOW, as_format=as_format)
    (message,) = [one.message for one in report.findings if one.rule.id == "document.format.unknown"]
    assert said in message


def test_the_roots_of_formats_hide_no_document_from_their_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [case.path for name in formats.having("rules") for case in cases(name.replace("-", "_"))]
    assert len(documents) > 300
    told = [check(path.read_bytes(), now=NOW).format for path in documents]
    monkeypatch.setattr(formats, "roots", lambda name: None)
    run._candidates.cache_clear()
    try:
        assert [check(path.read_bytes(), now=NOW).format for path in documents] == told
    finally:
        run._candidates.cache_clear()
