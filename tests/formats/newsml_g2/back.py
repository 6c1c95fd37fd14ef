"""What was written, read back, in a form in which both sides can be compared."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.formats.newsml_g2 import read
from syndicate.markup.text import repair
from syndicate.model.article import Article, Dateline
from syndicate.model.body import Tagline
from syndicate.model.content import Content
from syndicate.model.draft import Draft, Reading
from syndicate.model.feed import Feed, Publisher
from tests.conftest import NOW
from tests.formats.back import text_of_block

_SPACE = re.compile(r"\s+")
PUBLISHER = Publisher(
    name="Harbour Post", url="https://harbour.example/", language="en-GB", tag_authority="harbour.example,2019"
)
FEED = Feed(
    id="town", title="Town", link="https://harbour.example/town", description="What happens", language="en-GB",
    formats=("newsml-g2",),
)  # fmt: skip


def document(name: str, *articles: Article, publisher: Publisher = PUBLISHER) -> bytes:
    """The message of that format with these articles."""
    renderer, listed = formats.renderer(name), formats.listed(name)
    fragments = [renderer.fragment(article, publisher, Content.FULL) for article in articles]
    envelope = Envelope(
        feed=FEED,
        publisher=publisher,
        self_url="https://harbour.example/feeds/town.xml",
        updated=max(article.updated for article in articles),
        digest="0123456789abcdef",
        listed=tuple(map(listed, fragments)) if listed else (),
    )
    head, tail = renderer.frame(envelope)
    return b"".join((head, *fragments, tail))


def drafts(data: bytes) -> list[Draft]:
    """All drafts of the document; nothing in it is rejected."""
    found = list(read.read(BytesIO(data), "town.xml", Reading(now=NOW)))
    assert [one for one in found if not isinstance(one, Draft)] == []
    return [one for one in found if isinstance(one, Draft)]


def said(article: Article) -> dict[str, Any]:
    """What the article says, by the names of `KEEPS`, whatever white space parts its words."""
    article = plain(article)
    media = {
        (one.type, one.title, one.caption, one.credit if one.credit != one.source else None, one.source, one.duration,
         tuple({(file.href, file.width, file.height, file.bytes): None for file in one.renditions}))
        for one in article.media
    }  # fmt: skip
    values = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    return {**values, "updated": article.updated.replace(microsecond=0), "text": words(article), "media": media}


def words(article: Article) -> list[str]:
    """The words of the text block by block; taglines stand last, as they do in print."""
    blocks = sorted(article.body, key=lambda block: isinstance(block, Tagline))
    return [text for block in blocks if (text := " ".join(repair(text_of_block(block))[0].split()))]


def plain(value: Any) -> Any:
    """The record with all texts in composed form on one line, lists without doubles, and None for what is empty."""
    if isinstance(value, str) and type(value) is str:
        return _SPACE.sub(" ", repair(value)[0]).strip() or None
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(one for one in map(plain, value) if one is not None))
    if isinstance(value, Dateline) or hasattr(value, "__dataclass_fields__"):
        changed = {name: plain(getattr(value, name)) for name in value.__dataclass_fields__ if name not in _AS_IT_IS}
        return replace(value, **changed)
    return value


_AS_IT_IS = frozenset({"body", "html", "url", "href"})
