"""What the official schemas say about documents of agencies is what others found with other tools."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from syndicate.markup import json_schema, schema_files, xsd
from syndicate.markup.schema_files import NEWSML_1, NEWSML_G2, NINJS, NITF, SchemaFile, Shelf, shelf
from syndicate.markup.xml import parse
from syndicate.model.finding import Severity
from syndicate.validate.run import check
from tests.conftest import NOW

# Its policy is of ODRL, whose schema was not at hand when the table was made: that is told, not held against it.
_NOT_JUDGED = {"iptc-unit/2.23-should_pass-CR00188_rights_expressions.xml"}
_COLUMNS = {
    "g2_2.35": (NEWSML_G2, "2.35", "xsd", None),
    "nitf_3.6": (NITF, "3.6", "xsd", "http://iptc.org/std/NITF/2006-10-18/"),
    "newsml_1.2_xsd": (NEWSML_1, "1.2", "xsd", "http://iptc.org/std/NewsML/2003-10-10/"),
    "newsml_1.2_dtd": (NEWSML_1, "1.2", "dtd", ""),
}


def rows(shared: Path, name: str) -> Iterator[dict[str, str]]:
    with (shared / "samples" / "partners" / name).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table, delimiter="\t")


def one_of(found: Shelf, standard: str, version: str, kind: str) -> SchemaFile:
    (one,) = (one for one in found.of(standard) if (one.version, one.label.kind) == (version, kind))
    return one


def verdict(data: bytes, ready: xsd.Compiled, namespace: str | None = None) -> str:
    """How many errors, as the table says it."""
    return str(len(xsd.judge(parse(data.lstrip()), ready, namespace)) or "valid")


@pytest.mark.parametrize("column", _COLUMNS)
def test_as_many_errors_as_the_table_says(column: str, shared: Path) -> None:
    standard, version, kind, namespace = _COLUMNS[column]
    found = shelf(shared / "schemas")
    ready = xsd.compiled(found, one_of(found, standard, version, kind))
    stated = {row["file"]: row[column] for row in rows(shared, "validation.tsv") if row[column]}
    folder = shared / "samples" / "partners"
    assert len(stated) > 10
    assert {file: verdict((folder / file).read_bytes(), ready, namespace) for file in stated} == stated


def test_as_many_errors_by_the_schema_of_the_stated_version(shared: Path) -> None:
    found, folder = shelf(shared / "schemas"), shared / "samples" / "partners"
    for row in rows(shared, "validation.tsv"):
        if row["format"] != "newsml-g2" or row["declared_xsd"] == "no schema":
            continue
        main = found.choose(NEWSML_G2, row["declared"])
        assert main is not None
        assert verdict((folder / row["file"]).read_bytes(), xsd.compiled(found, main)) == row["declared_xsd"], row


def test_as_many_errors_in_payloads(shared: Path) -> None:
    found, folder = shelf(shared / "schemas"), shared / "samples" / "partners"
    main, nitf = one_of(found, NEWSML_G2, "2.35", "xsd"), one_of(found, NITF, "3.6", "xsd")
    for row in rows(shared, "validation.tsv"):
        if stated := row["payload_nitf_3.6"]:
            root = parse((folder / row["file"]).read_bytes())
            both, one = (len(xsd.judge(root, xsd.compiled(found, main, along))) for along in ((nitf,), ()))
            assert str(both - one or "valid") == stated, row


def test_as_many_errors_in_ninjs(shared: Path) -> None:
    found, folder = shelf(shared / "schemas"), shared / "samples" / "partners"
    for row in rows(shared, "validation-ninjs.tsv"):
        data = (folder / row["file"]).read_bytes()
        if row["valid"] == "not JSON":
            assert not check(data, now=NOW).valid, row
            continue
        for stated in row["valid"].split():
            version, count = stated.split(":")
            ready = json_schema.validator(found, one_of(found, NINJS, version, "json"))
            assert str(len(json_schema.judge(data, ready)) or "valid") == count, (row, version)


@pytest.mark.parametrize(("column", "name"), [("g2_2.35", "NewsML-G2_2.35*.xsd"), ("newsml_1.2_xsd", "NewsML_1.2.xsd")])
def test_a_check_with_only_that_schema_at_hand_comes_to_the_same_verdict(
    column: str, name: str, shared: Path, tmp_path: Path
) -> None:
    for path in (*(shared / "schemas").rglob(name), shared / "schemas" / "newsml-g2" / "2.35" / "xml.xsd"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    folder, other = shared / "samples" / "partners", []
    for row in rows(shared, "validation.tsv"):
        if not row[column]:
            continue
        findings = check((folder / row["file"]).read_bytes(), now=NOW, schemas=tmp_path).findings
        by_schema = [one for one in findings if one.rule.id.endswith("schema.invalid")]
        assert all(one.severity is Severity.ERROR for one in by_schema)
        if (row[column] == "valid") == bool(by_schema):
            other.append(row["file"])
    assert set(other) <= _NOT_JUDGED


def test_the_lines_are_those_that_the_schema_names(shared: Path) -> None:
    assert etree.LIBXML_VERSION >= (2, 9)
    row = next(row for row in rows(shared, "validation.tsv") if row["g2_2.35"] not in ("", "valid"))
    data = (shared / "samples" / "partners" / row["file"]).read_bytes()
    findings = check(data, now=NOW, schemas=shared / "schemas").findings
    lines = [one.place.line for one in findings if one.rule.id == "newsml-g2.schema.invalid"]
    assert int(row["first_problem"].partition(":")[0]) in lines
    assert all(one.place.column for one in findings if one.rule.id == "newsml-g2.schema.invalid")


def test_standards_are_told_apart(shared: Path) -> None:
    found = shelf(shared / "schemas")
    assert {one.label.standard for one in found.files} >= {schema_files.ATOM, schema_files.CATALOG, schema_files.ODRL}
