"""Reading files into the store: a batch of drafts, one transaction, then the answers.

An article is answered for only after its transaction is durable.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from syndicate.errors import InputError, UnknownName
from syndicate.formats import base as formats
from syndicate.ingest.crew import read_apart
from syndicate.ingest.decide import Outcome, decide
from syndicate.ingest.prepare import Import, Ready, prepared, read_ready
from syndicate.machine import rare_collections
from syndicate.model.article import Article, Status
from syndicate.model.draft import Piece, Rejected, Repair
from syndicate.store import articles
from syndicate.store.articles import Addition
from syndicate.store.engine import Store, next_number
from syndicate.store.record import Record

# A transaction touches most pages of the tags' indexes however few articles it adds, so large ones are cheaper.
BATCH = 2000
BATCH_BYTES = 16 * 1024 * 1024
STANDARD_INPUT = "-"
NEW, UPDATED, UNCHANGED, REJECTED = "new", "updated", "unchanged", "rejected"
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one article: `state` is new, updated, unchanged or rejected (then with `reason`).

    `content` is the article, or the record that it is stored as.
    """

    state: str
    file: str
    line: int | None
    guid: str | None = None
    content: Article | Record | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()

    @property
    def place(self) -> str:
        """File and line."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    @property
    def article(self) -> Article | None:
        """The article; read from its record at each call."""
        return self.content.article if isinstance(self.content, Record) else self.content

    @property
    def version(self) -> int | None:
        """The article's version."""
        return None if self.content is None else self.content.version


@dataclass(frozen=True, slots=True)
class _Latest:
    """The newest revision that is known of a guid; `source` and `batch` say how it came in."""

    content: Article | Record
    source: str
    batch: int


def ingest(store: Store, paths: Iterable[str], order: Import) -> Iterator[Answer]:
    """One answer per article of these files and folders (`-` is standard input), in order, once it is durable.

    A file that cannot be read at all is one rejected answer; the others go on.
    """
    return chain.from_iterable(ingest_batches(store, paths, order))


def ingest_batches(store: Store, paths: Iterable[str], order: Import) -> Iterator[list[Answer]]:
    """The answers of `ingest`, those of one transaction at a time."""
    found = _prepared(paths, order)
    store.widen()
    number = 0 if order.dry_run else _import_number(store)
    with rare_collections():
        while batch := _batch(found):
            yield _settle(store, batch, number, order)


def _batch(found: Iterator[Ready | Rejected]) -> list[Ready | Rejected]:
    """What goes into the next transaction: `BATCH` answers, fewer when they are large."""
    batch: list[Ready | Rejected] = []
    size = 0
    for one in islice(found, BATCH):
        batch.append(one)
        size += len(one.record.doc) if isinstance(one, Ready) else 0
        if size >= BATCH_BYTES:
            break
    return batch


def _import_number(store: Store) -> int:
    with store.write() as connection:
        return next_number(connection, "import")


def _settle(store: Store, batch: list[Ready | Rejected], number: int, order: Import) -> list[Answer]:
    """Decide for each draft against what the store knows, the drafts before it included, and keep what is new."""
    guids = {one.record.guid for one in batch if isinstance(one, Ready)}
    with store.read() if order.dry_run else store.write() as connection:
        stored = articles.latest_of(connection, guids)
        known = {guid: _Latest(one.article, one.source, one.batch) for guid, one in stored.items()}
        answers = [_answer(one, known, number, order.reading.now) for one in batch]
        if not order.dry_run:
            additions = [
                Addition(article=one.content, kind=one.state, source=one.place)
                for one in answers
                if one.content is not None and one.state in _KEPT
            ]
            articles.add_all(connection, additions, batch=number, now=order.reading.now)
    return answers


def _answer(one: Ready | Rejected, known: dict[str, _Latest], number: int, now: datetime) -> Answer:
    """The answer for one draft; `known` learns of it for those that come after."""
    if isinstance(one, Rejected):
        return Answer(state=REJECTED, file=one.file, line=one.line, guid=one.guid, reason=one.reason)
    guid = one.record.guid
    latest = known.get(guid)
    answer = _new(one) if latest is None else _decided(one, latest, number, now)
    if answer.content is not None and answer.state in _KEPT:
        known[guid] = _Latest(answer.content, answer.place, number)
    return answer


