"""Questions to the store beside the requests: one at a time, in a thread, with a time limit, answers kept a moment."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from syndicate.errors import StoreError, SyndicateError
from syndicate.observe import log
from syndicate.store.engine import Store

# Seconds for which an answer, or that there is none, is given again; and for which somebody waits for one.
KEEP = 1.0
LIMIT = 2.0
# Different questions that may wait.
_MOST = 32

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class _Kept:
    at: float
    answer: Any
    failure: SyndicateError | None


class Watch:
    """Asks the store that `opening` opens. A store that is away costs its visitors a wait, and nobody else anything."""

    def __init__(
        self, opening: Callable[[], Store], monotonic: Callable[[], float], *, keep: float = KEEP, limit: float = LIMIT
    ) -> None:
        self._opening = opening
        self._monotonic = monotonic
        self._keep = keep
        self._limit = limit
        self._kept: dict[str, _Kept] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._turn = asyncio.Lock()

    async def ask(self, name: str, question: Callable[[Store], _Answer]) -> _Answer:
        """The store's answer to the question of that name; raises StoreError, also when it takes too long."""
        kept = self._kept.get(name)
        if kept is None or self._monotonic() - kept.at >= self._keep:
            kept = await self._fresh(name, question)
        if kept.failure is not None:
            raise kept.failure
        answer: _Answer = kept.answer
        return answer

    async def _fresh(self, name: str, question: Callable[[Store], Any]) -> _Kept:
        task = self._asking.get(name)
        if task is None:
            if len(self._asking) >= _MOST:
                raise StoreError("too much is being asked of the store; come back in a moment")
            task = self._asking[name] = asyncio.create_task(self._ask(name, question))
            task.add_done_callback(lambda _: self._asking.pop(name, None))
        # Who goes away, or has waited long enough, does not take the answer from the others.
        done, _ = await asyncio.wait({task}, timeout=self._limit)
        if not done:
            raise StoreError(f"the store has not answered within {self._limit:g} s")
        return self._kept[name]

    async def _ask(self, name: str, question: Callable[[Store], Any]) -> None:
        async with self._turn:
            answer, failure = await _in_thread(lambda: self._answered(question))
        if len(self._kept) >= _MOST:
            self._kept.pop(next(iter(self._kept)))
        self._kept[name] = _Kept(self._monotonic(), answer, failure)

    def _answered(self, question: Callable[[Store], Any]) -> tuple[Any, SyndicateError | None]:
        """The answer and no failure, or the other way round. Opened anew: the file may be another one by now."""
        try:
            store = self._opening()
            try:
                return question(store), None
            finally:
                store.close()
        except SyndicateError as error:
            return None, error
        except Exception as error:
            log().exception("serve.status_failed", error=repr(error))
            return None, StoreError(f"what the store says cannot be read: {type(error).__name__}")


async def _in_thread(work: Callable[[], Any]) -> Any:
    """What the work gives, in a thread that a hanging store may keep: it holds up nobody, not even the end."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Any] = loop.create_future()

    def finish(value: Any) -> None:
        if not done.done():
            done.set_result(value)

    def run() -> None:
        value = work()
        try:
            loop.call_soon_threadsafe(finish, value)
        except RuntimeError:
            log().debug("serve.status_late", reason="the server has ended")

    threading.Thread(target=run, name="status", daemon=True).start()
    return await done
