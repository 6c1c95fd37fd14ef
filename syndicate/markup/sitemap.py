"""Sitemaps as they are written: one `url` on a line of its own, the frame around them, and the index of sitemaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from syndicate.markup.dates import rfc3339
from syndicate.markup.escape import escape, sound
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article, Status

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
VIDEO = "http://www.google.com/schemas/sitemap-video/1.1"
LONGEST_ADDRESS = 2047
MOST_IMAGES = 1000

_CONTROLS = {ord(character): " " for character in "\t\n\r"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A sitemap in an index: its address, and when it last changed."""

    loc: str
    lastmod: datetime | None = None


def index(entries: Iterable[Listed]) -> bytes:
    """The index of these sitemaps, in their order."""
    head, tail = _frame("sitemapindex", {})
    lines = [f"<sitemap>{_page(one.loc, one.lastmod)}</sitemap>\n".encode() for one in entries]
    return b"".join((head, *lines, tail))


def frame(extensions: dict[str, str]) -> tuple[bytes, bytes]:
    """What stands before the first and after the last `url`; `extensions` are namespaces by their prefixes."""
    return _frame("urlset", extensions)


def url(article: Article, extension: str = "") -> bytes:
    """The article's page as one `url` and a line end, with the elements of an extension in it."""
    return f"<url>{_page(article.url or '', article.changed)}{extension}</url>\n".encode()


def element(name: str, text: str) -> str:
    """An element with a text on one line."""
    return f"<{name}>{escape(sound(text).translate(_CONTROLS).strip())}</{name}>"


def why_omitted(article: Article) -> str | None:
    """Why the article's page has no place in a sitemap, None when it has one."""
    if article.status is not Status.USABLE:
        return "was withdrawn"
    if not article.url:
        return "has no address"
    if len(article.url) > LONGEST_ADDRESS:
        return f"has an address of more than {LONGEST_ADDRESS} characters"
    return None


def _page(loc: str, changed: datetime | None) -> str:
    changed_at = f"<lastmod>{rfc3339(changed)}</lastmod>" if changed else ""
    return f"{element('loc', loc)}{changed_at}"


def _frame(root: str, extensions: dict[str, str]) -> tuple[bytes, bytes]:
    declared = "".join(f' xmlns:{prefix}="{namespace}"' for prefix, namespace in extensions.items())
    return DECLARATION + f'<{root} xmlns="{SITEMAP}"{declared}>\n'.encode(), f"</{root}>\n".encode()
