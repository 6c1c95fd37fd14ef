"""How often each rule is broken, and in how many documents: where to begin with many of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from syndicate.model.finding import Rule, Severity
from syndicate.validate.checked import Checked
from syndicate.validate.report.hints import Hints
from syndicate.validate.report.text import counted, placed

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_TITLES = ("severity", "findings", "documents", "rule", "first at")


@dataclass(slots=True)
class _Broken:
    """One rule's findings so far."""

    rule: Rule
    first: str
    findings: int = 0
    documents: int = 0


def render(checked: Iterable[Checked], hints: Hints) -> Iterator[str]:
    """A table of the rules that are broken, the gravest and most frequent first, and one of the formats."""
    broken: dict[str, _Broken] = {}
    formats: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    for one in checked:
        name = one.report.format or "unknown"
        formats[name] += 1
        bad[name] += not one.report.valid
        _count(one, broken)
    if broken:
        yield from _table([_TITLES, *map(_row, sorted(broken.values(), key=_rank))])
        yield "\n"
    rows = [(name, str(count), str(bad[name])) for name, count in sorted(formats.items())]
    yield from _table([("format", "documents", "not valid"), *rows])
    yield from _hints(broken, hints)
    yield f"\n{counted(formats.total(), 'document')}, {bad.total()} not valid\n"


def _count(one: Checked, broken: dict[str, _Broken]) -> None:
    met = Counter(finding.rule.id for finding in one.report.findings)
    for finding in one.report.findings:
        if finding.rule.id not in broken:
            broken[finding.rule.id] = _Broken(finding.rule, placed(one.name, finding.place.line))
    for rule_id, count in met.items():
        broken[rule_id].findings += count
        broken[rule_id].documents += 1


def _rank(one: _Broken) -> tuple[int, int, str]:
    return (_ORDER.index(one.rule.severity), -one.findings, one.rule.id)


def _row(one: _Broken) -> tuple[str, ...]:
    return (one.rule.severity.value, str(one.findings), str(one.documents), one.rule.id, one.first)


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"


def _hints(broken: dict[str, _Broken], hints: Hints) -> Iterator[str]:
    for one in sorted(broken.values(), key=_rank):
        if line := hints.of(one.rule).line:
            yield f"\n{one.rule.id}\n    {line}\n"
