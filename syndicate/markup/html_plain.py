"""Body HTML that is clean as it stands, as most newsroom HTML is: read by one pattern, a tenth of the cost of a parse.

All or nothing: HTML with one tag, attribute or entity that the pattern does not know is left to the parser. What is
read here is what the parser's tree would give (a property test compares the two), so nothing depends on this file
but time.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from operator import itemgetter

from syndicate.markup.html_inline import settled
from syndicate.markup.html_parse import is_too_large, without_names
from syndicate.markup.text import is_sound
from syndicate.model.body import Block, Heading, ListBlock, Paragraph, Quote

_CLASS = r'(?>(?: class="[^"<>&]*+")?)'
_TEXT = "[^<]*+"
# An element that holds no word is taken out by the tree walk: its first character, or first element, must show.
_SHOWS = r"(?=[^<\s\u200b\ufeff]|<[a-z](?!r))"
_HREF = r"https?://[A-Za-z0-9.-]*[A-Za-z0-9](?::[0-9]+)?(?>(?:[/?#](?>(?:[A-Za-z0-9%!#$'()*+,./:;=?@_~-]++|&amp;)*))?)"
_EXTRAS = r'(?:(?>(?: target="[^"<>&]*+")?)(?>(?: rel="[^"<>&]*+")?)| rel="[^"<>&]*+" target="[^"<>&]*+")'
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_NUMBERED = re.compile(r"&#(?:(\d{2,5})|[xX]([0-9A-Fa-f]{2,4}));")
_APOSTROPHE, _FIRST_ABOVE_CONTROLS = 0x27, 0xA0
_VARIANTS = (
    (re.compile(r"<(/?)b>"), r"<\1strong>"),
    (re.compile(r"<(/?)i>"), r"<\1em>"),
    (re.compile(r"<br ?/?>"), "<br/>"),
    (re.compile(r'(<a href="[^"]*")[^>]*>'), r"\1>"),
)
_MARKS = "em|strong|sub|sup|code"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one picture: its attributes, and the caption as inline markup."""

    image: Mapping[str, str]
    caption: str


def parts_of(html: str, *, sound: bool = False) -> list[Block | Figure] | None:
    """The blocks of the HTML, or None when it takes a parser to read it; `sound`: its text is known to be so."""
    if is_too_large(html):
        return None
    has_others = html.count("&") != html.count("&amp;")
    if has_others:
        html = _with_characters(html)
    if not (sound and not has_others) and not is_sound(html):
        return None
    if html.count("<") != html.count(">") or (has_others and not _has_known_entities(html)):
        return None
    return _parts(html.lstrip(" \n\t"), has_others)


def _with_characters(html: str) -> str:
    """The HTML with characters instead of their names and numbers, but for those that markup itself needs."""
    return _NUMBERED.sub(_character, without_names(html))


def _character(number: re.Match[str]) -> str:
    code = int(number[1]) if number[1] else int(number[2], 16)
    return chr(code) if code == _APOSTROPHE or code >= _FIRST_ABOVE_CONTROLS else number[0]


def _has_known_entities(html: str) -> bool:
    return html.count("&") == sum(map(html.count, ("&amp;", "&lt;", "&gt;", "&quot;")))


def _parts(html: str, has_others: bool) -> list[Block | Figure] | None:
    for is_strict in (True, False):
        pattern, take = _pattern(is_strict=is_strict)
        rows = [take(row) for row in pattern.findall(html)]
        if rows and not rows[-1][-1]:
            write = _canonical if not is_strict else _unquoted if has_others else settled
            # Most blocks are paragraphs: they are made here.
            found = [
                Paragraph(html=html) if row[0] == "p" and (html := write(row[1])) else _part(row, write) for row in rows
            ]
            return None if None in found else [one for one in found if one is not None and one is not _NOTHING]
    return None


_Row = tuple[str, ...]
_Write = Callable[[str], str]
_NOTHING = Paragraph(html="")


def _part(row: _Row, write: _Write) -> Block | Figure | None:
    name, text, image, caption, listed, items, paragraphs, quote, _ = row
    if name:
        return _text(name, write(text))
    if image:
        attributes = _attributes(image)
        return None if attributes is None else Figure(attributes, write(caption))
    if listed:
        found = tuple(filter(None, map(write, _pieces(items, "</li>"))))
        return ListBlock(items=found, ordered=listed == "ol") if found else _NOTHING
    html = "<br/>".join(filter(None, map(write, _pieces(paragraphs, "</p>")))) if paragraphs else write(quote)
    return Quote(html=html) if html else _NOTHING


