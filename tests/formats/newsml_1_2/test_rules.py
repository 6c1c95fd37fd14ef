"""Every rule has a case, the table is that of the official schema, agencies' documents are judged as it judges them."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from syndicate.formats.newsml_1_2 import rules
from syndicate.formats.newsml_1_2.structure import TABLE
from syndicate.markup.places import parse_places
from syndicate.model.finding import Finding, Severity
from tests.conftest import NOW
from tests.formats.case import Case, cases, is_as_expected
from tests.formats.newsml_1_2.test_read_back import document
from tests.formats.story import STORY

CASES = cases("newsml_1_2")
_XS = "{http://www.w3.org/2001/XMLSchema}"
# It needs the official schema.
_ELSEWHERE = {"newsml-1-2.schema.invalid", "newsml-1-2.schema.missing"}
# Faults that no schema sees.
_NO_SCHEMA_SEES = {
    "newsml-1-2.first-created.after-revision", "newsml-1-2.item.duplicate", "newsml-1-2.embargo.no-end",
    "newsml-1-2.revision-id.invalid",
}  # fmt: skip
# It defines entities, so that our parser stops at its first line.
_NOT_READ = {"ats/ats_newsml_1_2_belga.xml"}


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
    assert all(rule.why and rule.summary and rule.formats == ("newsml-1-2",) for rule in rules.RULES)


@pytest.mark.parametrize(
    ("data", "dialect"),
    [
        (b'<NewsML Version="1.1"/>', "newsml-1.1"),
        (b'<NewsML xmlns="http://iptc.org/std/NewsML/2003-10-10/"/>', "newsml-1.2"),
        (b'<NewsML Version="two"/>', "newsml-1.2"),
        (b"<nitf/>", None),
        (b"", None),
    ],
)
def test_dialects(data: bytes, dialect: str | None) -> None:
    assert rules.dialect(parse_places(data)) == dialect


def test_nothing_is_said_of_what_is_no_document() -> None:
    assert list(rules.check(parse_places(b""), b"", "newsml-1.2", NOW)) == []


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case.path.stem)
def test_a_document_cut_anywhere_is_checked_without_a_crash(case: Case) -> None:
    data = case.path.read_bytes()
    for end in range(0, len(data), 41):
        assert isinstance(found(data[:end]), list)


def test_our_own_document_is_without_faults() -> None:
    assert found(document(STORY)) == []


def test_cases_are_judged_by_the_schema_as_by_us(shared: Path) -> None:
    for case in CASES:
        by_schema = "newsml-1-2.schema.invalid" in {
            one.rule.id for one in found(case.path.read_bytes(), shared / "schemas")
        }
        severities = {rule.id: rule.severity for rule in rules.RULES}
        ours = any(severities[rule] is Severity.ERROR for rule, _ in case.expected if rule not in _NO_SCHEMA_SEES)
        is_wrong_root = case.path.stem == "namespace_wrong"
        is_number = case.path.stem.startswith("revision_id_") and case.path.stem != "revision_id_previous"
        assert by_schema is ((ours and not is_wrong_root) or is_number), case.path.stem


def agencies(shared: Path) -> Iterator[tuple[str, bool, list[Finding]]]:
    """File, whether it is valid, and our findings."""
    folder = shared / "samples" / "partners"
    with (folder / "validation.tsv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if row["format"] == "newsml1"]
    for row in rows:
        if row["file"] not in _NOT_READ:
            yield row["file"], row["newsml_1.2_xsd"] == "valid", found((folder / row["file"]).read_bytes())


def test_our_verdict_on_agencies_is_that_of_the_schema(shared: Path) -> None:
    judged = 0
    for file, valid, findings in agencies(shared):
        errors = {one.rule.id for one in findings if one.severity is Severity.ERROR}
        assert (not errors - _NO_SCHEMA_SEES) is valid, (file, errors)
        judged += 1
    assert judged >= 24


def test_the_table_is_that_of_the_schema(shared: Path) -> None:
    root = etree.parse(next((shared / "schemas").rglob("NewsML_1.2.xsd"))).getroot()
    named = {one.get("name"): one for one in root if one.get("name")}
    elements: dict[str, Any] = {}
    for one in root.iter(f"{_XS}element"):
        kind = one.find(f"{_XS}complexType")
        elements.setdefault(str(one.get("name")), named.get(one.get("type")) if kind is None else kind)
    assert set(elements) == set(TABLE)
    for name, kind in elements.items():
        stated = dict(_attributes(kind, named)) if kind is not None else {}
        wanted = set(TABLE[name].attributes)
        assert set(stated) == wanted, name
        assert {one for one, is_required in stated.items() if is_required} == set(TABLE[name].required), name
        assert set(_children(kind, named)) == set(TABLE[name].places), name


def _inside(kind: Any) -> Iterator[Any]:
    """What stands in a type, but for what stands in the types of elements inside."""
    for one in kind if kind is not None else ():
        yield one
        if one.tag != f"{_XS}element":
            yield from _inside(one)


def _attributes(kind: Any, named: Any) -> Iterator[tuple[str, bool]]:
    for one in _inside(kind):
        if one.tag == f"{_XS}attribute" and one.get("name"):
            yield one.get("name"), one.get("use") == "required"
        elif one.tag == f"{_XS}attributeGroup":
            yield from _attributes(named[one.get("ref")], named)
        elif one.tag == f"{_XS}extension" and one.get("base") in named:
            yield from _attributes(named[one.get("base")], named)


def _children(kind: Any, named: Any) -> Iterator[str]:
    for one in _inside(kind):
        if one.tag == f"{_XS}element":
            yield one.get("name")
        elif one.tag == f"{_XS}group":
            yield from _children(named[one.get("ref")], named)
