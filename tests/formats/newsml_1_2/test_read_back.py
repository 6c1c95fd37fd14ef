"""What is written is read back: everything that the format says it keeps."""

from dataclasses import fields, replace
from io import BytesIO

from hypothesis import given, settings

from syndicate.formats.newsml_1_2 import names, read, render
from syndicate.model.article import Article, Signal, Status
from syndicate.model.content import Content
from syndicate.model.draft import Draft, Reading, Rejected
from tests.conftest import NOW
from tests.formats.story import PUBLISHER, STORY, envelope
from tests.markup.settled import settled
from tests.strategies import articles

READING = Reading(now=NOW)


def document(*stories: Article) -> bytes:
    """The document of the articles."""
    head, tail = render.frame(envelope(names.FILE_NAME))
    return head + b"".join(render.fragment(one, PUBLISHER, Content.FULL) for one in stories) + tail


def read_all(data: bytes, file: str = "news.xml") -> list[Draft | Rejected]:
    """What the reader gives."""
    return list(read.read(BytesIO(data), file, READING))


def drafted(data: bytes, file: str = "news.xml") -> Draft:
    """The one draft of the document."""
    (draft,) = read_all(data, file)
    assert isinstance(draft, Draft), draft
    return draft


def differences(found: Article, wanted: Article) -> dict[str, tuple[object, object]]:
    """The fields that are kept and yet differ."""
    named = (field.name for field in fields(Article) if field.name in names.KEEPS)
    pairs = {name: (getattr(found, name), getattr(wanted, name)) for name in named}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def test_the_story_comes_back() -> None:
    wanted = replace(STORY, updated=STORY.updated.replace(microsecond=0), signal=Signal.CORRECTION)
    draft = drafted(document(STORY))
    assert differences(draft.article, wanted) == {}
    assert (draft.stated_version, draft.repairs, draft.lost) == (STORY.version, (), ())


def test_several_come_back_in_order() -> None:
    other = replace(STORY, guid="urn:newsml:harbour.example:20260302:story-32", headline="Ferry", media=(), body=())
    found = read_all(document(STORY, other))
    assert [one.article.guid for one in found if isinstance(one, Draft)] == [STORY.guid, other.guid]


@settings(max_examples=40)
@given(article=articles(status=Status.USABLE))
def test_any_article_comes_back(article: Article) -> None:
    article = settled(article)
    wanted = replace(article, signal=Signal.CORRECTION) if article.correction else article
    draft = drafted(document(article))
    found = replace(draft.article, media=tuple(sorted(draft.article.media, key=lambda one: one.id)))
    assert differences(found, wanted) == {}
    assert draft.lost == ()
