"""Joined gzip files: any reader unpacks them, to the same bytes."""

import gzip
import subprocess
import zlib

from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup.gzip_parts import Stream, join, piece


def joined_of(head: bytes, parts: list[bytes], tail: bytes) -> bytes:
    whole = b"".join((head, *parts, tail))
    return b"".join(join(head, [piece(part) for part in parts], tail, zlib.crc32(whole), len(whole)))


@given(st.binary(max_size=2000), st.lists(st.binary(max_size=3000), max_size=5), st.binary(max_size=200))
def test_joined_files_unpack_to_the_whole(head: bytes, parts: list[bytes], tail: bytes) -> None:
    joined = joined_of(head, parts, tail)
    assert gzip.decompress(joined) == b"".join((head, *parts, tail))
    assert joined == joined_of(head, parts, tail)


@given(st.lists(st.binary(max_size=3000), max_size=5))
def test_streams_unpack_to_the_whole(parts: list[bytes]) -> None:
    stream = Stream()
    packed = b"".join([*map(stream.add, parts), *stream.end()])
    assert gzip.decompress(packed) == b"".join(parts)


def test_the_gzip_program_finds_it_sound() -> None:
    part = b"<item>text and text and text</item>\n" * 100
    whole = b"<rss>" + part * 3 + b"</rss>"
    joined = joined_of(b"<rss>", [part] * 3, b"</rss>")
    assert subprocess.run(["gzip", "-dc"], input=joined, capture_output=True, check=True).stdout == whole
    assert len(joined) < len(whole) // 10
