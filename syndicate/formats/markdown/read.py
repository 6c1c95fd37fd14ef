"""A text in Markdown to a draft: its fields, then the text behind them."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from syndicate.formats.markdown import fields as known
from syndicate.formats.markdown import names
from syndicate.formats.markdown.fields import Fields, fields_of
from syndicate.markup.front_matter import FrontMatterError, is_front_matter, split
from syndicate.markup.html_inline import text_of
from syndicate.markup.html_parse import HtmlError
from syndicate.markup.page_meta_name import identity_of
from syndicate.markup.text import repair
from syndicate.model.article import Article, Status
from syndicate.model.draft import Draft, Reading, Rejected, Repair

if TYPE_CHECKING:
    from syndicate.formats.markdown.text import Text

MAX_BYTES = 1024 * 1024
_HEADLINE = 100
_BOM = b"\xef\xbb\xbf"


def detect(head: bytes, name: str) -> bool:
    """Whether the file is Markdown by its name, or comes from standard input with fields before it."""
    if PurePath(name).suffix.lower() in names.SUFFIXES:
        return b"\x00" not in head
    start = head.removeprefix(_BOM)[:4096].decode("utf-8", "replace").replace("\r\n", "\n")
    return name == "-" and is_front_matter(start)


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The one article of the file, or the reason why there is none.

    Rejected: fields that cannot be read, a moment or a status that would have to be guessed, no text.
    """
    try:
        yield _draft(stream.read(MAX_BYTES + 1), file, reading)
    except FrontMatterError as error:
        yield Rejected(file=file, line=error.line, reason=str(error))
    except HtmlError as error:
        yield Rejected(file=file, line=None, reason=str(error))


def _draft(data: bytes, file: str, reading: Reading) -> Draft:
    # Whoever only asks whose file it is needs no parser.
    from syndicate.formats.markdown.text import text_of_markdown

    front = split(_decoded(data))
    fields = fields_of(front.values, reading)
    status = known.status_of(fields)
    url = known.url_of(fields)
    text = text_of_markdown(_sound(front.text, fields), url, known.lead_of(fields, url))
    if not text.blocks and status is Status.USABLE:
        raise FrontMatterError("holds no text: nothing to publish", front.line)
    article = _article(fields, text, status, url)
    fields.repairs += (Repair(field="body", what=what) for what in text.repairs)
    return Draft(
        article=article,
        identity=url or identity_of(file),
        file=file,
        stated_version=known.version_of(fields),
        repairs=tuple(dict.fromkeys(fields.repairs)),
        lost=tuple(dict.fromkeys((*fields.lost, *text.lost))),
    )


def _decoded(data: bytes) -> str:
    """The text with single line ends; FrontMatterError when the bytes are none."""
    if len(data) > MAX_BYTES:
        raise FrontMatterError(f"is larger than {MAX_BYTES // 1024} KiB: one article is wanted")
    try:
        return data.removeprefix(_BOM).decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise FrontMatterError(f"is not UTF-8 at byte {error.start}: save the file as UTF-8") from None


def _sound(text: str, fields: Fields) -> str:
    fixed, repairs = repair(text)
    fields.repairs += (Repair(field="body", what=what) for what in repairs)
    return fixed


def _article(fields: Fields, text: "Text", status: Status, url: str | None) -> Article:
    published, updated = known.times_of(fields)
    headline = _headline(fields, text)
    return Article(
        guid=known.guid_of(fields),
        version=known.version_of(fields) or 1,
        status=status,
        headline=headline,
        language=known.language_of(fields),
        slugline=known.slugline_of(fields),
        abstract=fields.text("abstract"),
        highlights=known.highlights_of(fields),
        authors=known.people_of(fields, "authors"),
        contributors=known.people_of(fields, "contributors"),
        dateline=known.dateline_of(fields),
        body=text.blocks,
        media=text.media,
        sections=known.words_of(fields, "sections"),
        subjects=known.subjects_of(fields),
        keywords=known.words_of(fields, "keywords"),
        genre=fields.text("genre"),
        urgency=known.urgency_of(fields),
        published=published,
        updated=updated,
        embargo=known.embargo_of(fields),
        expires=known.expiry_of(fields),
        url=url,
        rights=known.rights_of(fields),
        note=fields.text("note"),
        correction=fields.text("correction"),
        derived=tuple(dict.fromkeys(fields.derived)),
    )


def _headline(fields: Fields, text: "Text") -> str:
    """The stated title, else the heading that opens the text, else how the text begins."""
    stated = fields.text("headline")
    if stated:
        if text.heading and text.heading.casefold() != stated.casefold():
            fields.lost.append("first heading")
        return stated
    if text.heading:
        return text.heading
    fields.derived.append("headline")
    begin = next((text_of(found) for one in text.blocks if (found := getattr(one, "html", ""))), "Untitled")
    if len(begin) <= _HEADLINE:
        return begin
    return (begin[: _HEADLINE + 1].rpartition(" ")[0] or begin[:_HEADLINE]) + "…"
