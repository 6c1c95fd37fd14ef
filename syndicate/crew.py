"""Several processes that share the feeds of one export: the same bytes, in less time.

They are forked before anything else runs in this process, and die with it. While they work they hold the tree's lock
together with it: should it be killed, nobody else begins before the last of them is gone.
"""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.reduction import recv_handle, send_handle
from typing import NoReturn

from syndicate.app import App
from syndicate.errors import PublishError
from syndicate.feed_export import FeedRun, Kept, Working, export_feed, nothing_kept, one_by_one
from syndicate.model.feed import Feed
from syndicate.outcome import Order

# So much lies ready for each process that it need not wait for the next.
_AHEAD = 2
# Bytes of new fragments after which the others are shown them.
_SHARED = 1024 * 1024
# prctl(2)
_PR_SET_PDEATHSIG = 1
_ENDED = "a process of the export was ended from outside; export again: what is published stays valid"


@dataclass(frozen=True, slots=True)
class _Member:
    pid: int
    pipe: "Connection[str | None, FeedRun | Exception | None]"


@contextmanager
def crew(app: App, order: Order, size: int) -> Iterator[Working]:
    """That many processes to work on feeds, or this one alone where they cannot be had."""
    if size < 2 or threading.active_count() > 1:
        yield one_by_one
        return
    kept = nothing_kept(app, force=order.force, dry_run=order.dry_run, pending=_SHARED)
    # What is loaded now, each process has.
    kept.fragments.warm_up({name for feed in app.chosen(order.feeds) for name in feed.formats})
    # No connection to the store may be carried over: SQLite's locks do not survive it.
    app.store.close()
    members: list[_Member] = []
    try:
        for _ in range(size):
            members.append(_begun(app, order, kept, members))
        yield partial(_shared, members)
    finally:
        for member in members:
            member.pipe.close()
        for member in members:
            os.waitpid(member.pid, 0)


def _shared(
    members: Sequence[_Member], app: App, feeds: Sequence[Feed], order: Order, _kept: Kept
) -> Iterator[FeedRun]:
    """The feeds' runs in their order, whoever does them."""
    waiting = deque(feed.id for feed in feeds)
    done: dict[str, FeedRun] = {}
    for member in members:
        _share_lock(member, app.tree.lock_handle)
    for _ in range(_AHEAD):
        for member in members:
            _give(member, waiting, order)
    for feed in feeds:
        while feed.id not in done:
            for member in _ready(members):
                if found := _answer(member):
                    done[found.feed] = found
                    _give(member, waiting, order)
        yield done.pop(feed.id)
    for member in members:
        _tell(member, None)
        _answer(member)


def _give(member: _Member, waiting: deque[str], order: Order) -> None:
    if waiting:
        order.guard()
        _tell(member, waiting.popleft())


def _ready(members: Sequence[_Member]) -> list[_Member]:
    pipes = wait([member.pipe for member in members])
    return [member for member in members if member.pipe in pipes]


def _share_lock(member: _Member, handle: int) -> None:
    try:
        send_handle(member.pipe, handle, member.pid)
    except OSError as error:
        raise PublishError(_ENDED) from error


def _tell(member: _Member, feed: str | None) -> None:
    try:
        member.pipe.send(feed)
    except OSError as error:
        raise PublishError(_ENDED) from error


def _answer(member: _Member) -> FeedRun | None:
    try:
        answer = member.pipe.recv()
    except (EOFError, OSError) as error:
        raise PublishError(_ENDED) from error
    if isinstance(answer, Exception):
        raise answer
    return answer


def _begun(app: App, order: Order, kept: Kept, others: Sequence[_Member]) -> _Member:
    here, there = Pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        here.close()
        for other in others:
            other.pipe.close()
        _live(app, order, kept, there, parent)
    there.close()
    return _Member(pid, here)


def _live(
    app: App,
    order: Order,
    kept: Kept,
    pipe: "Connection[FeedRun | Exception | None, str | None]",
    parent: int,
) -> NoReturn:
    """The life of a forked process; it never returns into the code that it was forked from."""
    code = 1
    try:
        _die_with(parent)
        # Kept open until this process ends.
        recv_handle(pipe)
        while (name := pipe.recv()) is not None:
            pipe.send(_tried(partial(export_feed, app, app.feed(name), order, kept)))
        pipe.send(_tried(kept.keep))
        code = 0
    except (EOFError, OSError, KeyboardInterrupt):
        code = 1
    finally:
        os._exit(code)


def _die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent ends; elsewhere than on Linux the pipe's end has to do."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise EOFError


def _tried(work: Callable[[], FeedRun | None]) -> FeedRun | Exception | None:
    """What comes of the work, or what it raised: the one who asked shall raise it."""
    try:
        return work()
    except Exception as error:
        return error
