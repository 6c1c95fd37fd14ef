"""RSS 2.0 as it goes out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree

from syndicate.markup.body_html import body_html
from syndicate.markup.escape import escape
from syndicate.markup.text import one_line
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.rights import Rights
from tests.formats import golden
from tests.formats.feed_checks import STORIES, document, faults, read, what_a_reader_sees
from tests.formats.story import STORY

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def item_of(data: bytes) -> etree._Element:
    """The only item."""
    (item,) = etree.fromstring(data).iter("item")
    return item


def names(item: etree._Element) -> list[str]:
    """The children's names without namespace, in order and without repeats."""
    return list(dict.fromkeys(etree.QName(child).localname for child in item))


@pytest.mark.parametrize("content", list(Content))
def test_golden(content: Content) -> None:
    assert golden.document("rss", content) == golden.path("rss", content).read_bytes()


@pytest.mark.parametrize("content", list(Content))
def test_no_rule_complains(content: Content) -> None:
    bare = replace(STORY, guid="tag:harbour.example,2019:story:32", body=(), media=(), highlights=(), url=None)
    assert faults(document("rss", STORY, bare, content=content)) == []
    assert faults(document("rss")) == []


def test_readers_see_what_they_see_in_atom() -> None:
    seen = what_a_reader_sees(document("rss", STORY))
    assert seen == what_a_reader_sees(document("atom", STORY))
    assert seen["published"] == "2026-03-02T08:30:00"
    assert seen["updated"] == "2026-03-03T09:00:30"
    assert seen["authors"] == ["Ada Holm", "Jon Ferry"]
    assert seen["content"] == [body_html(STORY)]
    assert seen["enclosures"] == [("https://media.example/v/m2.mp4?q=1&r=2", "video/mp4", "7340032")]


def test_the_channel_is_that_of_the_feed() -> None:
    feed = read(document("rss", STORY)).feed
    assert (feed.title, feed.link, feed.language, feed.rights) == (
        "Harbour Post: Town & Port",
        "https://harbour.example/town",
        "en-GB",
        "© Harbour Post",
    )
    assert ("self", "application/rss+xml") in [(link.rel, link.type) for link in feed.links]


def test_summary_and_headline_leave_the_rest_out() -> None:
    summary = item_of(document("rss", STORY, content=Content.SUMMARY))
    assert summary.find(CONTENT) is None
    assert "description" in names(summary)
    headline = item_of(document("rss", STORY, content=Content.HEADLINE))
    assert names(headline) == [
        "title", "link", "guid", "category", "pubDate", "creator", "contributor", "language", "rights", "modified",
    ]  # fmt: skip


def test_without_a_page_there_is_no_link() -> None:
    assert item_of(document("rss", replace(STORY, url=None))).find("link") is None


def test_an_article_of_its_headline_alone() -> None:
    bare = Article(
        guid="tag:harbour.example,2019:x", headline="A\n b", published=STORY.published, updated=STORY.published
    )
    item = item_of(document("rss", bare))
    assert names(item) == ["title", "guid", "pubDate", "language"]
    assert item.findtext("title") == "A b"


def test_an_article_without_notice_says_nothing_of_rights() -> None:
    assert "rights" not in names(item_of(document("rss", replace(STORY, rights=Rights(holder="HP")))))


def test_a_subject_has_the_domain_of_its_scheme() -> None:
    found = [(one.text, one.get("domain")) for one in item_of(document("rss", STORY)).findall("category")]
    assert found == [
        ("town", None),
        ("public transport", "http://cv.iptc.org/newscodes/mediatopic/"),
        ("Port Ellis", "tag:harbour.example,2019:scheme:places"),
        ("cranes", None),
        ("A&B", None),
    ]


@given(STORIES)
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_back_as_it_was(article: Article) -> None:
    item = item_of(document("rss", article))
    assert item.findtext("title") == one_line(article.headline)
    assert item.findtext("description") == escape(one_line(article.abstract or ""))
    assert item.findtext(CONTENT) == body_html(article)
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == article.authors[0].name
    assert item.findall("category")[-1].text == article.keywords[0]
    assert item.findtext("{http://search.yahoo.com/mrss/}content/{http://search.yahoo.com/mrss/}description") == (
        article.media[0].caption
    )
