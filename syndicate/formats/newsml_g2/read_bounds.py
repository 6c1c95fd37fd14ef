"""Bounds on what is taken of an item, so that no item costs more than a story: the same as for other input."""

from dataclasses import replace
from typing import Any

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.read_tree import Notes
from syndicate.model.article import Article, Person
from syndicate.model.body import MediaBlock
from syndicate.model.subject import Subject

_LONGEST_HEADLINE = 2000
_LONGEST_TEXT = 20_000
# Articles are found by these: an index takes no more.
_LONGEST_WORD = 500
_MOST = 500
_MOST_BLOCKS = 5000
_LISTS = {
    "authors": f"{n.CONTENT_META}/{n.CREATOR}",
    "contributors": f"{n.CONTENT_META}/{n.CONTRIBUTOR}",
    "sections": f"{n.ITEM_META}/{n.SERVICE}",
    "subjects": f"{n.CONTENT_META}/{n.SUBJECT}",
    "keywords": f"{n.CONTENT_META}/{n.KEYWORD}",
    "media": n.CONTENT_SET,
    "links": f"{n.ITEM_META}/{n.LINK}",
}
_TEXTS = ("abstract", "note", "correction")
_WORDS = {
    "slugline": f"{n.CONTENT_META}/{n.SLUGLINE}",
    "genre": f"{n.CONTENT_META}/{n.GENRE}",
    "url": f"{n.ITEM_META}/{n.ALT_REP}",
}


def bounded(article: Article, notes: Notes) -> Article:
    """The article within the bounds; what is left out is noted. ValueError when its headline or text is beyond them."""
    if len(article.headline) > _LONGEST_HEADLINE:
        raise ValueError(f"has a headline of {len(article.headline)} characters; at most {_LONGEST_HEADLINE} are taken")
    if len(article.body) > _MOST_BLOCKS:
        raise ValueError(f"has a text of {len(article.body)} blocks; at most {_MOST_BLOCKS} are taken")
    changed: dict[str, Any] = {}
    for name, path in _LISTS.items():
        found = getattr(article, name)
        kept = tuple([one for one in found if len(_word(one)) <= _LONGEST_WORD][:_MOST])
        if len(kept) < len(found):
            changed[name] = kept
            notes.lose(path)
    if "media" in changed:
        shown = {one.id for one in changed["media"]}
        changed["body"] = tuple(b for b in article.body if not (isinstance(b, MediaBlock) and b.media not in shown))
    for name, path in _WORDS.items():
        if len(getattr(article, name) or "") > _LONGEST_WORD:
            changed[name] = None
            notes.lose(path)
    for name in _TEXTS:
        if len(text := getattr(article, name) or "") > _LONGEST_TEXT:
            changed[name] = text[:_LONGEST_TEXT]
            notes.repair(name, f"cut after {_LONGEST_TEXT} characters")
    return replace(article, **changed) if changed else article


def _word(one: object) -> str:
    """What of an entry is looked for in an index."""
    if isinstance(one, Subject):
        return one.qcode
    if isinstance(one, Person):
        return one.name
    return one if isinstance(one, str) else ""
