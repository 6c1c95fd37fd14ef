"""What the source of a story said last, found from the story's revisions: acts were done between its imports. Pure."""

from collections.abc import Iterable
from dataclasses import fields, replace

from syndicate.model.article import Article

# What is no field of its own, or is decided for each revision anew.
_DECIDED = frozenset({"guid", "version", "published", "updated", "derived", "signal", "significant"})
SAID = tuple(field.name for field in fields(Article) if field.name not in _DECIDED)


def said(revisions: Iterable[tuple[Article, bool]]) -> Article | None:
    """The article as its source has it, None where no act was done since it was imported first.

    The revisions stand oldest first, each with whether an act made it. `version` is what the source counts at least.
    """
    last: Article | None = None
    before: Article | None = None
    was_acted = False
    for one, is_act in revisions:
        if is_act:
            was_acted = last is not None
        elif last is None or before is None or not was_acted:
            last = one
        else:
            last = said_next(last, before, one)
        before = one
    return last if was_acted else None


def said_next(last: Article, before: Article, after: Article) -> Article:
    """What the source says by the import that made `after` of `before`, when it said `last` until then.

    It changed in the fields that the import changed; in the others it was as it had been, whatever acts made of them.
    Acts count versions too, and a source that does not know of them falls behind.
    """
    changed = {name: getattr(after, name) for name in SAID if getattr(after, name) != getattr(before, name)}
    is_stated = after.version > before.version + 1
    return replace(last, **changed, version=after.version if is_stated else last.version + 1)
