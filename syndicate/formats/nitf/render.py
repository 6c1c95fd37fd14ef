"""Articles to NITF 3.6, one document each: without a namespace, as most receivers want it, or in NITF's own."""

from dataclasses import replace

from syndicate.formats.base import Envelope, Renderer
from syndicate.formats.nitf import names as n
from syndicate.formats.nitf.head import head, headline, language_of
from syndicate.markup import body_nitf
from syndicate.markup.escape import escape
from syndicate.markup.nitf import attribute
from syndicate.markup.text import one_line
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article, Status
from syndicate.model.body import Paragraph
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "1"

_NOTICES = {
    Status.WITHHELD: "This story is on hold. Do not publish it, and take it back where it is published.",
    Status.CANCELED: "This story is withdrawn. Do not publish it, and take it back where it is published.",
}


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """One `nitf`, a whole document but for its declaration; `content` changes nothing: one version says one thing."""
    return _document(article, publisher, "")


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The declaration: each document holds one article."""
    return DECLARATION, b""


def variant(name: str) -> Renderer:
    """What writes the same in the namespace of NITF, the one variant there is."""
    return _InNamespace()


class _InNamespace:
    RENDERER_VERSION = RENDERER_VERSION

    def fragment(self, article: Article, publisher: Publisher, content: Content) -> bytes:
        return _document(article, publisher, attribute("xmlns", n.NAMESPACE))

    def frame(self, envelope: Envelope) -> tuple[bytes, bytes]:
        return frame(envelope)


def _document(article: Article, publisher: Publisher, namespace: str) -> bytes:
    is_usable = article.status is Status.USABLE
    body, words = body_nitf.body(article if is_usable else _emptied(article), is_alone=True)
    body = body if is_usable else body.replace("<p>", f'<p class="{n.WITHDRAWN}">', 1)
    attributes = namespace + attribute("version", n.VERSION) + attribute(n.LANGUAGE, language_of(article))
    parts = (f"<{n.NITF}{attributes}>", head(article, publisher, RENDERER_VERSION, words), body, f"</{n.NITF}>\n")
    return "\n".join(parts).encode()


def _emptied(article: Article) -> Article:
    """The article with a notice in the place of its content, since some receivers refuse an empty body."""
    notice = one_line(article.correction or "") or _NOTICES[article.status]
    return replace(
        article,
        headline=headline(article),
        abstract=None,
        highlights=(),
        authors=(),
        dateline=None,
        body=(Paragraph(html=escape(notice)),),
        media=(),
    )
