"""What the readers of feeds give for what our own writers wrote, and for documents made up on the spot."""

from dataclasses import replace
from io import BytesIO
from typing import Any

from syndicate.formats import base as formats
from syndicate.markup.inline import plain
from syndicate.markup.summary import summary
from syndicate.markup.text import one_line
from syndicate.model.article import Article
from syndicate.model.body import Embed, ListBlock, MediaBlock, Quote, Related
from syndicate.model.content import Content
from syndicate.model.draft import Draft, Rejected
from tests.formats.back import READING
from tests.formats.story import PUBLISHER, envelope


def written(name: str, *articles: Article, content: Content = Content.FULL) -> bytes:
    """The document of these articles, as the machinery puts it together."""
    renderer, listed = formats.renderer(name), formats.listed(name)
    fragments = [renderer.fragment(article, PUBLISHER, content) for article in articles]
    around = envelope(formats.written_facts(name).FILE_NAME)
    if listed is not None:
        around = replace(around, listed=tuple(map(listed, fragments)))
    head, tail = renderer.frame(around)
    return head + formats.separator(name).join(fragments) + tail


def results(name: str, data: bytes | str, file: str = "feed") -> list[Draft | Rejected]:
    """What the reader makes of the document; no other reader takes it."""
    data = data.encode() if isinstance(data, str) else data
    assert formats.detect_reader(data[: 64 * 1024], file) == name
    return list(formats.reader(name).read(BytesIO(data), file, READING))


def drafts(name: str, data: bytes | str) -> list[Draft]:
    """The same where nothing may be refused."""
    found = results(name, data)
    assert [one for one in found if isinstance(one, Rejected)] == []
    return [one for one in found if isinstance(one, Draft)]


def draft(name: str, data: bytes | str) -> Draft:
    """The only draft of the document."""
    (found,) = drafts(name, data)
    return found


def kept(article: Article, field: str) -> Any:
    """What a field says, without regard to white space: lines are single in feeds."""
    if field == "text":
        return [said for block in article.body if (said := _said(block))]
    if field == "subjects":
        return [_lined(one) for one in dict.fromkeys(article.subjects)]
    return _lined(getattr(article, field))


def is_sure_of_its_abstract(article: Article) -> bool:
    """Whether the abstract is neither what others would make of the article nor left to them."""
    if article.abstract is None:
        return False
    others = (summary(replace(article, abstract=None)), one_line(article.correction or ""))
    return one_line(article.abstract) not in others


def _said(block: Any) -> tuple[str, ...]:
    if isinstance(block, MediaBlock):
        return ()
    if isinstance(block, ListBlock):
        return tuple(one_line(plain(item)) for item in block.items)
    if isinstance(block, Related):
        return one_line(block.title), block.url or ""
    if isinstance(block, Embed):
        return one_line(plain(block.html)), block.url
    return one_line(plain(block.html)), (one_line(block.cite or "") if isinstance(block, Quote) else "")


def _lined(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, tuple):
        return [_lined(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return [_lined(getattr(value, name)) for name in value.__dataclass_fields__]
    return value
