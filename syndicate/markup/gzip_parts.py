"""gzip files joined from parts that were deflated once, so that an article is not deflated for each document."""

import struct
import zlib
from collections.abc import Iterable, Iterator

LEVEL = 6
# RFC 1952: deflate, no flags, no time, no extra flags, system unknown: the same bytes whenever and wherever.
_HEADER = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255))


def piece(data: bytes) -> bytes:
    """The data deflated so that it can stand anywhere in a stream: ends on a byte, refers to nothing before it."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(data) + deflate.flush(zlib.Z_SYNC_FLUSH)


def join(head: bytes, pieces: Iterable[bytes], tail: bytes, crc: int, size: int) -> Iterator[bytes]:
    """The gzip file, part by part, of a document which is `head`, what the pieces hold, and `tail`.

    `crc` is the document's CRC-32, `size` its length in bytes.
    """
    yield _HEADER + piece(head)
    yield from pieces
    last = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    yield last.compress(tail) + last.flush() + struct.pack("<II", crc, size & 0xFFFFFFFF)


class Stream:
    """A gzip file made while the bytes of its document go by."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._begin = _HEADER
        self._crc = 0
        self._size = 0

    def add(self, data: bytes) -> bytes:
        """Take more of the document; what there is of the file so far comes back."""
        begin, self._begin = self._begin, b""
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        return begin + self._deflate.compress(data)

    def end(self) -> Iterator[bytes]:
        """The rest of the file."""
        yield self._begin + self._deflate.flush() + struct.pack("<II", self._crc, self._size & 0xFFFFFFFF)
