"""What the own hub does beside the requests: it has wishes confirmed, and sends subscribers what is published.

One thread looks at the tree and the store and decides; others only make requests, and hand back what came of them. So
one thread alone writes to the store, and what came of many requests goes in together. Any number of processes may do
this on one store: each piece of work is claimed there before it is begun.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Event, Thread

from syndicate.clock import Clock
from syndicate.deliver.attempt import Attempt
from syndicate.deliver.lanes import Lanes
from syndicate.deliver.retry import Backoff, Verdict
from syndicate.deliver.websub import Content
from syndicate.errors import EnvironmentFailure
from syndicate.fetch import Fetcher
from syndicate.observe import log
from syndicate.store import subscriptions
from syndicate.store.engine import Store
from syndicate.store.subscriptions import Intent
from syndicate.web.hub_jobs import Asking, Job, Pushing
from syndicate.web.hub_topics import Mark, Topics

_NEVER = float("-inf")
# Seconds between two looks at the files that somebody has subscribed to; how many times longer than one look took; and
# between two looks when something has come back.
_LOOK_EVERY, _REST, _BREATH = 0.1, 10.0, 0.02
# Seconds between two looks at what only the store knows, and between two looks at everything.
_ASK_EVERY, _TIDY_EVERY = 1.0, 30.0
# Requests at a time.
_SIZE = 64
# What is claimed and not done is done by somebody else after the time of one attempt and this.
_GRACE = timedelta(seconds=10)
_WITHDRAWN = "The feed is not published any more."


@dataclass(slots=True, kw_only=True)
class Worker:
    """The hub's work in one process. `chance` gives random numbers below 1; `topics` may be replaced at any time."""

    store: Store
    topics: Topics
    clock: Clock
    fetcher: Fetcher
    backoff: Backoff
    chance: Callable[[], float]
    _lanes: Lanes = field(default_factory=lambda: Lanes(_SIZE))
    _woken: Event = field(default_factory=Event)
    _is_ending: bool = False
    _jobs: "SimpleQueue[Job | None]" = field(default_factory=SimpleQueue)
    _back: "SimpleQueue[tuple[Job, Attempt]]" = field(default_factory=SimpleQueue)
    _unnoted: list[tuple[Job, Attempt, float | None]] = field(default_factory=list)
    _threads: list[Thread] = field(default_factory=list)
    _flying: int = 0
    _marks: dict[str, Mark | None] = field(default_factory=dict)
    _left: set[str] = field(default_factory=set)
    _took: float = 0.0
    _asked: float = _NEVER
    _tidied: float = _NEVER

    def nudge(self) -> None:
        """There is something new in the store."""
        self._asked = _NEVER
        self._woken.set()

    def stop(self) -> None:
        """Begin nothing more; what is under way ends."""
        self._is_ending = True
        self._woken.set()

    def run(self) -> None:
        """Work until stopped. A store that fails is asked again; what was claimed comes back by itself."""
        while not self._is_ending or self._flying:
            try:
                self.step()
                pause = min(max(_LOOK_EVERY, _REST * self._took), _ASK_EVERY)
            except Exception as error:
                is_known = isinstance(error, EnvironmentFailure | OSError)
                log().error("hub.interrupted", error=str(error) or repr(error), exc_info=None if is_known else error)
                pause = _ASK_EVERY
            if self._woken.wait(pause):
                self._woken.clear()
                # Others come back in the same moment; what came of them is noted together.
                self._woken.wait(_BREATH)
        for _ in self._threads:
            self._jobs.put(None)

    def step(self) -> None:
        """Note what came of requests, look at what is owed, begin as much of it as there is room for."""
        self._settle()
        at, now = self.clock.monotonic(), self.clock.now()
        topics = self._changed()
        if self._is_ending:
            return
        try:
            self._look(topics, at, now)
        except BaseException:
            # That they have changed is seen once only.
            self._left |= topics
            raise

    def _look(self, topics: set[str], at: float, now: datetime) -> None:
        """Begin what is owed of these topics, and of those that are added to them as their time comes."""
        intents: tuple[Intent, ...] = ()
        if at - self._asked >= _ASK_EVERY:
            self._asked = at
            intents, failing = self._ask(now)
            topics |= failing | self._left
        if at - self._tidied >= _TIDY_EVERY:
            topics |= self._tidy(now)
            self._tidied = at
        if topics or intents:
            self._left -= topics
            self._begin(self._chosen(intents, topics, at, now), now)

    def _settle(self) -> None:
        """Note everything that has come back, in one transaction; what the store does not take is kept."""
        at, now = self.clock.monotonic(), self.clock.now()
        for job, attempt in _all_of(self._back):
            pause = self._pause(job, attempt)
            self._flying -= 1
            self._lanes.give(job.place, at, pause)
            self._unnoted.append((job, attempt, pause))
        if not self._unnoted:
            return
        with self.store.write() as connection:
            for job, attempt, pause in self._unnoted:
                job.note(connection, attempt, now, pause)
        # There may be a new subscription, room for more, or another version meanwhile.
        self._left |= {job.row.topic for job, _, _ in self._unnoted}
        self._unnoted.clear()
        self._asked = _NEVER

    def _pause(self, job: Job, attempt: Attempt) -> float | None:
        """For how many seconds the receiver is left alone; None when there is no reason to."""
        if attempt.verdict is not Verdict.RETRY:
            return None
        return self.backoff.pause(job.row.attempts + 1, self.chance(), attempt.asked)

    def _changed(self) -> set[str]:
        """The topics whose document is another one than at the last look."""
        began = self.clock.monotonic()
        found = {topic: self.topics.mark(topic) for topic in self._marks}
        changed = {topic for topic, mark in found.items() if mark is not None and mark != self._marks[topic]}
        self._marks = found
        self._took = self.clock.monotonic() - began
        return changed

    def _ask(self, now: datetime) -> tuple[tuple[Intent, ...], set[str]]:
        """What is to be confirmed, and topics that are to be looked at: new ones, and those where something failed."""
        with self.store.read() as connection:
            wanted = subscriptions.topics(connection)
            failing = set(subscriptions.topics_failing(connection, now))
            intents = subscriptions.intents_due(connection, now)
        new = {topic for topic in wanted if topic not in self._marks}
        self._marks = {topic: self.topics.mark(topic) if topic in new else self._marks[topic] for topic in wanted}
        return intents, failing | new

    def _tidy(self, now: datetime) -> set[str]:
        """End what is over; all topics come back, since whatever was missed is found so."""
        gone = [topic for topic in self._marks if self.topics.is_gone(topic)]
        with self.store.write() as connection:
            ended = subscriptions.expire(connection, now)
            dropped = subscriptions.expire_wishes(connection, now)
            withdrawn = sum(subscriptions.withdraw(connection, topic, _WITHDRAWN, now) for topic in gone)
        if ended or withdrawn or dropped:
            log().info("hub.ended", leases=ended, withdrawn=withdrawn, unconfirmed=dropped)
        return set(self._marks)

    def _chosen(self, intents: Iterable[Intent], topics: Iterable[str], at: float, now: datetime) -> list[Job]:
        """As much of the work as there is room for."""
        chosen: list[Job] = []
        try:
            chosen.extend(self._wishes(intents, at))
            for topic in topics:
                if (content := self.topics.content(topic)) is not None:
                    chosen.extend(self._owed(content, at, now))
        except BaseException:
            for job in chosen:
                self._lanes.drop(job.place)
            raise
        return chosen

    def _wishes(self, intents: Iterable[Intent], at: float) -> Iterator[Job]:
        for intent in intents:
            if (place := self._lanes.take(intent.host, at)) is not None:
                yield Asking(place=place, row=intent)

    def _owed(self, content: Content, at: float, now: datetime) -> Iterator[Job]:
        with self.store.read() as connection:
            found = subscriptions.waiting(connection, content.topic, content.sha256, now)
        for one in found:
            if (place := self._lanes.take(one.host, at)) is not None:
                yield Pushing(place=place, row=one, content=content)
            else:
                self._left.add(content.topic)

    def _begin(self, chosen: list[Job], now: datetime) -> None:
        """Claim these and have them done; some may be somebody else's by now."""
        if not chosen:
            return
        until = now + timedelta(seconds=self.fetcher.limits.seconds) + _GRACE
        claimed: list[Job | None] = [None] * len(chosen)
        try:
            with self.store.write() as connection:
                claimed = [job.claim(connection, until) for job in chosen]
        finally:
            for job, mine in zip(chosen, claimed, strict=True):
                if mine is None:
                    self._lanes.drop(job.place)
        for mine in claimed:
            if mine is not None:
                self._start(mine)

    def _start(self, job: Job) -> None:
        self._flying += 1
        self._jobs.put(job)
        if len(self._threads) < min(self._flying, _SIZE):
            thread = Thread(target=self._make_requests, name="hub", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _make_requests(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                attempt = job.make(self.fetcher, self.clock.now())
            except Exception as error:
                log().error("hub.broken", receiver=job.place.receiver, exc_info=error)
                attempt = Attempt(verdict=Verdict.RETRY, said=f"internal error ({type(error).__name__})")
            self._back.put((job, attempt))
            self._woken.set()


def _all_of(queue: "SimpleQueue[tuple[Job, Attempt]]") -> Iterator[tuple[Job, Attempt]]:
    while True:
        try:
            yield queue.get_nowait()
        except Empty:
            return
