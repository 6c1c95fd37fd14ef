"""Documents made worse at random, each by its seed: the same one again and again.

    python -m tests.validate.mutations FIRST COUNT FOLDER...

checks so many of them in this process, within bounds of time and memory, and names the seed of one that breaks them.
"""

import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

from syndicate.formats import base as formats
from syndicate.profiles.load import load_profile
from syndicate.validate.profile import with_profile
from syndicate.validate.run import check
from tests.conftest import NOW, ROOT

SECONDS, MIB = 2.0, 256
# After so many seconds a check is broken off.
_HANGING = 10
PROFILES = ("apple-news", "flipboard", "google-news", "msn", "podcast", "rss-board", "smartnews", "superdesk")
_OWN = ("tests/formats/*/cases/*", "tests/formats/*/golden/*")
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "cp1252", "shift_jis", "iso2022_jp",
              "utf-8-sig", "latin-1", "koi8-r", "gb18030", "hz")  # fmt: skip
_SIGNS = (b"<", b">", b"&", b"'", b'"', b"]]>", b"<!--", b"-->", b"<![CDATA[", b"<?x", b"?>",
          b"/", b"=", b"\0", b"\xff",
          b"&#x0;", b"&nbsp;", b"&lt;", b"xmlns:a=''", b" ", b"\n", b"\r", b"\xef\xbb\xbf", b"{", b"}", b"[", b",",
          b"\\u d800", b"<!DOCTYPE a [", b"\xed\xa0\x80", b"\xc0\xaf", b"\xe2\x80", b"a:b:c")  # fmt: skip

Mutation = Callable[[random.Random, bytes], bytes]


def own() -> list[bytes]:
    """Our own documents: cases and golden files."""
    paths = (path for pattern in _OWN for path in sorted(ROOT.glob(pattern)) if path.is_file())
    return [path.read_bytes() for path in paths if path.stat().st_size < 200_000]


def below(folder: Path) -> list[bytes]:
    """The documents in a folder and below it."""
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def mutated(seed: int, documents: list[bytes]) -> bytes:
    """The document of that seed: one of them, changed in one to three ways."""
    chance = random.Random(seed)
    data = chance.choice(documents)
    for _ in range(chance.randint(1, 3)):
        change = chance.choice(_MUTATIONS)
        data = chance.choice(documents) + data if change is _spliced and chance.random() < 0.2 else change(chance, data)
        data = data[:2_000_000]
    return data


def asked(seed: int) -> tuple[str | None, str | None, str | None]:
    """The format that is said, the profile and the charset for that seed: mostly none."""
    chance = random.Random(-seed - 1)
    named = chance.choice(formats.having("rules")) if chance.random() < 0.15 else None
    profile = chance.choice(PROFILES) if chance.random() < 0.15 else None
    charset = chance.choice(("utf-8", "iso-8859-1", "utf-16", "klingon", "")) if chance.random() < 0.1 else None
    return named, profile, charset


def checked(seed: int, data: bytes) -> float:
    """The seconds of a processor that it takes to check the document as the seed says."""
    named, profile, charset = asked(seed)
    start = time.process_time()
    report = check(data, now=NOW, as_format=named, charset=charset)
    if profile is not None:
        with_profile(report, data, load_profile(profile), now=NOW)
    return time.process_time() - start


def _place(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + int(chance.expovariate(1 / 40)))


def _truncated(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randint(0, len(data))]


def _flipped(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data or b"<")
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _spliced(chance: random.Random, data: bytes) -> bytes:
    start, end = _place(chance, data)
    other = chance.randint(0, len(data))
    return data[:other] + data[start:end] + data[other:]


def _doubled(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
    return data[:start] + data[start:end] * chance.choice((2, 3, 30)) + data[end:]


def _dropped(chance: random.Random, data: bytes) -> bytes:
    start, end = _place(chance, data)
    return data[:start] + data[end:]


def _signed(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 5, 200))):
        at, sign = chance.randint(0, len(data)), chance.choice(_SIGNS)
        data = data[:at] + sign + data[at + chance.choice((0, 0, 1)) :]
    return data


