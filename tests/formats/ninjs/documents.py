"""Articles on their way out and back in, in all versions."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from syndicate.formats import base as formats
from syndicate.formats.article_json import read as article_json
from syndicate.formats.ninjs import read as ninjs
from syndicate.markup.article_json import dumps
from syndicate.markup.body_text import body_text
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.lifecycle import as_sent
from tests.conftest import NOW
from tests.formats.story import PUBLISHER, envelope

VERSIONS = {"ninjs": "3.1", "ninjs-2.2": "2.2", "ninjs-1.6": "1.6"}
READING = Reading(now=NOW, language="en")
# What only some articles have, so that it may be missing from both: media apart from what only we say of them.
_MEDIA = ("type", "title", "caption", "credit", "source", "duration", "renditions")


def document(name: str, *articles: Article, content: Content = Content.FULL) -> bytes:
    """A feed of the articles."""
    renderer = formats.renderer(name)
    head, tail = renderer.frame(envelope(formats.written_facts(name).FILE_NAME))
    separator = formats.separator(name)
    return head + separator.join(renderer.fragment(one, PUBLISHER, content) for one in articles) + tail


def alone(name: str, article: Article, content: Content = Content.FULL) -> bytes:
    """The article as a document of its own."""
    return formats.alone(name)(formats.renderer(name).fragment(article, PUBLISHER, content))


def read(data: bytes | str | dict[str, Any] | list[Any]) -> list[Draft | Rejected]:
    """What the document holds."""
    if not isinstance(data, bytes):
        data = data.encode() if isinstance(data, str) else json.dumps(data).encode()
    return list(ninjs.read(io.BytesIO(data), "a.json", READING))


def draft(data: bytes | str | dict[str, Any] | list[Any]) -> Draft:
    """The one article of the document."""
    (found,) = read(data)
    assert isinstance(found, Draft), found
    return found


def rejected(data: bytes | str | dict[str, Any] | list[Any]) -> str:
    """Why the document holds no article."""
    (found,) = read(data)
    assert isinstance(found, Rejected), found
    return found.reason


def ingested(article: Article) -> Article:
    """The article as ingest leaves it and export sends it."""
    (found,) = article_json.read(io.BytesIO(dumps(article)), "a.json", READING)
    assert isinstance(found, Draft), found
    return as_sent(found.article)


def kept(article: Article, name: str) -> dict[str, Any]:
    """What the format keeps of the article."""
    made: dict[str, Any] = {field: getattr(article, field) for field in formats.keeps(name) - {"text", "media"}}
    made["text"] = body_text(replace(article, highlights=(), correction=None, media=()))
    made["media"] = [tuple(getattr(one, field) for field in _MEDIA) for one in article.media]
    return made


def golden(name: str, content: Content) -> Path:
    """Where the document of the made-up story is kept."""
    return Path(__file__).parent / "golden" / f"{VERSIONS[name]}-{content.value}.json"


def main() -> None:
    """Write all documents of the story anew. Look through the difference before committing it."""
    from tests.formats.story import STORY

    for name in VERSIONS:
        for content in Content:
            golden(name, content).parent.mkdir(exist_ok=True)
            golden(name, content).write_bytes(document(name, STORY, content=content))


if __name__ == "__main__":
    main()
