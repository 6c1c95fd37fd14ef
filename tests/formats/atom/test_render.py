"""Atom 1.0 as it goes out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree

from syndicate.markup.body_html import body_html
from syndicate.markup.text import one_line
from syndicate.model.article import Article
from syndicate.model.content import Content
from tests.formats import golden
from tests.formats.feed_checks import STORIES, document, faults, read
from tests.formats.story import STORY

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def entry_of(data: bytes) -> etree._Element:
    """The only entry."""
    (entry,) = etree.fromstring(data).iter(f"{ATOM}entry")
    return entry


def text(entry: etree._Element, name: str) -> str | None:
    """The text of that child."""
    return entry.findtext(ATOM + name)


@pytest.mark.parametrize("content", list(Content))
def test_golden(content: Content) -> None:
    assert golden.document("atom", content) == golden.path("atom", content).read_bytes()


@pytest.mark.parametrize("content", [Content.FULL, Content.SUMMARY])
def test_no_rule_complains(content: Content) -> None:
    bare = replace(STORY, guid="tag:harbour.example,2019:story:32", body=(), media=(), highlights=(), url=None)
    assert faults(document("atom", STORY, bare, content=content)) == []
    assert faults(document("atom")) == []


def test_headlines_alone_are_only_warned_about() -> None:
    assert [rule for rule, _ in faults(document("atom", STORY, content=Content.HEADLINE))] == ["atom.entry.no-text"]


def test_the_feed_keeps_its_name_wherever_it_lies() -> None:
    feed = read(document("atom", STORY)).feed
    assert feed.id == "tag:harbour.example,2019:feed:town"
    assert (feed.title, feed.subtitle, feed.link) == (
        "Harbour Post: Town & Port",
        "What happens in town",
        "https://harbour.example/town",
    )
    assert feed.author == "Harbour Post"
    assert ("self", "application/atom+xml") in [(link.rel, link.type) for link in feed.links]


def test_an_entry_says_its_language_and_rights() -> None:
    entry = entry_of(document("atom", replace(STORY, language="de-CH")))
    assert entry.get(XML_LANG) == "de-CH"
    assert text(entry, "rights") == "© 2026 Harbour Post"
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"


def test_links() -> None:
    found = [(link.get("rel"), link.get("href")) for link in entry_of(document("atom", STORY)).findall(f"{ATOM}link")]
    assert found == [
        ("alternate", "https://harbour.example/2026/03/02/mayor?ref=feed&x=1"),
        ("related", "https://harbour.example/2026/02/28/cranes"),
        ("enclosure", "https://media.example/v/m2.mp4?q=1&r=2"),
    ]


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (Content.FULL, body_html(STORY)),
        (
            Content.SUMMARY,
            "Quill met Brandt first, then the dockers · It was the highest-level meeting since 5 < 6 piers closed",
        ),
        (Content.HEADLINE, STORY.headline),
    ],
)
def test_without_a_page_there_is_content(level: Content, shown: str) -> None:
    entry = entry_of(document("atom", replace(STORY, url=None), content=level))
    assert text(entry, "content") == shown
    assert [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"] == []


def test_summary_and_headline_leave_the_rest_out() -> None:
    summary = entry_of(document("atom", STORY, content=Content.SUMMARY))
    assert (summary.find(f"{ATOM}content"), text(summary, "summary") is None) == (None, False)
    headline = entry_of(document("atom", STORY, content=Content.HEADLINE))
    assert (text(headline, "content"), text(headline, "summary")) == (None, None)


@given(STORIES)
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_back_as_it_was(article: Article) -> None:
    entry = entry_of(document("atom", article))
    assert text(entry, "title") == one_line(article.headline)
    assert text(entry, "summary") == one_line(article.abstract or "")
    assert text(entry, "content") == body_html(article)
    assert text(entry, "author/{http://www.w3.org/2005/Atom}name") == article.authors[0].name
    category = entry.findall(f"{ATOM}category")[-1]
    assert category.get("term") == article.keywords[0]
