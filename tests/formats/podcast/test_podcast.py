"""Podcasts: RSS by all its rules, with what Apple asks for; nothing is stated that nobody has said."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings

from syndicate.markup.entry import Channel
from syndicate.markup.podcast import frame, item, why_omitted
from syndicate.model.article import Article, Person, Status
from syndicate.model.content import Content
from syndicate.model.finding import Severity
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats.golden import HERE
from tests.formats.story import FEED, PUBLISHER, STORY
from tests.strategies import articles
from tests.validate.items import LATE

CHANNEL = Channel(
    id="https://feeds.harbour.example/town/podcast.xml",
    title=FEED.title,
    link=FEED.link,
    description=FEED.description,
    language=FEED.language,
    self_url="https://feeds.harbour.example/town/podcast.xml",
    self_type="application/rss+xml",
    author=PUBLISHER.name,
    updated=STORY.updated,
    generator="syndicate",
)
SOUND = Media(
    id="s",
    type=MediaType.AUDIO,
    duration=95,
    renditions=(Rendition(href="https://m.example/a.mp3?x=1&y=2", type="audio/mpeg", bytes=7),),
)
EPISODE = replace(STORY, media=(SOUND,))
ARTWORK = Rendition(href="https://m.example/cover.jpg", width=1400, height=1400)


def document(*articles_: Article, content: Content = Content.FULL) -> bytes:
    """The podcast with these episodes."""
    head, tail = frame(CHANNEL)
    return head + b"".join(item(one, PUBLISHER, content) for one in articles_) + tail


def entry(article: Article) -> Any:
    """The episode as a common reader sees it."""
    (found,) = feedparser.parse(document(article)).entries
    return found


def faults(data: bytes) -> Iterator[str]:
    """The errors and warnings, once somebody has said whether it is for adults only."""
    said = data.replace(b"<itunes:type>", b"<itunes:explicit>false</itunes:explicit><itunes:type>")
    for one in check(said, now=NOW).findings:
        if one.severity is not Severity.INFO:
            yield one.rule.id


def test_golden() -> None:
    assert document(EPISODE) == (HERE / "podcast" / "golden" / "full.xml").read_bytes()


@pytest.mark.parametrize("content", list(Content))
def test_no_rule_complains(content: Content) -> None:
    other = replace(EPISODE, guid="tag:harbour.example,2019:story:32", authors=(), body=(), highlights=())
    data = document(EPISODE, other, content=content)
    assert check(data, now=NOW).format == "rss-2.0"
    assert list(faults(data)) == []
    assert list(faults(document())) == []


@settings(max_examples=60)
@given(articles())
def test_any_episode_is_good_rss(article: Article) -> None:
    data = document(replace(article, status=Status.USABLE, media=(*article.media, SOUND)))
    assert [one.message for one in check(data, now=LATE).findings if one.severity is Severity.ERROR] == []
    assert data.count(b"<enclosure ") <= 1


def test_what_nobody_has_said_is_not_stated() -> None:
    data = document(EPISODE)
    assert b"explicit" not in data
    assert b"itunes:image" not in data
    assert b"itunes:owner" not in data
    assert b'<itunes:category text="News"/>' in data
    missed = [one.rule.id for one in check(data, now=NOW).findings if one.severity is not Severity.INFO]
    assert missed == ["itunes.channel.incomplete"]


def test_the_show_is_told_of() -> None:
    shown = feedparser.parse(document(EPISODE)).feed
    assert [one.term for one in shown.tags] == ["News"]
    assert shown.author_detail.name == PUBLISHER.name


def test_an_episode_has_one_file_and_says_how_long_it_is() -> None:
    found = entry(EPISODE)
    assert [(one.href, one.type, one.length) for one in found.enclosures] == [
        ("https://m.example/a.mp3?x=1&y=2", "audio/mpeg", "7")
    ]
    assert (found.itunes_duration, found.author) == ("95", "Ada Holm, Jon Ferry")
    silent = replace(EPISODE, authors=(Person(name=" "),), media=(replace(SOUND, duration=None),))
    assert "itunes_duration" not in entry(silent)
    assert b"itunes:author" not in item(silent, PUBLISHER, Content.FULL)


def test_artwork_is_a_large_square() -> None:
    def href(*pictures: Rendition, kind: MediaType = MediaType.PICTURE, role: MediaRole = MediaRole.LEAD) -> str | None:
        picture = Media(id="p", type=kind, role=role, renditions=pictures)
        found = entry(replace(EPISODE, media=(picture, SOUND)))
        return found.image.href if "image" in found else None

    assert href(replace(ARTWORK, width=640), ARTWORK) == ARTWORK.href
    assert href(replace(ARTWORK, width=4000, height=4000)) is None
    assert href(replace(ARTWORK, href="https://m.example/cover.gif")) is None
    assert href(ARTWORK, role=MediaRole.INLINE) is None
    film = Media(id="v", type=MediaType.VIDEO, renditions=(Rendition(href="https://m.example/v.mp4"), ARTWORK))
    assert entry(replace(EPISODE, media=(film,))).image.href == ARTWORK.href


def test_what_cannot_be_played_is_no_episode() -> None:
    assert why_omitted(EPISODE) is None
    assert why_omitted(STORY) is None
    reason = "has no audio or video file that players of podcasts play"
    picture = Media(id="p", type=MediaType.PICTURE, renditions=(ARTWORK,))
    webm = Media(id="v", type=MediaType.VIDEO, renditions=(Rendition(href="https://m.example/v.webm"),))
    for media in ((), (picture,), (webm,), (replace(SOUND, renditions=()),)):
        assert why_omitted(replace(STORY, media=media)) == reason
    assert why_omitted(replace(EPISODE, status=Status.CANCELED)) == "was withdrawn"


def test_a_feed_of_headlines_carries_no_files() -> None:
    found = item(EPISODE, PUBLISHER, Content.HEADLINE)
    assert b"enclosure" not in found
    assert b"itunes" not in found


def test_texts_are_cut_and_cleaned() -> None:
    odd = replace(EPISODE, abstract="x\x00 " * 3000, authors=(Person(name="A\x00<b>"),))
    assert entry(odd).author == "A<b>"
    assert b"<itunes:summary>x x x" in document(odd)
    assert "value.text.too-long" not in list(faults(document(odd)))
