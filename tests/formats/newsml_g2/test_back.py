"""What is written says the same when it is read back, as far as `KEEPS` promises."""

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings

from syndicate.formats import base as formats
from syndicate.formats.newsml_g2 import names
from syndicate.model.article import Article, Signal, Status
from syndicate.model.body import Paragraph
from tests.formats.newsml_g2.back import PUBLISHER, document, drafts, said
from tests.formats.story import STORY
from tests.strategies import articles

NAMES = ("newsml-g2", *(f"newsml-g2-{variant}" for variant in names.VARIANTS))


def read_back(name: str, article: Article) -> Article:
    """The article after a journey through a document of that format."""
    found = drafts(document(name, article))
    assert [draft.article.guid for draft in found] == [article.guid]
    return found[0].article


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, phases=(Phase.generate,))
@given(article=articles(status=Status.USABLE))
def test_an_article_says_the_same_when_it_is_read_back(name: str, article: Article) -> None:
    before, after = said(article), said(read_back(name, article))
    kept = formats.keeps(name)
    assert {field: after[field] for field in kept} == {field: before[field] for field in kept}


@pytest.mark.parametrize("name", NAMES)
def test_the_story_says_the_same_when_it_is_read_back(name: str) -> None:
    before, after = said(STORY), said(read_back(name, STORY))
    kept = formats.keeps(name)
    assert {field: after[field] for field in kept} == {field: before[field] for field in kept}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_story_is_lost_in_reading(name: str) -> None:
    (draft,) = drafts(document(name, STORY))
    assert set(draft.lost) <= {"packageItem/groupSet", *_PACKAGE}
    assert draft.repairs == ()


_PACKAGE = {f"packageItem/{path}" for path in ("contentMeta/headline", "contentMeta/description", "itemMeta/title")}


@pytest.mark.parametrize("name", ["newsml-g2", "newsml-g2-xhtml"])
def test_the_blocks_of_the_story_come_back_as_they_were(name: str) -> None:
    assert [block for block in read_back(name, STORY).body if block not in STORY.body] == []


@pytest.mark.parametrize("status", [Status.CANCELED, Status.WITHHELD])
@pytest.mark.parametrize("name", NAMES)
def test_a_withdrawal_comes_back_with_its_reason_and_nothing_else(name: str, status: Status) -> None:
    gone = replace(
        STORY, status=status, body=(), media=(), highlights=(), abstract=None, correction="Wrong in substance.",
        note="Kim: see desk book", signal=Signal.CORRECTION,
    )  # fmt: skip
    after = read_back(name, gone)
    assert (after.status, after.headline, after.version) == (status, gone.headline, gone.version)
    assert (after.correction, after.note, after.signal) == (gone.correction, gone.note, Signal.CORRECTION)
    assert (after.body, after.media, after.highlights, after.abstract) == ((), (), (), None)


@pytest.mark.parametrize("signal", [None, *Signal])
def test_signal_and_notes_are_told_apart(signal: Signal | None) -> None:
    for note in (None, "For editors only"):
        after = read_back("newsml-g2", replace(STORY, signal=signal, correction=None, note=note))
        assert (after.signal, after.note, after.correction) == (signal, note, None)


@pytest.mark.parametrize("abstract", [None, "In short."])
@pytest.mark.parametrize("highlights", [(), ("One.",), ("One.", "Two.")])
@pytest.mark.parametrize("name", ["newsml-g2", "newsml-g2-xhtml"])
def test_abstract_and_highlights_are_told_apart(name: str, highlights: tuple[str, ...], abstract: str | None) -> None:
    after = read_back(name, replace(STORY, highlights=highlights, abstract=abstract))
    assert (after.highlights, after.abstract) == (highlights, abstract)


def test_a_paragraph_that_begins_like_the_dateline_keeps_its_words() -> None:
    body = (Paragraph(html="Port Ellis HP — so it began."), Paragraph(html="More."))
    for name in ("newsml-g2", "newsml-g2-xhtml"):
        after = read_back(name, replace(STORY, body=body, media=()))
        assert after.body == body


def test_the_publishers_notice_stands_in_for_a_missing_one() -> None:
    publisher = replace(PUBLISHER, rights="© Harbour Post")
    bare = replace(STORY, rights=replace(STORY.rights, notice=None))
    (draft,) = drafts(document("newsml-g2", bare, publisher=publisher))
    assert draft.article.rights.notice == "© Harbour Post"
