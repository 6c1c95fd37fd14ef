"""What we write passes our own rules: no error, no warning."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.model.article import Article
from syndicate.model.body import Paragraph
from syndicate.model.content import Content
from syndicate.model.feed import Feed, Publisher
from syndicate.model.finding import Severity
from syndicate.model.media import Media, MediaType, Rendition
from syndicate.validate.run import check
from tests.conftest import NOW

NAMES = [name for name in ("rss", "atom") if formats.has_part(name, "render")]


def document(name: str, articles: list[Article], feed: Feed, publisher: Publisher, content: Content) -> bytes:
    envelope = Envelope(
        feed=feed,
        publisher=publisher,
        self_url=f"https://harbour.example/feeds/town/{name}.xml",
        updated=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
        digest="0" * 64,
    )
    head, tail = formats.renderer(name).frame(envelope)
    return head + b"".join(formats.renderer(name).fragment(one, publisher, content) for one in articles) + tail


def faults(data: bytes) -> list[str]:
    report = check(data, now=NOW)
    return [f"{one.rule.id}: {one.message}" for one in report.findings if one.severity is not Severity.INFO]


@pytest.mark.parametrize("content", list(Content))
@pytest.mark.parametrize("name", NAMES)
def test_a_usual_article(name: str, content: Content, article: Article, feed: Feed, publisher: Publisher) -> None:
    other = replace(article, guid="tag:harbour.example,2019:story:18", url="https://harbour.example/2026/03/02/pier")
    found = faults(document(name, [article, other], feed, publisher, content))
    # A feed of mere headlines is meant to be one; Atom's advice to add a text stays a warning for everybody.
    known = "atom.entry.no-text" if content is Content.HEADLINE else "nothing"
    assert [one for one in found if not one.startswith(known)] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_article_with_next_to_nothing(name: str, article: Article, feed: Feed, publisher: Publisher) -> None:
    bare = Article(
        guid=article.guid, version=1, headline="Fog", body=(Paragraph(html="Fog over the harbour."),), language="en",
        published=article.published, updated=article.updated,
    )  # fmt: skip
    assert faults(document(name, [bare], feed, publisher, Content.FULL)) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_article_with_pictures_and_a_video(name: str, article: Article, feed: Feed, publisher: Publisher) -> None:
    picture = Media(
        id="m1", type=MediaType.PICTURE, title="Crane & pier", caption="The crane", credit="Ada Holm",
        renditions=(Rendition(href="https://harbour.example/crane.jpg", type="image/jpeg", width=1600, height=900,
                              bytes=123456),),
    )  # fmt: skip
    video = Media(
        id="m2", type=MediaType.VIDEO, title="The ferry leaves", duration=95,
        renditions=(Rendition(href="https://harbour.example/ferry.mp4", type="video/mp4", width=1280, height=720,
                              bytes=9876543),),
    )  # fmt: skip
    assert faults(document(name, [replace(article, media=(picture, video))], feed, publisher, Content.FULL)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_without_articles(name: str, feed: Feed, publisher: Publisher) -> None:
    assert faults(document(name, [], feed, publisher, Content.FULL)) == []
