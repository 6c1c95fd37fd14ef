"""Reading files into the store: a batch of drafts, one transaction, then the answers.

An article is answered for only after its transaction is durable.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from typing import BinaryIO

from syndicate.errors import InputError, UnknownName
from syndicate.formats import base as formats
from syndicate.ingest.crew import read_apart
from syndicate.ingest.decide import Outcome, decide
from syndicate.ingest.prepare import Import, Ready, prepared, read_ready
from syndicate.ingest.said import said, said_next
from syndicate.ingest.sources import HEAD, STANDARD_INPUT, Place, Skipped, opened, places, shown
from syndicate.machine import rare_collections
from syndicate.model.article import Article, Status
from syndicate.model.draft import Piece, Rejected, Repair
from syndicate.store import articles
from syndicate.store.articles import Addition
from syndicate.store.engine import Connection, Store, next_number
from syndicate.store.record import Record
from syndicate.unpack_archive import ArchiveError, Member, TooLarge, kind_of, members

__all__ = ["STANDARD_INPUT", "Answer", "ingest", "ingest_batches", "known_reader"]

# A transaction touches most pages of the tags' indexes however few articles it adds, so large ones are cheaper.
BATCH = 2000
BATCH_BYTES = 16 * 1024 * 1024
NEW, UPDATED, UNCHANGED, REJECTED, SKIPPED = "new", "updated", "unchanged", "rejected", "skipped"
# Between an archive and a file in it, as outcomes name it.
_INSIDE = "!"
_Found = Ready | Rejected | Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one article: `state` is new, updated, unchanged or rejected (then with `reason`).

    `content` is the article, or the record that it is stored as; `lost` names what its source says and it cannot
    carry. A file that is passed over is `skipped`, with `reason`, and no article.
    """

    state: str
    file: str
    line: int | None
    guid: str | None = None
    content: Article | Record | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    lost: tuple[str, ...] = ()

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
    """The newest revision that is known of a guid; `source` and `batch` say how it came in.

    `imported` is the article as its source had it, where acts were done since.
    """

    content: Article | Record
    source: str
    batch: int
    imported: Article | None = None

    @property
    def article(self) -> Article:
        """The article; read from its record at each call."""
        return self.content.article if isinstance(self.content, Record) else self.content


