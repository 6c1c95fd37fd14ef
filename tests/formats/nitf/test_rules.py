"""Every rule has a case, the table is that of the official schema, agencies' documents are judged as it judges them."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from syndicate.formats.nitf import render, rules
from syndicate.markup.nitf_structure import TABLE
from syndicate.markup.places import parse_places
from syndicate.markup.sequences import Shape
from syndicate.model.finding import Finding, Severity
from tests.conftest import NOW
from tests.formats.case import Case, cases, is_as_expected
from tests.formats.nitf.test_read_back import document
from tests.formats.story import STORY

CASES = cases("nitf")
_XS = "{http://www.w3.org/2001/XMLSchema}"
# It needs the official schema.
_ELSEWHERE = {"nitf.schema.invalid", "nitf.schema.missing"}


def found(data: bytes, schemas: Path | None = None) -> list[Finding]:
    """What the rules find."""
    read = parse_places(data)
    return list(rules.check(read, data, rules.dialect(read) or "", NOW, schemas))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_cases(case: Case) -> None:
    assert is_as_expected(case)


def test_every_rule_has_a_case() -> None:
    assert {rule.id for rule in rules.RULES} == {rule for case in CASES for rule, _ in case.expected} | _ELSEWHERE


def test_rules_are_named_once_and_explained() -> None:
    ids = [rule.id for rule in rules.RULES]
    assert len(ids) == len(set(ids))
    assert all(rule.why and rule.summary and rule.formats == ("nitf",) for rule in rules.RULES)


@pytest.mark.parametrize(
    ("data", "dialect"),
    [
        (b'<nitf version="-//IPTC//DTD NITF 3.4//EN"/>', "nitf-3.4"),
        (b'<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"/>', "nitf"),
        (b"<NewsML/>", None),
        (b"", None),
    ],
)
def test_dialects(data: bytes, dialect: str | None) -> None:
    assert rules.dialect(parse_places(data)) == dialect


def test_nothing_is_said_of_what_is_no_document() -> None:
    assert list(rules.check(parse_places(b""), b"", "nitf", NOW)) == []


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case.path.stem)
def test_a_document_cut_anywhere_is_checked_without_a_crash(case: Case) -> None:
    data = case.path.read_bytes()
    for end in range(0, len(data), 41):
        assert isinstance(found(data[:end]), list)


def test_a_missing_part_is_no_fault_where_the_document_is_cut() -> None:
    data = document(STORY)
    assert found(data[: data.index(b"<doc-id")]) == []


@pytest.mark.parametrize("renderer", [render, render.variant("namespace")], ids=["plain", "namespaced"])
def test_our_own_document_is_without_faults(renderer: Any) -> None:
    assert found(document(STORY, renderer)) == []


def test_cases_are_valid_by_the_schema_where_they_should_be(shared: Path) -> None:
    valid = [case for case in CASES if case.path.stem.startswith("valid")]
    assert [case.path.stem for case in valid if found(case.path.read_bytes(), shared / "schemas")
            and case.path.stem != "valid_older"] == []  # fmt: skip


def test_structural_cases_are_invalid_by_the_schema(shared: Path) -> None:
    for case in CASES:
        if case.path.stem.startswith(("element_", "text_", "attribute_", "id_")):
            assert "nitf.schema.invalid" in {one.rule.id for one in found(case.path.read_bytes(), shared / "schemas")}


def test_the_schema_says_the_line_of_a_document_without_namespace(shared: Path) -> None:
    data = document(STORY).replace(b"<hl2>", b"<h2>").replace(b"</hl2>", b"</h2>")
    (one,) = [one for one in found(data, shared / "schemas") if one.rule.id == "nitf.schema.invalid"]
    assert (one.place.line, one.place.element) == (data[: data.index(b"<h2>")].count(b"\n") + 1, "h2")
    assert "{" not in one.message


def test_a_folder_without_schemas_gives_no_findings(tmp_path: Path) -> None:
    assert found(document(STORY), tmp_path) == []


def agencies(shared: Path) -> Iterator[tuple[str, bool, list[Finding]]]:
    """File, whether it is valid as 3.6 but for its version, and our findings."""
    folder = shared / "samples" / "partners"
    with (folder / "validation.tsv").open(encoding="utf-8", newline="") as table:
        files = [row["file"] for row in csv.DictReader(table, delimiter="\t") if row["format"] == "nitf"]
    for file in files:
        every = found((folder / file).read_bytes(), shared / "schemas")
        official = [one for one in every if one.rule.id == "nitf.schema.invalid"]
        yield file, not official, [one for one in every if one not in official]


# Faults that no schema sees.
_NO_SCHEMA_SEES = {"nitf.date.invalid", "nitf.embargo.no-release"}


def test_our_verdict_on_agencies_is_that_of_the_schema(shared: Path) -> None:
    judged = 0
    for file, valid, ours in agencies(shared):
        errors = [one for one in ours if one.severity is Severity.ERROR and one.rule.id not in _NO_SCHEMA_SEES]
        assert (not errors) is valid, file
        judged += 1
    assert judged >= 15


def test_the_table_is_that_of_the_schema(shared: Path) -> None:
    root = etree.parse(next((shared / "schemas").rglob("nitf-3-6.xsd"))).getroot()
    elements = {str(one.get("name")): one for one in root.findall(f"{_XS}element")}
    groups = {str(one.get("name")): one for one in root if one.tag in (f"{_XS}attributeGroup", f"{_XS}group")}
    assert set(elements) == set(TABLE)
    for name, element in elements.items():
        shape: Shape = TABLE[name]
        assert dict(_attributes(element, groups)) == dict(shape.attributes), name
        assert _children(element, groups) == set(shape.places), name
        kind = element.find(f"{_XS}complexType")
        assert kind is not None
        assert (kind.get("mixed") == "true") is shape.mixed, name


def _attributes(element: Any, groups: Any) -> Iterator[tuple[str, frozenset[str] | None]]:
    for one in element.iter(f"{_XS}attribute"):
        if one.get("name"):
            yield one.get("name"), frozenset(value.get("value") for value in one.iter(f"{_XS}enumeration")) or None
    for one in element.iter(f"{_XS}attributeGroup"):
        if one.get("ref"):
            yield from _attributes(groups[one.get("ref").rpartition(":")[2]], groups)


def _children(element: Any, groups: Any) -> set[str]:
    found = {one.get("ref").rpartition(":")[2] for one in element.iter(f"{_XS}element") if one.get("ref")}
    for one in element.iter(f"{_XS}group"):
        if one.get("ref"):
            found |= _children(groups[one.get("ref").rpartition(":")[2]], groups)
    return found