def _recoded(chance: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(_ENCODINGS), "replace")


def _nested(chance: random.Random, data: bytes) -> bytes:
    at, depth = chance.randint(0, len(data)), chance.choice((10, 100, 1000, 100_000))
    opening, closing = chance.choice(((b"<a>", b"</a>"), (b"<item>", b""), (b"[", b"]"), (b'{"a":', b"}"),
                                      (b"&lt;div&gt;", b""), (b"<outline text='a'>", b"</outline>")))  # fmt: skip
    return data[:at] + opening * depth + closing * depth + data[at:]


def _defined(chance: random.Random, data: bytes) -> bytes:
    levels = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, chance.randint(2, 12)))
    head, mark, rest = data.partition(b"?>")
    start = head + mark if mark else b""
    body = (rest if mark else data).replace(b"</title>", b"&e1;&e9;</title>")
    return start + b'<!DOCTYPE a [<!ENTITY e0 "lol">' + levels + b"]>" + body


def _flooded(chance: random.Random, data: bytes) -> bytes:
    count = chance.choice((10, 1000, 50_000))
    form = chance.choice((b' a%d="x"', b' a="%d"', b' xmlns:p%d="urn:x"', b' p%d:a="1"', b" a%d=1"))
    at = data.find(b">", chance.randint(0, len(data)))
    return data[:at] + b"".join(form % n for n in range(count)) + data[at:]


def _grown(chance: random.Random, data: bytes) -> bytes:
    at, piece = (
        chance.randint(0, len(data)),
        chance.choice((*_SIGNS, b"a", b"1", b"%", b"a@", b"<b/>", b"-", b"&lt;!--")),
    )
    return data[:at] + piece * chance.choice((1000, 100_000)) + data[at:]


def _retagged(chance: random.Random, data: bytes) -> bytes:
    parts = data.split(b"<")
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(parts))
        parts[at] = chance.choice((b"", b"a>", b"/a>", b"!-- x", parts[chance.randrange(len(parts))]))
    return b"<".join(parts)


def _requoted(chance: random.Random, data: bytes) -> bytes:
    return data.replace(b'"', chance.choice((b"'", b"", "”".encode(), b"&quot;")), chance.randint(1, 50))


_MUTATIONS: tuple[Mutation, ...] = (
    _truncated, _flipped, _spliced, _doubled, _dropped, _signed, _recoded, _nested, _defined, _flooded, _grown,
    _retagged, _requoted,
)  # fmt: skip


def held_most() -> int:
    """The most MiB that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():
        # What the system counts for a process begins with what held the one that started it.
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _hanging(number: int, frame: FrameType | None) -> NoReturn:
    raise TimeoutError(f"no answer within {_HANGING} s")


def flaws(first: int, count: int, documents: list[bytes]) -> Iterator[str]:
    """What goes wrong with the documents of these seeds."""
    signal.signal(signal.SIGALRM, _hanging)
    for seed in range(first, first + count):
        data = mutated(seed, documents)
        signal.alarm(_HANGING)
        try:
            seconds = checked(seed, data)
        except Exception as error:
            *_, where = [one for one in traceback.extract_tb(error.__traceback__) if one.name != "_hanging"]
            yield f"seed {seed}: {type(error).__name__}: {error} ({where.filename}, line {where.lineno})"
            continue
        finally:
            signal.alarm(0)
        if seconds > SECONDS:
            yield f"seed {seed}: {seconds:.1f} s for {len(data)} bytes"
        if (held := held_most()) > MIB:
            yield f"seed {seed}: {held} MiB for {len(data)} bytes"
            return


if __name__ == "__main__":
    _, told_first, told_count, *folders = sys.argv
    read = [document for name in folders for document in below(Path(name))] or own()
    found = False
    for told in flaws(int(told_first), int(told_count), read):
        found = True
        print(told, flush=True)
    print(f"{told_count} documents, at most {held_most()} MiB")
    sys.exit(found)
