"""Our fragments against feedgen itself, and each of feedgen's traps."""

import dataclasses
import locale
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import feedgen.entry
import feedgen.feed
import pytest
from feedgen.ext.base import BaseExtension
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from syndicate.markup import envelope, shapes
from syndicate.markup.dates import rfc822, rfc3339
from syndicate.markup.entry import Category, Channel, Entry, EntryLink, History, Name
from syndicate.model.media import Media, MediaType, Rendition
from tests.conftest import ROOT

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)

# Any text that XML can carry and a parser gives back as it is.
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t")
)
WORDS = TEXT.filter(str.strip).map(str.strip)
ADDRESS = TEXT.map(lambda rest: f"https://harbour.example/{rest}")
TIME = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
LINKS = st.lists(
    st.builds(
        EntryLink,
        href=ADDRESS,
        rel=st.sampled_from(["related", "via"]),
        type=st.none() | st.just("text/html"),
        hreflang=st.none() | st.just("en"),
        title=st.none() | WORDS,
        length=st.none() | st.integers(0, 10**12),
    ),
    max_size=2,
)
ENTRIES = st.builds(
    Entry,
    id=WORDS,
    title=WORDS,
    published=TIME,
    updated=TIME,
    language=st.sampled_from(["en", "de-CH"]),
    links=st.tuples(st.builds(EntryLink, href=ADDRESS), LINKS, st.booleans()).map(
        lambda made: (
            made[0],
            *made[1],
            *((EntryLink(href="https://x.example/a.mp3?a&b", rel="enclosure", type="audio/mpeg"),) if made[2] else ()),
        )
    ),
    summary=st.none() | WORDS,
    content=st.none() | WORDS,
    content_type=st.sampled_from(["html", "text"]),
    authors=st.lists(st.builds(Name, name=WORDS, email=st.none() | WORDS), max_size=3).map(tuple),
    contributors=st.lists(st.builds(Name, name=WORDS), max_size=2).map(tuple),
    categories=st.lists(
        st.builds(Category, term=WORDS, scheme=st.none() | ADDRESS, label=st.none() | WORDS), max_size=3
    ).map(tuple),
    rights=st.none() | WORDS,
)
CHANNEL = Channel(
    id="tag:harbour.example,2019:feed:town",
    title="Town & Port",
    link="https://harbour.example/town",
    description="What happens </channel></feed> in town",
    language="en-GB",
    self_url="https://feeds.harbour.example/town/rss.xml?a=1&b=2",
    self_type="application/rss+xml",
    author="Harbour Post",
    updated=datetime(2026, 3, 3, 9, 0, 30, 999999, tzinfo=UTC),
    generator="syndicate",
    rights="© Harbour Post",
)


def entry(**changes: Any) -> Entry:
    """An entry with little in it."""
    plain = Entry(
        id="tag:harbour.example,2019:story:1",
        title="Ferry",
        published=MOMENT,
        updated=MOMENT,
        language="en",
        links=(EntryLink(href="https://harbour.example/1"),),
    )
    return dataclasses.replace(plain, **changes)


def rss(*entries: Entry) -> bytes:
    """A whole RSS document of ours."""
    head, tail = envelope.rss_frame(CHANNEL)
    return b"".join((head, *map(envelope.rss_item, entries), tail))


def atom(*entries: Entry) -> bytes:
    """A whole Atom document of ours."""
    head, tail = envelope.atom_frame(CHANNEL)
    return b"".join((head, *map(envelope.atom_entry, entries), tail))


def forget() -> None:
    """Make the next documents ask feedgen again."""
    envelope._shapes.clear()
    for cached in (envelope._rss_shape, envelope._atom_shape, envelope._atom_link_shape, envelope._rss_category,
                   envelope._atom_category, envelope._atom_person):  # fmt: skip
        cached.cache_clear()


def item_of(made: Entry) -> etree._Element:
    """The parsed RSS item."""
    item = etree.fromstring(rss(made)).find("channel/item")
    assert item is not None
    return item


