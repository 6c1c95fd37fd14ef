"""What each receiver asks for: versions, XHTML, Superdesk's way of reading, packages."""

from dataclasses import replace

import pytest
from lxml import etree

from syndicate.formats import base as formats
from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2 import render, rules
from syndicate.markup.places import parse_places
from syndicate.model.article import Article, Dateline, Status
from syndicate.model.body import Paragraph, Tagline
from syndicate.model.content import Content
from syndicate.model.media import Media, MediaType, Rendition
from tests.conftest import NOW
from tests.formats.newsml_g2.back import FEED, PUBLISHER, document
from tests.formats.story import STORY

OTHER = replace(STORY, guid="tag:harbour.example,2019:story:32", headline="Second", media=STORY.media[:1])
THIRD = replace(STORY, guid="tag:harbour.example,2019:story:33", headline="Third", media=(), body=())
XHTML = "{http://www.w3.org/1999/xhtml}"


def ours(name: str) -> str:
    """The name in the namespace of NewsML-G2."""
    return f"{{{n.NAMESPACE}}}{name}"


def item(name: str, article: Article) -> etree._Element:
    """The first `newsItem` of a document of that format."""
    return next(etree.fromstring(document(name, article)).iter(ours("newsItem")))


def texts(element: etree._Element, name: str) -> list[str]:
    """The texts of all elements of that name."""
    return [" ".join(" ".join(map(str, one.itertext())).split()) for one in element.iter(ours(name))]


@pytest.mark.parametrize("name", n.VARIANTS)
def test_every_variant_has_a_file_a_title_and_a_renderer(name: str) -> None:
    facts = formats.written_facts(f"newsml-g2-{name}")
    assert f"newsml-g2-{name}.xml" == facts.FILE_NAME
    assert facts.TITLE != n.TITLE
    assert facts.STANDALONE is (name != "package")
    assert formats.renderer(f"newsml-g2-{name}").RENDERER_VERSION == render.RENDERER_VERSION
    assert (formats.listed(f"newsml-g2-{name}") is None) is (name != "package")


@pytest.mark.parametrize("version", n.OLDER_VERSIONS)
def test_older_versions_differ_in_their_number_alone(version: str) -> None:
    newest, older = document("newsml-g2", STORY), document(f"newsml-g2-{version}", STORY)
    assert older == newest.replace(b'standardversion="2.35"', f'standardversion="{version}"'.encode())


@pytest.mark.parametrize("name", [f"newsml-g2-{name}" for name in n.VARIANTS])
def test_documents_are_without_faults(name: str) -> None:
    data = document(name, STORY, OTHER, THIRD, replace(STORY, guid="tag:h.example,2019:4", status=Status.CANCELED))
    parsed = parse_places(data)
    found = rules.check(parsed, data, rules.dialect(parsed) or "", NOW)
    assert [(finding.rule.id, finding.message) for finding in found] == []


def test_xhtml_holds_the_whole_text() -> None:
    made = item("newsml-g2-xhtml", STORY)
    inline = next(made.iter(ours("inlineXML")))
    page = next(inline.iter(f"{XHTML}html"))
    assert inline.get("contenttype") == "application/xhtml+xml"
    assert page.findtext(f"{XHTML}head/{XHTML}title") == STORY.headline
    assert [one.text for one in page.iter(f"{XHTML}h2")] == ["Brandt denies the "]
    assert page.find(f".//{XHTML}p[@class='tagline']") is not None


@pytest.mark.parametrize(
    ("html", "count"),
    [("one two", 2), ("on<em>e</em> two", 2), ("one<br/>two", 2), ("a &amp; b", 3), ("CO<sub>2</sub>", 1), ("", 0),
     ('<a href="https://h.example/?a=1&amp;b=2" title="x &gt; y">two words</a>', 2)],
)  # fmt: skip
def test_the_words_of_xhtml_are_counted_exactly(html: str, count: int) -> None:
    bare = replace(STORY, body=(Paragraph(html=html),), media=(), highlights=(), dateline=None, correction=None)
    assert next(item("newsml-g2-xhtml", bare).iter(ours("inlineXML"))).get("wordcount") == str(count)


