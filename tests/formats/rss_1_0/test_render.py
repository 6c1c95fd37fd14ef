"""RSS 1.0 as it goes out."""

from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from lxml import etree

from syndicate.formats import base as formats
from syndicate.formats.rss_1_0 import rules
from syndicate.markup.body_html import body_html
from syndicate.markup.escape import escape
from syndicate.markup.feed_topics import parts_of, topic_of
from syndicate.markup.places import parse_places
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Status
from syndicate.model.content import Content
from syndicate.model.rights import Rights
from syndicate.validate.run import check
from tests.formats.feed_checks import STORIES, faults
from tests.formats.rss_1_0.feed_reading import written
from tests.formats.story import NOW, PUBLISHER, STORY, envelope

GOLDEN = Path(__file__).parent / "golden"
NAME = "rss-1-0"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
BARE = replace(STORY, guid="tag:harbour.example,2019:story:32", body=(), media=(), highlights=(), sections=(),
               subjects=(), keywords=(), correction=None, rights=Rights(), authors=())  # fmt: skip


@pytest.mark.parametrize("content", list(Content))
def test_golden(content: Content) -> None:
    assert written(NAME, STORY, content=content) == (GOLDEN / f"{content.value}.rdf").read_bytes()


@pytest.mark.parametrize("content", list(Content))
def test_no_rule_complains(content: Content) -> None:
    full = replace(STORY, expires=NOW, genre="Report")
    assert faults(written(NAME, full, BARE, content=content)) == []
    assert faults(written(NAME)) == []


def test_the_gate_has_its_rules() -> None:
    data = written(NAME, STORY)
    assert check(data, now=NOW, as_format=NAME).format == "rss-1.0"
    broken = data.replace(b"<title>Mayor", b"<titel>Mayor").replace(b"row</title>", b"row</titel>")
    assert not check(broken, now=NOW, as_format=NAME).valid
    assert rules.dialect(parse_places(b'<rss version="2.0"/>')) is None


def test_the_channel_lists_its_items() -> None:
    root = etree.fromstring(written(NAME, STORY, BARE))
    listed = [one.get(f"{RDF}resource") for one in root.iter(f"{RDF}li")]
    assert listed == [one.get(f"{RDF}about") for one in root.iter("{http://purl.org/rss/1.0/}item")]
    assert listed == [STORY.guid, BARE.guid]


def test_hubs_are_named() -> None:
    head, _ = formats.renderer(NAME).frame(replace(envelope("x"), hubs=("https://hub.example/?a&b",)))
    assert b'<atom:link href="https://hub.example/?a&amp;b" rel="hub"/>' in head


def test_who_has_no_address_has_no_place() -> None:
    omits = formats.omits(NAME)
    assert omits is not None
    assert omits(replace(STORY, url=None)) == "has no address"
    assert omits(STORY) is None


def test_withdrawals() -> None:
    render, listed = formats.renderer(NAME).fragment, formats.listed(NAME)
    gone = replace(STORY, status=Status.CANCELED, body=(), media=(), highlights=())
    assert b"An earlier version" in render(gone, PUBLISHER, Content.FULL)
    untold = render(replace(gone, correction=None), PUBLISHER, Content.FULL)
    assert untold == b""
    assert listed is not None
    assert listed(untold) == b""


def test_a_common_reader_sees_it() -> None:
    found = feedparser.parse(written(NAME, STORY))
    assert not found.bozo
    (entry,) = found.entries
    assert (entry.id, entry.link, entry.title) == (STORY.guid, STORY.url, STORY.headline)
    assert entry.published == "2026-03-02T08:30:00Z"
    assert entry.updated == "2026-03-03T09:00:30Z"


@given(STORIES)
@settings(max_examples=30)
def test_any_text_is_read_back_as_it_was(article: Article) -> None:
    item = etree.fromstring(written(NAME, article)).find("{*}item")
    assert item is not None
    assert item.findtext("{*}title") == one_line(article.headline)
    assert item.findtext("{*}description") == escape(one_line(article.abstract or ""))
    assert item.findtext("{*}encoded") == body_html(article)


def test_characters_that_xml_cannot_carry() -> None:
    data = written(NAME, replace(STORY, headline="a\x00b\ufffe", keywords=("c\x01",)))
    assert etree.fromstring(data) is not None


@pytest.mark.parametrize("scheme", ["http://x.example/cv/", "http://x.example/cv#", "tag:x.example,2019:scheme:own"])
@pytest.mark.parametrize("code", ["17", "a b/c#d", "ü"])
def test_topics_come_apart_again(scheme: str, code: str) -> None:
    assert parts_of(topic_of(scheme, code)) == (scheme.removesuffix("#"), code)


def test_an_address_without_parts() -> None:
    assert parts_of("x") == parts_of("http://x.example/") == ("", "")
