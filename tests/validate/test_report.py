"""Findings as text, JSON, SARIF, JUnit XML and GitHub annotations."""

import json
from typing import Any

import pytest
from lxml import etree

from syndicate.validate.report import github, junit, sarif, text
from syndicate.validate.report import json as json_report
from syndicate.validate.run import Report, check
from tests.conftest import NOW

BAD = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
<channel>
<title>Tides &lt;b>today&lt;/b></title>
<link>harbour.example</link>
<description>100% of the tides, at a glance</description>
</channel>
</rss>
"""
GOOD = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>tag:harbour.example,2019:feed</id><title>Tides</title><updated>2026-03-02T08:30:00Z</updated>
<link rel="self" href="https://harbour.example/atom.xml"/>
</feed>
"""
NAME = "feeds/a b,c:d.xml"


@pytest.fixture
def reports() -> list[tuple[str, Report]]:
    return [(NAME, check(BAD, now=NOW)), ("good.xml", check(GOOD, now=NOW)), ("none.txt", check(b"", now=NOW))]


def test_text_names_the_place_and_shows_it(reports: list[tuple[str, Report]]) -> None:
    lines = text.render(reports, {NAME: BAD}).splitlines()
    at = next(index for index, line in enumerate(lines) if "[value.uri.relative]" in line)
    assert lines[at].startswith(f"{NAME}:5:1: error: link must be a full address")
    assert lines[at + 1 : at + 3] == ["    <link>harbour.example</link>", "    ^"]
    assert lines[-1].startswith("3 documents, 2 not valid: ")


def test_text_needs_no_sources(reports: list[tuple[str, Report]]) -> None:
    assert "^" not in text.render(reports)


def test_a_long_line_is_cut_around_the_column() -> None:
    data = BAD.replace(b"<channel>", b"<channel>" + b" " * 500 + b"<odd/>")
    lines = text.render([("x", check(data, now=NOW))], {"x": data}).splitlines()
    at = next(index for index, line in enumerate(lines) if "'odd'" in line)
    assert lines[at + 1][len(lines[at + 2]) - 1 :].startswith("<odd/>")


def test_json_has_the_names_of_the_contract(reports: list[tuple[str, Report]]) -> None:
    documents: list[dict[str, Any]] = json.loads(json_report.render(reports))
    assert [document["file"] for document in documents] == [NAME, "good.xml", "none.txt"]
    assert [document["valid"] for document in documents] == [False, True, False]
    assert [document["format"] for document in documents] == ["rss-2.0", "atom-1.0", None]
    message = next(one for one in documents[0]["messages"] if one["code"] == "value.uri.relative")
    assert set(message) == {
        "severity", "code", "line", "column", "message", "element", "parent", "attribute", "reference", "help",
    }  # fmt: skip
    assert message["severity"] == "error"
    assert (message["line"], message["element"], message["parent"]) == (5, "link", "channel")
    assert message["help"] == "docs/rules.md#value-uri-relative"


def test_sarif_results_point_to_their_rules(reports: list[tuple[str, Report]]) -> None:
    log = json.loads(sarif.render(reports))
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] in (NAME, "good.xml", "none.txt")
        assert location.get("region", {"startLine": 1})["startLine"] >= 1


def test_junit_is_xml_with_a_failure_for_each_error(reports: list[tuple[str, Report]]) -> None:
    root = etree.fromstring(junit.render(reports).encode())
    errors = sum(finding.severity.value == "error" for _, report in reports for finding in report.findings)
    assert len(root.findall("testsuite/testcase/failure")) == errors == int(root.get("failures", "0"))
    assert len(root.findall("testsuite/testcase")) == int(root.get("tests", "0"))
    assert [suite.get("name") for suite in root] == [NAME, "good.xml", "none.txt"]


def test_github_commands_are_escaped(reports: list[tuple[str, Report]]) -> None:
    lines = github.render(reports).splitlines()
    assert len(lines) == sum(len(report.findings) for _, report in reports)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert any("file=feeds/a b%2Cc%3Ad.xml,line=5,col=1,title=value.uri.relative::link must" in line for line in lines)


@pytest.mark.parametrize("render", [text.render, json_report.render, sarif.render, junit.render, github.render])
def test_no_documents_is_a_report_too(render: Any) -> None:
    assert isinstance(render([]), str)
