"""Markdown with front matter: its fields, its text, and what of it an article cannot carry."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.formats.base import detect_reader
from syndicate.formats.markdown.read import MAX_BYTES, detect, read
from syndicate.markup.article_json import dumps, loads
from syndicate.model.article import Dateline, Person, Status
from syndicate.model.body import Heading, ListBlock, MediaBlock, Paragraph, Quote, Table
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

CASES = Path(__file__).parent / "cases"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
READING = Reading(now=NOW, language="en-GB")


def answer(text: str | bytes, file: str = "page.md") -> Draft | Rejected:
    data = text.encode() if isinstance(text, str) else text
    [found] = read(io.BytesIO(data), file, READING)
    return found


def drafted(text: str | bytes, file: str = "page.md") -> Draft:
    found = answer(text, file)
    assert isinstance(found, Draft), found
    return found


def rejected(text: str | bytes) -> Rejected:
    found = answer(text)
    assert isinstance(found, Rejected)
    return found


def field(line: str) -> Draft:
    return drafted(f"---\ntitle: Ferry\n{line}\n---\nThe ferry stops.\n")


def case(name: str) -> Draft:
    return drafted((CASES / name).read_bytes(), f"posts/{name}")


def test_a_story_of_a_site_generator() -> None:
    draft = case("hugo.md")
    article = draft.article
    assert (article.headline, article.abstract) == ("Ferry stays in harbour", "A cracked rudder.")
    assert article.published == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert article.updated == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert article.expires == datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
    assert (article.sections, article.keywords) == (("Town", "Sea"), ("ferry", "harbour"))
    assert article.authors == (
        Person(name="Ada Holm", email="ada@harbour.example", role="reporter"),
        Person(name="Jonas Feld", email="jonas@harbour.example"),
    )
    assert (article.language, article.slugline, article.url) == ("en-GB", "ferry", "https://harbour.example/ferry")
    assert article.rights == Rights(notice="© Harbour Post", usage="CC BY 4.0")
    assert (article.status, article.derived, article.guid) == (Status.USABLE, (), "")
    assert draft.identity == "https://harbour.example/ferry"
    assert draft.lost == ("weight", "params", "relref insert")
    assert draft.repairs == ()


def test_blocks_and_media() -> None:
    article = case("hugo.md").article
    assert article.body == (
        Paragraph(html='The <em>ferry</em> stays, says <a href="https://harbour.example/master">the master</a>.'),
        MediaBlock(media="m2"),
        Heading(html="Buses", level=2),
        ListBlock(items=("Pier 4", "Pier <strong>5</strong>")),
        ListBlock(items=("First", "Second"), ordered=True),
        Quote(html="We could have sailed."),
        Table(
            html="<table><thead><tr><th>Boat</th><th>Seats</th></tr></thead><tbody><tr><td>Margit</td><td>400</td></tr>"
            "</tbody></table>"
        ),
        Heading(html="Later", level=3),
        Paragraph(html="More in a line<br/>of two."),
    )
    lead, shown = article.media
    assert lead == Media(
        id="m1",
        type=MediaType.PICTURE,
        role=MediaRole.LEAD,
        caption="The Margit",
        credit="Jonas Feld",
        renditions=(Rendition(href="https://harbour.example/pics/lead.jpg"),),
    )
    assert (shown.caption, shown.title, shown.renditions[0].href) == (
        "The quay on Monday",
        "Quay",
        "https://harbour.example/pics/quay.jpg",
    )


@pytest.mark.parametrize(("name", "headline"), [("toml.md", "Crane toppled"), ("json.md", "Crane toppled")])
def test_other_kinds_of_fields(name: str, headline: str) -> None:
    draft = case(name)
    assert (draft.article.headline, draft.article.keywords) == (headline, ("crane", "wind"))
    assert draft.article.published == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert [block for block in draft.article.body if isinstance(block, Paragraph)]


def test_a_text_without_fields() -> None:
    draft = drafted("# Ferry *stays*\n\nIt sails not.\n", "in/ferry.md")
    assert (draft.article.headline, draft.identity) == ("Ferry stays", "ferry")
    assert draft.article.derived == ("published", "updated")
    assert draft.article.body == (Paragraph(html="It sails not."),)


def test_a_text_without_heading_begins_its_headline() -> None:
    article = drafted("It sails not.\n\nMore.").article
    assert (article.headline, article.derived) == ("It sails not.", ("published", "updated", "headline"))
    long = drafted("word " * 40).article
    assert long.headline == "word " * 19 + "word…"


def test_the_heading_that_says_the_title_again_is_told_once() -> None:
    assert drafted("---\ntitle: Ferry\n---\n# Ferry\n\nIt sails.").article.body == (Paragraph(html="It sails."),)
    other = drafted("---\ntitle: Ferry\n---\n# Boat\n\nIt sails.")
    assert (other.article.headline, other.lost) == ("Ferry", ("first heading",))


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("draft: true", Status.WITHHELD),
        ("draft: Yes", Status.WITHHELD),
        ("draft: false", Status.USABLE),
        ("published: false", Status.WITHHELD),
        ("published: true", Status.USABLE),
        ("status: draft", Status.WITHHELD),
        ("status: canceled\ndraft: true", Status.CANCELED),
        ("status: publish", Status.USABLE),
    ],
)
def test_drafts_are_withheld(line: str, status: Status) -> None:
    assert field(line).article.status is status


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("author: Ada Holm, Jonas Feld", "authors", (Person(name="Ada Holm"), Person(name="Jonas Feld"))),
        ("author: {name: Ada Holm, email: none}", "authors", (Person(name="Ada Holm"),)),
        ("authors: [{email: a@b.example}]", "authors", ()),
        ("contributors: [Tove Lind]", "contributors", (Person(name="Tove Lind"),)),
        ("tags: a, b, a", "keywords", ("a", "b")),
        ("category: Town", "sections", ("Town",)),
        ("highlights: One, and only one", "highlights", ("One, and only one",)),
        ("highlights: [One, Two]", "highlights", ("One", "Two")),
        ("subjects: ['medtop:01', {scheme: medtop, code: '02', name: b}]", "subjects",
         (Subject(scheme="medtop", code="01"), Subject(scheme="medtop", code="02", name="b"))),
        ("urgency: 3", "urgency", 3),
        ("guid: tag:harbour.example,2019:story:1", "guid", "tag:harbour.example,2019:story:1"),
        ("rights: {holder: HP, notice: n, usage: u}", "rights", Rights(holder="HP", notice="n", usage="u")),
        ("dateline: Port Ellis (HP) —", "dateline", Dateline(text="Port Ellis (HP) —")),
        ("dateline: {text: a, place: b, source: c}", "dateline", Dateline(text="a", place="b", source="c")),
        ("dateline: {place: b}", "dateline", None),
        ("lang: de_AT", "language", "de-AT"),
        ("lang: '??'", "language", "en-GB"),
        ("embargo: 2026-03-09T06:00:00+01:00", "embargo", datetime(2026, 3, 9, 5, 0, tzinfo=UTC)),
        ("publishDate: 2026-03-09 06:00:00 Z", "published", datetime(2026, 3, 9, 6, 0, tzinfo=UTC)),
        ("note: for editors", "note", "for editors"),
        ("image: /a.jpg\nurl: https://harbour.example/x/", "media",
         (Media(id="m1", type=MediaType.PICTURE, role=MediaRole.LEAD,
                renditions=(Rendition(href="https://harbour.example/a.jpg"),)),)),
        ("image: a.jpg", "media", ()),
    ],
)  # fmt: skip
def test_fields(line: str, name: str, value: object) -> None:
    draft = field(line)
    assert getattr(draft.article, name) == value
    assert draft.lost == ()


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("layout: wide\nweight: 3\nempty: []", ("layout", "weight")),
        ("title_2: x\nHeadline: Boat", ("title_2", "Headline")),
        ("url: /posts/ferry", ("url",)),
        ("id: 4711", ("id",)),
        ("version: two", ("version",)),
        ("urgency: 9", ("urgency",)),
        ("slug: ../etc", ("slug",)),
        ("subjects: sport", ("subjects",)),
        ("subjects: [a b]", ("subjects",)),
        ("image: {alt: a}", ("image",)),
    ],
)
def test_what_has_no_place_is_named(line: str, lost: tuple[str, ...]) -> None:
    assert field(line).lost == lost


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("embargoUntill: 2026-03-09T06:00:00Z", "did you mean 'embargo'"),
        ("stauts: draft", "did you mean 'status'"),
        ("Drafts: true", "did you mean 'draft'"),
        ("publishd: false", "did you mean 'published'"),
        ("embargo: [2026-03-09T06:00:00Z]", "one value is wanted"),
        ("status: [draft]", "one value is wanted"),
        ("draft: {value: true}", "one value is wanted"),
        ("draft: false\npublished: false", "draft and published contradict each other"),
        ("embargo: 2026-03-08T06:00:00Z\npublishDate: 2026-03-09T06:00:00Z", "contradict each other"),
    ],
)
def test_what_decides_is_neither_guessed_nor_passed_over(lines: str, reason: str) -> None:
    assert reason in rejected(f"---\ntitle: x\n{lines}\n---\nIt sails.").reason


def test_fields_that_only_look_like_it_are_no_fault() -> None:
    assert field("publisher: HP\nembargo:\nembargoed: ''\nlayout: true").lost == (
        "publisher",
        "layout",
    )
    assert field("embargo:\nembargoed: 2026-03-09T06:00:00Z").article.embargo == datetime(2026, 3, 9, 6, tzinfo=UTC)


def test_a_time_without_offset_is_taken_for_utc_and_said_so() -> None:
    draft = field("date: 2026-03-02")
    assert (draft.article.published, draft.article.derived) == (
        datetime(2026, 3, 2, tzinfo=UTC),
        ("published", "updated"),
    )
    assert [repair.what for repair in draft.repairs] == ["'2026-03-02' names no offset: UTC taken"]


def test_an_update_before_publication_is_mended() -> None:
    draft = field("date: 2026-03-02T00:00:00Z\nlastmod: 2026-03-01T00:00:00Z")
    assert draft.article.updated == draft.article.published
    assert draft.repairs[0].field == "updated"


def test_a_version_is_stated() -> None:
    draft = field("version: 3")
    assert (draft.stated_version, draft.article.version) == (3, 3)


@pytest.mark.parametrize(
    ("file", "identity"),
    [("a/ferry.md", "ferry"), ("a/ferry/index.md", "ferry"), ("index.md", "index"), ("-", ""), ("a/_index.md", "a")],
)
def test_the_file_names_the_story(file: str, identity: str) -> None:
    assert drafted("It sails.", file).identity == identity


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("---\ndraft: maybe\n---\nx", "draft is 'maybe': true or false is wanted", None),
        ("---\nstatus: on\n---\nx", "status is 'on': one of usable", None),
        ("---\ndate: soon\n---\nx", "date is 'soon': no time such as", None),
        ("---\ndate: 0026-03-02\n---\nx", "date is '0026-03-02': no time", None),
        ("---\npublishDate: 2026-03-09\n---\nx", "publishDate is '2026-03-09': it decides what goes out, so", None),
        ("---\nexpires: 2026-03-09\n---\nx", "it decides what goes out", None),
        ("---\ntitle: Ferry\n---\n\n", "holds no text", 4),
        ("", "holds no text", 1),
        ("---\na: [\n---\n", "the YAML at its beginning", 3),
        (b"\xff\xfe", "is not UTF-8 at byte 0", None),
        (b"x" * (MAX_BYTES + 1), "is larger than 1024 KiB", None),
        ("word " * 60_000, "the text is larger than 256 KiB", None),
        ("[" * 200_000, "opening brackets", None),
    ],
)  # fmt: skip
def test_rejections(text: str | bytes, reason: str, line: int | None) -> None:
    found = rejected(text)
    assert reason in found.reason
    assert found.line == line


def test_a_withdrawn_story_needs_no_text() -> None:
    assert drafted("---\ntitle: Ferry\nstatus: canceled\n---\n").article.status is Status.CANCELED


def test_html_in_the_text_is_cleaned_like_any_other() -> None:
    draft = drafted(
        "It <b>sails</b>.<script>alert(1)</script>\n\n<figure><img src='https://a.example/b.jpg'></figure>\n"
    )
    assert draft.article.body == (Paragraph(html="It <strong>sails</strong>."), MediaBlock(media="m1"))
    assert any("script left out" in repair.what for repair in draft.repairs)


@pytest.mark.parametrize(
    ("head", "name", "is_ours"),
    [
        (b"# Ferry", "a.md", True),
        (b"", "a.MARKDOWN", True),
        (b"\x00\x01", "a.md", False),
        (b"---\ntitle: a\n---\n", "-", True),
        (b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\n", "-", True),
        (b"+++\ntitle = 1\n", "-", True),
        (b"---\n\nA page of text.", "-", False),
        (b"---\ntitle: a\n---\n", "a.txt", False),
        (b"{}", "-", False),
        (b"# Ferry", "-", False),
    ],
)
def test_detection(head: bytes, name: str, is_ours: bool) -> None:
    assert detect(head, name) is is_ours
    assert (detect_reader(head, name) == "markdown") is is_ours


def test_windows_line_ends_and_a_mark_make_no_difference() -> None:
    data = (CASES / "hugo.md").read_bytes()
    assert drafted(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"), "posts/hugo.md") == case("hugo.md")


@settings(max_examples=60)
@given(st.text(st.sampled_from("ab# *_>`-+[](){}<>!|\\\"'\n\t&é\u202e\x00"), max_size=200))
def test_whatever_comes_is_an_article_or_a_rejection(text: str) -> None:
    found = answer(text)
    if isinstance(found, Draft):
        article = replace(found.article, guid="tag:harbour.example,2019:1")
        assert loads(dumps(article)) == article
        assert found == answer(text)
