"""The text of an article and its media as parts of the page, one a line. Nothing in them is loaded from anywhere."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from syndicate.markup.body_blocks import written
from syndicate.markup.body_html import clock
from syndicate.markup.escape import escape, sound, xml_attribute
from syndicate.markup.inline import tokens
from syndicate.markup.media_choice import File, credit_of, files
from syndicate.markup.text import one_line
from syndicate.model.article import Article
from syndicate.model.body import (
    Block,
    Embed,
    Heading,
    ListBlock,
    MediaBlock,
    Quote,
    Related,
    Table,
    Tagline,
)
from syndicate.model.media import Media, MediaRole, MediaType

_KINDS = {
    MediaType.PICTURE: "Picture",
    MediaType.VIDEO: "Video",
    MediaType.AUDIO: "Audio",
    MediaType.GRAPHIC: "Graphic",
    MediaType.DOCUMENT: "Document",
}
# The page's title is h1, an article's headline h2: headings in its text, which count from 2, stand below that.
_DEEPER = 1
_DEEPEST = 6
# To HTML `<td/>` is a start tag, whose element goes on.
_EMPTY = re.compile("<(?!br[ />])([a-z][a-z0-9]*)([^<>]*)/>")


def whole_text(article: Article) -> Iterator[str]:
    """Highlights, lead media that have no place in the text, and the text itself."""
    # A page without a headline lends it its first highlight, which need not stand below itself.
    highlights = [one for one in article.highlights if one_line(one) != one_line(article.headline)]
    if highlights:
        yield f'<ul class="highlights">{"".join(f"<li>{text(one)}</li>" for one in highlights)}</ul>'
    placed = {block.media for block in article.body if isinstance(block, MediaBlock)}
    for media in article.media:
        if media.role is MediaRole.LEAD and media.id not in placed:
            yield figure(media)
    yield from _blocks(article)


def figure(media: Media) -> str:
    """What is known of the media and a link to its best file, which is not loaded; empty when nothing is known."""
    best = next(iter(files(media)), None)
    title = media.title or ""
    shown = [f'<p class="kind">{said(_facts(media, best))}</p>'] if best or title or media.caption else []
    if best:
        address = xml_attribute(best[0].href)
        label = text(title) or said(f"Open the {_KINDS[media.type].lower()}")
        shown.append(f'<p class="file"><a href="{address}">{label}</a></p>')
    elif title:
        shown.append(f'<p class="file">{text(title)}</p>')
    caption = " ".join(_caption(media))
    if caption and shown:
        shown.append(f"<figcaption>{caption}</figcaption>")
    return f"<figure>{''.join(shown)}</figure>" if shown else ""


def text(value: str) -> str:
    """A plain text of an article as character data."""
    return escape(sound(value)).replace("\r", "&#13;")


def said(words: str) -> str:
    """Words of the page's own, in English whatever language stands around them."""
    return f'<span lang="en" dir="ltr">{escape(words)}</span>'


def _facts(media: Media, best: File | None) -> str:
    """`Video · 1:35 · 1280 × 720 · video/mp4`, as far as that is known."""
    facts = [_KINDS[media.type]]
    if media.duration is not None:
        facts.append(clock(media.duration))
    if best is not None:
        rendition, stated, _ = best
        if rendition.width and rendition.height:
            facts.append(f"{rendition.width} × {rendition.height}")
        facts += [sound(stated)] if stated else []
    return " · ".join(facts)


def _caption(media: Media) -> Iterator[str]:
    if media.caption:
        yield text(media.caption)
    if credit := credit_of(media):
        yield f'<span class="credit">{text(credit)}</span>'


def _blocks(article: Article) -> Iterator[str]:
    dateline = f'<span class="dateline">{text(article.dateline.text)}</span>' if article.dateline else ""
    return written(article, dateline, _paragraph, figure, _WRITERS)


def _paragraph(dateline: str, html: str) -> str:
    return f"<p>{dateline} {_inline(html)}</p>" if dateline and html else f"<p>{dateline}{_inline(html)}</p>"


def _inline(html: str) -> str:
    return "".join(tokens(html))


def _heading(block: Heading) -> str:
    level = min(block.level + _DEEPER, _DEEPEST)
    return f"<h{level}>{_inline(block.html)}</h{level}>"


def _list(block: ListBlock) -> str:
    name = "ol" if block.ordered else "ul"
    return f"<{name}>{''.join(f'<li>{_inline(item)}</li>' for item in block.items)}</{name}>"


def _quote(block: Quote) -> str:
    cite = f'<p class="cite"><cite>{text(block.cite)}</cite></p>' if block.cite else ""
    return f"<blockquote><p>{_inline(block.html)}</p>{cite}</blockquote>"


def _table(block: Table) -> str:
    """A table that is too wide moves sideways in a box of its own, by keys too (WCAG 2.2, 1.4.10 and 2.1.1)."""
    markup = _EMPTY.sub(r"<\1\2></\1>", block.html)
    return f'<div class="table" role="group" aria-label="Table" tabindex="0">{markup}</div>'


def _related(block: Related) -> str:
    title = text(block.title)
    return f'<p class="related">{_link(block.url, title) if block.url else title}</p>'


def _embed(block: Embed) -> str:
    """The stand-in, and the address unless the stand-in links to it."""
    inner = _inline(block.html)
    link = "" if f'href="{xml_attribute(block.url)}"' in inner else _link(block.url, text(block.url))
    return f'<p class="embed">{" ".join(filter(None, (inner, link)))}</p>'


def _link(url: str, words: str) -> str:
    return f'<a href="{xml_attribute(url)}">{words}</a>'


_WRITERS: dict[type[Block], Callable[[Any], str]] = {
    Heading: _heading,
    ListBlock: _list,
    Quote: _quote,
    Table: _table,
    Related: _related,
    Embed: _embed,
    Tagline: lambda block: f'<p class="tagline">{_inline(block.html)}</p>',
}
