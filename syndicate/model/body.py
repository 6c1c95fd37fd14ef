"""The text of an article as typed blocks.

`html` in a block is inline markup of the safe subset: a, em, strong, sub, sup, code, br, span (lang, dir), well-formed.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of running text."""

    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A sub-heading; `level` is 2 to 6 (1 is the article's headline)."""

    html: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaBlock:
    """The place in the text where the article's media of that id stands."""

    media: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock:
    """A list, numbered when `ordered`; each item is inline markup."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation set apart; `cite` names whom it is from."""

    html: str
    cite: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A whole `table` element of the safe subset."""

    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A line that points to another story; `url` when its address is known. `title` is plain text."""

    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """Foreign content (a post, a map, a player) at `url`; `html` is a readable stand-in, or empty."""

    url: str
    html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagline:
    """The line at the end about who contributed (NITF body.end/tagline)."""

    html: str


Block = Paragraph | Heading | MediaBlock | ListBlock | Quote | Table | Related | Embed | Tagline
