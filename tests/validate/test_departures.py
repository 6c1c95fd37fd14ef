"""Where the W3C validator is wrong or behind today: what is right, and that we say so (docs/departures.md)."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from syndicate.model.finding import Severity
from syndicate.validate.run import check
from tests.conftest import NOW

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>Harbour Post</title>
<link>https://harbour.example/</link>
<description>News of the harbour</description>
<language>en-GB</language>
<atom:link rel="self" type="application/rss+xml" href="https://harbour.example/rss.xml"/>
"""
_TAIL = "\n</channel>\n</rss>"
_ITEM = """<item>
<title>Ferry stops for two weeks</title>
<link>https://harbour.example/ferry</link>
<guid isPermaLink="false">tag:harbour.example,2019:story:17</guid>
<description>The crane is mended.</description>
"""
_DATE = "<pubDate>Mon, 02 Mar 2026 08:30:00 GMT</pubDate>\n"
_PODCAST = """<itunes:category text="News"/>
<itunes:owner><itunes:email>ada@harbour.example</itunes:email></itunes:owner>
"""


def channel(inner: str) -> str:
    return _HEAD + inner + _TAIL


def item(inner: str, date: str = _DATE) -> str:
    return channel(f"{_ITEM}{date}{inner}\n</item>")


def podcast(inner: str) -> str:
    return channel(_PODCAST + inner)


def media(inner: str) -> str:
    return item(f'<media:content url="https://harbour.example/f.mp4" type="video/mp4">{inner}</media:content>')


def atom(updated: str = "2026-03-02T08:30:00Z", guid: str = "tag:harbour.example,2019:feed") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<id>{guid}</id><title>Harbour Post</title><updated>{updated}</updated>
<link rel="self" href="https://harbour.example/atom.xml"/>
</feed>"""


@dataclass(frozen=True)
class Judged:
    """A document, and the gravest that we find in it; `rule` is the one that must be broken."""

    text: str
    gravest: str
    rule: str = ""


_15 = """<media:community><media:starRating average="3.5" count="20" min="1" max="10"/>
<media:statistics views="5" favorites="5"/><media:tags>news: 5, abc: 3</media:tags></media:community>
<media:status state="active"/><media:license type="text/html" href="https://harbour.example/l">Mine</media:license>
<media:subTitle type="application/smil" lang="en-us" href="https://harbour.example/s.smil"/>
<media:rights status="official"/><media:price type="rent" price="19.99" currency="EUR"/>
<media:embed url="https://harbour.example/p" width="512" height="323"><media:param name="type">x</media:param>
</media:embed>
<media:comments><media:comment>Fine</media:comment></media:comments>
<media:scenes><media:scene><sceneTitle>One</sceneTitle><sceneStartTime>00:15</sceneStartTime></media:scene></media:scenes>"""
_PARTNERS = {
    "snf": "http://www.smartnews.be/snf",
    "mi": "http://schemas.ingestion.microsoft.com/common/",
    "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "webfeeds": "http://webfeeds.org/rss/1.0",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "nar": "http://iptc.org/std/nar/2006-10-01/",
}
CASES = {
    "Media RSS 1.5": Judged(media(_15), "none"),
    "podcasts: complete and new-feed-url": Judged(
        podcast("<itunes:explicit>false</itunes:explicit>\n<itunes:complete>Yes</itunes:complete>\n"
                "<itunes:new-feed-url>https://harbour.example/new.xml</itunes:new-feed-url>"), "none"),
    "podcasts: explicit yes": Judged(podcast("<itunes:explicit>yes</itunes:explicit>"), "warning",
                                     "itunes.explicit.old-word"),
    "podcasts: explicit clean": Judged(podcast("<itunes:explicit>clean</itunes:explicit>"), "warning",
                                       "itunes.explicit.old-word"),
    "host with underscore": Judged(
        item('<enclosure url="https://my_cdn.harbour.example/f.mp3" length="1" type="audio/mpeg"/>'), "none"),
    "host in IPv6": Judged(item('<enclosure url="https://[2001:db8::1]/f.mp3" length="1" type="audio/mpeg"/>'), "none"),
    "query behind the host": Judged(
        item('<enclosure url="https://cdn.example?f=1.mp3" length="1" type="audio/mpeg"/>'), "none"),
    "hour 25": Judged(item("", "<pubDate>Mon, 02 Mar 2026 25:30:00 GMT</pubDate>"), "error", "rss.date.invalid"),
    "minute 60": Judged(atom("2026-03-02T08:60:00Z"), "error", "atom.date.invalid"),
    "offset 99:99": Judged(atom("2026-03-02T08:30:00+99:99"), "error", "atom.date.invalid"),
    "month 13 in a tag": Judged(atom(guid="tag:harbour.example,2019-13:feed"), "error", "value.tag.invalid"),
    "media without address": Judged(item('<media:content type="video/mp4"/>'), "error", "media.content.no-url"),
    "time 12abc": Judged(media('<media:thumbnail url="https://harbour.example/t.jpg" time="12abc"/>'), "error",
                         "media.time.invalid"),
    "language en-99-bogus!": Judged(channel("").replace("en-GB", "en-99-bogus!"), "error", "value.language.invalid"),
    "a date of 1985": Judged(item("", "<pubDate>Sat, 02 Mar 1985 08:30:00 GMT</pubDate>"), "none"),
    **{f"partners: {prefix}": Judged(item(f'<{prefix}:any xmlns:{prefix}="{uri}"/>'), "none")
       for prefix, uri in _PARTNERS.items()},
    "podcast 2.0: unknown element": Judged(channel("<podcast:lokked>yes</podcast:lokked>"), "error",
                                           "extension.element.unknown"),
    "podcast 2.0: known element": Judged(
        channel('<podcast:locked owner="ada@harbour.example">yes</podcast:locked>'), "none"),
    "a mail address without a dot in its domain": Judged(item("<author>ada@harbour (Ada Fenn)</author>"), "none"),
}  # fmt: skip


def gravest(text: str) -> tuple[str, set[str]]:
    findings = check(text.encode(), now=NOW).findings
    found = {finding.severity for finding in findings}
    word = next((one.value for one in Severity if one in found), "none")
    return word, {finding.rule.id for finding in findings}


@pytest.mark.parametrize("name", CASES)
def test_we_are_right(name: str) -> None:
    case = CASES[name]
    word, rules = gravest(case.text)
    assert word == case.gravest, rules
    assert not case.rule or case.rule in rules


def _long() -> Iterator[str]:
    for number in range(6000):
        yield f"{_ITEM.replace(':17', f':{number}').replace('mended.', 'mended. ' * 120)}{_DATE}</item>\n"


def test_documents_above_five_megabytes_are_checked() -> None:
    text = channel("".join(_long()))
    assert len(text) > 5_000_000
    assert gravest(text)[0] == "none"


@pytest.mark.parametrize(
    "text",
    [
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "items": []}',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/</loc></url></urlset>',
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>',
    ],
)
def test_formats_that_it_does_not_know_are_known(text: str) -> None:
    assert "document.format.unknown" not in gravest(text)[1]
