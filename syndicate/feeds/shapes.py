"""The shapes that renderers have asked feedgen for, kept so that most runs need not load it."""

import orjson

from syndicate.feeds.fragments import key_of
from syndicate.markup import envelope
from syndicate.store import memos
from syndicate.store.engine import Store

_NAME = "shapes"
# No article has that shape, so only who foresees asks for it.
_RARE = "rss item"


class Shapes:
    """The shapes that the store has; renderers learn them at once."""

    def __init__(self, store: Store, *, dry_run: bool = False) -> None:
        self._store = store
        self._dry_run = dry_run
        with store.read() as connection:
            kept = memos.recall(connection, _NAME, key_of((_NAME,)))
        self._kept: dict[str, str] = orjson.loads(kept) if kept else {}
        envelope.learn(self._kept)

    @property
    def are_foreseen(self) -> bool:
        """Whether the store has more of them than one export asks for."""
        return _RARE in self._kept

    def keep(self) -> None:
        """Write to the store what renderers have asked for since; in a dry run, nothing."""
        known = envelope.known()
        if self._dry_run or known.keys() <= self._kept.keys():
            return
        self._kept = known
        with self._store.write() as connection:
            memos.keep(connection, {_NAME: (key_of((_NAME,)), orjson.dumps(known, option=orjson.OPT_SORT_KEYS))})


def foresee(store: Store) -> None:
    """Have the store know every shape, so that an export loads no feedgen: it takes 20 ms and 8 MB."""
    shapes = Shapes(store)
    if not shapes.are_foreseen:
        envelope.foresee()
        shapes.keep()
