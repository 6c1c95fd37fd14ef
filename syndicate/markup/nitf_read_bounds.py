"""The bounds within which an article is kept, for readers of documents that may hold anything."""

from dataclasses import replace
from typing import Any

from syndicate.markup.summary import cut
from syndicate.model.article import Article
from syndicate.model.draft import Repair

MOST_MEDIA = 500
_LONGEST = {"headline": 2000, "slugline": 500, "abstract": 20_000, "note": 20_000, "correction": 20_000, "genre": 500}
_MOST = {"highlights": 100, "authors": 100, "contributors": 100, "sections": 100, "subjects": 500, "keywords": 500,
         "links": 100}  # fmt: skip
_LONGEST_ENTRY = 2000


def bounded(article: Article) -> tuple[Article, tuple[Repair, ...], tuple[str, ...]]:
    """The article within its bounds, what was cut of its texts, and the names of lists that lost entries."""
    texts = {name: text for name, most in _LONGEST.items() if (text := getattr(article, name)) and len(text) > most}
    changed: dict[str, Any] = {name: cut(text, _LONGEST[name]) for name, text in texts.items()}
    repairs = tuple(Repair(field=name, what=f"cut after {_LONGEST[name]} characters") for name in texts)
    for name, most in _MOST.items():
        entries = getattr(article, name)
        kept = tuple(one for one in entries[:most] if _length(one) <= _LONGEST_ENTRY)
        if len(kept) < len(entries):
            changed[name] = kept
    if _length(article.url) > _LONGEST_ENTRY:
        changed["url"] = None
    return replace(article, **changed), repairs, tuple(name for name in changed if name not in texts)


def _length(entry: object) -> int:
    """The characters of a text, or of the longest text in a record."""
    if isinstance(entry, str):
        return len(entry)
    texts = (getattr(entry, name, None) for name in ("name", "role", "email", "scheme", "code", "rel", "guid", "url"))
    return max((len(text) for text in texts if isinstance(text, str)), default=0)
