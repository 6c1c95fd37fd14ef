"""Bodies as they come, compressed or not, unpacked piece by piece up to a bound."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_GZIP, _ZLIB, _RAW = 31, 15, -15
_STEP = 256 * 1024


class UnpackError(ValueError):
    """A body that is too large, broken or cut off; the text is a clause about the address (`sends more than ...`)."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The unpacked bytes, and how many came."""

    data: bytes
    received: int


def unpack(chunks: Iterable[bytes], coding: str, size: int) -> Unpacked:
    """The body in one piece; UnpackError when it has more than `size` bytes, as they come or unpacked.

    `coding` is one of the content codings of RFC 9110 §8.4.1, or br (RFC 7932).
    """
    name = coding.strip().lower().removeprefix("x-")
    if name not in _CODINGS:
        raise UnpackError(f"is packed as {coding!r}, which nobody asked for")
    counter = _Counter(size)
    pieces = _CODINGS[name](counter.counted(chunks))
    body = bytearray()
    try:
        for piece in pieces:
            body += piece
            counter.check(len(body))
    except _broken() as error:
        raise UnpackError(f"is not the {name} that its head promises ({error})") from error
    return Unpacked(bytes(body), counter.received)


class _Counter:
    """What came so far."""

    def __init__(self, size: int) -> None:
        self.size, self.received = size, 0

    def counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks, as long as they are few enough."""
        for chunk in chunks:
            self.received += len(chunk)
            self.check(self.received)
            yield chunk

    def check(self, length: int) -> None:
        """UnpackError when that is too long."""
        if length > self.size:
            raise UnpackError(f"sends more than {self.size / (1024 * 1024):g} MiB")


def _identity(chunks: Iterable[bytes]) -> Iterator[bytes]:
    yield from chunks


def _gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    return _inflated(chunks, lambda first: _GZIP, has_members=True)


def _deflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    # RFC 9110 §8.4.1.2 means zlib; some servers send the bare stream.
    return _inflated(chunks, lambda first: _ZLIB if first[:1] and first[0] & 0x0F == 8 else _RAW, has_members=False)


def _inflated(chunks: Iterable[bytes], window: Callable[[bytes], int], *, has_members: bool) -> Iterator[bytes]:
    """The stream, of gzip all members one after the other; what stands behind the last one is nobody's."""
    engine = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if engine is None or (has_members and engine.eof and rest[:1] == b"\x1f"):
                engine = zlib.decompressobj(window(rest))
            if engine.eof:
                return
            yield engine.decompress(rest, _STEP)
            rest = engine.unused_data if engine.eof else engine.unconsumed_tail
    # A last piece may still wait inside: the bound on each step holds for it too.
    while engine is not None and not engine.eof and (piece := engine.decompress(b"", _STEP)):
        yield piece
    if engine is not None and not engine.eof:
        raise UnpackError("sends a body that is cut off in the middle")


def _brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    import brotli

    engine, is_empty = brotli.Decompressor(), True
    for chunk in chunks:
        is_empty = False
        yield engine.process(chunk, output_buffer_limit=_STEP)
        while not engine.can_accept_more_data():
            yield engine.process(b"", output_buffer_limit=_STEP)
    if not is_empty and not engine.is_finished():
        raise UnpackError("sends a body that is cut off in the middle")


def _broken() -> tuple[type[Exception], ...]:
    import brotli

    return (zlib.error, brotli.error)


_CODINGS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "identity": _identity,
    "gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
}
