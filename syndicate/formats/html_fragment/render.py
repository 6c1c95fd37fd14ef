"""An article as one `article` element: headline, byline and times, the text with its figures, rights.

It is well-formed XML too, every address is a full one, and nothing in it runs: others may put it into their pages.
"""

import re
from collections.abc import Iterator

from syndicate.formats.base import Envelope
from syndicate.formats.html_fragment import names as n
from syndicate.markup.body_html import body_html
from syndicate.markup.dates import in_words, rfc3339
from syndicate.markup.escape import attribute, escape
from syndicate.markup.languages import direction_of_tag
from syndicate.markup.summary import summary
from syndicate.markup.text import one_line
from syndicate.markup.xml import clean
from syndicate.model.article import Article, Status
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "1"

# To browsers `<em/>` is a start tag, whose element goes on.
_EMPTY = re.compile(r"<(?!(?:br|img|source)[ />])([a-z][a-z0-9]*)([^<>]*)/>")


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The element in lines of its own."""
    pieces = (_start(article), _header(article), _text(article, content), _footer(article), f"</{n.ARTICLE}>")
    return f"{_sound(chr(10).join(filter(None, pieces)))}\n".encode()


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """Nothing: the element is the whole file."""
    return b"", b""


def _start(article: Article) -> str:
    status = "" if article.status is Status.USABLE else f' {n.STATUS}="{article.status.value}"'
    language = f'{n.LANG}="{attribute(article.language)}" dir="{direction_of_tag(article.language)}"'
    return (
        f'<{n.ARTICLE} {n.CLASS}="{n.CLASS_NAME}" {language}'
        f' {n.GUID}="{attribute(article.guid)}" {n.VERSION}="{article.version}"{status}>'
    )


def _header(article: Article) -> str:
    names = [name for one in article.authors if (name := one_line(one.name))]
    authors = ", ".join(f'<span class="author">{escape(name)}</span>' for name in names)
    byline = f'\n<p class="byline">{authors}</p>' if authors else ""
    headline = escape(one_line(article.headline) or article.guid)
    return f'<header>\n<{n.H1}>{headline}</{n.H1}>{byline}\n<p class="dates">{" ".join(_times(article))}</p>\n</header>'


def _times(article: Article) -> Iterator[str]:
    """When it was published, and when it was last changed if that was later."""
    for kind, moment in (("published", article.published), ("updated", article.changed)):
        if kind == "published" or moment > article.published:
            yield f'<{n.TIME} class="{kind}" {n.DATETIME}="{rfc3339(moment)}" lang="en">{in_words(moment)}</{n.TIME}>'


def _text(article: Article, content: Content) -> str:
    if content is Content.FULL:
        return body_html(article)
    told = summary(article) if content is Content.SUMMARY else None
    shown = f'<p class="summary">{escape(told)}</p>' if told else ""
    correction = f'<p class="correction">{escape(article.correction)}</p>' if article.correction else ""
    return "\n".join(filter(None, (shown, correction)))


def _footer(article: Article) -> str:
    notice = f'<p class="rights">{escape(article.rights.notice)}</p>' if article.rights.notice else ""
    address = attribute(article.url or "")
    page = f'<p class="page"><a href="{address}">{escape(article.url or "")}</a></p>' if article.url else ""
    inside = "\n".join(filter(None, (notice, page)))
    return f"<footer>\n{inside}\n</footer>" if inside else ""


def _sound(html: str) -> str:
    html = clean(html.replace("\r\n", "\n").replace("\r", "\n"))
    return _EMPTY.sub(r"<\1\2></\1>", html)
