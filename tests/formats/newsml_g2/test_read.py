"""Items to articles: what every field is read from, leniently, and what is said of what cannot be carried."""

import io
from datetime import UTC, datetime

import pytest

from syndicate.errors import InputError, LimitError
from syndicate.formats.newsml_g2 import read
from syndicate.model.article import Dateline, Link, Person, Signal, Status
from syndicate.model.body import Heading, Paragraph
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject
from tests.conftest import NOW
from tests.formats.newsml_g2.sources import GUID, XMLNS, article, draft, found, item, message, nitf, rejected, xhtml

HEADLINE = "<headline>Ferry stops</headline>"


@pytest.mark.parametrize(
    ("head", "is_ours"),
    [
        (item(), True),
        (message(item()), True),
        (f'<?xml version="1.0"?>\n<!-- a > b -->\n<!DOCTYPE x>\n<n:newsItem xmlns:n="{XMLNS}"/>', True),
        (f'<packageItem xmlns="{XMLNS}"/>', True),
        (f'<conceptItem xmlns="{XMLNS}"/>', True),
        ('<newsItem standard="NewsML-G2"/>', True),
        ("<newsMessage/>", True),
        ("<newsItem/>", False),
        ("<NewsML/>", False),
        ('<rss version="2.0"/>', False),
        ("<nitf/>", False),
        ("<html><newsMessage/></html>", False),
        ('{"uri": "x"}', False),
        ("", False),
    ],
)
def test_detects_items_and_messages(head: str, is_ours: bool) -> None:
    assert read.detect(head.encode(), "x") is is_ours
    assert read.detect(b"\xef\xbb\xbf" + head.encode(), "x") is is_ours
    assert read.detect(head.encode("utf-16"), "x") is is_ours


def test_identity_and_times() -> None:
    made = draft(item())
    story = made.article
    assert (story.guid, story.version, made.stated_version, made.identity) == (GUID, 3, 3, GUID)
    assert story.published == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert story.updated == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert (story.status, story.language, story.derived) == (Status.USABLE, "en", ())
    assert (made.file, made.line, made.repairs, made.lost) == ("story.xml", 1, (), ())


def test_large_versions_are_whole_numbers_and_others_are_none() -> None:
    assert draft(item(attributes=' version="1927777166"')).stated_version == 1927777166
    for text in ("", "two", "-1", "0", "9" * 30, "1.5"):
        assert draft(item(attributes=f' version="{text}"')).stated_version is None
    assert article(item(attributes="")).version == 1


def test_a_guid_that_is_no_uri_gives_way_to_one_made_from_it() -> None:
    made = draft(item(guid="L2N1PH00M"))
    assert (made.article.guid, made.identity) == ("", "L2N1PH00M")
    assert [repair.field for repair in made.repairs] == ["guid"]


def test_an_item_without_guid_is_named_by_its_file_when_it_is_alone() -> None:
    assert draft(item(guid="")).identity == "story.xml"
    reasons = [one.reason for one in found(message(item(guid=""), item(guid=""))) if isinstance(one, Rejected)]
    assert len(reasons) == 2
    assert "no guid" in reasons[0]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02T10:00:00+02:00", datetime(2026, 3, 2, 8, tzinfo=UTC)),
        ("\n  2026-03-02T10:00:00 Z ", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("2026-03-02 10:00:00.250Z", datetime(2026, 3, 2, 10, 0, 0, 250000, tzinfo=UTC)),
        ("20260302T100000Z", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("20260302T100000+0530", datetime(2026, 3, 2, 4, 30, tzinfo=UTC)),
        ("2026-03-02T10:00-05", datetime(2026, 3, 2, 15, tzinfo=UTC)),
    ],
)
def test_times_as_agencies_write_them(text: str, moment: datetime) -> None:
    made = draft(item(times=f"<versionCreated>{text}</versionCreated>"))
    assert made.article.updated == made.article.published == moment
    assert made.article.derived == ("published",)
    assert made.repairs == ()


@pytest.mark.parametrize(("text", "clause"), [("2026-03-02T10:00:00", "no zone"), ("20260302", "no time of day")])
def test_what_a_time_lacks_is_assumed_and_said(text: str, clause: str) -> None:
    made = draft(item(times=f"<versionCreated>{text}</versionCreated>"))
    assert made.article.updated.tzinfo is UTC
    assert [(repair.field, clause in repair.what) for repair in made.repairs] == [("updated", True)]


