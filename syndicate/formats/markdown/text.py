"""Markdown to blocks: CommonMark with tables, HTML in it cleaned like any other. Only this file imports the parser."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt

from syndicate.markup.html import MAX_BYTES, HtmlError, blocks_of
from syndicate.markup.html_inline import text_of
from syndicate.model.body import Block
from syndicate.model.media import Media

_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# For each of them the parser may look at all that follows.
_MOST_BRACKETS = 20_000
# A picture alone in its paragraph; its title is its caption.
_PICTURE = re.compile(r'<p><img src="([^"]*)" alt="([^"]*)" title="([^"]*)" /></p>')
_HEADING = re.compile(r"\s*<h1>(.*?)</h1>\n?", re.DOTALL)
# What a site generator would put something else for: `{{< figure >}}` (Hugo), `{% include %}` (Jekyll).
_INSERTS = re.compile(
    r"\{\{[<%]\s{0,9}/?\s{0,9}(?P<a>[\w.-]{1,60})[^\n]{0,600}?[%>]\}\}|\{%-?\s{0,9}(?P<b>[\w-]{1,60})[^\n]{0,600}?%\}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What the Markdown holds; `heading` is the first-level heading that it opens with, taken out of the blocks."""

    heading: str | None
    blocks: tuple[Block, ...]
    media: tuple[Media, ...]
    repairs: tuple[str, ...]
    lost: tuple[str, ...]


def text_of_markdown(markdown: str, base: str | None, lead: Sequence[Media]) -> Text:
    """The text in blocks; HtmlError when it is beyond the bounds."""
    if len(markdown) > MAX_BYTES:
        raise HtmlError(f"the text is larger than {MAX_BYTES // 1024} KiB")
    if markdown.count("[") > _MOST_BRACKETS:
        raise HtmlError(f"the text has more than {_MOST_BRACKETS} opening brackets: no story does")
    inserts = [f"{found['a'] or found['b']} insert" for found in _INSERTS.finditer(markdown)]
    html: str = _PARSER.render(_INSERTS.sub("", markdown) if inserts else markdown)
    html = _PICTURE.sub(r'<figure><img src="\1" alt="\2" /><figcaption>\3</figcaption></figure>', html)
    found = _HEADING.match(html)
    body = blocks_of(html[found.end() :] if found else html, base, lead)
    heading = text_of(re.sub(r"<[^>]*>", "", found[1])).strip() if found else None
    return Text(
        heading=heading or None,
        blocks=body.blocks,
        media=body.media,
        repairs=body.repairs,
        lost=tuple(dict.fromkeys(inserts)),
    )
