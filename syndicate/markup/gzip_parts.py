"""gzip files joined from parts that were deflated once, so that an article is not deflated for each document."""

import struct
import zlib
from collections.abc import Iterable

LEVEL = 6
# RFC 1952: deflate, no flags, no time, no extra flags, system unknown: the same bytes whenever and wherever.
_HEADER = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255))


def piece(data: bytes) -> bytes:
    """The data deflated so that it can stand anywhere in a stream: ends on a byte, refers to nothing before it."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(data) + deflate.flush(zlib.Z_SYNC_FLUSH)


def join(head: bytes, pieces: Iterable[bytes], tail: bytes, whole: bytes) -> bytes:
    """The gzip file of `whole`, which is `head`, what the pieces hold, and `tail`."""
    last = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    end = last.compress(tail) + last.flush()
    sums = struct.pack("<II", zlib.crc32(whole), len(whole) & 0xFFFFFFFF)
    return b"".join((_HEADER, piece(head), *pieces, end, sums))