@pytest.mark.parametrize(
    "text", ["yesterday", "2026-02-30T10:00:00Z", "0001-01-01T00:00:00Z", "2026-03-02T10:00:00+99:00"]
)
def test_a_time_that_cannot_be_read_is_left_out(text: str) -> None:
    made = draft(item(times=f"<versionCreated>{text}</versionCreated>"))
    assert (made.article.updated, made.article.derived) == (NOW, ("published", "updated"))
    assert "left out" in made.repairs[0].what


def test_a_story_is_not_younger_than_its_version() -> None:
    times = "<versionCreated>2026-03-01T10:00:00Z</versionCreated><firstCreated>2026-03-02T10:00:00Z</firstCreated>"
    made = draft(item(times=times))
    assert made.article.published == made.article.updated == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert [repair.field for repair in made.repairs] == ["published"]


def test_times_of_the_content_stand_in_for_those_of_the_item() -> None:
    content = (
        "<contentCreated>2026-03-01T10:00:00Z</contentCreated><contentModified>2026-03-02T10:00:00Z</contentModified>"
    )
    story = article(item(times="", content=content + HEADLINE))
    assert (story.published.day, story.updated.day, story.derived) == (1, 2, ())


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("", Status.USABLE),
        ('<pubStatus qcode="stat:withheld"/>', Status.WITHHELD),
        ('<pubStatus qcode="stat:cancelled"/>', Status.CANCELED),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', Status.CANCELED),
    ],
)
def test_status(status: str, expected: Status) -> None:
    made = draft(item(status=status))
    assert (made.article.status, made.repairs) == (expected, ())


def test_a_status_that_nobody_knows_keeps_the_item_back() -> None:
    made = draft(item(status='<pubStatus qcode="own:maybe"/>'))
    assert made.article.status is Status.WITHHELD
    assert "maybe" in made.repairs[0].what


