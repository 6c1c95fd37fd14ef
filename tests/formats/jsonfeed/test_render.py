"""JSON Feed as it goes out."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from syndicate.formats.jsonfeed import render
from syndicate.markup.body_html import body_html
from syndicate.markup.xml import clean
from syndicate.model.article import Article, Person, Status
from syndicate.model.body import Paragraph
from syndicate.model.content import Content
from syndicate.model.finding import Severity
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.validate.run import check
from tests.formats import golden
from tests.formats.feed_checks import document, faults, read
from tests.formats.story import PUBLISHER, STORY, envelope
from tests.strategies import articles
from tests.validate.items import LATE


def item_of(article: Article, content: Content = Content.FULL) -> dict[str, Any]:
    """The article as it is read."""
    found: dict[str, Any] = json.loads(render.fragment(article, PUBLISHER, content))
    return found


@pytest.mark.parametrize("content", list(Content))
def test_golden(content: Content) -> None:
    assert golden.document("jsonfeed", content) == golden.path("jsonfeed", content).read_bytes()


@pytest.mark.parametrize("content", list(Content))
def test_no_rule_complains(content: Content) -> None:
    bare = replace(STORY, guid="tag:harbour.example,2019:story:32", body=(), media=(), highlights=(), url=None)
    assert faults(document("jsonfeed", STORY, bare, content=content)) == []
    assert faults(document("jsonfeed")) == []


def test_it_says_what_rss_says() -> None:
    item = item_of(STORY)
    (other,) = read(document("rss", STORY)).entries
    assert (item["id"], item["title"], item["url"]) == (other.id, other.title, other.link)
    assert (item["date_published"], item["date_modified"]) == ("2026-03-02T08:30:00Z", "2026-03-03T09:00:30Z")
    assert [one["name"] for one in item["authors"]] == [one["name"] for one in other.authors]
    (enclosure,) = other.enclosures
    first = item["attachments"][0]
    assert (first["url"], first["mime_type"], str(first["size_in_bytes"])) == (
        enclosure.href, enclosure.type, enclosure.length,
    )  # fmt: skip


def test_the_text_is_there_as_much_as_the_feed_carries() -> None:
    assert item_of(STORY)["content_html"] == body_html(STORY)
    assert "content_html" not in item_of(STORY, Content.SUMMARY)
    assert item_of(STORY, Content.SUMMARY)["content_text"] == item_of(STORY, Content.SUMMARY)["summary"]
    headline = item_of(STORY, Content.HEADLINE)
    assert headline["content_text"] == STORY.headline
    assert {"summary", "image", "attachments"} & headline.keys() == set()


def test_what_rss_encloses_is_attached_first_then_other_sounds_and_videos() -> None:
    video = Media(id="v", type=MediaType.VIDEO, title="Row", duration=95,
                  renditions=(Rendition(href="https://m.example/a.mp4", type="video/mp4", bytes=7),))  # fmt: skip
    sound = Media(id="s", type=MediaType.AUDIO, duration=0,
                  renditions=(Rendition(href="https://m.example/a.mp3", type="audio/mpeg"),))  # fmt: skip
    picture = Media(id="p", type=MediaType.PICTURE, renditions=(Rendition(href="https://m.example/a.jpg"),))
    lead = Media(id="l", type=MediaType.PICTURE, role=MediaRole.LEAD,
                 renditions=(Rendition(href="https://m.example/lead.png"),))  # fmt: skip
    found = item_of(replace(STORY, media=(sound, picture, video, lead)))
    assert found["attachments"] == [
        {"url": "https://m.example/a.mp4", "mime_type": "video/mp4", "title": "Row", "size_in_bytes": 7,
         "duration_in_seconds": 95},
        {"url": "https://m.example/a.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 0},
    ]  # fmt: skip
    assert found["image"] == "https://m.example/lead.png"
    assert item_of(replace(STORY, media=(picture,)))["image"] == "https://m.example/a.jpg"
    assert "image" not in item_of(replace(STORY, media=(sound,)))


def test_people_and_words_are_named_once() -> None:
    found = item_of(
        replace(STORY, authors=(Person(name=""), Person(name="Ada")), keywords=("port", "port"), sections=())
    )
    assert found["authors"] == [{"name": "Ada"}]
    assert found["tags"].count("port") == 1


def test_hubs_and_address_are_in_the_frame() -> None:
    around = replace(envelope("feed.json"), hubs=("https://hub.example/",))
    head, tail = render.frame(around)
    found = json.loads(head + tail)
    assert found["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert found["feed_url"] == around.self_url
    assert found["items"] == []
    assert "hubs" not in json.loads(b"".join(render.frame(envelope("feed.json"))))


@settings(max_examples=60)
@given(articles(status=Status.USABLE))
def test_any_article_is_one_line_that_no_rule_complains_of(article: Article) -> None:
    line = render.fragment(article, PUBLISHER, Content.FULL)
    assert line.count(b"\n") == 1
    assert json.loads(line)["id"] == article.guid
    found = check(document("jsonfeed", article), now=LATE).findings
    assert [one.rule.id for one in found if one.severity is Severity.ERROR] == []


def test_characters_that_others_cannot_carry_are_left_out() -> None:
    found = item_of(replace(STORY, headline="A\x00b\ud800", body=(Paragraph(html="x\x0by"),), highlights=()))
    assert found["title"] == clean("Ab")
    assert "<p>" in found["content_html"]
    assert "\x0b" not in found["content_html"]
