"""Documents as agencies write them: what is understood, repaired, lost and refused."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest

from syndicate.formats import base as formats
from syndicate.formats.nitf import read
from syndicate.model.article import Dateline, Link, Person, Signal, Status
from syndicate.model.body import Paragraph
from syndicate.model.draft import Draft
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject
from tests.formats.nitf.test_read_back import NOW, READING, document, drafted, rejected
from tests.formats.nitf.test_render import KILLED
from tests.formats.story import STORY


def head(markup: str, body: str = "<hedline><hl1>Ferry</hl1></hedline>") -> Draft:
    """The draft of a document with such a head."""
    return drafted(f"<nitf><head>{markup}</head><body><body.head>{body}</body.head></body></nitf>".encode())


def docdata(markup: str, attributes: str = "") -> Draft:
    """The draft of a document with such docdata."""
    return head(f"<docdata{attributes}>{markup}</docdata>")


@pytest.mark.parametrize(
    ("start", "is_nitf"),
    [
        (b"<nitf>", True),
        (b'\xef\xbb\xbf <?xml version="1.0"?><!--<x>--><!DOCTYPE nitf SYSTEM "x.dtd" [<!ENTITY a "b">]><nitf/>', True),
        (b'<n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/">', True),
        ('<?xml version="1.0" encoding="UTF-16"?><nitf>'.encode("utf-16"), True),
        (b"<NewsML><nitf>", False),
        (b"<nitfs>", False),
        (b'{"nitf": 1}', False),
        (b"", False),
    ],
)  # fmt: skip
def test_files_are_known_by_their_root(start: bytes, is_nitf: bool) -> None:
    assert read.detect(start, "a.xml") is is_nitf


def test_no_other_reader_claims_our_documents() -> None:
    assert formats.detect_reader(document(STORY), "story.xml") == "nitf"


def test_a_name_that_is_a_uri_is_the_guid() -> None:
    found = docdata('<doc-id regsrc="h.example" id-string="urn:newsml:h.example:20260302:17"/>')
    assert (found.article.guid, found.repairs) == ("urn:newsml:h.example:20260302:17", ())


def test_another_name_is_kept_for_a_guid() -> None:
    found = docdata('<doc-id regsrc="HP" id-string="17"/><du-key version="3" key="ferry"/>')
    assert (found.article.guid, found.identity, found.stated_version) == ("", "HP:17", 3)
    assert [one.field for one in found.repairs] == ["guid"]


def test_without_a_name_the_file_names_it() -> None:
    assert docdata('<doc-id regsrc="HP"/>').identity == "story"
    (found,) = read.read(BytesIO(b"<nitf><body><p>Ferry</p></body></nitf>"), "-", READING)
    assert isinstance(found, Draft)
    assert found.identity == ""


def test_a_document_that_takes_another_back_is_about_that_one() -> None:
    attributes = ' management-status="canceled" management-doc-idref="urn:newsml:h.example:20260302:16"'
    found = docdata('<doc-id id-string="urn:newsml:h.example:20260302:17"/>', attributes)
    assert (found.article.guid, found.article.status) == ("urn:newsml:h.example:20260302:16", Status.CANCELED)


@pytest.mark.parametrize("status", [Status.WITHHELD, Status.CANCELED])
def test_what_was_withdrawn_comes_back_without_its_notice(status: Status) -> None:
    article = drafted(document(replace(KILLED, status=status))).article
    assert (article.status, article.headline, article.body) == (status, STORY.headline, ())
    assert (article.note, article.correction) == ("Wrong pier.", STORY.correction)
    assert article.guid == STORY.guid


@pytest.mark.parametrize(
    ("stated", "status"),
    [("usable", Status.USABLE), ("Withheld", Status.WITHHELD), ("cancelled", Status.CANCELED),
     ("advisory", Status.WITHHELD), ("", Status.USABLE)],
)  # fmt: skip
def test_status(stated: str, status: Status) -> None:
    found = docdata("", f' management-status="{stated}"')
    assert found.article.status is status
    assert bool(found.repairs) is (stated == "advisory")


def test_what_was_withdrawn_needs_no_text() -> None:
    found = drafted(b'<nitf><head><docdata management-status="canceled"/></head></nitf>')
    assert found.article.headline == ""


RELEASE = '<date.issue norm="20260303T090000Z"/><date.release norm="{}"/>'


def test_a_release_to_come_is_an_embargo() -> None:
    later = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)
    assert docdata(RELEASE.format("20260305T060000+0100")).article.embargo == later
    assert docdata(RELEASE.format("20260303T080000Z")).article.embargo is None
    over = docdata(RELEASE.format("20260303T080000Z"), ' management-status="embargoed"').article
    assert over.embargo == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("release", ["Thursday", "20261301T000000Z", "20260305T060000", "20260305"])
def test_a_release_that_would_have_to_be_guessed_withholds(release: str) -> None:
    found = docdata(RELEASE.format(release))
    assert (found.article.embargo, found.article.status) == (None, Status.WITHHELD)
    assert [one.field for one in found.repairs] == ["embargo"]
    killed = docdata(RELEASE.format(release), ' management-status="killed"')
    assert killed.article.status is Status.CANCELED


def test_a_release_before_the_issue_holds_nothing_back() -> None:
    assert docdata(RELEASE.format("20260303")).article.status is Status.USABLE


@pytest.mark.parametrize("release", ["", "Thursday", "20261301T000000Z"])
def test_an_embargo_without_a_time_holds_until_further_notice(release: str) -> None:
    found = docdata(RELEASE.format(release), ' management-status="embargoed"')
    assert (found.article.embargo, found.article.status) == (None, Status.WITHHELD)
    assert "embargo" in {one.field for one in found.repairs}


@pytest.mark.parametrize(
    ("norm", "moment", "is_repaired"),
    [
        ("20260303T100000+0100", datetime(2026, 3, 3, 9, 0, tzinfo=UTC), False),
        ("2026-03-03T09:00:00Z", datetime(2026, 3, 3, 9, 0, tzinfo=UTC), False),
        (" 20260303T090000 ", datetime(2026, 3, 3, 9, 0, tzinfo=UTC), True),
        ("20260303", datetime(2026, 3, 3, tzinfo=UTC), True),
        ("20260303T09000Z", datetime(2026, 3, 3, 9, 0, tzinfo=UTC), False),
        ("YYYYMMDD000000-HHMM", NOW, False),
        ("00010101T000000+0100", NOW, False),
    ],
)
def test_times(norm: str, moment: datetime, is_repaired: bool) -> None:
    found = docdata(f'<date.issue norm="{norm}"/>')
    assert found.article.updated == moment
    assert bool(found.repairs) is is_repaired
    assert found.article.derived == (("published", "updated") if moment is NOW else ())
    assert ("date.issue@norm" in found.lost) is (moment is NOW)


def test_first_publication() -> None:
    found = head(
        '<docdata><date.issue norm="20260303T090000Z"/></docdata><pubdata date.publication="20260301T090000Z"/>'
    )
    assert found.article.published == datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_subjects() -> None:
    found = head(
        '<tobject tobject.type="Sport"><tobject.property tobject.property.type="current"/>'
        '<tobject.subject tobject.subject.refnum="15054000" tobject.subject.matter="football"/>'
        '<tobject.subject tobject.subject.refnum="15000000" tobject.subject.type="sport"/>'
        '<tobject.subject tobject.subject.type="rowing"/></tobject>'
        '<docdata><identified-content><org idsrc="isin" value="XX1">Ferries</org><person>Rolf Brandt</person>'
        '<classifier idsrc="medtop" value="15000000"/></identified-content><doc-scope scope="Town"/></docdata>'
    )
    assert found.article.subjects == (
        Subject(scheme="isin", code="XX1", name="Ferries"),
        Subject(scheme="medtop", code="15000000"),
        Subject(scheme="subj", code="15054000", name="football"),
    )
    assert (found.article.sections, found.article.genre) == (("Sport", "Town"), None)
    assert found.lost == ("identified-content/person", "tobject.subject")


def test_what_else_docdata_says() -> None:
    found = docdata(
        '<urgency ed-urg="3"/><key-list><keyword key="ferry"/><keyword>crane</keyword></key-list>'
        '<ed-msg info="See also &quot;Crane&quot;"/><doc.copyright holder="HP" year="2026"/>'
        '<doc.rights owner="HP" agent="Agency" limitations="No archive" geography="Port"/><correction info="Pier 5"/>'
    )
    article = found.article
    assert (article.urgency, article.keywords, article.note) == (3, ("ferry", "crane"), 'See also "Crane"')
    assert article.rights == Rights(holder="HP", usage="No archive Port")
    assert (article.correction, article.signal) == ("Pier 5", Signal.CORRECTION)
    assert found.lost == ("doc.rights@agent",)


@pytest.mark.parametrize(("stated", "urgency"), [("1", 1), ("0", None), ("high", None), ("44", None), ("", None)])
def test_urgency(stated: str, urgency: int | None) -> None:
    found = docdata(f'<urgency ed-urg="{stated}"/>')
    assert found.article.urgency == urgency
    assert bool(found.lost) is (stated in {"high", "44"})


def test_what_has_no_place_is_named_once() -> None:
    found = head(
        '<meta name="anpa-format" content="x"/><meta name="empty" content=""/><title>Ferry</title>'
        '<docdata><series series.part="1"/><fixture fix-id="tides"/><fixture fix-id="tides"/><evloc/>'
        '<du-key version="two"/><urgency ed-urg="1"/><urgency ed-urg="2"/></docdata><iim><ds num="1" value="a"/></iim>'
        '<revision-history name="Ada Holm" function="editor" comment="adds pier"/><pubdata ex-ref="ferry.html"/>'
    )
    assert set(found.lost) == {
        "meta[anpa-format]", "docdata/series", "docdata/fixture", "du-key@version", "urgency@ed-urg", "head/iim",
        "revision-history@name", "pubdata@ex-ref",
    }  # fmt: skip
    assert len(found.lost) == len(set(found.lost))
    assert found.article.note == "adds pier"


@pytest.mark.parametrize(
    ("markup", "slugline"),
    [
        ('<meta name="anpa-keyword" content="ferry crane"/><title>x</title>', "ferry crane"),
        ("<title>1 TOWN Ferry</title>", "1 TOWN Ferry"),
        ('<title>Ferry</title><docdata><du-key key="town-ferry"/></docdata>', "town-ferry"),
        ('<docdata><doc-id id-string="7"/><du-key key="7"/></docdata>', None),
    ],
)
def test_the_working_name(markup: str, slugline: str | None) -> None:
    assert head(markup).article.slugline == slugline


def test_body_head() -> None:
    found = head(
        "",
        "<hedline><hl1>Ferry</hl1><hl2>Crane falls</hl2><hl2>Nobody hurt</hl2></hedline>"
        "<byline>By Ada Holm and Jon Ferry</byline><distributor><org>HP</org></distributor>"
        "<dateline><location><city>Port Ellis</city>\n<country>Ellis</country></location></dateline>",
    )
    article = found.article
    assert article.abstract == "Crane falls"
    assert article.authors == (Person(name="Ada Holm"), Person(name="Jon Ferry"))
    assert article.dateline == Dateline(text="Port Ellis, Ellis", place="Port Ellis", source="HP")
    assert found.lost == ("hedline/hl2",)


def test_a_distributor_alone_has_no_place() -> None:
    found = head("", "<hedline><hl1>Ferry</hl1></hedline><distributor>HP</distributor>")
    assert found.lost == ("body.head/distributor",)


def test_a_headline_is_made_where_there_is_none() -> None:
    found = drafted(b"<nitf><body><body.content><p>The ferry stops.</p></body.content></body></nitf>").article
    assert (found.headline, found.derived) == ("The ferry stops.", ("headline", "published", "updated"))
    assert found.body == (Paragraph(html="The ferry stops."),)
    assert head("<title>Ferry</title>", "").article.headline == "Ferry"


def test_language_and_links() -> None:
    data = (
        '<nitf baselang="de-AT"><head><meta name="link.previous" content="guid=tag:h.example,2019:1"/>'
        '<meta name="link.seeAlso" content="nothing"/><pubdata ex-ref="https://h.example/1"/></head>'
        "<body><p>Fähre</p></body></nitf>"
    )
    article = drafted(data.encode()).article
    assert (article.language, article.url) == ("de-AT", "https://h.example/1")
    assert article.links == (Link(rel="previous", guid="tag:h.example,2019:1"),)
    assert drafted(b'<nitf xml:lang="sv"><body><p>F</p></body></nitf>').article.language == "sv"
    assert drafted(b'<nitf xml:lang="?"><body><p>F</p></body></nitf>').article.language == "en"


def test_what_cannot_be_read() -> None:
    assert rejected(b"<nitf>\n<head>").reason.startswith("is not well-formed XML")
    assert rejected(b"<nitf>\n<head>").line == 2
    assert rejected(b"<nitf/>").reason == "has neither a headline nor a text"
    assert "is larger than 16 MiB" in rejected(b" " * (read.MAX_BYTES + 1)).reason


def test_entities_are_not_resolved() -> None:
    bomb = '<!DOCTYPE nitf [<!ENTITY a "x"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    found = drafted(f"{bomb}<nitf><body><p>A&a;B&b;C</p></body></nitf>".encode())
    assert found.article.body == (Paragraph(html="ABC"),)
