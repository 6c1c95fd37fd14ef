"""Checks that RSS and Atom share: what a common reader makes of them, and what our own rules say."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import feedparser
from hypothesis import strategies as st

from syndicate.formats import base as formats
from syndicate.markup.escape import escape
from syndicate.model.article import Article, Person
from syndicate.model.body import Paragraph
from syndicate.model.content import Content
from syndicate.model.finding import Severity
from syndicate.model.media import Media, MediaType, Rendition
from syndicate.validate.run import check
from tests.formats.story import NOW, PUBLISHER, STORY, envelope

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=40
).filter(str.strip)
STORIES = st.builds(
    lambda headline, abstract, paragraph, author, keyword, caption: replace(
        STORY,
        headline=headline,
        abstract=abstract,
        authors=(Person(name=author),),
        keywords=(keyword,),
        body=(Paragraph(html=escape(paragraph)),),
        media=(
            Media(
                id="m", type=MediaType.PICTURE, caption=caption, renditions=(Rendition(href="https://x.example/p.jpg"),)
            ),
        ),
    ),
    *[TEXT | st.sampled_from(["]]>", "&amp;", "<b>AT&T</b>", '"quoted" ’', "👩‍👩‍👧 🙂", "{title}", "\\u0000"])] * 6,
)


def document(name: str, *articles: Article, content: Content = Content.FULL) -> bytes:
    """A whole document of that format."""
    renderer = formats.renderer(name)
    head, tail = renderer.frame(envelope(formats.written_facts(name).FILE_NAME))
    fragments = formats.separator(name).join(renderer.fragment(article, PUBLISHER, content) for article in articles)
    return head + fragments + tail


def read(data: bytes) -> Any:
    """What feedparser reads, with its cleaning of HTML turned off."""
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def what_a_reader_sees(data: bytes) -> dict[str, Any]:
    """The fields of the only entry that must be the same in RSS and Atom."""
    (entry,) = read(data).entries
    return {
        "id": entry.id,
        "title": entry.title,
        "link": entry.get("link"),
        "published": datetime(*entry.published_parsed[:6]).isoformat(),
        "updated": datetime(*entry.updated_parsed[:6]).isoformat(),
        "authors": [author.get("name") for author in entry.authors],
        "contributors": [one.get("name") for one in entry.contributors],
        "content": [one.value for one in entry.content if one.type == "text/html"],
        "enclosures": [(one.href, one.type, one.get("length")) for one in entry.enclosures],
        "media": [one["url"] for one in entry.media_content],
    }


def faults(data: bytes) -> list[tuple[str, str]]:
    """The errors and warnings of our own rules."""
    report = check(data, now=NOW)
    return [(finding.rule.id, finding.message) for finding in report.findings if finding.severity is not Severity.INFO]
