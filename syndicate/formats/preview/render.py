"""The page of a feed: HTML that is well-formed XML too, with everything in it and no script."""

import re
from collections.abc import Iterator
from html import unescape

from syndicate.formats import base as formats
from syndicate.formats.base import Envelope, Headline
from syndicate.formats.preview import names
from syndicate.formats.preview.blocks import figure, said, text, whole_text
from syndicate.markup.dates import in_words, rfc3339
from syndicate.markup.escape import sound, xml_attribute
from syndicate.markup.languages import direction_of_tag
from syndicate.markup.media_choice import attached
from syndicate.markup.page_style import BASE, STORIES
from syndicate.markup.summary import summary
from syndicate.markup.text import one_line
from syndicate.markup.uris import file_name
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.feed import Feed, Publisher

RENDERER_VERSION = "1"

# How `fragment` begins.
_HEADLINE = re.compile(
    r'<article id="(?P<id>[^"]*)"[^>]* lang="(?P<language>[^"]*)" dir="[a-z]*">\n'
    r'<h2>(?:<a href="(?P<href>[^"]*)">)?(?P<text>[^<]*)'
)


def fragment(article: Article, publisher: Publisher, content: Content) -> bytes:
    """The article as one `article`, one part a line."""
    lines = [
        f'<article id="{_anchor(article.guid)}" {_spoken(article.language)}>',
        f"<h2>{_headline(article)}</h2>",
        *filter(None, _about(article)),
        *filter(None, _inside(article, publisher, content)),
        "</article>\n",
    ]
    return "\n".join(lines).encode()


def frame(envelope: Envelope) -> tuple[bytes, bytes]:
    """The page around the articles. The date shown is that of the newest change, and none while there is nothing."""
    return "\n".join([*_head(envelope), ""]).encode(), "\n".join([*_foot(envelope.publisher), ""]).encode()


def headline(fragment: bytes) -> Headline:
    """What a front page says of the article of that fragment."""
    found = _HEADLINE.match(fragment.decode())
    if found is None:
        raise ValueError("this is no article of a preview page")
    return Headline(
        text=unescape(found["text"]),
        href=unescape(found["href"] or f"#{found['id']}"),
        language=unescape(found["language"]),
    )


def _anchor(guid: str) -> str:
    return f"story-{file_name(guid)}"


def _spoken(language: str) -> str:
    """The attributes for a text's language and the way it runs."""
    return f'lang="{xml_attribute(language)}" dir="{direction_of_tag(language)}"'


def _headline(article: Article) -> str:
    title = text(one_line(article.headline) or article.guid)
    return f'<a href="{xml_attribute(article.url)}">{title}</a>' if article.url else title


def _about(article: Article) -> Iterator[str]:
    """Who wrote it, when it went out, and when it was changed since."""
    authors = ", ".join(text(one.name) for one in article.authors)
    if authors:
        yield f'<p class="byline">{authors}</p>'
    out, changed = in_words(article.published), in_words(article.changed)
    times = f'<time datetime="{rfc3339(article.published)}">{out}</time>'
    if article.changed > article.published and changed != out:
        times += f' · updated <time datetime="{rfc3339(article.changed)}">{changed}</time>'
    yield f'<p class="facts"><span lang="en" dir="ltr">{times}</span></p>'


def _inside(article: Article, publisher: Publisher, content: Content) -> Iterator[str]:
    """As much of the article as the feed carries."""
    if content is Content.HEADLINE:
        return
    if content is Content.FULL:
        if article.abstract:
            yield f'<p class="abstract">{text(one_line(article.abstract))}</p>'
        yield from whole_text(article)
    else:
        yield f'<p class="summary">{text(short)}</p>' if (short := summary(article)) else ""
        found = attached(article)
        yield figure(found[0]) if found else ""
    if article.correction:
        yield f'<p class="correction"><strong>{said("Correction")}</strong> {text(article.correction)}</p>'
    notice = article.rights.notice
    if notice and notice != publisher.rights:
        yield f'<p class="rights">{text(notice)}</p>'


def _head(envelope: Envelope) -> Iterator[str]:
    feed, publisher = envelope.feed, envelope.publisher
    ways = [(name, formats.written_facts(name)) for name in formats.for_readers(feed.formats)]
    yield "<!DOCTYPE html>"
    yield f'<html xmlns="{names.NAMESPACE}" {_spoken(feed.language)} class="{names.MARK}">'
    yield "<head>"
    yield '<meta charset="utf-8"/>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
    # The stories have pages of their own, which search engines should find instead.
    yield '<meta name="robots" content="noindex, follow"/>'
    yield f"<title>{text(feed.title)}</title>"
    yield f'<meta name="description" content="{_value(feed.description)}"/>'
    yield f'<link rel="canonical" href="{_value(envelope.self_url)}"/>'
    for _, facts in ways:
        title = _value(f"{feed.title} ({facts.TITLE})")
        yield f'<link rel="alternate" type="{facts.MEDIA_TYPE}" title="{title}" href="{facts.FILE_NAME}"/>'
    yield f"<style>{BASE}{STORIES}</style>"
    yield "</head>"
    yield '<body class="narrow">'
    yield '<a class="skip" href="#stories" lang="en" dir="ltr">Skip to the stories</a>'
    yield '<header class="masthead">'
    yield f'<p class="facts">{_ways_out(feed, publisher)}</p>'
    yield f"<h1>{text(feed.title)}</h1>"
    yield f'<p class="lead">{text(feed.description)}</p>' if feed.description else ""
    yield from _subscribe(
        [f'<a href="{one.FILE_NAME}" type="{one.MEDIA_TYPE}">{said(one.TITLE)}</a>' for _, one in ways]
    )
    yield f'<p class="facts"><span lang="en" dir="ltr">{_state(envelope)}</span></p>'
    yield "</header>"
    yield '<main id="stories">'


def _ways_out(feed: Feed, publisher: Publisher) -> str:
    return (
        f'<a href="../index.html"><span {_spoken(publisher.language)}>{text(publisher.name)}: all feeds</span></a> · '
        f'<a href="{_value(feed.link)}">{said("Website")}</a>'
    )


def _subscribe(links: list[str]) -> Iterator[str]:
    if links:
        items = "".join([f'<li class="label">{said("Subscribe:")}</li>', *(f"<li>{one}</li>" for one in links)])
        yield f'<nav aria-label="Subscribe"><ul class="ways">{items}</ul></nav>'


def _state(envelope: Envelope) -> str:
    # A document without articles is dated with a moment that means nothing (see `feeds/build.py`).
    if envelope.updated <= envelope.publisher.since:
        return "Nothing is published here at the moment."
    moment = envelope.updated
    return f'Last change: <time datetime="{rfc3339(moment)}">{in_words(moment)}</time>'


def _foot(publisher: Publisher) -> Iterator[str]:
    yield "</main>"
    yield '<footer class="foot">'
    yield f"<p><span {_spoken(publisher.language)}>{text(publisher.rights)}</span></p>" if publisher.rights else ""
    words = "This is what a reading app shows of the feed. Pictures and sound are not loaded: links lead to them."
    yield f"<p>{said(words)}</p>"
    yield "</footer>"
    yield "</body>"
    yield "</html>"


def _value(words: str) -> str:
    return xml_attribute(sound(words))
