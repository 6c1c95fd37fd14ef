"""The text of an article page to a draft: every word of the file has its place, what was left out is reported.

A page is lines, blank lines between them. One pass gives each line its meaning (`_RECOGNISERS`, tried in order); a
second tells headings and links to other stories from paragraphs, since that depends on what stands after them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import PurePath
from typing import BinaryIO

from syndicate.formats.page_text import lines as known
from syndicate.formats.page_text.dates import read_date_line
from syndicate.markup.html_inline import escape
from syndicate.markup.text import repair
from syndicate.model.article import Article, Dateline, Person
from syndicate.model.body import Block, Heading, MediaBlock, Paragraph, Related, Tagline
from syndicate.model.draft import Draft, Reading, Rejected, Repair
from syndicate.model.media import Media, MediaRole, MediaType

MAX_BYTES = 4 * 1024 * 1024
_HEADLINE = 100
_HIGHLIGHTS = 12
_LONGEST_HIGHLIGHT = 250
_LONGEST_HEADLINE = 250
# More short lines in a row than this are a listing (results, say), not links.
_LONGEST_RUN = 4
_MARKED_UP = re.compile(rb"\s*<[?!A-Za-z]")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])[”’\"')]*\s+(?=[“‘\"'(]?[^\W\d_a-z])")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    opens: bool
    """Whether it is the first line of its block (a blank line, or nothing, stands before it)."""


@dataclass(slots=True)
class _Page:
    """What the lines before have given; `items` are the body's blocks, and lines whose kind is not yet known."""

    headline: str | None = None
    authors: list[Person] = field(default_factory=list)
    highlights: list[str] = field(default_factory=list)
    dateline: Dateline | None = None
    published: datetime | None = None
    updated: datetime | None = None
    published_is_sure: bool = False
    updated_is_sure: bool = False
    media: list[Media] = field(default_factory=list)
    items: list[Block | str] = field(default_factory=list)
    contributors: list[Person] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    gallery: str | None = None
    has_text: bool = False
    repairs: list[Repair] = field(default_factory=list)

    def add_text(self, line: str) -> None:
        """Add a line of the story; what it is depends on the lines after it."""
        self.items.append(line)
        self.has_text = True

    def report(self, name: str, what: str) -> None:
        self.repairs.append(Repair(field=name, what=what))

    def show(self, kind: MediaType, role: MediaRole, **texts: str | int | None) -> None:
        """Add the media; but for the one that leads, it also has a place in the text."""
        media = Media(id=f"m{len(self.media) + 1}", type=kind, role=role, **texts)  # type: ignore[arg-type]
        self.media.append(media)
        if role is not MediaRole.LEAD:
            self.items.append(MediaBlock(media=media.id))


