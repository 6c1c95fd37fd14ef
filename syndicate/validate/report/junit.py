"""Findings as JUnit XML, which build servers read: a suite for each document, a failed test for each rule broken."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from syndicate.markup.xml import DECLARATION, clean
from syndicate.model.finding import Finding, Severity
from syndicate.validate.checked import Checked
from syndicate.validate.report.hints import Hints
from syndicate.validate.report.text import told


def render(checked: Iterable[Checked], hints: Hints) -> Iterator[str]:
    """The XML. Errors are failures; warnings and hints stand in the output of a test that passes."""
    yield f'{DECLARATION.decode().rstrip()}\n<testsuites name="syndicate validate">\n'
    for one in checked:
        yield _suite(one, hints) + "\n"
    yield "</testsuites>\n"


def _suite(checked: Checked, hints: Hints) -> str:
    file, findings = checked.name, checked.report.findings
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    others = [_line(file, finding, hints) for finding in findings if finding.severity is not Severity.ERROR]
    output = f"<system-out>{_text(chr(10).join(others))}</system-out>" if others else ""
    cases = [_failure(file, finding, hints) for finding in errors]
    if not errors:
        cases, output = [f'<testcase classname={_attribute(file)} name="valid">{output}</testcase>'], ""
    head = f'<testsuite name={_attribute(file)} tests="{len(cases)}" failures="{len(errors)}">'
    return "\n".join([head, *cases, *filter(None, (output,)), "</testsuite>"])


def _failure(file: str, finding: Finding, hints: Hints) -> str:
    name = f"{finding.rule.id} line {finding.place.line}" if finding.place.line else finding.rule.id
    return (
        f"<testcase classname={_attribute(file)} name={_attribute(name)}>"
        f"<failure type={_attribute(finding.rule.id)} message={_attribute(finding.message)}>"
        f"{_text(_line(file, finding, hints))}</failure></testcase>"
    )


def _line(file: str, finding: Finding, hints: Hints) -> str:
    return "\n".join(filter(None, (told(file, finding), hints.of(finding.rule, finding.place.element).line)))


def _text(text: str) -> str:
    return escape(clean(text))


def _attribute(text: str) -> str:
    return quoteattr(clean(text))
