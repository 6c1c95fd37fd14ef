"""Random articles for property tests: any text that XML can carry, any optional field missing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from syndicate.model.article import Article, Dateline, Link, Person, Status
from syndicate.model.body import (
    Embed,
    Heading,
    ListBlock,
    MediaBlock,
    Paragraph,
    Quote,
    Related,
    Table,
    Tagline,
)
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

_NOT_XML = st.characters(
    exclude_categories=["Cs", "Cc"],
    exclude_characters="\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
words = st.text(_NOT_XML, min_size=1, max_size=30).filter(str.strip)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)).map(
    lambda one: one.replace(microsecond=0, tzinfo=UTC)
)
addresses = st.from_regex(r"https://[a-z]{3,8}\.example/[a-z0-9/-]{0,20}", fullmatch=True)


def escaped(text: str) -> str:
    """The text as inline markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


inline = st.one_of(
    words.map(escaped),
    st.builds(lambda a, b: f"{escaped(a)} <em>{escaped(b)}</em>", words, words),
    st.builds(lambda url, b: f'<a href="{url}">{escaped(b)}</a> <strong>x</strong>', addresses, words),
)
blocks = st.one_of(
    inline.map(lambda html: Paragraph(html=html)),
    st.builds(lambda html, level: Heading(html=html, level=level), inline, st.integers(2, 6)),
    st.builds(
        lambda items, ordered: ListBlock(items=tuple(items), ordered=ordered),
        st.lists(inline, min_size=1, max_size=3),
        st.booleans(),
    ),
    st.builds(lambda html, cite: Quote(html=html, cite=cite), inline, st.none() | words),
    inline.map(lambda html: Table(html=f"<table><tr><td>{html}</td></tr></table>")),
    st.builds(lambda title, url: Related(title=title, url=url), words, st.none() | addresses),
    st.builds(lambda url, html: Embed(url=url, html=html), addresses, st.just("") | inline),
    inline.map(lambda html: Tagline(html=html)),
)
people = st.builds(lambda name, role: Person(name=name, role=role), words, st.none() | words)
subjects = st.builds(
    lambda scheme, code, name: Subject(scheme=scheme, code=code, name=name),
    st.sampled_from(["medtop", "subj", "own"]),
    st.from_regex(r"[0-9]{8}", fullmatch=True),
    st.none() | words,
)
rights = st.builds(
    lambda holder, notice, usage: Rights(holder=holder, notice=notice, usage=usage),
    *(st.none() | words for _ in range(3)),
)
links = st.just(Link(rel="seeAlso", guid="tag:harbour.example,2019:story:other"))
renditions = st.builds(
    lambda href, kind, size: Rendition(href=href, type=kind, width=size, height=size, bytes=size),
    addresses,
    st.none() | st.sampled_from(["image/jpeg", "video/mp4", "audio/mpeg"]),
    st.none() | st.integers(1, 5000),
)


@st.composite
def media(draw: st.DrawFn, /, media_id: str) -> Media:
    """A media with or without files."""
    return Media(
        id=media_id,
        type=draw(st.sampled_from(MediaType)),
        role=draw(st.sampled_from(MediaRole)),
        name=draw(st.none() | words),
        title=draw(st.none() | words),
        caption=draw(st.none() | words),
        credit=draw(st.none() | words),
        source=draw(st.none() | words),
        duration=draw(st.none() | st.integers(0, 7200)),
        renditions=tuple(draw(st.lists(renditions, max_size=2))),
    )


@st.composite
def articles(draw: st.DrawFn, /, **fixed: Any) -> Article:
    """An article as ingest would leave it: valid texts, `updated` not before `published`."""
    published = draw(moments)
    count = draw(st.integers(0, 2))
    body: list[Any] = draw(st.lists(blocks, max_size=6))
    body += [MediaBlock(media=f"m{n}") for n in range(count) if draw(st.booleans())]
    values: dict[str, Any] = {
        "guid": draw(st.from_regex(r"tag:harbour\.example,2019:story:[a-z0-9]{1,12}", fullmatch=True)),
        "version": draw(st.integers(1, 9)),
        "status": draw(st.sampled_from(Status)),
        "language": draw(st.sampled_from(["en", "en-GB", "de", "zh-Hant"])),
        "headline": draw(words),
        "slugline": draw(st.none() | words),
        "abstract": draw(st.none() | words),
        "highlights": tuple(draw(st.lists(words, max_size=3))),
        "authors": tuple(draw(st.lists(people, max_size=2))),
        "contributors": tuple(draw(st.lists(people, max_size=2))),
        "dateline": draw(st.none() | st.builds(lambda t, p: Dateline(text=t, place=p), words, st.none() | words)),
        "body": tuple(body),
        "media": tuple(draw(media(f"m{n}")) for n in range(count)),
        "sections": tuple(draw(st.lists(words, max_size=2, unique=True))),
        "subjects": tuple(draw(st.lists(subjects, max_size=2))),
        "keywords": tuple(draw(st.lists(words, max_size=3, unique=True))),
        "genre": draw(st.none() | words),
        "urgency": draw(st.none() | st.integers(1, 8)),
        "published": published,
        "updated": published + timedelta(seconds=draw(st.integers(0, 10**6))),
        "embargo": draw(st.none() | moments),
        "expires": draw(st.none() | moments),
        "url": draw(st.none() | addresses),
        "rights": draw(rights),
        "note": draw(st.none() | words),
        "correction": draw(st.none() | words),
        "links": tuple(draw(st.lists(links, max_size=1))),
    }  # fmt: skip
    return Article(**(values | fixed))
