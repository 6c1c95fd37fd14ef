"""Reading with more than one core: other processes read and clean articles, this one decides and stores.

Each process gets its own stretch of the file through its standard input and gives records through its standard
output. It holds no lock and no file of ours, and when this process ends, however that is, its input ends and so does
it. Answers come in the order of the file. What a process does not give, because it was killed, say, is read here.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import islice
from typing import Self

from syndicate.ingest.messages import answers_of, orders, pieces_frame, read_frame, write_frame
from syndicate.ingest.prepare import Import, Ready
from syndicate.machine import processors
from syndicate.model.draft import Piece, Rejected

# A start takes as long as reading some hundred articles: a small file needs none, a large one goes on meanwhile.
ALONE = 300
MEANWHILE = 400
CHUNK = 500
_MOST = 3
_LARGE_FILE = 4 * 1024 * 1024
_CHUNK_BYTES = 8 * 1024 * 1024

Entry = Piece | Rejected
ReadHere = Callable[[Entry], Ready | Rejected]


def read_apart(
    entries: Iterator[Entry], file: str, order: Import, read: ReadHere
) -> Generator[Ready | Rejected, None, None]:
    """What `read` makes of each entry, in order: it does the first ones itself, `order.jobs` processes do the rest."""
    if not _is_large(file):
        yield from map(read, islice(entries, ALONE))
    first = next(entries, None)
    if first is None:
        return
    with ExitStack() as stack:
        crew = [stack.enter_context(Worker(file, order, read)) for _ in range(order.jobs)]
        yield read(first)
        yield from map(read, islice(entries, MEANWHILE))
        yield from _in_turn(crew, _chunks(entries))


def _is_large(file: str) -> bool:
    """Whether the file's size alone says that processes are worth it."""
    try:
        return os.path.getsize(file) >= _LARGE_FILE
    except OSError:
        return False


def may_use() -> int:
    """How many processes are worth while here: all cores but the one that stores, which keeps up with three.

    On two cores there are two: storing leaves most of a core to read with.
    """
    cores = processors()
    return min(cores, max(2, cores - 1), _MOST)


class Worker:
    """One reading process. It has one chunk at a time, so neither side ever waits for the other to take something."""

    def __init__(self, file: str, order: Import, read: ReadHere) -> None:
        self._file, self._order, self._read = file, order, read
        self._process: subprocess.Popen[bytes] | None = None
        self._chunk: list[Entry] = []

    def __enter__(self) -> Self:
        with suppress(OSError, ValueError):
            self._process = _started()
        self._write(orders(self._file, self._order))
        return self

    def __exit__(self, *_: object) -> None:
        self._give_up()

    def send(self, chunk: list[Entry]) -> None:
        """Give it something to read."""
        self._chunk = chunk
        self._write(pieces_frame([one for one in chunk if isinstance(one, Piece)]))

    def receive(self) -> list[Ready | Rejected]:
        """What it made of the chunk; Rejected stretches of the file stand where they stood."""
        answers = self._answers()
        if answers is None:
            self._give_up()
            return [self._read(one) for one in self._chunk]
        return [one if isinstance(one, Rejected) else next(answers) for one in self._chunk]

    def _answers(self) -> Iterator[Ready | Rejected] | None:
        if self._process is None or self._process.stdout is None:
            return None
        with suppress(OSError):
            frame = read_frame(self._process.stdout)
            return None if frame is None else answers_of(frame, self._file)
        return None

    def _write(self, frame: Iterable[bytes]) -> None:
        if self._process is not None and self._process.stdin is not None:
            try:
                write_frame(self._process.stdin, frame)
            except OSError:
                self._give_up()

    def _give_up(self) -> None:
        """End the process; from now on its part is read here."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError):
                process.communicate()


def _started() -> "subprocess.Popen[bytes]":
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "syndicate.ingest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _in_turn(crew: list[Worker], chunks: Iterator[list[Entry]]) -> Iterator[Ready | Rejected]:
    free, busy = deque(crew), deque[Worker]()
    for chunk in chunks:
        done: list[Ready | Rejected] = []
        if not free:
            free.append(busy.popleft())
            done = free[0].receive()
        busy.append(free.popleft())
        busy[-1].send(chunk)
        yield from done
    for worker in busy:
        yield from worker.receive()


def _chunks(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    chunk: list[Entry] = []
    size = 0
    for one in entries:
        chunk.append(one)
        size += len(one.data) if isinstance(one, Piece) else 0
        if len(chunk) == CHUNK or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
