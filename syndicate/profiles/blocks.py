"""The blocks of a text as a partner takes them: what he does not take becomes paragraphs, or goes; each with a note."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from syndicate.markup.escape import attribute, escape
from syndicate.model.body import (
    Block,
    Embed,
    Heading,
    ListBlock,
    MediaBlock,
    Paragraph,
    Quote,
    Related,
    Table,
    Tagline,
)
from syndicate.model.media import Media, MediaType
from syndicate.profiles.inline import Shaper

_ROW = re.compile(r"<tr(?: [^<>]*)?>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[dh])(?: [^<>]*)?>(.*?)</\1>", re.DOTALL)
_SHOWN_AS = {MediaType.VIDEO: "video", MediaType.AUDIO: "audio", MediaType.DOCUMENT: "a"}


def blocks(shaper: Shaper, body: tuple[Block, ...], shown: frozenset[str]) -> tuple[Block, ...]:
    """The blocks that may stand in the text; `shown` are the media that may stand in it."""
    return tuple(made for block in body for made in _MAKERS[type(block)](shaper, block, shown))


def is_shown(shaper: Shaper, media: Media) -> bool:
    """Whether the media, with its texts, may stand in the text."""
    name = _SHOWN_AS.get(media.type, "img")
    elements = {"figure", name} if media.renditions else {"figure"}
    if media.renditions and name in ("video", "audio"):
        elements |= {"source", "a"}
    if media.title or media.caption:
        elements |= {"figcaption", "strong"} if media.title else {"figcaption"}
    if media.duration is not None or media.credit or media.source:
        elements |= {"figcaption", "span"}
    return shaper.takes(*elements)


def _paragraph(shaper: Shaper, block: Paragraph, _: frozenset[str]) -> Iterator[Block]:
    yield Paragraph(html=shaper.inline(block.html))


def _heading(shaper: Shaper, block: Heading, _: frozenset[str]) -> Iterator[Block]:
    html = shaper.inline(block.html)
    level = next((one for one in _near(block.level) if shaper.takes(f"h{one}")), None)
    if level is None:
        shaper.notes.add("a sub-heading made a paragraph")
        yield Paragraph(html=f"<strong>{html}</strong>" if shaper.takes("strong") else html)
        return
    if level != block.level:
        shaper.notes.add(f"a sub-heading of level {block.level} made one of level {level}")
    yield Heading(html=html, level=level)


def _near(level: int) -> list[int]:
    """The levels of sub-headings, the nearest first."""
    return sorted(range(2, 7), key=lambda one: (abs(one - level), one))


def _media(shaper: Shaper, block: MediaBlock, shown: frozenset[str]) -> Iterator[Block]:
    if block.media in shown:
        yield block


def _list(shaper: Shaper, block: ListBlock, _: frozenset[str]) -> Iterator[Block]:
    items = tuple(map(shaper.inline, block.items))
    if shaper.takes("ol" if block.ordered else "ul", "li"):
        yield replace(block, items=items)
        return
    shaper.notes.add("a list made paragraphs")
    for number, item in enumerate(items, 1):
        yield Paragraph(html=f"{number}. {item}" if block.ordered else f"• {item}")


def _quote(shaper: Shaper, block: Quote, _: frozenset[str]) -> Iterator[Block]:
    html = shaper.inline(block.html)
    if not shaper.takes("blockquote"):
        shaper.notes.add("a quotation made a paragraph")
        yield Paragraph(html=f"{html} — {escape(block.cite)}" if block.cite else html)
    elif block.cite and not shaper.takes("cite"):
        yield Quote(html=html)
        yield Paragraph(html=f"— {escape(block.cite)}")
    else:
        yield Quote(html=html, cite=block.cite)


def _table(shaper: Shaper, block: Table, _: frozenset[str]) -> Iterator[Block]:
    parts = {
        name for name in ("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th") if f"<{name}" in block.html
    }
    if shaper.takes(*parts):
        yield Table(html=shaper.table(block.html))
        return
    shaper.notes.add("a table made paragraphs")
    for row in _ROW.findall(block.html):
        cells = [shaper.inline(cell) for _, cell in _CELL.findall(row)]
        if any(cells):
            yield Paragraph(html=" · ".join(filter(None, cells)))


def _related(shaper: Shaper, block: Related, _: frozenset[str]) -> Iterator[Block]:
    if shaper.profile.markup.related == "drop":
        shaper.notes.add(f"the line to another story left out: {block.title}")
        return
    yield Related(title=block.title, url=None if block.url is None else shaper.link(block.url))


def _embed(shaper: Shaper, block: Embed, _: frozenset[str]) -> Iterator[Block]:
    wanted = shaper.profile.markup.embeds
    if wanted == "drop":
        shaper.notes.add(f"an embed left out: {block.url}")
        return
    html = shaper.inline(block.html)
    if wanted == "keep" and (full := shaper.full(block.url, "an embed")):
        yield Embed(url=full, html=html)
        return
    url = shaper.link(block.url) if wanted == "link" else None
    if url is None:
        shaper.notes.add(f"an embed left out, its text kept: {block.url}")
        yield Paragraph(html=html)
    else:
        shaper.notes.add(f"an embed made a link: {block.url}")
        link = "" if f'href="{attribute(url)}"' in html else f'<a href="{attribute(url)}">{escape(block.url)}</a>'
        yield Paragraph(html=" ".join(filter(None, (html, link))))


def _tagline(shaper: Shaper, block: Tagline, _: frozenset[str]) -> Iterator[Block]:
    yield Tagline(html=shaper.inline(block.html))


_MAKERS: dict[type[Block], Callable[[Shaper, Any, frozenset[str]], Iterator[Block]]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    MediaBlock: _media,
    ListBlock: _list,
    Quote: _quote,
    Table: _table,
    Related: _related,
    Embed: _embed,
    Tagline: _tagline,
}
