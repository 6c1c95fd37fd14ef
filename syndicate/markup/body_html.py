"""The text of an article as HTML that is well-formed XML too: body blocks, and what stands around them.

Every piece is escaped once, where it is written. Block markup is the safe subset already and goes in as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from syndicate.markup.body_blocks import written
from syndicate.markup.escape import attribute, escape
from syndicate.markup.media_choice import File, credit_of, files, posters
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
from syndicate.model.media import Media, MediaRole, Rendition


def body_html(article: Article) -> str:
    """The whole text as HTML, one block a line; empty when there is none.

    Highlights, lead media that have no place in the text, the blocks with the dateline before the first paragraph,
    and the correction note.
    """
    pieces = [_highlights(article)] if article.highlights else []
    placed = {block.media for block in article.body if type(block) is MediaBlock}
    pieces += [figure(media) for media in article.media if media.role is MediaRole.LEAD and media.id not in placed]
    pieces += _blocks(article)
    if article.correction:
        pieces.append(f'<p class="correction">{escape(article.correction)}</p>')
    return "\n".join(filter(None, pieces))


def figure(media: Media) -> str:
    """The media as a `figure`: its best rendition where it has an address, and its texts. Empty without either."""
    found = files(media)
    shown = _shown(media, found) if found else ""
    texts = " ".join(_texts(media))
    caption = f"<figcaption>{texts}</figcaption>" if texts else ""
    return f"<figure>{shown}{caption}</figure>" if shown or caption else ""


def clock(seconds: int) -> str:
    """`1:35` or `1:02:07`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size(rendition: Rendition) -> str:
    """The attributes `width` and `height`, as far as they are known."""
    return _size(rendition.width, rendition.height)


# Pictures are made in a few sizes.
@lru_cache(maxsize=1024)
def _size(width: int | None, height: int | None) -> str:
    wide = f' width="{width}"' if width else ""
    return f'{wide} height="{height}"' if height else wide


def _highlights(article: Article) -> str:
    return f'<ul class="highlights">{"".join([f"<li>{escape(one)}</li>" for one in article.highlights])}</ul>'


def _blocks(article: Article) -> Iterator[str]:
    dateline = f'<span class="dateline">{escape(article.dateline.text)}</span>' if article.dateline else ""
    return written(article, dateline, _paragraph, figure, _WRITERS)


def _paragraph(dateline: str, html: str) -> str:
    return f"<p>{dateline} {html}</p>" if dateline and html else f"<p>{dateline}{html}</p>"


def _list(block: ListBlock) -> str:
    name = "ol" if block.ordered else "ul"
    return f"<{name}>{''.join([f'<li>{item}</li>' for item in block.items])}</{name}>"


def _quote(block: Quote) -> str:
    cite = f'<p class="cite"><cite>{escape(block.cite)}</cite></p>' if block.cite else ""
    return f"<blockquote><p>{block.html}</p>{cite}</blockquote>"


def _related(block: Related) -> str:
    return f'<p class="related">{_link(block.url, block.title) if block.url else escape(block.title)}</p>'


def _embed(block: Embed) -> str:
    """The stand-in, and the address unless the stand-in links to it."""
    link = "" if f'href="{attribute(block.url)}"' in block.html else _link(block.url, block.url)
    return f'<p class="embed">{" ".join(filter(None, (block.html, link)))}</p>'


_WRITERS: dict[type[Block], Callable[[Any], str]] = {
    Heading: lambda block: f"<h{block.level}>{block.html}</h{block.level}>",
    ListBlock: _list,
    Quote: _quote,
    Table: lambda block: block.html,
    Related: _related,
    Embed: _embed,
    Tagline: lambda block: f'<p class="tagline">{block.html}</p>',
}


def _shown(media: Media, found: Sequence[File]) -> str:
    rendition, _, kind = found[0]
    if kind in {"video", "audio"}:
        return _player(kind, media, found)
    if kind == "image":
        alt = media.title or media.caption or ""
        return f'<img src="{attribute(rendition.href)}" alt="{attribute(alt)}"{size(rendition)}/>'
    return _link(rendition.href, media.title or media.caption or rendition.href)


def _player(kind: str, media: Media, found: Sequence[File]) -> str:
    """`video` or `audio` with a link inside for readers that cannot play it."""
    first = found[0][0]
    poster = next((f' poster="{attribute(one.href)}"' for one in posters(media)), "") if kind == "video" else ""
    wide = size(first) if kind == "video" else ""
    sources = "".join(map(_source, found))
    fallback = _link(first.href, media.title or media.caption or first.href)
    return f'<{kind} controls="controls"{poster}{wide}>{sources}{fallback}</{kind}>'


def _source(file: File) -> str:
    rendition, stated, _ = file
    kind = f' type="{attribute(stated)}"' if stated else ""
    return f'<source src="{attribute(rendition.href)}"{kind}/>'


def _texts(media: Media) -> Iterator[str]:
    caption = media.caption or ""
    if media.title and media.title not in caption:
        yield f"<strong>{escape(media.title)}</strong>"
    if caption:
        yield escape(caption)
    if media.duration is not None:
        yield f'<span class="duration">{clock(media.duration)}</span>'
    if credit := credit_of(media):
        yield f'<span class="credit">{escape(credit)}</span>'


def _link(url: str, text: str) -> str:
    return f'<a href="{attribute(url)}">{escape(text)}</a>'
