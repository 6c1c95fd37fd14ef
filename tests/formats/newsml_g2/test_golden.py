"""The documents of the made-up story, byte for byte. `python -m tests.formats.newsml_g2.test_golden` writes them anew.

Look through the difference before committing it, and raise RENDERER_VERSION with it.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.formats import base as formats
from syndicate.formats.newsml_g2 import rules
from syndicate.formats.newsml_g2.names import VARIANTS
from syndicate.markup.places import parse_places
from syndicate.model.article import Article, Signal, Status
from syndicate.model.content import Content
from tests.formats.story import PUBLISHER, STORY, envelope

FOLDER = Path(__file__).parent / "golden"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
CORRECTED = replace(STORY, version=4, signal=Signal.CORRECTION, note="Headline and second paragraph are new.")
# As the machinery leaves a withdrawn story: without anything of its content.
KILLED = replace(
    STORY, version=5, status=Status.CANCELED, correction="The mayor was not in town.", body=(), media=(), highlights=()
)
OTHER = replace(
    STORY, guid="tag:harbour.example,2019:story:32", headline="Ferry stops", slugline=None, media=(), body=()
)


def document(name: str, *articles: Article) -> bytes:
    """The message of that format with these articles."""
    renderer, listed = formats.renderer(name), formats.listed(name)
    fragments = [renderer.fragment(article, PUBLISHER, Content.FULL) for article in articles]
    around = replace(
        envelope(formats.written_facts(name).FILE_NAME),
        listed=tuple(map(listed, fragments)) if listed else (),
        has_withdrawals=any(article.status is not Status.USABLE for article in articles),
    )
    head, tail = renderer.frame(around)
    return b"".join((head, *fragments, tail))


def documents() -> dict[str, bytes]:
    """All documents by the name of their file."""
    return {
        "message.xml": document("newsml-g2", STORY),
        "corrected.xml": document("newsml-g2", CORRECTED),
        "kill.xml": document("newsml-g2", KILLED),
        **{f"{name}.xml": document(f"newsml-g2-{name}", STORY) for name in VARIANTS if name != "package"},
        "package.xml": document("newsml-g2-package", STORY, OTHER, KILLED),
    }


DOCUMENTS = documents()


@pytest.mark.parametrize("file", DOCUMENTS)
def test_the_document_is_the_kept_one(file: str) -> None:
    assert DOCUMENTS[file].decode() == (FOLDER / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", DOCUMENTS)
def test_the_kept_one_is_without_faults(file: str) -> None:
    data = (FOLDER / file).read_bytes()
    document = parse_places(data)
    dialect = rules.dialect(document) or ""
    assert list(rules.check(document, data, dialect, NOW)) == []


def test_nothing_is_kept_that_is_not_made() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(DOCUMENTS)


if __name__ == "__main__":
    for name, data in DOCUMENTS.items():
        (FOLDER / name).write_bytes(data)
