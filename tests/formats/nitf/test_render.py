"""NITF documents: the kept ones byte for byte, status and times, validity by the official schema.

`python -m tests.formats.nitf.test_render` writes the kept ones anew. Look through the difference before committing
it, and raise RENDERER_VERSION with it.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from syndicate.formats import base as formats
from syndicate.formats.nitf import names, render
from syndicate.markup.xml import parse
from syndicate.model.article import Article, Signal, Status
from syndicate.model.media import Media, MediaType
from syndicate.model.subject import Subject
from tests.formats.newsml_g2.articles import ARTICLES
from tests.formats.nitf.test_read_back import document
from tests.formats.story import PUBLISHER, STORY, envelope
from tests.official import errors

GOLDEN = Path(__file__).parent / "golden"
KILLED = replace(STORY, status=Status.CANCELED, body=(), media=(), highlights=(), abstract=None, note="Wrong pier.")
MADE = {
    "story.xml": (STORY, "nitf"),
    "story-namespace.xml": (STORY, "nitf-namespace"),
    "kill.xml": (KILLED, "nitf"),
}
EMBARGO = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)


def made(name: str) -> bytes:
    """The document of that name."""
    article, written = MADE[name]
    head, tail = formats.renderer(written).frame(envelope(names.FILE_NAME))
    return head + document(article, formats.renderer(written)).partition(b"\n")[2] + tail


@pytest.mark.parametrize("name", MADE)
def test_documents_are_the_kept_ones(name: str) -> None:
    assert made(name).decode() == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_variant_has_facts_of_its_own() -> None:
    assert formats.written_facts("nitf-namespace").FILE_NAME == "nitf-namespace/index.json"
    assert formats.format_of("nitf-namespace") == "nitf"


def stated(article: Article) -> dict[str, str]:
    """The attributes of docdata, and the time of release."""
    docdata = parse(document(article)).find("head/docdata")
    assert docdata is not None
    release = docdata.find("date.release")
    found = {str(key): str(value) for key, value in docdata.attrib.items()}
    return found | ({} if release is None else {"release": str(release.get("norm"))})


def test_an_embargo_is_a_release() -> None:
    held = replace(STORY, embargo=EMBARGO, expires=EMBARGO)
    assert stated(held) == {"management-status": "embargoed", "release": "20260305T060000Z"}
    assert b'<date.expire norm="20260305T060000Z"/>' in document(held)


@pytest.mark.parametrize("status", [Status.WITHHELD, Status.CANCELED])
def test_what_is_withdrawn_names_itself_and_shows_nothing(status: Status) -> None:
    article = replace(STORY, status=status, embargo=EMBARGO, correction=None)
    assert stated(article) == {
        "management-status": status.value,
        "management-doc-idref": STORY.guid,
        "management-idref-status": status.value,
        "release": "20260305T060000Z",
    }
    text = document(article).decode()
    assert "Quill received" not in text
    assert "crane.jpg" not in text
    assert text.count("<p ") == 1
    assert '<p class="notice">This story is ' in text


def test_a_kill_is_urgent_and_says_so() -> None:
    text = document(replace(KILLED, urgency=5)).decode()
    assert '<urgency ed-urg="1"/>' in text
    assert "<hl1>KILL: Mayor" in text
    assert '<ed-msg info="Wrong pier."/>' in text
    assert '<p class="notice">An earlier version gave' in text


def test_a_note_is_for_editors_only() -> None:
    text = document(replace(STORY, note="Check the pier.")).decode()
    assert '<ed-msg info="Check the pier."/>' in text
    assert text.count("Check the pier.") == 1


def test_top_topics_are_subject_codes_too() -> None:
    subjects = (Subject(scheme="medtop", code="11000000", name="politics"), Subject(scheme="subj", code="04015000"))
    text = document(replace(STORY, subjects=subjects, signal=Signal.UPDATE)).decode()
    assert '<tobject.subject tobject.subject.refnum="11000000" tobject.subject.matter="politics"/>' in text
    assert '<tobject.subject tobject.subject.refnum="04015000"/>' in text
    assert '<classifier type="subject" idsrc="subj" value="04015000"/>' in text
    assert 'comment="update"' in text


def test_a_language_or_urgency_that_is_none_is_left_out() -> None:
    text = document(replace(STORY, language="no tag", urgency=9)).decode()
    assert "baselang" not in text
    assert "ed-urg" not in text


def test_media_without_anything_are_valid_too(shared: Path) -> None:
    article = replace(STORY, media=(Media(id="m1", type=MediaType.DOCUMENT),), body=())
    assert invalid(document(article), shared) == []


def invalid(data: bytes, shared: Path) -> list[str]:
    """What the official schema says against the document."""
    return [message for message, _ in errors(data, shared / "schemas", names.NAMESPACE, "nitf-3-6.xsd")]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES)
def test_any_article_is_valid(shared: Path, article: Article) -> None:
    assert invalid(document(article), shared) == []
    named = document(article, render.variant("namespace"))
    assert named.replace(f' xmlns="{names.NAMESPACE}"'.encode(), b"", 1) == document(article)


def test_the_publisher_stands_for_rights_that_nobody_states() -> None:
    text = document(replace(STORY, rights=replace(STORY.rights, holder=None, notice=None))).decode()
    assert '<doc.copyright year="2026" holder="Harbour Post"/>' in text
    assert '<meta name="publisher-copyright" content="© Harbour Post"/>' in text
    assert '<meta name="copyright"' not in text
    assert PUBLISHER.name in text


if __name__ == "__main__":
    for one in MADE:
        (GOLDEN / one).write_bytes(made(one))
