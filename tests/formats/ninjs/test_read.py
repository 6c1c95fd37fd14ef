"""ninjs of others: dialects, lists, packages, what is repaired, lost or refused."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.errors import InputError, LimitError
from syndicate.formats.ninjs import read as ninjs
from syndicate.formats.ninjs.counts import counts_of
from syndicate.model.article import Article, Dateline, Link, Person, Status
from syndicate.model.body import Embed, Heading, MediaBlock, Paragraph, Related, Tagline
from syndicate.model.draft import Draft, Rejected
from syndicate.model.media import MediaRole, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject
from tests.conftest import NOW
from tests.formats.ninjs.documents import READING, draft, read, rejected

GUID = "tag:harbour.example,2019:story:50"
SUPERDESK = {
    "guid": GUID,
    "version": "2",
    "type": "text",
    "versioncreated": "2026-03-02T09:30:00+0000",
    "firstcreated": "2026-03-02T08:30:00+0000",
    "pubstatus": "usable",
    "priority": 6,
    "urgency": 3,
    "headline": "Ferry stops",
    "slugline": "ferry",
    "byline": "Ada Holm",
    "source": "HP",
    "located": "Port Ellis",
    "description_text": "The ferry stops for two weeks.",
    "description_html": "<p>The ferry stops for two weeks.</p>",
    "body_html": "<p>It stops on <b>Monday</b>.</p>",
    "subject": [{"code": "01000000", "name": "arts"}, {"code": "20000337", "name": "transport"}],
    "genre": [{"code": "Article", "name": "Article (news)"}],
    "service": [{"code": "t", "name": "Town"}],
    "place": [{"code": "PE", "name": "Port Ellis"}],
    "keywords": ["ferry", "pier, 4"],
    "authors": [{"name": "Ada Holm", "role": "writer", "biography": "..."}],
    "usageterms": ["No archive", "No sale"],
    "associations": {
        "featuremedia": {
            "guid": "tag:harbour.example,2019:picture:1",
            "type": "picture",
            "headline": "A ferry",
            "description_text": "The ferry at its pier",
            "byline": "Mia Sand",
            "source": "HP Photo",
            "renditions": {
                "original": {"href": "https://media.example/1.jpg", "mimetype": "image/jpeg", "width": "1600",
                             "height": 900.0, "poi": {"x": 1}},
                "broken": {"href": "/1.jpg"},
            },
        },
        "empty": None,
        "related": {"guid": "tag:harbour.example,2019:story:49", "type": "text", "headline": "Crane falls"},
    },
}  # fmt: skip


def article(**values: Any) -> Article:
    """The article of a small item of 3.1."""
    return draft(item(**values)).article


def item(**values: Any) -> dict[str, Any]:
    return {"uri": GUID, "headlines": [{"value": "Ferry stops"}], **values}


def test_the_dialect_of_superdesk() -> None:
    found = draft(SUPERDESK)
    made = found.article
    assert (made.guid, made.version, made.headline, made.slugline) == (GUID, 2, "Ferry stops", "ferry")
    assert made.published == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert made.updated == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert made.body == (Paragraph(html="It stops on <strong>Monday</strong>."),)
    assert made.abstract == "The ferry stops for two weeks."
    assert made.authors == (Person(name="Ada Holm", role="writer"),)
    assert made.dateline == Dateline(text="Port Ellis", place="Port Ellis", source="HP")
    assert made.subjects == (
        Subject(scheme="subj", code="01000000", name="arts"),
        Subject(scheme="medtop", code="20000337", name="transport"),
        Subject(scheme="literal", code="PE", name="Port Ellis"),
    )
    assert (made.sections, made.keywords, made.genre) == (("Town",), ("ferry", "pier, 4"), "Article (news)")
    assert made.rights == Rights(usage="No archive\nNo sale")
    assert made.urgency == 3
    (picture,) = made.media
    assert (picture.id, picture.role, picture.type) == ("featuremedia", MediaRole.LEAD, MediaType.PICTURE)
    assert (picture.title, picture.caption, picture.credit, picture.source) == (
        "A ferry", "The ferry at its pier", "Mia Sand", "HP Photo",
    )  # fmt: skip
    assert picture.renditions == (
        Rendition(href="https://media.example/1.jpg", type="image/jpeg", width=1600, height=900),
    )
    assert made.links == (Link(rel="seeAlso", guid="tag:harbour.example,2019:story:49"),)
    assert found.lost == ("priority", "authors/biography", "associations/renditions/poi", "associations/headline")
    assert {"renditions"} <= {one.field for one in found.repairs}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2026-03-02T08:30:00Z", datetime(2026, 3, 2, 8, 30, tzinfo=UTC)),
        ("2026-03-02T09:30:00.5+01:00", datetime(2026, 3, 2, 8, 30, 0, 500000, tzinfo=UTC)),
        (" 2026-03-02T08:30:00 ", datetime(2026, 3, 2, 8, 30, tzinfo=UTC)),
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=UTC)),
        ("yesterday", NOW),
        ("0001-01-01T00:00:00+12:00", NOW),
        (None, NOW),
    ],
)
def test_times_are_read_as_they_are_met(stated: str | None, expected: datetime) -> None:
    assert article(firstCreated=stated).published == expected


def test_which_times_are_inferred() -> None:
    assert article().derived == ("published", "updated")
    made = article(versionCreated="2026-03-02T08:30:00Z")
    assert (made.published, made.derived) == (made.updated, ("published",))
    turned = draft(item(firstCreated="2026-03-02T08:30:00Z", versionCreated="2026-03-01T08:30:00Z"))
    assert turned.article.updated == turned.article.published
    assert [one.field for one in turned.repairs] == ["updated"]


@pytest.mark.parametrize("name", ["embargoedUntil", "expires"])
@pytest.mark.parametrize("stated", ["2026-03-06T08:30:00", "soon", "2026-03-06"])
def test_an_embargo_that_cannot_be_read_stops_the_item(name: str, stated: str) -> None:
    assert rejected(item(**{name: stated})).startswith(f"{name} is '{stated}'")


def test_an_embargo_of_media_holds_the_story() -> None:
    picture = {"name": "m", "uri": "a:b", "type": "picture", "embargoedUntil": "2026-03-07T08:30:00Z",
               "renditions": [{"name": "r", "href": "https://media.example/1.jpg"}]}  # fmt: skip
    made = article(embargoedUntil="2026-03-06T08:30:00Z", associations=[picture])
    assert made.embargo == datetime(2026, 3, 7, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["embargoed", "embargoedUntil", "embargoeduntil", "EmbargoedUntil", "embargo", "embargo_date"]
)
def test_an_embargo_is_known_however_it_is_spelled(name: str) -> None:
    assert article(**{name: "2026-03-07T08:30:00Z"}).embargo == datetime(2026, 3, 7, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("value", ["", {}, [], {"until": "2026-03-07T08:30:00Z"}, 1772870000, True])
def test_an_embargo_of_a_wrong_type_stops_the_item(value: Any) -> None:
    assert rejected(item(embargoed=value)).startswith("embargoedUntil is")


@pytest.mark.parametrize(
    ("own", "packages", "expected"),
    [
        ("2026-03-07T08:30:00Z", "2026-03-06T08:30:00Z", "2026-03-07T08:30:00+00:00"),
        ("2026-03-07T08:30:00Z", "2026-03-07T08:30:00-01:00", "2026-03-07T09:30:00+00:00"),
        (None, "2026-03-06T08:30:00Z", "2026-03-06T08:30:00+00:00"),
        ("2026-03-07T08:30:00Z", None, "2026-03-07T08:30:00+00:00"),
        ("2026-03-07T08:30:00Z", "soon", None),
        ("soon", "2026-03-07T08:30:00Z", None),
    ],
)
def test_the_embargo_of_a_package_holds_its_stories(
    own: str | None, packages: str | None, expected: str | None
) -> None:
    story = {"name": "a", **item(embargoed=own)}
    (found,) = read({"uri": "a:b", "type": "composite", "embargoedUntil": packages, "associations": [story]})
    if expected is None:
        assert isinstance(found, Rejected)
    else:
        assert isinstance(found, Draft)
        assert found.article.embargo == datetime.fromisoformat(expected)


def test_a_withdrawn_package_withdraws_what_says_nothing_else() -> None:
    stories = [{"name": "a", **item()}, {"name": "b", **item(pubStatus="usable")}]
    found = read({"uri": "a:b", "type": "composite", "pubStatus": "canceled", "associations": stories})
    assert [one.article.status for one in found if isinstance(one, Draft)] == [Status.CANCELED, Status.USABLE]


def test_withdrawn_media_stays_out() -> None:
    picture = {"name": "m", "uri": "a:b", "type": "picture", "pubStatus": "withheld", "slugline": "s"}
    found = draft(item(associations=[picture]))
    assert found.article.media == ()
    assert "withheld" in found.repairs[0].what


@pytest.mark.parametrize(
    ("stated", "status"),
    [("usable", Status.USABLE), ("canceled", Status.CANCELED), ("Cancelled", Status.CANCELED),
     ("stat:withheld", Status.WITHHELD), (None, Status.USABLE)],
)  # fmt: skip
def test_status(stated: str | None, status: Status) -> None:
    assert article(pubStatus=stated).status is status


@pytest.mark.parametrize("stated", ["", {}, {"code": "canceled"}, 1])
def test_a_status_of_a_wrong_type_stops_the_item(stated: Any) -> None:
    assert rejected(item(pubStatus=stated)).startswith("pubStatus is")


def test_an_unknown_status_stops_the_item() -> None:
    assert rejected(item(pubStatus="draft")) == "pubStatus is 'draft'; usable, withheld and canceled are known"


def test_a_withdrawal_needs_no_text() -> None:
    made = draft({"uri": GUID, "pubStatus": "canceled", "edNote": "Recall it"}).article
    assert (made.status, made.headline, made.note) == (Status.CANCELED, GUID, "Recall it")
    assert made.derived == ("headline", "published", "updated")


def test_a_withdrawal_gets_through_whatever_else_is_wrong() -> None:
    broken = {"uri": GUID, "version": "3", "pubstatus": "canceled", "headline": "<b>" * 200 + "</b>", "body_xhtml": "x"}
    made = draft(broken)
    assert (made.article.status, made.article.guid, made.stated_version) == (Status.CANCELED, GUID, 3)
    assert "only the withdrawal is read" in made.repairs[0].what
    assert "nested" in rejected({**broken, "pubstatus": "usable"})
    assert "event" in rejected({**broken, "type": "event"})


def test_a_withdrawal_gets_through_whatever_its_times_say() -> None:
    made = draft({"uri": GUID, "pubStatus": "canceled", "embargoedUntil": "Friday", "expires": "never"})
    assert (made.article.status, made.article.embargo, made.article.expires) == (Status.CANCELED, None, None)
    assert {one.field for one in made.repairs} == {"embargoedUntil", "expires"}


@pytest.mark.parametrize(
    ("values", "headline"),
    [
        ({"title": "T"}, "T"),
        ({"descriptions": [{"value": "D"}]}, "D"),
        ({"bodies": [{"value": "First.\nSecond."}]}, "First."),
        ({"slugline": "s"}, "s"),
        ({"headlines": [{"role": "kicker", "value": "K"}, {"role": "main", "value": "M"}]}, "M"),
        ({"headline": "One\n line"}, "One line"),
    ],
)
def test_headlines(values: dict[str, Any], headline: str) -> None:
    made = draft({"uri": GUID, **values})
    assert made.article.headline == headline
    assert made.lost == (("headlines[kicker]",) if headline == "M" else ())


def test_an_item_without_words_is_no_article() -> None:
    assert rejected({"uri": GUID, "type": "text"}) == "headline is missing, and there is no text to take one from"


@pytest.mark.parametrize("kind", ["event", "planning"])
def test_plans_are_no_stories(kind: str) -> None:
    (found,) = read(item(type=kind))
    assert isinstance(found, Rejected)
    assert (found.guid, found.line) == (GUID, 1)
    assert "not a story" in found.reason


def test_a_name_that_is_no_uri_is_an_identity() -> None:
    found = draft({"guid": "20260302", "headline": "T"})
    assert (found.article.guid, found.identity) == ("", "20260302")
    assert [one.field for one in found.repairs] == ["guid"]


@pytest.mark.parametrize(
    ("stated", "version", "lost"),
    [("2", 2, ()), (3, 3, ()), (3.0, 3, ()), (0, None, ()), ("1.2", None, ("version",)), ("-1", None, ("version",)),
     (10**18, None, ("version",)), (True, None, ("version",)), (2_000_000_000, None, ("version",))],
)  # fmt: skip
def test_versions(stated: Any, version: int | None, lost: tuple[str, ...]) -> None:
    found = draft(item(version=stated))
    assert (found.stated_version, found.lost) == (version, lost)


def test_people_by_what_they_have_to_do_with_it() -> None:
    found = draft(item(
        by="Ada Holm",
        people=[
            {"name": "Ada Holm", "rel": "Author", "contactInfo": [
                {"type": "email", "value": "ada@harbour.example"}, {"type": "phone", "value": "1"}]},
            {"name": "Jon Ferry", "rel": "creator", "contactInfo": [{"type": "mail", "value": "nobody"}]},
            {"name": "Tove Lind", "rel": "contributor"},
            {"name": "Ines Quill", "rel": "about", "uri": "https://people.example/quill"},
            {"name": "Rolf Brandt"},
            {"name": ""},
        ],
    ))  # fmt: skip
    made = found.article
    assert made.authors == (Person(name="Ada Holm", email="ada@harbour.example"), Person(name="Jon Ferry"))
    assert made.contributors == (Person(name="Tove Lind"),)
    assert made.subjects == (Subject(scheme="https://people.example/", code="quill", name="Ines Quill"),)
    assert made.keywords == ("Rolf Brandt",)
    assert found.lost == ("people/rel", "people/contactInfo")


def test_bylines() -> None:
    assert article(by="Von Ada Holm, HP").authors == (Person(name="Von Ada Holm, HP"),)
    told = draft(item(by="Ada Holm and others", people=[{"name": "Ada Holm", "rel": "author"}]))
    assert told.lost == ("by",)
    agency = draft({"uri": GUID, "headline": "T", "bylines": [{"by": "By Ada Holm", "title": "Writer"}]})
    assert agency.article.authors == (Person(name="By Ada Holm"),)
    assert agency.lost == ("bylines/title",)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"uri": "http://cv.iptc.org/newscodes/mediatopic/20000337"}, Subject(scheme="medtop", code="20000337")),
        ({"uri": "https://cv.iptc.org/newscodes/subjectcode/01000000"}, Subject(scheme="subj", code="01000000")),
        ({"uri": "https://cv.example/a#b", "name": "N"},
         Subject(scheme="https://cv.example/a#", code="b", name="N")),
        ({"uri": "https://cv.example/a/", "literal": "7"}, Subject(scheme="https://cv.example/a/", code="7")),
        ({"scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": "20000337"},
         Subject(scheme="medtop", code="20000337")),
        ({"code": "own:7:8"}, Subject(scheme="own", code="7:8")),
        ({"literal": "tag:a.example,2020:x:8"}, Subject(scheme="tag:a.example,2020:x", code="8")),
        ({"qcode": "medtop:1"}, Subject(scheme="medtop", code="1")),
    ],
)  # fmt: skip
def test_subjects(values: dict[str, str], expected: Subject) -> None:
    assert article(subjects=[values]).subjects == (expected,)


def test_subjects_with_only_a_name_are_keywords() -> None:
    found = draft(item(
        subjects=[{"name": "ferries"}, {"name": "piers", "literal": "piers"}, {"rel": "keyword", "name": "x" * 501},
                  {"name": "long", "uri": f"https://cv.example/{'c' * 500}"}, {"name": "Town", "rel": "section"}, 1],
        events="Regatta",
    ))  # fmt: skip
    assert found.article.keywords == ("ferries", "piers", "long", "Regatta")
    assert found.article.sections == ("Town",)
    assert {one.field for one in found.repairs} == {"keywords", "subjects"}


def test_more_genres_than_one_are_lost() -> None:
    found = draft(item(genres=[{"name": "Current"}, {"literal": "Opinion"}]))
    assert (found.article.genre, found.lost) == ("Current", ("genres[Opinion]",))


@pytest.mark.parametrize(
    ("body", "located", "dateline"),
    [
        ("The ferry stops.", "Port Ellis", Dateline(text="Port Ellis", place="Port Ellis")),
        ("PORT ELLIS (HP) - The ferry stops.", "Port Ellis, Shire", None),
        ("The ferry stops.", None, None),
        ('<p><span class="dateline">Port Ellis –</span> The ferry stops.</p>', "Port Ellis",
         Dateline(text="Port Ellis –", place="Port Ellis")),
    ],
)  # fmt: skip
def test_datelines(body: str, located: str | None, dateline: Dateline | None) -> None:
    assert article(bodies=[{"value": body}], located=located).dateline == dateline


def test_a_source_without_a_place_is_lost() -> None:
    sources = [{"name": "HP", "role": "provider"}, {"name": "AAP"}]
    assert draft(item(infoSources=sources)).lost == ("infoSources",)
    found = draft(item(infoSources=sources, located="Port Ellis"))
    assert (found.article.dateline, found.lost) == (
        Dateline(text="Port Ellis", place="Port Ellis", source="AAP"), (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "expected"), [("en-GB", "en-GB"), ("nb_NO", "nb-NO"), ("Deutsch!", "en"), (None, "en")]
)
def test_languages(stated: str | None, expected: str) -> None:
    assert article(language=stated).language == expected


@pytest.mark.parametrize(("stated", "expected"), [(4, 4), ("4", 4), (4.0, 4), (9, None), (0, None), (2.5, None)])
def test_urgency(stated: Any, expected: int | None) -> None:
    assert article(urgency=stated).urgency == expected


def test_notes_and_corrections_are_told_apart() -> None:
    correction = {"role": "correction", "value": "C"}
    assert article(edNote="N\n\nC", descriptions=[correction]).note == "N"
    assert article(edNote="C", descriptions=[correction]).note is None
    made = article(edNote="N", descriptions=[correction])
    assert (made.note, made.correction) == ("N", "C")


def test_descriptions_by_their_roles() -> None:
    found = draft(item(descriptions=[
        {"role": "teaser", "value": "Other words"}, {"role": "summary", "value": "<p>Two weeks.</p>"},
        {"role": "text", "value": "weeks. Two"}, {"role": "highlight", "value": "One\nline"}, {"value": ""},
    ]))  # fmt: skip
    assert (found.article.abstract, found.article.highlights) == ("Two weeks.", ("One line",))
    assert found.lost == ("descriptions[teaser]",)


def test_paths_are_no_sluglines() -> None:
    found = draft(item(slugline="../etc"))
    assert found.article.slugline is None
    assert [one.field for one in found.repairs] == ["slugline"]


# Bodies


def test_the_body_that_says_most_is_taken() -> None:
    found = draft(item(bodies=[
        {"role": "text", "contentType": "text/plain", "value": "Ferry stops\nThe ferry stops on Monday."},
        {"role": "html", "contentType": "text/html", "value": "<p>The ferry stops.</p>"},
        {"role": "rich", "contentType": "text/html5", "value": "<h1>Ferry stops</h1><p>The ferry stops on Monday.</p>"},
        {"role": "nitf", "contentType": "application/xml", "value": "<x>Other words of a head</x>"},
        {"value": " "},
    ]))  # fmt: skip
    assert found.article.body == (Paragraph(html="The ferry stops on Monday."),)
    assert found.lost == ("bodies[nitf]",)
    old = draft({"uri": GUID, "headline": "T", "body_text": "All else", "body_xhtml": "<p>One</p>", "body_nitf": "One"})
    assert (old.article.body, old.lost) == ((Paragraph(html="One"),), ("body_text",))


@pytest.mark.parametrize(
    ("value", "kind", "html"),
    [
        ("One & <b>two\n\n three", "text/plain", ["One &amp; &lt;b&gt;two", "three"]),
        ("One\r\ntwo", None, ["One", "two"]),
        ("<p>One</p>", None, ["One"]),
        ("<x>One</x>", "application/xml", ["One"]),
    ],
)
def test_bodies_by_their_types(value: str, kind: str | None, html: list[str]) -> None:
    body = article(bodies=[{"value": value, "contentType": kind}]).body
    assert [block.html for block in body if isinstance(block, Paragraph)] == html


def test_marks_of_our_own_in_the_bodies_of_others() -> None:
    picture = {"name": "p", "uri": "a:b", "type": "picture", "renditions": [
        {"name": "r", "href": "https://media.example/1.jpg"}]}  # fmt: skip
    value = (
        'Before <figure data-media="p"><img src="https://media.example/1.jpg"/></figure>'
        '<figure data-media="q"><img src="https://media.example/2.jpg"/></figure> between'
        '<p class="related">R <a href="javascript:x">x</a></p><p class="related"></p>'
        '<p class="embed">Post <a href="https://a.example/1">https://a.example/1</a></p>'
        '<p class="embed"><a href="https://a.example/2">A</a></p><p class="embed">Nothing</p><p class="embed"></p>'
        '<p class="tagline"></p><p class="tagline">T</p><p><span class="dateline">D</span></p><h2>H</h2> after'
    )
    made = article(bodies=[{"contentType": "text/html", "value": value}], associations=[picture])
    assert made.body == (
        Paragraph(html="Before"),
        MediaBlock(media="p"),
        MediaBlock(media="m2"),
        Paragraph(html="between"),
        Related(title="R x"),
        Embed(url="https://a.example/1", html="Post"),
        Embed(url="https://a.example/2", html='<a href="https://a.example/2">A</a>'),
        Paragraph(html="Nothing"),
        Tagline(html="T"),
        Heading(html="H"),
        Paragraph(html="after"),
    )
    assert made.dateline == Dateline(text="D")
    assert [one.role for one in made.media] == [MediaRole.INLINE, MediaRole.INLINE]


def test_html_that_no_parser_of_xml_reads_is_mended() -> None:
    body = article(bodies=[{"contentType": "text/html", "value": '<p class="tagline">T<p>One <script>x</script>'}]).body
    assert body == (Paragraph(html="T"), Paragraph(html="One"))


def test_html_beyond_the_bounds_stops_the_item() -> None:
    assert rejected(item(bodies=[{"role": "html", "value": "<div>" * 500}])).startswith("body: ")


# Media


def test_a_picture_alone_is_an_article_with_itself_on_top() -> None:
    made = draft({
        "uri": GUID, "type": "picture", "headline": "A ferry", "description_caption": "At its pier",
        "description_creditline": "HP Photo", "body_text": "At its pier",
        "renditions": {"main": {"href": "https://media.example/1.jpg", "mimetype": "image/jpeg", "duration": 1.5}},
    }).article  # fmt: skip
    (picture,) = made.media
    assert (picture.role, picture.credit, picture.caption, picture.duration) == (
        MediaRole.LEAD, "HP Photo", "At its pier", 2,
    )  # fmt: skip
    assert made.url is None


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"type": "video"}, MediaType.VIDEO),
        ({"type": "graphic"}, MediaType.GRAPHIC),
        ({"type": "component"}, MediaType.DOCUMENT),
        ({"renditions": [{"contentType": "audio/mpeg", "href": "https://media.example/1.mp3"}]}, MediaType.AUDIO),
    ],
)
def test_kinds_of_media(values: dict[str, Any], kind: MediaType) -> None:
    made = article(associations=[{"name": "a", "uri": "a:b", "slugline": "s", **values}])
    assert [one.type for one in made.media] == [kind]


def test_media_have_ids_that_differ_and_roles() -> None:
    pictures = [
        {"name": name, "uri": "a:b", "type": "picture", "headlines": [{"value": "T"}], "bodies": [{"value": "B"}]}
        for name in ("a", "a", None, "c")
    ]
    made = article(associations=[*pictures, {"name": "d", "uri": "a:c", "type": "picture"}, "x"])
    assert [one.id for one in made.media] == ["a", "a-2", "m3", "c"]
    assert [one.role for one in made.media] == [MediaRole.LEAD, *[MediaRole.GALLERY] * 3]
    assert made.media[0].caption == "B"
    assert made.links == (Link(rel="seeAlso", guid="a:c"),)


@pytest.mark.parametrize(
    ("values", "link"),
    [
        ({"name": "x", "rel": "previous", "uri": "a:b"}, Link(rel="previous", guid="a:b")),
        ({"name": "link2_previous", "uri": "a:b"}, Link(rel="previous", guid="a:b")),
        ({"name": "x", "uri": "https://a.example/1", "renditions": [
            {"name": "web", "contentType": "text/html", "href": "https://a.example/1"}]},
         Link(rel="seeAlso", url="https://a.example/1")),
    ],
)  # fmt: skip
def test_links(values: dict[str, Any], link: Link) -> None:
    assert article(associations=[values]).links == (link,)


def test_an_association_that_names_nothing_is_lost() -> None:
    assert draft(item(associations=[{"name": "x"}])).lost == ("associations",)


def test_renditions_of_a_story() -> None:
    page = {"name": "web", "contentType": "text/html", "href": "https://a.example/1"}
    found = draft(item(renditions=[page, {"name": "pdf", "href": "https://a.example/1.pdf"}]))
    assert (found.article.url, found.lost) == ("https://a.example/1", ("renditions",))
    assert draft(item(renditions=[page])).lost == ()


# Documents


def test_lists_answers_and_packages() -> None:
    one, two = item(), item(uri="tag:harbour.example,2019:story:51")
    answer = {"data": {"items": [{"meta": {}, "item": one}, {"item": two}]}}
    package = {"uri": "a:b", "type": "composite", "associations": [
        {"name": "a", **one}, {"name": "b", **two}, {"name": "c", "uri": "a:c"},
        {"name": "d", "type": "picture", "uri": "a:d", "slugline": "s"}]}  # fmt: skip
    old = {"uri": "a:b", "type": "composite", "associations": {"a": one, "b": two}}
    for document in ([one, two], answer, package, old, {"_items": [one, [two]]}):
        assert [draft.article.guid for draft in read(document) if isinstance(draft, Draft)] == [GUID, two["uri"]]


def test_a_composite_with_a_text_of_its_own_is_a_story() -> None:
    made = draft(item(type="composite", bodies=[{"value": "One."}], associations=[{"name": "a", **item()}]))
    assert made.article.links == (Link(rel="seeAlso", guid=GUID),)
    assert made.lost == ("associations/headlines",)


def test_lines() -> None:
    text = "\n\n".join(["[", *[json.dumps(item(uri=f"a:{n}")) + "," for n in range(2)], json.dumps(item()), "]"])
    assert [one.line for one in read(text)] == [3, 5, 7]


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"{", 1, "is not JSON at column 2"),
        (b'{"uri":\n"a:b",}', 2, "is not JSON at column"),
        (b'{"uri": "\xe4"}', 1, "is not UTF-8 at byte 9"),
        (b"[]", 1, "holds no item of ninjs"),
        (b"3", 1, "holds no item of ninjs"),
        (b'{"a": {"uri": 1}}', 1, "holds no item of ninjs"),
        (b"[" * 5000, None, "is n"),
        (b'{"data":' * 20 + b"1" + b"}" * 20, 1, "holds no item of ninjs"),
    ],
)
def test_what_is_no_ninjs_is_told_with_its_line(data: bytes, line: int | None, reason: str) -> None:
    with pytest.raises(InputError) as error:
        read(data)
    assert error.value.reason.startswith(reason)
    assert error.value.line in (line, 1)


def test_associations_in_associations_without_end() -> None:
    nested = '{"uri": "a:b", "type": "composite", "associations": {"x": ' * 400 + "{}" + "}}" * 400
    with pytest.raises(LimitError):
        read(nested)


def test_lines_of_escaped_names_are_those_of_the_item_before() -> None:
    text = "[" + ",\n".join('{"uri": "a:\\u0062", "headline": "T"}' for _ in range(30)) + "]"
    assert {one.line for one in read(text)} == {1}


def test_words_are_counted_in_linear_time() -> None:
    assert counts_of("<" + "a" * 200_000) == (1, 200_001)
    assert counts_of("<a " * 100_000)[0] == 100_000


def test_a_file_beyond_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ninjs, "_LARGEST", 10)
    with pytest.raises(LimitError):
        list(ninjs.read(io.BytesIO(b" " * 11), "a.json", READING))


def test_halves_of_characters_are_repaired() -> None:
    found = draft(b'\xef\xbb\xbf{"uri": "a:b", "headline": "T\\ud800", "description_text": "a\\u0000b"}')
    assert (found.article.headline, found.article.abstract) == ("T", "ab")
    assert {one.field for one in found.repairs} == {"headlines", "descriptions"}


def test_bounds() -> None:
    found = draft(item(edNote="x" * 30_000, subjects=[{"name": str(n)} for n in range(600)]))
    assert len(found.article.note or "") == 20_000
    assert len(found.article.keywords) == 500
    assert found.lost == ("subjects",)
    long = draft({"uri": GUID, "headline": "x" * 2001, "byline": "x" * 501})
    assert (len(long.article.headline), len(long.article.authors[0].name)) == (2000, 500)
    assert [one.field for one in long.repairs] == ["by", "headlines"]
    assert rejected(item(bodies=[{"value": "x" * 300_000}])).startswith("body: the text is larger")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([
    "type", "version", "firstCreated", "embargoedUntil", "pubStatus", "urgency", "headlines", "headline", "bodies",
    "body_html", "descriptions", "description_text", "people", "authors", "subjects", "genres", "by", "located",
    "infoSources", "renditions", "associations", "language", "standard", "keywords", "service", "edNote", "usageTerms",
]), _JSON, max_size=8))  # fmt: skip
@settings(max_examples=80)
def test_no_value_of_a_wrong_type_breaks_the_reader(values: dict[str, Any]) -> None:
    (found,) = read({"uri": GUID, "title": "T", **values})
    assert isinstance(found, Draft | Rejected)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'{"uri": "a:b", "versioncreated": "2026"}', True),
        (b'\xef\xbb\xbf [{"guid": "x", "pubstatus": "usable"}]', True),
        (b'{"standard": {"name": "ninjs"}}', True),
        (b'{"uri": "a:b", "headline": "T"}', True),
        (b'{"guid": "a:b", "headline": "T", "body_html": "<p>x</p>"}', False),
        (b'{"guid": "a:b", "headline": "T", "abstract": "\\"versioncreated\\": 1"}', False),
        (b'{"version": "https://jsonfeed.org/version/1.1", "uri": "a:b", "headlines": []}', False),
        (b'{"@context": "https://schema.org", "uri": "a:b", "headline": "T"}', False),
        (b'{"uri": "a:b"}', False),
        (b'<a uri="x"/>', False),
        (b"", False),
    ],
)
def test_detect(head: bytes, expected: bool) -> None:
    assert ninjs.detect(head, "a.json") is expected
