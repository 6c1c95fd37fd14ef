"""A short text for an article: what stands under a headline."""

import re

from syndicate.markup.inline import plain
from syndicate.markup.text import one_line
from syndicate.model.article import Article
from syndicate.model.body import Paragraph

_LONGEST = 300
_LAST_WORD = re.compile(r"\s+\S*\Z")
_LOOSE_ENDS = " ,;:–—-([{“‘„«"
_BETWEEN = " · "


def summary(article: Article) -> str | None:
    """The abstract, else the highlights, else the beginning of the first paragraph; None when there is no text.

    Plain text on one line, and never the headline over again. A paragraph is cut after a word, at most 300 characters
    in, and then ends with `…`.
    """
    return (
        one_line(article.abstract or "")
        or _BETWEEN.join(_highlights(article))
        or cut(_first_paragraph(article))
        or None
    )


def cut(text: str, longest: int = _LONGEST) -> str:
    """The text if it is short enough, else as many whole words as fit with `…` after them."""
    if len(text) <= longest:
        return text
    head = text[:longest]
    if not (head[-1].isspace() or text[longest].isspace()):
        head = _LAST_WORD.sub("", head)
    return f"{head.rstrip(_LOOSE_ENDS) or head}…"


def _highlights(article: Article) -> list[str]:
    """A page without a headline lends it its first highlight, which must not stand under itself."""
    headline = one_line(article.headline)
    return [line for line in map(one_line, article.highlights) if line and line != headline]


def _first_paragraph(article: Article) -> str:
    texts = (one_line(plain(block.html)) for block in article.body if isinstance(block, Paragraph))
    return next(filter(None, texts), "")
