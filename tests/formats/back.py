"""What was written, read back, in a form in which both sides and all formats can be compared."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from syndicate.formats import base as formats
from syndicate.markup.article_json import dumps
from syndicate.markup.html_inline import text_of
from syndicate.markup.text import repair
from syndicate.model.article import Article
from syndicate.model.body import Embed, ListBlock, MediaBlock, Quote, Related, Table, Tagline
from syndicate.model.content import Content
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.lifecycle import as_sent
from tests.formats.story import NOW, envelope
from tests.formats.story import PUBLISHER as NAMED

# One whose rights are not put in where an article states none.
PUBLISHER = replace(NAMED, rights=None)
READING = Reading(now=NOW, language="en-GB")
_BESIDE = re.compile(r" — | <https?://[^<>]*>|\A\d+\. ")
_LONE = re.compile(r"\A<(https?://[^<>]*)>\Z")
_SPACE = re.compile(r"\s+")


def fragments(name: str, articles: Sequence[Article], content: Content = Content.FULL) -> list[bytes]:
    """The articles in that format as the machinery renders them; those that have no place in it are left out."""
    renderer, omits, made = formats.renderer(name), formats.omits(name), []
    for article in map(as_sent, articles):
        if omits is None or not omits(article):
            data = renderer.fragment(article, PUBLISHER, content)
            made.append(data if data.endswith(b"\n") or not data else data + b"\n")
    return [one for one in made if one]


def documents(name: str, articles: Sequence[Article]) -> list[bytes]:
    """The documents of these articles: one with all, or one for each where a document holds one; none of none."""
    pieces = fragments(name, articles)
    if formats.each(name) is not None:
        return [document(name, [one]) for one in pieces]
    return [document(name, pieces)] if pieces else []


def document(name: str, pieces: Sequence[bytes]) -> bytes:
    """The fragments in their frame."""
    say = formats.listed(name)
    around = envelope(formats.written_facts(name).FILE_NAME)
    around = replace(around, listed=() if say is None else tuple(map(say, pieces)))
    head, tail = formats.renderer(name).frame(around)
    return (head if head.endswith(b"\n") else head + b"\n") + formats.separator(name).join(pieces) + tail


def read(name: str, data: bytes) -> list[Draft]:
    """All drafts of the document; nothing in it is rejected, and no other reader would take it."""
    file = f"x{formats.each(name) or Path(formats.written_facts(name).FILE_NAME).suffix}"
    taken = formats.detect_reader(data[: 64 * 1024], file)
    assert taken == formats.format_of(name), f"{taken} takes {name}"
    found = list(formats.reader(name).read(BytesIO(data), file, READING))
    assert [one for one in found if isinstance(one, Rejected)] == []
    return [one for one in found if isinstance(one, Draft)]


def imported(article: Article) -> Article:
    """The article as it is once it was imported: sound texts, clean markup."""
    (found,) = formats.reader("article-json").read(BytesIO(dumps(article)), "x.json", READING)
    assert isinstance(found, Draft), found
    # Taglines stand last, as they do in print.
    body = tuple(sorted(found.article.body, key=lambda block: isinstance(block, Tagline)))
    return replace(found.article, body=body, derived=())


def said(article: Article, field: str) -> Any:
    """What a field says, whatever white space parts its words and however often it says it."""
    if field in ("text", "body"):
        return words(article)
    if field == "media":
        found = {
            (one.type.value, _plain(one.title), _plain(one.caption), one.duration, tuple(_hrefs(one.renditions)))
            for one in article.media
            # One that says nothing of itself has nothing to be known by.
            if one.title or one.caption or one.renditions
        }
        return sorted(found, key=repr)
    if field == "updated":
        return article.changed.replace(microsecond=0)
    return _plain(getattr(article, field))


def words(article: Article) -> list[str]:
    """The words of the text block by block, without what plain text puts in: numbers, addresses, dashes."""
    lines = (_LONE.sub(r"\1", " ".join(repair(text_of_block(block))[0].split())) for block in article.body)
    texts = (_BESIDE.sub(" ", line).strip() for line in lines)
    return [text for text in texts if text]


def _hrefs(renditions: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(one.href for one in renditions))


def text_of_block(block: Any) -> str:
    """What the block says, as one text."""
    if isinstance(block, MediaBlock):
        return ""
    if isinstance(block, ListBlock):
        return " ".join(map(text_of, block.items))
    if isinstance(block, Quote):
        return f"{text_of(block.html)} {block.cite or ''}"
    if isinstance(block, Related):
        return block.title
    if isinstance(block, Embed):
        return text_of(block.html) or block.url
    if isinstance(block, Table):
        return text_of(re.sub("</t[dh]>", " ", block.html))
    return text_of(block.html)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _SPACE.sub(" ", repair(unicodedata.normalize("NFC", str(value)))[0]).strip() or None
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(one for one in map(_plain, value) if one is not None))
    if hasattr(value, "__dataclass_fields__"):
        return tuple(_plain(getattr(value, name)) for name in value.__dataclass_fields__)
    return value
