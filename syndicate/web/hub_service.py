"""The own hub of one server process: its store, its worker, its application."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from threading import Thread
from urllib.parse import urlsplit

from syndicate.app import Configuration
from syndicate.clock import Clock
from syndicate.deliver.attempt import SECONDS, courier
from syndicate.deliver.retry import Backoff
from syndicate.errors import ConfigError
from syndicate.formats import base as formats
from syndicate.networks import networks
from syndicate.store.engine import Store, open_store
from syndicate.web.hub import Desk, Hub
from syndicate.web.hub_topics import Topics
from syndicate.web.hub_work import Worker
from syndicate.web.site import Application

# Seconds for requests under way at the end; what is not done by then is done again by whoever begins next.
_LAST_WORDS = SECONDS


def path_of(configuration: Configuration, config: Path) -> str:
    """The path at which the hub answers; raises ConfigError when the settings name none."""
    own = configuration.options.own_hub
    if own is None:
        cure = 'add the address at which it is reachable, e.g. own = "https://feeds.example.com/hub"'
        raise ConfigError(str(config), None, "[websub] own is missing, so no subscriber would find the hub", cure)
    return urlsplit(own).path


def check(configuration: Configuration, config: Path) -> None:
    """Raise ConfigError or StoreError where a hub could not begin: better at once than in each of many processes."""
    path_of(configuration, config)
    open_store(configuration.options.store_url, configuration.folder).close()


def topics_of(configuration: Configuration) -> Topics:
    """What one can subscribe to, by that configuration."""
    options = configuration.options
    return Topics(
        root=str(configuration.folder / options.output_path),
        base_url=options.output_url,
        names=formats.topics(),
        hubs=options.all_hubs,
        feeds=frozenset(feed.id for feed in configuration.feeds),
        unserved=frozenset(feed.id for feed in configuration.feeds if feed.is_hidden),
    )


@dataclass(slots=True, kw_only=True)
class Service:
    """The hub while it runs; `config` is the file that its settings come from."""

    config: Path
    store: Store
    clock: Clock
    worker: Worker

    def apps(self, configuration: Configuration) -> Mapping[str, Application]:
        """The application by its path; from now on that configuration holds. Raises ConfigError."""
        path, options = path_of(configuration, self.config), configuration.options
        topics = topics_of(configuration)
        self.worker.topics = topics
        self.worker.fetcher = courier(configuration.publisher.url, options.allow, self.clock.monotonic, SECONDS)
        self.worker.backoff = Backoff(longest=options.longest_pause)
        desk = Desk(
            store=self.store,
            topics=topics,
            clock=self.clock,
            allow=networks(options.allow),
            nudge=self.worker.nudge,
        )
        return {path: Hub(desk)}


@contextmanager
def hub_of(configuration: Configuration, config: Path, clock: Clock) -> Iterator[Service]:
    """The hub at work until the block ends. Raises ConfigError, StoreError."""
    path_of(configuration, config)
    options = configuration.options
    store = open_store(options.store_url, configuration.folder)
    worker = Worker(
        store=store,
        topics=topics_of(configuration),
        clock=clock,
        fetcher=courier(configuration.publisher.url, options.allow, clock.monotonic, SECONDS),
        backoff=Backoff(longest=options.longest_pause),
        chance=SystemRandom().random,
    )
    thread = Thread(target=worker.run, name="hub", daemon=True)
    thread.start()
    try:
        yield Service(config=config, store=store, clock=clock, worker=worker)
    finally:
        worker.stop()
        thread.join(_LAST_WORDS)
        store.close()
