"""Bytes of the published tree, verified by their hash before anything else is done with them."""

import gzip
import hashlib
import os
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from stat import S_ISREG

import brotli

# Files above are not kept in memory but open, and sent in parts.
LARGE = 4 * 1024 * 1024
PART = 256 * 1024
# What an open file counts as in the cache, so that there are never too many of them.
_OPEN = 512 * 1024


class Opened:
    """A file that is kept open: nothing but a rename ever replaces it, so what was verified stays as it was."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self.size = size

    def parts(self) -> Iterator[bytes]:
        """The file from its beginning, part by part."""
        for start in range(0, self.size, PART):
            yield os.pread(self._descriptor, PART, start)

    def __del__(self) -> None:
        os.close(self._descriptor)


Body = bytes | Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The bytes of a file, their number and their hash (hex)."""

    body: Body
    size: int
    sha256: str


def read(path: str) -> Verified | None:
    """The file with its hash; None when it is not there, or is no file. Raises OSError for other reasons."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    except (FileNotFoundError, NotADirectoryError):
        return None
    opened = Opened(descriptor, 0)
    found = os.fstat(descriptor)
    if not S_ISREG(found.st_mode):
        return None
    opened.size = found.st_size
    if found.st_size > LARGE:
        whole = hashlib.sha256()
        for part in opened.parts():
            whole.update(part)
        return Verified(body=opened, size=found.st_size, sha256=whole.hexdigest())
    data = b"".join(opened.parts())
    return Verified(body=data, size=len(data), sha256=hashlib.sha256(data).hexdigest())


def is_twin(coding: str, twin: Verified, document: Verified) -> bool:
    """Whether the twin unpacks to exactly the document. Large ones are not tried."""
    if not isinstance(twin.body, bytes) or not isinstance(document.body, bytes):
        return False
    unpack = _UNPACK.get(coding)
    try:
        return unpack is not None and unpack(twin.body) == document.body
    except (OSError, EOFError, zlib.error, brotli.error):
        return False


def _brotli(data: bytes) -> bytes:
    unpacked: bytes = brotli.decompress(data)
    return unpacked


_UNPACK: Mapping[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "br": _brotli}


class Shelf:
    """The bodies that were asked for last, by hash; at most so many bytes of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._bodies: OrderedDict[str, Body] = OrderedDict()

    def get(self, sha256: str) -> Body | None:
        """The body of that hash, where it is still here."""
        body = self._bodies.get(sha256)
        if body is not None:
            self._bodies.move_to_end(sha256)
        return body

    def put(self, found: Verified) -> None:
        """Keep this one; those not asked for for the longest go."""
        if found.sha256 in self._bodies:
            return
        self._bodies[found.sha256] = found.body
        self._size += _weight(found.body)
        while self._size > self._most and len(self._bodies) > 1:
            _, gone = self._bodies.popitem(last=False)
            self._size -= _weight(gone)


def _weight(body: Body) -> int:
    return len(body) if isinstance(body, bytes) else _OPEN
