"""Whether tags of HTML belong together: what is opened is closed, in that order, as far as it makes a difference.

Readers put the HTML of a feed into a page of their own: a `b` or a link that nobody closes goes on behind the item.
Elements whose end HTML lets authors leave out (a paragraph, a line of a list) are not missed (HTML, optional tags).
"""

from collections.abc import Iterable

VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "command", "embed", "frame", "hr", "image", "img", "input",
    "isindex", "keygen", "link", "meta", "param", "source", "spacer", "track", "wbr",
})  # fmt: skip
"""Elements that have no end tag."""

_OPTIONAL = frozenset({
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption", "option", "optgroup",
    "rt", "rp", "rb", "rtc", "html", "head", "body", "plaintext", "menuitem",
})  # fmt: skip


class Balance:
    """The elements that are open, while the tags of a text go by; each answer is a flaw in words, or None."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._counts: dict[str, int] = {}

    def holds(self, name: str) -> bool:
        """Whether such an element is open."""
        return self._counts.get(name, 0) > 0

    def start(self, name: str) -> None:
        """A start tag."""
        if name not in VOID:
            self._open.append(name)
            self._counts[name] = self._counts.get(name, 0) + 1

    def end(self, name: str) -> str | None:
        """An end tag: what it leaves open, or that there is nothing that it could close."""
        if not self._counts.get(name):
            return None if name in VOID or name in _OPTIONAL else f"</{name}> closes nothing that is open"
        left = None
        while (inner := self._open.pop()) != name:
            self._counts[inner] -= 1
            if inner not in _OPTIONAL:
                left = left or inner
        self._counts[name] -= 1
        return None if left is None else f"<{left}> is not closed before </{name}>"

    def rest(self) -> str | None:
        """The end of the text."""
        left = next((name for name in self._open if name not in _OPTIONAL), None)
        return None if left is None else f"<{left}> is not closed"


def is_surely_balanced(names: Iterable[str]) -> bool:
    """Whether every tag has its counterpart: names in small letters, with `/` in front of those of end tags.

    An empty name stands for the beginning of another text.
    """
    around: list[str] = []
    for name in names:
        if name[:1] == "/":
            if not around or around.pop() != name[1:]:
                return False
        elif not name:
            if around:
                return False
        elif name not in VOID:
            around.append(name)
    return not around