def ingest(store: Store, paths: Iterable[str], order: Import) -> Iterator[Answer]:
    """One answer per article of these files, folders and archives (`-` is standard input), in order, once durable.

    A file that cannot be read at all is one rejected answer; the others go on. One that no reader knows is rejected
    where it is asked for by name, and skipped in a folder or an archive.
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


def _batch(found: Iterator[_Found]) -> list[_Found]:
    """What goes into the next transaction: `BATCH` answers, fewer when they are large."""
    batch: list[_Found] = []
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


def _settle(store: Store, batch: list[_Found], number: int, order: Import) -> list[Answer]:
    """Decide for each draft against what the store knows, the drafts before it included, and keep what is new."""
    guids = {one.record.guid for one in batch if isinstance(one, Ready)}
    with store.read() if order.dry_run else store.write() as connection:
        stored = articles.latest_of(connection, guids)
        had = {guid: _said(connection, guid) for guid in articles.acted_on(connection, stored)}
        known = {guid: _Latest(one.article, one.source, one.batch, had.get(guid)) for guid, one in stored.items()}
        answers = [_answer(one, known, number, order.reading.now) for one in batch]
        if not order.dry_run:
            additions = [
                Addition(article=one.content, kind=one.state, source=one.place)
                for one in answers
                if one.content is not None and one.state in _KEPT
            ]
            articles.add_all(connection, additions, batch=number, now=order.reading.now)
    return answers


def _said(connection: Connection, guid: str) -> Article | None:
    return said((one.article, one.is_act) for one in articles.history(connection, guid))


def _answer(one: _Found, known: dict[str, _Latest], number: int, now: datetime) -> Answer:
    """The answer for one draft; `known` learns of it for those that come after."""
    if isinstance(one, Skipped):
        return Answer(state=SKIPPED, file=one.file, line=None, reason=one.reason)
    if isinstance(one, Rejected):
        return Answer(state=REJECTED, file=one.file, line=one.line, guid=one.guid, reason=one.reason)
    guid = one.record.guid
    latest = known.get(guid)
    answer = _new(one) if latest is None else _decided(one, latest, number, now)
    if answer.content is not None and answer.state in _KEPT:
        known[guid] = _Latest(answer.content, answer.place, number, _said_now(latest, answer))
    return answer


def _said_now(latest: _Latest | None, answer: Answer) -> Article | None:
    """The article as its source has it after this answer, where that is another one than what is stored."""
    if latest is None or latest.imported is None or answer.article is None:
        return None
    return said_next(latest.imported, latest.article, answer.article)


def _new(one: Ready) -> Answer:
    """What `decide` says of a guid that nothing is known of; most articles of a large import are such."""
    return Answer(
        state=NEW,
        file=one.file,
        line=one.line,
        guid=one.record.guid,
        content=one.record,
        repairs=one.repairs,
        lost=one.lost,
    )


def _decided(one: Ready, latest: _Latest, number: int, now: datetime) -> Answer:
    content = latest.article
    decision = decide(one.draft, content, now=now, states=one.states, imported=latest.imported)
    answer = Answer(
        state=_STATES[decision.outcome],
        file=one.file,
        line=one.line,
        guid=one.record.guid,
        content=decision.article,
        reason=decision.reason,
        notes=decision.notes,
        repairs=one.repairs,
        lost=one.lost,
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


def _prepared(paths: Iterable[str], order: Import) -> Iterator[_Found]:
    """What the files hold, with `--set` applied and guids minted."""
    for path in paths:
        for place in places(path):
            if isinstance(place, Place):
                yield from _read(place, order)
            else:
                yield place


def _read(place: Place, order: Import) -> Iterator[_Found]:
    """The articles of a file, or of all files of an archive."""
    file = shown(place.file)
    try:
        with opened(place.file) as stream:
            kind = kind_of(stream.peek(HEAD)[:HEAD])
            if kind is None:
                yield from _read_file(stream, Place(file, place.is_named), file, order)
            else:
                for member in members(stream, kind, file):
                    yield from _read_member(member, file, order)
    except InputError as error:
        yield Rejected(file=error.file, line=error.line, reason=error.reason)
    except ArchiveError as error:
        yield Rejected(file=file, line=None, reason=str(error))
    except OSError as error:
        yield Rejected(file=file, line=None, reason=f"cannot be read: {error.strerror or error}")


def _read_member(member: Member, archive: str, order: Import) -> Iterator[_Found]:
    """The articles of a file in an archive. Its reader knows it by its own name: in a folder it would be the same."""
    shown = f"{archive}{_INSIDE}{member.name}"
    if member.stream is None:
        reason = member.reason or ""
        yield Rejected(file=shown, line=None, reason=reason) if member.is_fault else Skipped(shown, reason)
        return
    try:
        for one in _read_file(member.stream, Place(shown, False), member.name, order):
            yield replace(one, file=shown)
    except InputError as error:
        yield Rejected(file=shown, line=error.line, reason=error.reason)
    except TooLarge:
        raise
    except ArchiveError as error:
        yield Rejected(file=shown, line=None, reason=str(error))


def _read_file(stream: BinaryIO, place: Place, file: str, order: Import) -> Iterator[_Found]:
    """The articles of a file that is no archive; `file` is what its reader calls it."""
    name = order.reader or formats.detect_reader(stream.peek(HEAD)[:HEAD], file)  # type: ignore[attr-defined]
    if name is not None:
        yield from _read_as(name, stream, file, order)
    elif place.is_named:
        readers = ", ".join(formats.having("read"))
        raise InputError(file, None, f"no reader knows this kind of file; name one with --reader ({readers})")
    else:
        yield Skipped(place.file, "no reader knows this kind of file")


def _read_as(name: str, stream: BinaryIO, file: str, order: Import) -> Iterator[Ready | Rejected]:
    reader = formats.piece_reader(name)
    if reader is None:
        stated = formats.states(name)
        for one in formats.reader(name).read(stream, file, order.reading):
            ready = prepared(one, order)
            yield replace(ready, states=stated) if isinstance(ready, Ready) else ready
        return

    def read(one: Piece | Rejected) -> Ready | Rejected:
        return one if isinstance(one, Rejected) else read_ready(reader, one, file, order)

    entries = reader.cut(stream, file)
    if order.jobs == 1:
        yield from map(read, entries)
    else:
        yield from read_apart(entries, file, replace(order, reader=name), read)


def known_reader(name: str | None) -> None:
    """UnknownName when there is no reader of that name."""
    if name is not None and name not in formats.having("read"):
        raise UnknownName("reader", name, formats.having("read"))
