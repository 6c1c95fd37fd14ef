"""Findings as JSON, the names of which are a contract with the scripts that read them."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from syndicate.model.finding import Finding
from syndicate.validate.checked import Checked
from syndicate.validate.report.hints import Hint, Hints


def render(checked: Iterable[Checked], hints: Hints) -> Iterator[str]:
    """A JSON list with one object per document, in order."""
    is_first = True
    for one in checked:
        yield "[\n" if is_first else ",\n"
        is_first = False
        text = orjson.dumps(_document(one, hints), option=orjson.OPT_INDENT_2).decode()
        yield "  " + text.replace("\n", "\n  ")
    yield "[]\n" if is_first else "\n]\n"


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


def _document(checked: Checked, hints: Hints) -> dict[str, Any]:
    report = checked.report
    return {
        "file": checked.name,
        "format": report.format,
        "valid": report.valid,
        "messages": [
            message_of(finding) | _hint(hints.of(finding.rule, finding.place.element)) for finding in report.findings
        ],
    } | ({"known": checked.known} if checked.known else {})


def _hint(hint: Hint) -> dict[str, Any]:
    return {name: text for name, text in (("cure", hint.cure), ("example", hint.example)) if text}
