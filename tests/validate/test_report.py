"""Findings as text, JSON, SARIF, JUnit XML and GitHub annotations."""

import html
import json
from typing import Any

import pytest
from lxml import etree

from syndicate.validate.checked import Asked, Checked, check_data
from syndicate.validate.report import github, junit, sarif, summary, text
from syndicate.validate.report import json as json_report
from syndicate.validate.report.hints import Hints
from syndicate.validate.samples import Sample, sample
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
ASKED = Asked(now=NOW, with_lines=True)


def looked(name: str, data: bytes) -> Checked:
    return check_data(name, data, ASKED)


def sample_of(rule_id: str) -> Sample:
    found = sample(rule_id)
    assert found is not None
    return found


def rendered(module: Any, checked: list[Checked], hints: Hints | None = None) -> str:
    return "".join(module.render(checked, hints or Hints()))


@pytest.fixture
def reports() -> list[Checked]:
    return [looked(NAME, BAD), looked("good.xml", GOOD), looked("none.txt", b"")]


def test_text_names_the_place_and_shows_it(reports: list[Checked]) -> None:
    lines = rendered(text, reports).splitlines()
    at = next(index for index, line in enumerate(lines) if "[value.uri.relative]" in line)
    assert lines[at].startswith(f"{NAME}:5:1: error: link must be a full address")
    assert lines[at + 1 : at + 3] == ["    <link>harbour.example</link>", "    ^"]
    assert lines[-1].startswith("3 documents, 2 not valid: ")


def test_text_needs_no_sources() -> None:
    assert "^" not in rendered(text, [check_data(NAME, BAD, Asked(now=NOW))])


def test_lines_are_counted_and_shown_as_they_are_in_any_encoding() -> None:
    data = BAD.decode().replace("UTF-8", "UTF-16").replace("100%", "100\u2028%").replace("\n", "\r")
    (one,) = (line for line in rendered(text, [looked("x", data.encode("utf-16"))]).splitlines() if "<link>" in line)
    assert one == "    <link>harbour.example</link>"


def test_the_caret_stands_below_its_column_whatever_is_before() -> None:
    before = "\u6d77\u6e2f\u30cb\u30e5\u30fc\u30b9 e\u0301\t"
    data = BAD.decode().replace("<channel>", f"<channel><title>{before}</title><odd/>")
    lines = rendered(text, [looked("x", data.encode())]).splitlines()
    at = next(index for index, line in enumerate(lines) if "'odd'" in line)
    # Six characters take two places each, the accent none.
    assert len(lines[at + 2]) - 1 == lines[at + 1].index("<odd/>") + 6 - 1


def test_a_long_line_is_cut_around_the_column() -> None:
    data = BAD.replace(b"<channel>", b"<channel>" + b" " * 500 + b"<odd/>")
    lines = rendered(text, [looked("x", data)]).splitlines()
    at = next(index for index, line in enumerate(lines) if "'odd'" in line)
    assert lines[at + 1][len(lines[at + 2]) - 1 :].startswith("<odd/>")


def test_json_has_the_names_of_the_contract(reports: list[Checked]) -> None:
    documents: list[dict[str, Any]] = json.loads(rendered(json_report, reports))
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


def test_sarif_results_point_to_their_rules(reports: list[Checked]) -> None:
    log = json.loads(rendered(sarif, reports))
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] in ("feeds/a%20b,c%3Ad.xml", "good.xml", "none.txt")
        assert location.get("region", {"startLine": 1})["startLine"] >= 1


def test_junit_is_xml_with_a_failure_for_each_error(reports: list[Checked]) -> None:
    root = etree.fromstring(rendered(junit, reports).encode())
    errors = sum(finding.severity.value == "error" for one in reports for finding in one.report.findings)
    assert len(root.findall("testsuite/testcase/failure")) == errors
    assert errors == sum(int(suite.get("failures", "0")) for suite in root)
    assert len(root.findall("testsuite/testcase")) == sum(int(suite.get("tests", "0")) for suite in root)
    assert [suite.get("name") for suite in root] == [NAME, "good.xml", "none.txt"]


def test_github_commands_are_escaped(reports: list[Checked]) -> None:
    lines = rendered(github, reports).splitlines()
    assert len(lines) == sum(len(one.report.findings) for one in reports)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert any("file=feeds/a b%2Cc%3Ad.xml,line=5,col=1,title=value.uri.relative::link must" in line for line in lines)


@pytest.mark.parametrize("module", [text, summary, json_report, sarif, junit, github])
def test_no_documents_is_a_report_too(module: Any) -> None:
    assert isinstance(rendered(module, []), str)


@pytest.mark.parametrize("module", [text, summary, json_report, sarif, junit, github])
def test_every_report_can_tell_what_to_do(module: Any, reports: list[Checked]) -> None:
    cure = sample_of("value.uri.relative").cure
    told = " ".join(html.unescape(rendered(module, reports, Hints(are_asked=True))).replace("%25", "%").split())
    assert " ".join(cure.split()).replace('"', '\\"' if module in (json_report, sarif) else '"') in told


def test_summary_counts_by_rule_and_format(reports: list[Checked]) -> None:
    lines = rendered(summary, [*reports, looked("again.xml", BAD)]).splitlines()
    row = next(line.split() for line in lines if "value.uri.relative" in line)
    assert row == ["error", "2", "2", "value.uri.relative", "feeds/a", "b,c:d.xml:5"]
    assert ["rss-2.0", "2", "2"] in [line.split() for line in lines]
    assert lines[-1] == "4 documents, 3 not valid"
