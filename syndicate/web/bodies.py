"""Bytes of the published tree, verified by their hash before anything else is done with them."""

import errno
import hashlib
import mmap
import os
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from stat import S_ISREG

from syndicate.publish.manifest import SUFFIXES
from syndicate.unpack import UnpackError, unpack

# Files above are not kept in memory but open, and sent in parts.
LARGE = 4 * 1024 * 1024
# Files above are kept where the kernel can send them from without copying; below, that takes longer than it saves.
_SHARED = 48 * 1024
PART = 256 * 1024
# What anything with a descriptor counts as in the cache at least, so that there are never too many of them.
_OPEN = 128 * 1024
# Failures of the system that mean that there is no such file; a link in a file's place counts as none.
ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP})


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


class Shared:
    """Bytes in memory that belong to nobody else's file, under a descriptor that the kernel can send from."""

    def __init__(self, data: bytes) -> None:
        self.descriptor = -1
        self.descriptor = os.memfd_create("syndicate", os.MFD_CLOEXEC)
        self.size = len(data)
        os.ftruncate(self.descriptor, self.size)
        with mmap.mmap(self.descriptor, self.size) as place:
            place[:] = data
        self._map = mmap.mmap(self.descriptor, self.size, prot=mmap.PROT_READ)
        self.view = memoryview(self._map)

    def parts(self) -> Iterator[bytes]:
        """The bytes part by part."""
        for start in range(0, self.size, PART):
            yield bytes(self.view[start : start + PART])

    def __del__(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)


Body = bytes | Shared | Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The bytes of a file, their number and their hash (hex)."""

    body: Body
    size: int
    sha256: str


def read(path: str) -> Verified | None:
    """The file with its hash; None when it is not there, or is a link or no file. Raises OSError for other reasons."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno in ABSENT:
            return None
        raise
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
    return Verified(body=held(data), size=len(data), sha256=hashlib.sha256(data).hexdigest())


def held(data: bytes) -> bytes | Shared:
    """The bytes as they are kept: large ones as `Shared`, where the system has that and descriptors to spare."""
    if len(data) <= _SHARED or not hasattr(os, "memfd_create"):
        return data
    try:
        return Shared(data)
    except OSError:
        return data


def parts_of(body: Body) -> Iterator[bytes]:
    """The bytes, part by part."""
    return iter((body,)) if isinstance(body, bytes) else body.parts()


def is_twin(coding: str, twin: Verified, document: Verified) -> bool:
    """Whether the twin unpacks to exactly the document. Large ones are not tried."""
    if coding not in SUFFIXES or isinstance(twin.body, Opened) or isinstance(document.body, Opened):
        return False
    try:
        # Packed, a short document is longer.
        unpacked = unpack((bytes(view_of(twin.body)),), coding, max(twin.size, document.size))
    except UnpackError:
        return False
    return unpacked.data == view_of(document.body)


def view_of(body: bytes | Shared) -> memoryview:
    """The bytes, without a copy of them."""
    return body.view if isinstance(body, Shared) else memoryview(body)


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
    return len(body) if isinstance(body, bytes) else max(_OPEN, 0 if isinstance(body, Opened) else body.size)
