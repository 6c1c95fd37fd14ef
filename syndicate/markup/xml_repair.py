"""How a document that is not well-formed can be read on, so that more than its first fault is found in one run.

A look at all its markup, from left to right, in linear time: what can be mended in place without a doubt about the
rest becomes a patch; elements whose content is not sure then are noted; where nobody can tell what is meant, the
reading ends.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.entities import html5
from typing import NoReturn

from syndicate.markup.xml import Fault, Source

MAX_REPAIRS = 100
"""So many faults are told of a document (names of characters that XML does not know do not count)."""

_NAME = rb"[A-Za-z_:\x80-\xff][\w.:\-\x80-\xff]*+"
_TEXT = re.compile(rb"[^<]*+")
_ODD = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos);)(?:(%s);|(#[0-9]++|#x[0-9A-Fa-f]++);)?|\]\]>|[\x00-\x08\x0b\x0c\x0e-\x1f]"
    rb"|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf][\x80-\xbf]" % _NAME
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf][\x80-\xbf]")
_WORD = re.compile(rb"&#?([A-Za-z0-9]{1,32})")
_COMMENT = re.compile(rb"<!--((?:[^-]|-(?!->))*+)-->")
_CDATA = re.compile(rb"<!\[CDATA\[((?:[^\]]|\](?!\]>))*+)\]\]>")
_INSTRUCTION = re.compile(rb"<\?((?:[^?]|\?(?!>))*+)\?>")
_DOCTYPE = re.compile(
    rb"<!(DOCTYPE)\b((?:[^\[\"'<>]|\"[^\"]*+\"|'[^']*+')*+)(\[(?:[^\]\"'<]|\"[^\"]*+\"|'[^']*+'|<!--(?:[^-]|-(?!->))*+-->|<)*+\]\s*+)?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(rb"<!ENTITY\s++(%s)\s" % _NAME)
_END = re.compile(rb"</\s*+(%s)?([^<>]*+)(>?)" % _NAME)
_GOOD = re.compile(
    rb"<(%s)((?:\s++%s\s*+=\s*+(?:\"[^<&\"\x00-\x08\x0b\x0c\x0e-\x1f]*+\"|'[^<&'\x00-\x08\x0b\x0c\x0e-\x1f]*+'))*+)\s*+(/?)>"
    % (_NAME, _NAME)
)
_NAMES = re.compile(rb"(%s)\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+')" % _NAME)
_START = re.compile(rb"<(%s)" % _NAME)
_ATTRIBUTE = re.compile(rb"(\s*+)(%s)(?:(\s*+=\s*+)(?:(\"[^\"<]*+\"|'[^'<]*+')|([^\s\"'<>=]++)))?" % _NAME)
_WITH_ANGLE = re.compile(rb"(\s*+)(%s)(\s*+=\s*+)(\"[^\"]{0,5000}+\"|'[^']{0,5000}+')(?=[\s/>?])" % _NAME)
_CLOSE = re.compile(rb"\s*+(/?)(\s*+)>")
_SPACE = re.compile(rb"\s*+\Z")
_LONGEST = 100
_ALIKE = 0.7


@dataclass(slots=True)
class Open:
    """An element whose end was not seen yet; `inner` is where its first child, or one of its own name, begins."""

    name: bytes
    at: int
    has_text: bool = False
    inner: int | None = None
    first: bytes = b""
    twin: int | None = None


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


class _Cut(Exception):
    """Nobody can tell how to read on."""


def repair(data: bytes, before: Patches) -> Patches:
    """How to read the document on behind its faults; what `before` has patched at its beginning is done."""
    return _Mender(data, before).mend()


class _Mender:
    def __init__(self, data: bytes, before: Patches) -> None:
        self.data = data
        self.size = len(data)
        self.source = Source(data)
        self.begin = before.patches[-1][1] if before.patches else 0
        self.found = Patches(patches=list(before.patches), end=len(data))
        self.open: list[Open] = []
        self.count = 0
        self.has_root = self.has_doctype = False
        self.defined: frozenset[bytes] | None = frozenset()
        self.tag: int | None = None
        # Ends that were put in: the same ones, found later, are their consequence.
        self.closed: dict[bytes, int] = {}

    def mend(self) -> Patches:
        at = self.begin
        try:
            while at < self.size:
                end = _end_of(_TEXT, self.data, at)
                if end > at:
                    self.text(at, end)
                if end >= self.size:
                    break
                at = self.markup(end)
            self.at_the_end()
        except _Cut:
            self.found.is_cut = True
        end = self.found.end
        self.found.patches = sorted((one for one in self.found.patches if one[0] < end), key=lambda one: one[:2])
        return self.found

    # What is noted.

    def fault(self, at: int, message: str, kind: str = "not-well-formed") -> None:
        if kind == "not-well-formed":
            self.count += 1
            if self.count > MAX_REPAIRS:
                self.cut(at, f"more than {MAX_REPAIRS} faults stand before this place: the rest is not read", at)
        line, column = self.source.place(at)
        self.found.faults.append(Fault(kind=kind, message=message, line=line, column=column))

    def patch(self, start: int, end: int, put: bytes) -> None:
        self.found.patches.append((start, end, put))

    def cut(self, at: int, message: str, end: int | None = None) -> NoReturn:
        line, column = self.source.place(at)
        self.found.faults.append(Fault(kind="not-well-formed", message=message, line=line, column=column))
        self.found.end = at if end is None else end
        raise _Cut

    def blank(self, start: int, end: int) -> None:
        """Leave it out, but for what keeps the lines."""
        self.patch(start, end, b"")

    def at_the_end(self) -> None:
        if self.open:
            last = self.open[-1]
            line = self.source.place(last.at)[0]
            told = f"the document ends, but <{_shown(last.name)}> of line {line} is not closed: it was cut off"
            self.cut(self.size, told)
        if not self.has_root:
            self.cut(self.size, "there is no element in the document")

    # Texts.

    def text(self, start: int, end: int) -> None:
        if not self.open:
            self.text_outside(start, end)
            return
        if not self.open[-1].has_text and not _SPACE.match(self.data[start:end]):
            self.open[-1].has_text = True
        for found in _ODD.finditer(self.data, start, end):
            self.odd(found)

    def text_outside(self, start: int, end: int) -> None:
        piece = bytes(self.data[start : min(end, start + 200)])
        if not piece.strip() and _SPACE.match(self.data[start:end]):
            return
        at = start + len(piece) - len(piece.lstrip())
        if self.has_root:
            told = "something stands behind the end of the root element: take it away"
            self.cut(at, f"{told}; it begins {_shown(piece.strip()[:20])!r}", start)
        self.fault(at, f"text stands in front of the root element: take away {_shown(piece.strip()[:20])!r}")
        self.blank(start, end)

    def odd(self, found: re.Match[bytes]) -> None:
        """A piece of text that XML does not allow."""
        piece, at = found[0], found.start()
        if found[1]:
            self.named(found)
        elif found[2]:
            if not _is_character(found[2]):
                self.fault(at, f"{_shown(piece)} is the number of no character that XML has: take it away")
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
        shown = _shown(name)
        plain = html5.get(f"{shown};", " ")
        self.fault(at, undefined(shown), "undefined-entity")
        self.patch(at, found.end(), "".join(f"&#{ord(one)};" for one in plain).encode())

    def lone(self, at: int) -> None:
        word = _WORD.match(self.data, at)
        cure = "write &amp;"
        if word is not None and bytes(self.data[at + 1 : at + 2]) == b"#":
            cure = "a character by its number is written &#8217; or &#x2019; (small x, a semicolon behind it)"
        elif word is not None and f"{_shown(word[1])};" in html5:
            cure = f"write &amp;{_shown(word[1])}, or the character itself"
        self.fault(at, f"a bare & stands in the text: {cure}")
        self.patch(at, at + 1, b"&amp;")

    def control(self, found: re.Match[bytes]) -> None:
        number = _number(found[0])
        self.fault(found.start(), f"the character U+{number:04X} is not allowed in XML: take it away")
        self.patch(found.start(), found.end(), b" ")

    def doubt(self) -> None:
        """The innermost element is not what its author meant."""
        if self.tag is not None:
            self.found.unsure.add(self.tag)
        elif self.open:
            self.found.unsure.add(self.open[-1].at)

    # Markup.

    def markup(self, at: int) -> int:
        """Look at what begins with `<` there; where it ends."""
        second = bytes(self.data[at + 1 : at + 2])
        if second == b"/":
            return self.end_tag(at)
        if second == b"?":
            return self.instruction(at)
        if second == b"!":
            return self.declaration(at)
        return self.start_tag(at)

    def stray(self, at: int) -> int:
        """A `<` that begins nothing."""
        if not self.open:
            self.cut(at, "a < stands there that begins no element")
        self.fault(at, "a bare < stands in the text: write &lt;")
        self.patch(at, at + 1, b"&lt;")
        self.open[-1].has_text = True
        return at + 1

    def instruction(self, at: int) -> int:
        found = _INSTRUCTION.match(self.data, at)
        if found is None:
            self.cut(at, "an instruction that begins with <? has no end ?>")
        target = found[1][:4].lower()
        if target.rstrip() in (b"xml",) or not _START.match(b"<" + found[1][:1]):
            what = "an XML declaration stands in the middle of the document: take it away"
            self.fault(at, what if target.rstrip() == b"xml" else "an instruction <? ?> has no name: take it away")
            self.blank(at, found.end())
        else:
            self.controls(at, found.end())
        return found.end()

    def controls(self, start: int, end: int) -> None:
        for found in _CONTROL.finditer(self.data, start, end):
            self.control(found)

    def declaration(self, at: int) -> int:
        """A comment, a section of characters, a DOCTYPE."""
        found = _COMMENT.match(self.data, at)
        if found is not None:
            body = found[1]
            if b"--" in body or body.endswith(b"-"):
                self.fault(at, "two hyphens stand within a comment: take one away")
                self.blank(at, found.end())
            else:
                self.controls(at, found.end())
            return found.end()
        found = _CDATA.match(self.data, at)
        if found is not None:
            return self.section(found)
        found = _DOCTYPE.match(self.data, at)
        if found is not None:
            return self.doctype(found)
        for start, what in ((b"<!--", "the comment"), (b"<![CDATA[", "the CDATA section")):
            if bytes(self.data[at : at + len(start)]) == start:
                self.cut(at, f"{what} has no end")
        return self.stray(at)

    def section(self, found: re.Match[bytes]) -> int:
        if not self.open:
            self.cut(found.start(), "a CDATA section stands outside of the root element")
        if found[1].strip():
            self.open[-1].has_text = True
        self.controls(found.start(), found.end())
        return found.end()

    def doctype(self, found: re.Match[bytes]) -> int:
        at, end = found.start(), found.end()
        if self.has_doctype or self.has_root:
            self.fault(at, "a DOCTYPE stands where none may be: take it away")
            self.blank(at, end)
            return end
        self.has_doctype = True
        if found[1] != b"DOCTYPE":
            self.fault(at, "DOCTYPE is written in capitals: better take it away")
            self.blank(at, end)
            return end
        inside = found[3] or b""
        names = frozenset(_ENTITY.findall(inside))
        # Definitions in outside files are not known, nor are those that are made of parameters.
        is_open = b"%" in inside or re.search(rb"\b(?:SYSTEM|PUBLIC)\b", found[2]) is not None
        self.defined = None if is_open and not names else names
        if found[3]:
            self.patch(found.start(3), found.end(3), b"")
        return end

    # Tags.

    def end_tag(self, at: int) -> int:
        found = _END.match(self.data, at)
        if found is None or (not found[1] and not found[3]):
            return self.stray(at)
        name = found[1] or b""
        if not self.open:
            self.cut(at, f"</{_shown(name)}> closes an element that is not open", at)
        if found[2].strip() or not found[3] or found.start(1) != at + 2:
            return self.odd_end(found, name)
        top = self.open[-1]
        if name == top.name:
            self.open.pop()
        else:
            self.mismatch(found, name)
        return found.end()

    def odd_end(self, found: re.Match[bytes], name: bytes) -> int:
        at = found.start()
        self.fault(at, f"the end tag of {_shown(name) or 'an element'} is written wrongly: write </{_shown(name)}>")
        if any(one.name == name for one in self.open):
            self.close_down_to(name, at)
            self.open.pop()
            self.patch(at, found.end(), b"</" + name + b">")
        else:
            self.doubt()
            self.blank(at, found.end())
        return found.end()

    def mismatch(self, found: re.Match[bytes], name: bytes) -> None:
        """An end tag that is not the one of the innermost element."""
        at, end, top = found.start(), found.end(), self.open[-1]
        line = self.source.place(top.at)[0]
        if any(one.name == name for one in self.open):
            told = f"<{_shown(top.name)}> of line {line} is not closed before </{_shown(name)}>"
            self.fault(at, f"{told}: write </{_shown(top.name)}>")
            self.close_down_to(name, at)
            self.open.pop()
        elif self.closed.get(name):
            self.closed[name] -= 1
            self.blank(at, end)
        elif _is_alike(name, top.name):
            self.fault(at, f"</{_shown(name)}> closes <{_shown(top.name)}> of line {line}: write </{_shown(top.name)}>")
            self.open.pop()
            self.patch(at, end, b"</" + top.name + b">")
        else:
            self.fault(at, f"</{_shown(name)}> closes an element that is not open: take it away")
            self.doubt()
            self.blank(at, end)

    def close_down_to(self, name: bytes, at: int) -> None:
        """Put in the ends of what is open inside the innermost element of that name."""
        while self.open[-1].name != name:
            one = self.open.pop()
            inner = one.twin if one.twin is not None else one.inner if one.has_text else None
            self.patch(*(2 * (at if inner is None else inner,)), b"</" + one.name + b">")
            self.closed[one.name] = self.closed.get(one.name, 0) + 1
            self.found.unsure.add(one.at)
            outer = self.open[-1]
            if inner is not None and one.twin is None and outer.twin is None and outer.name == one.first:
                # What was taken for a child of it is a sibling of what is around it.
                outer.twin = inner

    def start_tag(self, at: int) -> int:
        found = _GOOD.match(self.data, at)
        if found is not None:
            if found[2].count(b"=") > 1:
                self.duplicates(found)
            self.opened(found[1], at, is_empty=bool(found[3]))
            return found.end()
        start = _START.match(self.data, at)
        if start is None:
            return self.stray(at)
        return self.odd_start(start)

    def opened(self, name: bytes, at: int, *, is_empty: bool) -> None:
        if not self.open and self.has_root:
            self.cut(at, f"a second root element <{_shown(name)}> stands behind the end of the first: take it away")
        self.has_root = True
        if self.open:
            outer = self.open[-1]
            if outer.inner is None:
                outer.inner, outer.first = at, name
            if outer.twin is None and outer.name == name:
                outer.twin = at
        if not is_empty:
            self.open.append(Open(name, at))

    def duplicates(self, found: re.Match[bytes]) -> None:
        seen: set[bytes] = set()
        for one in _NAMES.finditer(self.data, found.start(2), found.end(2)):
            if one[1] in seen:
                self.twice(one.start(), one.end(), one[1])
            seen.add(one[1])

    def twice(self, start: int, end: int, name: bytes) -> None:
        self.fault(start, f"the attribute {_shown(name)} stands twice: take one away")
        self.blank(start, end)

    def odd_start(self, start: re.Match[bytes]) -> int:
        """A start tag that is not as it should be, attribute by attribute."""
        at, seen, self.tag = start.end(), set[bytes](), start.start()
        while True:
            close = _CLOSE.match(self.data, at)
            if close is not None:
                self.tag = None
                if close[1] and close[2]:
                    self.fault(close.start(1), "a space stands between / and >: take it away")
                    self.patch(close.start(2), close.end(2), b"")
                self.opened(start[1], start.start(), is_empty=bool(close[1]))
                return close.end()
            found = _ATTRIBUTE.match(self.data, at)
            if found is not None and found[3] is None:
                found = _WITH_ANGLE.match(self.data, at) or found
            if found is None or found.end() == at:
                return self.no_attribute(start, at)
            at = self.one_attribute(found, seen)

    def no_attribute(self, start: re.Match[bytes], at: int) -> int:
        if bytes(self.data[at : at + 1]) == b"<" and at == start.end():
            self.tag = None
            return self.stray(start.start())
        told = f"the tag <{_shown(start[1])} ...> is written wrongly: end it with > and quote every attribute"
        if at >= self.size or not bytes(self.data[at : at + 1000]).strip():
            told = f"the document ends within the tag <{_shown(start[1])}>: it was cut off"
        return self.cut(start.start(), told)

    def one_attribute(self, found: re.Match[bytes], seen: set[bytes]) -> int:
        """Look at an attribute; where it ends."""
        name, start, end = found[2], found.start(2), found.end()
        if name in seen:
            self.twice(start, end, name)
            return end
        seen.add(name)
        if not found[1]:
            self.fault(start, f"no space stands before the attribute {_shown(name)}: put one in")
            self.patch(start, start, b" ")
        if found[3] is None:
            self.fault(start, f'the attribute {_shown(name)} has no value: write {_shown(name)}="..."')
            self.patch(start, end, b"")
        elif found.re is _ATTRIBUTE and found[4] is None:
            if found[5].endswith(b"/") and bytes(self.data[end : end + 1]) == b">":
                end -= 1
            shown = _shown(self.data[found.start(5) : end])
            self.fault(start, f'the value of {_shown(name)} has no quotes: write {_shown(name)}="{shown}"')
            self.patch(found.start(5), found.start(5), b'"')
            self.in_value(found.start(5), end)
            self.patch(end, end, b'"')
        else:
            self.in_value(found.start(4), end)
        return end

    def in_value(self, start: int, end: int) -> None:
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


def _end_of(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    found = pattern.match(data, at)
    return at if found is None else found.end()


def _shown(name: bytes) -> str:
    return bytes(name[:_LONGEST]).decode("utf-8", "replace")


def _number(piece: bytes) -> int:
    """The number of the character, half of a pair too."""
    return ord(piece.decode("utf-8", "surrogatepass"))


def _is_character(number: bytes) -> bool:
    digits = number[2:] if number[1:2] == b"x" else number[1:]
    if len(digits.lstrip(b"0")) > 7:
        return False
    value = int(digits, 16 if number[1:2] == b"x" else 10)
    return value in (9, 10, 13) or 0x20 <= value < 0xD800 or 0xE000 <= value < 0xFFFE or 0x10000 <= value < 0x110000


def _is_alike(name: bytes, other: bytes) -> bool:
    """Whether one is the other, misspelt."""
    one, two = name[:_LONGEST].lower(), other[:_LONGEST].lower()
    return one == two or SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE
