"""Against the official schema, IPTC's own reader, and the documents of agencies; where they are at hand."""

import csv
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from syndicate.formats.newsml_g2 import render, rules, schema
from syndicate.formats.newsml_g2.structure import CHILDREN
from syndicate.markup.places import parse_places
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article, Status
from syndicate.model.feed import Content, Feed, Publisher
from syndicate.model.finding import Finding, Severity
from tests.formats.newsml_g2.articles import ARTICLES
from tests.formats.newsml_g2.test_cases import CASES
from tests.formats.newsml_g2.test_render import HOUSE, message

NOW = datetime(2026, 11, 24, tzinfo=UTC)
# Faults that no schema sees; all of them are in documents that are valid by the schema.
_NO_SCHEMA_SEES = {
    "newsml-g2.item-class.unknown", "newsml-g2.first-created.after-version-created", "newsml-g2.guid.duplicate",
    "newsml-g2.standard.wrong", "newsml-g2.group.reference",
}  # fmt: skip
# Faults in values and below the elements of our table, which only the schema sees.
_ONLY_SCHEMA_SEES = 7


@pytest.fixture
def schemas(shared: Path) -> Path:
    """The folder of official schemas."""
    return shared / "schemas"


def invalid(data: bytes, schemas: Path) -> list[str]:
    """What the schema says against the document."""
    return [finding.message for finding in schema.check(data, schemas)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES)
def test_any_article_is_valid(schemas: Path, article: Article) -> None:
    assert invalid(DECLARATION + render.fragment(article, HOUSE, Content.FULL), schemas) == []


def test_a_message_of_several_items_is_valid(schemas: Path, article: Article, feed: Feed, publisher: Publisher) -> None:
    other = replace(article, guid="tag:harbour.example,2019:story:18", status=Status.CANCELED)
    assert invalid(message(feed, publisher, article, other), schemas) == []


def test_a_fault_in_the_payload_is_found_with_its_line(
    schemas: Path, article: Article, feed: Feed, publisher: Publisher
) -> None:
    data = message(feed, publisher, article).replace(b"<hl2>", b"<h2>").replace(b"</hl2>", b"</h2>")
    found = list(schema.check(data, schemas))
    line = data[: data.index(b"<h2>")].count(b"\n") + 1
    assert [(one.rule.id, one.place.line, one.place.element) for one in found] == [
        ("newsml-g2.schema.invalid", line, "h2")
    ]
    assert "{" not in found[0].message


def test_our_own_cases_are_valid_where_they_should_be(schemas: Path) -> None:
    valid = [path for path in CASES if path.stem.startswith("valid_")]
    assert [path.stem for path in valid if invalid(path.read_bytes(), schemas)] == []


def test_a_folder_without_schemas_gives_no_findings(tmp_path: Path) -> None:
    assert list(schema.check(b"<newsItem/>", tmp_path)) == []


def test_no_word_against_what_is_not_well_formed(schemas: Path) -> None:
    assert list(schema.check(b"<newsItem", schemas)) == []


def test_iptcs_reader_reads_every_element_that_we_write(article: Article) -> None:
    with warnings.catch_warnings():
        # Its source has escapes that warn when Python compiles it for the first time.
        warnings.simplefilter("ignore")
        reader = pytest.importorskip("NewsMLG2")
        data = DECLARATION + render.fragment(article, HOUSE, Content.FULL)
        item = reader.NewsMLG2Document(data).get_item()
    assert item.guid == article.guid
    assert str(item.contentmeta.headline[0]) == article.headline
    assert item.itemmeta.pubstatus.qcode == "stat:usable"
    assert str(item.contentmeta.subject[0].qcode) == "medtop:20000337"
    assert _words(item.to_xml()) == _words(etree.fromstring(data))


def _words(element: etree._Element) -> list[str]:
    return " ".join(map(str, element.itertext())).split()


def checked(shared: Path) -> Iterator[tuple[str, bool, list[Finding]]]:
    """File, whether it is valid, and our findings, of every NewsML-G2 document of agencies."""
    folder = shared / "samples" / "partners"
    with (folder / "validation.tsv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if row["format"] == "newsml-g2"]
    for row in rows:
        data = (folder / row["file"]).read_bytes()
        document = parse_places(data)
        dialect = rules.dialect(document) or ""
        yield row["file"], row["g2_2.35"] == "valid", list(rules.check(document, data, dialect, NOW))


def test_valid_documents_of_agencies_have_no_error_that_a_schema_could_see(shared: Path) -> None:
    seen, wrong = 0, []
    for file, valid, findings in checked(shared):
        seen += valid
        errors = {finding.rule.id for finding in findings if finding.severity is Severity.ERROR}
        if valid and errors - _NO_SCHEMA_SEES:
            wrong.append((file, errors))
    assert wrong == []
    assert seen > 250


def test_invalid_documents_of_agencies_are_found_without_a_schema(shared: Path) -> None:
    missed = [file for file, valid, findings in checked(shared) if not valid
              and all(finding.severity is not Severity.ERROR for finding in findings)]  # fmt: skip
    assert len(missed) <= _ONLY_SCHEMA_SEES


def test_the_table_of_structure_has_no_name_that_the_schema_lacks(schemas: Path) -> None:
    path = next(schemas.rglob("NewsML-G2_2.35-spec-All-Power.xsd"))
    known = {str(one.get("name")) for one in etree.parse(path).iter("{http://www.w3.org/2001/XMLSchema}element")}
    assert {name for slots in CHILDREN.values() for slot in slots for name in slot.names} - known == set()
