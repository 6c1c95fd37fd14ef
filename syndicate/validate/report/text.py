"""Findings for people: one line each, the place in the source below it, a summary at the end."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from syndicate.model.finding import Finding, Severity
from syndicate.validate.checked import Checked
from syndicate.validate.report.hints import Hint, Hints

_WIDTH = 100
_WORDS = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "hint"))


def render(checked: Iterable[Checked], hints: Hints) -> Iterator[str]:
    """`file:line:column: severity: message [rule]` for every finding, document by document, then how many."""
    documents = bad = known = 0
    counts: Counter[Severity] = Counter()
    for one in checked:
        documents, bad, known = documents + 1, bad + (not one.report.valid), known + one.known
        for finding in one.report.findings:
            counts[finding.severity] += 1
            yield from _finding(one, finding, hints)
    number = ", ".join(counted(counts[severity], word) for severity, word in _WORDS)
    rest = f"; {counted(known, 'known finding')} not told" if known else ""
    yield f"{counted(documents, 'document')}, {bad} not valid: {number}{rest}\n"


def _finding(checked: Checked, finding: Finding, hints: Hints) -> Iterator[str]:
    yield f"{told(checked.name, finding)}\n"
    line = finding.place.line
    if line is not None and line in checked.lines:
        yield from _excerpt(checked.lines[line], finding.place.column or 1)
    yield from _hint(hints.of(finding.rule, finding.place.element))


def _excerpt(line: str, column: int) -> Iterator[str]:
    """The line with a caret below the column, cut to a width that fits a terminal."""
    start = max(0, column - 1 - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = "".join(char if char.isprintable() else " " if char == "\t" else "." for char in line[start:][:_WIDTH])
    before = shown[: max(0, column - 1 - start)]
    yield f"    {shown}\n"
    yield "    " + " " * sum(map(_cells, before)) + "^\n"


def _cells(char: str) -> int:
    """How many places a character takes on a terminal."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _hint(hint: Hint) -> Iterator[str]:
    if hint.line:
        yield f"    {hint.line}\n"
    if hint.example:
        yield "    For example:\n"
        yield from (f"        {line}\n" for line in hint.example.splitlines())


def told(file: str, finding: Finding) -> str:
    """`file:line:column: severity: message [rule]`, without what is not known of the place."""
    place = placed(file, finding.place.line, finding.place.column)
    return f"{place}: {finding.severity.value}: {finding.message} [{finding.rule.id}]"


def placed(file: str, *numbers: int | None) -> str:
    """`file:line:column`, as far as it is known."""
    return ":".join([file, *(str(number) for number in numbers if number is not None)])


def counted(number: int, word: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {word}{'' if number == 1 else 's'}"
