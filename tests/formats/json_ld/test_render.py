"""JSON-LD as it goes out."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from syndicate.formats.json_ld import render
from syndicate.model.article import Article, Dateline, Person, Status
from syndicate.model.body import Paragraph
from syndicate.model.content import Content
from syndicate.model.finding import Severity
from syndicate.model.media import Media, MediaType, Rendition
from syndicate.model.subject import Subject
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats import golden
from tests.formats.feed_checks import document, faults
from tests.formats.story import PUBLISHER, STORY
from tests.strategies import articles
from tests.validate.items import LATE


def members_of(article: Article, content: Content = Content.FULL) -> dict[str, Any]:
    """The article as it is read."""
    found: dict[str, Any] = json.loads(render.fragment(article, PUBLISHER, content))
    return found


@pytest.mark.parametrize("content", list(Content))
def test_golden(content: Content) -> None:
    path = golden.HERE / "json_ld" / "golden" / f"{content.value}.json"
    assert golden.document("json-ld", content) == path.read_bytes()


@pytest.mark.parametrize("content", list(Content))
def test_no_rule_complains(content: Content) -> None:
    bare = replace(STORY, guid="tag:harbour.example,2019:story:32", body=(), media=(), highlights=(), url=None)
    assert faults(document("json-ld", STORY, bare, content=content)) == []
    assert faults(document("json-ld")) == []


@settings(max_examples=60)
@given(articles())
def test_any_article_is_one_line_that_no_rule_complains_of(article: Article) -> None:
    line = render.fragment(article, PUBLISHER, Content.FULL)
    if article.status is not Status.USABLE and not article.correction:
        assert line == b""
        return
    assert line.count(b"\n") == 1
    for data in (document("json-ld", article), render.alone(line)):
        report = check(data, now=LATE)
        assert report.format == "json-ld"
        assert [one.message for one in report.findings if one.severity is Severity.ERROR] == []


def test_an_article_alone_has_its_context() -> None:
    alone = json.loads(render.alone(render.fragment(STORY, PUBLISHER, Content.FULL)))
    assert alone["@context"] == "https://schema.org"
    assert alone == {"@context": "https://schema.org", **members_of(STORY)}


def test_it_tells_as_much_as_the_feed_carries() -> None:
    full, brief, least = (members_of(STORY, content) for content in Content)
    assert full["articleBody"].startswith("Mayor Ines Quill")
    assert full["abstract"] == list(STORY.highlights)
    assert "articleBody" not in brief
    assert brief["description"].startswith("Quill met Brandt first, then the dockers · ")
    assert {"articleBody", "abstract", "description", "image", "video"} & least.keys() == set()


def test_readers_learn_of_significant_changes() -> None:
    significant = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert members_of(STORY)["dateModified"] == "2026-03-03T09:00:30Z"
    assert members_of(replace(STORY, significant=significant))["dateModified"] == "2026-03-02T09:00:00Z"


@pytest.mark.parametrize(("status", "word"), [(Status.WITHHELD, "Withheld"), (Status.CANCELED, "Canceled")])
def test_what_was_withdrawn_says_so(status: Status, word: str) -> None:
    assert "creativeWorkStatus" not in members_of(STORY)
    found = members_of(replace(STORY, status=status, body=(), media=(), highlights=(), correction="Wrong man."))
    assert (found["creativeWorkStatus"], found["correction"]["text"]) == (word, "Wrong man.")
    assert {"articleBody", "image", "abstract"} & found.keys() == set()
    assert render.fragment(replace(STORY, status=status, correction=None), PUBLISHER, Content.FULL) == b""


def test_notes_to_editors_and_embargoes_stay_inside() -> None:
    secret = replace(STORY, note="call the mayor", embargo=NOW, slugline="mayor-secret", urgency=1)
    assert members_of(secret) == members_of(STORY)


def test_mail_addresses_are_those() -> None:
    found = members_of(replace(STORY, authors=(Person(name="Ada", email="0123"), Person(name=""))))
    assert found["author"] == [{"@type": "Person", "name": "Ada"}]


def test_terms_of_iptc_have_an_address() -> None:
    found = members_of(replace(STORY, subjects=(Subject(scheme="subj", code="11000000"),)))
    assert found["about"][0]["@id"] == "http://cv.iptc.org/newscodes/subjectcode/11000000"


def test_media_stand_where_they_are_looked_for() -> None:
    graphic = Media(id="g", type=MediaType.GRAPHIC, renditions=(Rendition(href="https://m.example/g.png"),))
    sound = Media(id="a", type=MediaType.AUDIO, duration=0, renditions=(Rendition(href="https://m.example/a.mp3"),))
    paper = Media(id="d", type=MediaType.DOCUMENT, renditions=(Rendition(href="https://m.example/d.pdf", bytes=0),))
    texts = Media(id="t", type=MediaType.PICTURE, caption="lost")
    found = members_of(replace(STORY, media=(paper, graphic, texts, sound)))
    assert found["image"] == [
        {"@type": "ImageObject", "additionalType": "graphic", "position": 2, "contentUrl": "https://m.example/g.png"}
    ]
    assert found["audio"][0]["duration"] == "PT0S"
    assert [(one["@type"], one["position"]) for one in found["associatedMedia"]] == [
        ("MediaObject", 1),
        ("ImageObject", 3),
    ]
    assert "position" not in members_of(replace(STORY, media=(graphic,)))["image"][0]


def test_characters_that_others_cannot_carry_are_left_out() -> None:
    odd = replace(
        STORY, headline="A\x00b\ud800", body=(Paragraph(html="x\x0by"),), dateline=Dateline(text="Ellis\ud800")
    )
    found = members_of(odd)
    assert (found["headline"], found["articleBody"], found["dateline"]) == ("Ab", "xy", "Ellis")
