"""What every dialect of a text has in common: one block after the other, the dateline before the first paragraph."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from syndicate.model.article import Article
from syndicate.model.body import Block, MediaBlock, Paragraph
from syndicate.model.media import Media


def written(
    article: Article,
    dateline: str,
    paragraph: Callable[[str, str], str],
    figure: Callable[[Media], str],
    writers: Mapping[type[Block], Callable[[Any], str]],
) -> Iterator[str]:
    """Each block of the body as the dialect has it; empty for media that the article does not have.

    `paragraph` gets the dateline in the dialect, empty in all but one, and the block's HTML, which is empty where the
    dateline stands alone: in a text without paragraphs.
    """
    if dateline and not any(type(block) is Paragraph for block in article.body):
        yield paragraph(dateline, "")
        dateline = ""
    for block in article.body:
        if type(block) is Paragraph:
            yield paragraph(dateline, block.html)
            dateline = ""
        elif type(block) is MediaBlock:
            media = article.media_of(block.media)
            yield figure(media) if media else ""
        else:
            yield writers[type(block)](block)
