"""Archives as a stream of the files in them: zip, tar, and single files packed by gzip, bzip2 or xz.

Nothing is written to disk and nothing is trusted: names that lead elsewhere, links and devices are told and left out,
and what unpacks to far more than came in ends with an error. Archives inside archives stay packed.
"""

import bz2
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any, BinaryIO, Protocol

MEMBERS = 100_000
TOTAL = 4 * 1024**3
RATIO = 200
# What any archive may hold, however small it is.
FREE = 64 * 1024**2
# No header of an archive is longer, nor its list of contents.
_LONGEST = 64 * 1024**2
# xz files name the memory they want; the highest setting of its tools needs 65 MiB.
_MEMORY = 128 * 1024**2
_STEP = 256 * 1024
_BLOCK = 512

_MAGIC = {b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"\x1f\x8b\x08": "gz", b"BZh": "bz2", b"\xfd7zXZ\0": "xz"}
_ENTRY = b"PK\x01\x02"
_STARTS = {"gz": b"\x1f\x8b", "bz2": b"BZh", "xz": b"\xfd7zXZ\0"}
_SUFFIXES = {"gz": (".gz",), "bz2": (".bz2", ".bz"), "xz": (".xz",)}
# Documents that are zip files inside: the name of their first file, which begins at byte 30, says so.
_DOCUMENTS = (b"mimetype", b"[Content_Types].xml", b"META-INF/", b"_rels/", b"AndroidManifest.xml", b"docProps/")
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError, IndexError, OSError)
_INSIDE = "is an archive inside an archive: unpack it first"


class ArchiveError(OSError):
    """An archive, or a file in it, that cannot be unpacked; the text is a clause about it."""


class TooLarge(ArchiveError):
    """An archive that unpacks to more than it may: none of its files is read any more."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. Without a stream `reason` says why it is left out, and `is_fault` whether that is wrong.

    The stream can be peeked into; it is good until the next member is asked for.
    """

    name: str
    stream: "io.BufferedReader[Any] | None" = None
    reason: str | None = None
    is_fault: bool = False


def kind_of(head: bytes) -> str | None:
    """`zip`, `tar`, `gz`, `bz2` or `xz`, by the first 512 bytes; None for what is no archive of files."""
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if kind == "zip":
        return None if head[30:].startswith(_DOCUMENTS) else kind
    return kind or ("tar" if _is_tar(head[:_BLOCK]) else None)


def members(stream: BinaryIO, kind: str, name: str) -> Iterator[Member]:
    """The files of an archive, those of a zip in the order of their names. `name` is the archive's own.

    ArchiveError when it is broken, when it is too large unpacked, or when it cannot be read from where it comes.
    """
    try:
        if kind == "zip":
            yield from _zipped(stream)
        elif kind == "tar":
            yield from _tarred(stream, _Tally())
        else:
            yield from _packed(stream, kind, name)
    except ArchiveError:
        raise
    except _BROKEN as error:
        raise ArchiveError(f"is a broken {kind} archive: {_said(error)}") from error


def _said(error: Exception) -> str:
    return str(error).rstrip(".") or type(error).__name__


def _is_tar(block: bytes) -> bool:
    """Whether the block is a header of a tar archive: one that says so, or an old one with the right sum."""
    if len(block) < _BLOCK or not block[0]:
        return False
    try:
        stated = int(block[148:156].strip(b" \0") or b"-1", 8)
    except ValueError:
        return False
    return stated == sum(block[:148]) + sum(block[156:]) + 8 * ord(" ")


@dataclass(slots=True)
class _Tally:
    """What came, and what that unpacked to."""

    received: int = 0
    unpacked: int = 0

    def add(self, size: int) -> None:
        """So much more was unpacked; ArchiveError when that is too much."""
        self.unpacked += size
        if self.unpacked > TOTAL:
            raise TooLarge(f"unpacks to more than {TOTAL // 1024**2} MiB: split it")
        if self.unpacked > FREE and self.unpacked > RATIO * self.received:
            raise TooLarge(f"unpacks to more than {RATIO} times its size: a bomb, or nothing but repetition")


