"""What is noted of the faults of a document that is not well-formed, and what takes their place: above all in texts."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from html.entities import html5
from typing import NoReturn

from syndicate.markup.xml import Fault, Source

MAX_REPAIRS = 100
"""So many faults are told of a document (names of characters that XML does not know do not count)."""

MAX_TIMES = 100
"""So many places are told of one name."""

NAME = rb"[A-Za-z_:\x80-\xff][\w.:\-\x80-\xff]*+"
_ODD = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos);)(?:(%s);|(#[0-9]++|#x[0-9A-Fa-f]++);)?|\]\]>|[\x00-\x08\x0b\x0c\x0e-\x1f]"
    rb"|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf][\x80-\xbf]" % NAME
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf][\x80-\xbf]")
_WORD = re.compile(rb"&#?([A-Za-z0-9]{1,32})")
LONGEST = 100


@dataclass(slots=True)
class Patches:
    """What to read in place of parts of a document: `patches` are (start, end, bytes), in order.

    `end` is where to stop, `unsure` are the places of elements whose content is not what its author meant.
    """

    patches: list[tuple[int, int, bytes]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unsure: set[int] = field(default_factory=set)
    end: int = 0
    is_cut: bool = False

    def places(self) -> "Places | None":
        """Where what is read stands in the document; None where everything stands as it did."""
        return Places(self.patches) if any(len(put) != end - start for start, end, put in self.patches) else None


class Places:
    """Where bytes of the patched document stand in the one that was given."""

    def __init__(self, patches: list[tuple[int, int, bytes]]) -> None:
        self.starts: list[int] = [0]
        self.shifts: list[int] = [0]
        grown = 0
        for start, end, put in patches:
            # Within what was put there, everything stands at its beginning or before the next of the document.
            grown += len(put) - (end - start)
            self.starts.append(end + grown)
            self.shifts.append(grown)

    def original(self, at: int) -> int:
        """The byte of the document that was given."""
        return at - self.shifts[bisect_right(self.starts, at) - 1]


class Cut(Exception):
    """Nobody can tell how to read on."""


class Notes:
    """The faults and patches of a document, as they are found.

    `defined` are the entities that it defines (None for any); an element is called unsure by `doubt`.
    """

    def __init__(self, data: bytes, before: Patches, doubt: Callable[[], None]) -> None:
        self.data = data
        self.source = Source(data)
        self.found = Patches(patches=list(before.patches), end=len(data))
        self.count = 0
        self.times: dict[bytes, int] = {}
        self.defined: frozenset[bytes] | None = frozenset()
        self.doubt = doubt

    def fault(self, at: int, message: str, kind: str = "not-well-formed") -> None:
        """Note a fault there; after too many of them the reading ends."""
        if kind == "not-well-formed":
            self.count += 1
            if self.count > MAX_REPAIRS:
                self.cut(at, f"more than {MAX_REPAIRS} faults stand before this place: the rest is not read", at)
        line, column = self.source.place(at)
        self.found.faults.append(Fault(kind=kind, message=message, line=line, column=column))

    def patch(self, start: int, end: int, put: bytes) -> None:
        """Read that in place of what stands there."""
        self.found.patches.append((start, end, put))

    def cut(self, at: int, message: str, end: int | None = None) -> NoReturn:
        """Note the fault, and read no further than there, or than `end`."""
        line, column = self.source.place(at)
        self.found.faults.append(Fault(kind="not-well-formed", message=message, line=line, column=column))
        self.found.end = at if end is None else end
        raise Cut

    def blank(self, start: int, end: int) -> None:
        """Leave it out, but for what keeps the lines."""
        self.patch(start, end, b"")

    def in_text(self, start: int, end: int) -> None:
        """What a text must not hold."""
        for found in _ODD.finditer(self.data, start, end):
            self.odd(found)

    def odd(self, found: re.Match[bytes]) -> None:
        """A piece of text that XML does not allow."""
        piece, at = found[0], found.start()
        if found[1]:
            self.named(found)
        elif found[2]:
            if not _is_character(found[2]):
                self.fault(at, f"{shown(piece)} is the number of no character that XML has: take it away")
                self.patch(at, found.end(), b" ")
        elif piece == b"&":
            self.lone(at)
        elif piece == b"]]>":
            self.fault(at, "']]>' stands in a text: write ]]&gt;")
            self.patch(at, found.end(), b"]]&gt;")
        else:
            self.control(found)

    def named(self, found: re.Match[bytes]) -> None:
        if self.defined is None:
            return
        at, name = found.start(), found[1]
        if name in self.defined:
            # What it stands for is nobody's to guess.
            self.doubt()
            self.patch(at, found.end(), b" ")
            return
        text = shown(name)
        plain = html5.get(f"{text};", " ")
        times = self.times[name] = self.times.get(name, 0) + 1
        if times <= MAX_TIMES:
            more = "" if times < MAX_TIMES else "; further places are not told"
            self.fault(at, undefined(text) + more, "undefined-entity")
        self.patch(at, found.end(), "".join(f"&#{ord(one)};" for one in plain).encode())

    def lone(self, at: int) -> None:
        word = _WORD.match(self.data, at)
        cure = "write &amp;"
        if word is not None and bytes(self.data[at + 1 : at + 2]) == b"#":
            cure = "a character by its number is written &#8217; or &#x2019; (small x, a semicolon behind it)"
        elif word is not None and f"{shown(word[1])};" in html5:
            cure = f"write &amp;{shown(word[1])}, or the character itself"
        self.fault(at, f"a bare & stands in the text: {cure}")
        self.patch(at, at + 1, b"&amp;")

    def control(self, found: re.Match[bytes]) -> None:
        number = _number(found[0])
        self.fault(found.start(), f"the character U+{number:04X} is not allowed in XML: take it away")
        self.patch(found.start(), found.end(), b" ")

    def controls(self, start: int, end: int) -> None:
        """Control characters, where all else is allowed."""
        for found in _CONTROL.finditer(self.data, start, end):
            self.control(found)

    def in_value(self, start: int, end: int) -> None:
        """What the value of an attribute must not hold."""
        for one in _ODD.finditer(self.data, start, end):
            if one[0] != b"]]>":
                self.odd(one)
        for angle in re.finditer(rb"<", self.data[start:end]):
            at = start + angle.start()
            self.fault(at, "a bare < stands in the value of an attribute: write &lt;")
            self.patch(at, at + 1, b"&lt;")


def undefined(name: str) -> str:
    """What is wrong with a name of a character that XML does not have, and what to do."""
    plain = html5.get(f"{name};")
    cure = f"write &#{ord(plain)}; or the character itself" if plain and len(plain) == 1 else "write the character"
    return f"the entity &{name}; is not defined in XML: {cure}"


def _number(piece: bytes) -> int:
    """The number of the character, half of a pair too."""
    return ord(piece.decode("utf-8", "surrogatepass"))


def _is_character(number: bytes) -> bool:
    digits = number[2:] if number[1:2] == b"x" else number[1:]
    if len(digits.lstrip(b"0")) > 7:
        return False
    value = int(digits, 16 if number[1:2] == b"x" else 10)
    return value in (9, 10, 13) or 0x20 <= value < 0xD800 or 0xE000 <= value < 0xFFFE or 0x10000 <= value < 0x110000


def shown(name: bytes) -> str:
    return bytes(name[:LONGEST]).decode("utf-8", "replace")
