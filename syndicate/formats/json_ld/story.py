"""What JSON-LD says of one article to a draft, or the reason why there is none."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from syndicate.formats.json_ld.media import media_of
from syndicate.markup.escape import escape
from syndicate.markup.feed_read import Story, person, rejected
from syndicate.markup.feed_read import drafted as story_drafted
from syndicate.markup.feed_read_words import subject_of
from syndicate.markup.html import HtmlError, blocks_of, clean_inline, has_markup
from syndicate.markup.json_ld import LinkedArticle, moment
from syndicate.markup.json_ld_status import status_of
from syndicate.markup.json_ld_values import LinkedPerson
from syndicate.markup.text import one_line
from syndicate.model.article import Dateline, Person, Status
from syndicate.model.body import Block, ListBlock, Paragraph
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.media import Media
from syndicate.model.rights import Rights

_LARGEST_VERSION = 1_000_000_000
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2200
_BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n\s*")
_BLOCK = re.compile(r"</(?:p|div|h[1-6]|li)>|<br\s*/?>", re.IGNORECASE)
_BULLET = "• "
_NUMBER = re.compile(r"(\d{1,3})\. ")


def drafted(linked: LinkedArticle, file: str, line: int | None, reading: Reading) -> Draft | Rejected:
    """The article as a draft; Rejected where it names nothing that lasts, has no headline, or ends nobody knows when.

    A withdrawn article needs no headline.
    """
    story = Story(file=file, line=line, reading=reading)
    story.status = _status(linked, story)
    story.headline = _headline(linked, story)
    if not story.headline and story.status is not Status.USABLE:
        story.headline = linked.identifier or linked.url or ""
        story.derived.append("headline")
    try:
        _fill(linked, story)
        if not story.headline:
            return rejected(story, "headline is missing: every article needs one")
        return _completed(linked, story)
    except HtmlError as error:
        return rejected(story, f"articleBody: {error}")


def _headline(linked: LinkedArticle, story: Story) -> str:
    """The headline without markup; with it where nobody can tell what is markup."""
    stated = linked.headline or ""
    try:
        return (has_markup(stated) and story.from_html(stated, "headline")) or one_line(stated)
    except HtmlError as error:
        story.report("headline", f"its markup is kept as text: {error}")
        return one_line(stated)


def _fill(linked: LinkedArticle, story: Story) -> None:
    story.name = linked.identifier or ""
    story.url = story.address(linked.url or "", "url")
    story.base = story.url
    # A name that is no URI lasts within its publication.
    story.about = "urn:" + one_line(linked.publisher) if linked.publisher else None
    story.version = _version(linked.version, story)
    story.published = _moment(linked.published, "published", story)
    story.updated = _moment(linked.modified, "updated", story)
    story.language = linked.language or ""
    story.authors = list(_people(linked.authors, "author", story))
    story.contributors = list(_people(linked.contributors, "contributor", story))
    story.sections = list(linked.sections)
    story.rights = Rights(holder=linked.holder, notice=linked.notice, usage=linked.usage)
    story.correction = linked.correction
    _add_subjects(linked, story)
    _note_losses(linked, story)


def _completed(linked: LinkedArticle, story: Story) -> Draft | Rejected:
    expires = _moment(linked.expires, "expires", story)
    if linked.expires and expires is None:
        return rejected(
            story, f"expires is {linked.expires[:40]!r}: no date that is known, and it decides what goes out"
        )
    story.expires = expires
    media = media_of(linked.media, story.url, story.repairs)
    blocks, media = _body(linked.text or "", media, story)
    found = story_drafted(story)
    if isinstance(found, Rejected):
        return found
    article = replace(
        found.article,
        abstract=one_line(linked.description or "") or None,
        highlights=tuple(map(one_line, linked.highlights)),
        dateline=_dateline(linked),
        body=blocks,
        media=media,
        genre=linked.genre,
    )
    return replace(found, article=article)


def _status(linked: LinkedArticle, story: Story) -> Status:
    status, remark = status_of(linked.status)
    story.report("status", *filter(None, [remark]))
    held = next((name for name in linked.others if "embargo" in name.lower()), None)
    if held is None or status is not Status.USABLE:
        return status
    story.report("status", f"withheld: {held[:40]} is no word of schema.org, and nobody can tell how it is meant")
    return Status.WITHHELD


def _version(text: str | None, story: Story) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit() and 0 < int(text[:10]) <= _LARGEST_VERSION and len(text) <= 10:
        return int(text)
    story.report("version", f"{text[:40]!r} left out: a whole number from 1 on is wanted")
    return None


def _moment(text: str | None, name: str, story: Story) -> datetime | None:
    if text is None:
        return None
    found, is_certain = moment(text)
    if found is None or not _EARLIEST_YEAR <= found.year <= _LATEST_YEAR:
        story.report(name, f"{text[:40]!r} left out: no date that is known")
        return None
    if not is_certain:
        story.report(name, f"{text[:40]!r} has no offset: taken for UTC")
        story.derived.append(name)
    return found


def _people(people: tuple[LinkedPerson, ...], name: str, story: Story) -> Iterator[Person]:
    for one in people:
        if made := person(one.name, one.email, story):
            yield replace(made, role=one_line(one.role)) if one.role else made
        if one.url:
            story.lose(f"{name}/url")


def _add_subjects(linked: LinkedArticle, story: Story) -> None:
    """Terms of vocabularies are subjects; what an article is about without a code is a keyword."""
    story.keywords = list(linked.keywords)
    for term in linked.about:
        subject = subject_of(term.code, term.scheme, term.name) if term.code and term.scheme else None
        if subject is not None:
            story.subjects.append(subject)
        elif term.name and term.name not in story.keywords:
            story.keywords.append(term.name)


def _note_losses(linked: LinkedArticle, story: Story) -> None:
    if linked.publisher and linked.publisher != linked.holder:
        story.lose("publisher")
    if linked.alternative_headline:
        story.lose("alternativeHeadline")
    if linked.is_free is not None:
        story.lose("isAccessibleForFree")
    for name in linked.others:
        story.lose(name)


def _dateline(linked: LinkedArticle) -> Dateline | None:
    text = linked.dateline or " ".join(filter(None, (linked.place, linked.source)))
    return Dateline(text=text, place=linked.place, source=linked.source) if linked.dateline or linked.place else None


def _body(text: str, media: tuple[Media, ...], story: Story) -> tuple[tuple[Block, ...], tuple[Media, ...]]:
    """The text as blocks: paragraphs are parted by blank lines. Some write HTML here, which is read as such."""
    if "<" in text and _BLOCK.search(text):
        body = blocks_of(text, story.url, media)
        story.report("body", "HTML where plain text is due: read as HTML", *body.repairs)
        return body.blocks, body.media
    return tuple(_block(part, story) for part in _BLANK_LINE.split(text.strip()) if part.strip()), media


def _block(part: str, story: Story) -> Block:
    lines = part.strip().split("\n")
    if all(line.startswith(_BULLET) and line[2:].strip() for line in lines):
        return ListBlock(items=tuple(_inline(line[2:], story) for line in lines))
    numbers = [found[1] if (found := _NUMBER.match(line)) and line[found.end() :].strip() else "" for line in lines]
    if len(lines) > 1 and numbers == [str(number) for number in range(1, len(lines) + 1)]:
        items = (line.partition(". ")[2] for line in lines)
        return ListBlock(items=tuple(_inline(item, story) for item in items), ordered=True)
    return Paragraph(html=_inline("\n".join(lines), story))


def _inline(text: str, story: Story) -> str:
    html, repairs = clean_inline(escape(text).replace("\n", "<br/>"))
    story.report("body", *repairs)
    return html