def detect(head: bytes, name: str) -> bool:
    """Whether the file is text by its name, or text without markup read from standard input."""
    if PurePath(name).suffix.lower() not in {".txt", ".text"} and name != "-":
        return False
    return not _MARKED_UP.match(head.removeprefix(b"\xef\xbb\xbf")) and not (
        name == "-" and (head.lstrip()[:1] in (b"{", b"[") or _BINARY.search(head))
    )


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The one article of the page, or the reason why there is none.

    `identity` is the file's name without its extension, empty for standard input.
    """
    text, reason = _decoded(stream.read(MAX_BYTES + 1))
    if reason is not None:
        yield Rejected(file=file, line=None, reason=reason)
        return
    text, repaired = repair(text)
    page = _Page(repairs=[Repair(field="body", what=what) for what in repaired])
    _recognise(page, tuple(_lines(text)))
    if not page.has_text:
        yield Rejected(file=file, line=None, reason="holds no paragraph of text: nothing to publish")
        return
    article = _article(page, reading)
    identity = "" if file == "-" else PurePath(file).stem
    yield Draft(article=article, identity=identity, file=file, line=1, repairs=tuple(page.repairs))


def _decoded(data: bytes) -> tuple[str, str | None]:
    """The text, or why the bytes are none."""
    if len(data) > MAX_BYTES:
        return "", f"is larger than {MAX_BYTES // 1024 // 1024} MiB: one page of text is wanted"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\x00" in data:
            return "", f"is binary, not text (byte {data.index(0)} is zero)"
        return "", f"is not UTF-8 at byte {error.start}: save the file as UTF-8"
    if found := _BINARY.search(data):
        is_binary = len(_BINARY.findall(data)) > len(data) // 100
        return ("", f"is binary, not text (a control character at byte {found.start()})") if is_binary else (text, None)
    return text, None


def _lines(text: str) -> Iterator[_Line]:
    opens = True
    for line in text.split("\n"):
        stripped = line.strip(known.ENDS)
        if stripped:
            yield _Line(stripped, opens)
        opens = not stripped


def _recognise(page: _Page, lines: Sequence[_Line]) -> None:
    position = 0
    while position < len(lines):
        position += next(taken for recognise in _RECOGNISERS if (taken := recognise(page, lines, position)))


def _block_at(lines: Sequence[_Line], at: int, most: int) -> list[str]:
    """The line and those after it in the same block, `most` at most."""
    texts = [lines[at].text]
    for line in lines[at + 1 : at + most]:
        if line.opens:
            break
        texts.append(line.text)
    return texts


def _video(page: _Page, lines: Sequence[_Line], at: int) -> int:
    """Up to three lines of one block: name of the file, title, length with source."""
    for last, line in enumerate(block := _block_at(lines, at, 3)):
        if end := known.read_video_end(line):
            role = MediaRole.INLINE if page.media or page.has_text else MediaRole.LEAD
            name, title = block[0] if last == 2 else None, block[last - 1] if last else None
            page.show(MediaType.VIDEO, role, name=name, title=title, source=end.source, duration=end.duration)
            return last + 1
    return 0


def _gallery(page: _Page, lines: Sequence[_Line], at: int) -> int:
    """A label with the gallery's title; what stands below it in its block are captions."""
    title = known.read_gallery(lines[at].text) if lines[at].opens else None
    if title is None:
        return 0
    block = _block_at(lines, at, len(lines))
    captions = [caption for line in block[1:] if (caption := _caption_of(page, line))]
    has_more = at + 1 < len(lines) and _counted(lines, at + 1) is not None
    if captions or not has_more:
        for caption in captions or [""]:
            page.show(MediaType.PICTURE, MediaRole.GALLERY, title=title or None, caption=caption or None)
    page.gallery = title or None
    return len(block)


def _caption_of(page: _Page, line: str) -> str:
    counted = known.read_counted_caption(line)
    if counted is None or (counted[0] and not counted[1].lower().startswith(("hide", "show"))):
        return line
    page.report("body", f"left out {counted[1]!r}")
    return counted[0]


def _counted(lines: Sequence[_Line], at: int) -> tuple[str, list[str], int] | None:
    """A caption, the furniture that marks it as one (`Hide Caption`, `3 of 12`), and how many lines they take."""
    block = _block_at(lines, at, 3)
    marks = [known.read_counted_caption(line) for line in block]
    first = marks[0]
    if first and (not first[0] or first[1].lower().startswith(("hide", "show"))):
        return first[0], [first[1]], 1
    bare = [mark[1] for mark in marks[1:] if mark and not mark[0]]
    if len(block) > 1 and marks[1] and not marks[1][0]:
        return block[0], bare, 1 + len(bare)
    return None


def _picture(page: _Page, lines: Sequence[_Line], at: int) -> int:
    found = _counted(lines, at)
    if found is None:
        return 0
    caption, furniture, taken = found
    page.report("body", "left out " + ", ".join(map(repr, furniture)))
    if caption:
        page.show(MediaType.PICTURE, MediaRole.GALLERY, title=page.gallery, caption=caption)
    return taken