def entry_of(made: Entry) -> etree._Element:
    """The parsed Atom entry."""
    found = etree.fromstring(atom(made)).find(f"{ATOM}entry")
    assert found is not None
    return found


def text(element: etree._Element, name: str) -> str | None:
    """The text of the child, None when there is no such child."""
    return element.findtext(name)


# --- feedgen's own documents, with nothing but its public API, mended afterwards in the finished tree ---


class Prefixes(BaseExtension):  # type: ignore[misc]
    """The prefixes that our frames declare."""

    def extend_ns(self) -> dict[str, str]:
        return {
            "dc": "http://purl.org/dc/elements/1.1/",
            "dcterms": "http://purl.org/dc/terms/",
            "media": "http://search.yahoo.com/mrss/",
        }


class AtomPrefixes(BaseExtension):  # type: ignore[misc]
    """The prefixes that our Atom frame declares."""

    def extend_ns(self) -> dict[str, str]:
        return {"media": "http://search.yahoo.com/mrss/"}


def by_feedgen(entries: list[Entry], entry_made: Callable[[Entry], Any], channel: Channel = CHANNEL) -> Any:
    """feedgen's generator for the channel and entries."""
    made = feedgen.feed.FeedGenerator()
    made.register_extension("one", Prefixes, atom=False)
    made.register_extension("two", AtomPrefixes, rss=False)
    made.id(channel.id)
    made.title(channel.title)
    made.description(channel.description)
    made.subtitle(channel.description)
    made.link(href=channel.self_url, rel="self", type=channel.self_type)
    made.link(href=channel.link, rel="alternate")
    made.language(channel.language)
    made.author(name=channel.author)
    made.updated(channel.updated)
    made.generator(channel.generator)
    made.docs("https://www.rssboard.org/rss-specification")
    if channel.rights:
        made.rights(channel.rights)
    for one in entries:
        made.add_entry(entry_made(one), order="append")
    return made


def rss_by_feedgen(made: Entry) -> Any:
    """feedgen's own entry for RSS."""
    item = feedgen.entry.FeedEntry()
    item.title(made.title)
    item.guid(made.id, permalink=False)
    if made.summary:
        item.description(escaped(made.summary), isSummary=True)
    if made.content:
        item.content(made.content if made.content_type == "html" else escaped(made.content))
    for link in made.links:
        if link.rel == "alternate":
            item.link(href=link.href)
        if link.rel == "enclosure":
            item.enclosure(link.href, link.length or 0, link.type)
    for one in made.categories:
        item.category(without_none(term=one.term, scheme=one.scheme, label=one.label))
    item.published(made.published)
    return item


def atom_by_feedgen(made: Entry) -> Any:
    """feedgen's own entry for Atom."""
    item = feedgen.entry.FeedEntry()
    item.id(made.id)
    item.title(made.title)
    item.updated(made.updated)
    item.published(made.published)
    for link in made.links:
        item.link(href=link.href, rel=link.rel)
    for author in made.authors:
        item.author(without_none(name=author.name, email=author.email))
    for contributor in made.contributors:
        item.contributor(name=contributor.name)
    for one in made.categories:
        item.category(without_none(term=one.term, scheme=one.scheme, label=one.label))
    if made.summary:
        item.summary(made.summary)
    if made.content:
        item.content(made.content, type=made.content_type)
    if made.rights:
        item.rights(made.rights)
    return item


def escaped(plain: str) -> str:
    """The text as HTML."""
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def without_none(**values: str | None) -> dict[str, str]:
    """The values that there are."""
    return {name: value for name, value in values.items() if value}


def mend_item(item: etree._Element, made: Entry) -> None:
    """Put in what feedgen cannot say in RSS."""
    people = [(f"{DC}creator", one.name) for one in made.authors]
    people += [(f"{DC}contributor", one.name) for one in made.contributors]
    extras = [*people, (f"{DC}language", made.language)]
    extras += [(f"{DC}rights", made.rights)] if made.rights else []
    extras += [("{http://purl.org/dc/terms/}modified", rfc3339(made.updated))] if made.updated > made.published else []
    for name, value in extras:
        etree.SubElement(item, name).text = value


