"""Findings as JSON, the names of which are a contract with the scripts that read them."""

from collections.abc import Sequence
from typing import Any

import orjson

from syndicate.model.finding import Finding
from syndicate.validate.run import Report


def render(reports: Sequence[tuple[str, Report]]) -> str:
    """A JSON list with one object per document, in order."""
    return orjson.dumps([_document(file, report) for file, report in reports], option=orjson.OPT_INDENT_2).decode()


def message_of(finding: Finding) -> dict[str, Any]:
    """One finding with the names of the report."""
    rule, place = finding.rule, finding.place
    return {
        "severity": rule.severity.value,
        "code": rule.id,
        "line": place.line,
        "column": place.column,
        "message": finding.message,
        "element": place.element,
        "parent": place.parent,
        "attribute": place.attribute,
        "reference": rule.reference,
        "help": rule.help,
    }


def _document(file: str, report: Report) -> dict[str, Any]:
    return {
        "file": file,
        "format": report.format,
        "valid": report.valid,
        "messages": [message_of(finding) for finding in report.findings],
    }