def _highlights(page: _Page, lines: Sequence[_Line], at: int) -> int:
    if page.has_text or not known.is_highlights_label(lines[at].text):
        return 0
    following = lines[at + 1 : at + 1 + _HIGHLIGHTS]
    count = _count_highlights(following)
    page.highlights += [line.text for line in following[:count]]
    return 1 + count


def _count_highlights(following: Sequence[_Line]) -> int:
    """How many lines are highlights: those before the dateline, else those before the first whole sentence.

    Lines in one block with the label are highlights even when they are sentences.
    """
    texts = [line.text for line in following]
    stop = next((n for n, text in enumerate(texts) if _is_apart(texts, n)), len(texts))
    if stop < len(texts) and _opens_text(texts[stop]):
        return stop
    attached = next((n for n, line in enumerate(following[:stop]) if line.opens), stop)
    return next((n for n in range(attached, stop) if known.is_sentence(texts[n])), stop)


def _opens_text(text: str) -> bool:
    return known.read_dateline(text) is not None or known.split_dateline(text) is not None


def _is_apart(texts: Sequence[str], at: int) -> bool:
    text = texts[at]
    return (
        len(text) > _LONGEST_HIGHLIGHT
        or _opens_text(text)
        or any(known.read_video_end(line) for line in texts[at : at + 3])
        or bool(read_date_line(text) or known.read_byline(text) or known.read_related(text))
        or known.read_note(text) is not None
        or known.is_furniture(text)
    )


def _date_line(page: _Page, lines: Sequence[_Line], at: int) -> int:
    line = lines[at].text
    stated = read_date_line(line) if len(line) <= _LONGEST_HEADLINE else ()
    for one in stated:
        name = "updated" if one.is_update else "published"
        if one.problem:
            page.report(name, f"{line!r}: {one.problem}")
        if one.moment and one.is_update:
            page.updated, page.updated_is_sure = one.moment, one.problem is None
        elif one.moment:
            page.published, page.published_is_sure = one.moment, one.problem is None
    return 1 if stated else 0


def _byline(page: _Page, lines: Sequence[_Line], at: int) -> int:
    people = () if page.has_text else known.read_byline(lines[at].text)
    page.authors += people
    return 1 if people else 0


def _note(page: _Page, lines: Sequence[_Line], at: int) -> int:
    return _labelled(page.notes, known.read_note(lines[at].text), lines, at)


def _correction(page: _Page, lines: Sequence[_Line], at: int) -> int:
    return _labelled(page.corrections, known.read_correction(lines[at].text), lines, at)


def _labelled(target: list[str], text: str | None, lines: Sequence[_Line], at: int) -> int:
    """A label with its text on the same line or, when it stands alone, on the next one."""
    if text:
        target.append(text)
        return 1
    if text is None or at + 1 == len(lines):
        return 0
    target.append(lines[at + 1].text)
    return 2


def _related(page: _Page, lines: Sequence[_Line], at: int) -> int:
    title = known.read_related(lines[at].text)
    if title is None:
        return 0
    page.items.append(Related(title=title))
    return 1


def _furniture(page: _Page, lines: Sequence[_Line], at: int) -> int:
    if not known.is_furniture(lines[at].text):
        return 0
    page.report("body", f"left out {lines[at].text!r}")
    return 1


def _tagline(page: _Page, lines: Sequence[_Line], at: int) -> int:
    people = known.read_contributors(lines[at].text)
    if people is None:
        return 0
    page.contributors += [person for person in people if person not in page.contributors]
    page.items.append(Tagline(html=escape(lines[at].text)))
    return 1


def _headline(page: _Page, lines: Sequence[_Line], at: int) -> int:
    """The first line, or the line above by-line and date, when no text stands before it."""
    line = lines[at].text
    if page.headline or page.items or page.highlights or page.dateline or len(line) > _LONGEST_HEADLINE:
        return 0
    is_above_byline = at + 1 < len(lines) and _is_byline_or_date(lines[at + 1].text)
    if _opens_text(line) or not (is_above_byline or (at == 0 and not known.is_sentence(line))):
        return 0
    page.headline = line
    return 1


