"""Which feeds a change can touch: found from the tags of what changed, without asking the other feeds."""

from collections.abc import Iterable

from syndicate.model.feed import Feed
from syndicate.model.tags import conditions_of
from syndicate.store.tags import EVERYTHING


class Matcher:
    """The feeds by the tags of their first condition: an article without any of these is not in the feed."""

    def __init__(self, feeds: Iterable[Feed]) -> None:
        self._by_tag: dict[str, set[str]] = {}
        for feed in feeds:
            conditions = conditions_of(feed.select)
            for tag in conditions[0][1] if conditions else (EVERYTHING,):
                self._by_tag.setdefault(tag, set()).add(feed.id)

    def touched_by(self, tags: Iterable[str]) -> set[str]:
        """The feeds that an article with these tags, before or after its change, may enter, leave or alter."""
        return {feed for tag in {EVERYTHING, *tags} for feed in self._by_tag.get(tag, ())}
