"""The text of an article page to a draft: every word of the file has its place, what was left out is reported.

A page is lines, blank lines between them. One pass gives each line its meaning (`page.py`); a
second tells headings and links to other stories from paragraphs, since that depends on what stands after them.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import PurePath
from typing import BinaryIO

from syndicate.formats.page_text import lines as known
from syndicate.formats.page_text.page import Page, recognise
from syndicate.markup.escape import escape
from syndicate.markup.text import repair
from syndicate.model.article import Article
from syndicate.model.body import Block, Heading, Paragraph, Related
from syndicate.model.draft import Draft, Reading, Rejected, Repair

MAX_BYTES = 4 * 1024 * 1024
MAX_LINES = 20_000
_HEADLINE = 100
# More short lines in a row than this are a listing (results, say), not links.
_LONGEST_RUN = 4
_MARKED_UP = re.compile(rb"\s*<[?!A-Za-z]")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])[”’\"')]*\s+(?=[“‘\"'(]?[^\W\d_a-z])")


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
    page = Page(repairs=[Repair(field="body", what=what) for what in repaired])
    recognise(page, text)
    if not page.has_text:
        yield Rejected(file=file, line=None, reason="holds no paragraph of text: nothing to publish")
        return
    article = _article(page, reading)
    identity = "" if file == "-" else PurePath(file).stem
    yield Draft(article=article, identity=identity, file=file, repairs=tuple(page.repairs))


def _decoded(data: bytes) -> tuple[str, str | None]:
    """The text, or why the bytes are none."""
    if len(data) > MAX_BYTES:
        return "", f"is larger than {MAX_BYTES // 1024 // 1024} MiB: one page of text is wanted"
    if data.count(b"\n") > MAX_LINES:
        return "", f"has more than {MAX_LINES} lines: one page of text is wanted"
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


def _article(page: Page, reading: Reading) -> Article:
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


def _times(page: Page, reading: Reading) -> tuple[datetime, datetime, tuple[str, ...]]:
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
    text = text if text.endswith("..") else text.removesuffix(".") or text
    if len(text) <= _HEADLINE:
        return text
    cut = text[: _HEADLINE + 1].rpartition(" ")[0] or text[:_HEADLINE]
    return (cut.rstrip(" ,;:—–-") or cut) + "…"
