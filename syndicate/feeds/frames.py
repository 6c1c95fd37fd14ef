"""What was found around the articles of each feed's documents; it depends on the feed's definition, not on articles."""

from collections.abc import Callable, Sequence

from syndicate.feeds.fragments import key_of, read_findings, written_findings
from syndicate.formats.base import Envelope
from syndicate.model.finding import Finding
from syndicate.store import memos
from syndicate.store.engine import Store


class Frames:
    """The findings around the articles, from memory, from the store, or found now."""

    def __init__(self, store: Store, *, salt: str = "", force: bool = False, dry_run: bool = False) -> None:
        self._store = store
        self._salt = salt
        self._force = force
        self._dry_run = dry_run
        self._known: dict[str, tuple[str, Sequence[Finding]]] = {}
        self._pending: dict[str, tuple[str, bytes]] = {}

    def around(
        self, format_name: str, envelope: Envelope, has_items: bool, look: Callable[[], Sequence[Finding]]
    ) -> Sequence[Finding]:
        """What was found around the items of that document; `look` finds it when nobody knows yet."""
        history = envelope.history
        place = "" if history is None else f":{history.is_page}:{history.previous is not None}"
        name = f"frame:{envelope.feed.id}:{format_name}:{has_items}{place}"
        # All that a frame says, but for the date and the hash of the articles, which are as good as any; and so are the
        # addresses of archive pages.
        address = envelope.self_url if history is None else history.current
        said = (envelope.feed, envelope.publisher, address, envelope.hubs)
        key = key_of((format_name, *said, has_items, self._salt))
        known = self._known.get(name)
        if known is None or known[0] != key:
            self._known[name] = known = (key, self._recalled(name, key, look))
        return known[1]

    def keep(self) -> None:
        """Write to the store what was found since the last call; in a dry run, forget it."""
        if self._pending and not self._dry_run:
            with self._store.write() as connection:
                memos.keep(connection, self._pending)
        self._pending.clear()

    def _recalled(self, name: str, key: str, look: Callable[[], Sequence[Finding]]) -> Sequence[Finding]:
        if not self._force:
            with self._store.read() as connection:
                kept = memos.recall(connection, name, key)
            if kept is not None:
                return read_findings(kept)
        found = look()
        self._pending[name] = (key, written_findings(found))
        return found
