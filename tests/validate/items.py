"""Items in the frames of their documents, and what the rules find in them there."""

from dataclasses import replace
from datetime import UTC, datetime

from syndicate.formats import base as formats
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.finding import Finding
from syndicate.validate.part import Frame, frame_of
from syndicate.validate.run import check
from tests.formats.story import NOW, PUBLISHER, STORY, envelope

NAMES = ("rss", "atom", "newsml-g2", "preview")
LATE = datetime(9000, 1, 1, tzinfo=UTC)
"""Later than all that a test may date."""

Key = tuple[str, str, int, int | None]


def frame_for(name: str, updated: datetime = STORY.updated) -> Frame:
    """The frame of a feed that was changed then."""
    envelope_ = replace(envelope(formats.written_facts(name).FILE_NAME), updated=updated)
    return frame_of(name, *formats.renderer(name).frame(envelope_))


def item_of(name: str, article: Article = STORY, content: Content = Content.FULL) -> bytes:
    """The article as an item, in whole lines."""
    item = formats.renderer(name).fragment(article, PUBLISHER, content)
    return item if item.endswith(b"\n") else item + b"\n"


def in_document(frame: Frame, item: bytes, now: datetime = NOW) -> list[Key]:
    """What the rules find in the item when they look at the whole document; its first line is 1."""
    before, lines = frame.head.count(b"\n"), item.count(b"\n")
    found = check(frame.head + item + frame.tail, now=now, as_format=frame.format).findings
    inside = [one for one in found if before < (one.place.line or 0) <= before + lines]
    return [(rule, message, line - before, column) for rule, message, line, column in map(key, inside)]


def key(one: Finding) -> Key:
    """What two findings must have in common to be the same."""
    return one.rule.id, one.message, one.place.line or 0, one.place.column
