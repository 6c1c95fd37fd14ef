"""Fragments of HTML: as they go out, and what their rules find in others."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from lxml import etree, html

from syndicate.formats.html_fragment import render, rules
from syndicate.markup.body_html import body_html
from syndicate.model.article import Article, Status
from syndicate.model.body import Paragraph, Table
from syndicate.model.content import Content
from syndicate.model.finding import Severity
from syndicate.model.media import Media, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats import golden
from tests.formats.case import Case, cases, is_as_expected
from tests.formats.feed_checks import faults
from tests.formats.story import PUBLISHER, STORY
from tests.strategies import articles
from tests.validate.items import LATE

CASES = cases("html_fragment")


def fragment(article: Article, content: Content = Content.FULL) -> bytes:
    """The article's file."""
    return render.fragment(article, PUBLISHER, content)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_case(case: Case) -> None:
    assert is_as_expected(case)


def test_every_rule_of_fragments_has_a_case() -> None:
    covered = {rule for case in CASES for rule, _ in case.expected}
    assert {rule.id for rule in rules.RULES} - covered == set()


@pytest.mark.parametrize(
    "other", [b"<article/>", b'<article xml:lang="en"/>', b"<p lang='en'/>", b'{"article": 1}', b""]
)
def test_what_is_no_article_of_html_is_something_else(other: bytes) -> None:
    assert check(other, now=NOW, as_format="html-fragment").format is None


@pytest.mark.parametrize("content", list(Content))
def test_golden(content: Content) -> None:
    path = golden.HERE / "html_fragment" / "golden" / f"{content.value}.html"
    assert golden.document("html-fragment", content) == path.read_bytes()


@pytest.mark.parametrize("content", list(Content))
def test_no_rule_complains(content: Content) -> None:
    bare = replace(STORY, body=(), media=(), highlights=(), url=None, authors=(), rights=Rights(), headline=" ")
    for article in (STORY, bare):
        assert faults(fragment(article, content)) == []


@settings(max_examples=60)
@given(articles())
def test_any_article_is_good_and_the_same_to_browsers(article: Article) -> None:
    for content in Content:
        data = fragment(article, content)
        report = check(data, now=LATE)
        assert report.format == "html-fragment"
        assert [one.message for one in report.findings if one.severity is Severity.ERROR] == []
    data = fragment(article)
    as_html = html.fragment_fromstring(data.decode(), create_parent=False)
    assert "".join(map(str, as_html.itertext())).split() == "".join(map(str, etree.fromstring(data).itertext())).split()


def test_the_text_is_that_of_feeds_for_readers() -> None:
    assert body_html(STORY) in fragment(STORY).decode()
    assert b"dateline" not in fragment(STORY, Content.SUMMARY)
    assert b'<p class="summary">Quill met Brandt first' in fragment(STORY, Content.SUMMARY)
    assert b'class="summary"' not in fragment(STORY, Content.HEADLINE)


def test_empty_elements_end_where_they_begin() -> None:
    body = (Paragraph(html='a<em/><br/><span lang="de"/>b'), Table(html="<table><tr><td/><td>1</td></tr></table>"))
    found = fragment(replace(STORY, body=body)).decode()
    assert '<em></em><br/><span lang="de"></span>b' in found
    assert "<td></td><td>1</td>" in found


def test_a_picture_without_words_says_so() -> None:
    media = Media(id="p", type=MediaType.PICTURE, renditions=(Rendition(href="https://m.example/p.jpg"),))
    assert faults(fragment(replace(STORY, media=(media,)))) == []


def test_right_to_left_and_times() -> None:
    found = fragment(replace(STORY, language="ar", updated=STORY.published)).decode()
    assert 'lang="ar" dir="rtl"' in found
    assert 'class="updated"' not in found
    later = fragment(replace(STORY, significant=datetime(2026, 3, 2, 9, 0, tzinfo=UTC))).decode()
    assert 'class="updated" datetime="2026-03-02T09:00:00Z"' in later


def test_what_was_withdrawn_says_so() -> None:
    gone = replace(STORY, status=Status.CANCELED, body=(), media=(), highlights=(), correction="Wrong <man>.")
    found = fragment(gone)
    assert b'data-status="canceled"' in found
    assert b'<p class="correction">Wrong &lt;man&gt;.</p>' in found
    assert b'<p class="correction">' in fragment(gone, Content.HEADLINE)
    assert faults(found) == []


def test_notes_to_editors_stay_inside() -> None:
    assert fragment(replace(STORY, note="call the mayor", embargo=NOW, slugline="secret")) == fragment(STORY)


def test_characters_that_others_cannot_carry_are_left_out() -> None:
    odd = replace(STORY, headline="A\x00b", rights=Rights(notice="x\r\ny"))
    assert b"<h1>Ab</h1>" in fragment(odd)
    assert b"x\ny</p>" in fragment(odd)
