"""Findings for people: one line each, the place in the source below it, a summary at the end."""

from collections.abc import Iterator, Mapping, Sequence

from syndicate.model.finding import Finding, Severity
from syndicate.validate.run import Report

_WIDTH = 100


def render(reports: Sequence[tuple[str, Report]], sources: Mapping[str, bytes] | None = None) -> str:
    """`file:line:column: severity: message [rule]` for every finding; `sources` are the documents by file name."""
    lines: list[str] = []
    for file, report in reports:
        # Most documents are good; the text of a long one takes several times the memory of its bytes.
        source = (sources or {}).get(file, b"") if report.findings else b""
        text = source.decode("utf-8", "replace").splitlines()
        for finding in report.findings:
            lines.extend(_finding(file, finding, text))
    lines.append(_summary([report for _, report in reports]))
    return "\n".join(lines) + "\n"


def _finding(file: str, finding: Finding, source: Sequence[str]) -> Iterator[str]:
    line, column = finding.place.line, finding.place.column
    place = ":".join(str(part) for part in (file, line, column) if part is not None)
    yield f"{place}: {finding.severity.value}: {finding.message} [{finding.rule.id}]"
    if line is not None and 0 < line <= len(source):
        yield from _excerpt(source[line - 1], column or 1)


def _excerpt(line: str, column: int) -> Iterator[str]:
    """The line with a caret below the column, cut to a width that fits a terminal."""
    start = max(0, column - 1 - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[start : start + _WIDTH].expandtabs(1)
    yield "    " + "".join(char if char.isprintable() else "." for char in shown)
    yield "    " + " " * min(column - 1 - start, len(shown)) + "^"


def _summary(reports: Sequence[Report]) -> str:
    bad = sum(not report.valid for report in reports)
    counts = [
        _count(sum(finding.severity is severity for report in reports for finding in report.findings), word)
        for severity, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "hint"))
    ]
    return f"{_count(len(reports), 'document')}, {bad} not valid: {', '.join(counts)}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
