"""An article as a text that people read: who sends it, what it is, the text, whose it is. Lines are as long as needed.

What stands around the text is the same in every language: names, times of UTC, addresses.
"""

from collections.abc import Iterator
from datetime import datetime

from syndicate.formats.base import Envelope
from syndicate.markup.body_text import body_text
from syndicate.markup.dates import rfc3339
from syndicate.markup.summary import summary
from syndicate.markup.text import one_line, repair
from syndicate.model.article import Article, Status
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "1"

_STATUSES = {Status.WITHHELD: "WITHHELD", Status.CANCELED: "CANCELED"}
_DELETE = "\x7f"


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article in lines that end with a line feed, its parts with an empty line between them."""
    parts = ("\n".join(_head(article)), "\n".join(_origin(article)), _text(article, content), "\n".join(_end(article)))
    return _sound("\n\n".join(filter(None, parts)))


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """Who sends the text, on a line before it."""
    return _sound(one_line(envelope.publisher.name)), b""


def _head(article: Article) -> Iterator[str]:
    """What became of it, its short name, its headline."""
    if article.status in _STATUSES:
        yield _STATUSES[article.status]
    if slugline := one_line(article.slugline or ""):
        yield slugline
    yield one_line(article.headline) or article.guid


def _origin(article: Article) -> Iterator[str]:
    """Who wrote it, and when."""
    if names := [name for one in article.authors if (name := one_line(one.name))]:
        yield ", ".join(names)
    changed = f" · v{article.version} {_time(article.changed)}" if article.changed > article.published else ""
    yield f"{_time(article.published)}{changed}"


def _text(article: Article, content: Content) -> str:
    if content is Content.FULL:
        return body_text(article).strip()
    told = summary(article) if content is Content.SUMMARY else None
    return "\n\n".join(filter(None, (told, article.correction)))


def _end(article: Article) -> Iterator[str]:
    """Whose it is, where it can be read, its permanent name."""
    notices = (article.rights.notice, article.rights.usage, article.url, article.guid)
    return filter(None, (one_line(notice or "") for notice in notices))


def _time(moment: datetime) -> str:
    return f"{rfc3339(moment)[:16].replace('T', ' ')} UTC"


def _sound(text: str) -> bytes:
    """The text in UTF-8 without control characters, its last line ended."""
    return f"{repair(text)[0].replace(_DELETE, '')}\n".encode()