class _File(io.RawIOBase):
    """A file in an archive; whatever goes wrong while it is unpacked is an ArchiveError."""

    def __init__(self, inner: IO[bytes], tally: _Tally | None) -> None:
        self._inner, self._tally = inner, tally

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._inner.read(min(len(buffer), _STEP))
        except ArchiveError:
            raise
        except (*_BROKEN, RuntimeError) as error:
            raise ArchiveError(f"is broken inside its archive: {_said(error)}") from error
        if self._tally is not None:
            self._tally.add(len(data))
        buffer[: len(data)] = data
        return len(data)


def _seen(name: str, inner: IO[bytes], tally: _Tally | None) -> Member:
    """The member with its stream, unless that is an archive again or breaks at once."""
    stream = io.BufferedReader(_File(inner, tally), _STEP)
    try:
        is_archive = kind_of(stream.peek(_BLOCK)[:_BLOCK]) is not None
    except TooLarge:
        raise
    except ArchiveError as error:
        return Member(name, None, str(error), is_fault=True)
    return Member(name, None, _INSIDE) if is_archive else Member(name, stream)


def _left_out(name: str, *, is_link: bool = False, is_file: bool = True) -> Member | None:
    """The member without a stream when its name or its kind forbids one; None when it may be read."""
    if name.startswith(("/", "~")) or ".." in name.split("/") or name[1:2] == ":":
        return Member(name, None, "has a name that leads out of its archive: it was packed to do harm", is_fault=True)
    if is_link:
        return Member(name, None, "is a link: only files are read")
    return None if is_file else Member(name, None, "is no file")


def _is_hidden(name: str) -> bool:
    """Whether people do not see the file: its name or that of a folder begins with a dot, or a Mac put it there."""
    parts = [part for part in name.split("/") if part not in {"", ".", ".."}]
    return any(part.startswith(".") for part in parts) or "__MACOSX" in parts


def _plain(name: str) -> str:
    """The name in characters that can be shown and kept."""
    name = name.replace("\\", "/").removeprefix("./")
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(one if one.isprintable() else "\ufffd" for one in name)


class _Bounded(io.RawIOBase):
    """An archive file of which nobody reads more than `_LONGEST` bytes, or a list of more than `MEMBERS`, at once."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner

    def read(self, size: int | None = -1) -> bytes:
        data = self._inner.read(_LONGEST + 1 if size is None or size < 0 else min(size, _LONGEST + 1))
        if len(data) > _LONGEST:
            raise ArchiveError("has a list of contents that is too long: split it")
        # An object for each entry of the list takes ten times the room of the list.
        if len(data) > _STEP:
            _check_number(data.count(_ENTRY))
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def seekable(self) -> bool:
        return self._inner.seekable()


def _zipped(stream: BinaryIO) -> Iterator[Member]:
    if not stream.seekable():
        raise ArchiveError("is a zip archive, which cannot be read from a pipe: save it as a file first")
    tally = _Tally(received=stream.seek(0, io.SEEK_END))
    with zipfile.ZipFile(_Bounded(stream)) as archive:
        found = archive.infolist()
        _check_number(len(found))
        for info in sorted(found, key=lambda one: PurePath(_plain(one.filename)).parts):
            name = _plain(info.filename)
            if info.is_dir() or _is_hidden(name):
                continue
            is_link = info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16)
            yield _left_out(name, is_link=is_link) or _zip_member(archive, info, name, tally)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, tally: _Tally) -> Member:
    if info.flag_bits & 0x1:
        return Member(name, None, "is encrypted: unpack it with its password first", is_fault=True)
    try:
        return _seen(name, archive.open(info), tally)
    except NotImplementedError:
        reason = f"is packed by a method that is not known (number {info.compress_type}): pack it anew"
        return Member(name, None, reason, is_fault=True)
    except ArchiveError:
        raise
    except _BROKEN as error:
        return Member(name, None, f"is broken inside its archive: {_said(error)}", is_fault=True)


def _check_number(count: int) -> None:
    if count > MEMBERS:
        raise ArchiveError(f"holds more than {MEMBERS} files: split it")


class _Forward(io.RawIOBase):
    """A stream that only goes on, for what wants to seek: to seek is to read until there."""

    def __init__(self, inner: BinaryIO, tally: _Tally) -> None:
        self._inner, self._tally, self._position = inner, tally, 0
        self.last = b""

    def read(self, size: int | None = -1) -> bytes:
        if size is None or not 0 <= size <= _LONGEST:
            raise ArchiveError("has a header that is too long")
        data = self._inner.read(size)
        self._position += len(data)
        self._tally.add(len(data))
        self.last = data
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence or offset < self._position:
            raise ArchiveError("is a broken tar archive: a header leads back")
        while self._position < offset and self.read(min(_STEP, offset - self._position)):
            pass
        return self._position

    def tell(self) -> int:
        return self._position


def _tarred(stream: BinaryIO, tally: _Tally) -> Iterator[Member]:
    forward = _Forward(stream, tally)
    # What is not packed unpacks to itself.
    tally.received = tally.received or TOTAL
    with tarfile.TarFile(fileobj=forward, mode="r") as archive:
        count = 0
        while (info := archive.next()) is not None:
            # The list that it keeps grows with the archive, and nobody asks for it.
            archive.members.clear()  # type: ignore[attr-defined]
            count += 1
            _check_number(count)
            name = _plain(info.name)
            if not info.isdir() and not _is_hidden(name):
                yield _tar_member(archive, info, name)
        # It takes a broken header for the end.
        if forward.last.strip(b"\0"):
            raise ArchiveError(f"is a broken tar archive: what comes after {count} files is no header")


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, name: str) -> Member:
    is_link = info.issym() or info.islnk()
    left_out = _left_out(name, is_link=is_link, is_file=info.isreg() and not info.issparse())
    inner = None if left_out else archive.extractfile(info)
    return left_out or (Member(name, None, "is no file") if inner is None else _seen(name, inner, None))


class _Engine(Protocol):
    """What unpacks one stream: as `bz2.BZ2Decompressor`."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Zlib:
    """gzip with the manners of the other two."""

    def __init__(self) -> None:
        self._engine, self.needs_input = zlib.decompressobj(31), True

    @property
    def eof(self) -> bool:
        return self._engine.eof

    @property
    def unused_data(self) -> bytes:
        return self._engine.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        made = self._engine.decompress(self._engine.unconsumed_tail + data, max_length)
        self.needs_input = not self._engine.unconsumed_tail and len(made) < max_length
        return made


