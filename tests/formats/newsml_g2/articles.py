"""Articles with any field present or absent and any text in it, for properties."""

from datetime import UTC, datetime

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

# Control characters, lone surrogates and non-characters included: rendering must not raise for any of them.
ANY = st.one_of(
    st.sampled_from(
        ["", " ", "Port Ellis", "a & b", "<b>", "]]>", "two\nlines", "\x00\ud800\uffff", "World News", "é🙂"]
    ),
    st.text(st.characters(), max_size=12),
)
WORDS = st.lists(st.sampled_from(["pier", "crane’s", "“ferry”", "5", "–", "Åsen"]), min_size=1, max_size=5).map(
    " ".join
)
INLINE = st.one_of(
    WORDS,
    ANY,
    st.builds("{} <em>{}</em>".format, WORDS, WORDS),
    st.builds('{}<br/>{} <a href="https://harbour.example/?a=1&amp;b=2">{}</a>'.format, WORDS, WORDS, WORDS),
    st.builds('<span lang="fr">{}</span><strong><em>{}</em></strong>'.format, WORDS, WORDS),
    st.builds("CO<sub>2</sub> <code>{}</code>".format, WORDS),
)
MAYBE = st.none() | ANY
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
URLS = st.sampled_from(
    [None, "", "https://harbour.example/é?x=1&y=<", "javascript:x", "/relative", "https://[::1", "x y"]
)
TABLES = st.sampled_from([
    "<table><caption>Cranes</caption><thead><tr><th>Pier</th></tr></thead><tbody><tr><td>4</td></tr></tbody></table>",
    '<table><tr><td colspan="2">4<br/>5</td></tr><tfoot><tr><td>all</td></tr></tfoot></table>',
    "<table><thead><tr><th>only a head</th></tr></thead></table>",
    "<table><tr></tr></table>",
    "no table at all",
])  # fmt: skip
BLOCKS = st.one_of(
    st.builds(Paragraph, html=INLINE),
    st.builds(Heading, html=INLINE, level=st.integers(2, 6)),
    st.builds(MediaBlock, media=st.sampled_from(["m1", "m2", "m9"])),
    st.builds(ListBlock, items=st.lists(INLINE, max_size=3).map(tuple), ordered=st.booleans()),
    st.builds(Quote, html=INLINE, cite=MAYBE),
    st.builds(Table, html=TABLES | ANY),
    st.builds(Related, title=ANY, url=URLS),
    st.builds(Embed, url=URLS.map(lambda url: url or "https://social.example/1"), html=INLINE),
    st.builds(Tagline, html=INLINE),
)
RENDITIONS = st.builds(Rendition, href=ANY, type=MAYBE, width=st.none() | st.integers(0, 9000), height=st.none())
MEDIA = st.builds(
    Media,
    id=st.sampled_from(["m1", "m2", "m 3"]),
    type=st.sampled_from(MediaType),
    role=st.sampled_from(MediaRole),
    name=MAYBE,
    title=MAYBE,
    caption=MAYBE,
    credit=MAYBE,
    source=MAYBE,
    duration=st.none() | st.integers(0, 100_000),
    renditions=st.lists(RENDITIONS, max_size=2).map(tuple),
)
PERSONS = st.lists(st.builds(Person, name=ANY, email=MAYBE, role=MAYBE), max_size=2).map(tuple)
SUBJECTS = st.builds(Subject, scheme=st.sampled_from(["medtop", "port", "no alias", ""]), code=ANY, name=MAYBE)
ARTICLES = st.builds(
    Article,
    guid=st.sampled_from(
        ["tag:harbour.example,2019:story:17", "https://harbour.example/17", "urn:newsml:h:20260302:1"]
    ),
    headline=WORDS,
    published=MOMENTS,
    updated=MOMENTS,
    version=st.integers(1, 10**12),
    status=st.sampled_from(Status),
    language=st.sampled_from(["en", "en-GB", "zh-Hant-TW", "x", "not a tag", ""]),
    slugline=MAYBE,
    abstract=MAYBE,
    highlights=st.lists(ANY, max_size=3).map(tuple),
    authors=PERSONS,
    contributors=PERSONS,
    dateline=st.none() | st.builds(Dateline, text=ANY, place=MAYBE, source=MAYBE),
    body=st.lists(BLOCKS, max_size=8).map(tuple),
    media=st.lists(MEDIA, max_size=3, unique_by=lambda media: media.id).map(tuple),
    sections=st.lists(ANY, max_size=2).map(tuple),
    subjects=st.lists(SUBJECTS, max_size=3).map(tuple),
    keywords=st.lists(ANY, max_size=3).map(tuple),
    genre=st.none() | st.sampled_from(["Current", "press release", "Article (news)", " "]),
    urgency=st.none() | st.integers(0, 10),
    embargo=st.none() | MOMENTS,
    expires=st.none() | MOMENTS,
    url=URLS,
    rights=st.builds(Rights, holder=MAYBE, notice=MAYBE, usage=MAYBE),
    note=MAYBE,
    correction=MAYBE,
    links=st.lists(
        st.builds(Link, rel=st.sampled_from(["previous", "seeAlso", "x y"]), guid=MAYBE, url=URLS), max_size=2
    ).map(tuple),
)
