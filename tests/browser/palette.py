"""A PNG made smaller: from true colours to a palette, as pages need few colours (PNG specification, W3C 2003)."""

import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_Colour = bytes


def in_palette(png: bytes) -> bytes:
    """The same picture with the 256 colours that it uses most; any other becomes the nearest of those.

    Takes what browsers write: 8 bits a channel, RGB or RGBA (whose transparency is dropped), not interlaced.
    """
    width, height, depth, kind, *_ = struct.unpack(">IIBBBBB", _chunk(png, b"IHDR"))
    assert (depth, kind in (2, 6)) == (8, True), "not a picture of a browser"
    channels = 3 if kind == 2 else 4
    rows = _rows(zlib.decompress(_chunk(png, b"IDAT")), width * channels, channels)
    colours = [[row[at : at + 3] for at in range(0, len(row), channels)] for row in rows]
    counted = Counter(colour for row in colours for colour in row)
    palette = [colour for colour, _ in counted.most_common(256)]
    index = {colour: _nearest(colour, palette) for colour in counted}
    lines = b"".join(b"\0" + bytes(index[colour] for colour in row) for row in colours)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(_framed(name, data) for name, data in parts)


def _chunk(png: bytes, wanted: bytes) -> bytes:
    """The data of all chunks of that name, joined."""
    assert png.startswith(SIGNATURE)
    at, found = len(SIGNATURE), b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == wanted:
            found += png[at + 8 : at + 8 + length]
        at += length + 12
    return found


def _framed(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _rows(data: bytes, length: int, channels: int) -> list[bytes]:
    """The lines of a picture without their filters (§9 of the specification)."""
    above, rows = bytes(length), []
    for at in range(0, len(data), length + 1):
        above = _unfiltered(data[at], bytearray(data[at + 1 : at + 1 + length]), above, channels)
        rows.append(above)
    return rows


def _unfiltered(kind: int, row: bytearray, above: bytes, step: int) -> bytes:
    for at in range(len(row)) if kind else ():
        left = row[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[kind]
        row[at] = (row[at] + guess) & 255
    return bytes(row)


def _paeth(left: int, up: int, corner: int) -> int:
    """Whichever of the three neighbours is nearest to left + up - corner."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def _nearest(colour: _Colour, palette: list[_Colour]) -> int:
    def distance(place: int) -> int:
        return sum((one - other) ** 2 for one, other in zip(colour, palette[place], strict=True))

    return min(range(len(palette)), key=distance)