def mend_entry(found: etree._Element, made: Entry) -> None:
    """Put in what feedgen loses in Atom."""
    found.set(XML_LANG, made.language)
    for link, wanted in zip(found.findall(f"{ATOM}link"), made.links, strict=True):
        length = None if wanted.length is None else str(wanted.length)
        values = without_none(
            rel=wanted.rel, type=wanted.type, hreflang=wanted.hreflang, title=wanted.title, length=length
        )
        for name, value in values.items():
            link.set(name, value)
    for name, moment in (("updated", made.updated), ("published", made.published)):
        date = found.find(ATOM + name)
        assert date is not None
        date.text = rfc3339(moment)


def canonical(document: etree._Element) -> bytes:
    """The document's canonical form, without the line ends between items."""
    for element in document.iter("channel", "item", f"{ATOM}entry", f"{ATOM}subtitle", "lastBuildDate"):
        if element.tail is not None and not element.tail.strip():
            element.tail = None
    return etree.tostring(document, method="c14n")


@given(st.lists(ENTRIES, max_size=3))
@settings(max_examples=60, deadline=None)
def test_rss_is_what_feedgen_gives(entries: list[Entry]) -> None:
    expected = etree.fromstring(by_feedgen(entries, rss_by_feedgen).rss_str())
    for item, made in zip(expected.iter("item"), entries, strict=True):
        mend_item(item, made)
    assert canonical(etree.fromstring(rss(*entries))) == canonical(expected)


@given(st.lists(ENTRIES, max_size=3))
@settings(max_examples=60, deadline=None)
def test_atom_is_what_feedgen_gives(entries: list[Entry]) -> None:
    expected = etree.fromstring(by_feedgen(entries, atom_by_feedgen).atom_str())
    for found, made in zip(expected.iter(f"{ATOM}entry"), entries, strict=True):
        mend_entry(found, made)
    date = expected.find(f"{ATOM}updated")
    assert date is not None
    date.text = rfc3339(CHANNEL.updated)
    assert canonical(etree.fromstring(atom(*entries))) == canonical(expected)


CHANNELS = st.builds(
    Channel,
    id=WORDS,
    title=WORDS,
    link=ADDRESS,
    description=WORDS,
    language=st.sampled_from(["en", "de-CH"]) | TEXT,
    self_url=ADDRESS | TEXT,
    self_type=st.sampled_from(["application/rss+xml", ""]) | TEXT,
    author=TEXT,
    updated=TIME,
    generator=TEXT,
    rights=st.none() | TEXT,
)


@given(CHANNELS)
@settings(max_examples=100, deadline=None)
def test_a_frame_is_what_feedgen_gives(channel: Channel) -> None:
    made = by_feedgen([], rss_by_feedgen, channel)
    assert joined(envelope.rss_frame(channel)) == made.rss_str(xml_declaration=False)
    dated = [f"<updated>{date}</updated>".encode() for date in (channel.updated.isoformat(), rfc3339(channel.updated))]
    assert joined(envelope.atom_frame(channel)) == made.atom_str(xml_declaration=False).replace(*dated)


def joined(frame: tuple[bytes, bytes]) -> bytes:
    """The document without declaration and without the line ends that we add."""
    head, tail = frame
    return head.removeprefix(b'<?xml version="1.0" encoding="UTF-8"?>\n')[:-1] + tail[:-1]


@pytest.mark.parametrize("name", ["title", "link", "description"])
def test_a_channel_without_what_rss_requires_is_refused(name: str) -> None:
    empty: dict[str, Any] = {name: "\x0b"}
    with pytest.raises(ValueError, match=f"Required fields not set .*{name}"):
        envelope.rss_frame(dataclasses.replace(CHANNEL, **empty))


def test_upstream_still_drops_the_attributes_of_entry_links() -> None:
    """When this fails, feedgen has mended its issue 135, and `shapes._MendedEntry` can go."""
    made = feedgen.entry.FeedEntry()
    made.id("a")
    made.title("a")
    made.link(href="https://x.example/", rel="alternate", type="text/html", hreflang="en", title="t", length="1")
    assert dict(made.atom_entry().find("link").attrib) == {"href": "https://x.example/"}


