"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from syndicate.model.finding import Finding, Rule, Severity
from syndicate.validate.baseline import fingerprint
from syndicate.validate.checked import Checked
from syndicate.validate.report.hints import Hints
from syndicate.version import version

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(checked: Iterable[Checked], hints: Hints) -> Iterator[str]:
    """One SARIF run with all documents; only rules that found something are described.

    The results stand in front of the tool, so that they need not be kept until the last document was looked at.
    """
    rules: dict[str, tuple[int, Rule]] = {}
    yield f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"columnKind": "unicodeCodePoints", "results": ['
    separator = "\n"
    for one in checked:
        for finding in one.report.findings:
            index, _ = rules.setdefault(finding.rule.id, (len(rules), finding.rule))
            yield separator + orjson.dumps(_result(one.name, finding, index)).decode()
            separator = ",\n"
    described = [_rule(rule, hints) for _, rule in rules.values()]
    driver = {"name": "syndicate", "version": version() or "0", "rules": described}
    yield f'\n], "tool": {{"driver": {orjson.dumps(driver).decode()}}}}}]}}\n'


def _rule(rule: Rule, hints: Hints) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why or rule.summary},
        "help": {"text": f"{rule.spec}: {rule.help} {hints.of(rule).cure}".rstrip()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(file: str, finding: Finding, index: int) -> dict[str, Any]:
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _location(file, finding)}],
        "partialFingerprints": {"syndicate/v1": fingerprint(file, finding)},
    }


def _location(file: str, finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if finding.place.line is not None:
        location["region"] = {"startLine": finding.place.line}
        if finding.place.column is not None:
            location["region"]["startColumn"] = finding.place.column
    return location


def _uri(file: str) -> str:
    """The file as a URI: relative below the folder that one is in, as code hosts want it."""
    if "://" in file:
        return file
    if os.path.isabs(file):
        return Path(file).as_uri()
    return quote(file.replace(os.sep, "/"), safe="/-._~!$&'()*+,;=@")
