"""Plain text: as it goes out, and what its rules find."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from syndicate.formats.plain_text import render, rules
from syndicate.markup.places import parse_places
from syndicate.markup.text import repair
from syndicate.model.article import Article, Person, Status
from syndicate.model.body import Paragraph
from syndicate.model.content import Content
from syndicate.model.rights import Rights
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats import golden
from tests.formats.feed_checks import document
from tests.formats.story import PUBLISHER, STORY, envelope
from tests.strategies import articles

NAME = b"\n\n2026-03-04 12:00 UTC\n\ntag:harbour.example,2019:story:1\n"
CASES = {
    b"Ferry stops\n\nOn Monday." + NAME: [],
    b"\nFerry stops" + NAME: [],
    b"A \xe2\x80\x9cferry\xe2\x80\x9d\tstops" + NAME: [],
    b"Ferry\n\nOn M\xe4rz." + NAME: [("plain-text.encoding.undecodable", 3, 5)],
    b"\xef\xbb\xbfFerry" + NAME: [("plain-text.encoding.byte-order-mark", 1, 1)],
    b"Ferry\n\x07bell" + NAME: [("plain-text.character.control", 2, 1)],
    b"Ferry\nx\xc2\x92s" + NAME: [("plain-text.character.control", 2, 2)],
    b"Ferry\nx\xef\xbf\xbd" + NAME: [("plain-text.character.replacement", 2, 2)],
    b"Ferry\r\nstops" + NAME: [("plain-text.line.return", 1, 6)],
    b"\n\nFerry" + NAME: [("plain-text.line.first", 1, 1)],
    b"Ferry" + NAME.rstrip(): [("plain-text.line.last", 5, 33)],
    b"Ferry\n\nOn Monday.\n": [("plain-text.guid.missing", 3, 11), ("plain-text.date.missing", 1, 1)],
}


def text_of(article: Article, content: Content = Content.FULL) -> str:
    """The article's text."""
    return render.fragment(article, PUBLISHER, content).decode()


def found(data: bytes) -> list[tuple[str, int | None, int | None]]:
    """What the rules find, with its places; nothing else is said of the text."""
    document_ = parse_places(data)
    findings = tuple(rules.check(document_, data, "plain-text", NOW))
    assert document_.faults == []
    assert rules.proved(data, NOW) == (None if findings else "plain-text")
    return [(one.rule.id, one.place.line, one.place.column) for one in findings]


@pytest.mark.parametrize(("data", "expected"), CASES.items(), ids=lambda value: repr(value)[:40])
def test_case(data: bytes, expected: list[tuple[str, int, int]]) -> None:
    assert found(data) == expected


def test_every_rule_has_a_case() -> None:
    assert {rule.id for rule in rules.RULES} == {name for case in CASES.values() for name, _, _ in case}


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (b"", None),
        (b"plain words", None),
        (b"Warning: no such file\n<?xml version='1.0'?>\n<rss/>\n", "rss-2.0"),
        (b"<", None),
    ],
)
def test_what_was_meant_to_be_something_else_is_not_known(data: bytes, known: str | None) -> None:
    report = check(data, now=NOW)
    assert (report.valid, report.format) == (False, known)


def test_feeds_and_other_documents_are_no_plain_texts() -> None:
    for name in ("rss", "jsonfeed", "html-fragment", "json-ld"):
        assert rules.proved(document(name, STORY), NOW) is None
        assert check(document(name, STORY), now=NOW).format != "plain-text"


def test_a_text_of_ours_is_known_by_itself() -> None:
    data = document("plain-text", STORY)
    for report in (check(data, now=NOW), check(data, now=NOW, as_format="plain-text")):
        assert (report.format, report.findings) == ("plain-text", ())


@pytest.mark.parametrize("content", list(Content))
def test_golden(content: Content) -> None:
    path = golden.HERE / "plain_text" / "golden" / f"{content.value}.txt"
    assert golden.document("plain-text", content) == path.read_bytes()
    assert found(path.read_bytes()) == []


@settings(max_examples=50)
@given(articles())
def test_any_article_is_a_good_text(article: Article) -> None:
    for content in Content:
        # Somebody may have written the character that stands for what was lost.
        told = [one for one in found(document("plain-text", article, content=content)) if "replacement" not in one[0]]
        assert told == []
    words = repair(text_of(article))[0].split()
    assert article.guid in words
    for block in article.body:
        if type(block) is Paragraph and "<" not in block.html and "&" not in block.html:
            assert set(repair(block.html)[0].split()) <= set(words)


def test_who_sends_it_stands_in_front() -> None:
    head, tail = render.frame(envelope("index.json"))
    assert (head, tail) == (b"Harbour Post\n", b"")


def test_the_head_says_what_is_known() -> None:
    bare = replace(STORY, slugline=None, authors=(Person(name=" "),), updated=STORY.published, version=1)
    assert text_of(bare).startswith(f"{STORY.headline}\n\n2026-03-02 08:30 UTC\n\n• Quill")
    assert text_of(replace(bare, headline=" ")).startswith(STORY.guid)
    significant = replace(STORY, significant=datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    assert "2026-03-02 08:30 UTC · v3 2026-03-02 09:00 UTC\n" in text_of(significant)


def test_it_tells_as_much_as_the_feed_carries() -> None:
    assert "Port Ellis HP  — Mayor Ines Quill" in text_of(STORY)
    brief, least = text_of(STORY, Content.SUMMARY), text_of(STORY, Content.HEADLINE)
    assert "Quill met Brandt first, then the dockers · " in brief
    assert "Mayor Ines Quill" not in brief + least
    assert "Brandt" not in least
    assert all("An earlier version" in text for text in (brief, least))


def test_what_was_withdrawn_says_so_first() -> None:
    gone = replace(STORY, status=Status.CANCELED, body=(), media=(), highlights=(), correction="Wrong man.")
    assert text_of(gone).startswith("CANCELED\nmayor-crane\n")
    assert "\n\nWrong man.\n\n" in text_of(gone)
    assert text_of(replace(gone, status=Status.WITHHELD)).startswith("WITHHELD\n")


def test_notes_to_editors_stay_inside() -> None:
    assert text_of(replace(STORY, note="call the mayor", embargo=NOW)) == text_of(STORY)


def test_controls_and_line_ends_of_others_are_taken_out() -> None:
    odd = replace(STORY, headline="A\x00\x7fb", body=(Paragraph(html="x\r\ny"),), rights=Rights(notice="a\rb"))
    assert found(document("plain-text", odd)) == []
    assert "Ab\n" in text_of(odd)