def test_embargo_and_expiry() -> None:
    meta = "<embargoed>2026-03-05T06:00:00+01:00</embargoed><expires>2026-04-01T00:00:00Z</expires>"
    story = article(item(meta))
    assert (story.embargo, story.expires) == (datetime(2026, 3, 5, 5, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


def test_an_embargo_without_end_keeps_the_item_back() -> None:
    made = draft(item("<embargoed/>"))
    assert (made.article.status, made.article.embargo) == (Status.WITHHELD, None)
    assert [repair.field for repair in made.repairs] == ["embargo"]


@pytest.mark.parametrize("name", ["embargoed", "expires"])
def test_an_embargo_or_expiry_that_cannot_be_read_rejects_the_item(name: str) -> None:
    assert "not a time" in rejected(item(f"<{name}>Friday</{name}>"))
    canceled = article(item(f"<{name}>Friday</{name}>", status='<pubStatus qcode="stat:canceled"/>'))
    assert (canceled.status, canceled.embargo, canceled.expires) == (Status.CANCELED, None, None)


@pytest.mark.parametrize("stated", ["2026-03-05T06:00:00", "2026-03-05"])
def test_an_embargo_is_not_guessed(stated: str) -> None:
    assert "nobody knows the moment" in rejected(item(f"<embargoed>{stated}</embargoed>"))


def test_the_last_of_several_embargoes_holds() -> None:
    several = "<embargoed>2026-03-05T06:00:00Z</embargoed><embargoed>2026-03-06T06:00:00Z</embargoed>"
    assert article(item(several)).embargo == datetime(2026, 3, 6, 6, tzinfo=UTC)
    assert article(item(f"{several}<embargoed/>")).status is Status.WITHHELD


def test_a_status_that_says_nothing_keeps_the_item_back() -> None:
    assert article(item(status='<pubStatus qcode=""/>')).status is Status.WITHHELD


def test_a_withdrawal_gets_through_without_its_text() -> None:
    html = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{'x' * 300_000}</p></body></html>"
    text = f'<inlineXML contenttype="application/xhtml+xml">{html}</inlineXML>'
    assert "larger" in rejected(item(text=text))
    canceled = article(item(text=text, status='<pubStatus qcode="stat:canceled"/>'))
    assert (canceled.status, canceled.body) == (Status.CANCELED, ())


def test_headlines() -> None:
    assert article(item(content="<headline> Two\n  lines </headline>")).headline == "Two lines"
    several = draft(item(content=HEADLINE + "<headline>Another</headline>"))
    assert (several.article.headline, several.lost) == ("Ferry stops", ("contentMeta/headline",))
    assert article(item("<title>Of the item</title>", "")).headline == "Of the item"
    assert article(item(content="<slugline>ferry</slugline>")).headline == "ferry"
    made = article(item(content="", text=nitf("<p>Text.</p>", "<hedline><hl1>Of the text</hl1></hedline>")))
    assert (made.headline, made.derived) == ("Of the text", ())


def test_a_missing_headline_is_taken_from_the_text() -> None:
    made = draft(item(content="", text=xhtml("<p>The ferry stops on Monday. Buses run instead.</p>")))
    assert made.article.headline == "The ferry stops on Monday."
    assert made.article.derived == ("headline",)
    assert [repair.field for repair in made.repairs] == ["headline"]


def test_an_item_that_says_nothing_is_no_article() -> None:
    assert "no headline" in rejected(item(content=""))


def test_a_withdrawal_needs_no_text_and_no_headline() -> None:
    story = article(item("<edNote>Wrong</edNote>", "", status='<pubStatus qcode="stat:canceled"/>'))
    assert (story.status, story.headline, story.note, story.body) == (Status.CANCELED, "", "Wrong", ())
    killed = item(content="<headline>KILL: Ferry stops</headline>", status='<pubStatus qcode="stat:canceled"/>')
    assert article(killed).headline == "Ferry stops"


def test_a_title_that_says_something_else_is_said_to_be_lost() -> None:
    assert draft(item("<title>Ferry stops</title>")).lost == ()
    assert draft(item("<title>Working title</title>")).lost == ("itemMeta/title",)


def test_notes_and_signals() -> None:
    meta = '<edNote>Second <b xmlns="x">paragraph</b></edNote><edNote>More</edNote><edNote>More</edNote>'
    story = article(item(meta + '<signal qcode="sig:update"/>'))
    assert (story.note, story.correction, story.signal) == ("Second paragraph\nMore", None, Signal.UPDATE)
    story = article(item(meta + '<signal qcode="sig:correction"/>'))
    assert (story.note, story.correction, story.signal) == ("More", "Second paragraph", Signal.CORRECTION)
    assert draft(item('<signal qcode="own:x"/>')).lost == ("itemMeta/signal",)


def test_a_signal_by_address_or_by_another_alias() -> None:
    assert article(item('<signal uri="http://cv.iptc.org/newscodes/signal/update"/>')).signal is Signal.UPDATE
    catalog = '<catalog><scheme alias="s" uri="http://cv.iptc.org/newscodes/signal/"/></catalog>'
    assert article(item('<signal qcode="s:update"/>', before=catalog)).signal is Signal.UPDATE


@pytest.mark.parametrize(
    ("content", "authors", "lost"),
    [
        ('<creator type="cpnat:person"><name>Ada Holm</name></creator>', ("Ada Holm",), ()),
        ("<by>By Ada Holm and Jon Ferry</by>", ("Ada Holm", "Jon Ferry"), ()),
        ('<creator literal="ah"/><by>Ada Holm</by>', ("Ada Holm",), ("contentMeta/creator",)),
        ('<creator literal="Ada Holm"/><by>By Ada Holm</by>', ("Ada Holm",), ()),
        ('<creator literal="Ada Holm"/>', ("Ada Holm",), ()),
        ('<creator literal="harbour.example"/>', (), ("contentMeta/creator",)),
        ('<creator qcode="staff:ah"/>', ("ah",), ()),
        ('<creator type="cpnat:organisation" literal="Desk"/>', (), ("contentMeta/creator",)),
        ("<creator/>", (), ()),
        ("<by>harbour.example</by>", (), ("contentMeta/by",)),
        (
            '<creator type="cpnat:person"><name>Ada Holm</name></creator><by>Desk</by>',
            ("Ada Holm",),
            ("contentMeta/by",),
        ),
    ],
)
def test_authors(content: str, authors: tuple[str, ...], lost: tuple[str, ...]) -> None:
    made = draft(item(content=HEADLINE + content))
    assert tuple(person.name for person in made.article.authors) == authors
    assert made.lost == lost


def test_people_have_roles_and_addresses() -> None:
    details = "<personDetails><contactInfo><email>ada@harbour.example</email></contactInfo></personDetails>"
    creator = f'<creator role="prole:chief%20reporter"><name>Ada Holm</name>{details}</creator>'
    contributor = '<contributor literal="Tove Lind"/><contributor role="cpprole:editor"><name>Per</name></contributor>'
    story = article(item(content=HEADLINE + creator + contributor))
    assert story.authors == (Person(name="Ada Holm", email="ada@harbour.example", role="chief reporter"),)
    assert story.contributors == (Person(name="Tove Lind"), Person(name="Per", role="editor"))


def test_byline_and_notes_of_the_payload() -> None:
    head = "<note><body.content><p>Desk note</p></body.content></note><byline>By <person>Ada Holm</person></byline>"
    story = article(item(text=nitf("<p>Text.</p>", head)))
    assert story.authors == (Person(name="Ada Holm"),)
    assert story.note == "Desk note"


def test_subjects() -> None:
    catalog = (
        '<catalog><scheme alias="mt" uri="http://cv.iptc.org/newscodes/mediatopic/"/>'
        '<scheme alias="port" uri="https://harbour.example/cv/port/"/></catalog>'
    )
    content = (
        '<subject qcode="mt:11000000"><name xml:lang="de">Politik</name><name>politics</name></subject>'
        '<subject uri="https://harbour.example/cv/port/ellis"/>'
        '<subject uri="http://cv.iptc.org/newscodes/subjectcode/04000000"/>'
        '<subject type="cpnat:person" literal="Ines Quill"/>'
        '<subject qcode="no-colon"/>'
        '<subject qcode="mt:11000000"><name>politics</name></subject>'
        "<subject/>"
    )
    made = draft(item(content=HEADLINE + content, before=catalog))
    assert made.article.subjects == (
        Subject(scheme="medtop", code="11000000", name="politics"),
        Subject(scheme="port", code="ellis"),
        Subject(scheme="subj", code="04000000"),
        Subject(scheme="literal", code="Ines Quill"),
        Subject(scheme="literal", code="no-colon"),
    )
    assert made.lost == ("contentMeta/subject@type",)


def test_names_in_the_language_of_the_item() -> None:
    names = (
        '<name xml:lang="fr">pêche</name><name role="nrol:short">f</name><name xml:lang="en-GB">fishing</name>'
        '<name xml:lang="de">Fischerei</name>'
    )
    content = f'{HEADLINE}<subject qcode="medtop:20000211">{names}</subject>'
    for language, name in (("de", "Fischerei"), ("en", "fishing"), ("pl", "fishing")):
        assert article(item(content=content, attributes=f' xml:lang="{language}"')).subjects[0].name == name


def test_words_and_numbers() -> None:
    content = (
        "<urgency> 4 </urgency><genre qcode='genre:Press_Release'/><keyword>ferry</keyword><keyword>crane</keyword>"
        "<keyword>ferry</keyword><slugline>ferry-crane</slugline><dateline>Port Ellis (HP) —</dateline>"
        "<located literal='x'><name>Port Ellis</name></located><infoSource literal='HP'/>"
    )
    made = draft(item('<service qcode="own:x"><name>Town</name></service><service qcode="own:y"/>', HEADLINE + content))
    story = made.article
    assert (story.urgency, story.genre, story.keywords, story.slugline) == (
        4, "Press Release", ("ferry", "crane"), "ferry-crane",
    )  # fmt: skip
    assert story.dateline == Dateline(text="Port Ellis (HP) —", place="Port Ellis", source="HP")
    assert story.sections == ("Town", "y")
    assert made.lost == ()


@pytest.mark.parametrize("urgency", ["9", "0", "high", "44", ""])
def test_urgencies_that_nobody_knows_are_left_out(urgency: str) -> None:
    made = draft(item(content=f"{HEADLINE}<urgency>{urgency}</urgency>"))
    assert made.article.urgency is None
    assert [repair.field for repair in made.repairs] == ["urgency"] * bool(urgency)


def test_more_places_sources_and_genres_than_an_article_has() -> None:
    content = (
        "<located><name>A</name></located><located><name>B</name></located><infoSource literal='C'/>"
        "<infoSource literal='D'/><genre literal='E'/><genre literal='F'/>"
    )
    alone = draft(item(content=HEADLINE + content))
    assert (alone.article.dateline, alone.article.genre) == (None, "E")
    assert set(alone.lost) == {"contentMeta/located", "contentMeta/infoSource", "contentMeta/genre"}
    printed = draft(item(content=f"{HEADLINE}{content}<dateline>A, B</dateline>"))
    assert printed.article.dateline == Dateline(text="A, B", place="A", source="C")
    assert printed.lost == alone.lost


def test_rights_in_the_language_of_the_item() -> None:
    rights = (
        "<rightsInfo><copyrightHolder literal='hp'><name>Harbour Post</name></copyrightHolder>"
        '<copyrightNotice xml:lang="de">Rechte</copyrightNotice><copyrightNotice xml:lang="en">Rights</copyrightNotice>'
        "<usageTerms>No archive</usageTerms><usageTerms>No web</usageTerms></rightsInfo>"
    )
    made = draft(item(before=rights))
    assert made.article.rights == Rights(holder="Harbour Post", notice="Rights", usage="No archive No web")
    assert made.lost == ("rightsInfo/copyrightNotice",)
    two = draft(item(before=rights.replace("<usageTerms>", "<copyrightHolder literal='x'/><usageTerms>", 1)))
    assert "rightsInfo/copyrightHolder" in two.lost


def test_links() -> None:
    meta = (
        '<altRep contenttype="text/html">https://harbour.example/17</altRep>'
        f'<link rel="irel:previousVersion" residref="{GUID}" version="2"/>'
        '<link rel="irel:prevVersion" residref="urn:x:1"/><link rel="irel:derivedFrom" guidref="urn:x:2"/>'
        '<link href="https://harbour.example/3"/><link rel="irel:seeAlso" href="ftp://x/"/><link/>'
    )
    story = article(item(meta))
    assert story.url == "https://harbour.example/17"
    assert story.links == (
        Link(rel="previous", guid="urn:x:1"),
        Link(rel="derivedFrom", guid="urn:x:2"),
        Link(rel="seeAlso", url="https://harbour.example/3"),
    )


@pytest.mark.parametrize(
    ("content", "abstract", "highlights", "lost"),
    [
        ('<description role="drol:summary">A</description>', "A", (), ()),
        ('<description role="drol:summary">A</description><description role="drol:summary">B</description>', None,
         ("A", "B"), ()),
        ("<description>A</description>", "A", (), ()),
        ('<description>A</description><description role="drol:summary">B</description>', "A", ("B",), ()),
        ('<description role="own:intro">A</description><description role="own:x">B</description>', "A", (),
         ("contentMeta/description",)),
        ("<description/>", None, (), ()),
    ],
)  # fmt: skip
def test_summaries(content: str, abstract: str | None, highlights: tuple[str, ...], lost: tuple[str, ...]) -> None:
    made = draft(item(content=HEADLINE + content))
    assert (made.article.abstract, made.article.highlights, made.lost) == (abstract, highlights, lost)


def test_languages() -> None:
    assert article(item(content=f'{HEADLINE}<language tag="fi-FI"/>')).language == "fi-FI"
    unstated = draft(item(attributes=""))
    assert (unstated.article.language, unstated.article.derived) == ("sv", ("language",))
    wrong = draft(item(attributes=' xml:lang="english language"'))
    assert (wrong.article.language, [repair.field for repair in wrong.repairs]) == ("sv", ["language"])
    assert article(item(attributes=' xml:lang="pt_BR"')).language == "pt-BR"


def test_what_has_no_place_in_an_article_is_listed() -> None:
    content = (
        '<audience qcode="x:y"/><altId>17</altId><subject qcode="a:b" confidence="90"><broader qcode="a:c"/></subject>'
        '<icon href="https://x.example/"/><own:thing xmlns:own="urn:own">x</own:thing><rating/>'
    )
    meta = "<role qcode='a:b'/><memberOf qcode='c:d'/>"
    made = draft(item(meta, HEADLINE + content, before="<hopHistory><hop><party literal='x'/></hop></hopHistory>"))
    assert made.lost == (
        "hopHistory", "itemMeta/role", "itemMeta/memberOf", "contentMeta/audience", "contentMeta/altId",
        "contentMeta/subject@confidence", "contentMeta/subject/broader", "contentMeta/icon", "contentMeta/thing",
    )  # fmt: skip


def test_characters_that_no_format_carries_are_taken_out_and_named() -> None:
    made = draft(item(content="<headline>Ferry\u202e stops</headline>"))
    assert made.article.headline == "Ferry stops"
    assert [repair.field for repair in made.repairs] == ["headline"]


def test_words_by_which_reuters_says_nothing_are_nothing() -> None:
    content = (
        f"{HEADLINE}<located literal='No-Data-Available'><name>No-Data-Available</name></located>"
        "<subject qcode='isl:No-Data-Available'/><keyword>No-Data-Available</keyword>"
    )
    made = draft(item(content=content, guid="tag:reuters.com,2018:newsml_17"))
    assert (made.article.subjects, made.article.keywords, made.lost) == ((), (), ())
    assert article(item(content=content)).keywords == ("No-Data-Available",)


def test_elements_in_any_order_or_in_no_namespace() -> None:
    data = item(text=xhtml("<p>Text.</p>")).replace(f' xmlns="{XMLNS}"', "")
    head, _, rest = data.partition("<itemMeta>")
    meta, _, tail = rest.partition("</itemMeta>")
    moved = tail.replace("</newsItem>", f"<itemMeta>{meta}</itemMeta></newsItem>")
    story = article(head + moved)
    assert (story.headline, story.body) == ("Ferry stops", (Paragraph(html="Text."),))


def test_items_of_a_message_stand_for_themselves() -> None:
    bad = item("<embargoed>never</embargoed>", guid="urn:newsml:h:20260302:bad")
    concept = f'<conceptItem xmlns="{XMLNS}" guid="urn:newsml:h:20260302:c"/>'
    one, two, three, four = found(message(item(), bad, item(guid="urn:newsml:h:20260302:2"), concept))
    assert isinstance(one, Draft)
    assert isinstance(two, Rejected)
    assert two.guid == "urn:newsml:h:20260302:bad"
    assert isinstance(three, Draft)
    assert isinstance(four, Rejected)
    assert "conceptItem" in four.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<newsItem", "well-formed"),
        (b"", "well-formed"),
        (b'<!DOCTYPE newsItem [<!ENTITY a "b">]><newsItem>&a;</newsItem>', "entities"),
        (message().encode(), "no item"),
        (f'<newsMessage xmlns="{XMLNS}"/>'.encode(), "no item"),
        (b"<newsItem>" + b"<a>" * 300 + b"</a>" * 300 + b"</newsItem>", "well-formed"),
    ],
)
def test_files_that_cannot_be_read_at_all(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        found(data)


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 100)
    with pytest.raises(LimitError):
        list(read.read(io.BytesIO(b"x" * 101), "x", Reading(now=NOW)))


def test_names_of_characters_and_wrong_encodings_are_mended() -> None:
    data = b'<?xml version="1.0" encoding="utf-8"?>' + item(content="<headline>Caf\xe9&nbsp;shut</headline>").encode(
        "latin-1"
    )
    made = draft(data)
    assert made.article.headline == "Café\xa0shut"
    assert [repair.field for repair in made.repairs] == ["file"]


def test_nothing_is_fetched_and_no_entity_resolved() -> None:
    made = draft('<!DOCTYPE newsItem SYSTEM "http://127.0.0.1:9/x.dtd">' + item())
    assert made.article.headline == "Ferry stops"


def test_deep_html_rejects_its_item_alone() -> None:
    deep = "<div>" * 240 + "x" + "</div>" * 240
    one, two = found(message(item(text=xhtml(deep)), item(guid="urn:newsml:h:20260302:2")))
    assert isinstance(one, Rejected)
    assert "nested" in one.reason
    assert isinstance(two, Draft)


def test_headings_of_a_payload() -> None:
    body = "<h1>Ferry stops</h1><h2>Buses</h2><p>Text.</p>"
    assert article(item(text=xhtml(body))).body == (Heading(html="Buses"), Paragraph(html="Text."))
