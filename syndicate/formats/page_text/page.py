"""One pass over the lines of a page: each recogniser takes the lines that it knows and puts them in their place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from syndicate.formats.page_text import lines as known
from syndicate.formats.page_text.dates import read_date_line
from syndicate.markup.escape import escape
from syndicate.model.article import Dateline, Person
from syndicate.model.body import Block, MediaBlock, Related, Tagline
from syndicate.model.draft import Repair
from syndicate.model.media import Media, MediaRole, MediaType

_HIGHLIGHTS = 12
_CAPTIONS = 300
_LONGEST_HIGHLIGHT = 250
_LONGEST_HEADLINE = 250


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    opens: bool
    """Whether it is the first line of its block (a blank line, or nothing, stands before it)."""


@dataclass(slots=True)
class Page:
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


def _lines(text: str) -> Iterator[_Line]:
    opens = True
    for line in text.split("\n"):
        stripped = line.strip(known.ENDS)
        if stripped:
            yield _Line(stripped, opens)
        opens = not stripped


def recognise(page: Page, text: str) -> None:
    """Put every line of the text into the page."""
    lines = tuple(_lines(text))
    position = 0
    while position < len(lines):
        position += next(taken for take in _RECOGNISERS if (taken := take(page, lines, position)))


def _block_at(lines: Sequence[_Line], at: int, most: int) -> list[str]:
    """The line and those after it in the same block, `most` at most."""
    texts = [lines[at].text]
    for line in lines[at + 1 : at + most]:
        if line.opens:
            break
        texts.append(line.text)
    return texts


def _video(page: Page, lines: Sequence[_Line], at: int) -> int:
    """Up to three lines of one block: name of the file, title, length with source."""
    for last, line in enumerate(block := _block_at(lines, at, 3)):
        if end := known.read_video_end(line):
            role = MediaRole.INLINE if page.media or page.has_text else MediaRole.LEAD
            name, title = block[0] if last == 2 else None, block[last - 1] if last else None
            page.show(MediaType.VIDEO, role, name=name, title=title, source=end.source, duration=end.duration)
            return last + 1
    return 0


def _gallery(page: Page, lines: Sequence[_Line], at: int) -> int:
    """A label with the gallery's title; what stands below it in its block are captions."""
    title = known.read_gallery(lines[at].text) if lines[at].opens else None
    if title is None:
        return 0
    block = _block_at(lines, at, _CAPTIONS)
    captions = [caption for line in block[1:] if (caption := _caption_of(page, line))]
    has_more = at + 1 < len(lines) and _counted(lines, at + 1) is not None
    if captions or not has_more:
        for caption in captions or [""]:
            page.show(MediaType.PICTURE, MediaRole.GALLERY, title=title or None, caption=caption or None)
    page.gallery = title or None
    return len(block)


def _caption_of(page: Page, line: str) -> str:
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


def _picture(page: Page, lines: Sequence[_Line], at: int) -> int:
    found = _counted(lines, at)
    if found is None:
        return 0
    caption, furniture, taken = found
    page.report("body", "left out " + ", ".join(map(repr, furniture)))
    if caption:
        page.show(MediaType.PICTURE, MediaRole.GALLERY, title=page.gallery, caption=caption)
    return taken


def _highlights(page: Page, lines: Sequence[_Line], at: int) -> int:
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


def _date_line(page: Page, lines: Sequence[_Line], at: int) -> int:
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


def _byline(page: Page, lines: Sequence[_Line], at: int) -> int:
    people = () if page.has_text else known.read_byline(lines[at].text)
    page.authors += people
    return 1 if people else 0


def _note(page: Page, lines: Sequence[_Line], at: int) -> int:
    return _labelled(page.notes, known.read_note(lines[at].text), lines, at)


def _correction(page: Page, lines: Sequence[_Line], at: int) -> int:
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


def _related(page: Page, lines: Sequence[_Line], at: int) -> int:
    title = known.read_related(lines[at].text)
    if title is None:
        return 0
    page.items.append(Related(title=title))
    return 1


def _furniture(page: Page, lines: Sequence[_Line], at: int) -> int:
    if not known.is_furniture(lines[at].text):
        return 0
    page.report("body", f"left out {lines[at].text!r}")
    return 1


def _tagline(page: Page, lines: Sequence[_Line], at: int) -> int:
    people = known.read_contributors(lines[at].text)
    if people is None:
        return 0
    page.contributors += [person for person in people if person not in page.contributors]
    page.items.append(Tagline(html=escape(lines[at].text)))
    return 1


def _headline(page: Page, lines: Sequence[_Line], at: int) -> int:
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


def _dateline(page: Page, lines: Sequence[_Line], at: int) -> int:
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


def _text(page: Page, lines: Sequence[_Line], at: int) -> int:
    page.add_text(lines[at].text)
    return 1


_RECOGNISERS: tuple[Callable[[Page, Sequence[_Line], int], int], ...] = (
    _video, _gallery, _picture, _highlights, _date_line, _byline, _note, _correction, _related, _furniture, _tagline,
    _headline, _dateline, _text,
)  # fmt: skip
