"""Items are checked while the document is read: what depends on other items, or on what comes later, is still found."""

import pytest

from syndicate.validate.run import check
from tests.conftest import NOW
from tests.validate.test_run import RSS

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:a.example,2026:f</id><title>Harbour Post</title>
<updated>2026-03-02T08:30:00Z</updated><link rel="self" href="https://a.example/atom.xml"/>
{}
</feed>
"""
ENTRY = (
    "<entry><id>tag:a.example,2026:{}</id><title>Fog</title><updated>2026-03-0{}T08:30:00Z</updated>"
    '<link href="https://a.example/{}"/><summary>Fog.</summary></entry>\n'
)
ENCLOSURE = '<enclosure url="https://a.example/a.png" type="image/png" length="1"/>'
PODCAST = '<itunes:author xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">Ada</itunes:author>'


def found(data: str | bytes) -> list[tuple[str, int | None]]:
    data = data.encode() if isinstance(data, str) else data
    return [(one.rule.id, one.place.line) for one in check(data, now=NOW).findings]


def rss(*items: str, after: str = "") -> bytes:
    whole = "".join(f"<item><title>Fog</title>{item}</item>\n" for item in items)
    return RSS.replace(b"</channel>", (whole + after + "</channel>").encode())


def test_a_guid_that_stands_twice_is_found_in_the_later_item() -> None:
    guid = '<guid isPermaLink="false">{}</guid>'
    data = rss(
        *(guid.format(name) for name in ("tag:a.example,2026:1", "tag:a.example,2026:2", "tag:a.example,2026:1"))
    )
    assert ("rss.guid.duplicate", 10) in found(data)
    message = next(one.message for one in check(data, now=NOW).findings if one.rule.id == "rss.guid.duplicate")
    assert "in line 8" in message


@pytest.mark.parametrize("after", ["", PODCAST])
def test_what_the_channel_says_behind_its_items_counts_for_them(after: str) -> None:
    rules = [rule for rule, _ in found(rss(ENCLOSURE, after=after))]
    assert ("itunes.enclosure.format" in rules) is bool(after)


@pytest.mark.parametrize("author", ["", "<author><name>Ada</name></author>"])
def test_an_author_behind_the_entries_is_theirs(author: str) -> None:
    rules = [rule for rule, _ in found(ATOM.format(ENTRY.format(1, 1, 1) + author))]
    assert ("atom.author.missing" in rules) is not bool(author)


def test_entries_are_compared_after_they_are_let_go() -> None:
    entries = ENTRY.format(1, 1, 1) + ENTRY.format(2, 2, 2) + ENTRY.format(1, 1, 3)
    rules = found(ATOM.format("<author><name>Ada</name></author>" + entries))
    assert ("atom.entry.duplicate", 6) in rules
    assert ("atom.entry.same-update", 6) in rules


def test_a_namespace_is_told_of_once_where_it_stands_first() -> None:
    odd = '<o:dd xmlns:o="urn:o"/>'
    data = rss(odd, odd).replace(b"<title>Harbour", odd.encode() + b"<title>Harbour")
    assert [line for rule, line in found(data) if rule == "extension.namespace.unknown"] == [4]
    assert [line for rule, line in found(rss("", odd, odd)) if rule == "extension.namespace.unknown"] == [9]


def test_a_document_that_is_read_anew_tells_everything_once() -> None:
    data = rss("<odd/>", "<b>&nbsp;</b>", "<odd/>")
    assert [line for rule, line in found(data) if rule == "rss.element.unknown"] == [8, 9, 10]


def test_an_item_that_does_not_end_is_looked_at_too() -> None:
    data = rss("<odd/>", "<odd/>")
    cut = data[: data.rindex(b"</item>")]
    assert [line for rule, line in found(cut) if rule == "rss.element.unknown"] == [8, 9]
