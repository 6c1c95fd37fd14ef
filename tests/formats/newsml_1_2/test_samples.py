"""Documents of agencies, where they are at hand: read without a crash, words kept, and written again validly."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from lxml import etree

from syndicate.formats.newsml_1_2 import read
from syndicate.formats.newsml_1_2.read_tree import local
from syndicate.markup.nitf_names import INLINE
from syndicate.markup.xml import parse
from syndicate.model.draft import Draft
from tests.formats.newsml_1_2.test_read_back import READING, document, drafted
from tests.formats.newsml_1_2.test_render import invalid
from tests.formats.nitf.test_samples import words, words_of
from tests.markup.settled import settled

# They hold a set of topics, or an item without a headline and a text.
_EMPTY = {"reuters/topicset-reuters-3rdParty_news2000.xml", "nuxeo/newsml-1.2-matrix.xml"}


def samples(shared: Path) -> Iterator[tuple[str, bytes, list[Draft]]]:
    """File, bytes and drafts of every NewsML 1.x document that holds articles."""
    folder = shared / "samples" / "partners"
    with (folder / "validation.tsv").open(encoding="utf-8", newline="") as table:
        files = [row["file"] for row in csv.DictReader(table, delimiter="\t") if row["format"] == "newsml1"]
    for file in files:
        data = (folder / file).read_bytes()
        assert read.detect(data[:65536], file)
        found = [one for one in read.read(BytesIO(data), file, READING) if isinstance(one, Draft)]
        assert bool(found) is (file not in _EMPTY), file
        yield file, data, found


def spaced(element: etree._Element) -> str:
    """The text of an element with a space at each edge that parts words."""
    edge = "" if local(element) in INLINE else " "
    inner = "".join((spaced(one) if local(one) else "") + (one.tail or "") for one in element)
    return f"{edge}{element.text or ''}{inner}{edge}"


def test_every_word_of_a_text_in_nitf_is_kept(shared: Path) -> None:
    read_documents = 0
    for file, data, drafts in samples(shared):
        contents = [one for one in parse(data.lstrip()).iter() if local(one) == "body.content"]
        kept = sum((words_of(draft.article) for draft in drafts), Counter[str]())
        missing = words(" ".join(map(spaced, contents))) - kept
        assert not missing, (file, missing)
        read_documents += bool(contents)
    assert read_documents >= 10


def test_what_was_read_is_written_validly_and_comes_back(shared: Path) -> None:
    written = 0
    for file, _, drafts in samples(shared):
        for draft in drafts:
            article = replace(draft.article, guid=draft.article.guid or "tag:harbour.example,2019:page:1")
            again = document(article)
            assert invalid(again, shared) == [], file
            found = drafted(again).article
            # Emphasis inside of a raised number has no place in NITF.
            assert words_of(settled(found)) == words_of(settled(article)), file
            assert list(map(type, found.body)) == list(map(type, settled(article).body)), file
            assert (found.guid, found.headline) == (article.guid, article.headline), file
            written += 1
    assert written >= 25