def test_upstream_still_switches_the_locale() -> None:
    """When this fails, feedgen has stopped doing so, and its own date function will do."""
    from feedgen import util

    assert "setlocale" in util.formatRFC2822.__code__.co_names


def test_entry_links_keep_their_attributes() -> None:
    links = (
        EntryLink(href="https://x.example/1"),
        EntryLink(
            href="https://x.example/a.mp4?a=1&b=2",
            rel="enclosure",
            type="video/mp4",
            hreflang="en",
            title='The "crane"',
            length=12,
        ),
    )
    found = [dict(link.attrib) for link in entry_of(entry(links=links)).findall(f"{ATOM}link")]
    assert found == [
        {"href": "https://x.example/1", "rel": "alternate"},
        {
            "href": "https://x.example/a.mp4?a=1&b=2",
            "rel": "enclosure",
            "type": "video/mp4",
            "hreflang": "en",
            "title": 'The "crane"',
            "length": "12",
        },
    ]


def test_no_locale_is_switched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise AssertionError("the locale was touched")

    monkeypatch.setattr(locale, "setlocale", refuse)
    forget()
    assert text(item_of(entry()), "pubDate") == "Mon, 02 Mar 2026 08:30:00 +0000"
    assert shapes.shape("rss item", ())
    assert feedgen.feed.formatRFC2822 is rfc822
    assert feedgen.entry.formatRFC2822 is rfc822


def test_threads_do_not_disturb_each_other() -> None:
    entries = [entry(title=f"Ferry {n}", published=MOMENT + timedelta(hours=n)) for n in range(200)]
    expected = [(envelope.rss_item(one), envelope.atom_entry(one)) for one in entries]
    forget()
    before = locale.setlocale(locale.LC_ALL)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda one: (envelope.rss_item(one), envelope.atom_entry(one)), entries))
    assert found == expected
    assert locale.setlocale(locale.LC_ALL) == before


def test_times_are_those_given_in_utc() -> None:
    far = datetime.fromisoformat("2026-03-02T23:30:00.750000-05:00")
    made = entry(published=far, updated=far + timedelta(seconds=90))
    assert text(entry_of(made), f"{ATOM}published") == "2026-03-03T04:30:00Z"
    assert text(entry_of(made), f"{ATOM}updated") == "2026-03-03T04:31:30Z"
    assert text(item_of(made), "pubDate") == "Tue, 03 Mar 2026 04:30:00 +0000"
    assert text(item_of(made), "{http://purl.org/dc/terms/}modified") == "2026-03-03T04:31:30Z"


def test_the_feed_is_dated_by_its_channel() -> None:
    channel = etree.fromstring(rss()).find("channel")
    assert channel is not None
    assert text(channel, "lastBuildDate") == "Tue, 03 Mar 2026 09:00:30 +0000"
    assert text(etree.fromstring(atom()), f"{ATOM}updated") == "2026-03-03T09:00:30Z"


def test_the_channel_links_to_its_page_and_to_itself() -> None:
    channel = etree.fromstring(rss()).find("channel")
    assert channel is not None
    assert text(channel, "link") == CHANNEL.link
    own = channel.find(f"{ATOM}link")
    assert own is not None
    assert dict(own.attrib) == {"href": CHANNEL.self_url, "rel": "self", "type": CHANNEL.self_type}
    assert text(channel, "generator") == "syndicate"
    assert channel.getparent()[0] is channel  # type: ignore[index]


def test_the_order_is_that_given() -> None:
    entries = [entry(title=f"Ferry {n}") for n in range(5)]
    titles = [f"Ferry {n}" for n in range(5)]
    assert [text(item, "title") for item in etree.fromstring(rss(*entries)).iter("item")] == titles
    assert [text(one, f"{ATOM}title") for one in etree.fromstring(atom(*entries)).iter(f"{ATOM}entry")] == titles


