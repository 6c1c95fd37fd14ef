"""Wiring: settings to store, clock and files; nothing else builds them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from syndicate.clock import Clock
from syndicate.errors import UnknownName
from syndicate.feeds.load import load_feeds
from syndicate.model.feed import Feed, Publisher
from syndicate.publish.files import Tree
from syndicate.settings import Settings, load_settings
from syndicate.store import stamp
from syndicate.store.engine import Store, open_store


@dataclass(frozen=True, kw_only=True)
class App:
    """Everything a command works with."""

    settings: Settings
    publisher: Publisher
    feeds: tuple[Feed, ...]
    store: Store
    tree: Tree
    clock: Clock
    folder: Path
    basis: str

    def feed(self, feed_id: str) -> Feed:
        """The feed of that id; UnknownName when none is defined."""
        found = self._by_id.get(feed_id)
        if found is None:
            raise UnknownName("feed", feed_id, tuple(self._by_id))
        return found

    @cached_property
    def _by_id(self) -> dict[str, Feed]:
        return {feed.id: feed for feed in self.feeds}

    def chosen(self, feed_ids: tuple[str, ...]) -> tuple[Feed, ...]:
        """The feeds of these ids, all feeds for none."""
        return tuple(self.feed(feed_id) for feed_id in feed_ids) or self.feeds

    @property
    def codings(self) -> tuple[str, ...]:
        """The content codings in which documents get compressed twins."""
        return tuple(self.settings.output.compress)

    @property
    def schemas(self) -> Path | None:
        """The folder of official schemas, when the settings name one."""
        named = self.settings.validation.schemas
        return None if named is None else self.folder / named


@contextmanager
def open_app(config: Path, clock: Clock, *, create_store: bool = True) -> Iterator[App]:
    """The application of that configuration file; its store is closed at the end. Raises ConfigError(s), StoreError."""
    # Taken first: what is edited while this runs must not pass for what was read.
    basis = stamp.basis(config) if config.is_file() else ""
    settings, publisher, feeds, folder = load_configuration(config)
    store = open_store(settings.store.url, folder, create=create_store)
    try:
        yield App(
            settings=settings,
            publisher=publisher,
            feeds=feeds,
            store=store,
            tree=Tree(folder / settings.output.path),
            clock=clock,
            folder=folder,
            basis=basis,
        )
    finally:
        store.close()


def load_configuration(config: Path) -> tuple[Settings, Publisher, tuple[Feed, ...], Path]:
    """Settings, publisher, feeds and working directory of a configuration file; opens no store.

    The working directory, where relative paths start, is the folder above `config/`.
    """
    settings = load_settings(config)
    feeds = load_feeds(config.parent / "feeds", settings.publisher)
    publisher = Publisher(**settings.publisher.model_dump())
    folder = config.resolve().parent
    return settings, publisher, feeds, folder.parent if folder.name == "config" else folder