def test_characters_that_xml_lacks_are_left_out_of_xhtml() -> None:
    odd = replace(STORY, body=(Paragraph(html="a\x00b\ud800c"), Tagline(html="x")))
    page = next(item("newsml-g2-xhtml", odd).iter(f"{XHTML}body"))
    assert any("abc" in (one.text or "") or "abc" in "".join(map(str, one.itertext())) for one in page)


def test_superdesk_finds_the_place_the_genre_and_old_subject_codes() -> None:
    story = replace(STORY, genre="press release", language="de")
    made = item("newsml-g2-superdesk", story)
    assert texts(made, "genre") == ["press release Press Release"]
    place = next(one for one in made.iter(ours("subject")) if one.get("type") == "cptType:5")
    assert (place.get("literal"), texts(place, "name")) == ("Port Ellis", ["Port Ellis"])
    assert "cptType" in [one.get("alias") for one in made.iter(ours("scheme"))]
    assert "subj:04015000" in [one.get("qcode") for one in made.iter(ours("subject"))]
    english = item("newsml-g2-superdesk", replace(story, language="en-GB"))
    assert texts(english, "genre") == ["press release"]


@pytest.mark.parametrize("dateline", [None, Dateline(text="By wire"), Dateline(text="x", place=" ")])
def test_superdesk_gets_no_place_where_there_is_none(dateline: Dateline | None) -> None:
    made = item("newsml-g2-superdesk", replace(STORY, dateline=dateline))
    assert "cptType" not in [one.get("alias") for one in made.iter(ours("scheme"))]
    assert not [one for one in made.iter(ours("subject")) if one.get("type") == "cptType:5"]


def test_what_superdesk_refuses_an_item_without_is_there() -> None:
    for article in (STORY, replace(STORY, status=Status.CANCELED), replace(STORY, status=Status.WITHHELD)):
        made = item("newsml-g2-superdesk", article)
        assert made.get("guid")
        assert made.get("version")
        assert ":" in (next(made.iter(ours("pubStatus"))).get("qcode") or "")
        assert next(made.iter(ours("itemClass"))).get("qcode") == "ninat:text"
        assert made.find(ours("contentMeta")) is not None
        assert made.find(ours("contentSet")) is not None
        assert all(text.isdigit() for text in texts(made, "urgency"))
        assert all(one.get("contenttype") for one in made.iter(ours("inlineXML")))


def test_all_text_for_superdesk_stands_in_one_block() -> None:
    nitf = "{http://iptc.org/std/NITF/2006-10-18/}"
    content = next(item("newsml-g2-superdesk", STORY).iter(f"{nitf}body.content"))
    assert [one.tag for one in content] == [f"{nitf}block"]
    said = " ".join(" ".join(map(str, content.itertext())).split())
    assert all(
        text in said for text in ("Mayor Ines Quill received", "Pier 4 is shut", "Buses will run.", "The embassy")
    )


def test_the_front_of_a_package_names_all_items_in_order() -> None:
    root = etree.fromstring(document("newsml-g2-package", STORY, OTHER, THIRD))
    front = next(root.iter(ours("packageItem")))
    assert (front.get("guid"), front.get("version")) == ("tag:harbour.example,2019:town:front", "825843630")
    groups = [(one.get("id"), one.get("role"), one.get("mode")) for one in front.iter(ours("group"))]
    assert groups == [
        ("front-town", "pgroup:front", "pgrmod:seq"),
        ("front-town-lead", "pgroup:lead", "pgrmod:bag"),
        ("front-town-main", "pgroup:main", "pgrmod:seq"),
        ("front-town-story-1", "pgroup:story", "pgrmod:bag"),
    ]
    refs = [(one.get("residref"), one.get("version")) for one in front.iter(ours("itemRef"))]
    items = [(one.get("guid"), one.get("version")) for one in root.iter(ours("newsItem"))]
    assert sorted(refs, key=str) == sorted(items, key=str)
    assert len(items) == 7
    ref = next(front.iter(ours("itemRef")))
    assert [etree.QName(one).localname for one in ref] == ["itemClass", "provider", "pubStatus", "title"]
    assert texts(ref, "title") == [STORY.headline]


