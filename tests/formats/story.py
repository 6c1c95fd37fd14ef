"""A made-up story with everything a story can have: two videos, sub-headings, related stories, an embed, a table."""

from datetime import UTC, datetime

from syndicate.formats.base import Envelope
from syndicate.model.article import Article, Dateline, Link, Person
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
from syndicate.model.feed import Feed, Publisher
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PUBLISHER = Publisher(
    name="Harbour Post",
    url="https://harbour.example/",
    language="en-GB",
    tag_authority="harbour.example,2019",
    rights="© Harbour Post",
)
FEED = Feed(
    id="town",
    title="Harbour Post: Town & Port",
    link="https://harbour.example/town",
    description="What happens in town",
    language="en-GB",
    formats=("rss", "atom"),
)
STORY = Article(
    guid="tag:harbour.example,2019:story:31",
    version=3,
    headline="Mayor Quill & harbour master meet amid “crane” row",
    slugline="mayor-crane",
    highlights=(
        "Quill met Brandt first, then the dockers",
        "It was the highest-level meeting since 5 < 6 piers closed",
    ),
    authors=(Person(name="Ada Holm", email="ada@harbour.example"), Person(name="Jon Ferry")),
    contributors=(Person(name="Tove Lind"), Person(name="Per Åsen")),
    dateline=Dateline(text="Port Ellis HP  —", place="Port Ellis", source="HP"),
    body=(
        Paragraph(html="Mayor Ines Quill received harbour master <em>Rolf Brandt</em> on Wednesday &amp; said little."),
        Paragraph(html="“There is not a single fact (or) record …” he said – twice."),
        Heading(html="Brandt denies the <em>crane</em> fell"),
        Paragraph(html='He told <a href="https://harbour.example/a?b=1&amp;c=2">the council</a> so ]]&gt; 🙂.'),
        MediaBlock(media="m2"),
        Related(title="Why don’t cranes leak?", url="https://harbour.example/2026/02/28/cranes"),
        Related(title="Piers face a long haul to recover from ‘zero’"),
        ListBlock(items=("Pier 4 is shut", "Pier 5 is <strong>open</strong>"), ordered=True),
        Quote(html="Buses will run.", cite="Ines Quill"),
        Table(html="<table><tr><th>Pier</th><th>Cranes</th></tr><tr><td>4</td><td>1 &amp; ½</td></tr></table>"),
        Embed(url="https://social.example/p/1?x=1&y=2", html="The embassy of cranes: a photo"),
        MediaBlock(media="m3"),
        Tagline(html="Tove Lind and Per Åsen contributed to this report."),
    ),
    media=(
        Media(
            id="m1",
            type=MediaType.VIDEO,
            role=MediaRole.LEAD,
            name="01 brandt presser GRAB",
            title='Brandt: "Crane" has nothing to do with me',
            source="HP",
            duration=95,
        ),
        Media(
            id="m2",
            type=MediaType.VIDEO,
            title="Town hall defends 18-day delay",
            credit="Kim O'Dell",
            source="HP",
            duration=172,
            renditions=(
                Rendition(href="https://media.example/v/m2-small.mp4", type="video/mp4", width=640, height=360),
                Rendition(
                    href="https://media.example/v/m2.mp4?q=1&r=2",
                    type="video/mp4",
                    width=1280,
                    height=720,
                    bytes=7340032,
                ),
                Rendition(href="https://media.example/v/m2.jpg", type="image/jpeg", width=1280, height=720),
            ),
        ),
        Media(
            id="m3",
            type=MediaType.PICTURE,
            caption='A worker says "go" & leaves <fast>',
            credit="Mia Sand",
            renditions=(Rendition(href="https://media.example/p/m3.jpg", width=1600, height=900, bytes=210000),),
        ),
    ),
    sections=("town",),
    subjects=(
        Subject(scheme="medtop", code="20000337", name="public transport"),
        Subject(scheme="places", code="port-ellis", name="Port Ellis"),
    ),
    keywords=("cranes", "town", "A&B"),
    language="en-GB",
    published=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
    updated=datetime(2026, 3, 3, 9, 0, 30, 250000, tzinfo=UTC),
    url="https://harbour.example/2026/03/02/mayor?ref=feed&x=1",
    rights=Rights(holder="Harbour Post", notice="© 2026 Harbour Post", usage="No archive use"),
    correction="An earlier version gave the pier’s number as 5 & 6.",
    links=(Link(rel="seeAlso", url="https://harbour.example/2026/02/28/cranes"),),
)


def envelope(file_name: str) -> Envelope:
    """The envelope of the feed whose newest article is the story."""
    return Envelope(
        feed=FEED,
        publisher=PUBLISHER,
        self_url=f"https://feeds.harbour.example/town/{file_name}",
        updated=STORY.updated,
        digest="00",
    )