def test_every_item_has_a_line_of_its_own() -> None:
    for document in (rss(entry(), entry()), atom(entry(), entry())):
        assert document.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<')
        assert document.endswith(b">\n")
        lines = [element.sourceline for element in etree.fromstring(document).iter("item", f"{ATOM}entry")]
        assert lines == [3, 4]


def test_names_in_braces_are_text() -> None:
    made = entry(
        title="{title} {0} {", summary="{id}", content="<p>{content}</p>", categories=(Category(term="{published}"),)
    )
    assert text(item_of(made), "title") == "{title} {0} {"
    assert text(item_of(made), CONTENT) == "<p>{content}</p>"
    assert text(item_of(made), "category") == "{published}"
    assert text(entry_of(made), f"{ATOM}summary") == "{id}"


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\udfff"])
def test_a_character_that_xml_cannot_carry_is_left_out(bad: str) -> None:
    made = entry(
        title=f"Fer{bad}ry",
        summary=f"a{bad}b",
        content=f"<p>{bad}c</p>",
        authors=(Name(name=f"A{bad}da"), Name(name=bad)),
        categories=(Category(term=f"x{bad}"), Category(term=bad)),
        links=(EntryLink(href=f"https://x.example/{bad}1"),),
        rights=bad,
    )
    assert text(item_of(made), "title") == "Ferry"
    assert text(item_of(made), CONTENT) == "<p>c</p>"
    assert [one.text for one in item_of(made).findall("category")] == ["x"]
    assert [text(one, f"{ATOM}name") for one in entry_of(made).findall(f"{ATOM}author")] == ["Ada"]
    assert text(entry_of(made), f"{ATOM}summary") == "ab"
    head, _ = envelope.rss_frame(dataclasses.replace(CHANNEL, title=f"To{bad}wn"))
    assert b"<title>Town</title>" in head


def test_a_title_of_nothing_but_such_characters_becomes_the_id() -> None:
    assert text(item_of(entry(title="\x0b")), "title") == "tag:harbour.example,2019:story:1"
    assert text(entry_of(entry(title="\x0b")), f"{ATOM}title") == "tag:harbour.example,2019:story:1"


def test_line_ends_and_tabs_survive() -> None:
    made = entry(
        summary="s",
        content="<p>a\r\nb\rc\td</p>",
        links=(
            EntryLink(href="https://x.example/"),
            EntryLink(href="https://x.example/2", rel="related", title="a\n\tb"),
        ),
    )
    assert text(item_of(made), CONTENT) == "<p>a\nb\nc\td</p>"
    assert entry_of(made).findall(f"{ATOM}link")[1].get("title") == "a\n\tb"


def test_a_description_reaches_readers_as_the_same_text() -> None:
    made = entry(summary="AT&T <b> &amp; co ]]> 🙂")
    assert text(item_of(made), "description") == "AT&amp;T &lt;b&gt; &amp;amp; co ]]&gt; 🙂"
    assert text(entry_of(made), f"{ATOM}summary") == "AT&T <b> &amp; co ]]> 🙂"


def test_authors_without_a_mail_address_are_named() -> None:
    made = entry(authors=(Name(name="Ada Holm", email="ada@harbour.example"), Name(name="Jon & Co")))
    assert [one.text for one in item_of(made).findall(f"{DC}creator")] == ["Ada Holm", "Jon & Co"]
    assert item_of(made).find("author") is None
    assert [text(one, f"{ATOM}name") for one in entry_of(made).findall(f"{ATOM}author")] == ["Ada Holm", "Jon & Co"]


def test_an_enclosure_of_unknown_length_has_length_0() -> None:
    link = EntryLink(href="https://x.example/a.mp3", rel="enclosure", type="audio/mpeg")
    found = item_of(entry(links=(link,))).find("enclosure")
    assert found is not None
    assert dict(found.attrib) == {"url": "https://x.example/a.mp3", "length": "0", "type": "audio/mpeg"}
    assert item_of(entry(links=(dataclasses.replace(link, type=None),))).find("enclosure") is None


