"""Articles as ingest leaves them, for tests that read back what was written: composed letters, single spaces."""

import unicodedata
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from syndicate.markup.html_inline import ENDS, Notes, text_of, tidy
from syndicate.markup.text import one_line, repair
from syndicate.model.article import Article
from syndicate.model.body import Block, MediaBlock


def settled(article: Article) -> Article:
    """The article with every text in the form in which it comes back, and without blocks that show nothing."""
    made: Article = _settled(article)
    ids = {media.id for media in made.media}
    shown = tuple(block for block in made.body if _shows(block, ids))
    return replace(made, body=shown)


def _shows(block: Block, ids: set[str]) -> bool:
    if isinstance(block, MediaBlock):
        return block.media in ids
    texts = (getattr(block, name, "") or "" for name in ("html", "title", "url"))
    return bool("".join(text_of(text).strip(ENDS) for text in (*texts, *getattr(block, "items", ()))))


def _settled(value: Any, is_markup: bool = False) -> Any:
    if isinstance(value, str) and not isinstance(value, Enum):
        text = repair(unicodedata.normalize("NFC", value))[0]
        return tidy(text, Notes()) if is_markup else one_line(text).strip(ENDS) or None
    if isinstance(value, tuple):
        return tuple(one for one in (_settled(one, is_markup) for one in value) if one not in (None, ""))
    if is_dataclass(value) and not isinstance(value, type):
        named = {one.name: getattr(value, one.name) for one in fields(value)}
        return replace(
            value, **{name: _settled(one, name in ("html", "items")) for name, one in named.items()}
        )  # fmt: skip
    return value
