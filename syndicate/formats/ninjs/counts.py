"""How many words and characters a body has, captions of figures left out (ninjs, bodies)."""

import re
from html import unescape

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)[^<>]*+>")
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
})  # fmt: skip
_LEFT_OUT = frozenset({"figure", "figcaption", "script", "style", "title"})


def words_of(html: str) -> list[str]:
    """The words that HTML shows outside of figures."""
    pieces: list[str] = []
    at = depth = 0
    for tag in _TAG.finditer(html):
        if not depth:
            pieces.append(html[at : tag.start()])
        at = tag.end()
        name = tag[2].lower()
        if name in _LEFT_OUT:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
        if name not in _INLINE:
            pieces.append(" ")
    if not depth:
        pieces.append(html[at:])
    return unescape("".join(pieces)).split()


def counts_of(html: str) -> tuple[int, int]:
    """The number of words, and that of the characters with one space between two words."""
    words = words_of(html)
    return len(words), sum(map(len, words)) + max(len(words) - 1, 0)
