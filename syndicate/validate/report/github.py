"""Findings as workflow commands of GitHub Actions, which become annotations beside the lines."""

from collections.abc import Iterable, Iterator

from syndicate.model.finding import Finding, Severity
from syndicate.validate.checked import Checked
from syndicate.validate.report.hints import Hints

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(checked: Iterable[Checked], hints: Hints) -> Iterator[str]:
    """`::error file=...,line=...,col=...,title=...::message`, one line for each finding."""
    for one in checked:
        for finding in one.report.findings:
            yield _command(one.name, finding, hints) + "\n"


def _command(file: str, finding: Finding, hints: Hints) -> str:
    place = finding.place
    parts = {"file": file, "line": place.line, "col": place.column, "title": finding.rule.id}
    told = ",".join(f"{key}={_property(str(value))}" for key, value in parts.items() if value is not None)
    message = "\n".join(filter(None, (finding.message, hints.of(finding.rule, finding.place.element).line)))
    return f"::{_COMMANDS[finding.severity]} {told}::{_message(message)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
