"""What is written is read back: everything that the format says it keeps."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings

from syndicate.formats.base import Renderer
from syndicate.formats.nitf import names, read, render
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article, Status
from syndicate.model.content import Content
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.feed import Publisher
from tests.formats.story import PUBLISHER, STORY
from tests.markup.settled import settled
from tests.strategies import articles

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
READING = Reading(now=NOW)
PLAIN, NAMESPACED = render, render.variant("namespace")


def document(article: Article, renderer: Renderer = render, publisher: Publisher = PUBLISHER) -> bytes:
    """The document of the article."""
    return DECLARATION + renderer.fragment(article, publisher, Content.FULL)


def drafted(data: bytes, file: str = "story.xml") -> Draft:
    """The one draft of the document."""
    (draft,) = read.read(BytesIO(data), file, READING)
    assert isinstance(draft, Draft)
    return draft


def rejected(data: bytes) -> Rejected:
    """Why the document is none."""
    (draft,) = read.read(BytesIO(data), "story.xml", READING)
    assert isinstance(draft, Rejected)
    return draft


def differences(found: Article, wanted: Article) -> dict[str, tuple[object, object]]:
    """The fields that are kept and yet differ."""
    named = (field.name for field in fields(Article) if field.name in names.KEEPS)
    pairs = {name: (getattr(found, name), getattr(wanted, name)) for name in named}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("renderer", [PLAIN, NAMESPACED], ids=["plain", "namespaced"])
def test_the_story_comes_back(renderer: Renderer) -> None:
    draft = drafted(document(STORY, renderer))
    assert differences(draft.article, replace(STORY, updated=STORY.updated.replace(microsecond=0))) == {}
    assert (draft.stated_version, draft.repairs, draft.lost) == (STORY.version, (), ())


@settings(max_examples=40)
@given(article=articles(status=Status.USABLE))
def test_any_article_comes_back(article: Article) -> None:
    article = settled(article)
    draft = drafted(document(article))
    found, wanted = draft.article, article
    # Media that stand in no block have their place by their role.
    found = replace(found, media=tuple(sorted(found.media, key=lambda one: one.id)))
    assert differences(found, wanted) == {}
    assert draft.lost == ()