def test_the_media_of_a_package_are_items_of_their_own() -> None:
    root = etree.fromstring(document("newsml-g2-package", replace(STORY, embargo=NOW, expires=NOW)))
    story, clip, video, picture = root.iter(ours("newsItem"))
    assert clip.get("guid") == f"{STORY.guid}:media:m1"
    for one in (clip, video, picture):
        assert one.get("version") == "3"
        links = [(link.get("rel"), link.get("residref"), link.get("version")) for link in one.iter(ours("link"))]
        assert links == [("irel:seeAlso", STORY.guid, "3")]
        assert texts(one, "embargoed") == texts(story, "embargoed")
        assert texts(one, "expires") == texts(story, "expires")
        assert texts(one, "usageTerms") == ["No archive use"]
    assert (texts(clip, "slugline"), texts(video, "slugline")) == (["01 brandt presser GRAB"], [])
    assert texts(picture, "description") == ['A worker says "go" & leaves <fast>']
    assert texts(picture, "creditline") == ["Mia Sand"]
    files = [dict(one.attrib) for one in video.iter(ours("remoteContent"))]
    assert [one["rendition"] for one in files] == ["rnd:web", "rnd:highRes", "rnd:thumbnail"]
    assert [one.get("duration") for one in files] == ["172", "172", None]
    (missing,) = clip.iter(ours("remoteContent"))
    assert (missing.get("hascontent"), missing.get("duration")) == ("false", "95")
    assert missing.get("residref") == clip.get("guid")


def test_a_document_among_the_media_has_no_item() -> None:
    file = Rendition(href="https://media.example/1.pdf")
    paper = Media(id="m1", type=MediaType.DOCUMENT, title="Report", renditions=(file,))
    root = etree.fromstring(document("newsml-g2-package", replace(STORY, media=(paper,))))
    assert len(list(root.iter(ours("newsItem")))) == 1


def test_a_package_of_one_story_has_one_group_below_its_root() -> None:
    root = etree.fromstring(document("newsml-g2-package", THIRD))
    assert [one.get("id") for one in root.iter(ours("group"))] == ["front-town", "front-town-lead"]


def test_no_front_shows_a_story_that_was_withdrawn() -> None:
    gone = replace(STORY, status=Status.CANCELED, media=(), body=())
    held = replace(OTHER, status=Status.WITHHELD, media=(), body=())
    root = etree.fromstring(document("newsml-g2-package", gone, THIRD, held))
    assert [one.get("residref") for one in root.iter(ours("itemRef"))] == [THIRD.guid]
    assert len(list(root.iter(ours("newsItem")))) == 3
    alone = etree.fromstring(document("newsml-g2-package", gone))
    assert list(alone.iter(ours("packageItem"))) == []


def test_the_name_of_a_feed_is_made_an_id() -> None:
    feed = replace(FEED, id="town & port/1", language="not a tag")
    renderer, listed = formats.renderer("newsml-g2-package"), formats.listed("newsml-g2-package")
    assert listed is not None
    fragment = renderer.fragment(THIRD, PUBLISHER, Content.FULL)
    envelope = formats.Envelope(
        feed=feed, publisher=replace(PUBLISHER, rights="© HP"), self_url="https://h.example/", updated=NOW, digest="00",
        listed=(listed(fragment),),
    )  # fmt: skip
    head, tail = renderer.frame(envelope)
    root = etree.fromstring(head + fragment + tail)
    front = next(root.iter(ours("packageItem")))
    assert front.find(ours("groupSet")).get("root") == "front-town-port-1"  # type: ignore[union-attr]
    assert texts(front, "copyrightNotice") == ["© HP"]
    assert list(front.iter(ours("language"))) == []


def test_a_message_says_where_it_goes_when_the_feed_does() -> None:
    envelope = formats.Envelope(
        feed=replace(FEED, destination="partner-1"),
        publisher=PUBLISHER,
        self_url="https://h.example/",
        updated=NOW,
        digest="00",
    )
    assert b"<destination>partner-1</destination>\n<channel>town</channel>" in render.frame(envelope)[0]