def _new(one: Ready) -> Answer:
    """What `decide` says of a guid that nothing is known of; most articles of a large import are such."""
    return Answer(
        state=NEW, file=one.file, line=one.line, guid=one.record.guid, content=one.record, repairs=one.repairs
    )


def _decided(one: Ready, latest: _Latest, number: int, now: datetime) -> Answer:
    content = latest.content.article if isinstance(latest.content, Record) else latest.content
    decision = decide(one.draft, content, now=now)
    answer = Answer(
        state=_STATES[decision.outcome],
        file=one.file,
        line=one.line,
        guid=one.record.guid,
        content=decision.article,
        reason=decision.reason,
        notes=decision.notes,
        repairs=one.repairs,
    )
    if latest.batch != number or answer.state != UPDATED:
        return answer
    if one.stated_version is not None and one.stated_version > content.version:
        return answer
    if decision.article.status is not Status.USABLE:
        return answer
    reason = f"guid {one.record.guid} is already used by {latest.source} in this import"
    return replace(answer, state=REJECTED, reason=f"{reason}; give it another, or a higher version")


_STATES = {
    Outcome.NEW: NEW,
    Outcome.UPDATED: UPDATED,
    Outcome.UNCHANGED: UNCHANGED,
    Outcome.REFUSED: REJECTED,
}
_KEPT = frozenset({NEW, UPDATED})


def _prepared(paths: Iterable[str], order: Import) -> Iterator[Ready | Rejected]:
    """What the files hold, with `--set` applied and guids minted."""
    for path in paths:
        for file in _files(path):
            yield from _read(file, order)


def _read(file: str, order: Import) -> Iterator[Ready | Rejected]:
    try:
        with _open(file) as stream:
            name = order.reader or formats.detect_reader(stream.peek(_HEAD)[:_HEAD], file)
            if name is None:
                readers = ", ".join(formats.having("read"))
                raise InputError(file, None, f"no reader knows this kind of file; name one with --reader ({readers})")
            yield from _read_as(name, stream, file, order)
    except InputError as error:
        yield Rejected(file=error.file, line=error.line, reason=error.reason)
    except OSError as error:
        yield Rejected(file=file, line=None, reason=f"cannot be read: {error.strerror or error}")


def _read_as(name: str, stream: BinaryIO, file: str, order: Import) -> Iterator[Ready | Rejected]:
    reader = formats.piece_reader(name)
    if reader is None:
        for one in formats.reader(name).read(stream, file, order.reading):
            yield prepared(one, order)
        return

    def read(one: Piece | Rejected) -> Ready | Rejected:
        return one if isinstance(one, Rejected) else read_ready(reader, one, file, order)

    entries = reader.cut(stream, file)
    if order.jobs == 1:
        yield from map(read, entries)
    else:
        yield from read_apart(entries, file, replace(order, reader=name), read)


@contextmanager
def _open(file: str) -> Iterator[Any]:
    """The file or standard input, buffered so that its head can be looked at."""
    if file == STANDARD_INPUT:
        with open(sys.stdin.fileno(), "rb", buffering=_HEAD, closefd=False) as stream:
            yield stream
        return
    with open(file, "rb", buffering=_HEAD) as stream:
        yield stream


def _files(path: str) -> Iterator[str]:
    """The path, or the files below a folder in the order of their names; hidden ones are passed over."""
    folder = Path(path)
    if path == STANDARD_INPUT or not folder.is_dir():
        yield path
        return
    for found in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in found.relative_to(folder).parts)
        if found.is_file() and not hidden:
            yield str(found)


def known_reader(name: str | None) -> None:
    """UnknownName when there is no reader of that name."""
    if name is not None and name not in formats.having("read"):
        raise UnknownName("reader", name, formats.having("read"))
