"""Documents of agencies, where they are at hand: read without a crash, every word kept, and written again validly."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from lxml import etree

from syndicate.formats.nitf import read
from syndicate.markup.html_inline import text_of
from syndicate.markup.html_parse import name_of
from syndicate.markup.nitf_names import INLINE
from syndicate.markup.xml import parse
from syndicate.model.article import Article, Status
from syndicate.model.draft import Draft
from tests.formats.nitf.test_read_back import READING, document, drafted
from tests.formats.nitf.test_render import invalid
from tests.markup.settled import settled

# It holds neither a headline nor a text.
_EMPTY = {"aap/aap-finance-lite.xml"}


def samples(shared: Path) -> Iterator[tuple[str, bytes, Draft]]:
    """File, bytes and draft of every NITF document that holds an article."""
    folder = shared / "samples" / "partners"
    with (folder / "validation.tsv").open(encoding="utf-8", newline="") as table:
        files = [row["file"] for row in csv.DictReader(table, delimiter="\t") if row["format"] == "nitf"]
    for file in files:
        data = (folder / file).read_bytes()
        assert read.detect(data[:65536], file)
        (found,) = read.read(BytesIO(data), file, READING)
        assert isinstance(found, Draft) is (file not in _EMPTY), file
        if isinstance(found, Draft):
            yield file, data, found


def words(text: str) -> Counter[str]:
    """The words of a text."""
    return Counter(text.split())


def words_of(article: Article) -> Counter[str]:
    """Every word of the text, of tables and of captions."""
    texts = [f"{one.title} {one.caption} {one.credit} {one.name}" for one in article.media]
    for block in article.body:
        for html in (*getattr(block, "items", ()), getattr(block, "html", ""), getattr(block, "cite", "") or ""):
            texts.append(text_of(html.replace("</td>", " ").replace("</th>", " ").replace("</caption>", " ")))
    return words(" ".join(texts))


def spaced(element: etree._Element) -> str:
    """The text of an element with a space at each edge that parts words."""
    edge = "" if name_of(element) in INLINE - {"frac"} else " "
    inner = "".join(spaced(one) + (one.tail or "") for one in element)
    return f"{edge}{element.text or ''}{inner}{edge}"


def test_every_word_of_the_text_is_kept(shared: Path) -> None:
    read_documents = 0
    for file, data, draft in samples(shared):
        bodies = [one for one in parse(data.lstrip()) if name_of(one) == "body"]
        contents = [one for body in bodies for one in body if name_of(one) == "body.content"]
        missing = words(" ".join(map(spaced, contents))) - words_of(draft.article)
        assert not missing, (file, missing)
        read_documents += 1
    assert read_documents >= 14


def test_what_was_read_is_written_validly_and_comes_back(shared: Path) -> None:
    for file, _, draft in samples(shared):
        article = replace(draft.article, guid=draft.article.guid or "tag:harbour.example,2019:page:1")
        again = document(article)
        assert invalid(again, shared) == [], file
        if article.status is Status.USABLE:
            assert settled(drafted(again).article).body == settled(article).body, file
