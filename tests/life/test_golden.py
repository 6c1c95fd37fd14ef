"""The story in every format, step by step: byte for byte, without faults, and with no word of it left after the end."""

from dataclasses import replace
from pathlib import Path

import pytest

from syndicate.formats import base as formats
from syndicate.model.article import Article, Status
from syndicate.model.finding import Severity
from syndicate.validate.run import check
from tests.formats.back import words as blocks
from tests.formats.story import NOW
from tests.life import golden
from tests.life.story import (
    CORRECTED,
    KILLED,
    NEW,
    NOTICE,
    RETRACTION,
    STEPS,
    WHY_CORRECTED,
    WHY_KILLED,
)
from tests.life.words import text_of, words_of

DOCUMENTS = dict(golden.documents())
FILES = sorted(DOCUMENTS)
ENDS = [path for path in FILES if path.parent.name in ("3-killed", "4-taken-down")]


def short(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def of_step(step: str) -> dict[str, str]:
    """The texts of the documents of that step by format."""
    return {path.stem: text_of(data) for path, data in DOCUMENTS.items() if path.parent.name == step}


def said_inside(article: Article) -> frozenset[str]:
    """The words of the text, of what stands above it and of its media."""
    above = (*article.highlights, *article.keywords, article.dateline.text if article.dateline else "")
    media = (text for one in article.media for text in (one.name, one.title, one.caption, one.credit) if text)
    return words_of(*blocks(article), *above, *media)


def said_of(article: Article) -> frozenset[str]:
    """The words that partners go on being told of any story: its people, subjects, sections, address."""
    people = (one.name for one in (*article.authors, *article.contributors))
    return words_of(*people, *(one.name or "" for one in article.subjects), *article.sections, article.url or "")


def said_of_any() -> frozenset[str]:
    """The words that stand in documents whatever the story says: those of the feed, of programs, of the format."""
    bare = Article(guid=NEW.guid, headline="-", published=NEW.published, updated=NEW.updated, url=NEW.url)
    killed = replace(bare, status=Status.CANCELED, version=2)
    return words_of(
        *(text_of(golden.document(name, one) or b"") for name in formats.written() for one in (bare, killed))
    )


ANY = said_of_any()
INSIDE = said_inside(NEW) | said_inside(CORRECTED)
HEADING = words_of(NEW.headline, NEW.slugline or "")
TOLD = words_of(RETRACTION, WHY_KILLED)
# What must be gone by then. The reason of a correction goes with what it was about.
GONE = {
    "3-killed": (INSIDE | words_of(NOTICE, WHY_CORRECTED)) - HEADING - TOLD - said_of(NEW) - ANY,
    "4-taken-down": (INSIDE | HEADING | TOLD | words_of(NOTICE, WHY_CORRECTED)) - said_of(NEW) - ANY,
}


@pytest.mark.parametrize("path", FILES, ids=short)
def test_the_document_is_the_kept_one(path: Path) -> None:
    assert path.is_file(), "python -m tests.life.golden writes it"
    assert DOCUMENTS[path].decode() == path.read_text(encoding="utf-8")


def test_nothing_is_kept_that_is_not_made() -> None:
    assert set(golden.FOLDER.rglob("*.*")) == set(DOCUMENTS)


def test_no_format_and_no_step_is_missing() -> None:
    assert {path.parent.name for path in FILES} == set(STEPS)
    for step in ("1-new", "2-corrected"):
        assert set(of_step(step)) == set(formats.written())
    silent = {name for name in formats.written() if not formats.written_facts(name).ALLOWS_EMPTY}
    assert set(formats.written()) - set(of_step("3-killed")) <= silent


@pytest.mark.parametrize("path", FILES, ids=short)
def test_the_document_has_no_fault(path: Path) -> None:
    report = check(path.read_bytes(), now=NOW, as_format=formats.format_of(path.stem))
    assert [one for one in report.findings if one.severity is Severity.ERROR] == []
    # Who is sent the document knows it without being told.
    assert check(path.read_bytes(), now=NOW).format == report.format


def test_it_has_none_by_the_official_schemas_either(shared: Path) -> None:
    for path, data in DOCUMENTS.items():
        report = check(data, now=NOW, as_format=formats.format_of(path.stem), schemas=shared / "schemas")
        assert [one for one in report.findings if one.severity is Severity.ERROR] == [], short(path)


def test_the_steps_are_the_revisions_of_one_story() -> None:
    assert [(one.guid, one.version) for one in STEPS.values()] == [(NEW.guid, number) for number in (1, 2, 3, 4)]
    assert [one.status.value for one in STEPS.values()] == ["usable", "usable", "canceled", "canceled"]
    assert {one.published for one in STEPS.values()} == {NEW.published}


def test_there_are_words_to_look_for() -> None:
    assert len(GONE["3-killed"]) > 60
    assert GONE["3-killed"] >= {"dockers", "wednesday", "presser", "embassy", "zero", "grab", "yesterday", "telephone"}
    assert GONE["4-taken-down"] - GONE["3-killed"] >= {"quill", "crane", "row", "interview", "fabrication"}


@pytest.mark.parametrize("path", ENDS, ids=short)
def test_no_word_is_left(path: Path) -> None:
    assert GONE[path.parent.name] & words_of(text_of(DOCUMENTS[path])) == frozenset()


def test_every_word_was_there_before() -> None:
    """Otherwise it would say nothing that none is there afterwards."""
    for name in formats.written():
        if formats.keeps(name) >= {"text", "highlights"}:
            assert words_of(*blocks(NEW), *NEW.highlights) <= words_of(
                text_of(DOCUMENTS[golden.path(name, "1-new")])
            ), name


def test_a_correction_is_told_wherever_the_text_is() -> None:
    before, after = of_step("1-new"), of_step("2-corrected")
    for name in formats.written():
        if formats.keeps(name) & {"text", "correction"}:
            assert NOTICE in after[name], name
            assert "twice" in before[name], name
            assert "twice" not in after[name], name
            assert "yesterday" in after[name], name


def test_a_kill_is_told_to_whoever_is_told_of_withdrawals() -> None:
    for name, text in of_step("3-killed").items():
        assert (RETRACTION in text) == formats.tells_withdrawals(name), name


def test_reasons_are_for_editors_alone() -> None:
    for step, why in (("2-corrected", WHY_CORRECTED), ("3-killed", WHY_KILLED)):
        for name, text in of_step(step).items():
            assert (why in text) == ("note" in formats.keeps(name)), f"{name} {step}"


def test_a_take_down_says_that_the_story_is_gone_and_no_more() -> None:
    for name, text in of_step("4-taken-down").items():
        assert (KILLED.guid in text) <= formats.tells_withdrawals(name), name
        assert KILLED.headline not in text, name
