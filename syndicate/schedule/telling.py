"""Telling other people's hubs beside the exports: each hub in a thread of its own, so that nobody waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from random import SystemRandom
from threading import Event, Thread

from syndicate.app import App
from syndicate.deliver.attempt import SECONDS, courier
from syndicate.deliver.pings import Sender
from syndicate.deliver.retry import Backoff
from syndicate.observe import log
from syndicate.store import pings

# Seconds between two looks at what is due, and after a failure of the store.
_LOOK_EVERY = 0.25
_BREATH = 5.0


def sender_of(app: App, seconds: float = SECONDS) -> Sender:
    """What tells hubs, as the settings say; one attempt takes so many seconds at most."""
    options = app.options
    return Sender(
        store=app.store,
        clock=app.clock,
        fetcher=courier(app.publisher.url, options.allow, app.clock.monotonic, seconds),
        backoff=Backoff(longest=options.longest_pause),
        chance=SystemRandom().random,
    )


@contextmanager
def telling(app: App) -> Iterator[None]:
    """Tell the hubs of the settings, as soon as anything is due, until the block ends; without hubs nothing happens."""
    hubs, stop = app.options.pinged_hubs, Event()
    if not hubs:
        yield
        return
    with app.store.write() as connection:
        pings.keep_only(connection, hubs)
    sender = sender_of(app)
    # What a thread of a process that ends has claimed is told again later; nobody waits for a hub that hangs.
    for hub in hubs:
        Thread(target=_tell, args=(sender, hub, stop), name=f"tell {hub}", daemon=True).start()
    try:
        yield
    finally:
        stop.set()


def _tell(sender: Sender, hub: str, stop: Event) -> None:
    pause = _LOOK_EVERY
    while not stop.wait(pause):
        try:
            _look(sender, hub)
        except Exception as error:
            log().error("hub.interrupted", hub=hub, error=repr(error))
            pause = _BREATH
        else:
            pause = _LOOK_EVERY


def _look(sender: Sender, hub: str) -> None:
    with sender.store.read() as connection:
        if not pings.is_any_due(connection, (hub,), sender.clock.now()):
            return
    told = sender.send(hub, inf)
    if told.sent:
        log().info("hub.told", hub=hub, documents=told.sent)
    if told.trouble is not None:
        again = None if told.next_try is None else told.next_try.isoformat()
        log().warning("hub.not_told", hub=hub, refused=told.refused, said=told.trouble, again=again)
