"""What is written is in order, complete, counted exactly, and the same each time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from lxml import etree

from syndicate.formats.base import Envelope
from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2 import render, rules
from syndicate.markup import nitf_names
from syndicate.markup.places import parse_places
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article, Link, Signal, Status
from syndicate.model.body import Paragraph, Related
from syndicate.model.content import Content
from syndicate.model.feed import Feed, Publisher
from syndicate.model.media import Media, MediaType
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject
from tests.formats.newsml_g2.articles import ARTICLES

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOUSE = Publisher(
    name="Harbour Post", url="https://harbour.example/", language="en-GB", tag_authority="harbour.example,2019"
)
# What an article may say without the renderer being at fault.
_OF_THE_ARTICLE = {
    "newsml-g2.embargoed.over", "newsml-g2.version-created.future", "newsml-g2.headline.markup",
    "newsml-g2.sent.before-version-created", "newsml-g2.language.invalid", "newsml-g2.guid.urn-date",
}  # fmt: skip


def written(article: Article, publisher: Publisher = HOUSE) -> etree._Element:
    """The item of the article, as lxml reads it."""
    return etree.fromstring(render.fragment(article, publisher, Content.FULL))


def texts(item: etree._Element, name: str) -> list[str]:
    """The texts of all elements of that name, in order."""
    return ["".join(map(str, one.itertext())).strip() for one in item.iter(f"{{{n.NAMESPACE}}}{name}")]


def first(item: etree._Element, name: str) -> etree._Element:
    """The first element of that name."""
    return next(item.iter(f"{{{n.NAMESPACE}}}{name}"))


def message(feed: Feed, publisher: Publisher, *articles: Article, digest: str = "0123456789abcdef") -> bytes:
    """A whole document."""
    envelope = Envelope(feed=feed, publisher=publisher, self_url="https://harbour.example/feeds/town/newsml-g2.xml",
                        updated=NOW, digest=digest)  # fmt: skip
    head, tail = render.frame(envelope)
    return b"".join((head, *(render.fragment(article, publisher, Content.FULL) for article in articles), tail))


@settings(max_examples=60)
@given(ARTICLES)
def test_any_article_gives_an_item_without_findings_and_the_same_bytes(article: Article) -> None:
    data = render.fragment(article, HOUSE, Content.FULL)
    assert data == render.fragment(article, HOUSE, Content.HEADLINE)
    assert data.endswith(b"</newsItem>\n")
    document = parse_places(DECLARATION + data)
    assert not document.faults
    found = {finding.rule.id: finding.message for finding in rules.check(document, data, "newsml-g2-2.35", NOW)}
    assert {rule: text for rule, text in found.items() if rule not in _OF_THE_ARTICLE} == {}


def test_a_fragment_is_a_document_of_its_own(article: Article) -> None:
    data = render.fragment(article, HOUSE, Content.FULL)
    assert not data.startswith(b"<?xml")
    root = etree.fromstring(DECLARATION + data)
    assert root.tag == f"{{{n.NAMESPACE}}}newsItem"
    assert root.nsmap == {None: n.NAMESPACE}
    assert dict(root.attrib) == {
        "standard": "NewsML-G2", "standardversion": "2.35", "conformance": "power", "guid": article.guid,
        "version": "2", "{http://www.w3.org/XML/1998/namespace}lang": "en-GB",
    }  # fmt: skip


def test_a_message_of_several_items(article: Article, feed: Feed, publisher: Publisher) -> None:
    other = replace(article, guid="tag:harbour.example,2019:story:18", status=Status.CANCELED)
    data = message(feed, publisher, article, other)
    document = parse_places(data)
    assert rules.dialect(document) == "newsml-g2-2.35"
    assert list(rules.check(document, data, "newsml-g2-2.35", NOW)) == []
    root = etree.fromstring(data)
    header = root[0]
    assert [etree.QName(one).localname for one in header] == [
        "sent", "catalogRef", "sender", "transmitId", "priority", "origin", "channel",
    ]  # fmt: skip
    assert texts(header, "sent") == ["2026-03-04T12:00:00Z"]
    assert texts(header, "sender") == ["harbour.example"]
    assert texts(header, "transmitId") == ["tag:harbour.example,2019:town:0123456789ab"]
    assert texts(header, "channel") == ["town"]
    assert [one.get("guid") for one in root[1]] == [article.guid, other.guid]


def test_the_same_items_keep_their_transmission_id(article: Article, feed: Feed, publisher: Publisher) -> None:
    assert message(feed, publisher, article) == message(feed, publisher, article)
    assert message(feed, publisher, article) != message(feed, publisher, article, digest="fedcba9876543210")


def test_every_field_of_the_article_is_there(article: Article) -> None:
    item = written(replace(article, note="Spelling checked", expires=NOW, embargo=NOW, genre="press release"))
    assert texts(item, "copyrightNotice") == ["© 2026 Harbour Post"]
    assert texts(item, "usageTerms") == ["No archive use"]
    assert first(item, "copyrightHolder").get("uri") == "https://harbour.example/"
    assert texts(item, "firstCreated") == ["2026-03-02T08:30:00Z"]
    assert texts(item, "versionCreated") == ["2026-03-03T09:00:00Z"]
    assert texts(item, "embargoed") == texts(item, "expires") == ["2026-03-04T12:00:00Z"]
    assert first(item, "service").get("qcode") == "psection:town"
    assert texts(item, "edNote") == ["Spelling checked"]
    assert first(item, "edNote").get("role") == "pnote:editors"
    assert list(item.iter(f"{{{n.NAMESPACE}}}signal")) == []
    assert texts(item, "altRep") == ["https://harbour.example/2026/03/02/ferry"]
    assert texts(item, "urgency") == ["4"]
    assert first(item, "located").get("literal") == "Port Ellis"
    assert first(item, "creator").get("role") == "prole:reporter"
    assert texts(item, "email") == ["ada@harbour.example"]
    assert first(item, "contributor").get("literal") == "Tove Lind"
    assert first(item, "language").get("tag") == "en-GB"
    assert first(item, "genre").get("qcode") == "genre:Press_Release"
    assert texts(item, "keyword") == ["ferry", "harbour"]
    assert first(item, "subject").get("qcode") == "medtop:20000337"
    assert texts(item, "slugline") == ["ferry-crane"]
    assert texts(item, "headline") == [article.headline]
    assert texts(item, "dateline")[0] == "Port Ellis (HP) —"
    assert texts(item, "by") == ["Ada Holm"]
    assert texts(item, "creditline") == ["HP"]
    summaries = [one for one in item.iter(f"{{{n.NAMESPACE}}}description") if one.get("role") == "drol:summary"]
    assert [one.text for one in summaries] == list(article.highlights)
    assert article.abstract in texts(item, "description")


def test_own_aliases_are_declared_and_no_others(article: Article) -> None:
    subjects = (
        Subject(scheme="medtop", code="1"),
        Subject(scheme="port", code="ellis"),
        Subject(scheme="port", code="Port Ellis", name="Port Ellis"),
        Subject(scheme="no alias", code="x"),
    )
    item = written(replace(article, subjects=subjects, sections=("World News",), authors=(), genre="Article (news)"))
    schemes = [(one.get("alias"), one.get("uri")) for one in item.iter(f"{{{n.NAMESPACE}}}scheme")]
    assert schemes == [
        ("port", "https://harbour.example/cv/port/"), ("psection", "https://harbour.example/cv/psection/"),
    ]  # fmt: skip
    assert first(item, "service").get("qcode") == "psection:World%20News"
    named = [(one.get("qcode"), one.get("literal")) for one in item.iter(f"{{{n.NAMESPACE}}}subject")]
    assert named == [("medtop:1", None), ("port:ellis", None), (None, "Port Ellis"), (None, "x")]
    assert first(item, "genre").get("literal") == "Article (news)"


def test_a_media_topic_has_the_old_subject_code_beside_it(article: Article) -> None:
    subjects = (Subject(scheme="medtop", code="11000000", name="politics"), Subject(scheme="medtop", code="20000337"))
    item = written(replace(article, subjects=subjects))
    found = [one.get("qcode") for one in item.iter(f"{{{n.NAMESPACE}}}subject")]
    assert found == ["medtop:11000000", "subj:11000000", "medtop:20000337", "subj:04015000"]
    twice = (*subjects, Subject(scheme="subj", code="11000000"))
    assert len(list(written(replace(article, subjects=twice)).iter(f"{{{n.NAMESPACE}}}subject"))) == 4
    unknown = (Subject(scheme="medtop", code="29999999"),)
    assert len(list(written(replace(article, subjects=unknown)).iter(f"{{{n.NAMESPACE}}}subject"))) == 1


def test_an_item_without_aliases_of_its_own_has_no_catalog_of_its_own(article: Article) -> None:
    item = written(replace(article, sections=(), authors=(), subjects=()))
    assert list(item.iter(f"{{{n.NAMESPACE}}}catalog")) == []


def test_a_correction_says_what_changed_and_in_which_version(article: Article) -> None:
    item = written(replace(article, correction="The pier is number 4."))
    assert texts(item, "edNote") == ["The pier is number 4."]
    assert first(item, "signal").get("qcode") == "sig:correction"
    link = first(item, "link")
    assert (link.get("rel"), link.get("residref"), link.get("version")) == (
        "irel:previousVersion", article.guid, "1",
    )  # fmt: skip


@pytest.mark.parametrize("status", [Status.WITHHELD, Status.CANCELED])
def test_who_takes_a_story_back_corrects_nothing(article: Article, status: Status) -> None:
    item = written(replace(article, status=status, body=(), correction="The pier is number 4."))
    assert texts(item, "edNote") == ["The pier is number 4."]
    assert not list(item.iter(f"{{{n.NAMESPACE}}}signal"))
    assert first(item, "link").get("rel") == "irel:previousVersion"


def test_an_update_names_the_version_before_it(article: Article) -> None:
    item = written(replace(article, version=4, signal=Signal.UPDATE))
    assert first(item, "signal").get("qcode") == "sig:update"
    assert (first(item, "link").get("rel"), first(item, "link").get("version")) == ("irel:previousVersion", "3")


def test_a_first_version_has_none_before_it(article: Article) -> None:
    item = written(replace(article, version=1, correction="The pier is number 4.", signal=Signal.CORRECTION))
    assert first(item, "signal").get("qcode") == "sig:correction"
    assert not any(link.get("rel") == "irel:previousVersion" for link in item.iter(f"{{{n.NAMESPACE}}}link"))


def test_a_message_with_a_withdrawal_goes_before_others(feed: Feed, publisher: Publisher) -> None:
    calm = Envelope(feed=feed, publisher=publisher, self_url="https://harbour.example/", updated=NOW, digest="0" * 12)
    urgent = replace(calm, has_withdrawals=True)
    assert b"<priority>5</priority>" in render.frame(calm)[0]
    assert b"<priority>1</priority>" in render.frame(urgent)[0]


def test_a_kill_keeps_no_content(article: Article) -> None:
    item = written(replace(article, status=Status.CANCELED, note="Wrong in substance", embargo=None))
    assert first(item, "pubStatus").get("qcode") == "stat:canceled"
    assert texts(item, "headline") == [f"KILL: {article.headline}"]
    assert texts(item, "urgency") == ["1"]
    assert texts(item, "edNote") == ["Wrong in substance"]
    assert len(first(item, "contentSet")) == 0
    said = " ".join(map(str, item.itertext()))
    assert not any(one in said for one in (*article.highlights, article.abstract or "-", "Buses leave"))


def test_a_version_is_never_older_than_its_story(article: Article) -> None:
    item = written(replace(article, updated=article.published - timedelta(hours=2)))
    assert texts(item, "versionCreated") == texts(item, "firstCreated")
    assert texts(item, "contentModified") == []


def test_media_stand_in_the_payload_and_are_linked(article: Article) -> None:
    video = Media(id="m1", type=MediaType.VIDEO, name="01 crane", title="The crane falls",
                  caption="Seen from pier 4", source="HP", duration=95)  # fmt: skip
    item = written(replace(article, media=(video,)))
    link = first(item, "link")
    assert (link.get("rel"), link.get("residref")) == ("irel:seeAlso", f"{article.guid}:media:m1")
    assert link[0].get("qcode") == "ninat:video"
    said = [" ".join(map(str, one.itertext())).strip() for one in link[1:-1]]
    assert said == ["01 crane", "The crane falls", "HP", "HP", "Seen from pier 4"]
    assert (link[-1].get("hascontent"), link[-1].get("duration")) == ("false", "95")
    reference = next(item.iter(f"{{{nitf_names.NAMESPACE}}}media-reference"))
    assert reference.get("name") == "01 crane"


def test_links_to_other_stories(article: Article) -> None:
    links = (Link(rel="previous", guid="tag:harbour.example,2019:story:3"), Link(rel="x", url="https://h.example/4"))
    body = (Related(title="Known", url="https://h.example/4"), Related(title="New", url="https://h.example/5"),
            Related(title="No address"))  # fmt: skip
    item = written(replace(article, links=links, body=body))
    found = [(one.get("rel"), one.get("residref") or one.get("href")) for one in item.iter(f"{{{n.NAMESPACE}}}link")]
    assert found == [
        ("irel:previousVersion", "tag:harbour.example,2019:story:3"),
        ("irel:seeAlso", "https://h.example/4"),
        ("irel:seeAlso", "https://h.example/5"),
    ]


def test_rights_of_the_publisher_stand_in_for_those_of_the_article(article: Article) -> None:
    bare = replace(article, rights=Rights())
    assert texts(written(bare), "rightsInfo") == []
    item = written(bare, replace(HOUSE, rights="© Harbour Post"))
    assert texts(item, "copyrightNotice") == ["© Harbour Post"]
    assert texts(item, "copyrightHolder") == []


@pytest.mark.parametrize(
    ("html", "count"),
    [("one two", 2), ("on<em>e</em> two", 2), ("one<br/>two", 2), ("a – b", 3), ("CO<sub>2</sub>", 1), ("", 0)],
)
def test_the_word_count_is_exact(article: Article, html: str, count: int) -> None:
    item = written(replace(article, body=(Paragraph(html=html),), media=()))
    assert first(item, "inlineXML").get("wordcount") == str(count)