def _is_byline_or_date(line: str) -> bool:
    return bool(known.read_byline(line) or read_date_line(line))


def _dateline(page: _Page, lines: Sequence[_Line], at: int) -> int:
    line = lines[at].text
    if page.has_text or page.dateline:
        return 0
    page.dateline = known.read_dateline(line)
    if page.dateline:
        return 1
    if found := known.split_dateline(line):
        page.dateline, rest = found
        page.add_text(rest)
    return 1 if found else 0


def _text(page: _Page, lines: Sequence[_Line], at: int) -> int:
    page.add_text(lines[at].text)
    return 1


_RECOGNISERS: tuple[Callable[[_Page, Sequence[_Line], int], int], ...] = (
    _video, _gallery, _picture, _highlights, _date_line, _byline, _note, _correction, _related, _furniture, _tagline,
    _headline, _dateline, _text,
)  # fmt: skip


def _blocks(items: Sequence[Block | str]) -> tuple[Block, ...]:
    """The body: of short lines in a row the last is a heading, if text follows; the others link to other stories."""
    texts = [item for item in items if isinstance(item, str)]
    made: list[Block] = []
    for is_short, run in groupby(texts, known.is_short):
        lines = list(run)
        is_last = len(made) + len(lines) == len(texts)
        made += _run(lines, is_last) if is_short else map(_paragraph, lines)
    blocks = iter(made)
    return tuple(next(blocks) if isinstance(item, str) else item for item in items)


def _run(lines: Sequence[str], is_last: bool) -> list[Block]:
    if len(lines) > _LONGEST_RUN or (is_last and len(lines) == 1):
        return [_paragraph(line) for line in lines]
    if is_last:
        return [Related(title=line) for line in lines]
    return [*(Related(title=line) for line in lines[:-1]), Heading(html=escape(lines[-1]))]


def _paragraph(line: str) -> Block:
    return Paragraph(html=escape(line))


def _article(page: _Page, reading: Reading) -> Article:
    blocks = _blocks(page.items)
    published, updated, derived = _times(page, reading)
    first = next((item for item in page.items if isinstance(item, str)), "")
    return Article(
        guid="",
        headline=page.headline or _headline_from(page.highlights[0] if page.highlights else first_sentence(first)),
        published=published,
        updated=updated,
        language=reading.language,
        highlights=tuple(page.highlights),
        authors=tuple(page.authors),
        contributors=tuple(page.contributors),
        dateline=page.dateline,
        body=blocks,
        media=tuple(page.media),
        note="\n".join(page.notes) or None,
        correction="\n".join(page.corrections) or None,
        derived=(() if page.headline else ("headline",)) + derived,
    )


def _times(page: _Page, reading: Reading) -> tuple[datetime, datetime, tuple[str, ...]]:
    """When published, when updated, and which of the two the page does not say for certain."""
    published = page.published or page.updated or reading.now
    updated = page.updated or published
    if updated < published:
        page.report("updated", "before published: the time of publication taken")
        updated = published
    sure = (("published", page.published_is_sure), ("updated", page.updated_is_sure))
    return published, updated, tuple(name for name, is_sure in sure if not is_sure)


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence; a stop after a short word (`Mr.`, `U.S.`) ends none."""
    return text[: found.start()] if (found := _SENTENCE_END.search(text)) else text


def _headline_from(text: str) -> str:
    """The text as a headline: without its full stop, cut at a word where it is long."""
    text = text.removesuffix(".") if not text.endswith("..") else text
    if len(text) <= _HEADLINE:
        return text
    cut = text[: _HEADLINE + 1].rpartition(" ")[0] or text[:_HEADLINE]
    return cut.rstrip(" ,;:—–-") + "…"
