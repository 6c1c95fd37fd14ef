"""The text of an article as the HTML of a ninjs body: without what has a property of its own."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from syndicate.formats.ninjs import names as n
from syndicate.markup.body_html import body_html, figure
from syndicate.markup.escape import attribute
from syndicate.model.article import Article, Status
from syndicate.model.body import Block, MediaBlock, Paragraph

_FIGURE = "<figure>"


def body_of(article: Article) -> str:
    """The blocks with the dateline before the first paragraph; empty when there is no text.

    Highlights, lead media and the correction note stand in descriptions and associations. A figure names its
    association: `<figure data-media="m1">`.
    """
    return "\n".join(filter(None, _pieces(article)))


def _pieces(article: Article) -> Iterator[str]:
    bare = replace(article, body=(), highlights=(), correction=None, media=())
    without = replace(bare, dateline=None)
    is_opened = article.status is not Status.USABLE
    if not is_opened and not any(type(block) is Paragraph for block in article.body):
        yield body_html(bare)
        is_opened = True
    for is_media, blocks in groupby(article.body, lambda block: type(block) is MediaBlock):
        run = tuple(blocks)
        if is_media:
            yield from (_figure(article, block) for block in run)
            continue
        opens = not is_opened and any(type(block) is Paragraph for block in run)
        is_opened = is_opened or opens
        yield body_html(replace(bare if opens else without, body=run))


def _figure(article: Article, block: Block) -> str:
    media = article.media_of(block.media) if isinstance(block, MediaBlock) else None
    if media is None:
        return ""
    html = figure(media) or f"{_FIGURE}</figure>"
    return f'<figure {n.DATA_MEDIA}="{attribute(media.id)}">{html.removeprefix(_FIGURE)}'