_ENGINES: dict[str, Callable[[], _Engine]] = {
    "gz": _Zlib,
    "bz2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY),
}


class _Inflated(io.RawIOBase):
    """What a gzip, bzip2 or xz file holds, all of its streams one after the other."""

    def __init__(self, inner: BinaryIO, kind: str, tally: _Tally) -> None:
        self._inner, self._kind, self._tally = inner, kind, tally
        self._engine = _ENGINES[kind]()
        self._is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._next(min(len(buffer), _STEP))
        except ArchiveError:
            raise
        except _BROKEN as error:
            raise ArchiveError(f"is a broken {self._kind} file: {_said(error)}") from error
        buffer[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        while not self._is_over:
            if self._engine.eof:
                self._go_on()
                continue
            data = self._received() if self._engine.needs_input else b""
            if self._engine.needs_input and not data:
                raise EOFError("it is cut off in the middle")
            if made := self._engine.decompress(data, size):
                return made
        return b""

    def _received(self) -> bytes:
        data = self._inner.read(_STEP)
        self._tally.received += len(data)
        return data

    def _go_on(self) -> None:
        """To the next stream, if one follows; zeros may stand between them, and what else comes is nobody's."""
        rest = (self._engine.unused_data or self._received()).lstrip(b"\0")
        self._is_over = not rest.startswith(_STARTS[self._kind][: max(len(rest), 1)])
        if not self._is_over:
            self._engine = _Begun(_ENGINES[self._kind](), rest)


class _Begun:
    """An engine that was handed its first bytes before anybody asked."""

    def __init__(self, engine: _Engine, rest: bytes) -> None:
        self._engine, self._rest = engine, rest

    @property
    def eof(self) -> bool:
        return not self._rest and self._engine.eof

    @property
    def needs_input(self) -> bool:
        return not self._rest and self._engine.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._engine.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        rest, self._rest = self._rest, b""
        return self._engine.decompress(rest + data, max_length)


def _packed(stream: BinaryIO, kind: str, name: str) -> Iterator[Member]:
    tally = _Tally()
    inner = io.BufferedReader(_Inflated(stream, kind, tally), _STEP)
    if _is_tar(inner.peek(_BLOCK)[:_BLOCK]):
        yield from _tarred(inner, tally)
        return
    own = PurePath(name).name
    suffix = next((one for one in _SUFFIXES[kind] if own.lower().endswith(one)), "")
    yield _seen(_plain(own[: -len(suffix)] if suffix else own), inner, tally)
