"""A sitemap of news: the pages of articles, with the publication, the date on which each was first out, its title."""

import re

from syndicate.formats.base import Envelope
from syndicate.markup import sitemap
from syndicate.markup.dates import rfc3339
from syndicate.markup.sitemap import element
from syndicate.markup.text import one_line
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.feed import Publisher

RENDERER_VERSION = "1"

_PREFIXES = {"news": sitemap.NEWS}
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
# Chinese is told apart by its letters; the regions are those that write the traditional ones.
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def omits(article: Article) -> str | None:
    """Why the article has no place in a sitemap. What was withdrawn is taken out, which is how Google wants it."""
    return sitemap.why_omitted(article)


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article's page as one `url` on a line of its own; `publication_date` never changes."""
    name = _IN_BRACKETS.sub("", publisher.name).strip() or publisher.name
    publication = element("news:name", name) + element("news:language", _language(article.language))
    title = element("news:title", one_line(article.headline) or article.guid)
    date = element("news:publication_date", rfc3339(article.published))
    news = f"<news:news><news:publication>{publication}</news:publication>{date}{title}</news:news>"
    return sitemap.url(article, news)


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The set around the pages; it says nothing of the feed."""
    return sitemap.frame(_PREFIXES)


def _language(tag: str) -> str:
    """The language as Google names it: two or three letters, Chinese with a region."""
    first, *others = tag.lower().split("-")
    if first == "zh":
        return "zh-cn" if _TRADITIONAL.isdisjoint(others) else "zh-tw"
    return first if re.fullmatch("[a-z]{2,3}", first) else "und"
