"""NewsML 1.2 documents: the kept ones byte for byte, identifiers, status, validity by the official schema.

`python -m tests.formats.newsml_1_2.test_render` writes the kept ones anew. Look through the difference before
committing it, and raise RENDERER_VERSION with it.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from syndicate.formats.newsml_1_2 import names, render
from syndicate.formats.newsml_1_2.identity import guid_of, identity_of
from syndicate.markup.xml import parse
from syndicate.model.article import Article, Link, Signal, Status
from syndicate.model.content import Content
from syndicate.model.media import Media, MediaType
from syndicate.model.subject import Subject
from tests.formats.newsml_1_2.test_read_back import document
from tests.formats.newsml_g2.articles import ARTICLES
from tests.formats.story import PUBLISHER, STORY, envelope
from tests.official import errors

GOLDEN = Path(__file__).parent / "golden"
KILLED = replace(STORY, status=Status.CANCELED, body=(), media=(), highlights=(), abstract=None, note="Wrong pier.")
MADE = {"story.xml": STORY, "kill.xml": KILLED}
EMBARGO = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", MADE)
def test_documents_are_the_kept_ones(name: str) -> None:
    assert document(MADE[name]).decode() == (GOLDEN / name).read_text(encoding="utf-8")


def text_of(article: Article) -> str:
    """The document as text."""
    return document(article).decode()


def test_an_embargo_says_what_comes_after() -> None:
    text = text_of(replace(STORY, embargo=EMBARGO, expires=EMBARGO))
    change = '<StatusWillChange>\n<FutureStatus FormalName="Usable"/>\n<DateAndTime>20260305T060000Z</DateAndTime>'
    assert f'<Status FormalName="Embargoed"/>\n{change}' in text
    assert '<Property FormalName="Expires" Value="20260305T060000Z"/>' in text


@pytest.mark.parametrize("status", [Status.WITHHELD, Status.CANCELED])
def test_what_is_withdrawn_shows_nothing(status: Status) -> None:
    text = text_of(replace(STORY, status=status, embargo=EMBARGO, correction=None))
    assert f'<Status FormalName="{status.value.title()}"/>' in text
    assert "Quill received" not in text
    assert "m3.jpg" not in text
    assert "Quill met" not in text
    assert '<p class="notice">This story is ' in text


def test_a_kill_is_urgent_and_goes_first() -> None:
    text = text_of(replace(KILLED, urgency=5))
    assert '<Urgency FormalName="1"/>' in text
    assert "<HeadLine>KILL: Mayor" in text
    assert '<Comment FormalName="EdNote">Wrong pier.</Comment>' in text
    head, _ = render.frame(replace(envelope("x"), has_withdrawals=True))
    assert b'<Priority FormalName="1"/>' in head


@pytest.mark.parametrize(
    ("signal", "correction", "word"),
    [(Signal.UPDATE, None, "Update"), (Signal.CORRECTION, None, "Correction"), (None, "Pier 5", "Correction"),
     (None, " ", None)],
)  # fmt: skip
def test_instructions(signal: Signal | None, correction: str | None, word: str | None) -> None:
    text = text_of(replace(STORY, signal=signal, correction=correction))
    assert ("<Instruction " in text) is (word is not None)
    assert word is None or f'<Instruction FormalName="{word}"/>' in text


def test_the_publisher_stands_for_a_notice_that_nobody_states() -> None:
    text = text_of(replace(STORY, rights=replace(STORY.rights, notice=None, holder=None, usage=None), dateline=None))
    assert "<CopyrightLine>" not in text
    assert "<RightsMetadata>" not in text
    assert '<NewsLineType FormalName="PublisherCopyright"/>' in text
    assert "<CreditLine>Harbour Post</CreditLine>" in text


def test_links_and_subjects() -> None:
    subjects = (Subject(scheme="medtop", code="11000000", name="politics"), Subject(scheme="own", code=" "))
    links = (Link(rel="previous", guid="tag:h.example,2019:1"), Link(rel="", guid=None))
    text = text_of(replace(STORY, subjects=subjects, links=links, language="no tag"))
    assert '<Subject FormalName="11000000" Scheme="IptcSubjectCodes"/>' in text
    assert '<AssociatedWith FormalName="previous" NewsItem="tag:h.example,2019:1"/>' in text
    assert text.count("<AssociatedWith") == 1
    assert "xml:lang" not in text


def test_documents_are_supplementary() -> None:
    media = (Media(id="m1", type=MediaType.DOCUMENT), Media(id="m2", type=MediaType.AUDIO, duration=3))
    text = text_of(replace(STORY, media=media, body=()))
    assert '<NewsComponent Euid="m1">\n<Role FormalName="Supplementary"/>\n</NewsComponent>' in text
    assert '<Property FormalName="Duration" Value="3"/>' in text


def test_a_text_without_media_stands_in_the_outer_component() -> None:
    item = parse(document(replace(STORY, media=(), body=()))).find("NewsItem")
    assert item is not None
    assert item.find("NewsComponent/ContentItem/DataContent/nitf/body/body.content") is not None


NIGHT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
HOUSE = "urn:newsml:harbour.example:20260302"


@pytest.mark.parametrize(
    ("guid", "public"),
    [
        ("urn:newsml:harbour.example:20190101:story-7", "urn:newsml:harbour.example:20190101:story-7:3"),
        ("urn:newsml:h:20190101:7", f"{HOUSE}:urn%3Anewsml%3Ah%3A20190101%3A7:3"),
        ("urn:newsml:h4.example:20190101:story", f"{HOUSE}:urn%3Anewsml%3Ah4.example%3A20190101%3Astory:3"),
        ("urn:newsml:harbour.example:20191301:s", f"{HOUSE}:urn%3Anewsml%3Aharbour.example%3A20191301%3As:3"),
        ("tag:h.example,2019:a b", f"{HOUSE}:tag%3Ah.example%2C2019%3Aa%20b:3"),
    ],
)  # fmt: skip
def test_identifiers(guid: str, public: str) -> None:
    identity = identity_of(guid, NIGHT, "harbour.example,2019")
    assert identity.public(3) == public
    if " " not in guid:
        assert guid_of(public, identity.provider, identity.date, identity.item) == guid


def test_no_digit_stands_in_the_name_of_a_provider() -> None:
    assert identity_of("tag:x,2019:1", NIGHT, "pier4.example,2019").provider == "pier.example"
    assert identity_of("tag:x,2019:1", NIGHT, "4,2019").provider == "publisher"


def test_years_that_cannot_be_written_are_left_out() -> None:
    early = replace(STORY, published=datetime(1899, 1, 1, tzinfo=UTC))
    assert render.omits(STORY) is None
    assert render.omits(early) == "is of a year that NewsML 1.2 cannot write"


def invalid(data: bytes, shared: Path) -> list[str]:
    """What the official schema says against the document."""
    return [message for message, _ in errors(data, shared / "schemas", names.NAMESPACE, "NewsML_1.2.xsd")]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES)
def test_any_article_is_valid(shared: Path, article: Article) -> None:
    assert invalid(document(article), shared) == []


def test_content_changes_nothing() -> None:
    full, summary = (render.fragment(STORY, PUBLISHER, content) for content in (Content.FULL, Content.SUMMARY))
    assert full == summary


if __name__ == "__main__":
    for one, story in MADE.items():
        (GOLDEN / one).write_bytes(document(story))
