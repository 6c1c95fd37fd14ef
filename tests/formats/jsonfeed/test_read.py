"""JSON Feed 1.0 and 1.1 to drafts."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import orjson
import pytest

from syndicate.errors import InputError
from syndicate.formats import base as formats
from syndicate.model.article import Link, Person
from syndicate.model.body import Paragraph
from syndicate.model.draft import Draft, Rejected
from syndicate.model.media import MediaType
from tests.formats.back import READING
from tests.formats.rss_1_0.feed_reading import draft, results


def feed(*items: Any, **members: Any) -> bytes:
    """A feed with these items."""
    about = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Town",
        "home_page_url": "https://harbour.example/",
    }
    return orjson.dumps({**about, **members, "items": list(items)}, option=orjson.OPT_INDENT_2)


def one(**members: Any) -> Draft:
    """The draft of one item with a name and a title."""
    return draft("jsonfeed", feed({"id": "a:17", "title": "Ferry", **members}))


def test_a_whole_item() -> None:
    found = one(
        url="/ferry",
        external_url="https://other.example/",
        content_html="<p>One <b>two</b></p><img src='/p.jpg'>",
        content_text="One two",
        summary="Short",
        image="https://harbour.example/p.jpg",
        date_published="2026-03-02T08:30:00+01:00",
        date_modified="2026-03-03T08:30:00Z",
        authors=[{"name": "Ada", "url": "https://x.example/"}, {"avatar": "https://x.example/a.png"}],
        tags=["town", 17, None, " town "],
        language="de",
        attachments=[
            {
                "url": "/a.mp3",
                "mime_type": "audio/mpeg",
                "title": "Sound",
                "size_in_bytes": 5,
                "duration_in_seconds": 7.5,
            },
            {"mime_type": "audio/mpeg"},
        ],
        _blue_shed={"about": "x"},
        comments=None,
        colour="red",
    )
    article = found.article
    assert (article.guid, article.headline, article.abstract) == ("a:17", "Ferry", "Short")
    assert article.url == "https://harbour.example/ferry"
    assert article.links == (Link(rel="seeAlso", url="https://other.example/"),)
    assert article.body[0] == Paragraph(html="One <strong>two</strong>")
    assert article.published == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert article.updated == datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
    assert article.authors == (Person(name="Ada"),)
    assert article.keywords == ("town", "17")
    assert article.language == "de"
    assert article.derived == ()
    assert {(one.type, one.title, one.duration) for one in article.media} == {
        (MediaType.PICTURE, None, None), (MediaType.AUDIO, "Sound", 7),
    }  # fmt: skip
    assert found.lost == ("content_text", "authors/url", "authors", "_blue_shed", "colour")
    assert found.line == 6


def test_plain_text() -> None:
    assert one(content_text="One <b>\n\nTwo\nthree").article.body == (
        Paragraph(html="One &lt;b&gt;"), Paragraph(html="Two<br/>three"),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["Ferry", "Short"])
def test_a_stand_in_for_the_text_is_none(text: str) -> None:
    article = one(summary="Short", content_text=text).article
    assert (article.body, article.abstract) == ((), "Short")


def test_an_embargo_in_an_extension() -> None:
    assert one(_desk={"embargo": "2026-03-05T06:00:00Z"}).article.embargo == datetime(2026, 3, 5, 6, tzinfo=UTC)
    assert one(embargoed=False).article.embargo is None
    (refused,) = results("jsonfeed", feed({"id": "a:b", "title": "x", "_desk": {"embargo": "2026-03-05"}}))
    assert isinstance(refused, Rejected)
    assert "names no time of day; it decides what goes out" in refused.reason


def test_version_1_0() -> None:
    data = feed({"id": 17, "title": "x", "author": {"name": "Ada"}}, version="https://jsonfeed.org/version/1",
                author={"name": "HP"}, language="fr")  # fmt: skip
    found = draft("jsonfeed", data)
    assert (found.article.guid, found.identity) == ("", "https://harbour.example/#17")
    assert (found.article.authors, found.article.language) == ((Person(name="Ada"),), "fr")


def test_authors_of_the_feed() -> None:
    found = draft("jsonfeed", feed({"id": "a:1", "title": "x"}, authors=[{"name": "HP"}]))
    assert found.article.authors == (Person(name="HP"),)
    assert "authors" in found.article.derived


def test_what_is_refused_stops_nothing_else() -> None:
    found = results("jsonfeed", feed("x", {}, {"id": "a:1", "title": "x", "content_html": "<div>" * 200}, {"id": "a:2"},
                                     {"id": "a:3", "title": {"x": 1}, "content_text": "Text"}))  # fmt: skip
    assert [one.guid for one in found if isinstance(one, Rejected)] == [None, None, "a:1", "a:2"]
    assert isinstance(found[-1], Draft)
    assert found[-1].article.headline == "Text"


def test_half_a_character() -> None:
    data = feed({"id": "a:1", "title": "SHIP"}).replace(b"SHIP", rb"a\ud83d")
    found = draft("jsonfeed", data)
    assert any("half of a character" in one.what for one in found.repairs)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [1,]}', "mend the JSON there"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": {}}', "no list of items"),
        (b"<rss/>", "no list of items"),
    ],
)
def test_a_document_that_cannot_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        list(formats.reader("jsonfeed").read(BytesIO(data), "x.json", READING))


def test_detection() -> None:
    assert (
        formats.detect_reader(b'\xef\xbb\xbf {"version": "https:\\/\\/jsonfeed.org\\/version\\/1"', "-") == "jsonfeed"
    )
    assert formats.detect_reader(b'{"version": 1, "headline": "x"}', "x.json") == "article-json"
    assert not formats.reader("jsonfeed").detect(b'["version": "https://jsonfeed.org"', "feed.json")
