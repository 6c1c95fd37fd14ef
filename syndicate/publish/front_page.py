"""The front page as HTML: feeds by section, how to subscribe to each, and its newest headlines where it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from syndicate.formats.base import READERS, Headline
from syndicate.formats.opml import names as opml
from syndicate.markup.dates import day_in_words, rfc3339
from syndicate.markup.escape import escape, sound, xml_attribute
from syndicate.markup.languages import direction_of_tag
from syndicate.markup.page_style import BASE, FRONT
from syndicate.model.feed import Feed, Publisher

# Feeds on one page: what a phone lays out at once, and few enough bytes to be written at each change of a headline.
MOST = 200
# The page's own words, whatever the language around them.
_ENGLISH = 'lang="en" dir="ltr"'
# More sections than these are no help to anybody as a row of links.
_MOST_SECTIONS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A published document of a feed: its format with its title, its path below the tree, its media type."""

    feed: Feed
    format: str
    title: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page shows of one feed: its documents, its page for people, and the newest articles with their dates."""

    links: tuple[Link, ...] = ()
    preview: str | None = None
    newest: tuple[tuple[Headline, datetime], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Feeds that stand together; `number` counts sections from 1, `name` is None for feeds of no section."""

    number: int
    name: str | None
    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; the others are known by what leads there: how many there are, and which section begins on which."""

    number: int
    of: int
    sections: tuple[Section, ...]
    begins: tuple[tuple[int, str, int], ...]
    """Number and name of each section, and the page it begins on."""


def pages_of(feeds: Sequence[Feed]) -> tuple[Page, ...]:
    """The feeds on pages of at most 200: by the section that each selects first, those that select none at the end."""
    ordered = sorted(feeds, key=_rank)
    named = [(name, list(several)) for name, several in groupby(ordered, key=_section_of)]
    numbered = [(number, name, feed) for number, (name, several) in enumerate(named, 1) for feed in several]
    parts = [numbered[at : at + MOST] for at in range(0, len(numbered), MOST)] or [[]]
    begins: dict[int, tuple[int, str, int]] = {}
    for page, part in enumerate(parts, 1):
        for number, name, _ in part:
            begins.setdefault(number, (number, _title(name, alone=len(named) == 1), page))
    return tuple(
        Page(number=page, of=len(parts), sections=tuple(_sections(part)), begins=tuple(begins.values()))
        for page, part in enumerate(parts, 1)
    )


def file_of(number: int) -> str:
    """The name of the page with that number: `index.html`, `index-2.html` and so on."""
    return "index.html" if number == 1 else f"index-{number}.html"


def html_of(page: Page, publisher: Publisher, shown: Mapping[str, Shown]) -> bytes:
    """The page; `shown` has every feed of it."""
    return "\n".join([*_head(page, publisher, shown), *_body(page, publisher, shown), ""]).encode()


def _rank(feed: Feed) -> tuple[bool, str, str]:
    name = _section_of(feed)
    return name is None, (name or "").casefold(), name or ""


def _section_of(feed: Feed) -> str | None:
    return next(iter(feed.select.sections), None)


def _sections(part: Sequence[tuple[int, str | None, Feed]]) -> Iterator[Section]:
    for (number, name), several in groupby(part, key=lambda one: one[:2]):
        yield Section(number=number, name=name, feeds=tuple(feed for _, _, feed in several))


def _title(name: str | None, *, alone: bool) -> str:
    return name if name is not None else "All feeds" if alone else "More feeds"


def _head(page: Page, publisher: Publisher, shown: Mapping[str, Shown]) -> Iterator[str]:
    number = f" ({page.number} of {page.of})" if page.of > 1 else ""
    yield "<!DOCTYPE html>"
    yield f'<html xmlns="http://www.w3.org/1999/xhtml" {_spoken(publisher.language)}>'
    yield "<head>"
    yield '<meta charset="utf-8"/>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
    yield f"<title>{_text(publisher.name)}: feeds{number}</title>"
    for section in page.sections:
        for feed in section.feeds:
            for link in shown[feed.id].links:
                if link.format in READERS:
                    title = _value(f"{feed.title} ({link.title})")
                    yield f'<link rel="alternate" type="{link.media_type}" title="{title}" href="{_value(link.path)}"/>'
    yield f'<link rel="outline" type="{opml.MEDIA_TYPE}" title="All feeds" href="{opml.FILE_NAME}"/>'
    for relation, other in (("prev", page.number - 1), ("next", page.number + 1)):
        if 1 <= other <= page.of:
            yield f'<link rel="{relation}" href="{file_of(other)}"/>'
    yield f"<style>{BASE}{FRONT}</style>"
    yield "</head>"


def _body(page: Page, publisher: Publisher, shown: Mapping[str, Shown]) -> Iterator[str]:
    # Ids of feeds are in small letters, so those of the page's own are not.
    yield "<body>"
    yield f'<a class="skip" href="#Feeds" {_ENGLISH}>Skip to the feeds</a>'
    yield '<header class="masthead">'
    yield f'<h1><a href="{_value(publisher.url)}">{_text(publisher.name)}</a></h1>'
    yield f'<p class="lead"><span {_ENGLISH}>Feeds to subscribe to: give one of the addresses below to your'
    yield f'reading app, or <a href="{opml.FILE_NAME}" type="{opml.MEDIA_TYPE}">all of them at once</a> (OPML).'
    yield "</span></p>"
    yield from _contents(page)
    yield "</header>"
    yield '<main id="Feeds">'
    for section in page.sections:
        yield from _section(page, section, shown)
    yield "</main>"
    yield from _other_pages(page)
    yield f'<footer class="foot"><p>{_text(publisher.rights or publisher.name)}</p></footer>'
    yield "</body>"
    yield "</html>"


def _contents(page: Page) -> Iterator[str]:
    """Links to the sections, where there are several, but not too many."""
    if 1 < len(page.begins) <= _MOST_SECTIONS:
        links = (
            f'<li><a href="{"" if on == page.number else file_of(on)}#Section-{number}">{_text(name)}</a></li>'
            for number, name, on in page.begins
        )
        yield f'<nav class="contents" aria-label="Sections"><ul>{"".join(links)}</ul></nav>'


def _section(page: Page, section: Section, shown: Mapping[str, Shown]) -> Iterator[str]:
    title = _text(_title(section.name, alone=len(page.begins) == 1))
    shown_title = f"<span {_ENGLISH}>{title}</span>" if section.name is None else title
    yield f'<section aria-labelledby="Section-{section.number}">'
    yield f'<h2 id="Section-{section.number}">{shown_title}</h2>'
    yield '<ul class="feeds">'
    for feed in section.feeds:
        yield from _feed(feed, shown[feed.id])
    yield "</ul>"
    yield "</section>"


def _feed(feed: Feed, shown: Shown) -> Iterator[str]:
    plain = "" if shown.newest else " plain"
    yield f'<li class="feed{plain}" id="{_value(feed.id)}" {_spoken(feed.language)}>'
    about = f"<p>{_text(feed.description)}</p>" if feed.description else ""
    title = f'<h3><a href="{_value(shown.preview or feed.link)}">{_text(feed.title)}</a></h3>'
    yield f'<div class="about">{title}{about}</div>'
    if shown.newest:
        yield f'<ul class="news">{"".join(_news(shown, *one) for one in shown.newest)}</ul>'
    yield from _ways(feed, shown)
    yield "</li>"


def _news(shown: Shown, headline: Headline, at: datetime) -> str:
    href = f"{shown.preview}{headline.href}" if headline.href.startswith("#") else headline.href
    day = f'<p class="facts"><time {_ENGLISH} datetime="{rfc3339(at)}">{day_in_words(at)}</time></p>'
    return f'<li><a href="{_value(href)}" {_spoken(headline.language)}>{_text(headline.text)}</a> {day}</li>'


def _ways(feed: Feed, shown: Shown) -> Iterator[str]:
    """How to get the feed."""
    ways = [
        f'<a href="{_value(link.path)}" type="{link.media_type}" {_ENGLISH}>{_text(link.title)}</a>'
        for link in shown.links
    ]
    if not ways:
        ways = [f'<span class="label" {_ENGLISH}>Nothing is published yet</span>']
    if shown.preview:
        ways.append(f'<a class="other" href="{_value(feed.link)}" {_ENGLISH}>Website</a>')
    yield f'<ul class="ways">{"".join(f"<li>{one}</li>" for one in ways)}</ul>'


def _other_pages(page: Page) -> Iterator[str]:
    if page.of > 1:
        links = "".join(f"<li>{_page_link(number, page.number)}</li>" for number in range(1, page.of + 1))
        yield f'<nav class="pages" aria-label="Pages"><ul>{links}</ul></nav>'


def _page_link(number: int, present: int) -> str:
    here = ' aria-current="page"' if number == present else ""
    return f'<a href="{file_of(number)}"{here}>{number}</a>'


def _spoken(language: str) -> str:
    return f'lang="{_value(language)}" dir="{direction_of_tag(language)}"'


def _text(value: str) -> str:
    return escape(sound(value)).replace("\r", "&#13;")


def _value(value: str) -> str:
    return xml_attribute(sound(value))
