"""What holds for every format there is: any article is written without a fault, and what is kept comes back.

A format that is added is tried here without a word being changed.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from syndicate.formats import base as formats
from syndicate.markup.summary import summary
from syndicate.model.article import Article, Status
from syndicate.model.body import MediaBlock
from syndicate.model.finding import Severity
from syndicate.validate.run import check
from tests.conftest import SHARED
from tests.formats.back import documents, imported, read, said
from tests.formats.story import NOW, STORY
from tests.strategies import articles

WRITTEN = formats.written()
READABLE = [name for name in WRITTEN if formats.has_part(name, "read")]
# An example of that size takes minutes to be made smaller.
PHASES = (Phase.explicit, Phase.generate)
LONG = [False, pytest.param(True, marks=[pytest.mark.nightly, pytest.mark.timeout(0)])]
# What one item is known by, wherever it is read: the same in all formats that keep it.
CANONICAL = (
    "guid", "version", "status", "published", "updated", "headline", "authors", "contributors", "text", "subjects",
    "media",
)  # fmt: skip


def usable(article: Article) -> Article:
    """The article as it is once it was imported, with an address, so that it has a place in most formats.

    Media of which nothing is known but a name are taken out: partners' formats know a caption's media by such a name.
    """
    known = tuple(one for one in article.media if one.title or one.caption or one.renditions)
    ids = {one.id for one in known}
    body = tuple(block for block in article.body if not isinstance(block, MediaBlock) or block.media in ids)
    url = article.url or "https://harbour.example/17"
    return imported(replace(article, status=Status.USABLE, url=url, media=known, body=body))


def faults(name: str, data: bytes, *, official: bool) -> list[str]:
    """The errors of our rules, and of the official schemas."""
    folder = SHARED / "schemas" if official and SHARED.is_dir() else None
    report = check(data, now=NOW, as_format=formats.format_of(name), schemas=folder)
    return [f"{one.rule.id}: {one.message}" for one in report.findings if one.severity is Severity.ERROR]


@pytest.mark.parametrize("name", WRITTEN)
def test_any_article_is_written_without_a_fault_and_comes_back(name: str) -> None:
    @settings(max_examples=12, phases=PHASES, suppress_health_check=list(HealthCheck))
    @given(article=articles())
    def attempt(article: Article) -> None:
        assert holds(name, usable(article) if article.status is Status.USABLE else article, official=False)

    attempt()


@pytest.mark.nightly
@pytest.mark.timeout(0)
def test_so_are_ten_thousand_in_all_formats_by_the_official_schemas_too(shared: Path) -> None:
    @settings(max_examples=10_000, phases=PHASES, suppress_health_check=list(HealthCheck))
    @given(article=articles())
    def attempt(article: Article) -> None:
        article = usable(article) if article.status is Status.USABLE else article
        assert all(holds(name, article, official=True) for name in WRITTEN)

    attempt()


def holds(name: str, article: Article, *, official: bool) -> bool:
    """Whether the article's documents have no fault and what the format keeps comes back; else what is wrong."""
    for data in documents(name, [article]):
        assert faults(name, data, official=official) == [], name
        if name in READABLE and article.status is Status.USABLE:
            (draft,) = read(name, data)
            comes_back(name, article, draft.article, draft.stated_version)
    return True


def comes_back(name: str, article: Article, found: Article, version: int | None) -> None:
    """Every field that the format keeps says what it said."""
    for field in sorted(formats.keeps(name) - {"signal"}):
        wanted, there = said(article, field), version if field == "version" else said(found, field)
        if field == "updated" and there != wanted:
            wanted = article.updated.replace(microsecond=0)
        # What is made of the text anyway may be taken for just that.
        told = (None, article.correction, summary(replace(article, abstract=None)))
        if field == "abstract" and article.abstract in told:
            continue
        assert there == wanted, f"{name} does not keep {field}"


@pytest.mark.parametrize("nightly", LONG)
def test_all_formats_of_an_article_are_the_same_item(nightly: bool) -> None:
    @settings(max_examples=2_000 if nightly else 6, phases=PHASES, suppress_health_check=list(HealthCheck))
    @given(article=articles())
    def compare(article: Article) -> None:
        article = usable(article)
        items = {name: canonical(name, article) for name in READABLE}
        for field in CANONICAL:
            told: dict[str, list[str]] = {}
            for name, item in items.items():
                if field in item:
                    told.setdefault(repr(item[field]), []).append(name)
            assert len(told) <= 1, f"{field} differs: {told}"

    compare()


def canonical(name: str, article: Article) -> dict[str, Any]:
    """What the format says of the article, as far as it keeps it; nothing where the article has no place in it."""
    keeps = formats.keeps(name) | {"guid", "headline"}
    for data in documents(name, [article]):
        (draft,) = read(name, data)
        item = {field: said(draft.article, field) for field in CANONICAL if field in keeps}
        return item | ({"version": draft.stated_version} if "version" in keeps else {})
    return {}


@pytest.mark.parametrize("name", READABLE)
def test_the_story_is_read_and_nothing_of_it_is_lost(name: str) -> None:
    for data in documents(name, [replace(imported(STORY), url="https://harbour.example/17")]):
        (draft,) = read(name, data)
        assert draft.article.guid == STORY.guid
        assert draft.repairs == ()


@pytest.mark.parametrize("name", WRITTEN)
def test_facts_are_whole(name: str) -> None:
    facts = formats.written_facts(name)
    assert facts.TITLE
    assert facts.FILE_NAME
    assert "/" in facts.MEDIA_TYPE
    assert facts.CONTENTS
    assert formats.renderer(name).RENDERER_VERSION
    assert formats.keeps(name) <= {*Article.__dataclass_fields__, "text"}
    assert not formats.keeps(name) or name in READABLE
    assert formats.has_part(name, "rules")


def test_no_two_formats_write_the_same_file() -> None:
    files = [formats.written_facts(name).FILE_NAME for name in WRITTEN]
    assert len(files) == len(set(files))
