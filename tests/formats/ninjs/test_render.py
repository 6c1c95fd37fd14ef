"""ninjs as it goes out, in all versions."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from syndicate.formats import base as formats
from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.counts import counts_of
from syndicate.model.article import Article, Link, Status
from syndicate.model.body import Heading, MediaBlock, Paragraph
from syndicate.model.content import Content
from syndicate.model.finding import Severity
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.subject import Subject
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats.ninjs.documents import VERSIONS, alone, document, draft, golden, ingested
from tests.formats.ninjs.schemas import validators
from tests.formats.story import PUBLISHER, STORY, envelope
from tests.strategies import articles

BARE = replace(STORY, guid="tag:harbour.example,2019:story:32", body=(), media=(), highlights=(), url=None, links=())
every_version = pytest.mark.parametrize("name", list(VERSIONS))


def item(article: Article, name: str = "ninjs", content: Content = Content.FULL) -> dict[str, Any]:
    """The article alone, as it is read."""
    found: dict[str, Any] = json.loads(alone(name, article, content))
    return found


def faults(data: bytes) -> list[str]:
    return [one.message for one in check(data, now=NOW).findings if one.severity is not Severity.INFO]


@every_version
@pytest.mark.parametrize("content", list(Content))
def test_golden(name: str, content: Content) -> None:
    assert document(name, STORY, content=content) == golden(name, content).read_bytes()


@every_version
@pytest.mark.parametrize("content", list(Content))
def test_no_rule_complains(name: str, content: Content) -> None:
    data = document(name, STORY, BARE, content=content)
    assert faults(data) == []
    assert check(data, now=NOW).format == f"ninjs-{VERSIONS[name][0]}.x"
    assert faults(alone(name, STORY, content)) == []


@every_version
def test_an_empty_feed(name: str) -> None:
    assert formats.written_facts(name).ALLOWS_EMPTY
    assert faults(document(name)) == []


@given(articles())
@settings(max_examples=20)
def test_whatever_an_article_holds_no_rule_complains(article: Article) -> None:
    made = ingested(article)
    for name in VERSIONS:
        found = check(document(name, made), now=NOW).findings
        # A text may hold what looks like markup, and the times of these articles are anywhere.
        assert {one.rule.id for one in found if one.severity is not Severity.INFO} <= {"value.text.markup"}


def test_documents_are_valid_against_the_official_schemas(shared: Any) -> None:
    valid = validators(shared)

    @given(articles())
    @settings(max_examples=20)
    def look(article: Article) -> None:
        for name, version in VERSIONS.items():
            for content in Content:
                assert valid[version](json.loads(document(name, article, content=content)))
                assert valid[version](item(article, name, content))

    look()


@every_version
def test_facts_and_names(name: str) -> None:
    version = VERSIONS[name]
    data = document(name, STORY)
    mark = formats.mark_of(name)
    assert mark is not None
    assert mark in data
    assert f"ninjs {version}" == formats.written_facts(name).TITLE
    assert formats.tells_withdrawals(name)
    assert f"ninjs-schema_{version}.json".encode() in data


def test_the_feed_is_a_composite_item() -> None:
    feed = json.loads(document("ninjs", STORY, BARE))
    assert (feed["type"], feed["uri"]) == ("composite", "tag:harbour.example,2019:feed:town")
    assert feed["versionCreated"] == "2026-03-03T09:00:30Z"
    assert feed["title"] == "Harbour Post: Town & Port"
    assert [one["name"] for one in feed["associations"]] == [STORY.guid, BARE.guid]
    assert "urgency" not in feed
    old = json.loads(document("ninjs-1.6", STORY, BARE))
    assert len(old["associations"]) == 2
    assert all(key.isascii() and key.replace("_", "").isalnum() for key in old["associations"])


def test_a_feed_with_a_withdrawal_goes_first() -> None:
    head, tail = formats.renderer("ninjs").frame(replace(envelope("ninjs.json"), has_withdrawals=True))
    assert json.loads(head + tail)["urgency"] == 1


@every_version
@pytest.mark.parametrize("status", [Status.CANCELED, Status.WITHHELD])
def test_a_withdrawn_article_says_so_and_why(name: str, status: Status) -> None:
    made = item(replace(BARE, status=status, note="Recall it", correction="The mayor never said so."), name)
    spelled = {"ninjs": str}.get(name, n.spelled_2)
    assert made[spelled("pubStatus")] == status.value
    assert made[spelled("edNote")] == "Recall it\n\nThe mayor never said so."
    assert made.get("urgency") == (1 if status is Status.CANCELED else None)
    assert not {"bodies", "body_html", "associations"} & made.keys()


def test_alone_an_item_has_no_name_and_states_its_version() -> None:
    assert "name" not in item(STORY)
    assert item(STORY)["standard"]["version"] == "3.1"
    assert item(STORY, "ninjs-1.6")["$standard"]["version"] == "1.6"


def test_the_place_is_named_among_the_places_and_is_no_keyword() -> None:
    story = replace(STORY, keywords=("Port Ellis", "cranes"))
    assert (item(story)["located"], item(story)["places"]) == ("Port Ellis", [{"name": "Port Ellis"}])
    assert item(story, "ninjs-1.6")["place"] == [{"name": "Port Ellis"}]
    for name in VERSIONS:
        found = draft(document(name, story)).article
        assert (found.keywords, found.dateline) == (story.keywords, story.dateline)
    assert "places" not in item(replace(story, dateline=None))


def test_times_an_embargo_never_ends_early() -> None:
    moment = datetime(2026, 3, 5, 6, 0, 0, 400000, tzinfo=UTC)
    made = item(replace(BARE, embargo=moment, expires=moment, updated=datetime(2026, 3, 1, tzinfo=UTC)))
    assert made["embargoedUntil"] == "2026-03-05T06:00:01Z"
    assert made["expires"] == "2026-03-05T06:00:00Z"
    assert made["versionCreated"] == made["firstCreated"]


@pytest.mark.parametrize(("name", "property_"), [("ninjs", "embargoedUntil"), ("ninjs-1.6", "embargoed")])
def test_media_are_under_the_embargo_of_their_story(name: str, property_: str) -> None:
    story = replace(STORY, embargo=datetime(2026, 3, 5, 6, tzinfo=UTC), links=())
    around = item(story, name)["associations"]
    media = around if isinstance(around, list) else list(around.values())
    assert [one[property_] for one in media] == ["2026-03-05T06:00:00Z"] * 3
    found = draft(document(name, story))
    assert (found.article.embargo, found.article.media, found.lost) == (story.embargo, STORY.media, ())


def test_counts_leave_captions_out() -> None:
    body = item(STORY)["bodies"][0]
    assert (body["wordCount"], body["charCount"]) == counts_of(body["value"])
    assert "Town hall defends" in body["value"]
    assert counts_of("<p>One &amp; two<br>three</p><figure><p>four</p></figure> five") == (5, 20)
    assert counts_of("<figure><p>one") == (0, 0)
    assert counts_of("one</figure> two") == (2, 7)


def test_the_dateline_stands_once_before_the_first_paragraph() -> None:
    pictures = (Media(id="a b", type=MediaType.PICTURE, caption="C"),)
    blocks = (MediaBlock(media="a b"), Heading(html="H"), MediaBlock(media="x"), Paragraph(html="One"),
              MediaBlock(media="a b"), Paragraph(html="Two"))  # fmt: skip
    value = item(replace(STORY, body=blocks, media=pictures))["bodies"][0]["value"]
    assert value.count("dateline") == 1
    assert '<p><span class="dateline">Port Ellis HP  —</span> One</p>' in value
    assert value.count('<figure data-media="a b">') == 2
    only = item(replace(STORY, body=(Heading(html="H"),)))["bodies"][0]["value"]
    assert only == '<p><span class="dateline">Port Ellis HP  —</span></p>\n<h2>H</h2>'


def test_media_with_nothing_to_show_keeps_its_place() -> None:
    made = item(replace(STORY, body=(MediaBlock(media="m"),), media=(Media(id="m", type=MediaType.AUDIO),)))
    assert '<figure data-media="m"></figure>' in made["bodies"][0]["value"]
    assert made["associations"][0]["type"] == "audio"


def test_a_poster_does_not_run() -> None:
    files = (Rendition(href="https://media.example/1.jpg", type="image/jpeg"),
             Rendition(href="https://media.example/1.mp4", type="video/mp4"),
             Rendition(href="javascript:x"))  # fmt: skip
    video = Media(id="v", type=MediaType.VIDEO, role=MediaRole.LEAD, duration=0, renditions=files)
    renditions = item(replace(STORY, media=(video,)))["associations"][0]["renditions"]
    assert [(one["name"], one.get("duration")) for one in renditions] == [("poster", None), ("main2", 0)]


def test_names_of_associations_differ() -> None:
    media = tuple(Media(id=one, type=MediaType.PICTURE, title=one) for one in ("a-1", "a_1", "link1_seeAlso"))
    story = replace(STORY, media=media, links=(*STORY.links, Link(rel="seeAlso")))
    assert [one["name"] for one in item(story)["associations"]] == ["a-1", "a_1", "link1_seeAlso", "link1_seeAlso_2"]
    assert list(item(story, "ninjs-1.6")["associations"]) == ["a_1", "a_1_1", "link1_seeAlso", "link1_seeAlso_2"]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (Subject(scheme="medtop", code="20000337"), {"uri": "http://cv.iptc.org/newscodes/mediatopic/20000337"}),
        (Subject(scheme="subj", code="01000000"), {"uri": "http://cv.iptc.org/newscodes/subjectcode/01000000"}),
        (Subject(scheme="https://cv.example/x/", code="7", name="N"), {"name": "N", "uri": "https://cv.example/x/7"}),
        (Subject(scheme="https://cv.example/x/", code="7 8"), {"literal": "https://cv.example/x/:7 8"}),
        (Subject(scheme="own", code="7"), {"literal": "own:7"}),
    ],
)
def test_subjects_have_addresses_where_they_are_known(subject: Subject, expected: dict[str, str]) -> None:
    assert item(replace(BARE, subjects=(subject,)))["subjects"][0] == expected


def test_characters_that_xml_has_not_are_left_out() -> None:
    made = item(replace(BARE, headline="a\x00b\ud800c", guid="tag:harbour.example,2019:\ufffe1"))
    assert made["headlines"][0]["value"] == "abc"
    assert made["uri"] == "tag:harbour.example,2019:1"


def test_the_same_article_gives_the_same_bytes() -> None:
    for name in VERSIONS:
        assert document(name, STORY) == document(name, replace(STORY))
        assert formats.renderer(name).RENDERER_VERSION == "1"


def test_shorter_contents_hold_less() -> None:
    summary, headline = item(STORY, content=Content.SUMMARY), item(STORY, content=Content.HEADLINE)
    assert summary["representationType"] == headline["representationType"] == "partial"
    assert summary["descriptions"][0]["role"] == "summary"
    assert "bodies" not in summary
    assert [one["name"] for one in headline["associations"]] == ["link1_seeAlso"]
    assert PUBLISHER.name in json.dumps(headline)
