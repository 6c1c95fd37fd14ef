"""Reading files into the store: a batch of drafts, one transaction, then the answers.

An article is answered for only after its transaction is durable.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from syndicate.errors import InputError, UnknownName
from syndicate.formats import base as formats
from syndicate.ingest.decide import Outcome, decide, named, set_fields
from syndicate.model.article import Article
from syndicate.model.draft import Draft, Reading, Rejected, Repair
from syndicate.store import articles
from syndicate.store.articles import Addition, Stored
from syndicate.store.engine import Store, next_number

BATCH = 500
STANDARD_INPUT = "-"
NEW, UPDATED, UNCHANGED, REJECTED = "new", "updated", "unchanged", "rejected"
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one article: `state` is new, updated, unchanged or rejected (then with `reason`)."""

    state: str
    file: str
    line: int | None
    guid: str | None = None
    article: Article | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()

    @property
    def place(self) -> str:
        """File and line."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """How files are read: by which reader (None: found out), with which `--set` fields, kept or only tried."""

    reading: Reading
    tag_authority: str
    reader: str | None = None
    overrides: tuple[tuple[str, str], ...] = ()
    dry_run: bool = False


def ingest(store: Store, paths: Iterable[str], order: Import) -> Iterator[Answer]:
    """One answer per article of these files and folders (`-` is standard input), in order, once it is durable.

    A file that cannot be read at all is one rejected answer; the others go on.
    """
    found = _prepared(paths, order)
    number = 0 if order.dry_run else _import_number(store)
    while batch := list(islice(found, BATCH)):
        yield from _settle(store, batch, number, order)


def _import_number(store: Store) -> int:
    with store.write() as connection:
        return next_number(connection, "import")


def _settle(store: Store, batch: list[Draft | Answer], number: int, order: Import) -> list[Answer]:
    """Decide for each draft against what the store knows, the drafts before it included, and keep what is new."""
    guids = {one.article.guid for one in batch if isinstance(one, Draft)}
    with store.read() if order.dry_run else store.write() as connection:
        known = articles.latest_of(connection, guids)
        answers = [one if isinstance(one, Answer) else _answer(one, known, number, order) for one in batch]
        if not order.dry_run:
            additions = [
                Addition(article=one.article, kind=one.state, source=one.place)
                for one in answers
                if one.article is not None and one.state in (NEW, UPDATED)
            ]
            articles.add_all(connection, additions, batch=number, now=order.reading.now)
    return answers


def _answer(draft: Draft, known: dict[str, Stored], number: int, order: Import) -> Answer:
    """The answer for one draft; `known` learns of it for those that come after."""
    answer = _decided(draft, known.get(draft.article.guid), number, order)
    if answer.article is not None and answer.state in (NEW, UPDATED):
        known[answer.article.guid] = Stored(
            article=answer.article, source=answer.place, batch=number, accepted=order.reading.now
        )
    return answer


def _decided(draft: Draft, latest: Stored | None, number: int, order: Import) -> Answer:
    decision = decide(draft, latest.article if latest else None, now=order.reading.now)
    answer = Answer(
        state=_STATES[decision.outcome],
        file=draft.file,
        line=draft.line,
        guid=draft.article.guid,
        article=decision.article,
        reason=decision.reason,
        notes=decision.notes,
        repairs=draft.repairs,
    )
    if latest is None or latest.batch != number or answer.state != UPDATED:
        return answer
    if draft.stated_version is not None and draft.stated_version > latest.article.version:
        return answer
    reason = f"guid {draft.article.guid} is already used by {latest.source} in this import"
    return replace(answer, state=REJECTED, reason=f"{reason}; give it another, or a higher version")


_STATES = {
    Outcome.NEW: NEW,
    Outcome.UPDATED: UPDATED,
    Outcome.UNCHANGED: UNCHANGED,
    Outcome.REFUSED: REJECTED,
}


def _prepared(paths: Iterable[str], order: Import) -> Iterator[Draft | Answer]:
    """The drafts with `--set` applied and guids minted, and an answer for everything that is no draft."""
    for path in paths:
        for file in _files(path):
            for one in _read(file, order):
                yield _prepare(one, order)


def _prepare(one: Draft | Rejected, order: Import) -> Draft | Answer:
    if isinstance(one, Rejected):
        return Answer(state=REJECTED, file=one.file, line=one.line, guid=one.guid, reason=one.reason)
    try:
        return named(set_fields(one, order.overrides), order.tag_authority)
    except ValueError as error:
        return Answer(state=REJECTED, file=one.file, line=one.line, reason=str(error))


def _read(file: str, order: Import) -> Iterator[Draft | Rejected]:
    try:
        with _open(file) as stream:
            name = order.reader or formats.detect_reader(stream.peek(_HEAD)[:_HEAD], file)
            if name is None:
                readers = ", ".join(formats.having("read"))
                raise InputError(file, None, f"no reader knows this kind of file; name one with --reader ({readers})")
            yield from formats.reader(name).read(stream, file, order.reading)
    except InputError as error:
        yield Rejected(file=error.file, line=error.line, reason=error.reason)
    except OSError as error:
        yield Rejected(file=file, line=None, reason=f"cannot be read: {error.strerror or error}")


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
