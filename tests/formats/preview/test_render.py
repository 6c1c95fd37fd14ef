"""The page of a feed as it goes out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from lxml import etree, html

from syndicate.formats import base as formats
from syndicate.formats.preview import blocks, render
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Dateline
from syndicate.model.body import Embed, Heading, Paragraph, Table
from syndicate.model.content import Content
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from tests.formats import golden
from tests.formats.feed_checks import document, faults
from tests.formats.story import FEED, PUBLISHER, STORY, envelope
from tests.strategies import articles

X = "{http://www.w3.org/1999/xhtml}"
BARE = Article(
    guid="tag:harbour.example,2019:x", headline="A\n b", published=STORY.published, updated=STORY.published
)  # fmt: skip
LOADING = ("src", "srcset", "poster", "data", "background", "style")


def parsed(*stories: Article, content: Content = Content.FULL) -> etree._Element:
    """The page as XML."""
    return etree.fromstring(document("preview", *stories, content=content))


def shown(story: Article, content: Content = Content.FULL) -> etree._Element:
    """The only article of the page."""
    (article,) = parsed(story, content=content).iter(f"{X}article")
    return article


def text(element: etree._Element, path: str) -> str:
    """All text of the first element there, on one line."""
    found = element.xpath(path, namespaces={"x": X[1:-1]})
    assert found, path
    return " ".join("".join(found[0].itertext()).split())


@pytest.mark.parametrize("content", list(Content))
def test_golden(content: Content) -> None:
    assert golden.document("preview", content) == golden.path("preview", content).read_bytes()


@pytest.mark.parametrize("content", list(Content))
def test_no_rule_complains(content: Content) -> None:
    assert faults(document("preview", STORY, BARE, content=content)) == []
    assert faults(document("preview")) == []


@given(articles())
@settings(max_examples=60)
def test_any_article_gives_a_page_that_is_sound_and_loads_nothing(article: Article) -> None:
    for content in Content:
        data = document("preview", article, content=content)
        assert faults(data) == []
        root = etree.fromstring(data)
        assert not list(root.iter(f"{X}script"))
        assert not [name for one in root.iter() for name in one.attrib if name in LOADING or name.startswith("on")]


@given(articles())
@settings(max_examples=40)
def test_browsers_and_xml_parsers_read_the_same(article: Article) -> None:
    data = document("preview", article)
    of_html = html.document_fromstring(data.decode())
    of_xml = etree.fromstring(data)
    for name in ("h1", "h2", "p", "figure", "a", "li"):
        seen = ["".join(one.itertext()).split() for one in of_html.iter(name)]
        assert seen == ["".join(one.itertext()).split() for one in of_xml.iter(X + name)], name


@given(articles())
@settings(max_examples=40)
def test_the_front_page_quotes_what_the_page_shows(article: Article) -> None:
    quoted = render.headline(render.fragment(article, PUBLISHER, Content.HEADLINE))
    assert quoted.text == one_line(article.headline)
    assert quoted.language == article.language
    (found,) = parsed(article, content=Content.HEADLINE).iter(f"{X}article")
    assert quoted.href == article.url or quoted.href == f"#{found.get('id')}"


def test_what_is_no_article_cannot_be_quoted() -> None:
    with pytest.raises(ValueError, match="no article of a preview page"):
        render.headline(b"<item/>")


def test_a_story_is_shown_with_all_that_people_read() -> None:
    article = shown(STORY)
    assert text(article, "x:h2/x:a") == "Mayor Quill & harbour master meet amid “crane” row"
    assert text(article, "x:p[@class='byline']") == "Ada Holm, Jon Ferry"
    assert text(article, "x:p[@class='facts']") == "2 March 2026, 08:30 UTC · updated 3 March 2026, 09:00 UTC"
    assert text(article, "x:p[starts-with(., 'Port Ellis')]/x:span") == "Port Ellis HP —"
    assert text(article, "x:p[@class='correction']").startswith("Correction An earlier version")
    assert text(article, "x:p[@class='tagline']") == "Tove Lind and Per Åsen contributed to this report."
    times = article.xpath(".//x:time/@datetime", namespaces={"x": X[1:-1]})
    assert times == ["2026-03-02T08:30:00Z", "2026-03-03T09:00:30Z"]


def test_media_are_named_and_linked_to() -> None:
    figures = list(shown(STORY).iter(f"{X}figure"))
    assert [text(one, "x:p[1]") for one in figures] == [
        "Video · 1:35",
        "Video · 2:52 · 1280 × 720 · video/mp4",
        "Picture · 1600 × 900 · image/jpeg",
    ]
    assert [one.xpath("string(.//@href)") for one in figures] == [
        "", "https://media.example/v/m2.mp4?q=1&r=2", "https://media.example/p/m3.jpg",
    ]  # fmt: skip
    assert text(figures[2], "x:figcaption") == 'A worker says "go" & leaves <fast> Mia Sand'
    assert blocks.figure(Media(id="m", type=MediaType.AUDIO)) == ""


def test_how_much_is_shown_is_what_the_feed_carries() -> None:
    summary = shown(STORY, Content.SUMMARY)
    assert text(summary, "x:p[@class='summary']").startswith("Quill met Brandt first")
    assert len(list(summary.iter(f"{X}figure"))) == 1
    assert text(summary, "x:p[@class='correction']")
    headline = shown(STORY, Content.HEADLINE)
    assert [etree.QName(child).localname for child in headline] == ["h2", "p", "p"]


def test_a_change_within_the_minute_is_not_worth_a_word() -> None:
    later = replace(BARE, updated=BARE.published + timedelta(seconds=20))
    assert text(shown(later), "x:p[@class='facts']") == "2 March 2026, 08:30 UTC"


def test_a_highlight_does_not_repeat_the_headline() -> None:
    story = replace(BARE, headline="Fog", highlights=("Fog", "Ferry waits"))
    assert text(shown(story), "x:ul[@class='highlights']") == "Ferry waits"
    assert not shown(replace(story, highlights=("Fog",))).xpath("//*[@class='highlights']")


def test_headings_in_a_story_stand_below_its_own() -> None:
    story = replace(BARE, body=tuple(Heading(html=f"h{level}", level=level) for level in (2, 3, 6)))
    found = [etree.QName(one).localname for one in shown(story) if etree.QName(one).localname.startswith("h")]
    assert found == ["h2", "h3", "h4", "h6"]


def test_odd_parts_of_a_story() -> None:
    story = replace(
        BARE,
        dateline=Dateline(text="Port Ellis —"),
        body=(Embed(url="https://social.example/p/1", html='<a href="https://social.example/p/1">a post</a>'),),
        abstract="What  it is about",
        rights=replace(STORY.rights, notice=PUBLISHER.rights),
        media=(
            Media(id="m", type=MediaType.DOCUMENT, role=MediaRole.LEAD, caption="The plan",
                  renditions=(Rendition(href="https://harbour.example/plan.pdf"),)),
        ),
    )  # fmt: skip
    article = shown(story)
    assert text(article, "x:p[@class='abstract']") == "What it is about"
    assert text(article, "x:p[x:span[@class='dateline']]") == "Port Ellis —"
    assert text(article, "x:p[@class='embed']") == "a post"
    assert text(article, "x:figure/x:p[@class='file']/x:a") == "Open the document"
    assert not article.xpath("//*[@class='rights']"), "the publisher's stands at the end of the page"


def test_markup_that_is_not_what_it_should_be_is_cleaned() -> None:
    story = replace(
        BARE, body=(Paragraph(html='a & b <em>open <script>alert(1)</script> <a href="javascript:x">x</a>'),)
    )
    data = document("preview", story)
    assert faults(data) == []
    assert b"script" not in data.split(b"<main")[1]


def test_a_table_moves_in_a_box_of_its_own() -> None:
    story = replace(BARE, body=(Table(html='<table><tr><td colspan="2"/><td>1<br/></td></tr></table>'),))
    assert b'<td colspan="2"></td><td>1<br/></td>' in document("preview", story)
    (box,) = shown(story).xpath("x:div", namespaces={"x": X[1:-1]})
    assert (box.get("tabindex"), box.get("role"), box[0].tag) == ("0", "group", f"{X}table")


@pytest.mark.parametrize(
    ("language", "direction"),
    [("en-GB", "ltr"), ("ar", "rtl"), ("ar-Latn", "ltr"), ("az-Arab-IR", "rtl"), ("he-IL", "rtl"), ("zh-Hant", "ltr")],
)
def test_language_and_direction_are_stated(language: str, direction: str) -> None:
    article = shown(replace(BARE, language=language))
    assert (article.get("lang"), article.get("dir")) == (language, direction)
    around = replace(envelope("index.html"), feed=replace(FEED, language=language))
    root = etree.fromstring(b"".join(render.frame(around)))
    assert (root.get("lang"), root.get("dir")) == (language, direction)


def test_the_page_leads_to_the_feeds_and_out() -> None:
    root = parsed(STORY)
    links = root.xpath("//x:header//x:a/@href", namespaces={"x": X[1:-1]})
    assert links == ["../index.html", "https://harbour.example/town", "rss.xml", "atom.xml"]
    found = root.xpath("//x:link[@rel='alternate']", namespaces={"x": X[1:-1]})
    assert [(one.get("href"), one.get("type")) for one in found] == [
        ("rss.xml", "application/rss+xml"),
        ("atom.xml", "application/atom+xml"),
    ]
    assert root.xpath("string(//x:link[@rel='canonical']/@href)", namespaces={"x": X[1:-1]}) == (
        "https://feeds.harbour.example/town/index.html"
    )


def test_a_feed_that_is_only_a_page_has_nothing_to_subscribe_to() -> None:
    around = replace(envelope("index.html"), feed=replace(FEED, formats=("preview",), description=""))
    root = etree.fromstring(b"".join(render.frame(around)))
    assert not list(root.iter(f"{X}nav"))


def test_an_empty_page_says_so_and_states_no_date() -> None:
    assert "Last change: 3 March 2026, 09:00 UTC" in "".join(parsed(STORY).itertext())
    around = replace(envelope("index.html"), updated=datetime(2019, 1, 1, tzinfo=UTC))
    page = b"".join(render.frame(around)).decode()
    assert "Nothing is published here at the moment." in page
    assert "2019" not in page


def test_it_is_a_format_like_others() -> None:
    facts = formats.written_facts("preview")
    assert (facts.FILE_NAME, facts.MEDIA_TYPE, facts.ALLOWS_EMPTY, facts.STANDALONE) == (
        "index.html", "text/html", True, False,
    )  # fmt: skip
    mark = formats.mark_of("preview")
    assert mark is not None
    assert mark in document("preview")
