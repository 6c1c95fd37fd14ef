"""What is proved good without a look at the rules is good by the rules; what our renderers write is mostly proved."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.formats import base as formats
from syndicate.formats.atom import proof as atom_proof
from syndicate.formats.newsml_g2 import payload_proof, rules
from syndicate.formats.newsml_g2 import proof as newsml
from syndicate.formats.rss import proof as rss_proof
from syndicate.markup.entry import Channel
from syndicate.markup.envelope import atom_frame, rss_frame
from syndicate.markup.proof import (
    FILLED,
    FILLED_VALUE,
    HTML_TAG,
    MAIL,
    MEDIA_TYPE,
    NEWSML_NAME,
    NUMBER,
    PLAIN,
    PLAIN_VALUE,
    TAG,
    TIME,
    WEB,
    either,
    is_short,
    is_sound,
)
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article, Status
from syndicate.model.body import Embed, Heading, ListBlock, Paragraph, Quote, Table
from syndicate.model.content import Content
from syndicate.model.draft import Draft, Reading
from syndicate.model.media import Media, MediaType
from syndicate.validate.part import Frame, check_item, frame_of
from syndicate.validate.run import check
from tests.formats.story import NOW, PUBLISHER, STORY
from tests.strategies import articles
from tests.validate.items import LATE, NAMES, frame_for, in_document, item_of, key

STORIES = Path(__file__).parent.parent / "stories"
DAY = "9000-01-01"
# The story's caption holds `<fast>`, which only the rules can tell from a tag.
PICTURE = replace(STORY.media[2], caption='A worker says "go" & leaves < fast')
STORY_ = replace(STORY, media=(*STORY.media[:2], PICTURE))
FRENCH = replace(
    STORY_,
    guid="urn:newsml:harbour.example:20260302:32",
    headline="Q&A : « Le port », dit-on, c’est 5 < 6 & fini\u00a0!",
    body=(
        Paragraph(html='Il dit\u00a0: «\u00a0non\u00a0»\u2003; <em>l’<a href="https://a.example/">été</a></em>'),
        Heading(html="Un titre", level=3),
        ListBlock(items=("un", "deux<br/>trois")),
        Quote(html="Rien<sup>2</sup>."),
        Table(html="<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td><td></td></tr></tbody></table>"),
        Embed(url="https://social.example/p/2", html=""),
    ),
    authors=(),
    media=(Media(id="m4", type=MediaType.AUDIO, title="Son"),),
    subjects=(),
    links=(),
    published=datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC),
    updated=datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC),
)
KILL = replace(STORY_, status=Status.CANCELED, correction=None)


def stories() -> Iterator[Article]:
    """The made-up stories that the tests have, as an import would leave them."""
    yield from (STORY_, FRENCH, KILL)
    reading = Reading(now=NOW, language=PUBLISHER.language)
    for reader, paths in (("page-text", STORIES.glob("pages/*.txt")), ("article-json", STORIES.glob("json/*.jsonl"))):
        for path in sorted(paths):
            with path.open("rb") as stream:
                drafts = formats.reader(reader).read(stream, str(path), reading)
                for number, draft in enumerate(one for one in drafts if isinstance(one, Draft)):
                    guid = draft.article.guid or f"tag:harbour.example,2019:page:{path.stem}:{number}"
                    yield replace(draft.article, guid=guid)


def is_proved(frame: Frame, item: bytes, day: str = DAY) -> bool:
    assert frame.proof is not None
    return frame.proof(item, day)


def is_wrong(frame: Frame, item: bytes) -> bool:
    """Whether something is proved good that is not."""
    return is_proved(frame, item) and in_document(frame, item, LATE) != []


@pytest.mark.parametrize("name", NAMES)
def test_our_stories_are_proved(name: str) -> None:
    frame = frame_for(name, LATE)
    # Readers are told of a withdrawn article in a way of their own.
    for article in (one for one in stories() if name == "newsml-g2" or one.status is Status.USABLE):
        for content in set(formats.written_facts(name).CONTENTS) - {Content.HEADLINE}:
            item = item_of(name, article, content)
            assert is_proved(frame, item), item.decode()
            assert in_document(frame, item, LATE) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_proved_of_any_article_is_true(name: str) -> None:
    frame = frame_for(name, LATE)
    seen: list[bool] = []

    @given(articles(status=Status.USABLE))
    def compare(article: Article) -> None:
        item = item_of(name, article)
        seen.append(is_proved(frame, item))
        assert [key(one) for one in check_item(frame, item, now=LATE)] == in_document(frame, item, LATE)

    compare()
    assert sum(seen) > len(seen) / 3


MARK = re.compile(rb"<(/?)([^\s/>]+)([^<>]*?)(/?)>")
SLOT = re.compile(rb'(?P<name>[\w.:-]+)="(?P<value>[^"]*)"|<(?P<tag>[\w.:-]+)[^<>]*(?<!/)>(?P<text>[^<]+)')
VALUES = (
    b"", b" ", b"\n", b"\t x", b"x", b" x ", b"<", b">", b"&", b"]]>", b"\x00", b"\x0b", b"\r", b"\xff", b"\xc2\x85",
    b"\xc2\x9d", b"\xc2\xa0", b"\xe2\x80\x83", b"\xe3\x80\x80", b"\xef\xbf\xbd", b"\xef\xbf\xbe", b"\xed\xa0\x80",
    b"&nbsp;", b"&#160;", b"&#x9d;", b"&amp;nbsp;", b"&amp;#160;", b"&amp;#x9d;", b"&amp;amp;#150;", b"&amp;amp;",
    b"a&amp;amp", b"R&amp;D", b"R&amp;D;", b"a &amp; b", b"&amp;lt", b"&lt;b&gt;x&lt;/b&gt;", b"&lt;br/&gt;",
    b"&lt;script&gt;", b"&amp;lt;script&amp;gt;", b"&lt;x", b'&lt;a href="/x"&gt;', b"&lt;a href='x'&gt;",
    b'&lt;a href="javascript:x"&gt;', b"&lt;a onclick=&quot;x&quot;&gt;", b'&lt;p style="position:fixed"&gt;',
    b"&lt;iframe&gt;", b"&lt;foo&gt;", b"&lt;p&lt;br&gt;", b"&lt;!-- x", b"&lt;/p", b"&lt;?php", b"a@b.example",
    b"Ada (a@b.example)", b"a..b@c", b"/x", b"//x.example/", b"https://", b"https://a b/", b"https://a.example",
    b"HTTPS://A.EXAMPLE/%7e", b"https://a.example:80/", b"https://a.example/\xc3\xa9", b"https://a.example/[x]",
    b"https://a.example/a?b=1&amp;c=2", b"javascript:x", b"mailto:a@b.example", b"tag:x",
    b"tag:a.example,2026-02-30:x", b"tag:a.example,2026:\xc3\xa9", b"tag:A.example,2026:x", b"urn:newsml:a:b:c",
    b"urn:x", b"urn:newsml:a.example:20260101:x", b"urn:newsml:a.example:2026-01-01:x", b"12345678", b"0", b"-1",
    b"007", b"99999999999", b"1.5", b"true", b"True", b"false", b"image", b"image/jpeg", b"image/",
    b"Mon, 02 Mar 2026 08:30:00 +0000", b"Tue, 02 Mar 2026 08:30:00 +0000", b"Mon, 32 Mar 2026 08:30:00 +0000",
    b"Mon, 02 Mar 2026 08:30:00 +0007", b"Wed, 01 Jan 1500 08:30:00 GMT", b"2026-03-02T08:30:00Z",
    b"2026-02-29T08:30:00Z", b"2026-04-31T08:30:00Z", b"0000-01-01T00:00:00Z", b"1500-01-01T00:00:00Z",
    b"2026-03-02T24:00:00Z", b"2026-03-02T08:30:00", b"2026-03-02", b"9999-01-01T00:00:00Z", b"en", b"en-GB", b"xx",
    b"english", b"en_GB", b"stat:usable", b"stat:odd", b"ninat:odd", b"medtop:1", b"odd:1", b"ctrol:1", b"medtop:",
    b"medtop:1 odd:2", b"a b", b"prole:x", b"text/html", b"NewsML-G2", b"2.35",
)  # fmt: skip


def slots(item: bytes) -> Iterator[tuple[int, int]]:
    """Where a text or the value of an attribute stands: one of each kind."""
    seen = set()
    for found in SLOT.finditer(item):
        tag = item[item.rindex(b"<", 0, found.start() + 1) :].partition(b" ")[0].partition(b">")[0]
        what = "text" if found["text"] else "value"
        if (tag, found["name"]) not in seen:
            seen.add((tag, found["name"]))
            yield found.span(what)


PLACES = (b"%b", b"x%b y")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("story", [STORY_, FRENCH], ids=["story", "french"])
def test_no_value_is_proved_good_that_is_not(name: str, story: Article) -> None:
    frame, item = frame_for(name, LATE), item_of(name, story)
    spans, proved = list(slots(item)), 0
    for text in (place % value for value in VALUES for place in PLACES):
        good = [(start, end) for start, end in spans if is_proved(frame, item[:start] + text + item[end:])]
        proved += len(good)
        together = item
        for start, end in reversed(good):
            together = together[:start] + text + together[end:]
        # Findings do not take one another away, so mostly one look at all changes is enough.
        is_enough = is_proved(frame, together)
        for changed in (together,) if is_enough else (item[:start] + text + item[end:] for start, end in good):
            assert in_document(frame, changed, LATE) == [], changed.decode("utf-8", "replace")
    assert proved > 500


def rearranged(item: bytes) -> Iterator[bytes]:
    """The item with an element or attribute left out, doubled, renamed, moved, or with something put beside it."""
    tags = list(MARK.finditer(item))
    for found in tags:
        start, end = found.span()
        whole = found[0]
        yield item[:start] + item[end:]
        yield item[:start] + whole + item[start:]
        for other in (
            b"<!-- x -->",
            b"<![CDATA[x]]>",
            b"<?x y?>",
            b"x",
            b" ",
            b"\n",
            b"<odd/>",
            b"<p>x</p>",
            b"<b:x/>",
        ):
            yield item[:start] + other + item[start:]
            yield item[:end] + other + item[end:]
        for name in (b"odd", b"title", b"link", b"name", b"p", b"category", found[2].upper(), b"x:" + found[2]):
            yield item[:start] + whole.replace(found[2], name, 1) + item[end:]
        yield item[:start] + whole.replace(b">", b' odd="1">').replace(b'/ odd="1">', b' odd="1"/>') + item[end:]
        attributes = re.findall(rb' [\w:.-]+="[^"]*"', found[3])
        for one in attributes:
            yield item[:start] + whole.replace(one, b"", 1) + item[end:]
            yield item[:start] + whole.replace(one, one + one, 1) + item[end:]
            yield item[:start] + whole.replace(one, one.replace(b'"', b"'"), 1) + item[end:]
            for name in (b"id", b"xml:id", b"partid", b"xmlns", b"xmlns:dc", b"xml:base", b"xml:lang", b"type", b"src"):
                yield item[:start] + whole.replace(one, b" " + name + b'="x"', 1) + item[end:]
                yield item[:start] + whole.replace(one, one + b" " + name + b'="x"', 1) + item[end:]
        if len(attributes) > 1:
            yield item[:start] + whole.replace(b"".join(attributes), b"".join(reversed(attributes))) + item[end:]
    for element in re.finditer(rb"<([\w.:-]+)(?: [^<>]*)?>[^<>]*</\1>\n?|<[^<>]*/>\n?", item):
        start, end = element.span()
        yield item[:start] + item[end:]
        yield item[:start] + element[0] + item[start:]
        after = re.compile(rb"<([\w.:-]+)(?: [^<>]*)?>[^<>]*</\1>\n?|<[^<>]*/>\n?").match(item, end)
        if after:
            yield item[:start] + after[0] + element[0] + item[after.end() :]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("story", [STORY_, FRENCH], ids=["story", "french"])
@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.nightly)])
def test_no_arrangement_is_proved_good_that_is_not(name: str, story: Article, step: int) -> None:
    frame, item = frame_for(name, LATE), item_of(name, story)
    changed = list(dict.fromkeys(rearranged(item)))
    proved = [one for one in changed if is_proved(frame, one)]
    assert [one for one in proved[::step] if in_document(frame, one, LATE)] == []
    assert 20 < len(proved) < len(changed) / 4


@pytest.mark.parametrize("name", NAMES)
def test_no_two_changes_are_proved_good_that_are_not(name: str) -> None:
    frame, item = frame_for(name, LATE), item_of(name, STORY_)
    changed = list(dict.fromkeys(rearranged(item)))
    tags = [found.span() for found in MARK.finditer(item)]

    @given(st.sampled_from(changed), st.sampled_from(tags), st.sampled_from(VALUES), st.sampled_from(tags))
    def compare(once: bytes, at: tuple[int, int], value: bytes, other: tuple[int, int]) -> None:
        twice = once[: at[1]] + value + once[other[0] :]
        assert not is_wrong(frame, twice)

    compare()


# A pattern of values, what stands before such a value in the story, and the value there.
PATTERNS = (
    ("rss", PLAIN, "<dc:creator>", "Ada Holm"),
    ("rss", FILLED, "<title>", "Mayor Quill &amp; harbour master meet amid “crane” row"),
    ("rss", FILLED, "<category>", "town"),
    ("rss", WEB, "<link>", "https://harbour.example/2026/03/02/mayor?ref=feed&amp;x=1"),
    ("rss", WEB, '<enclosure url="', "https://media.example/v/m2.mp4?q=1&amp;r=2"),
    ("rss", MEDIA_TYPE, 'length="7340032" type="', "video/mp4"),
    ("rss", NUMBER, ' length="', "7340032"),
    ("rss", NUMBER, ' width="', "1280"),
    ("rss", TIME, "<dcterms:modified>", "2026-03-03T09:00:30Z"),
    ("rss", f"&{HTML_TAG}", "Mayor Ines Quill received harbour master ", "&lt;em&gt;"),
    ("atom", f"&{HTML_TAG}", "Mayor Ines Quill received harbour master ", "&lt;em&gt;"),
    ("atom", either(TAG, NEWSML_NAME), "<id>", "tag:harbour.example,2019:story:31"),
    ("atom", FILLED, "<rights>", "© 2026 Harbour Post"),
    ("atom", FILLED, "<name>", "Ada Holm"),
    ("atom", FILLED_VALUE, '<category term="', "town"),
    ("atom", PLAIN_VALUE, ' label="', "Port Ellis"),
    ("atom", either(TAG, WEB), ' scheme="', "tag:harbour.example,2019:scheme:places"),
    # Without what is asked of its length beforehand, which takes the generator long.
    ("atom", MAIL[MAIL.index(")") + 1 :], "<email>", "ada@harbour.example"),
    ("atom", WEB, '<link href="', "https://harbour.example/2026/03/02/mayor?ref=feed&amp;x=1"),
    ("newsml-g2", PLAIN, "<headline>", "Town hall defends 18-day delay"),
    ("newsml-g2", TAG, ' guid="', "tag:harbour.example,2019:story:31"),
    ("newsml-g2", TIME, "<contentModified>", "2026-03-03T09:00:30Z"),
    ("newsml-g2", newsml.CODE, ' qcode="medtop:', "20000337"),
)
_SPOKEN = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])


@pytest.mark.parametrize(("name", "pattern", "before", "value"), PATTERNS)
def test_whatever_a_pattern_takes_is_good(name: str, pattern: str, before: str, value: str) -> None:
    frame, item = frame_for(name, LATE), item_of(name, STORY_)
    start = item.index((before + value).encode()) + len(before.encode())
    end = start + len(value.encode())
    assert re.fullmatch(pattern.encode(), value.encode())

    @settings(max_examples=40)
    @given(st.from_regex(re.compile(pattern), fullmatch=True, alphabet=_SPOKEN))
    def compare(text: str) -> None:
        assert not is_wrong(frame, item[:start] + text.encode() + item[end:])

    compare()


TEXTS = ("a b", " a  b\n", "<p>a</p>\n<p>b\u00a0c</p>", "a\u2003b\u3000c\u1680d\u2028e\u205ff\x85g", "", "<em>a</em>b",
         "caf\u00e9 \u00e0\u2014l\u2019eau \u3042", "a\x0bb\tc")  # fmt: skip
UNSOUND = (b"\x00", b"\x1f", b"\r", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbf\xbe", b"\xef\xbf\xbf",
           b"\xef\xbf\xbd", b"\xc2\x80", b"]]>")  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_counted_as_by_the_rules(text: str) -> None:
    assert payload_proof.words_of(text.encode()) == len(re.sub("<[^>]*>", "", text).split())


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<>")))
def test_words_of_any_text_are_counted_as_by_the_rules(text: str) -> None:
    assert payload_proof.words_of(text.encode()) == len(text.split())


@pytest.mark.parametrize("data", UNSOUND)
def test_what_xml_cannot_carry_is_not_sound(data: bytes) -> None:
    assert not is_sound(b"a" + data)
    assert is_sound("a]] >\t\n \x85\u00a0\U0001f642\ufffc".encode())


def test_what_the_rules_cut_is_not_short() -> None:
    assert is_short(b"x" * 256 * 1024)
    assert not is_short(b"x" * (256 * 1024 + 1))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rss", b'xmlns:media="http://search.yahoo.com/mrss/"', b'xmlns:media="http://search.yahoo.com/mrss"'),
        ("rss", b"<rss ", b'<rss xmlns="urn:x" '),
        ("rss", b"<channel>", b'<channel xmlns:dc="urn:x">'),
        ("rss", b"<channel>", b'<channel><itunes:author xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"/>'),
        ("rss", b"<channel>", b"<channel><item><title>x</title></item>"),
        ("rss", b"<rss ", b'<!DOCTYPE rss SYSTEM "x"><rss '),
        ("rss", b"channel>", b"canal>"),
        ("atom", b'xmlns:media="http://search.yahoo.com/mrss/"', b""),
        ("atom", b"author>", b"contributor>"),
        ("atom", b"</feed>", b"<entry/></feed>"),
        ("atom", b'xmlns="http://www.w3.org/2005/Atom"', b'xmlns="http://purl.org/atom/ns#"'),
        ("newsml-g2", b"sent>", b"timestamp>"),
        ("newsml-g2", b"header>", b"head>"),
        ("newsml-g2", b"<sent>", b"<sent>x"),
        ("newsml-g2", b"itemSet>", b"set>"),
        ("newsml-g2", b"</itemSet>", b"<newsItem/></itemSet>"),
        ("preview", b' class="syndicate-preview"', b""),
        ("preview", b' xmlns="http://www.w3.org/1999/xhtml"', b""),
        ("preview", b"main", b"div"),
        ("preview", b'<main id="stories">', b'<main><p id="story-x"/>'),
    ],
)
def test_in_another_frame_nothing_is_proved(name: str, old: bytes, new: bytes) -> None:
    frame = frame_for(name, LATE)
    assert old in frame.head + frame.tail
    changed = frame_of(name, frame.head.replace(old, new), frame.tail.replace(old, new))
    assert frame.proof is not None
    assert changed.proof is None


# The rules for pages have no word on dates.
@pytest.mark.parametrize("name", [name for name in NAMES if name != "preview"])
@pytest.mark.parametrize("now", [datetime(2026, 3, 2, 8, 0, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC), NOW])
def test_what_is_dated_in_the_future_is_not_proved(name: str, now: datetime) -> None:
    frame, item = frame_for(name, LATE), item_of(name, STORY_)
    assert is_proved(frame, item, now.date().isoformat()) is (now == NOW)
    assert [key(one) for one in check_item(frame, item, now=now)] == in_document(frame, item, now)


def test_a_message_sent_before_its_item_was_made_is_found() -> None:
    frame, item = frame_for("newsml-g2", datetime(2026, 3, 3, tzinfo=UTC)), item_of("newsml-g2", STORY_)
    assert [one.rule.id for one in check_item(frame, item, now=LATE)] == ["newsml-g2.sent.before-version-created"]


def test_the_official_schema_is_asked_whatever_is_proved(shared: Path) -> None:
    frame, item = frame_for("newsml-g2", LATE), item_of("newsml-g2", STORY_)
    item = item.replace(b'rel="irel:seeAlso" ', b'rel="irel:seeAlso" version="x" ', 1)
    assert is_proved(frame, item.replace(b' version="x"', b""))
    assert check_item(frame, item, now=LATE, schemas=shared / "schemas") != ()


def test_an_item_as_a_document_is_proved_when_many_are_checked() -> None:
    good = DECLARATION + item_of("newsml-g2", STORY_)
    bad = good.replace(b"stat:usable", b"stat:odd")
    reports = [
        (check(good, now=NOW), check(bad, now=NOW), check(good, now=NOW, as_format="newsml-g2")) for _ in range(30)
    ]
    assert len({tuple((one.format, one.valid, one.findings) for one in report) for report in reports}) == 1
    assert [one.format for one in reports[0]] == ["newsml-g2-2.35"] * 3
    assert [one.valid for one in reports[0]] == [True, False, True]
    assert rules.proved(good, NOW) == "newsml-g2-2.35"
    assert rules.proved(bad, NOW) is None
    assert rules.proved(good, datetime(2026, 3, 3, tzinfo=UTC)) is None
    assert rules.proved(good.removeprefix(DECLARATION), NOW) is None


PROVED_FEEDS = {"rss": rss_proof.is_good_feed, "atom": atom_proof.is_good_feed}
TOWN = Channel(
    id="tag:harbour.example,2019:feed:town", title="Harbour Post: Town & port", link="https://harbour.example/town?a=1&b",
    description="What happens in town, 1 & 2", language="en-GB", self_url="https://harbour.example/feeds/town/rss.xml",
    self_type="", author="Harbour Post", updated=NOW, generator="syndicate", rights="© Harbour Post",
    hubs=("https://harbour.example/hub", "https://hub.example/?a=b&c"),
)  # fmt: skip
CHANNELS = [
    TOWN,
    replace(TOWN, rights=None, hubs=(), language="fr", title="Été", link="https://harbour.example"),
    replace(TOWN, hubs=TOWN.hubs[:1], description="3 < 5 & 7 > 6", generator="syndicate 1"),
]


def feed_of(name: str, channel: Channel) -> bytes:
    head, tail = {"rss": rss_frame, "atom": atom_frame}[name](
        replace(channel, self_type=formats.written_facts(name).MEDIA_TYPE)
    )
    return head + tail


def rules_of(name: str, data: bytes) -> list[str]:
    """What the rules find in the document, whatever is proved of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats, "proved", lambda _name: None)
        return [one.rule.id for one in check(data, now=LATE, as_format=name).findings]


