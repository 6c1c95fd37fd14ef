"""Questions beside the requests: kept a moment, one at a time, with a time limit, whatever the store does."""

import asyncio
import threading
from typing import Any, cast

import pytest

from syndicate.errors import StoreError, SyndicateError
from syndicate.store.engine import Store
from syndicate.web.watch import Watch


class Source:
    """A store that is opened and closed, and counts how often."""

    def __init__(self) -> None:
        self.opened = self.closed = 0

    def open(self) -> Store:
        self.opened += 1
        return cast("Store", self)

    def close(self) -> None:
        self.closed += 1


class Time:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def watch(source: Source, time: Time, limit: float = 5.0) -> Watch:
    return Watch(source.open, time, limit=limit)


def test_an_answer_is_kept_for_a_moment() -> None:
    source, time, asked = Source(), Time(), list[int]()

    async def walk() -> list[int]:
        eye = watch(source, time)

        def question(_: Store) -> int:
            asked.append(1)
            return len(asked)

        first = [await eye.ask("a", question) for _ in range(3)]
        time.now = 0.99
        first.append(await eye.ask("a", question))
        time.now = 1.0
        return [*first, await eye.ask("a", question), await eye.ask("b", question)]

    assert asyncio.run(walk()) == [1, 1, 1, 1, 2, 3]
    assert (source.opened, source.closed) == (3, 3)


def test_who_asks_at_once_shares_the_answer() -> None:
    source = Source()

    async def walk() -> list[int]:
        eye = watch(source, Time())
        return await asyncio.gather(*(eye.ask("a", lambda _: 7) for _ in range(50)))

    assert asyncio.run(walk()) == [7] * 50
    assert source.opened == 1


def test_one_question_at_a_time() -> None:
    busy, most = [0], [0]

    def question(_: Store) -> None:
        busy[0] += 1
        most[0] = max(most[0], busy[0])
        threading.Event().wait(0.01)
        busy[0] -= 1

    async def walk() -> None:
        eye = watch(Source(), Time())
        await asyncio.gather(*(eye.ask(f"q{n}", question) for n in range(8)))

    asyncio.run(walk())
    assert most == [1]


def test_a_store_that_hangs_costs_a_wait_and_answers_later() -> None:
    go = threading.Event()

    def hanging(_: Store) -> str:
        assert go.wait(10)
        return "back"

    async def walk() -> tuple[list[Any], str]:
        eye = watch(Source(), Time(), limit=0.05)
        said = await asyncio.gather(*(eye.ask("a", hanging) for _ in range(3)), return_exceptions=True)
        go.set()
        eye = watch(Source(), Time())
        return said, await eye.ask("a", hanging)

    said, after = asyncio.run(walk())
    assert [str(one) for one in said] == ["the store has not answered within 0.05 s"] * 3
    assert after == "back"


def test_too_many_different_questions_are_refused() -> None:
    go = threading.Event()

    async def walk() -> str:
        eye = watch(Source(), Time(), limit=0.01)
        for number in range(32):
            with pytest.raises(StoreError, match="not answered"):
                await eye.ask(f"q{number}", lambda _: go.wait(10))
        with pytest.raises(StoreError) as caught:
            await eye.ask("one more", lambda _: None)
        go.set()
        return str(caught.value)

    assert asyncio.run(walk()) == "too much is being asked of the store; come back in a moment"


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (StoreError("it is locked"), "it is locked"),
        (SyndicateError("no such thing"), "no such thing"),
        (KeyError("secret"), "what the store says cannot be read: KeyError"),
    ],
)
def test_what_goes_wrong_is_said_and_kept_too(
    failure: Exception, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = Source()

    def question(_: Store) -> None:
        raise failure

    async def walk() -> list[str]:
        eye, found = watch(source, Time()), []
        for _ in range(2):
            with pytest.raises(SyndicateError) as caught:
                await eye.ask("a", question)
            found.append(str(caught.value))
        return found

    assert asyncio.run(walk()) == [said, said]
    assert (source.opened, source.closed) == (1, 1)
    assert ("serve.status_failed" in capsys.readouterr().err) is isinstance(failure, KeyError)
