"""Case files: documents that open with `<!-- expect: rule.id line=N; rule.id -->` or `<!-- expect: nothing -->`.

JSON has no comments: there a member comes first that is somebody's own, `{"_expect": "rule.id line=N"`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from syndicate.model.finding import Finding, Severity
from syndicate.validate.run import check
from tests.conftest import NOW

_HEAD = re.compile(rb'<!-- expect: (.*?) -->|\{"_expect": "(.*?)"')
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A document and the rules that it breaks; `line` is None where only the rule counts."""

    path: Path
    expected: tuple[tuple[str, int | None], ...]


def cases(name: str) -> list[Case]:
    """The cases of a format."""
    return [_case(path) for path in sorted((_HERE / name / "cases").glob("*.*")) if path.suffix in (".xml", ".json")]


def _case(path: Path) -> Case:
    head = _HEAD.match(path.read_bytes())
    assert head is not None, f"{path} does not say what to expect"
    stated = (head[1] or head[2]).decode()
    return Case(path=path, expected=tuple(map(_expected, stated.split("; "))) if stated != "nothing" else ())


def _expected(text: str) -> tuple[str, int | None]:
    rule, _, line = text.partition(" line=")
    return rule, int(line) if line else None


def findings(case: Case) -> tuple[Finding, ...]:
    """What the validator finds in the case."""
    return check(case.path.read_bytes(), now=NOW).findings


def is_as_expected(case: Case) -> bool:
    """Whether all that was expected is found, and no other error or warning; the difference is the assertion."""
    found = findings(case)
    places = {(finding.rule.id, finding.place.line) for finding in found}
    for rule, line in case.expected:
        if line is None:
            assert rule in {one for one, _ in places}, f"{rule} was not found, but {sorted(places, key=str)}"
        else:
            assert (rule, line) in places, f"{rule} was not found in line {line}, but {sorted(places, key=str)}"
    others = [
        f"{finding.rule.id} line {finding.place.line}: {finding.message}"
        for finding in found
        if finding.severity is not Severity.INFO and finding.rule.id not in {rule for rule, _ in case.expected}
    ]
    assert others == []
    return True
