"""The text of an article as plain text: every word of it, blocks parted by an empty line."""

from collections.abc import Callable, Iterator
from typing import Any

from syndicate.markup import xml
from syndicate.markup.body_blocks import written
from syndicate.markup.body_html import clock
from syndicate.markup.inline import plain
from syndicate.markup.media_choice import credit_of
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
from syndicate.model.media import Media, MediaRole


def body_text(article: Article) -> str:
    """The whole text, in the same order as `body_html`; empty when there is none."""
    pieces = ["\n".join(f"• {one}" for one in article.highlights)]
    placed = {block.media for block in article.body if isinstance(block, MediaBlock)}
    pieces += [media_text(media) for media in article.media if media.role is MediaRole.LEAD and media.id not in placed]
    pieces += _blocks(article)
    pieces.append(article.correction or "")
    return "\n\n".join(filter(None, pieces))


def media_text(media: Media) -> str:
    """Title, caption, duration and credit of the media, those that it has, on one line."""
    caption = media.caption or ""
    title = media.title if media.title and media.title not in caption else ""
    duration = "" if media.duration is None else clock(media.duration)
    credit = credit_of(media)
    return " ".join(filter(None, (title, caption, duration, credit and f"({credit})")))


def _blocks(article: Article) -> Iterator[str]:
    dateline = article.dateline.text if article.dateline else ""
    return written(article, dateline, _paragraph, media_text, _WRITERS)


def _paragraph(dateline: str, html: str) -> str:
    return f"{dateline} {plain(html)}".strip() if html else dateline


def _list(block: ListBlock) -> str:
    marks = (f"{number}." if block.ordered else "•" for number in range(1, len(block.items) + 1))
    return "\n".join(f"{mark} {plain(item)}" for mark, item in zip(marks, block.items, strict=True))


def _quote(block: Quote) -> str:
    return "\n".join(filter(None, (plain(block.html), block.cite and f"— {block.cite}")))


def _related(block: Related) -> str:
    return f"{block.title} <{block.url}>" if block.url else block.title


def _embed(block: Embed) -> str:
    return " ".join(filter(None, (plain(block.html), f"<{block.url}>")))


def _table(block: Table) -> str:
    """One line a row, cells parted by tabs; the caption first."""
    root = xml.parse(block.html.encode("utf-8"))
    rows = (row for row in root.iter("caption", "tr"))
    return "\n".join(
        "\t".join(" ".join(str(cell.xpath("string()")).split()) for cell in ([row] if row.tag == "caption" else row))
        for row in rows
    )


_WRITERS: dict[type[Block], Callable[[Any], str]] = {
    Heading: lambda block: plain(block.html),
    ListBlock: _list,
    Quote: _quote,
    Table: _table,
    Related: _related,
    Embed: _embed,
    Tagline: lambda block: plain(block.html),
}