def _text(name: str, html: str) -> Block:
    if not html:
        return _NOTHING
    return Paragraph(html=html) if name == "p" else Heading(html=html, level=int(name[1]))


def _pieces(html: str, end: str) -> tuple[str, ...]:
    """What stands in each of these elements."""
    return tuple(piece.partition(">")[2] for piece in html.split(end)[:-1])


def _canonical(html: str) -> str:
    """Inline markup that the pattern took, as the tree walk writes it."""
    for pattern, written in _VARIANTS:
        html = pattern.sub(written, html)
    return _unquoted(html)


def _unquoted(html: str) -> str:
    """The same with `"` as it is in text; attributes that are kept hold none, written out or not."""
    return settled(html.replace("&quot;", '"'))


def _attributes(text: str) -> dict[str, str] | None:
    """The attributes; None when they are not what XML allows, or hold white space that XML makes spaces."""
    pairs = _ATTRIBUTE.findall(text)
    found = {name: _unescaped(value) for name, value in pairs} if "&" in text else dict(pairs)
    return None if len(found) != len(pairs) or "xmlns" in found or "\n" in text or "\t" in text else found


def _unescaped(value: str) -> str:
    return value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


@cache
def _pattern(*, is_strict: bool) -> tuple[re.Pattern[str], Callable[[_Row], _Row]]:
    """All blocks, and what takes the parts of a block out of a match; the last part is what is no block.

    Strict: what it takes is canonical as it stands; else spellings that `_canonical` knows pass too.
    """
    inline = _Inline(count(), _MARKS if is_strict else f"{_MARKS}|b|i", "<br/>" if is_strict else "<br ?/?>",
                     "" if is_strict else _CLASS + _EXTRAS)  # fmt: skip
    caption = rf"(?:<figcaption{_CLASS}>(?P<caption>{inline.any()})</figcaption>[ \n\t]*+)?"
    image = r'<img(?P<image>(?>(?: [a-z][a-z-]*+="[^"<>]*+")+)) ?/?>'
    blocks = (
        rf"<(?P<tag>p|h[2-6]){_CLASS}>(?P<text>{inline.any()})</(?P=tag)>",
        rf"<figure{_CLASS}>[ \n\t]*+{image}[ \n\t]*+{caption}</figure>",
        rf"<(?P<list>ul|ol){_CLASS}>(?P<items>(?:[ \n\t]*+<li{_CLASS}>{inline.any()}</li>)*)[ \n\t]*+</(?P=list)>",
        rf"<blockquote{_CLASS}>(?P<paragraphs>(?:[ \n\t]*+<p{_CLASS}>{inline.any()}</p>)+)[ \n\t]*+</blockquote>",
        rf"<blockquote{_CLASS}>(?P<quote>{inline.any()})</blockquote>",
    )
    pattern = re.compile(rf"(?:{'|'.join(blocks)})[ \n\t]*+|(?P<other>[\s\S]++)")
    names = ("tag", "text", "image", "caption", "list", "items", "paragraphs", "quote", "other")
    return pattern, itemgetter(*(pattern.groupindex[name] - 1 for name in names))


@dataclass(frozen=True, slots=True)
class _Inline:
    """Patterns of inline markup two elements deep; a link holds no link."""

    numbers: Iterator[int]
    marks: str
    line_break: str
    extras: str

    def any(self) -> str:
        link = self.link(self.run(self.mark(_TEXT), self.line_break))
        mark = self.mark(self.run(self.mark(_TEXT), self.link(_TEXT), self.line_break))
        return self.run(link, mark, self.line_break)

    @staticmethod
    def run(*elements: str) -> str:
        return f"{_TEXT}(?:(?:{'|'.join(elements)}){_TEXT})*"

    def mark(self, inner: str) -> str:
        name = f"mark{next(self.numbers)}"
        return f"<(?P<{name}>{self.marks})>{_SHOWS}{inner}</(?P={name})>"

    def link(self, inner: str) -> str:
        return f'<a href="{_HREF}"{self.extras}>{_SHOWS}{inner}</a>'
