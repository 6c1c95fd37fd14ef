"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

from collections.abc import Sequence
from typing import Any

import orjson

from syndicate.model.finding import Finding, Rule, Severity
from syndicate.validate.run import Report
from syndicate.version import version

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(reports: Sequence[tuple[str, Report]]) -> str:
    """One SARIF run with all documents; only rules that found something are described."""
    rules = sorted({finding.rule for _, report in reports for finding in report.findings}, key=lambda rule: rule.id)
    places = {rule.id: index for index, rule in enumerate(rules)}
    results = [_result(file, finding, places) for file, report in reports for finding in report.findings]
    driver = {"name": "syndicate", "version": version() or "0", "rules": [_rule(rule) for rule in rules]}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return orjson.dumps(log, option=orjson.OPT_INDENT_2).decode()


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why or rule.summary},
        "help": {"text": f"{rule.spec}: {rule.help}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(file: str, finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": places[finding.rule.id],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _location(file, finding)}],
    }


def _location(file: str, finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": file}}
    if finding.place.line is not None:
        location["region"] = {"startLine": finding.place.line}
        if finding.place.column is not None:
            location["region"]["startColumn"] = finding.place.column
    return location
