"""Documents of agencies: all are read, what comes of them is written as valid documents, and their words survive."""

import csv
import importlib.util
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from syndicate.errors import InputError
from syndicate.formats import base as formats
from syndicate.formats.newsml_g2 import read
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.draft import Draft, Reading
from tests.conftest import NOW, ROOT
from tests.formats.newsml_g2.back import PUBLISHER
from tests.formats.newsml_g2.sources import item, message, nitf, picture, xhtml
from tests.official import newsml_g2_errors

# The share of words that Superdesk's reader leaves, measured over the same documents.
_SUPERDESK = {"reuters": 100, "stt": 100, "apa": 71, "dpa": 45, "globenewswire": 2, "iptc-listings": 0}


def samples(shared: Path) -> Iterator[tuple[str, bytes]]:
    """The NewsML-G2 documents of agencies by the name of their file."""
    folder = shared / "samples" / "partners"
    with (folder / "validation.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if row["format"] == "newsml-g2":
                yield row["file"], (folder / row["file"]).read_bytes()


def drafts(data: bytes, file: str) -> list[Draft]:
    """What reading the document gives."""
    return [one for one in read.read(BytesIO(data), file, Reading(now=NOW)) if isinstance(one, Draft)]


def test_documents_of_agencies_are_read_and_become_valid_documents(shared: Path) -> None:
    count, wrong = 0, []
    for file, data in samples(shared):
        assert read.detect(data[:65536], file), file
        for draft in drafts(data, file):
            count += 1
            wrong += [(file, error) for error in _errors(_named(draft), shared)]
    assert wrong == []
    assert count > 150


def _named(draft: Draft) -> Article:
    return draft.article if draft.article.guid else _with_guid(draft.article, draft.identity)


def _with_guid(article: Article, identity: str) -> Article:
    values = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    return Article(**{**values, "guid": f"tag:harbour.example,2019:page:{len(identity)}"})


def _errors(article: Article, shared: Path) -> list[str]:
    names = ("newsml-g2", "newsml-g2-xhtml", "newsml-g2-superdesk")
    made = (formats.renderer(name).fragment(article, PUBLISHER, Content.FULL) for name in names)
    return [error for data in made for error, _ in newsml_g2_errors(DECLARATION + data, shared / "schemas")]


def test_no_other_document_is_taken_for_one_of_ours(shared: Path) -> None:
    folder = shared / "samples" / "partners"
    with (folder / "validation.tsv").open(encoding="utf-8", newline="") as table:
        others = [row["file"] for row in csv.DictReader(table, delimiter="\t") if row["format"] in ("nitf", "newsml1")]
    assert [file for file in others if read.detect((folder / file).read_bytes()[:65536], file)] == []


def _survival() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_survival", ROOT / "bench" / "survival.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_more_words_survive_than_in_superdesk(shared: Path) -> None:
    survival = _survival()
    families = survival.measured(shared / "samples" / "partners").items()
    found = {name.partition(" ")[0]: survival.figures(one) for name, one in families if name.endswith(" newsml-g2")}
    for agency, share in _SUPERDESK.items():
        words = found[agency]["words"]
        assert words >= max(share + 0.1, 98) or words == 100, agency
        assert found[agency]["read"] == found[agency]["documents"]
    for kind in ("headlines", "people", "subjects", "files"):
        assert {found[agency][kind] for agency in _SUPERDESK} <= {100.0, None}


def refusals(data: bytes) -> list[str]:
    """Why the document, or an item of it, is refused; empty where all of it is read."""
    try:
        found = list(read.read(BytesIO(data), "x", Reading(now=NOW)))
    except InputError as error:
        return [error.reason]
    return [one.reason for one in found if not isinstance(one, Draft)]


@pytest.mark.parametrize(
    "document",
    [
        message(item(text=nitf("<p>One &amp; two.</p>")), picture("urn:newsml:h:20260302:p1")),
        item(
            '<link rel="irel:seeAlso" residref="x:1"><itemClass qcode="ninat:video"/></link>', text=xhtml("<p>One</p>")
        ),
    ],
)
def test_a_document_cut_or_changed_anywhere_is_read_without_a_crash(document: str) -> None:
    data = document.encode()
    for at in range(0, len(data), 7):
        for changed in (data[:at], data[:at] + b"x" + data[at + 1 :], data[:at] + data[at + 9 :]):
            assert all(refusals(changed))
