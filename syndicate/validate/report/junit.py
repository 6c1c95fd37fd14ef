"""Findings as JUnit XML, which build servers read: a suite for each document, a failed test for each rule broken."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from syndicate.markup.xml import DECLARATION, clean
from syndicate.model.finding import Finding, Severity
from syndicate.validate.run import Report


def render(reports: Sequence[tuple[str, Report]]) -> str:
    """The XML. Errors are failures; warnings and hints stand in the output of a test that passes."""
    suites = [_suite(file, report) for file, report in reports]
    failures = sum(len(_errors(report)) for _, report in reports)
    head = f'<testsuites name="syndicate validate" tests="{sum(count for count, _ in suites)}" failures="{failures}">'
    return "\n".join([DECLARATION.decode().rstrip(), head, *(text for _, text in suites), "</testsuites>", ""])


def _suite(file: str, report: Report) -> tuple[int, str]:
    errors = _errors(report)
    others = [_line(file, finding) for finding in report.findings if finding.severity is not Severity.ERROR]
    cases = [_failure(file, finding) for finding in errors]
    if not errors:
        output = f"<system-out>{_text(chr(10).join(others))}</system-out>" if others else ""
        cases = [f'<testcase classname={_attribute(file)} name="valid">{output}</testcase>']
    head = f'<testsuite name={_attribute(file)} tests="{len(cases)}" failures="{len(errors)}">'
    return len(cases), "\n".join([head, *cases, "</testsuite>"])


def _failure(file: str, finding: Finding) -> str:
    name = f"{finding.rule.id} line {finding.place.line}" if finding.place.line else finding.rule.id
    return (
        f"<testcase classname={_attribute(file)} name={_attribute(name)}>"
        f"<failure type={_attribute(finding.rule.id)} message={_attribute(finding.message)}>"
        f"{_text(_line(file, finding))}</failure></testcase>"
    )


def _line(file: str, finding: Finding) -> str:
    place = ":".join(str(part) for part in (file, finding.place.line, finding.place.column) if part is not None)
    return f"{place}: {finding.severity.value}: {finding.message} [{finding.rule.id}]"


def _errors(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity is Severity.ERROR]


def _text(text: str) -> str:
    return escape(clean(text))


def _attribute(text: str) -> str:
    return quoteattr(clean(text))
