"""Sitemaps as they go out: valid by the official schemas, whatever is in the articles."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from syndicate.formats import base as formats
from syndicate.markup.sitemap import IMAGE, NEWS, SITEMAP, VIDEO, Listed, index
from syndicate.model.article import Article, Status
from syndicate.model.content import Content
from syndicate.model.finding import Severity
from syndicate.model.media import Media, MediaType, Rendition
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats import golden
from tests.formats.feed_checks import document, faults
from tests.formats.story import PUBLISHER, STORY
from tests.strategies import articles
from tests.validate.items import LATE

NAMES = ("news-sitemap", "sitemap", "video-sitemap")
HERE = Path(__file__).parent.parent
_SITEMAP, _NEWS, _VIDEO, _IMAGE = (f"{{{one}}}" for one in (SITEMAP, NEWS, VIDEO, IMAGE))
VIDEO_FILES = (
    Rendition(href="https://m.example/v.mp4", type="video/mp4"),
    Rendition(href="https://m.example/v.jpg", type="image/jpeg"),
)


def told(name: str, article: Article) -> dict[str, list[str]]:
    """The texts of the article's page by their names, in order; nothing when it has no place there."""
    found: dict[str, list[str]] = {}
    if (reason := reason_of(name, article)) is None:
        root = etree.fromstring(document(name, article))
        for element in root.iter():
            if isinstance(element.tag, str) and len(element) == 0:
                found.setdefault(etree.QName(element).localname, []).append(element.text or "")
    return found if reason is None else {"omitted": [reason]}


def reason_of(name: str, article: Article) -> str | None:
    """Why the article is left out."""
    omits = formats.omits(name)
    assert omits is not None
    return omits(article)


@cache
def schema(folder: Path) -> etree.XMLSchema:
    """The official schemas in one, so that extensions are checked too. Nobody has put down one for pictures."""
    files = {SITEMAP: "sitemap.xsd", NEWS: "sitemap-news.xsd", VIDEO: "sitemap-video.xsd"}
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{(folder / name).as_uri()}"/>'
        for namespace, name in files.items()
    )
    pictures = f'<xs:import namespace="{IMAGE}" schemaLocation="{(Path(__file__).parent / "image.xsd").as_uri()}"/>'
    frame = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}{pictures}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(frame))


@pytest.fixture
def invalid(shared: Path) -> Callable[[bytes], list[str]]:
    """What the official schemas say against a document."""
    made = schema((shared / "schemas" / "sitemap").resolve())

    def ask(data: bytes) -> list[str]:
        made.validate(etree.fromstring(data))
        return [entry.message for entry in made.error_log]

    return ask


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    path = HERE / name.replace("-", "_") / "golden" / "full.xml"
    for content in Content:
        assert golden.document(name, content) == path.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_story_is_good_and_valid(name: str, invalid: Callable[[bytes], list[str]]) -> None:
    other = replace(STORY, url="https://harbour.example/other", guid="tag:harbour.example,2019:story:32")
    assert faults(document(name, STORY, other)) == []
    assert invalid(document(name, STORY, other)) == []


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles())
def test_any_article_is_good_and_valid(name: str, article: Article, invalid: Callable[[bytes], list[str]]) -> None:
    article = replace(article, status=Status.USABLE, url=article.url or "https://harbour.example/x")
    video = Media(id="v", type=MediaType.VIDEO, title=article.headline * 9, renditions=VIDEO_FILES)
    article = replace(article, media=(*article.media, video))
    assert reason_of(name, article) is None
    data = document(name, article)
    assert [one.message for one in check(data, now=LATE).findings if one.severity is Severity.ERROR] == []
    assert invalid(data) == []
    assert formats.renderer(name).fragment(article, PUBLISHER, Content.FULL).count(b"\n") == 1


@pytest.mark.parametrize("name", NAMES)
def test_what_has_no_page_has_no_place(name: str) -> None:
    assert reason_of(name, STORY) is None
    assert reason_of(name, replace(STORY, url=None)) == "has no address"
    assert reason_of(name, replace(STORY, url="https://a.example/" + "x" * 2040)) == (
        "has an address of more than 2047 characters"
    )
    for status in (Status.WITHHELD, Status.CANCELED):
        assert reason_of(name, replace(STORY, status=status)) == "was withdrawn"


