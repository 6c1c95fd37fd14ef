"""Findings as workflow commands of GitHub Actions, which become annotations beside the lines."""

from collections.abc import Sequence

from syndicate.model.finding import Finding, Severity
from syndicate.validate.run import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(reports: Sequence[tuple[str, Report]]) -> str:
    """`::error file=...,line=...,col=...,title=...::message`, one line for each finding."""
    return "".join(_command(file, finding) + "\n" for file, report in reports for finding in report.findings)


def _command(file: str, finding: Finding) -> str:
    place = finding.place
    parts = {"file": file, "line": place.line, "col": place.column, "title": finding.rule.id}
    told = ",".join(f"{key}={_property(str(value))}" for key, value in parts.items() if value is not None)
    return f"::{_COMMANDS[finding.severity]} {told}::{_message(finding.message)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