def test_several_renditions_stand_in_a_group() -> None:
    video = Media(
        id="m1",
        type=MediaType.VIDEO,
        title='The "crane" <falls>',
        caption="Seen & heard",
        credit="Kim",
        source="HP",
        duration=95,
        renditions=(
            Rendition(href="https://x.example/s.mp4", type="video/mp4", width=640, height=360),
            Rendition(href="https://x.example/l.mp4?a&b", type="video/mp4", width=1280, height=720, bytes=99),
            Rendition(href="https://x.example/p.jpg", type="image/jpeg", width=320, height=180),
        ),
    )
    for found in (item_of(entry(media=(video,))), entry_of(entry(media=(video,), content="x"))):
        group = found.find(f"{MEDIA}group")
        assert group is not None
        contents = [dict(one.attrib) for one in group.findall(f"{MEDIA}content")]
        assert contents == [
            {
                "url": "https://x.example/l.mp4?a&b",
                "fileSize": "99",
                "type": "video/mp4",
                "medium": "video",
                "duration": "95",
                "width": "1280",
                "height": "720",
                "isDefault": "true",
            },
            {
                "url": "https://x.example/s.mp4",
                "type": "video/mp4",
                "medium": "video",
                "duration": "95",
                "width": "640",
                "height": "360",
            },
        ]
        assert [(etree.QName(one).localname, one.text) for one in group][2:] == [
            ("title", 'The "crane" <falls>'),
            ("description", "Seen & heard"),
            ("credit", "Kim / HP"),
            ("thumbnail", None),
        ]
        assert dict(group[-1].attrib) == {"url": "https://x.example/p.jpg", "width": "320", "height": "180"}


def test_one_rendition_stands_alone_and_none_not_at_all() -> None:
    picture = Media(
        id="m1", type=MediaType.PICTURE, caption="A pier", renditions=(Rendition(href="https://x.example/p.webp"),)
    )
    item = item_of(entry(media=(picture, Media(id="m2", type=MediaType.VIDEO, title="Without address"))))
    found = [one for one in item if str(one.tag).startswith(MEDIA)]
    assert [dict(one.attrib) for one in found] == [
        {"url": "https://x.example/p.webp", "type": "image/webp", "medium": "image"}
    ]
    assert [one.text for one in found[0]] == ["A pier"]


_SCRIPT = """
import sys
from tests.markup.test_envelope import atom, entry, rss
from syndicate.markup.entry import Category, Name
made = [entry(title=f"Ferry {n} & co", summary="s", content="<p>c</p>", authors=(Name(name="A"), Name(name="B")),
              categories=tuple(Category(term=t) for t in "zyxwv")) for n in range(3)]
sys.stdout.buffer.write(rss(*made) + atom(*made))
"""


def test_any_process_gives_the_same_bytes() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT), "LC_ALL": "C"},
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone in (("1", "America/New_York"), ("2", "Asia/Kolkata"))
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"Ferry 2 &amp; co") == 2


@pytest.mark.parametrize(("frame", "prefix"), [(envelope.rss_frame, "atom:"), (envelope.atom_frame, "")])
def test_a_channel_says_where_it_stands_in_an_archive(
    frame: Callable[[Channel], tuple[bytes, bytes]], prefix: str
) -> None:
    current, older = "https://harbour.example/a.xml?a=1&b=2", "https://harbour.example/archive/1.xml"
    mark = '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>'
    told = f'<{prefix}link href="https://harbour.example/a.xml?a=1&amp;b=2" rel="current"/>'
    link = f'<{prefix}link href="{older}" rel="prev-archive"/>'
    cases = [
        (None, ""),
        (History(current=current), ""),
        (History(current=current, previous=older), link),
        (History(current=current, is_page=True), told + mark),
        (History(current=current, previous=older, is_page=True), told + link + mark),
    ]
    plain = b"".join(frame(CHANNEL)).decode()
    for history, said in cases:
        document = b"".join(frame(dataclasses.replace(CHANNEL, history=history))).decode()
        assert document.replace(said, "", 1) == plain
        assert said in document
        etree.fromstring(document.encode())
