"""Wiring: settings to store, clock and files; nothing else builds them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from syndicate.clock import Clock
from syndicate.errors import UnknownName
from syndicate.feeds.definition import feed_of
from syndicate.model.feed import Feed, Publisher
from syndicate.model.options import Options
from syndicate.publish.files import Tree
from syndicate.store import memos, stamp
from syndicate.store.engine import Store, open_store

# The name under which the store keeps a configuration that was found good.
CONFIGURATION = "configuration"


@dataclass(frozen=True, kw_only=True)
class App:
    """Everything a command works with.

    `basis` is a mark of code and configuration; `unkept` is the configuration as JSON when the store does not have it.
    """

    options: Options
    publisher: Publisher
    feeds: tuple[Feed, ...]
    store: Store
    tree: Tree
    clock: Clock
    folder: Path
    basis: str
    unkept: bytes | None = None

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

    def keep_configuration(self) -> None:
        """Keep the configuration in the store, so that the next commands need not look for faults in it."""
        if self.unkept is not None:
            with self.store.write() as connection:
                memos.keep(connection, {CONFIGURATION: (self.basis, self.unkept)})

    @property
    def codings(self) -> tuple[str, ...]:
        """The content codings in which documents get compressed twins."""
        return self.options.compress

    @property
    def schemas(self) -> Path | None:
        """The folder of official schemas, when the settings name one."""
        named = self.options.schemas
        return None if named is None else self.folder / named


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What the configuration files say; relative paths start at `folder`, the one above `config/`."""

    options: Options
    publisher: Publisher
    feeds: tuple[Feed, ...]
    folder: Path


@contextmanager
def open_app(config: Path, clock: Clock, *, create_store: bool = True) -> Iterator[App]:
    """The application of that configuration file; its store is closed at the end. Raises ConfigError(s), StoreError."""
    # Taken first: what is edited while this runs must not pass for what was read.
    basis = _basis(config)
    kept = stamp.recall(config, CONFIGURATION, basis)
    values = orjson.loads(kept) if kept else read_values(config)
    known = configuration_of(values, config)
    store = open_store(known.options.store_url, known.folder, create=create_store)
    try:
        yield App(
            options=known.options,
            publisher=known.publisher,
            feeds=known.feeds,
            store=store,
            tree=Tree(known.folder / known.options.output_path),
            clock=clock,
            folder=known.folder,
            basis=basis,
            unkept=None if kept else _kept(values),
        )
    finally:
        store.close()


def _kept(values: Mapping[str, Any]) -> bytes:
    """The values as the store may keep them: without the password, which only `serve` needs, and reads anew."""
    serve = {key: value for key, value in values["settings"]["serve"].items() if key != "password"}
    return orjson.dumps({**values, "settings": {**values["settings"], "serve": serve}})


def _basis(config: Path) -> str:
    """The mark of code and configuration, empty when a file cannot be read: whoever reads it next says which."""
    try:
        return stamp.basis(config)
    except OSError:
        return ""


def load_configuration(config: Path) -> Configuration:
    """What the files say; opens no store. Raises ConfigError or ConfigErrors."""
    return configuration_of(read_values(config), config)


def read_values(config: Path) -> dict[str, Any]:
    """The values of a configuration file and of the feed definitions beside it, all found good."""
    # pydantic takes longer to import than most commands take; it is not needed for what was found good before.
    from syndicate.feeds.load import load_definitions
    from syndicate.settings import load_settings

    settings = load_settings(config)
    return {"settings": settings.model_dump(by_alias=True), "feeds": load_definitions(config.parent / "feeds")}


def configuration_of(values: Mapping[str, Any], config: Path) -> Configuration:
    """The values of that configuration file as the program uses them."""
    publisher = Publisher(**values["settings"]["publisher"])
    folder = config.resolve().parent
    return Configuration(
        options=Options.of(values["settings"]),
        publisher=publisher,
        feeds=tuple(feed_of(one, publisher.language) for one in values["feeds"]),
        folder=folder.parent if folder.name == "config" else folder,
    )
