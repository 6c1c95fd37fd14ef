"""A file of JSON cut into its articles: JSON lines, a list, or one object. Memory stays that of one article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import orjson

from syndicate.model.draft import Piece

MAX_BYTES = 8 * 1024 * 1024
_CHUNK = 256 * 1024
_OUTSIDE = re.compile(rb'["\[\]{},]')
_INSIDE = re.compile(rb'["\\]')
_BOM = b"\xef\xbb\xbf"
_TOO_LONG = f"is longer than {MAX_BYTES // 1024 // 1024} MiB: no article is"


@dataclass(frozen=True, slots=True)
class Broken:
    """A stretch of the file that holds no article, and why."""

    line: int
    reason: str


def split(stream: BinaryIO) -> Iterator[Piece | Broken]:
    """The articles of the file in order; nothing for an empty list, a fault for an empty file."""
    number, first = _first_line(stream)
    if first.startswith(b"["):
        yield from _Listed().elements(stream, first, number)
    elif first:
        yield from _lines_or_object(stream, first, number)
    else:
        yield Broken(number, "the file is empty: an article, a list or lines of them are wanted")


def _first_line(stream: BinaryIO) -> tuple[int, bytes]:
    """The first line that is not blank, without a byte order mark, and its number."""
    number, line = 1, stream.readline(MAX_BYTES + 1).removeprefix(_BOM)
    while line and not line.strip():
        number, line = number + 1, stream.readline(MAX_BYTES + 1)
    return number, line.lstrip()


def _lines_or_object(stream: BinaryIO, first: bytes, number: int) -> Iterator[Piece | Broken]:
    if not first.rstrip().endswith((b"{", b"[", b",", b":")):
        yield from _lines(stream, first, number)
        return
    second = stream.readline(MAX_BYTES + 1)
    if not first.rstrip().endswith(b"[") and _is_object(second):
        yield Piece(first, number)
        yield from _lines(stream, second, number + 1)
        return
    data = first + second + stream.read(MAX_BYTES + 1)
    yield Broken(number, _TOO_LONG) if len(data) > MAX_BYTES else Piece(data, number)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _lines(stream: BinaryIO, line: bytes, number: int) -> Iterator[Piece | Broken]:
    while line:
        if len(line) > MAX_BYTES:
            yield Broken(number, _TOO_LONG)
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
        elif not line.isspace():
            yield Piece(line.rstrip(), number)
        number, line = number + 1, stream.readline(MAX_BYTES + 1)


@dataclass(slots=True)
class _Listed:
    """The elements of a list, found by its brackets, commas and quotation marks alone."""

    depth: int = 0
    in_string: bool = False
    is_escaped: bool = False
    is_over: bool = False
    line: int = 1
    kept: bytearray = field(default_factory=bytearray)

    def elements(self, stream: BinaryIO, first: bytes, number: int) -> Iterator[Piece | Broken]:
        self.line = number
        chunk = first
        while chunk:
            yield from self._chunk(chunk)
            chunk = stream.read(_CHUNK)
        if not self.is_over:
            begin = self.line - self.kept.count(b"\n") + _blank_lines(self.kept)
            yield Broken(begin, "the list does not end: the file is cut off, or brackets do not match from here on")
        elif self.kept.strip():
            yield Broken(self.line, "there is more after the end of the list")

    def _chunk(self, chunk: bytes) -> Iterator[Piece | Broken]:
        start = position = 0
        while (found := self._next(chunk, position)) is not None:
            position = found + 1
            if self._ends_element(chunk[found]):
                self._keep(chunk[start:found])
                start = position
                yield from self._taken()
        self._keep(chunk[start:])

    def _next(self, chunk: bytes, position: int) -> int | None:
        """Where the next meaningful byte stands, or None; strings are passed over."""
        if self.is_escaped and chunk:
            self.is_escaped, position = False, position + 1
        while self.in_string:
            found = _INSIDE.search(chunk, position)
            if found is None:
                return None
            position = found.end()
            if found[0] == b'"':
                self.in_string = False
            elif position == len(chunk):
                self.is_escaped = True
                return None
            else:
                position += 1
        found = _OUTSIDE.search(chunk, position)
        return found.start() if found and not self.is_over else None

    def _ends_element(self, byte: int) -> bool:
        """Whether the byte ends an element; brackets and quotation marks move the state on."""
        match chr(byte):
            case '"':
                self.in_string = True
            case "[" | "{":
                self.depth += 1
                return self.depth == 1
            case "]" | "}":
                self.depth -= 1
                self.is_over = self.depth == 0
                return self.is_over
        return byte == ord(",") and self.depth == 1

    def _keep(self, data: bytes) -> None:
        self.line += data.count(b"\n")
        if len(self.kept) <= MAX_BYTES:
            self.kept += data

    def _taken(self) -> Iterator[Piece | Broken]:
        data = bytes(self.kept)
        self.kept.clear()
        begin = self.line - data.count(b"\n") + _blank_lines(data)
        if len(data) > MAX_BYTES:
            yield Broken(begin, _TOO_LONG)
        elif data.strip():
            yield Piece(data, begin)


def _blank_lines(data: bytes | bytearray) -> int:
    return data[: len(data) - len(data.lstrip())].count(b"\n")
