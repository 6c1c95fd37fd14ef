"""What reading processes are told and what they tell: a frame is two lengths, a header in JSON, and plain bytes."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate, pairwise
from typing import IO, Any

import orjson

from syndicate.ingest.prepare import Import, Ready
from syndicate.model.draft import Piece, Reading, Rejected, Repair
from syndicate.store.record import Record

_LENGTHS = struct.Struct("<QQ")
_READY, _REJECTED = 0, 1

Frame = tuple[Any, memoryview]


def write_frame(stream: IO[bytes], parts: Iterable[bytes]) -> None:
    """Write a whole frame and pass it on."""
    stream.writelines(parts)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Frame | None:
    """The next frame; None when the other side has ended, be it in the middle."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header_length, body_length = _LENGTHS.unpack(lengths)
    data = stream.read(header_length + body_length)
    if len(data) < header_length + body_length:
        return None
    whole = memoryview(data)
    return orjson.loads(whole[:header_length]), whole[header_length:]


def _frame(header: object, body: Sequence[bytes] = ()) -> list[bytes]:
    head = orjson.dumps(header)
    return [_LENGTHS.pack(len(head), sum(map(len, body))), head, *body]


def _cut(body: memoryview, lengths: Iterable[int]) -> Iterator[bytes]:
    ends = accumulate(lengths, initial=0)
    return (bytes(body[start:end]) for start, end in pairwise(ends))


def orders(file: str, order: Import) -> list[bytes]:
    """The first frame for a process: what it reads, and how."""
    return _frame(
        {
            "file": file,
            "reader": order.reader,
            "now": order.reading.now.isoformat(),
            "language": order.reading.language,
            "tag_authority": order.tag_authority,
            "overrides": order.overrides,
        }
    )


def order_of(frame: Frame) -> tuple[str, Import]:
    """The file's name and the order that `orders` told."""
    told = frame[0]
    return told["file"], Import(
        reading=Reading(now=datetime.fromisoformat(told["now"]), language=told["language"]),
        tag_authority=told["tag_authority"],
        reader=told["reader"],
        overrides=tuple((name, value) for name, value in told["overrides"]),
    )


def pieces_frame(pieces: Sequence[Piece]) -> list[bytes]:
    """Articles to read."""
    return _frame([(one.line, len(one.data)) for one in pieces], [one.data for one in pieces])


def pieces_of(frame: Frame) -> list[Piece]:
    """The articles that `pieces_frame` told."""
    header, body = frame
    datas = _cut(body, (length for _, length in header))
    return [Piece(data, line) for data, (line, _) in zip(datas, header, strict=True)]


def answers_frame(answers: Sequence[Ready | Rejected]) -> list[bytes]:
    """What became of them."""
    docs = [one.record.doc if isinstance(one, Ready) else b"" for one in answers]
    return _frame([_row(one) for one in answers], docs)


def _row(one: Ready | Rejected) -> tuple[object, ...]:
    if isinstance(one, Rejected):
        return (_REJECTED, 0, one.line, one.reason, one.guid)
    record, repairs = one.record, [(repair.field, repair.what) for repair in one.repairs]
    return (_READY, len(record.doc), one.line, one.stated_version, repairs, record.guid, record.version, record.status,
            record.published, record.updated, record.embargo, record.expires, record.tags, one.lost)  # fmt: skip


def answers_of(frame: Frame, file: str) -> Iterator[Ready | Rejected]:
    """The answers that `answers_frame` told."""
    header, body = frame
    docs = _cut(body, (row[1] for row in header))
    return (_answer(doc, file, *row) for doc, row in zip(docs, header, strict=True))


def _answer(doc: bytes, file: str, kind: int, _: int, line: int | None, *rest: Any) -> Ready | Rejected:
    if kind == _REJECTED:
        reason, guid = rest
        return Rejected(file=file, line=line, reason=reason, guid=guid)
    stated_version, repairs, guid, version, status, published, updated, embargo, expires, tags, lost = rest
    record = Record(guid, version, status, published, updated, embargo, expires, tuple(tags), doc)
    told = tuple(Repair(field=name, what=what) for name, what in repairs)
    return Ready(record, file, line, stated_version, told, tuple(lost))
