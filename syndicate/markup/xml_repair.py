"""How a document that is not well-formed can be read on, so that more than its first fault is found in one run.

A look at all its markup, from left to right, in linear time: what can be mended in place without a doubt about the
rest becomes a patch; elements whose content is not sure then are noted; where nobody can tell what is meant, the
reading ends.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from syndicate.markup.xml_patches import LONGEST, NAME, Cut, Notes, Patches, shown

_TEXT = re.compile(rb"[^<]*+")
_COMMENT = re.compile(rb"<!--([^-]*+(?>(?:(?!-->)-[^-]*+)*))-->")
_CDATA = re.compile(rb"<!\[CDATA\[([^\]]*+(?>(?:(?!\]\]>)\][^\]]*+)*))\]\]>")
_INSTRUCTION = re.compile(rb"<\?([^?]*+(?>(?:(?!\?>)\?[^?]*+)*))\?>")
_DOCTYPE = re.compile(
    rb"<!(DOCTYPE)\b((?>(?:[^\[\"'<>]++|\"[^\"]*+\"|'[^']*+')*))"
    rb"(\[(?>(?:[^\]\"'<]++|\"[^\"]*+\"|'[^']*+'|<!--[^-]*+(?>(?:(?!-->)-[^-]*+)*)-->|<)*)\]\s*+)?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(rb"<!ENTITY\s++(%s)\s" % NAME)
_END = re.compile(rb"</\s*+(%s)?([^<>]*+)(>?)" % NAME)
_GOOD = re.compile(
    rb"<(%s)((?>(?:\s++%s\s*+=\s*+(?:\"[^<&\"\x00-\x08\x0b\x0c\x0e-\x1f]*+\"|'[^<&'\x00-\x08\x0b\x0c\x0e-\x1f]*+'))*))\s*+(/?)>"
    % (NAME, NAME)
)
_NAMES = re.compile(rb"(%s)\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+')" % NAME)
_START = re.compile(rb"<(%s)" % NAME)
_ATTRIBUTE = re.compile(rb"(\s*+)(%s)(?:(\s*+=\s*+)(?:(\"[^\"<]*+\"|'[^'<]*+')|([^\s\"'<>=]++)))?" % NAME)
_WITH_ANGLE = re.compile(rb"(\s*+)(%s)(\s*+=\s*+)(\"[^\"]{0,5000}+\"|'[^']{0,5000}+')(?=[\s/>?])" % NAME)
_CLOSE = re.compile(rb"\s*+(/?)(\s*+)>")
_SPACE = re.compile(rb"\s*+\Z")
_ALIKE = 0.7
# One end tag for more elements that are open is no slip of the pen.
_MOST_CLOSED = 20
# Many that have no end are not each looked at to the end of the document.
_LONGEST_DOCTYPE = 64 * 1024


@dataclass(slots=True)
class Open:
    """An element whose end was not seen yet; `inner` is where its first child, or one of its own name, begins."""

    name: bytes
    at: int
    has_text: bool = False
    inner: int | None = None
    first: bytes = b""
    twin: int | None = None


def repair(data: bytes, before: Patches) -> Patches:
    """How to read the document on behind its faults; what `before` has patched at its beginning is done."""
    return _Mender(data, before).mend()


class _Mender:
    def __init__(self, data: bytes, before: Patches) -> None:
        self.data = data
        self.size = len(data)
        self.begin = before.patches[-1][1] if before.patches else 0
        self.notes = Notes(data, before, self.doubt)
        self.open: list[Open] = []
        self.has_root = self.has_doctype = False
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
        except Cut:
            self.notes.found.is_cut = True
        end = self.notes.found.end
        self.notes.found.patches = sorted(
            (one for one in self.notes.found.patches if one[0] < end), key=lambda one: one[:2]
        )
        return self.notes.found

    def at_the_end(self) -> None:
        if self.open:
            last = self.open[-1]
            line = self.notes.source.place(last.at)[0]
            told = f"the document ends, but <{shown(last.name)}> of line {line} is not closed: it was cut off"
            self.notes.cut(self.size, told)
        if not self.has_root:
            self.notes.cut(self.size, "there is no element in the document")

    # Texts.

    def text(self, start: int, end: int) -> None:
        if not self.open:
            self.text_outside(start, end)
            return
        if not self.open[-1].has_text and not _SPACE.match(self.data[start:end]):
            self.open[-1].has_text = True
        self.notes.in_text(start, end)

    def text_outside(self, start: int, end: int) -> None:
        piece = bytes(self.data[start : min(end, start + 200)])
        if not piece.strip() and _SPACE.match(self.data[start:end]):
            return
        at = start + len(piece) - len(piece.lstrip())
        if self.has_root:
            told = "something stands behind the end of the root element: take it away"
            self.notes.cut(at, f"{told}; it begins {shown(piece.strip()[:20])!r}", start)
        self.notes.fault(at, f"text stands in front of the root element: take away {shown(piece.strip()[:20])!r}")
        self.notes.blank(start, end)

    def doubt(self) -> None:
        """The innermost element is not what its author meant."""
        if self.tag is not None:
            self.notes.found.unsure.add(self.tag)
        elif self.open:
            self.notes.found.unsure.add(self.open[-1].at)

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
            self.notes.cut(at, "a < stands there that begins no element")
        self.notes.fault(at, "a bare < stands in the text: write &lt;")
        self.notes.patch(at, at + 1, b"&lt;")
        self.open[-1].has_text = True
        return at + 1

    def instruction(self, at: int) -> int:
        found = _INSTRUCTION.match(self.data, at)
        if found is None:
            self.notes.cut(at, "an instruction that begins with <? has no end ?>")
        target = found[1][:4].lower()
        if target.rstrip() in (b"xml",) or not _START.match(b"<" + found[1][:1]):
            what = "an XML declaration stands in the middle of the document: take it away"
            self.notes.fault(
                at, what if target.rstrip() == b"xml" else "an instruction <? ?> has no name: take it away"
            )
            self.notes.blank(at, found.end())
        else:
            self.notes.controls(at, found.end())
        return found.end()

    def declaration(self, at: int) -> int:
        """A comment, a section of characters, a DOCTYPE."""
        found = _COMMENT.match(self.data, at)
        if found is not None:
            body = found[1]
            if b"--" in body or body.endswith(b"-"):
                self.notes.fault(at, "two hyphens stand within a comment: take one away")
                self.notes.blank(at, found.end())
            else:
                self.notes.controls(at, found.end())
            return found.end()
        found = _CDATA.match(self.data, at)
        if found is not None:
            return self.section(found)
        found = _DOCTYPE.match(self.data, at, min(self.size, at + _LONGEST_DOCTYPE))
        if found is not None:
            return self.doctype(found)
        for start, what in ((b"<!--", "the comment"), (b"<![CDATA[", "the CDATA section")):
            if bytes(self.data[at : at + len(start)]) == start:
                self.notes.cut(at, f"{what} has no end")
        return self.stray(at)

    def section(self, found: re.Match[bytes]) -> int:
        if not self.open:
            self.notes.cut(found.start(), "a CDATA section stands outside of the root element")
        if found[1].strip():
            self.open[-1].has_text = True
        self.notes.controls(found.start(), found.end())
        return found.end()

    def doctype(self, found: re.Match[bytes]) -> int:
        at, end = found.start(), found.end()
        if self.has_doctype or self.has_root:
            self.notes.fault(at, "a DOCTYPE stands where none may be: take it away")
            self.notes.blank(at, end)
            return end
        self.has_doctype = True
        if found[1] != b"DOCTYPE":
            self.notes.fault(at, "DOCTYPE is written in capitals: better take it away")
            self.notes.blank(at, end)
            return end
        inside = found[3] or b""
        names = frozenset(_ENTITY.findall(inside))
        # Definitions in outside files are not known, nor are those that are made of parameters.
        is_open = b"%" in inside or re.search(rb"\b(?:SYSTEM|PUBLIC)\b", found[2]) is not None
        self.notes.defined = None if is_open and not names else names
        if found[3]:
            self.notes.patch(found.start(3), found.end(3), b"")
        return end

    # Tags.

    def end_tag(self, at: int) -> int:
        found = _END.match(self.data, at)
        if found is None or (not found[1] and not found[3]):
            return self.stray(at)
        name = found[1] or b""
        if not self.open:
            if self.closed.get(name):
                self.closed[name] -= 1
                self.notes.blank(at, found.end())
                return found.end()
            self.notes.cut(at, f"</{shown(name)}> closes an element that is not open", at)
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
        self.notes.fault(at, f"the end tag of {shown(name) or 'an element'} is written wrongly: write </{shown(name)}>")
        if any(one.name == name for one in self.open):
            self.close_down_to(name, at)
            self.open.pop()
            self.notes.patch(at, found.end(), b"</" + name + b">")
        else:
            self.doubt()
            self.notes.blank(at, found.end())
        return found.end()

    def mismatch(self, found: re.Match[bytes], name: bytes) -> None:
        """An end tag that is not the one of the innermost element."""
        at, end, top = found.start(), found.end(), self.open[-1]
        line = self.notes.source.place(top.at)[0]
        if any(one.name == name for one in self.open):
            told = f"<{shown(top.name)}> of line {line} is not closed before </{shown(name)}>"
            self.notes.fault(at, f"{told}: write </{shown(top.name)}>")
            self.close_down_to(name, at)
            self.open.pop()
        elif self.closed.get(name):
            self.closed[name] -= 1
            self.notes.blank(at, end)
        elif _is_alike(name, top.name):
            self.notes.fault(
                at, f"</{shown(name)}> closes <{shown(top.name)}> of line {line}: write </{shown(top.name)}>"
            )
            self.open.pop()
            self.notes.patch(at, end, b"</" + top.name + b">")
        else:
            self.notes.fault(at, f"</{shown(name)}> closes an element that is not open: take it away")
            self.doubt()
            self.notes.blank(at, end)

    def close_down_to(self, name: bytes, at: int) -> None:
        """Put in the ends of what is open inside the innermost element of that name."""
        if all(one.name != name for one in self.open[-_MOST_CLOSED:]):
            self.notes.cut(at, f"more than {_MOST_CLOSED} elements are not closed before </{shown(name)}>", at)
        while self.open[-1].name != name:
            one = self.open.pop()
            inner = one.twin if one.twin is not None else one.inner if one.has_text else None
            self.notes.patch(*(2 * (at if inner is None else inner,)), b"</" + one.name + b">")
            self.closed[one.name] = self.closed.get(one.name, 0) + 1
            self.notes.found.unsure.add(one.at)
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
            self.notes.cut(
                at, f"a second root element <{shown(name)}> stands behind the end of the first: take it away"
            )
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
        self.notes.fault(start, f"the attribute {shown(name)} stands twice: take one away")
        self.notes.blank(start, end)

    def odd_start(self, start: re.Match[bytes]) -> int:
        """A start tag that is not as it should be, attribute by attribute."""
        at, seen, self.tag = start.end(), set[bytes](), start.start()
        while True:
            close = _CLOSE.match(self.data, at)
            if close is not None:
                self.tag = None
                if close[1] and close[2]:
                    self.notes.fault(close.start(1), "a space stands between / and >: take it away")
                    self.notes.patch(close.start(2), close.end(2), b"")
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
        told = f"the tag <{shown(start[1])} ...> is written wrongly: end it with > and quote every attribute"
        if at >= self.size or not bytes(self.data[at : at + 1000]).strip():
            told = f"the document ends within the tag <{shown(start[1])}>: it was cut off"
        return self.notes.cut(start.start(), told)

    def one_attribute(self, found: re.Match[bytes], seen: set[bytes]) -> int:
        """Look at an attribute; where it ends."""
        name, start, end = found[2], found.start(2), found.end()
        if name in seen:
            self.twice(start, end, name)
            return end
        seen.add(name)
        if not found[1]:
            self.notes.fault(start, f"no space stands before the attribute {shown(name)}: put one in")
            self.notes.patch(start, start, b" ")
        if found[3] is None:
            self.notes.fault(start, f'the attribute {shown(name)} has no value: write {shown(name)}="..."')
            self.notes.patch(start, end, b"")
        elif found.re is _ATTRIBUTE and found[4] is None:
            if found[5].endswith(b"/") and bytes(self.data[end : end + 1]) == b">":
                end -= 1
            value = shown(self.data[found.start(5) : end])
            self.notes.fault(start, f'the value of {shown(name)} has no quotes: write {shown(name)}="{value}"')
            self.notes.patch(found.start(5), found.start(5), b'"')
            self.notes.in_value(found.start(5), end)
            self.notes.patch(end, end, b'"')
        else:
            self.notes.in_value(found.start(4), end)
        return end


def _end_of(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    found = pattern.match(data, at)
    return at if found is None else found.end()


def _is_alike(name: bytes, other: bytes) -> bool:
    """Whether one is the other, misspelt."""
    one, two = name[:LONGEST].lower(), other[:LONGEST].lower()
    return one == two or SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE
