"""Against the official schema, IPTC's own reader, and the documents of agencies; where they are at hand."""

import csv
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile, copytree
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from syndicate.formats.newsml_g2 import names, render, rules, schema
from syndicate.formats.newsml_g2.structure import CHILDREN
from syndicate.markup import xsd
from syndicate.markup.places import parse_places
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article, Status
from syndicate.model.content import Content
from syndicate.model.feed import Feed, Publisher
from syndicate.model.finding import Finding, Severity
from tests.conftest import SHARED, require
from tests.formats.newsml_g2.articles import ARTICLES
from tests.formats.newsml_g2.back import document
from tests.formats.newsml_g2.test_cases import CASES
from tests.formats.newsml_g2.test_render import HOUSE, message
from tests.formats.story import STORY
from tests.official import newsml_g2_errors
from tests.strategies import articles
from tests.validate.faulty import made

NOW = datetime(2026, 11, 24, tzinfo=UTC)
# Faults that no schema sees; all of them are in documents that are valid by the schema.
_NO_SCHEMA_SEES = {
    "newsml-g2.item-class.unknown", "newsml-g2.first-created.after-version-created", "newsml-g2.guid.duplicate",
    "newsml-g2.standard.wrong", "newsml-g2.group.reference", "newsml-g2.idref.unknown", "newsml-g2.contenttype.invalid",
}  # fmt: skip
# A document with an ODRL policy, whose schema is not among those of NewsML-G2.
_ONLY_SCHEMA_SEES = 1


@pytest.fixture
def schemas(shared: Path) -> Path:
    """The folder of official schemas."""
    return shared / "schemas"


def invalid(data: bytes, schemas: Path) -> list[str]:
    """What the schema says against the document."""
    return [finding.message for finding in schema.check(data, schemas, parse_places(data))]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES)
def test_any_article_is_valid(schemas: Path, article: Article) -> None:
    assert invalid(DECLARATION + render.fragment(article, HOUSE, Content.FULL), schemas) == []


_SECOND = replace(STORY, guid="tag:harbour.example,2019:story:second")


@pytest.fixture(scope="module")
def by_variant(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder of schemas for each name that is written: that of its version, or the next older one that is there."""
    require(SHARED.is_dir(), "the folder of official schemas and samples is not beside the checkout")
    found = {path.name: path for path in (SHARED / "schemas").rglob("*.xsd")}
    folders: dict[str, Path] = {}
    for version, variants in _VERSIONS.items():
        folder = tmp_path_factory.mktemp("schemas")
        for name in (f"NewsML-G2_{version}-spec-All-Power.xsd", "xml.xsd", "nitf-3-6.xsd", "ODRL22.xsd"):
            if name in found:
                copyfile(found[name], folder / name)
        copytree(SHARED / "schemas" / "nitf" / "3.6", folder, dirs_exist_ok=True)
        folders.update(dict.fromkeys(variants, folder))
    return folders


_VERSIONS = {
    "2.35": ("newsml-g2", "newsml-g2-xhtml", "newsml-g2-superdesk", "newsml-g2-package"),
    "2.28": ("newsml-g2-2.28",),
    "2.20": ("newsml-g2-2.23",),
    "2.18": ("newsml-g2-2.18",),
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles())
def test_a_message_of_any_variant_is_valid(by_variant: dict[str, Path], article: Article) -> None:
    for name, folder in by_variant.items():
        assert (name, newsml_g2_errors(document(name, article, _SECOND), folder)) == (name, [])


@pytest.mark.nightly
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles(), other=articles(status=Status.USABLE, guid=_SECOND.guid))
def test_a_message_of_two_articles_is_valid(by_variant: dict[str, Path], article: Article, other: Article) -> None:
    for name, folder in by_variant.items():
        assert (name, newsml_g2_errors(document(name, article, other), folder)) == (name, [])


def test_a_fault_is_found_by_the_schema_of_each_version(by_variant: dict[str, Path], article: Article) -> None:
    for name, folder in by_variant.items():
        wrong = document(name, article).replace(b"<provider ", b"<supplier ").replace(b"</provider>", b"</supplier>")
        assert newsml_g2_errors(wrong, folder), name


@pytest.mark.parametrize("count", [10, pytest.param(500, marks=pytest.mark.nightly)])
def test_the_items_of_a_message_are_read_by_iptcs_reader_one_by_one(article: Article, count: int) -> None:
    reader = _iptcs_reader()
    data = document("newsml-g2", *(replace(article, guid=f"{article.guid}:{number}") for number in range(count)))
    items = list(etree.fromstring(data).iter(f"{{{names.NAMESPACE}}}newsItem"))
    guids = [reader(DECLARATION + etree.tostring(item)).get_item().guid for item in items]
    assert guids == [f"{article.guid}:{number}" for number in range(count)]


def test_a_message_of_several_items_is_valid(schemas: Path, article: Article, feed: Feed, publisher: Publisher) -> None:
    other = replace(article, guid="tag:harbour.example,2019:story:18", status=Status.CANCELED)
    assert invalid(message(feed, publisher, article, other), schemas) == []


def test_a_fault_in_the_payload_is_found_with_its_line(
    schemas: Path, article: Article, feed: Feed, publisher: Publisher
) -> None:
    data = message(feed, publisher, article).replace(b"<hl2>", b"<h2>").replace(b"</hl2>", b"</h2>")
    found = list(schema.check(data, schemas, parse_places(data)))
    line = data[: data.index(b"<h2>")].count(b"\n") + 1
    assert [(one.rule.id, one.place.line, one.place.element) for one in found] == [
        ("newsml-g2.schema.invalid", line, "h2")
    ]
    assert "{" not in found[0].message


def test_our_own_cases_are_valid_where_they_should_be(schemas: Path) -> None:
    valid = [path for path in CASES if path.stem.startswith("valid_")]
    assert [path.stem for path in valid if invalid(path.read_bytes(), schemas)] == []


def test_a_folder_without_schemas_gives_no_findings(tmp_path: Path) -> None:
    assert list(schema.check(b"<newsItem/>", tmp_path, parse_places(b"<newsItem/>"))) == []


def test_no_word_against_what_is_not_well_formed(schemas: Path) -> None:
    assert list(schema.check(b"<newsItem", schemas, parse_places(b"<newsItem"))) == []


def test_iptcs_reader_reads_every_element_that_we_write(article: Article) -> None:
    data = DECLARATION + render.fragment(article, HOUSE, Content.FULL)
    item = _iptcs_reader()(data).get_item()
    assert item.guid == article.guid
    assert str(item.contentmeta.headline[0]) == article.headline
    assert item.itemmeta.pubstatus.qcode == "stat:usable"
    assert str(item.contentmeta.subject[0].qcode) == "medtop:20000337"
    assert _words(item.to_xml()) == _words(etree.fromstring(data))


def test_iptcs_reader_reads_media_items_and_packages(article: Article) -> None:
    reader = _iptcs_reader()
    root = etree.fromstring(document("newsml-g2-package", replace(article, media=STORY.media)))
    items = [reader(DECLARATION + etree.tostring(item)).get_item() for item in root[1]]
    classes = [str(item.itemmeta.itemclass.qcode) for item in items]
    assert classes == ["ninat:composite", "ninat:text", "ninat:video", "ninat:video", "ninat:picture"]


def _iptcs_reader() -> Any:
    with warnings.catch_warnings():
        # Its source has escapes that warn when Python compiles it for the first time.
        warnings.simplefilter("ignore")
        return pytest.importorskip("NewsMLG2").NewsMLG2Document


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


def test_many_items_are_judged_apart_and_told_alike(schemas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = made("newsml-g2", 12).replace(b"<header>", b"<header><odd/>").replace(b"<keyword>", b"<keyword odd='1'>", 5)
    document = parse_places(data)

    def said() -> list[Finding]:
        return list(schema.check(data, schemas, document))

    together = said()
    monkeypatch.setattr(xsd, "_MANY", 3)
    assert said() == together
    assert len(together) > 36
    assert len({finding.place.line for finding in together}) == 12
