"""NITF bodies read: what our own writer writes comes back, and what agencies write is understood."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree

from syndicate.markup import body_nitf, nitf_names
from syndicate.markup.nitf_read import NitfBody, people, read_body
from syndicate.markup.xml import parse
from syndicate.model.article import Article, Dateline, Person
from syndicate.model.body import (
    Block,
    Embed,
    Heading,
    ListBlock,
    MediaBlock,
    Paragraph,
    Quote,
    Related,
    Table,
    Tagline,
)
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from tests.formats.story import STORY
from tests.markup.settled import settled
from tests.strategies import articles


def body_of(markup: str) -> NitfBody:
    """What such a body says."""
    return read_body(parse(f"<body>{markup}</body>".encode()))


def content_of(markup: str) -> tuple[Block, ...]:
    """The blocks of such content."""
    return body_of(f"<body.content>{markup}</body.content>").blocks


def written(article: Article, *, is_alone: bool) -> NitfBody:
    """The article written and read again."""
    root = f'<nitf xmlns="{nitf_names.NAMESPACE}">{body_nitf.body(article, is_alone=is_alone)[0]}</nitf>'
    return read_body(parse(root.encode()))


def test_the_story_comes_back() -> None:
    found = written(STORY, is_alone=True)
    assert found.blocks == STORY.body
    assert found.media == STORY.media
    assert (found.headline, found.highlights) == (STORY.headline, STORY.highlights)
    assert found.dateline == STORY.dateline
    assert (found.lost, found.repairs) == ((), ())


@settings(max_examples=60)
@given(article=articles())
def test_any_text_comes_back(article: Article) -> None:
    article = settled(article)
    found = written(article, is_alone=True)
    assert found.blocks == article.body
    assert sorted(found.media, key=lambda one: one.id) == sorted(article.media, key=lambda one: one.id)
    assert found.headline == article.headline
    assert (found.abstract, found.highlights) == (article.abstract, article.highlights)


@settings(max_examples=30)
@given(article=articles())
def test_no_word_of_a_payload_is_lost(article: Article) -> None:
    article = settled(article)
    found = written(article, is_alone=False)
    kinds = [type(block) for block in article.body if not isinstance(block, MediaBlock | Tagline)]
    assert [type(block) for block in found.blocks if not isinstance(block, MediaBlock | Tagline)] == kinds
