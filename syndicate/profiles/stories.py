"""Made-up stories of a made-up paper, for samples: any number of them, and always the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, product

from syndicate.model.article import Article, Dateline, Person
from syndicate.model.body import Embed, Heading, ListBlock, MediaBlock, Paragraph, Quote, Related
from syndicate.model.feed import Feed, Publisher
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

SITE = "https://harbour.example"
PUBLISHER = Publisher(
    name="Harbour Post",
    url=f"{SITE}/",
    language="en-GB",
    tag_authority="harbour.example,2019",
    rights="© Harbour Post",
)
_PLACES = ("Port Ellis", "Sandwick", "Old Quay", "Marram", "Skerry Point", "Tolsay")
_EVENTS = (
    ("Ferry returns after {days} days in dry dock", "ferry-return", "transport"),
    ("Council votes to repair the sea wall", "sea-wall", "politics"),
    ("Lifeboat crew brings home a lost kayaker", "lifeboat", "town"),
    ("School orchestra plays on the fish market", "orchestra", "culture"),
    ("Wind farm owners open their books", "wind-farm", "business"),
)


# What the newsroom says of its podcast; of anything else it gives a picture.
_VALUES = {"explicit": "false", "email": "podcast@harbour.example"}


def value(name: str) -> str:
    """What the newsroom fills in for the value of that name."""
    return _VALUES.get(name, f"{SITE}/{name}.png")


def feed(name: str) -> Feed:
    """The feed that a sample is of."""
    return Feed(
        id=name,
        title="Harbour Post: Town",
        link=f"{SITE}/town",
        description="News from town and port",
        language="en-GB",
        formats=(name,),
    )


def stories(number: int, now: datetime) -> tuple[Article, ...]:
    """So many stories, the newest first: the last of them came out ten minutes before that moment."""
    return tuple(islice(_endless(now.replace(microsecond=0) - timedelta(minutes=10)), number))


def with_sound(article: Article) -> Article:
    """The story with a recording of it."""
    file = f"https://media.harbour.example/s/{article.guid.rpartition(':')[2]}.mp3"
    renditions = (Rendition(href=file, type="audio/mpeg", bytes=5_120_000),)
    sound = Media(id="s1", type=MediaType.AUDIO, duration=320, renditions=renditions)
    return replace(article, media=(*article.media, sound))


def _endless(newest: datetime) -> Iterator[Article]:
    number, moment = 0, newest
    while True:
        for (words, slug, section), place in product(_EVENTS, _PLACES):
            yield _story(number, f"{place}: {words.format(days=number + 11)}", place, (slug, section), moment)
            number, moment = number + 1, moment - timedelta(minutes=7)


def _story(number: int, headline: str, place: str, facts: tuple[str, str], moment: datetime) -> Article:
    slug, section = facts
    page = f"{SITE}/{moment:%Y/%m/%d}/{slug}-{number + 1}"
    return Article(
        guid=f"tag:harbour.example,2019:story:{9000 + number}",
        headline=headline,
        slugline=slug,
        abstract=_ABSTRACT.format(place=place, number=number + 2),
        authors=(Person(name="Ada Holm", email="ada@harbour.example"),),
        dateline=Dateline(text=f"{place.upper()} (HP) —", place=place, source="HP"),
        body=(
            Paragraph(html=_FIRST.format(place=place, number=number + 2)),
            Paragraph(html=_SAID.format(tides=f"{SITE}/tides")),
            MediaBlock(media="m1"),
            Heading(html="What happens next"),
            Paragraph(html=_SECOND.format(place=place)),
            ListBlock(items=("The quay opens at six", "Tickets are sold <strong>on board</strong>")),
            Quote(html="We have waited long enough, and we know how to wait.", cite="Ines Quill, mayor"),
            Embed(url=f"https://social.example/p/{8000 + number}", html="A photo from the quay"),
            Related(title="How the old crane came to town", url=f"{SITE}/2026/02/28/cranes"),
        ),
        media=(_picture(number, place),),
        sections=(section,),
        subjects=(Subject(scheme="medtop", code="20000337", name="public transport"),),
        keywords=(slug, "harbour"),
        genre="Current",
        urgency=5,
        language="en-GB",
        published=moment,
        updated=moment,
        url=page,
        rights=Rights(holder="Harbour Post", notice="© Harbour Post", usage="For the partner's own readers"),
    )


def _picture(number: int, place: str) -> Media:
    name = f"https://media.harbour.example/p/{7000 + number}"
    return Media(
        id="m1",
        type=MediaType.PICTURE,
        role=MediaRole.LEAD,
        caption=f"The quay of {place} on a calm morning",
        credit="Mia Sand",
        source="HP",
        renditions=(
            Rendition(href=f"{name}-1600.jpg", type="image/jpeg", width=1600, height=1067, bytes=310_000),
            Rendition(href=f"{name}-1080.jpg", type="image/jpeg", width=1080, height=720, bytes=150_000),
        ),
    )


_ABSTRACT = (
    "People in {place} had got used to the detour by the north road and to the bus that never came on time. From "
    "Monday on they need neither: after {number} meetings, a long winter and one broken crane the work is done, and "
    "the harbour office says that it cost less than was feared. What it means for the fares is to be decided before "
    "the summer timetable begins."
)
_FIRST = (
    "People in {place} had got used to the detour by the north road and to the bus that never came on time. From "
    "Monday on they need neither: after {number} meetings, a long winter and one broken crane the work is done."
)
_SAID = (
    "“Nobody was in a hurry,” said harbour master <em>Rolf Brandt</em>, who keeps "
    '<a href="{tides}">the tide tables</a> &amp; the keys.'
)
_SECOND = (
    "The harbour office will show the accounts to anybody who asks for them. The council of {place} meets again on the "
    "second Tuesday of the month; the fares, the timetable and the colour of the new gate are on its list, in this "
    "order. Whoever wants to speak there has to say so three days before. Two of the older boats are for sale, one of "
    "them with its bell."
)