def test_a_page_changes_when_readers_should_look_again() -> None:
    significant = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert told("sitemap", STORY)["lastmod"] == ["2026-03-03T09:00:30Z"]
    found = told("news-sitemap", replace(STORY, significant=significant))
    assert (found["lastmod"], found["publication_date"]) == (["2026-03-02T09:00:00Z"], ["2026-03-02T08:30:00Z"])


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-GB", "en"), ("de", "de"), ("gsw-CH", "gsw"), ("zh", "zh-cn"), ("zh-Hans-SG", "zh-cn"), ("zh-Hant", "zh-tw"),
     ("zh-HK", "zh-tw"), ("i-klingon", "und")],
)  # fmt: skip
def test_languages_are_those_that_google_knows(tag: str, language: str) -> None:
    assert told("news-sitemap", replace(STORY, language=tag))["language"] == [language]


def test_nothing_in_brackets_belongs_to_the_name() -> None:
    render = formats.renderer("news-sitemap")
    named = replace(PUBLISHER, name="Harbour Post (subscription)")
    assert b"<news:name>Harbour Post</news:name>" in render.fragment(STORY, named, Content.FULL)
    only = replace(PUBLISHER, name="(Post)")
    assert b"<news:name>(Post)</news:name>" in render.fragment(STORY, only, Content.FULL)


def test_pictures_stand_once_each() -> None:
    picture = Media(id="p", type=MediaType.PICTURE, renditions=(Rendition(href="https://m.example/p.jpg"),))
    again, texts = replace(picture, id="q"), Media(id="t", type=MediaType.PICTURE, caption="lost")
    found = told("sitemap", replace(STORY, media=(picture, again, texts)))
    assert found["loc"] == [STORY.url, "https://m.example/p.jpg"]


def test_only_videos_that_can_be_shown_are_told() -> None:
    def reason(*renditions: Rendition, kind: MediaType = MediaType.VIDEO) -> str | None:
        return reason_of("video-sitemap", replace(STORY, media=(Media(id="v", type=kind, renditions=renditions),)))

    film, poster = VIDEO_FILES
    assert reason(film, poster) is None
    wanted = "has no video with a file and a picture that stands for it"
    assert reason(film) == reason(poster) == reason() == wanted
    assert reason(film, poster, kind=MediaType.AUDIO) == wanted
    assert reason(replace(film, href="https://m.example/v.m3u8", type=None), poster) == wanted
    assert reason(replace(film, href=STORY.url or ""), poster) == wanted


def test_texts_and_times_of_videos() -> None:
    def of(**fields: object) -> dict[str, list[str]]:
        media = Media(id="v", type=MediaType.VIDEO, renditions=VIDEO_FILES)
        return told("video-sitemap", replace(STORY, media=(replace(media, **fields), media)))  # type: ignore[arg-type]

    assert of()["title"] == [STORY.headline]
    assert of()["content_loc"] == ["https://m.example/v.mp4"]
    assert of(caption="A ferry\nstops")["description"] == ["A ferry stops"]
    assert len(of(title="crane " * 40)["title"][0]) <= 100
    assert of(duration=95)["duration"] == ["95"]
    assert "duration" not in of(duration=0)
    assert "duration" not in of(duration=30_000)


def test_line_ends_and_controls_in_an_address_do_no_harm(invalid: Callable[[bytes], list[str]]) -> None:
    data = document("sitemap", replace(STORY, url="https://a.example/\n\x00x"))
    assert len(data.splitlines()) == 4
    assert invalid(data) == []


def test_an_index_names_sitemaps_in_their_order(invalid: Callable[[bytes], list[str]], shared: Path) -> None:
    data = index(
        [
            Listed(loc="https://harbour.example/news.xml?a=1&b=2", lastmod=NOW),
            Listed(loc="https://harbour.example/sitemap.xml"),
        ]
    )
    assert [line for line in data.decode().splitlines() if line.startswith("<sitemap>")] == [
        "<sitemap><loc>https://harbour.example/news.xml?a=1&amp;b=2</loc><lastmod>2026-03-04T12:00:00Z</lastmod></sitemap>",
        "<sitemap><loc>https://harbour.example/sitemap.xml</loc></sitemap>",
    ]
    report = check(data, now=NOW)
    assert (report.format, report.findings) == ("sitemap-index", ())
    official = etree.XMLSchema(etree.parse(shared / "schemas" / "sitemap" / "siteindex.xsd"))
    assert official.validate(etree.fromstring(data))
    assert index(()).endswith(b"</sitemapindex>\n")