@pytest.mark.parametrize("name", PROVED_FEEDS)
@pytest.mark.parametrize("channel", CHANNELS)
def test_our_feeds_without_articles_are_proved(name: str, channel: Channel) -> None:
    data = feed_of(name, channel)
    assert PROVED_FEEDS[name](data, DAY)
    assert rules_of(name, data) == []


@pytest.mark.parametrize("name", PROVED_FEEDS)
def test_nothing_of_a_feed_is_proved_good_that_is_not(name: str) -> None:
    is_good, proved = PROVED_FEEDS[name], 0
    for data in (feed_of(name, channel) for channel in CHANNELS):
        values = (
            data[:start] + place % value + data[end:]
            for start, end in slots(data.partition(b"?>")[2])
            for start, end in [(start + data.index(b"?>") + 2, end + data.index(b"?>") + 2)]
            for place in PLACES
            for value in VALUES
        )
        for changed in dict.fromkeys((*values, *rearranged(data))):
            if changed != data and is_good(changed, DAY):
                proved += 1
                assert rules_of(name, changed) == [], changed.decode()
    assert proved > 200


@pytest.mark.parametrize("name", PROVED_FEEDS)
def test_a_feed_that_is_proved_is_named_as_the_rules_name_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = feed_of(name, TOWN)
    monkeypatch.setattr(formats.checker(name), "_WORTH_A_PROOF", 0)
    proved = formats.proved(name)
    assert proved is not None
    dialect = proved(data, LATE)
    assert proved(data, NOW.replace(year=2000)) is None
    monkeypatch.setattr(formats, "proved", lambda _name: None)
    assert dialect == check(data, now=LATE).format
